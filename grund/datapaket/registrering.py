"""What a person registers on a page goes the way of the datapaket: the same columns, rules, checks and trail.

A form gives rows as texts in the format's own spelling (docs/datapaket.md). `registrera` takes rows of any files at
once and runs every check of an import. `registrera_i` takes rows of one file whose set-based checks stand as guards in
the database too (närvaro, besök): it neither waits for imports nor for others, so that many may report at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.module_loading import import_string

from grund.databas.utforarvagg import utanfor
from grund.datapaket.actions import INLASNINGSLAS, Inlasning, psycopg_cursor, ta_nummer
from grund.datapaket.beskrivning import Cursor, Fil
from grund.datapaket.fel import Felsamling, PaketFel
from grund.datapaket.framsteg import Framsteg
from grund.datapaket.inlasning import las_rader, skapa_tabell
from grund.datapaket.kalla import Tabell
from grund.datapaket.lagrat import koppling, varde
from grund.datapaket.lagring import Utfall, lagra, ta_bort
from grund.datapaket.register import alla_filer, borttag, filer
from grund.fel import svenska
from grund.hinder import Hindrad
from grund.models import ANDRINGSLAS, Anvandare, Handelse

Textrad = Mapping[str, str]  # column → text in the format's spelling; what is left out is empty
_VANTAR = "15s"
_UPPTAGET = "Ett datapaket läses in just nu. Försök igen om en stund. Ingenting är sparat."


@dataclass(frozen=True, slots=True)
class Registreringsfel:
    """What is wrong with a row: which file, which of its rows (from 0), which column (may be empty), and what to do."""

    fil: str
    index: int
    kolumn: str
    text: str


class EjRegistrerad(Hindrad):
    """Nothing was stored. `fel` says why, row by row, for the form to show beside its fields."""

    def __init__(self, fel: Sequence[Registreringsfel]) -> None:
        super().__init__([ett.text for ett in fel])
        self.fel = list(fel)


@dataclass(frozen=True, slots=True)
class Spar:
    """The event of a registration: who, what, of which object, and a Swedish sentence."""

    av: Anvandare | None
    handling: str
    objekt: str
    text: str


def registrera(*, rader: Mapping[str, Sequence[Textrad]], spar: Spar) -> Handelse | None:
    """Store `rader` by file, checked as a datapaket. The event, or None when nothing was changed by it.

    A row whose key exists is updated as a whole: begin from `lagrad_rad`. Rows of `borttag` take back.
    Raises EjRegistrerad, with nothing stored.
    """
    fel = Felsamling()
    tabeller = [_tabell(namn, alla_filer()[namn], ett) for namn, ett in rader.items() if ett]
    try:
        with Framsteg() as framsteg, transaction.atomic(), psycopg_cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{_VANTAR}'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INLASNINGSLAS])
            inlasning = Inlasning(cursor, framsteg, fel)
            utfall = inlasning.las_in(tabeller)
            return _handelse(inlasning.handelse, utfall.values(), spar)
    except (PaketFel, psycopg.Error, DatabaseError) as brott:
        raise _ej_registrerad(brott, fel) from brott


def registrera_i(*, fil: str, rader: Sequence[Textrad], bort: Sequence[Textrad] = (), spar: Spar) -> Handelse | None:
    """Store `rader` of one file, and take back `bort` (`id` and `datum` as in borttag.csv), as registrera does.

    What the rows refer to must be stored. A row to take back that is not there is no fault: then it is as wanted.
    """
    fel = Felsamling()
    try:
        with Framsteg() as framsteg, transaction.atomic(), psycopg_cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{_VANTAR}'")
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [ANDRINGSLAS])
            nummer = ta_nummer(cursor)
            utfall = [_ta_tillbaka(cursor, filer()[fil], bort, nummer, fel, framsteg)]
            utfall.append(_lagra(cursor, filer()[fil], rader, nummer, fel, framsteg))
            return _handelse(nummer, utfall, spar)
    except (PaketFel, psycopg.Error, DatabaseError) as brott:
        raise _ej_registrerad(brott, fel) from brott


def lagrad_rad(fil: str, nyckel: str) -> dict[str, str]:
    """The stored row as texts, to change some of them and register it again. KeyError when there is none."""
    beskriven = filer()[fil]
    kolumner = ", ".join(f"{kolumn.typ.skriv(varde(kolumn))}" for kolumn in beskriven.kolumner)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {kolumner} FROM {koppling(beskriven)} WHERE {varde(beskriven.kolumn(beskriven.nyckel[0]))} = %s",
            [nyckel],
        )
        rad = cursor.fetchone()
    if rad is None:
        raise KeyError(nyckel)
    return {namn: text or "" for namn, text in zip(beskriven.namnen, rad, strict=True)}


def _tabell(namn: str, fil: Fil, rader: Sequence[Textrad]) -> Tabell:
    return Tabell(namn, namn, lambda _: _rader(fil, rader))


def _rader(fil: Fil, rader: Sequence[Textrad]) -> Iterator[tuple[int, list[str]]]:
    """A heading, and the rows with numbers from 1."""
    for rad in rader:
        if okanda := set(rad) - set(fil.namnen):
            msg = f"{fil.namn} har inga kolumner {sorted(okanda)}"
            raise ValueError(msg)
    yield 0, list(fil.namnen)
    for nummer, rad in enumerate(rader, 1):
        yield nummer, [rad.get(namn, "").strip() for namn in fil.namnen]


def _las(cursor: Cursor, fil: Fil, rader: Sequence[Textrad], fel: Felsamling, framsteg: Framsteg) -> None:
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.paket_{fil.namn} CASCADE")
    skapa_tabell(cursor, fil)
    las_rader(cursor, fil, _tabell(fil.namn, fil, rader), fel, framsteg)
    if fel:
        raise PaketFel(fel)


def _ta_tillbaka(
    cursor: Cursor, fil: Fil, bort: Sequence[Textrad], handelse: int, fel: Felsamling, framsteg: Framsteg
) -> Utfall:
    if not bort:
        return Utfall()
    _las(cursor, borttag(), [{"fil": fil.namn, **rad} for rad in bort], fel, framsteg)
    return Utfall(borttagna=ta_bort(cursor, fil, handelse))


def _lagra(
    cursor: Cursor, fil: Fil, rader: Sequence[Textrad], handelse: int, fel: Felsamling, framsteg: Framsteg
) -> Utfall:
    if not rader:
        return Utfall()
    _las(cursor, fil, rader, fel, framsteg)
    utfall = lagra(cursor, fil, handelse)
    if utfall.nya + utfall.andrade + utfall.oforandrade != len(rader):
        fel.lagg(fil.namn, None, "", "", "En rad hänvisar till något som inte finns.")
        raise PaketFel(fel)
    return utfall


def _handelse(nummer: int, utfall: Iterable[Utfall], spar: Spar) -> Handelse | None:
    if not any(ett.andrar for ett in utfall):
        return None
    if settings.EFTER_REGISTRERING:
        transaction.on_commit(partial(_efter, nummer), robust=True)
    return Handelse.objects.create(id=nummer, av=spar.av, handling=spar.handling, objekt=spar.objekt, text=spar.text)


def _efter(nummer: int) -> None:
    """The system's own work, which meets more than the rows of the utförare who registered."""
    with utanfor():
        import_string(settings.EFTER_REGISTRERING)(nummer)


def _ej_registrerad(brott: PaketFel | psycopg.Error | DatabaseError, fel: Felsamling) -> EjRegistrerad:
    if isinstance(brott, PaketFel):
        return EjRegistrerad([Registreringsfel(ett.fil, (ett.rad or 1) - 1, ett.kolumn, ett.text) for ett in fel])
    upptaget = isinstance(brott.__cause__ or brott, psycopg.errors.LockNotAvailable)
    return EjRegistrerad([Registreringsfel("", 0, "", _UPPTAGET if upptaget else svenska(brott))])
