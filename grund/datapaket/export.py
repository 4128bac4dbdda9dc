"""The way out: everything that is stored, as a datapaket that gives the same data back."""

from pathlib import Path

from django.db import connection, transaction

from grund.datapaket.actions import psycopg_cursor
from grund.datapaket.beskrivning import Cursor, Fil
from grund.datapaket.framsteg import Framsteg
from grund.datapaket.lagrat import koppling, varde
from grund.datapaket.register import filer
from grund.hinder import Hindrad


def exportera(mapp: Path) -> dict[str, int]:
    """Write a package in `mapp`, which must be empty or not there: per file the number of rows, as of one moment.

    Rows are in the order of their keys, column by column in code points, and each value has one spelling, so that the
    same data always gives the same bytes. Files without rows are left out; if none has any, all are there, empty.
    """
    _forbered(mapp)
    antal: dict[str, int] = {}
    inuti = connection.in_atomic_block  # a test; its own transaction sees one moment anyhow
    with Framsteg() as framsteg, transaction.atomic(), psycopg_cursor() as cursor:
        if not inuti:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '128MB'")
        for fil in filer().values():
            framsteg.gor(f"Skriver {fil.namn}.csv")
            antal[fil.namn] = _skriv(cursor, fil, mapp / f"{fil.namn}.csv")
            framsteg.rader(antal[fil.namn])
    if any(antal.values()):
        for namn in (namn for namn, rader in antal.items() if not rader):
            (mapp / f"{namn}.csv").unlink()
    return antal


def _forbered(mapp: Path) -> None:
    try:
        mapp.mkdir(parents=True, exist_ok=True)
        if next(mapp.iterdir(), None) is not None:
            raise Hindrad([f"Mappen {mapp} är inte tom. Ange en tom eller ny mapp."])
    except OSError as fel:
        raise Hindrad([f"Det går inte att skriva i {mapp}: {fel.strerror}."]) from fel


def _skriv(cursor: Cursor, fil: Fil, till: Path) -> int:
    kolumner = ", ".join(f"{kolumn.typ.skriv(varde(kolumn))} AS {kolumn.namn}" for kolumn in fil.kolumner)
    ordning = ", ".join(varde(fil.kolumn(namn)) for namn in fil.nyckel)
    fraga = f"SELECT {kolumner} FROM {koppling(fil)} ORDER BY {ordning}"
    with cursor.copy(f"COPY ({fraga}) TO STDOUT (FORMAT csv, DELIMITER ';', HEADER)") as kopia, till.open("wb") as ut:
        for bit in kopia:
            ut.write(bit)
    return cursor.rowcount
