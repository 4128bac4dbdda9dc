"""The order that processes are given the tests in."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.ordning import ordna

ROT = Path("/x/tests")
FILER = {"bonus/test_a.py": 40, "kedja/test_b.py": 5, "kedja/test_c.py": 5, "kopia/test_d.py": 6, "webb/test_e.py": 3}


def _tester() -> list[Any]:
    return [SimpleNamespace(path=ROT / fil, nr=nr) for fil, antal in FILER.items() for nr in range(antal)]


@pytest.mark.parametrize("antal", [1, 2, 3, 4])
def test_every_test_is_there_once(antal: int) -> None:
    sedda = [(str(ett.path), ett.nr) for ett in ordna(_tester(), antal, ROT)]
    assert sorted(sedda) == sorted((str(ett.path), ett.nr) for ett in _tester())


def test_each_process_begins_with_what_is_long_and_ends_with_what_is_short() -> None:
    alla = [ett.path.relative_to(ROT).parts[0] for ett in ordna(_tester(), 2, ROT)]
    forsta, andra = alla[:29], alla[29:]
    assert (forsta[:6], forsta[6:9], set(forsta[9:])) == (["kopia"] * 6, ["webb"] * 3, {"bonus"})
    assert (andra[:10], set(andra[10:])) == (["kedja"] * 10, {"bonus"})
