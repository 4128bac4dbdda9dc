"""docs/angrepp.md is the drill's list: every attempt with its test, and no other."""

import ast
import importlib
import re
from collections import Counter
from pathlib import Path

from django.conf import settings

from tests.angrepp.forsok import ALLA

ROT = Path(settings.BASE_DIR)
_RAD = re.compile(r"^\| ([A-Z]\d\d) \| (.+?) \| (.+?) \| `(.+?)` \|$", re.MULTILINE)

for fil in sorted(Path(__file__).parent.glob("test_*.py")):
    importlib.import_module(f"tests.angrepp.{fil.stem}")


def i_texten(text: str) -> str:
    """As the table writes it."""
    return text.replace("|", "\\|")


def test_the_list_and_the_tests_are_the_same() -> None:
    text = (ROT / "docs" / "angrepp.md").read_text(encoding="utf-8")
    skrivna = {rad[0]: rad[1:] for rad in _RAD.findall(text)}
    forsokta = {nr: (i_texten(ett.vad), i_texten(ett.svar), ett.test) for nr, ett in ALLA.items()}
    assert skrivna == forsokta
    assert len(ALLA) >= 90
    assert f"{len(ALLA)} attempts" in text


def test_every_attempt_has_a_test_that_is_there() -> None:
    for ett in ALLA.values():
        fil, _, namn = ett.test.partition("::")
        trad = ast.parse((ROT / fil).read_text(encoding="utf-8"))
        assert namn in {nod.name for nod in ast.walk(trad) if isinstance(nod, ast.FunctionDef)}, ett


def test_numbers_run_on_within_each_kind() -> None:
    for slag, antal in Counter(nr[0] for nr in ALLA).items():
        assert {f"{slag}{nr:02}" for nr in range(1, antal + 1)} <= set(ALLA)
