"""SIE 4I: verifikat for the ekonomisystem, as text in code page 437 (sie.se, type 4I: #VER and #TRANS). Pure.

Texts come partly from other systems. What code page 437 lacks is written as a question mark, which is seen: the name of
a utförare stops no payment. Quotation marks are preceded by a backslash, as the format says; a backslash of the text
itself becomes a slash, since readers do not agree on how to write one. Control characters are left out.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ersattning.verifikat import Strang

KODNING = "cp437"
PROGRAM, SKRIVARE = "Insatskollen", "1"  # the number is raised when this file writes something in another way
DIMENSIONER = {"ansvar": (1, "Ansvar"), "verksamhet": (20, "Verksamhet"), "objekt": (21, "Objekt")}
RADSLUT = "\r\n"
_VANLIGA = str.maketrans({"–": "-", "—": "-", "−": "-", "”": '"', "“": '"', "’": "'", "‘": "'", "…": "...", "\\": "/"})
_STYRTECKEN = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Sierad:
    """A #TRANS."""

    strang: Strang
    belopp: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Sieverifikat:
    """A #VER. The number is unique within the series, so that a file that is read in twice is noticed."""

    serie: str
    nummer: int
    dag: date
    text: str
    rader: tuple[Sierad, ...]


class ObalansFel(ValueError):  # noqa: N818  Fel is Swedish for Error
    """A verifikat that does not sum to zero: never written."""


def skriv(verifikat: Iterable[Sieverifikat], *, foretag: str, skapad: date, konton: dict[str, str]) -> bytes:
    """The file. `konton`: what the accounts are called. The same input gives the same bytes."""
    alla = list(verifikat)
    rader = [
        "#FLAGGA 0",
        f"#PROGRAM {falt(PROGRAM)} {SKRIVARE}",
        "#FORMAT PC8",
        f"#GEN {skapad:%Y%m%d}",
        "#SIETYP 4",
        f"#FNAMN {falt(foretag)}",
        *_register(alla, konton),
    ]
    for ett in alla:
        rader += _ver(ett, skapad)
    return (RADSLUT.join(rader) + RADSLUT).encode(KODNING)


def kan_skrivas(text: str) -> bool:
    """Whether every character of the text exists in the file's code page."""
    return i_kodsidan(text).count("?") == text.count("?")


def i_kodsidan(text: str) -> str:
    """The text as it can be written."""
    hel = unicodedata.normalize("NFC", text)  # some systems write ö as an o and a sign for its dots
    rent = _STYRTECKEN.sub(" ", hel.translate(_VANLIGA).replace("\N{NO-BREAK SPACE}", " "))
    return rent.encode(KODNING, "replace").decode(KODNING)


def falt(text: str) -> str:
    """A text as a field in quotation marks."""
    return '"' + i_kodsidan(text).replace('"', '\\"') + '"'


def belopp_i_text(belopp: Decimal) -> str:
    """`-124081.00`: a point, two decimals, no thousands."""
    return f"{belopp:.2f}"


def _register(alla: list[Sieverifikat], konton: dict[str, str]) -> Iterator[str]:
    """The accounts, dimensions and objects that are used, in order."""
    strangar = [rad.strang for ett in alla for rad in ett.rader]
    for konto in sorted({ett.konto for ett in strangar}):
        yield f"#KONTO {konto} {falt(konton[konto])}"
    for namn, (nummer, i_ord) in DIMENSIONER.items():
        koder = sorted({getattr(ett, namn) for ett in strangar} - {""})
        if koder:
            yield f"#DIM {nummer} {falt(i_ord)}"
            yield from (f"#OBJEKT {nummer} {falt(kod)} {falt(kod)}" for kod in koder)


def _ver(ett: Sieverifikat, skapad: date) -> Iterator[str]:
    if sum(rad.belopp for rad in ett.rader):
        msg = f"Verifikat {ett.nummer} går inte jämnt ut."
        raise ObalansFel(msg)
    yield f"#VER {falt(ett.serie)} {falt(str(ett.nummer))} {ett.dag:%Y%m%d} {falt(ett.text)} {skapad:%Y%m%d}"
    yield "{"
    for rad in ett.rader:
        dimensioner = " ".join(
            f"{falt(str(nummer))} {falt(kod)}"
            for namn, (nummer, _) in DIMENSIONER.items()
            if (kod := getattr(rad.strang, namn))
        )
        yield (
            f"#TRANS {rad.strang.konto} {{{dimensioner}}} {belopp_i_text(rad.belopp)} {ett.dag:%Y%m%d} {falt(rad.text)}"
        )
    yield "}"
