"""What the database refuses, said in Swedish: the constraints' own sentences, found by the constraint's name."""

from functools import cache

import psycopg
from django.apps import apps
from django.db import DatabaseError

_KANDA: dict[type[psycopg.Error], str] = {
    psycopg.errors.ForeignKeyViolation: (
        "En rad hänvisar till något som inte finns, eller något som tas bort används av andra rader."
    ),
    psycopg.errors.UniqueViolation: "Det finns redan en rad med detta id.",
    psycopg.errors.DeadlockDetected: "Någon annan ändrade samma sak samtidigt.",
    psycopg.errors.SerializationFailure: "Någon annan ändrade samma sak samtidigt.",
    psycopg.errors.DiskFull: "Databasens disk är full.",
    psycopg.OperationalError: "Förbindelsen med databasen bröts.",  # last: the others are of its kind
}


@cache
def meningar() -> dict[str, str]:
    """Sentence by constraint name."""
    alla = (constraint for modell in apps.get_models() for constraint in modell._meta.constraints)
    return {constraint.name: str(constraint.violation_error_message) for constraint in alla}


def svenska(brott: DatabaseError | psycopg.Error) -> str:
    """What the database said no to. A guard (trigger) says it itself, in Swedish; for the unforeseen, its own words."""
    fel = brott if isinstance(brott, psycopg.Error) else brott.__cause__
    if not isinstance(fel, psycopg.Error):
        return f"Databasen svarar: {brott}."
    namn, svar = fel.diag.constraint_name or "", fel.diag.message_primary or str(fel)
    if namn in meningar():
        return meningar()[namn]
    if isinstance(fel, psycopg.errors.CheckViolation):
        return svar
    kand = (mening for sort, mening in _KANDA.items() if isinstance(fel, sort))
    return next(kand, f"Databasen svarar: {svar}.")
