"""Files that are handed in: a logo as PNG, and attachments as PDF, known by what they hold and cleaned of the rest.

An SVG may carry scripts and fetch things; a logo is a PNG, drawn anew, so that nothing of the file but its picture is
kept. An attachment loses what a reader does not see (author, scripts, files inside), and its text can be searched.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

STORST_LOGOTYP, STORST_BILAGA = 512 * 1024, 10 * 1024 * 1024
STORST_SIDA, FLEST_SIDOR = 3000, 200
_INGEN_PNG = "Logotypen är ingen PNG-bild som går att läsa."
_INGEN_PDF = "Bilagan är ingen PDF som går att läsa."
_UTAN = ("/AA", "/OpenAction", "/Metadata", "/Names/JavaScript", "/Names/EmbeddedFiles", "/AF", "/AcroForm/XFA")
# What a file that is not what it says may lead pypdf into.
_TRASIG = (PyPdfError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_TEXTER = ("/Contents", "/V", "/T", "/TU", "/RC")


@dataclass(frozen=True, slots=True)
class Pdf:
    """An attachment that has been looked at. `texter`: what can be read of each page; `bildsidor` have nothing."""

    innehall: bytes
    texter: tuple[str, ...]

    @property
    def sidor(self) -> int:
        return len(self.texter)

    @property
    def bildsidor(self) -> int:
        return sum(not text.strip() for text in self.texter)

    @property
    def sha256(self) -> str:
        return sha256(self.innehall).hexdigest()


def logotyp(innehall: bytes) -> bytes:
    """The picture alone, as PNG. ValueError with a Swedish sentence."""
    if len(innehall) > STORST_LOGOTYP:
        msg = "Logotypen är större än 512 kB."
        raise ValueError(msg)
    try:
        with Image.open(BytesIO(innehall), formats=("PNG",)) as bild:
            ren = bild.convert("RGBA") if max(bild.size) <= STORST_SIDA else None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fel:
        raise ValueError(_INGEN_PNG) from fel
    if ren is None:
        msg = f"Logotypen är större än {STORST_SIDA} bildpunkter."
        raise ValueError(msg)
    ut = BytesIO()
    ren.save(ut, "PNG")
    return ut.getvalue()


def bilaga(innehall: bytes) -> Pdf:
    """The attachment, cleaned, with its text. ValueError with a Swedish sentence."""
    if len(innehall) > STORST_BILAGA:
        msg = "Bilagan är större än 10 MB."
        raise ValueError(msg)
    if not innehall.startswith(b"%PDF-"):
        raise ValueError(_INGEN_PDF)
    try:
        ren = _ren(innehall)
    except pikepdf.PasswordError as fel:
        msg = "Bilagan har ett lösenord. Spara den utan lösenord."
        raise ValueError(msg) from fel
    except pikepdf.PdfError as fel:
        raise ValueError(_INGEN_PDF) from fel
    try:
        return Pdf(ren, tuple(_texter(ren)))
    except _TRASIG as fel:
        raise ValueError(_INGEN_PDF) from fel


def _ren(innehall: bytes) -> bytes:
    """Without what does not show: who made it, scripts, and files inside it."""
    ut = BytesIO()
    with pikepdf.open(BytesIO(innehall)) as pdf:
        if not 0 < len(pdf.pages) <= FLEST_SIDOR:
            msg = f"Bilagan ska ha mellan 1 och {FLEST_SIDOR} sidor."
            raise ValueError(msg)
        for namn in _UTAN:
            _ta_bort(pdf.Root, namn.split("/")[1:])
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for sida in pdf.pages:
            for namn in ("/AA", "/Metadata", "/PieceInfo"):
                _ta_bort(sida.obj, [namn[1:]])
        pdf.remove_unreferenced_resources()
        pdf.save(ut, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return ut.getvalue()


def _ta_bort(objekt: Any, vag: list[str]) -> None:
    *fore, sist = vag
    for namn in fore:
        objekt = objekt.get(f"/{namn}")
        if not isinstance(objekt, pikepdf.Dictionary):
            return
    if f"/{sist}" in objekt:
        del objekt[f"/{sist}"]


def _texter(innehall: bytes) -> Iterator[str]:
    """The text of each page, with that of notes and fields on it."""
    for sida in PdfReader(BytesIO(innehall)).pages:
        delar = [sida.extract_text()]
        for ett in sida.get("/Annots") or ():
            anteckning = ett.get_object()
            delar += [str(anteckning[namn]) for namn in _TEXTER if namn in anteckning]
        yield "\n".join(delar)
