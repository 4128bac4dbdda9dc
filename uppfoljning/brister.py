"""Brister as they are on a day: what was found, with what has been added since."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from uppfoljning.models import Brist, Bristhandelse
from uppfoljning.rapporter.avtalsuppfoljning.regler import Bristslag, ar_forsenad


@dataclass(frozen=True, slots=True)
class Bristlage:
    """A brist. `frist`: the deadline that holds, `stangd` None = it is open."""

    pk: int
    enhet: int
    krav: str
    funnen: date
    vad: str
    atgard: str
    frist: date
    stangd: date | None

    def forsenad(self, dag: date) -> bool:
        return ar_forsenad(self.frist, self.stangd, dag)


def bristerna(dag: date, enhet: int | None = None) -> list[Bristlage]:
    """Those found until `dag`, as they were then, the earliest deadline first. Two queries."""
    urval = Brist.objects.filter(funnen__lte=dag)
    if enhet is not None:
        urval = urval.filter(enhet=enhet)
    tillagt: dict[int, list[tuple[str, date, date | None]]] = defaultdict(list)
    handelser = Bristhandelse.objects.filter(brist__in=urval.values("pk"), datum__lte=dag)
    for brist, slag, datum, frist in handelser.order_by("pk").values_list("brist", "slag", "datum", "frist"):
        tillagt[brist].append((slag, datum, frist))
    falt = ("pk", "enhet", "krav__rubrik", "funnen", "vad", "atgard", "frist")
    alla = [
        Bristlage(pk, hos, krav or "", funnen, vad, atgard, _frist(frist, tillagt[pk]), _stangd(tillagt[pk]))
        for pk, hos, krav, funnen, vad, atgard, frist in urval.values_list(*falt)
    ]
    return sorted(alla, key=lambda ett: (ett.frist, ett.pk))


def _frist(frist: date, tillagt: Sequence[tuple[str, date, date | None]]) -> date:
    """The last one that was told."""
    return next((ny for _, _, ny in reversed(tillagt) if ny), frist)


def _stangd(tillagt: Sequence[tuple[str, date, date | None]]) -> date | None:
    return next((datum for slag, datum, _ in tillagt if slag == Bristslag.STANGD), None)
