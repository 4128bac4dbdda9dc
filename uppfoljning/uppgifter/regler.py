"""What rows of several kinds of files are tried for."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

_FYRA = re.compile(r"[0-9]{4}")
Rader = Sequence[tuple[int, Mapping[str, Any]]]


def fyra_siffror(kolumn: str) -> Callable[[Rader], Iterator[tuple[int, str, str]]]:
    """That a code of a kommun has four digits, or is empty."""

    def prova(rader: Rader) -> Iterator[tuple[int, str, str]]:
        for rad, varden in rader:
            if varden[kolumn] and not _FYRA.fullmatch(varden[kolumn]):
                yield rad, kolumn, "Kommunkoden har fyra siffror."

    return prova
