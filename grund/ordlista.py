"""The words of the house, read from docs/ordlista.md: the one place where they are explained."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

ORDLISTA = Path(settings.BASE_DIR) / "docs" / "ordlista.md"
_RAD = re.compile(r"^\| (?P<ord>[^|]+) \| (?P<betyder>[^|]+) \|")
_RUBRIK = "ord"
_UTOM_PARENTES = re.compile(r",\s*(?![^(]*\))")


@cache
def ordlista() -> Mapping[str, str]:
    """What each word means. Words that share a row share its explanation."""
    rader = filter(None, map(_RAD.match, ORDLISTA.read_text(encoding="utf-8").splitlines()))
    return {
        ett: rad["betyder"].strip().replace("`", "")
        for rad in rader
        if rad["ord"].strip() not in {_RUBRIK, "---"}
        for ett in _UTOM_PARENTES.split(rad["ord"].strip())
    }
