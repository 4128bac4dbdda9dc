"""What is said once, when a process of the system starts: which of the database's walls are missing."""

import logging

from django.db import DatabaseError, connection

from grund.databas.roller import brister

logg = logging.getLogger(__name__)


def varna() -> None:
    """In the log. The connection is closed again: a process that is forked from this one must not share it."""
    try:
        for brist in brister():
            logg.warning("%s Se docs/drift.md.", brist)
    except DatabaseError as fel:
        logg.warning("Databasen svarade inte vid starten: %s", type(fel).__name__)
    finally:
        connection.close()
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close_pool()  # type: ignore[attr-defined]  # of the PostgreSQL backend
