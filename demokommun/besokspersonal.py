"""Who made the visits of boendestöd in Ekstad: a few for most, more for those who often cancel. Nobody in it exists."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from random import Random
from typing import NamedTuple

from beslut.regler import Insats
from grund.models import Anvandare
from grund.tid import STOCKHOLM, Manad
from uppfoljning.uppgifter.besokspersonal import BESOKSPERSONAL
from uppfoljning.uppgifter.inlasning import las_in_uppgifter
from uppfoljning.uppgifter.queries import gallande_per_period
from utforare.models import Besok

_MANADER = 6
_STORLEK = 7  # persons with support for each of staff
_OFTAST = (8, 4, 3, 2, 1, 1, 1, 1)  # how often the first, the second … of those whom a person meets comes


class Gjort(NamedTuple):
    """A visit, and what became of it."""

    nyckel: str
    manad: Manad
    utford: bool
    av_brukaren: bool


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
    rader = urval.order_by("nyckel").values_list(*falt, "utford_start", "avbokad_av")
    for utforare, person, nyckel, dag, utford, av in rader:
        per_person[utforare, person].append(Gjort(nyckel, Manad.av(dag), utford is not None, av == "brukare"))
    personal = _antal_personal(per_person)
    svar: dict[Manad, list[str]] = defaultdict(list)
    for (utforare, person), besok in sorted(per_person.items()):
        for ett, kod in _personens(utforare, person, besok, personal[utforare]):
            svar[ett.manad].append(f"{ett.nyckel};{kod}")
    return svar


def _antal_personal(per_person: Iterable[tuple[str, str]]) -> dict[str, int]:
    personer = Counter(utforare for utforare, _ in per_person)
    return {utforare: max(3, antal // _STORLEK) for utforare, antal in personer.items()}


def _personens(utforare: str, person: str, besok: list[Gjort], antal: int) -> Iterator[tuple[Gjort, str]]:
    """The more of the visits the person cancels, the more there are to meet, within chance."""
    slump = Random(f"personal:{utforare}:{person}")
    avbokat = sum(ett.av_brukaren for ett in besok) / len(besok)
    hur_manga = min(antal, len(_OFTAST), 1 + slump.randint(0, 1) + round(avbokat * slump.uniform(5, 14)))
    kanda = slump.sample(range(1, antal + 1), hur_manga)
    for ett in besok:
        if ett.utford:
            yield ett, f"{utforare}-{slump.choices(kanda, _OFTAST[:hur_manga])[0]:03d}"
