"""What each key figure means, read from docs/nyckeltal.md: the one place where they are defined."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from grund.text import med_punkt, stor_forsta

NYCKELTAL = Path(settings.BASE_DIR) / "docs" / "nyckeltal.md"
_RUBRIK = re.compile(r"^### (?P<namn>.+) `(?P<nyckel>[a-z0-9_]+)`$", re.MULTILINE)
_FALT = re.compile(r"^- (?P<falt>Täljare|Nämnare|Tid|Källa): (?P<text>.+(?:\n  .+)*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Definition:
    """A key figure: what is counted, of what (empty = it is a count), when, and from where."""

    nyckel: str
    namn: str
    taljare: str
    namnare: str
    tid: str
    kalla: str

    @property
    def rader(self) -> list[tuple[str, str]]:
        """What it says of itself, as a list of words and explanations."""
        namnen = ("Räknas" if not self.namnare else "Täljare", "Nämnare", "Tid", "Källa")
        texterna = (self.taljare, self.namnare, self.tid, self.kalla)
        return [(namn, text) for namn, text in zip(namnen, texterna, strict=True) if text]

    @property
    def meningar(self) -> list[tuple[str, str]]:
        """The same as sentences, with one full stop also where the text is several sentences already."""
        return [(namn, med_punkt(stor_forsta(text))) for namn, text in self.rader]


@cache
def definitioner() -> Mapping[str, Definition]:
    """Every definition by its key. ValueError: one lacks what is counted, when or from where."""
    text = NYCKELTAL.read_text(encoding="utf-8")
    rubriker = list(_RUBRIK.finditer(text))
    slut = [ett.start() for ett in rubriker[1:]] + [len(text)]
    return {ett["nyckel"]: _las(ett, text[ett.end() : till]) for ett, till in zip(rubriker, slut, strict=True)}


def _las(rubrik: re.Match[str], text: str) -> Definition:
    falt = {ett["falt"]: " ".join(ett["text"].split()) for ett in _FALT.finditer(text)}
    if saknas := {"Täljare", "Tid", "Källa"} - falt.keys():
        msg = f"docs/nyckeltal.md: {rubrik['nyckel']} saknar {', '.join(sorted(saknas))}."
        raise ValueError(msg)
    return Definition(
        rubrik["nyckel"], rubrik["namn"], falt["Täljare"], falt.get("Nämnare", ""), falt["Tid"], falt["Källa"]
    )
