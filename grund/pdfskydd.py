"""What a PDF from outside may not be, told from its bytes before anything opens it. Pure.

A compressed stream of a few kB may swell to gigabytes, and the libraries that read PDF swell it whole. So every stream
is swollen here first, a little at a time and counted, wherever in the file it lies. What is encrypted cannot be.
"""

import re
import zlib
from collections.abc import Iterator

import pikepdf

STORST_UPPACKAD = 200 * 1024**2  # bytes of all streams together: real papers of 10 MB stay far below
STORST_LZW = 64 * 1024  # bytes as they lie in the file: nobody has written such since the 1990s
_BIT = 1 << 16
_STROM = re.compile(rb"stream\r?\n")
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_PROGRAM = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition"})
LAST = "är låst eller har ett lösenord. Spara den utan, till exempel med Skriv ut till PDF."
SVALLER = "packas upp till orimligt mycket. Spara den på nytt, till exempel med Skriv ut till PDF."
PROGRAM = "har program eller andra filer i sig. Spara den utan, till exempel med Skriv ut till PDF."


def hinder_for_bytes(innehall: bytes) -> list[str]:
    """Why the file may not even be opened: the rest of a sentence that begins with what it is. Empty when it may."""
    if b"/Encrypt" in innehall:
        return [LAST]
    if b"/LZWDecode" in innehall and len(innehall) > STORST_LZW:
        return [SVALLER]
    kvar = STORST_UPPACKAD
    for traff in _STROM.finditer(innehall):
        for antal in _svalld(innehall, traff.end()):
            kvar -= antal
            if kvar < 0:
                return [SVALLER]
    return []


def _svalld(innehall: bytes, plats: int) -> Iterator[int]:
    """How many bytes the stream at `plats` becomes, piece by piece; nothing when it is not deflated. One that becomes
    another compressed stream counts as too much."""
    packat = memoryview(innehall)[plats:]
    if packat[:2].tobytes() not in _ZLIB:
        return
    tolk, forst, matat = zlib.decompressobj(), True, b""
    try:
        while not tolk.eof and (matat or packat):
            if not matat:
                matat, packat = packat[:_BIT].tobytes(), packat[_BIT:]
            ut = tolk.decompress(matat, _BIT)
            matat = tolk.unconsumed_tail
            if forst and ut:
                forst = False
                if ut[:2] in _ZLIB:
                    yield STORST_UPPACKAD + 1
            yield len(ut)
    except zlib.error:
        return  # what is no deflated stream after all swells nobody


def hinder_for_innehall(pdf: pikepdf.Pdf) -> list[str]:
    """Why an opened file that is kept as it is may not be: it would do things where it is opened."""
    return [PROGRAM] if any(_gor_nagot(objekt) for objekt in pdf.objects) else []


def _gor_nagot(objekt: object) -> bool:
    """Whether the object, or one inside it that has no number of its own, is a program or holds a file."""
    if isinstance(objekt, pikepdf.Array):
        return any(_gor_nagot(ett) for ett in objekt if not ar_numrerat(ett))
    if not isinstance(objekt, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if "/JS" in objekt or "/EF" in objekt or "/XFA" in objekt or str(objekt.get("/S", "")) in _PROGRAM:
        return True
    return any(_gor_nagot(ett) for ett in objekt.values() if not ar_numrerat(ett))


def ar_numrerat(objekt: object) -> bool:
    """Whether it is among the file's numbered objects, and so comes by itself."""
    return bool(getattr(objekt, "is_indirect", False))
