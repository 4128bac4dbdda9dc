"""Visits: boendestöd week by week, ledsagning and avlösning month by month."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from demokommun.filer import Paketskrivare
from demokommun.kalender import EN_DAG, KLOCKA, Arbetsdag, manadens_sista, plus_manader, stampel
from demokommun.liv import Verk
from demokommun.penna import Penna


@dataclass(frozen=True, slots=True)
class Vana:
    """How an utförare of boendestöd works, as shares of its planned visits; the rest the utförare cancels itself."""

    utford: float
    bomtid: float  # brukaren cancelled less than 24 hours before, or was not there
    aterbud: float  # brukaren cancelled in time
    efterhand: float  # of what was carried out: time registered afterwards
    langre: tuple[int, ...]  # minutes that a visit differs from the plan


# Red days have no planned visits, so some 4 % of the ordered time is never planned. Together the four carry out 69 %.
VANLIG = (-15, -10, -5, 0, 0, 0, 0, 5, 10, 15)
VANOR = {
    "BSC": Vana(0.71, 0.09, 0.13, 0.08, VANLIG),
    "BSN": Vana(0.70, 0.11, 0.12, 0.12, VANLIG),
    "VAN": Vana(0.61, 0.315, 0.045, 0.10, VANLIG),  # bomtid about 30 % of what is ordered
    "NVI": Vana(0.99, 0.006, 0.004, 0.47, (0, 0, 5, 5, 5, 10, 10, 15)),  # about 100 %, half of it registered afterwards
}
NATTSTART, HELGSTARTER, KVALLSSTARTER = 1290, (600, 660, 780), (1020, 1050, 1080)  # minutes from midnight
DUBBELT = 0.003  # NVI: the same time registered twice
UTEBLIVET = ("ej_hemma", "ej_hemma", "oppnar_inte")
AVBOKAT = ("sjuk", "annan_aktivitet", "avbojde")
PERSONALBRIST = "personalbrist"


class Plan(NamedTuple):
    """A planned visit: minutes from that day's midnight."""

    dag: Arbetsdag
    start: int
    langd: int

    @property
    def text(self) -> str:
        return f"{self.dag.iso}T{KLOCKA[self.start]};{self.dag.iso}T{KLOCKA[self.start + self.langd]}"


class Besoksskrivare:
    """Numbers one person's visits (`K…-1`, `K…-2`) and keeps their finished rows until `skriv`."""

    def __init__(self, bas: str) -> None:
        self.bas = bas
        self.rader: list[str] = []

    def lagg(self, verk_id: str, planerat: str, utfort: str, svans: str) -> None:
        """planerat and utfort: `start;slut` or `;`. svans: `avbokad;avbokad_av;orsak;registrering`."""
        self.rader.append(f"K{self.bas}-{len(self.rader) + 1};{verk_id};{planerat};{utfort};{svans}\n")

    def skriv(self, ut: Paketskrivare) -> None:
        ut.rader("besok", self.rader)


def boendestod(rader: Besoksskrivare, penna: Penna, verk: Verk, *, eftermiddag: bool) -> None:
    """Visits on the same weekdays and hours every week; together they are as long as what was ordered for the week.

    eftermiddag: for who is in daglig verksamhet until four.
    """
    tider, ram = _veckoschema(penna.slump, round(verk.mangd * 60), eftermiddag=eftermiddag), penna.ram
    vana = VANOR[verk.kod]
    for dag in ram.kalender.mellan(max(verk.fran, ram.forsta), min(verk.till or ram.sista, ram.sista)):
        if dag.veckodag in tider:
            _besok(rader, penna.slump, verk, vana, Plan(dag, *tider[dag.veckodag]))


def _veckoschema(slump: Random, minuter: int, *, eftermiddag: bool) -> dict[int, tuple[int, int]]:
    """Weekday → start and length in minutes. Up to an hour and a half is one visit, then about two hours each."""
    antal = 1 if minuter <= 90 else min(5, -(-minuter // 120))
    lika = minuter // antal // 5 * 5
    langder = [minuter - (antal - 1) * lika] + [lika] * (antal - 1)
    starter = (975, 990, 1005) if eftermiddag else (540, 570, 600, 645, 780, 810)
    dagar = slump.sample(range(1, 6), antal)
    return {dag: (slump.choice(starter), langd) for dag, langd in zip(sorted(dagar), langder, strict=True)}


def _besok(rader: Besoksskrivare, slump: Random, verk: Verk, vana: Vana, plan: Plan) -> None:
    utfall = slump.random() - vana.utford
    if utfall < 0:
        utford = _utfort(slump, vana, plan)
        reg = "efterhand" if slump.random() < vana.efterhand else "pa_plats"
        rader.lagg(verk.verk_id, plan.text, utford, f";;;{reg}")
        if verk.kod == "NVI" and slump.random() < DUBBELT:
            rader.lagg(verk.verk_id, ";", utford, ";;;efterhand")
    elif utfall < vana.bomtid:
        rader.lagg(verk.verk_id, plan.text, ";", _bom(slump, plan))
    elif utfall < vana.bomtid + vana.aterbud:
        avbokad = stampel(date.fromordinal(plan.dag.ordinal - slump.randint(2, 6)), slump.randrange(480, 960, 5))
        rader.lagg(verk.verk_id, plan.text, ";", f"{avbokad};brukare;{slump.choice(AVBOKAT)};")
    else:
        rader.lagg(verk.verk_id, plan.text, ";", f"{plan.dag.iso}T07:30;utforare;{PERSONALBRIST};")


def _utfort(slump: Random, vana: Vana, plan: Plan) -> str:
    iso, start = plan.dag.iso, plan.start + slump.choice((-5, 0, 0, 0, 5))
    return f"{iso}T{KLOCKA[start]};{iso}T{KLOCKA[start + max(15, plan.langd + slump.choice(vana.langre))]}"


def _bom(slump: Random, plan: Plan) -> str:
    """Half never told; the others the same morning, or the evening before."""
    utfall = slump.random()
    if utfall < 0.5:
        return f";brukare;{slump.choice(UTEBLIVET)};"
    if utfall < 0.8:
        return f"{plan.dag.iso}T{KLOCKA[plan.start - 60]};brukare;{slump.choice(AVBOKAT)};"
    kvall = stampel(date.fromordinal(plan.dag.ordinal - 1), max(1080, plan.start + 30))
    return f"{kvall};brukare;{slump.choice(AVBOKAT)};"


def ledsagning(rader: Besoksskrivare, penna: Penna, verk: Verk) -> None:
    """Three to five outings a month: evenings, weekends, now and then a night; about 85 % of what was ordered."""
    manad = penna.ram.forsta
    while manad <= penna.ram.sista:
        antal = penna.slump.randint(3, 5)
        langd = max(60, round(verk.mangd * 60 * 0.85 / antal / 15) * 15)
        for nummer in sorted(penna.slump.sample(range(manadens_sista(manad).day), antal)):
            dag = manad + timedelta(days=nummer)
            if verk.fran <= dag <= (verk.till or penna.ram.sista):
                _utflykt(rader, penna.slump, verk, dag, langd)
        manad = plus_manader(manad, 1)


def _utflykt(rader: Besoksskrivare, slump: Random, verk: Verk, dag: date, langd: int) -> None:
    """A night ends by half past one: the next outing starts at ten, and 02–03 does not exist one night in March."""
    natt = slump.random() < 0.04
    start = NATTSTART if natt else slump.choice(HELGSTARTER if dag.isoweekday() >= 6 else KVALLSSTARTER)
    slut = start + min(langd, 240 if natt else 420)
    plan = f"{stampel(dag, start)};{stampel(dag, slut)}"
    utfall = slump.random()
    if utfall < 0.9:
        avslut = slut + (0 if natt else slump.choice((-15, -8, 0, 0, 4, 10)))
        reg = "efterhand" if slump.random() < 0.15 else "pa_plats"
        rader.lagg(verk.verk_id, plan, f"{stampel(dag, start)};{stampel(dag, avslut)}", f";;;{reg}")
    elif utfall < 0.95:
        rader.lagg(verk.verk_id, plan, ";", f"{stampel(dag - 4 * EN_DAG, 600)};brukare;{slump.choice(AVBOKAT)};")
    else:
        rader.lagg(verk.verk_id, plan, ";", f"{stampel(dag, 540)};utforare;{PERSONALBRIST};")


def storhelgsbesok(rader: Besoksskrivare, penna: Penna, verk: Verk) -> None:
    """An outing on annandag jul where the verkställighet covers one, before ten so that no other meets it."""
    for ar in range(penna.ram.forsta.year, penna.ram.sista.year + 1):
        dag = date(ar, 12, 26)
        if max(verk.fran, penna.ram.forsta) <= dag <= min(verk.till or penna.ram.sista, penna.ram.sista):
            tid = f"{stampel(dag, 480)};{stampel(dag, 570)}"
            rader.lagg(verk.verk_id, tid, tid, ";;;pa_plats")
