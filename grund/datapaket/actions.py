"""The one way in: a package is read, checked and stored in one transaction, or not at all."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from django.db import connection, transaction

from grund.datapaket.beskrivning import Cursor
from grund.datapaket.fel import Felsamling, PaketFel
from grund.datapaket.framsteg import Framsteg
from grund.datapaket.inlasning import las_rader, skapa_tabell
from grund.datapaket.kalla import Tabell, oppna_paket
from grund.datapaket.kontroller import Kontrollant
from grund.datapaket.lagrat import skapa_efter
from grund.datapaket.lagring import Utfall, borttagsordning, lagra, ta_bort
from grund.datapaket.register import BORTTAG, alla_filer, filer
from grund.models import ANDRINGSLAS, Anvandare, Handelse

INLASNINGSLAS = 4_711_002  # key of the advisory lock that lets one package in at a time


def las_in(sokvag: Path, *, av: Anvandare | None, vid_vantan: Callable[[], None] = lambda: None) -> dict[str, Utfall]:
    """Take in the package at `sokvag`: per file, how many rows became what. Raises PaketFel, with nothing stored."""
    with Framsteg() as framsteg, transaction.atomic():
        connection.ensure_connection()
        with cast("Any", connection.connection).cursor() as cursor:
            _ensam(cursor, vid_vantan)
            return _Inlasning(cursor, framsteg).las_in(sokvag, av)


def _ensam(cursor: Cursor, vid_vantan: Callable[[], None]) -> None:
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [INLASNINGSLAS])
    if not (cursor.fetchone() or (False,))[0]:
        vid_vantan()
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [INLASNINGSLAS])


class _Inlasning:
    def __init__(self, cursor: Cursor, framsteg: Framsteg) -> None:
        self.cursor, self.framsteg = cursor, framsteg
        self.visas: dict[str, str] = {}
        self.fel = Felsamling()

    def las_in(self, sokvag: Path, av: Anvandare | None) -> dict[str, Utfall]:
        with oppna_paket(sokvag, alla_filer(), self.fel) as tabeller:
            self._las(tabeller)
        if self.fel:
            raise PaketFel(self.fel)
        return self._lagra(sokvag.name, av)

    def _las(self, tabeller: list[Tabell]) -> None:
        ordning = list(alla_filer())
        tabeller = sorted(tabeller, key=lambda tabell: ordning.index(tabell.namn))
        self.visas = {tabell.namn: tabell.visas for tabell in tabeller}
        self.fel.ordning = {tabell.visas: nummer for nummer, tabell in enumerate(tabeller)}
        for fil in alla_filer().values():
            skapa_tabell(self.cursor, fil)
        trasiga = set()
        for tabell in tabeller:
            self.framsteg.gor(f"Läser {tabell.visas}")
            if not las_rader(self.cursor, alla_filer()[tabell.namn], tabell, self.fel, self.framsteg):
                trasiga.add(tabell.namn)
        for fil in filer().values():
            skapa_efter(self.cursor, fil)
        self.framsteg.gor("Kontrollerar")
        Kontrollant(self.cursor, self.visas, trasiga, self.fel).kontrollera()

    def _lagra(self, paket: str, av: Anvandare | None) -> dict[str, Utfall]:
        self.cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [ANDRINGSLAS])
        self.cursor.execute("SELECT nextval(pg_get_serial_sequence('grund_handelse', 'id'))")
        handelse = (self.cursor.fetchone() or (0,))[0]
        utfall = {namn: Utfall() for namn in self.visas if namn != BORTTAG}
        if BORTTAG in self.visas:
            for fil in borttagsordning():
                antal = ta_bort(self.cursor, fil, handelse)
                if antal:
                    utfall.setdefault(fil.namn, Utfall()).borttagna = antal
        for fil in filer().values():
            if fil.namn in self.visas:
                self.framsteg.gor(f"Lagrar {self.visas[fil.namn]}")
                borttagna = utfall[fil.namn].borttagna
                utfall[fil.namn] = lagra(self.cursor, fil, handelse)
                utfall[fil.namn].borttagna = borttagna
        if any(ett.andrar for ett in utfall.values()):
            Handelse.objects.create(
                id=handelse,
                av=av,
                handling="las_in",
                objekt="datapaket",
                text=f"Läste in datapaketet {paket}.",
                data={namn: asdict(ett) for namn, ett in utfall.items()},
            )
        return utfall
