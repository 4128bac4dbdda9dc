"""docs/hotmodell.md is true to the code: every file that it says holds a defence is there."""

import re
from pathlib import Path

from django.conf import settings

ROT = Path(settings.BASE_DIR)
_FIL = re.compile(r"`([a-zA-Z_.-]+(?:/[\w.-]+)*/?(?:\.\w+)?)`( \(kommer\))?")


def test_every_defence_is_where_the_threat_model_says() -> None:
    text = (ROT / "docs" / "hotmodell.md").read_text(encoding="utf-8")
    namnda = [
        (fil, kommer) for fil, kommer in _FIL.findall(text) if "/" in fil or fil.endswith((".txt", ".json", ".yml"))
    ]
    assert len(namnda) > 60
    assert [fil for fil, kommer in namnda if not kommer and not (ROT / fil).exists()] == []


def test_every_flow_of_the_picture_has_its_threats() -> None:
    text = (ROT / "docs" / "hotmodell.md").read_text(encoding="utf-8")
    for rubrik in (
        "1–2. Webbläsare",
        "3. Databasen",
        "4–5. Kö",
        "6. Det som lämnar",
        "7. Kommunens",
        "8. Det som lämnas in",
    ):
        assert f"### {rubrik}" in text
    rader = [rad for rad in text.splitlines() if re.match(r"\| [STRIDE](, [STRIDE])? \|", rad)]
    assert len(rader) > 45
    assert {slag for rad in rader for slag in rad.split("|")[1].strip().split(", ")} == set("STRIDE")
    assert all(rad.count("|") == 5 for rad in rader)
