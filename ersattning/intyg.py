"""Papers that a utförare hands in: known by their content, kept outside what is served, given out by views only."""

import hashlib
import io
import uuid
from pathlib import Path
from typing import NamedTuple

import pikepdf
from django.conf import settings
from PIL import Image

from grund.atomart import skriv_atomart
from grund.pdfskydd import hinder_for_bytes, hinder_for_innehall

STORST = 10 * 1024 * 1024
STORST_BILD = 80_000_000  # pixels: two A3 pages in a scanner's best, and within what Pillow opens without a warning
_BILDER = {"PNG": "png", "JPEG": "jpg"}
_TYPER = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
_FEL = "Filen är ingen PDF-, PNG- eller JPG-fil som går att läsa."


class Intyg(NamedTuple):
    """A paper that has been looked at: which kind it is, and its bytes. What it was called may be a person's name."""

    andelse: str
    innehall: bytes


def granska(innehall: bytes) -> Intyg:
    """The paper, by what it holds. ValueError with a Swedish sentence."""
    if not innehall:
        msg = "Filen är tom."
        raise ValueError(msg)
    if len(innehall) > STORST:
        msg = "Filen är större än 10 MB."
        raise ValueError(msg)
    andelse = _pdf(innehall) if innehall.startswith(b"%PDF-") else _bild(innehall)
    return Intyg(andelse, innehall)


def _pdf(innehall: bytes) -> str:
    _neka(hinder_for_bytes(innehall))
    try:
        with pikepdf.open(io.BytesIO(innehall)) as pdf:
            if not pdf.pages:
                raise ValueError(_FEL)
            _neka(hinder_for_innehall(pdf))
    except pikepdf.PdfError:  # a password is one
        raise ValueError(_FEL) from None
    return "pdf"


def _neka(hinder: list[str]) -> None:
    if hinder:
        msg = f"Filen {hinder[0]}"
        raise ValueError(msg)


def _bild(innehall: bytes) -> str:
    try:
        with Image.open(io.BytesIO(innehall), formats=tuple(_BILDER)) as bild:
            if bild.width * bild.height > STORST_BILD:
                raise ValueError(_FEL)
            bild.verify()
            return _BILDER[str(bild.format)]
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError(_FEL) from None


def spara(intyg: Intyg) -> tuple[str, str]:
    """Write it under a name that cannot be guessed; its path below INTYG_DIR, and its SHA-256."""
    sokvag = f"{uuid.uuid4().hex}.{intyg.andelse}"
    mapp = Path(settings.INTYG_DIR)
    mapp.mkdir(parents=True, exist_ok=True)
    with skriv_atomart(mapp / sokvag) as ut:
        ut.write(intyg.innehall)
    return sokvag, hashlib.sha256(intyg.innehall).hexdigest()


def plats(sokvag: str) -> Path:
    """Where it is on disk."""
    return Path(settings.INTYG_DIR) / sokvag


def las(sokvag: str, sha256: str) -> bytes | None:
    """Its bytes; None when it is lost or altered."""
    try:
        innehall = plats(sokvag).read_bytes()
    except OSError:
        return None
    return innehall if hashlib.sha256(innehall).hexdigest() == sha256 else None


def mimetyp(sokvag: str) -> str:
    """What it is sent as."""
    return _TYPER[sokvag.rsplit(".", 1)[1]]
