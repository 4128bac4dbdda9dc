"""What a month's page says, made of what was read: steps, key figures, the picture of why it differs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ersattning import queries
from ersattning.models import Fil, Korning, Manadssumma
from ersattning.oversikt import Manadsbild, Underlagslage
from ersattning.queries import Framsteg
from ersattning.regler import Status
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare, Handelse
from grund.pengar import kronor
from grund.text import HART, antal_ord, manad_i_ord, och, skillnad, stor_forsta, tal, tidpunkt_i_ord, tidpunkt_kort
from grund.tid import Manad
from utforare.regler import Modell


@dataclass(frozen=True)
class Steg:
    """A step of the month's flow (templates/komponenter/flode.html)."""

    namn: str
    lage: str  # klar, brist (klar, with something missing), nu or kommande
    text: str
    klara: int | None = None
    alla: int | None = None
    etikett: str = ""


@dataclass(frozen=True)
class Nyckeltal:
    """A key figure (templates/komponenter/nyckeltal.html)."""

    namn: str
    varde: str
    not_: str = ""


def namn(anvandare: Anvandare | None) -> str:
    """The person's name, or the user name; the system itself has none."""
    if anvandare is None:
        return "systemet"
    return anvandare.get_full_name() or anvandare.get_username()


_ORDNING = [Status.BERAKNAS, Status.BERAKNAD, Status.GRANSKAD, Status.FASTSTALLD, Status.UTBETALD]


def steg(
    korning: Korning, underlag: Underlagslage, *, framsteg: Framsteg | None, avvikelser: int, bedomda: int
) -> list[Steg]:
    """The month's five steps, and where it is. `framsteg` while it is calculated."""
    nu = _ORDNING.index(Status(korning.status)) + 1

    def lage(nummer: int) -> str:
        return "klar" if nummer < nu else "nu" if nummer == nu else "kommande"

    return [
        Steg("Underlag", "brist" if utan_registrering(underlag) else lage(0), _underlag(underlag)),
        _berakning(korning, lage(1), framsteg),
        _granskning(korning, lage(2), avvikelser, bedomda),
        Steg("Fastställd", lage(3), _faststalld(korning)),
        Steg("Utbetald", lage(4), _utbetald(korning)),
    ]


def _underlag(lage: Underlagslage) -> str:
    if lage.inlast is None:
        return "Inget datapaket är inläst."
    meningar = [f"Senast inläst {tidpunkt_i_ord(lage.inlast)}.", _registrerat(lage)]
    if saknas := utan_registrering(lage):
        meningar.append(f"Inget från {tal(saknas)} utförare.")
    return " ".join(filter(None, meningar))


def _registrerat(lage: Underlagslage) -> str:
    """How much there is to calculate from, of what is registered by day or by visit."""
    per_modell = {
        modell: [ett.poster for ett in lage.registrerat if ett.modell == modell]
        for modell in (Modell.NARVARO, Modell.UTFORD_TID)
    }
    ord_ = {Modell.NARVARO: ("registrerad dag", "registrerade dagar"), Modell.UTFORD_TID: ("besök", "besök")}
    delar = [antal_ord(sum(poster), *ord_[modell]) for modell, poster in per_modell.items() if poster]
    return stor_forsta(och(delar)) + "." if delar else ""


def utan_registrering(lage: Underlagslage) -> int:
    """How many utförare had registered nothing of what an avtal pays them for."""
    return len({ett.utforare_id for ett in lage.registrerat if not ett.rapporterade})


def underlagsvarning(lage: Underlagslage) -> str:
    """That the month is calculated from what was, not from what is; empty when it is not so."""
    if not lage.andringar:
        return ""
    antal = antal_ord(lage.andringar, "ändring", "ändringar")
    return f"Underlaget har ändrats sedan månaden beräknades ({antal}). Räkna om för att få med det."


def _berakning(korning: Korning, lage: str, framsteg: Framsteg | None) -> Steg:
    if framsteg is not None:
        text = f"{tal(framsteg.klara)} av {antal_ord(framsteg.alla, 'del', 'delar')} klara."
        return Steg("Beräkning", lage, text, framsteg.klara, framsteg.alla, "Beräknade delar")
    if korning.beraknad is None:
        return Steg("Beräkning", lage, "")
    sekunder = max(1, round((korning.beraknad - korning.startad).total_seconds()))
    tid = antal_ord(sekunder, "sekund", "sekunder")
    text = f"Klar {tidpunkt_i_ord(korning.beraknad)} på {tid}, av {namn(korning.beraknad_av)}."
    return Steg("Beräkning", lage, text)


def _granskning(korning: Korning, lage: str, avvikelser: int, bedomda: int) -> Steg:
    text = f"{tal(bedomda)} av {antal_ord(avvikelser, 'avvikelse bedömd', 'avvikelser bedömda')}." if avvikelser else ""
    if korning.granskad:
        vem = f"Granskad {tidpunkt_i_ord(korning.granskad)} av {namn(korning.granskad_av)}."
        return Steg("Granskning", lage, f"{vem} {text}".strip())
    if not text:
        return Steg("Granskning", lage, "Går igenom summor, rader och avvikelser.")
    return Steg("Granskning", lage, text, bedomda, avvikelser, "Bedömda avvikelser")


def _faststalld(korning: Korning) -> str:
    if korning.faststalld:
        return f"Fastställd {tidpunkt_i_ord(korning.faststalld)} av {namn(korning.faststalld_av)}."
    return "Av någon annan än den som har räknat eller granskat."


def _utbetald(korning: Korning) -> str:
    if korning.utbetald:
        return f"Utbetald {tidpunkt_i_ord(korning.utbetald)} av {namn(korning.utbetald_av)}."
    return "Inte markerad som utbetald än." if korning.ar_fast else "Efter att månaden är fastställd."


def betalningssteg(korning: Korning, filer: Sequence[Fil], saknas: int) -> list[Steg]:
    """The three steps of a settled month's payment. `saknas`: how much the konteringsmall has no row for."""
    betald = korning.status == Status.UTBETALD
    brist = antal_ord(saknas, "kontering saknas.", "konteringar saknas.") if saknas else "Allt har en kontering."
    gjorda = f"{antal_ord(len(filer), 'fil', 'filer')} gjorda." if filer else "Bokföringsorder och förväntade fakturor."
    lagen = ["nu", "kommande", "kommande"] if saknas and not filer else ["klar", "klar" if filer else "nu", "kommande"]
    lagen[2] = "klar" if betald else "nu" if filer else "kommande"
    texter = (brist, gjorda, _utbetald(korning))
    namnen = ("Kontering", "Underlag", "Utbetald")
    return [Steg(ett, lage, text) for ett, lage, text in zip(namnen, lagen, texter, strict=True)]


@dataclass(frozen=True)
class Handling:
    """What the one who looks may do with the month next, and in `hinder` why not.

    `nasta` is granska, faststall, betala or empty.
    """

    rakna_om: bool
    nasta: str
    hinder: Sequence[str]


def handling(korning: Korning, av: Anvandare) -> Handling:
    """The month's next step for `av`. Who lacks the right to it is told so when trying, not before."""
    rakna_om = not queries.hinder_for_korning(Manad.av(korning.manad), av)
    if korning.status == Status.BERAKNAD:
        return Handling(rakna_om, "granska" if not queries.hinder_for_granskning(korning, av) else "", ())
    if korning.status == Status.GRANSKAD:
        hinder = queries.hinder_for_faststallande(korning, av)
        return Handling(rakna_om, "" if hinder else "faststall", [*hinder, *_vem_som_kan(korning, av, hinder)])
    betala = korning.status == Status.FASTSTALLD and har_ratt(av.roller, Ratt.BETALA_MANAD)
    return Handling(rakna_om, "betala" if betala else "", ())


def _vem_som_kan(korning: Korning, av: Anvandare, hinder: Sequence[str]) -> list[str]:
    """Who can settle the month, for one who may not."""
    if not hinder or not korning.granskad_av_id:
        return []
    andra = [namn(ett) for ett in queries.kan_faststalla(korning) if ett != av]
    if not andra:
        return ["Ingen annan användare har rätt att fastställa månaden. Be systemförvaltaren om en."]
    return [f"Månaden kan fastställas av {och(andra[:3], 'eller')}."]


@dataclass(frozen=True)
class Handelserad:
    """An event (templates/komponenter/handelser.html)."""

    nar: str
    text: str


def handelserader(handelser: Iterable[Handelse]) -> list[Handelserad]:
    """Events as they are shown: when, and what was done by whom."""
    return [Handelserad(tidpunkt_kort(ett.tidpunkt), ett.text) for ett in handelser]


def nyckeltal(bild: Manadsbild) -> list[Nyckeltal]:
    """The strip of figures below the flow."""
    alla = bild.alla
    if alla is None:
        return []
    total = alla.summa
    svar = [Nyckeltal(f"Summa {manad_i_ord(bild.manad)}", _hela(total), f"{kronor(total)} exakt")]
    if alla.mot is not None and alla.fore:
        mot, andel = alla.mot, f"{skillnad(alla.mot * 100 / alla.fore, 1)}{HART}%"
        svar.append(Nyckeltal(f"Mot {manad_i_ord(bild.manad.plus(-1))}", f"{skillnad(mot)}{HART}kr", andel))
    antal = bild.antal_avvikelser
    kinds = antal_ord(len(bild.avvikelser), "slag", "slag")
    return [
        *svar,
        Nyckeltal("Rättelser av tidigare månader", f"{skillnad(alla.rattelser)}{HART}kr", "ingår i summan"),
        Nyckeltal("Arbetsbonus", _hela(alla.bonus), "ingår i summan"),
        *_justerat(alla),
        Nyckeltal("Avvikelser", tal(antal), kinds if antal else "inget att titta på"),
    ]


def _justerat(alla: Manadssumma) -> list[Nyckeltal]:
    """Justeringar, where there are any."""
    if not alla.justeringar:
        return []
    return [Nyckeltal("Justeringar", f"{skillnad(alla.justeringar)}{HART}kr", f"{kronor(alla.justeringar)} exakt")]


def _hela(belopp: Decimal) -> str:
    return f"{tal(belopp)}{HART}kr"


@dataclass(frozen=True)
class Stapel:
    """A bar of the waterfall: where it starts and how wide it is, in per cent of the picture's width."""

    namn: str
    text: str
    klass: str
    x: str
    bredd: str
    y: int

    @property
    def text_y(self) -> int:
        """Where its text stands."""
        return self.y + 15

    @property
    def ar_summa(self) -> bool:
        """One of the two months, not a part of the difference."""
        return self.klass in {"s1", "s2"}


@dataclass(frozen=True)
class Vattenfall:
    """Why a month differs from the one before, as bars that each begin where the one above ended."""

    staplar: Sequence[Stapel]
    bruten: bool
    beskrivning: str
    rad: Manadssumma

    @property
    def hojd(self) -> int:
        """The picture's height in pixels."""
        return len(self.staplar) * _RADHOJD + 4


_RADHOJD, _VANSTER, _BREDD = 34, Decimal(24), Decimal(48)


def vattenfall(bild: Manadsbild) -> Vattenfall | None:
    """The comparison with the month before; None when there is none."""
    alla = bild.alla
    if alla is None or alla.fore is None:
        return None
    delar = [("Volym", alla.volym), ("Pris", alla.pris), ("Nivå", alla.niva), ("Rättelse", alla.rattelse_skillnad)]
    if alla.bonus_skillnad:
        delar.append(("Bonus", alla.bonus_skillnad))
    if alla.justering_skillnad:
        delar.append(("Justeringar", alla.justering_skillnad))
    lagen = [alla.fore]
    for _, belopp in delar:
        lagen.append(lagen[-1] + belopp)
    skala = _Skala(lagen)
    staplar = [skala.stapel(0, _manadsnamn(bild.manad.plus(-1)), skala.botten, alla.fore, tal(alla.fore), "s2")]
    for nummer, (rubrik, belopp) in enumerate(delar):
        klass = "upp" if belopp > 0 else "ner"
        stapel = skala.stapel(nummer + 1, rubrik, lagen[nummer], lagen[nummer + 1], skillnad(belopp), klass)
        staplar.append(stapel)
    total = lagen[-1]
    staplar.append(skala.stapel(len(staplar), _manadsnamn(bild.manad), skala.botten, total, tal(total), "s1"))
    beskrivning = ". ".join(f"{stapel.namn} {stapel.text}{HART}kr" for stapel in staplar) + "."
    return Vattenfall(staplar, skala.botten > 0, beskrivning, alla)


def _manadsnamn(manad: Manad) -> str:
    ord_ = manad_i_ord(manad).split()[0]
    return ord_[:1].upper() + ord_[1:]


class _Skala:
    """From kronor to per cent of the width. The axis is broken when the change would else be too small to see."""

    def __init__(self, lagen: Sequence[Decimal]) -> None:
        lagst, hogst = min(lagen), max(lagen)
        spann = hogst - lagst
        self.botten = lagst - spann / 2 if lagst > 0 and spann * 4 < hogst else min(lagst, Decimal(0))
        self.vidd = hogst - self.botten or Decimal(1)

    def stapel(self, rad: int, rubrik: str, fran: Decimal, till: Decimal, text: str, klass: str) -> Stapel:
        x = _VANSTER + (min(fran, till) - self.botten) / self.vidd * _BREDD
        bredd = max(abs(till - fran) / self.vidd * _BREDD, Decimal("0.4"))
        return Stapel(rubrik, text, klass, f"{x:.2f}%", f"{bredd:.2f}%", rad * _RADHOJD + 6)
