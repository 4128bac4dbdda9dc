"""One insats through time for one person: when it began, its chain of decisions, who carried it out.

Dates are drawn backwards from the last day of the demo period, so that a shorter period shows the same people.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from demokommun.bestand import DELAR, UTFORARLEK, Insatsdel
from demokommun.kalender import EN_DAG, plus_manader
from demokommun.katalog import Enheter
from demokommun.ram import Ram

# Who a brukare may change to: utförare whose price lists know the same levels.
BYTEN = {
    **dict.fromkeys(("BJO", "KVA", "EKH"), ("BJO", "KVA", "EKH")),
    **dict.fromkeys(("SOL", "TRA", "MED", "HAN"), ("SOL", "TRA", "MED", "HAN")),
    **dict.fromkeys(("BSC", "BSN", "VAN", "NVI"), ("BSC", "BSN", "VAN", "NVI")),
}
VECKOTIMMAR = (
    1,
    1.5,
    2,
    2,
    2.5,
    3,
    3,
    3.5,
    4,
    4,
    5,
    5,
    6,
    7,
)  # mean 3.5: 98 360 ordered hours for 551 persons in a year
ASSISTANSTIMMAR = (22, 30, 38, 45, 52, 60, 75)
MANADSTIMMAR = (8, 10, 12, 12, 16, 20, 24)


@dataclass(frozen=True, slots=True)
class Tid:
    """From and including `fran` to and including `till`; None = still going on."""

    fran: date
    till: date | None
    slutorsak: str = ""


@dataclass(frozen=True, slots=True)
class Avsnitt(Tid):
    """A time at one enhet."""

    kod: str = ""
    enhet_id: str = ""


@dataclass(frozen=True, slots=True)
class Beslut(Tid):
    beslut_id: str = ""


@dataclass(frozen=True, slots=True)
class Verk:
    """A verkställighet as it was written."""

    verk_id: str
    kod: str
    fran: date
    till: date | None
    insats: str
    mangd: float  # of the decision, in its own unit


@dataclass(frozen=True, slots=True)
class Insatsliv:
    """What the rows of one insatsdel of one person are made from. `bas` is the common part of its ids."""

    bas: str
    person_id: str
    namn: str
    tid: Tid
    nummer: int
    kopia: int
    mangd: float

    @property
    def insatsdel(self) -> Insatsdel:
        return DELAR[self.namn]


def insatstid(slump: Random, ram: Ram, myndig: date, slut: date | None, *, barn: bool) -> Tid:
    """A fifth began within the last two years. Nobody began before coming of age; children four years back at most."""
    if slut is not None:
        start = slut - timedelta(days=slump.randint(200, 2500))
    elif slump.random() < 0.2:
        start = ram.sista - timedelta(days=slump.randint(40, 730))
    else:
        start = ram.sista - timedelta(days=slump.randint(731, 1400 if barn else 4000))
    return Tid(max(start, myndig), slut)


def mangd(slump: Random, insatsdel: Insatsdel) -> float:
    """How much the decision grants, in the unit of its omfattning (0 = not measured)."""
    match insatsdel.omfattning_enhet:
        case "timmar_vecka":
            return slump.choice(ASSISTANSTIMMAR if insatsdel.insats == "LSS-2" else VECKOTIMMAR)
        case "timmar_manad":
            return slump.choice(MANADSTIMMAR)
        case "dygn_manad":
            return slump.choice((3, 3, 4, 6))
        case "dagar_vecka":
            return slump.choice((2, 3, 3) if insatsdel.insats == "SOL-SYSS" else (5, 5, 5, 4, 3))
    return 0


def avsnitt(slump: Random, ram: Ram, liv: Insatsliv, enheter: Enheter) -> list[Avsnitt]:
    """The enheter in turn: every tenth person has moved once within two years."""
    lek = UTFORARLEK[liv.namn]
    kod, plats = (
        lek[liv.nummer % len(lek)],
        liv.nummer // len(lek) * lek.count(lek[liv.nummer % len(lek)]) + _fore(lek, liv.nummer),
    )
    har = enheter.enhet_id(kod, liv.kopia, plats)
    byte = _bytesdag(slump, ram, liv.tid)
    if byte is None:
        return [Avsnitt(liv.tid.fran, liv.tid.till, liv.tid.slutorsak, kod, har)]
    forr_kod = slump.choice(BYTEN.get(kod, (kod,)))
    forr = enheter.enhet_id(forr_kod, liv.kopia, plats + 1)
    orsak = "flytt" if forr_kod == kod else "byte_utforare"
    nu = Avsnitt(byte, liv.tid.till, liv.tid.slutorsak, kod, har)
    return [Avsnitt(liv.tid.fran, byte - EN_DAG, orsak, forr_kod, forr), nu]


def _fore(lek: tuple[str, ...], nummer: int) -> int:
    """Earlier places of the same utförare in this deal of the deck."""
    plats = nummer % len(lek)
    return lek[:plats].count(lek[plats])


def _bytesdag(slump: Random, ram: Ram, tid: Tid) -> date | None:
    byte = ram.sista - timedelta(days=slump.randint(5, 730))
    return byte if slump.random() < 0.1 and tid.till is None and byte > tid.fran else None


def beslutskedja(slump: Random, ram: Ram, liv: Insatsliv) -> list[Beslut]:
    """Decisions that follow each other until the insats ends, or until further notice.

    One in fifty of the time-limited chains has run out in the last weeks while the insats goes on.
    """
    manader = liv.insatsdel.manader or (36 if slump.random() < 0.3 else 0)
    start = liv.tid.fran - timedelta(days=_drojsmal(slump))
    if not manader:
        return [Beslut(start, liv.tid.till, "", f"B{liv.bas}-1")]
    start = max(
        start, ram.sista - timedelta(days=slump.randint(1000, 1400))
    )  # older ones are not in the system any more
    kedja = list(_tidsbegransade(liv, start, manader, liv.tid.till or ram.sista))
    if liv.tid.till is None and slump.random() < 0.02:
        utlopt = max(kedja[-1].fran, ram.sista - timedelta(days=slump.randint(10, 75)))
        kedja[-1] = replace(kedja[-1], till=utlopt)
    return kedja


def _tidsbegransade(liv: Insatsliv, start: date, manader: int, grans: date) -> Iterator[Beslut]:
    nummer = 0
    while start <= grans:
        nummer += 1
        nasta = plus_manader(start, manader)
        till = nasta - EN_DAG
        yield Beslut(start, min(till, liv.tid.till or till), "", f"B{liv.bas}-{nummer}")
        start = nasta


def _drojsmal(slump: Random) -> int:
    """Days from decision to start. One in thirty waits more than the three months that the law reports."""
    return slump.randint(100, 200) if slump.random() < 0.033 else slump.randint(7, 75)
