"""In which order the tests are begun when several processes share them: what takes long first.

Each process is given its share from the start, and whoever is done takes from the end of another's (`worksteal`). So
what belongs together, on services or a world of its own that takes long to make, stands first in a share and is not
split; what is short and alone stands last, where it is taken.
"""

import os
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeVar

import pytest

# Those that wait the most come first, one to each process: the others then have the machine meanwhile.
HELA_MAPPAR = (
    *("kopia", "kedja", "ovning", "verktyg", "uppfoljning/omrakning", "angrepp", "forklaring", "insyn", "gallring"),
    *("simulering", "demokommun"),
)
VAR_FIL = ("webb",)
Test = TypeVar("Test", bound=pytest.Item)


def processer() -> int:
    """How many that share the tests; 0 when nobody does."""
    return int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "0"))


def ordna(tester: Sequence[Test], antal: int, rot: Path) -> list[Test]:
    """The tests as `antal` processes should be given them; `rot` is the folder of them all."""
    grupper = [(_plats(fil, rot), list(hennes)) for fil, hennes in groupby(tester, key=lambda test: test.path)]
    hopar: list[list[Test]] = [[] for _ in range(antal)]
    for nummer, grupp in enumerate(_langa(grupper)):
        hopar[nummer % antal] += grupp
    korta = [test for plats, hennes in grupper if plats is None for test in hennes]
    return _dela_ut(hopar, korta)


def _plats(fil: Path, rot: Path) -> tuple[int, str] | None:
    """Where a file stands among the long ones, and with which it is kept together."""
    namn = fil.relative_to(rot).as_posix()
    for nummer, mapp in enumerate((*HELA_MAPPAR, *VAR_FIL)):
        if namn.startswith(f"{mapp}/"):
            return nummer, namn if mapp in VAR_FIL else mapp
    return None


def _langa(grupper: Iterable[tuple[tuple[int, str] | None, list[Test]]]) -> Iterable[list[Test]]:
    langa = sorted(((plats, hennes) for plats, hennes in grupper if plats), key=lambda grupp: grupp[0])
    for _, filer in groupby(langa, key=lambda grupp: grupp[0]):
        yield [test for _, hennes in filer for test in hennes]


def _dela_ut(hopar: list[list[Test]], korta: list[Test]) -> list[Test]:
    """Each share as large as the others, as worksteal cuts them."""
    svar: list[Test] = []
    kvar = sum(map(len, hopar)) + len(korta)
    for nummer, hop in enumerate(hopar):
        storlek = kvar // (len(hopar) - nummer)
        fyll = max(0, storlek - len(hop))
        svar += [*hop, *korta[:fyll]]
        kvar, korta = kvar - len(hop) - len(korta[:fyll]), korta[fyll:]
    return svar
