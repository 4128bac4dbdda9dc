"""What became of a clock in a quarter: carried out too late, or ended without having been carried out. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from grund.tid import EN_DAG
from utforare.frist import Beslutslage, Frist, frist

Tid = tuple[date, date | None]  # [from, to), None = it goes on


class Hur(StrEnum):
    """How a clock stopped."""

    VERKSTALLT = "verkställt"
    AVLIDEN = "personen har avlidit"
    UPPHORT = "beslutet gäller inte längre"


@dataclass(frozen=True, slots=True)
class Beslutsfakta:
    """A gynnande beslut with the times it has been carried out and interrupted."""

    beslut: int
    beslutsdatum: date
    fran: date | None
    till: date | None
    avliden: date | None
    dom: bool
    verkstalld: Sequence[Tid]
    avbruten: Sequence[Tid]


@dataclass(frozen=True, slots=True)
class Slut:
    """A clock that had passed three months, and the day and way that it stopped."""

    beslut: int
    frist: Frist
    dag: date
    hur: Hur


def sluten(fakta: Beslutsfakta, fran: date, sista: date) -> Iterator[Slut]:
    """The clocks of the beslut that had run out and stopped on a day from `fran` to `sista`, both included."""
    for dag, hur in sorted(_handelser(fakta, fran, sista)):
        klocka = _klockan(fakta, dag - EN_DAG)
        if klocka and klocka.har_gatt_ut(dag):
            yield Slut(fakta.beslut, klocka, dag, hur)


def _handelser(fakta: Beslutsfakta, fran: date, sista: date) -> set[tuple[date, Hur]]:
    """Days when something happened that stops a clock. The earliest reason of a day stands first."""
    borjar = [borjan for borjan, _ in fakta.verkstalld] + [slut for _, slut in fakta.avbruten if slut]
    dagar = {(dag, Hur.VERKSTALLT) for dag in borjar if _utfors(fakta, dag)}
    dagar |= {(dag, Hur.UPPHORT) for dag in [fakta.till] if dag}
    dagar |= {(dag, Hur.AVLIDEN) for dag in [fakta.avliden] if dag and (not fakta.till or dag < fakta.till)}
    return {(dag, hur) for dag, hur in dagar if fran <= dag <= sista}


def _klockan(fakta: Beslutsfakta, dag: date) -> Frist | None:
    utfors = _utfors(fakta, dag)
    slut = [till for _, till in fakta.verkstalld if till and till <= dag]
    slut += [start for start, till in fakta.avbruten if start <= dag and (till is None or till > dag)]
    lage = Beslutslage(
        beslutsdatum=fakta.beslutsdatum,
        fran=fakta.fran,
        till=fakta.till,
        gynnande=True,
        utfors=utfors,
        avbrott=None if utfors else max(slut, default=None),
        avliden=fakta.avliden,
        dom=fakta.dom,
    )
    return frist(lage, dag)


def _utfors(fakta: Beslutsfakta, dag: date) -> bool:
    return _omfattar(fakta.verkstalld, dag) and not _omfattar(fakta.avbruten, dag)


def _omfattar(tider: Sequence[Tid], dag: date) -> bool:
    return any(fran <= dag and (till is None or dag < till) for fran, till in tider)
