"""The konteringsmall as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from beslut.regler import Insats
from ersattning.kontering import i_sin_regi
from ersattning.models import Kontering, Konteringsbruk, Korning
from ersattning.models.fil import UTBETALNINGSFILER
from ersattning.regler import FAST, ORESUTJAMNING, Artikel
from grund.text import stor_forsta
from grund.tid import Manad
from utforare.regler import Regi

_ARTIKLAR = ["", *Artikel.values, ORESUTJAMNING]


@dataclass(frozen=True)
class Malled:
    """A row, what it is for, whether it is "tidigare", "kommande" or "galler", and if a month is booked by it."""

    kontering: Kontering
    vad: str
    lage: str
    anvand: bool


@dataclass(frozen=True)
class Mallgrupp:
    """The rows of a regi."""

    rubrik: str
    rader: Sequence[Malled]


def grupper(idag: date) -> list[Mallgrupp]:
    """The mall by regi, as insatser and artiklar are listed; of the same thing the latest first. Two queries."""
    anvanda = set(Konteringsbruk.objects.values_list("kontering_id", flat=True))
    alla = sorted(Kontering.objects.select_related("utforare"), key=_ordning)
    return [
        Mallgrupp(
            stor_forsta(regi.label),
            [Malled(ett, i_sin_regi(ett), _lage(ett, idag), ett.pk in anvanda) for ett in alla if ett.regi == regi],
        )
        for regi in Regi
    ]


def forsta_obokforda(idag: date) -> date:
    """The first day of the earliest settled month without files, where a new row most likely is wanted from."""
    obokford = (
        Korning.objects.filter(status__in=FAST).exclude(filer__slag__in=UTBETALNINGSFILER).order_by("manad").first()
    )
    return obokford.manad if obokford else Manad.av(idag).fran


def _ordning(ett: Kontering) -> tuple[object, ...]:
    insats = Insats.values.index(ett.insats) if ett.insats else -1
    vem = ett.utforare.nyckel if ett.utforare else ""
    return (ett.artikel == ORESUTJAMNING, insats, _ARTIKLAR.index(ett.artikel), vem, -ett.fran.toordinal())


def _lage(ett: Kontering, idag: date) -> str:
    if ett.fran > idag:
        return "kommande"
    return "tidigare" if ett.till and ett.till <= idag else "galler"
