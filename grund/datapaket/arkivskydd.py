"""A workbook that somebody uploads, looked through before it is opened as one.

The reader of workbooks takes a part's strings and a sheet's whole rectangle into memory. What an archive says of the
size of its parts may be a lie, and two cells in the corners of a sheet make a rectangle of millions. So each part is
swollen here, a little at a time and counted, and each sheet's cells are counted against the room that they would take.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import IO

from lxml import etree

STORST_UPPACKAT = 64 * 1024**2
FLEST_DELAR = 500
_BIT = 1 << 16
_LOKALT = struct.Struct("<4s22xHH")  # signature, …, length of the name, length of the extra field
_TATHET, _ALLTID = 50, 100_000  # a sheet may have so much more room than cells
_KOLUMNER, _RADER = 16_384, 1_048_576
BOMB = "Arbetsboken packas upp till orimligt mycket data och läses inte."
UTSPRIDD = "Arbetsboken har celler långt utanför tabellen. Ta bort dem. Den har inte lästs."
SKADAD = "Arbetsboken är skadad eller är ingen arbetsbok. Spara den på nytt som .xlsx."
DTD = "Arbetsboken har en dokumenttyp eller egna entiteter. En arbetsbok har inget sådant, och den öppnas inte."


def hinder_for_arbetsbok(fil: IO[bytes]) -> list[str]:
    """Why the archive may not be opened as a workbook; empty when it may."""
    try:
        with zipfile.ZipFile(fil) as arkiv:
            delar = arkiv.infolist()
            if len(delar) > FLEST_DELAR or sum(del_.file_size for del_ in delar) > STORST_UPPACKAT:
                return [BOMB]
            for del_ in delar:
                _svall(fil, del_)
            for del_ in delar:
                if del_.filename.endswith((".xml", ".rels")):
                    _rakna(arkiv.open(del_))
    except _ForMycket as fel:
        return [str(fel)]
    except (OSError, zipfile.BadZipFile, zlib.error, struct.error, etree.XMLSyntaxError, EOFError, RuntimeError):
        return [SKADAD]
    return []


class _ForMycket(Exception):  # noqa: N818  a refusal, not a fault
    pass


def _svall(fil: IO[bytes], del_: zipfile.ZipInfo) -> None:
    """Swell the part as whoever reads it would: what it becomes must be what it says, and end where it says."""
    if del_.flag_bits & 1 or del_.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise _ForMycket(SKADAD)
    fil.seek(del_.header_offset)
    _, namn, extra = _LOKALT.unpack(fil.read(_LOKALT.size))
    fil.seek(namn + extra, 1)
    if del_.compress_type == zipfile.ZIP_STORED:
        if del_.file_size != del_.compress_size:
            raise _ForMycket(BOMB)
        return
    if sum(_bitar(fil, del_.compress_size, del_.file_size)) != del_.file_size:
        raise _ForMycket(BOMB)


def _bitar(fil: IO[bytes], packat: int, sagt: int) -> Iterator[int]:
    tolk, blev, matat = zlib.decompressobj(-zlib.MAX_WBITS), 0, b""
    while not tolk.eof:
        if not matat:
            matat = fil.read(min(_BIT, packat))
            packat -= len(matat)
            if not matat:
                raise EOFError
        ut = tolk.decompress(matat, _BIT)
        matat, blev = tolk.unconsumed_tail, blev + len(ut)
        if blev > sagt:
            raise _ForMycket(BOMB)
        yield len(ut)


class _Raknare:
    """A target of lxml's parser, which then builds no tree: the cells of a sheet, and the rectangle around them."""

    def __init__(self) -> None:
        self.antal = self.rad = self.kolumn = 0

    def start(self, tag: str, attribut: Mapping[str, str]) -> None:
        namn = tag.rpartition("}")[2]
        if namn == "c":
            self.antal += 1
            self.rad, self.kolumn = _storst(attribut.get("r", ""), self.rad, self.kolumn)
        elif namn == "row":
            self.rad = max(self.rad, _tal(attribut.get("r", "")))

    def doctype(self, *_: object) -> None:
        raise _ForMycket(DTD)

    def end(self, _: str) -> None:
        """lxml asks for it."""

    def close(self) -> None:
        if self.rad * self.kolumn > max(_ALLTID, self.antal * _TATHET):
            raise _ForMycket(UTSPRIDD)


def _rakna(strom: IO[bytes]) -> None:
    """See that the rectangle around a sheet's cells is not much larger than they are. Other parts have none."""
    tolk = etree.XMLParser(target=_Raknare(), resolve_entities=False, no_network=True, load_dtd=False)
    while bit := strom.read(_BIT):
        tolk.feed(bit)
    tolk.close()


def _storst(plats: str, rad: int, kolumn: int) -> tuple[int, int]:
    """The corner of the rectangle, with the cell at `plats` (`AB12`) in it."""
    bokstaver = plats.rstrip("0123456789")
    nummer = 0
    for tecken in bokstaver[:4].upper():
        nummer = nummer * 26 + (ord(tecken) & 31)
    return max(rad, _tal(plats[len(bokstaver) :])), max(kolumn, min(nummer, _KOLUMNER))


def _tal(text: str) -> int:
    return min(int(text), _RADER) if text.isdecimal() and len(text) < 12 else 0
