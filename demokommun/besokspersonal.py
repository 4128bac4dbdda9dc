"""Who made the visits of boendestöd in Ekstad: a few for most, more for those who often cancel. Nobody in it exists."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import chain, count
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
_FEL_KOD = 0.01  # of visits where whoever wrote the code did not see whether that one was elsewhere
Upptagna = dict[tuple[str, int, date], list[tuple[datetime, datetime]]]


class Gjort(NamedTuple):
    """A visit, and what became of it."""

    nyckel: str
    manad: Manad
    utford: tuple[datetime, datetime] | None
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
    rader = urval.order_by("nyckel").values_list(*falt, "utford_start", "utford_slut", "avbokad_av")
    for utforare, person, nyckel, dag, fran, till, av in rader:
        tiden = (fran, till) if fran and till else None
        per_person[utforare, person].append(Gjort(nyckel, Manad.av(dag), tiden, av == "brukare"))
    personal = _antal_personal(per_person)
    svar: dict[Manad, list[str]] = defaultdict(list)
    upptagna: Upptagna = defaultdict(list)
    for (utforare, person), besok in sorted(per_person.items()):
        for ett, kod in _personens(utforare, person, besok, personal[utforare], upptagna):
            svar[ett.manad].append(f"{ett.nyckel};{kod}")
    return svar


def _antal_personal(per_person: Iterable[tuple[str, str]]) -> dict[str, int]:
    personer = Counter(utforare for utforare, _ in per_person)
    return {utforare: max(3, antal // _STORLEK) for utforare, antal in personer.items()}


def _personens(
    utforare: str, person: str, besok: list[Gjort], antal: int, upptagna: Upptagna
) -> Iterator[tuple[Gjort, str]]:
    """The more of the visits the person cancels, the more there are to meet, within chance."""
    slump = Random(f"personal:{utforare}:{person}")
    avbokat = sum(ett.av_brukaren for ett in besok) / len(besok)
    hur_manga = min(antal, len(_OFTAST), 1 + slump.randint(0, 1) + round(avbokat * slump.uniform(5, 14)))
    kanda = slump.sample(range(1, antal + 1), hur_manga)
    for ett in besok:
        if ett.utford:
            vald = slump.choices(kanda, _OFTAST[:hur_manga])[0]
            if slump.random() > _FEL_KOD:
                vald = next(nr for nr in chain((vald,), kanda, count(1)) if _ledig(upptagna, utforare, nr, ett.utford))
            upptagna[utforare, vald, ett.utford[0].date()].append(ett.utford)
            yield ett, f"{utforare}-{vald:03d}"


def _ledig(upptagna: Upptagna, utforare: str, nr: int, tiden: tuple[datetime, datetime]) -> bool:
    """Whether one of staff is with nobody else just then."""
    return all(tiden[1] <= fran or till <= tiden[0] for fran, till in upptagna[utforare, nr, tiden[0].date()])
