"""Who made the visits of boendestöd in Ekstad: a few for most, more for those who often cancel. Nobody in it exists.

Nobody is in two places at once, but for a visit a month at each utförare: report 13 has something to find.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import chain, count
from random import Random
from typing import NamedTuple

from beslut.regler import Insats
from grund.models import Anvandare
from grund.tid import EN_DAG, STOCKHOLM, Manad
from uppfoljning.uppgifter.besokspersonal import BESOKSPERSONAL
from uppfoljning.uppgifter.inlasning import las_in_uppgifter
from uppfoljning.uppgifter.queries import gallande_per_period
from utforare.models import Besok

_MANADER = 6
_STORLEK = 4  # persons with support for each of staff
_OFTAST = (8, 4, 3, 2, 1, 1, 1, 1)  # how often the first, the second … of those whom a person meets comes


class Gjort(NamedTuple):
    """A visit, and what became of it."""

    nyckel: str
    manad: Manad
    fran: datetime | None
    till: datetime | None
    av_brukaren: bool


class Bokning:
    """When each of the staff is at somebody's, and in which months an utförare has had one in two places."""

    def __init__(self) -> None:
        self.tider: dict[tuple[str, date], list[tuple[datetime, datetime]]] = defaultdict(list)
        self.samtidigt: set[tuple[str, Manad]] = set()

    def ledig(self, kod: str, fran: datetime, till: datetime) -> bool:
        """Whether the one is with nobody then. A visit that began the day before is looked at too."""
        dagar = (fran.date() - EN_DAG, fran.date(), fran.date() + EN_DAG)
        return not any(a < till and fran < b for dag in dagar for a, b in self.tider[kod, dag])

    def boka(self, utforare: str, ett: Gjort, koder: Iterable[str], fran: datetime, till: datetime) -> str:
        """The first who is free; once a month at each utförare the first who is not, if there is one before."""
        upptagna, kod = list[str](), ""
        for kod in koder:
            if self.ledig(kod, fran, till):
                break
            upptagna.append(kod)
        if upptagna and (utforare, ett.manad) not in self.samtidigt:
            self.samtidigt.add((utforare, ett.manad))
            kod = upptagna[0]
        self.tider[kod, fran.date()].append((fran, till))
        return kod


def lagg_upp(sista: Manad) -> None:
    """Take in who made the visits of the last months, a file a month, just after its end. Once."""
    if gallande_per_period(BESOKSPERSONAL.nyckel):
        return
    rubrik = ";".join(falt.namn for falt in BESOKSPERSONAL.falt)
    for manad, rader in sorted(_rader(sista.plus(1 - _MANADER), sista).items()):
        las_in_uppgifter(
            slag=BESOKSPERSONAL,
            period=str(manad),
            innehall="\n".join([rubrik, *rader, ""]).encode(),
            filnamn=f"besokspersonal-{manad}.csv",
            kalla="Utförarnas planeringssystem",
            av=Anvandare.objects.get(username="klara"),
            nu=datetime.combine(manad.till.replace(day=2), time(15), STOCKHOLM),
        )


def _rader(forsta: Manad, sista: Manad) -> dict[Manad, list[str]]:
    per_person: dict[tuple[str, str], list[Gjort]] = defaultdict(list)
    urval = Besok.objects.filter(
        verkstallighet__beslut__insats=Insats.BOENDESTOD, dag__gte=forsta.fran, dag__lt=sista.till
    )
    falt = ("verkstallighet__enhet__utforare__nyckel", "verkstallighet__beslut__person__nyckel", "nyckel", "dag")
    rader = urval.order_by("nyckel").values_list(*falt, "utford_start", "utford_slut", "avbokad_av")
    for utforare, person, nyckel, dag, fran, till, av in rader:
        per_person[utforare, person].append(Gjort(nyckel, Manad.av(dag), fran, till, av == "brukare"))
    personal, bokning = _antal_personal(per_person), Bokning()
    svar: dict[Manad, list[str]] = defaultdict(list)
    for (utforare, person), besok in sorted(per_person.items()):
        for ett, kod in _personens(utforare, person, besok, personal[utforare], bokning):
            svar[ett.manad].append(f"{ett.nyckel};{kod}")
    return svar


def _antal_personal(per_person: Iterable[tuple[str, str]]) -> dict[str, int]:
    personer = Counter(utforare for utforare, _ in per_person)
    return {utforare: max(3, antal // _STORLEK) for utforare, antal in personer.items()}


def _personens(
    utforare: str, person: str, besok: list[Gjort], antal: int, bokning: Bokning
) -> Iterator[tuple[Gjort, str]]:
    """The more of the visits the person cancels, the more there are to meet, within chance."""
    slump = Random(f"personal:{utforare}:{person}")
    avbokat = sum(ett.av_brukaren for ett in besok) / len(besok)
    hur_manga = min(antal, len(_OFTAST), 1 + slump.randint(0, 1) + round(avbokat * slump.uniform(5, 14)))
    kanda = [f"{utforare}-{nr:03d}" for nr in slump.sample(range(1, antal + 1), hur_manga)]
    for ett in besok:
        if ett.fran and ett.till:
            forst = slump.choices(kanda[:hur_manga], _OFTAST[:hur_manga])
            andra = (f"{utforare}-{nr:03d}" for nr in count(1))  # who else there is, however many it takes
            kod = bokning.boka(utforare, ett, chain(forst, kanda, andra), ett.fran, ett.till)
            if kod not in kanda:
                kanda.append(kod)  # who has stepped in once is asked first the next time
            yield ett, kod
