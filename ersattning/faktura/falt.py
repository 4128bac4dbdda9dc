"""Amounts and days as documents write them. What is not to be read becomes a Brist and None, never a guess."""

import re
from datetime import date
from decimal import Decimal

from ersattning.faktura.masker import maskerad
from ersattning.faktura.typer import Brist
from grund.personnummer import synlig

_TAL = re.compile(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,12})?")
_DAG = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
LANGST = 1000  # characters of a text that are kept
_LASES = LANGST + 40  # some more are read, so that a number at the end is masked before it is cut


class Faltlasare:
    """Reads fields and gathers what could not be read."""

    def __init__(self) -> None:
        self.brister: list[Brist] = []

    def tal(self, text: str, var: str, vad: str) -> Decimal | None:
        """A decimal number with a point, as XML writes it. Empty gives None."""
        if not text:
            return None
        if not _TAL.fullmatch(text):
            self.brister.append(
                Brist("IK-TAL", var, f"{vad} är inte ett tal: ”{borjan(text, 30)}”. Skriv det som 1234.50.")
            )
            return None
        return Decimal(text)

    def dag(self, text: str, var: str, vad: str) -> date | None:
        """A day as 2026-05-31. Empty gives None."""
        if not text:
            return None
        traff = _DAG.fullmatch(text)
        try:
            dagen = date(*(int(del_) for del_ in traff.groups())) if traff else None
        except ValueError:
            dagen = None
        if dagen is None or not 1990 <= dagen.year <= 2999:
            self.brister.append(
                Brist("IK-DATUM", var, f"{vad} är ingen dag: ”{borjan(text, 30)}”. Skriv den som 2026-05-31.")
            )
            return None
        return dagen


def borjan(text: str, antal: int) -> str:
    """The beginning of `text`, to be told in a refusal: masked before it is cut."""
    return maskerad(text)[0][:antal]


def stadad(text: str | None) -> str:
    """`text` in one line, without what does not show, and not longer than what is masked and then kept."""
    return " ".join(synlig(text or "").split())[:_LASES]
