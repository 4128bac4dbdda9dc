from collections.abc import Callable
from pathlib import Path

import pytest

from grund.datapaket.actions import las_in
from grund.datapaket.fel import Fel, PaketFel
from grund.datapaket.lagring import Utfall

from .paket import Filer, skriv

Inlas = Callable[[Filer], dict[str, Utfall]]


@pytest.fixture
def inlas(tmp_path: Path, db: None) -> Inlas:
    """Takes in a package given as texts."""
    nummer = iter(range(1000))
    return lambda filer: las_in(skriv(tmp_path / f"paket{next(nummer)}", filer), av=None)


@pytest.fixture
def felen(inlas: Inlas) -> Callable[[Filer], list[Fel]]:
    """The faults of a package that is refused."""

    def forsok(filer: Filer) -> list[Fel]:
        with pytest.raises(PaketFel) as fangad:
            inlas(filer)
        return list(fangad.value.fel)

    return forsok
