"""Files that are handed in: a logo as PNG, and attachments as PDF, known by what they hold and cleaned of the rest.

An SVG may carry scripts and fetch things; a logo is a PNG, drawn anew, so that nothing of the file but its picture is
kept. An attachment loses what a reader does not see (author, scripts, files inside), and its text can be searched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from grund.pdfskydd import ar_numrerat, hinder_for_bytes

STORST_LOGOTYP, STORST_BILAGA = 512 * 1024, 10 * 1024 * 1024
STORST_SIDA, FLEST_SIDOR = 3000, 200
_INGEN_PNG = "Logotypen är ingen PNG-bild som går att läsa."
_INGEN_PDF = "Bilagan är ingen PDF som går att läsa."
_DOLT = ("Metadata", "PieceInfo")  # of any part of the file
_PROGRAM = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"})
_INFOGAD_BILD = re.compile(rb"(?:^|\s)BI\s[^\0]{1,400}?\sID\s")
_MED_FIL = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
_UTAN = ("/AA", "/OpenAction", "/Names/JavaScript", "/Names/EmbeddedFiles", "/AF", "/AcroForm/XFA")
# What a file that is not what it says may lead pypdf into.
_TRASIG = (
    PyPdfError,
    pikepdf.PdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
_TEXTER = ("/Contents", "/V", "/T", "/TU", "/RC")


@dataclass(frozen=True, slots=True)
class Pdf:
    """An attachment that has been looked at. `texter`: what can be read of each page; `dolt`: what stands elsewhere.

    `bilder`: on which pages there are pictures, which may show any text.
    """

    innehall: bytes
    texter: tuple[str, ...]
    dolt: str = ""
    bilder: frozenset[int] = frozenset()

    @property
    def sidor(self) -> int:
        return len(self.texter)

    @property
    def bildsidor(self) -> int:
        """Those that must be looked at: with a picture on them, or with nothing that can be read."""
        return sum(nr in self.bilder or not text.strip() for nr, text in enumerate(self.texter))

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
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as fel:
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
    if hinder := hinder_for_bytes(innehall):
        msg = f"Bilagan {hinder[0]}"
        raise ValueError(msg)
    try:
        ren = _ren(innehall)
    except pikepdf.PdfError as fel:
        raise ValueError(_INGEN_PDF) from fel
    try:
        return Pdf(ren, tuple(_texter(ren)), *_ovrigt(ren))
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
            _stada(sida.obj)
        for objekt in pdf.objects:
            if isinstance(objekt, pikepdf.Dictionary | pikepdf.Stream):
                for namn in _DOLT:
                    _ta_bort(objekt, [namn])
        pdf.remove_unreferenced_resources()
        pdf.save(ut, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return ut.getvalue()


def _stada(sida: Any) -> None:
    """A page without programs, and without the notes that hold a file or a film."""
    _ta_bort(sida, ["AA"])
    if not isinstance(sida.get("/Annots"), pikepdf.Array):
        return
    kvar = [ett for ett in sida.Annots if str(ett.get("/Subtype", "")) not in _MED_FIL]
    for ett in kvar:
        _ta_bort(ett, ["AA"])
        if str(ett.get("/A", {}).get("/S", "")) in _PROGRAM:
            _ta_bort(ett, ["A"])
    sida.Annots = pikepdf.Array(kvar)


def _ovrigt(innehall: bytes) -> tuple[str, frozenset[int]]:
    """What the file says outside its pages (bookmarks, layers, descriptions), and which pages have pictures."""
    with pikepdf.open(BytesIO(innehall)) as pdf:
        texter = "\n\n".join(dict.fromkeys(text for objekt in pdf.objects for text in _strangar(objekt)))
        return texter, frozenset(nr for nr, sida in enumerate(pdf.pages) if _har_bild(sida.obj))


def _strangar(objekt: Any) -> Iterator[str]:
    """All text in an object, that in those it refers to not counted: they come by themselves."""
    if isinstance(objekt, pikepdf.String):
        yield str(objekt)
    elif isinstance(objekt, pikepdf.Array):
        for ett in objekt:
            if not ar_numrerat(ett):
                yield from _strangar(ett)
    elif isinstance(objekt, pikepdf.Dictionary | pikepdf.Stream):
        for ett in objekt.values():
            if not ar_numrerat(ett):
                yield from _strangar(ett)


def _har_bild(sida: Any, djup: int = 5) -> bool:
    """Whether there is a picture on it, or in a form on it, or in the midst of its drawing."""
    if _INFOGAD_BILD.search(_ritning(sida)):
        return True
    resurser = sida.get("/Resources", {})
    for ett in (resurser.get("/XObject") or {}).values():
        slag = str(ett.get("/Subtype", ""))
        if slag == "/Image" or (slag == "/Form" and djup and _har_bild(ett, djup - 1)):
            return True
    return False


def _ritning(sida: Any) -> bytes:
    """How a page, or a form on it, is drawn."""
    if isinstance(sida, pikepdf.Stream):
        return sida.read_bytes()
    delar = sida.get("/Contents", [])
    return b"\n".join(ett.read_bytes() for ett in (delar if isinstance(delar, pikepdf.Array) else [delar]))


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
