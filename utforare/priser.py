"""What can be known upstream of prices: asked of the app that holds them, which settings.PRISKALLA names (ADR 0008)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from beslut.models import Nivabedomning
from beslut.regler import Bedomningsstatus
from utforare.bestallningsregler import Priscell, Villkor
from utforare.models import Avtal
from utforare.regler import NivaFran


class Priskalla(Protocol):
    """Answers with the price cells of each (prislista, modell) for the insats on the day."""

    def __call__(
        self, onskade: Collection[tuple[int, str]], insats: str, dag: date
    ) -> dict[tuple[int, str], tuple[Priscell, ...]]: ...


def villkor(avtal: Iterable[Avtal], insats: str, dag: date) -> dict[int, Villkor]:
    """Terms by the avtal's primary key. One query."""
    alla = list(avtal)
    fraga = cast("Priskalla", import_string(settings.PRISKALLA))
    celler = fraga({(ett.prislista_id, ett.modell) for ett in alla}, insats, dag)
    return {
        ett.pk: Villkor(
            modell=ett.modell,
            celler=celler[ett.prislista_id, ett.modell],
            dagens_omfattning=bool(ett.omfattning_granser),
        )
        for ett in alla
    }


def niva_pa_dag(bedomningar: Iterable[Nivabedomning], dag: date, niva_fran: str) -> str:
    """The level that counts on the day under an avtal with `niva_fran` (R3); empty when there is none."""

    def raknas(ett: Nivabedomning) -> tuple[date, date, str]:
        assert ett.godkand is not None  # noqa: S101  a CHECK holds it
        fran = max(ett.fran, ett.godkand) if niva_fran == NivaFran.GODKAND else ett.fran
        return fran, ett.godkand, ett.nyckel

    godkanda = [ett for ett in bedomningar if ett.status == Bedomningsstatus.GODKAND]
    gallande = [ett for ett in godkanda if raknas(ett)[0] <= dag]
    return max(gallande, key=raknas).niva if gallande else ""
