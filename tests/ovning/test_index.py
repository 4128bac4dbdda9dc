"""docs/felovning.md names each fault's test, and every one of them is there."""

import re
from pathlib import Path

ROT = Path(__file__).parents[2]
TESTER = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", (ROT / "docs" / "felovning.md").read_text(encoding="utf-8"))


def test_every_test_that_the_drill_names_is_there() -> None:
    saknas = [namn for fil, namn in TESTER if f"def {namn}(" not in (ROT / fil).read_text(encoding="utf-8")]
    assert saknas == []
    assert len(TESTER) > 25


def test_every_file_of_the_drill_is_named() -> None:
    har = {fil.name for fil in Path(__file__).parent.glob("test_*.py")} - {Path(__file__).name}
    assert har <= {Path(fil).name for fil, _ in TESTER}
