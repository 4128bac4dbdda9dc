"""The one way in: a package is read, checked and stored in one transaction, or not at all."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import cast

import psycopg
from django.db import DatabaseError, connection, transaction

from grund.databas.utforarvagg import ta_rollen
from grund.datapaket.beskrivning import Cursor
from grund.datapaket.fel import Felsamling, PaketFel
from grund.datapaket.framsteg import Framsteg
from grund.datapaket.inlasning import las_rader, skapa_tabell
from grund.datapaket.kalla import Tabell, oppna_paket
from grund.datapaket.kontroller import Kontrollant
from grund.datapaket.lagrat import skapa_efter
from grund.datapaket.lagring import Utfall, borttagsordning, lagra, slutfor, ta_bort
from grund.datapaket.register import BORTTAG, alla_filer, filer
from grund.datapaket.snabb import lagra_snabbt
from grund.fel import svenska
from grund.models import ANDRINGSLAS, Anvandare, Handelse

INLASNINGSLAS = 4_711_002  # key of the advisory lock that lets one package in at a time


def las_in(sokvag: Path, *, av: Anvandare | None, vid_vantan: Callable[[], None] = lambda: None) -> dict[str, Utfall]:
    """Take in the package at `sokvag`: per file, how many rows became what. Raises PaketFel, with nothing stored."""
    fel = Felsamling()
    try:
        with Framsteg() as framsteg, transaction.atomic(), psycopg_cursor() as cursor:
            _ensam(cursor, vid_vantan)
            cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '128MB'")
            inlasning = Inlasning(cursor, framsteg, fel)
            with oppna_paket(sokvag, alla_filer(), fel) as tabeller:
                utfall = inlasning.las_in(tabeller)
            _skriv_handelse(inlasning.handelse, sokvag.resolve().name, utfall, av)
            return utfall
    except (psycopg.Error, DatabaseError) as brott:  # the checks have passed: someone else changed something meanwhile
        fel.lagg(sokvag.name, None, "", "", f"{svenska(brott)} Läs in paketet igen. Ingenting är inläst nu.")
        raise PaketFel(fel) from brott


def psycopg_cursor() -> Cursor:
    """A cursor that can COPY, in Django's transaction, and within the wall that it is within."""
    ta_rollen()
    return cast("Cursor", connection.connection.cursor())


def ta_nummer(cursor: Cursor) -> int:
    """The number of an event to come, for its ändringar to refer to."""
    cursor.execute("SELECT nextval(pg_get_serial_sequence('grund_handelse', 'id'))")
    ((nummer,),) = cursor.fetchall()
    return int(nummer)


def _ensam(cursor: Cursor, vid_vantan: Callable[[], None]) -> None:
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [INLASNINGSLAS])
    if not (cursor.fetchone() or (False,))[0]:
        vid_vantan()
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INLASNINGSLAS])


class Inlasning:
    """A package on its way in. Big files come last: when all the rest is right, they may go the short way (snabb)."""

    def __init__(self, cursor: Cursor, framsteg: Framsteg, fel: Felsamling) -> None:
        self.cursor, self.framsteg, self.fel = cursor, framsteg, fel
        self.kontrollant = Kontrollant(cursor, fel)
        self.handelse = 0

    def las_in(self, tabeller: list[Tabell]) -> dict[str, Utfall]:
        ordning = list(alla_filer())
        tabeller.sort(key=lambda tabell: ordning.index(tabell.namn))
        self.fel.ordning = {tabell.visas: nummer for nummer, tabell in enumerate(tabeller)}
        self.kontrollant.visas = {tabell.namn: tabell.visas for tabell in tabeller}
        self._forbered()
        stora = [tabell for tabell in tabeller if alla_filer()[tabell.namn].snabb]
        sma = [tabell for tabell in tabeller if tabell not in stora]
        self._las(sma)
        if self.fel:
            self._las(stora)
            raise PaketFel(self.fel)
        utfall = self._lagra(sma)
        for tabell in stora:
            borttagna = utfall.get(tabell.namn, Utfall()).borttagna
            utfall[tabell.namn] = self._lagra_stor(tabell, tas_bort_ur=bool(borttagna))
            utfall[tabell.namn].borttagna = borttagna
        return {namn: utfall[namn] for namn in filer() if namn in utfall}

    def _forbered(self) -> None:
        """Empty tables for the package. An earlier one in the same transaction (a test) may have left its own."""
        gamla = ", ".join(f"pg_temp.paket_{namn}" for namn in alla_filer())
        self.cursor.execute(f"SET LOCAL client_min_messages = warning; DROP TABLE IF EXISTS {gamla} CASCADE")
        for fil in alla_filer().values():
            skapa_tabell(self.cursor, fil)
        for fil in filer().values():
            skapa_efter(self.cursor, fil)

    def _las(self, tabeller: Iterable[Tabell]) -> None:
        """Read and check; what is wrong goes to `fel`."""
        for tabell in tabeller:
            self.framsteg.gor(f"Läser {tabell.visas}")
            if not las_rader(self.cursor, alla_filer()[tabell.namn], tabell, self.fel, self.framsteg):
                self.kontrollant.trasiga.add(tabell.namn)
        self.framsteg.gor("Kontrollerar")
        self.kontrollant.kontrollera([tabell.namn for tabell in tabeller])

    def _lagra(self, tabeller: Iterable[Tabell]) -> dict[str, Utfall]:
        self.cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [ANDRINGSLAS])
        self.handelse = ta_nummer(self.cursor)
        namnen = {tabell.namn for tabell in tabeller}
        borttagna = {
            fil.namn: ta_bort(self.cursor, fil, self.handelse) for fil in borttagsordning() if BORTTAG in namnen
        }
        utfall = {namn: Utfall(borttagna=antal) for namn, antal in borttagna.items() if antal}
        for fil in filer().values():
            if fil.namn in namnen:
                self.framsteg.gor(f"Lagrar {fil.namn}")
                utfall[fil.namn] = lagra(self.cursor, fil, self.handelse)
                utfall[fil.namn].borttagna = borttagna.get(fil.namn, 0)
        for namn in namnen - {BORTTAG}:
            slutfor(self.cursor, filer()[namn])
        return utfall

    def _lagra_stor(self, tabell: Tabell, *, tas_bort_ur: bool) -> Utfall:
        fil = filer()[tabell.namn]
        self.framsteg.gor(f"Läser och lagrar {tabell.visas}")
        utfall = None if tas_bort_ur else lagra_snabbt(self.cursor, fil, tabell, self.handelse, self.framsteg)
        if utfall is not None:
            return utfall
        self._las([tabell])
        if self.fel:
            raise PaketFel(self.fel)
        return lagra(self.cursor, fil, self.handelse)


def _skriv_handelse(nummer: int, paket: str, utfall: dict[str, Utfall], av: Anvandare | None) -> None:
    """One event for a package that changed something. Its number was taken before, for the ändringar to refer to."""
    if not any(ett.andrar for ett in utfall.values()):
        return
    Handelse.objects.create(
        id=nummer,
        av=av,
        handling="las_in",
        objekt="datapaket",
        text=f"Läste in datapaketet {paket}.",
        data={namn: asdict(ett) for namn, ett in utfall.items()},
    )
