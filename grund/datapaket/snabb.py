"""The short way of a big file: from its lines straight into its table, with no staging between.

It is taken when nothing else of the package is wrong, and left, with nothing done, at the first thing that needs a
closer look: a quote, a faulty value, an unknown id, a day outside, a row that is stored already or comes twice. Then
the long way (inlasning, kontroller, lagring) reads the file again, and says what is wrong if anything is. So both ways
take in the same; this one is there for its speed (1 000 000 rows in some 4–5 times the time of a bare COPY).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from itertools import islice
from typing import BinaryIO

from django.db import IntegrityError as DjangoIntegrityError
from psycopg.errors import DataError, IntegrityError

from grund.datapaket.beskrivning import Cursor, Fil
from grund.datapaket.fel import Felsamling
from grund.datapaket.framsteg import Framsteg
from grund.datapaket.inlasning import Radtolk
from grund.datapaket.kalla import LASFEL, Tabell
from grund.datapaket.lagring import Utfall, spara_nya
from grund.datapaket.register import filer
from grund.tid import Manad

_SATS = 20_000  # rows sorted and sent at a time: neighbours in the index go in together
_FLEST_GRUPPER = 1_000_000  # held in memory, with their days
_FLEST_TEXTER = 200_000
_BLOCK, _LANGSTA_BIT = 1 << 22, 16
_MANAD = re.compile(rb";(\d{4}-\d\d)-\d\d;")
_ALLTID = b"9999-99-99"
_NULL = "\\N"


class _FleraManader(Exception):  # noqa: N818  not a fault
    """The file has days of other months too."""


class _Avsteg(Exception):  # noqa: N818  not a fault: the file goes the long way
    """Something needs a closer look."""


class _Grupp:
    """A row that the file's rows belong to: its days, and what has come for it."""

    __slots__ = ("antal", "forsta", "fran", "id", "inledning", "till")

    def __init__(self, id_: int, bredd: int, fran: str, till: str | None) -> None:
        self.id, self.inledning = id_, f"{id_:0{bredd}};".encode()  # as wide as all: lines then sort as numbers do
        self.fran, self.till = fran.encode(), till.encode() if till else _ALLTID
        self.forsta, self.antal = _ALLTID, 0


class _Omskrivning:
    """Lines of the file as lines for COPY into the table."""

    def __init__(self, fil: Fil, rubriker: list[str], grupper: dict[bytes, _Grupp], manader: set[Manad]) -> None:
        self.fel = Felsamling()
        self.fil, self.tolk, self.grupper = fil, Radtolk(fil, rubriker, 1, fil.namn, self.fel), grupper
        if not self.tolk.hel or not fil.snabb or rubriker[:2] != [fil.snabb.grupp, fil.snabb.dag]:
            raise _Avsteg
        self.kolumner = [fil.kolumn(rubrik) for rubrik in rubriker]
        self.manader = manader  # that all days are to lie in, if any are named
        self.dagar: set[bytes] = set()
        self.resten: dict[bytes, bytes] = {}

    def rader(self, strom: BinaryIO) -> Iterator[list[bytes]]:
        """The file's lines, rewritten, a sorted batch at a time. Short of anything that can be done once per text."""
        sats: list[bytes] = []
        dagar, resten, forra = self.dagar, self.resten, b";"
        for rad in strom:
            nyckel, dag, rest = _dela(rad)
            if nyckel != forra:
                forra, grupp = nyckel, self._grupp(nyckel)
            if dag not in dagar:
                self._ny_dag(dag)
            if not grupp.fran <= dag < grupp.till:
                raise _Avsteg
            if dag < grupp.forsta:  # noqa: PLR1730  a call a row costs more
                grupp.forsta = dag
            grupp.antal += 1
            sats.append(grupp.inledning + dag + (resten.get(rest) or self._ny_rest(rest, nyckel, dag)))
            if len(sats) == _SATS:
                sats.sort()
                yield sats
                sats = []
        sats.sort()
        yield sats

    def _grupp(self, nyckel: bytes) -> _Grupp:
        grupp = self.grupper.get(nyckel)
        if grupp is None:
            raise _Avsteg
        return grupp

    def _ny_dag(self, dag: bytes) -> None:
        kolumn, text = self.kolumner[1], _text(dag)
        varde, fel = self.tolk.lasare[self.fil.namnen.index(kolumn.namn)].las(text)
        if fel or text != str(varde):
            raise _Avsteg
        if self.manader and Manad.av(varde) not in self.manader:
            raise _FleraManader
        self.dagar.add(dag)

    def _ny_rest(self, rest: bytes, nyckel: bytes, dag: bytes) -> bytes:
        """What comes after key and day, read as a whole row once, and kept as COPY wants it."""
        if len(self.resten) >= _FLEST_TEXTER:
            self.resten.clear()
        falt = [_text(nyckel), _text(dag), *_text(rest).rstrip("\r\n").split(";")]
        varden = self.tolk.tolka(0, [ett.strip() for ett in falt])
        if varden is None:
            raise _Avsteg
        ratt = dict(zip(self.fil.namnen, varden, strict=True))
        texter = [_copytext(ratt[kolumn.namn]) for kolumn in self.kolumner[2:]]
        svar = self.resten[rest] = ";".join(["", *texter]).encode() + b"\n"
        return svar


def _dela(rad: bytes) -> list[bytes]:
    delar = rad.split(b";", 2)
    if len(delar) != 3:
        raise _Avsteg
    return delar


def _text(rest: bytes) -> str:
    """Plain text: what CSV or COPY would read in some other way goes the long way."""
    try:
        text = rest.decode()
    except UnicodeDecodeError:
        raise _Avsteg from None
    if '"' in text or "\\" in text or "\0" in text or "\r" in text.removesuffix("\r\n"):
        raise _Avsteg
    return text


def _copytext(varde: object) -> str:
    return _NULL if varde is None else str(varde)


def _rubriker(strom: BinaryIO) -> list[str]:
    rad = strom.readline(10_000).removeprefix(b"\xef\xbb\xbf")
    return [rubrik.strip() for rubrik in _text(rad).strip("\r\n").split(";")]


def lagra_snabbt(cursor: Cursor, fil: Fil, tabell: Tabell, handelse: int, framsteg: Framsteg) -> Utfall | None:
    """Store the file, every row of it new. None, with nothing done, when it must go the long way."""
    if tabell.oppna is None:
        return None
    cursor.execute("SAVEPOINT snabbt")
    try:
        try:
            grupper = _kopiera(cursor, fil, tabell.oppna, framsteg, bara_forsta_manaden=True)
        except _FleraManader:
            cursor.execute("ROLLBACK TO SAVEPOINT snabbt")
            grupper = _kopiera(cursor, fil, tabell.oppna, framsteg, bara_forsta_manaden=False)
    except (_Avsteg, DataError, IntegrityError, DjangoIntegrityError, *LASFEL):
        cursor.execute("ROLLBACK TO SAVEPOINT snabbt")
        return None
    return Utfall(nya=_spara_andringar(cursor, fil, handelse, grupper))


def _kopiera(
    cursor: Cursor, fil: Fil, oppna: Callable[[], BinaryIO], framsteg: Framsteg, *, bara_forsta_manaden: bool
) -> dict[bytes, _Grupp]:
    """All of the file into its table. One month alone goes quicker, so that is tried first."""
    manader = _manader(oppna, bara_forsta=bara_forsta_manaden) if fil.per_manad else set()
    plats = fil.per_manad.skrivplats(manader) if fil.per_manad else nullcontext(fil.tabell)
    with plats as mal, oppna() as strom:
        omskrivning = _Omskrivning(fil, _rubriker(strom), _grupper(cursor, fil), manader)
        kolumner = ", ".join(kolumn.db for kolumn in omskrivning.kolumner)
        with cursor.copy(f"COPY {mal} ({kolumner}) FROM STDIN (DELIMITER ';')") as kopia:
            for sats in omskrivning.rader(strom):
                kopia.write(b"".join(sats))
                framsteg.rader(len(sats))
    return omskrivning.grupper


def _manader(oppna: Callable[[], BinaryIO], *, bara_forsta: bool) -> set[Manad]:
    """The months that the file's days lie in. A line is cut only between blocks, and then read with the next."""
    manader: set[bytes] = set()
    with oppna() as strom:
        block = strom.read(_BLOCK)
        while block and not (bara_forsta and manader):
            traffar = _MANAD.finditer(block)
            manader.update(traff[1] for traff in (islice(traffar, 1) if bara_forsta else traffar))
            nasta = strom.read(_BLOCK)
            block = block[-_LANGSTA_BIT:] + nasta if nasta else b""
    try:
        return {Manad.las(text.decode()) for text in manader}
    except ValueError:
        raise _Avsteg from None


def _grupper(cursor: Cursor, fil: Fil) -> dict[bytes, _Grupp]:
    """Every row that the file may refer to, by its id in the source system."""
    assert fil.snabb  # noqa: S101  only such files come here
    till = filer()[fil.kolumn(fil.snabb.grupp).fil]
    cursor.execute(f"SELECT nyckel, id, fran::text, till::text FROM {till.tabell} LIMIT {_FLEST_GRUPPER}")
    if cursor.rowcount == _FLEST_GRUPPER:
        raise _Avsteg
    rader = cursor.fetchall()
    bredd = max((len(str(id_)) for _, id_, _, _ in rader), default=1)
    return {nyckel.encode(): _Grupp(id_, bredd, fran, slut) for nyckel, id_, fran, slut in rader}


def _spara_andringar(cursor: Cursor, fil: Fil, handelse: int, grupper: dict[bytes, _Grupp]) -> int:
    """One Andring per scope, from the first day of each group. Gives the number of rows."""
    assert fil.snabb  # noqa: S101  only such files come here
    grupp, dag = fil.kolumn(fil.snabb.grupp).db, fil.kolumn(fil.snabb.dag).db
    cursor.execute(f"CREATE TEMP TABLE steg_snabb ({grupp} bigint, {dag} date, antal integer) ON COMMIT DROP")
    berorda = [en for en in grupper.values() if en.antal]
    with cursor.copy("COPY steg_snabb FROM STDIN") as kopia:
        for en in berorda:
            kopia.write_row((en.id, en.forsta.decode(), en.antal))
    spara_nya(cursor, fil, handelse, "steg_snabb n", "true", antal="n.antal")
    cursor.execute("DROP TABLE steg_snabb")
    return sum(en.antal for en in berorda)
