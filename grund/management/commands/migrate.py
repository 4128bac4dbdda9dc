"""Django's migrate, that gives way: a migration that waits for a table stops everybody who comes after it.

An ALTER TABLE that waits for one long reader stands first in the table's queue, and every page that reads the table
waits behind it. So it waits a few seconds, lets go, and tries again a little later. What was done is noted migration by
migration, so that trying again goes on where it stopped.
"""

import time
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.migrate import Command as Djangos
from django.db import OperationalError, connections
from psycopg.errors import LockNotAvailable, QueryCanceled

LASVANTAN = 5  # seconds that a statement waits for a lock; everybody else waits as long behind it
LANGST = 900  # seconds that a statement may take in all
FORSOK = 12
PAUS = 10.0  # seconds between attempts: long enough for those who waited to be let through


class Command(Djangos):
    """migrate with --lasvantan, --langst and --forsok."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--lasvantan", type=int, default=LASVANTAN, help="sekunder att vänta på ett lås")
        parser.add_argument("--langst", type=int, default=LANGST, help="sekunder som en sats får ta")
        parser.add_argument("--forsok", type=int, default=FORSOK, help="hur många gånger det försöks")

    def handle(self, *args: Any, **options: Any) -> None:
        lasvantan, langst, forsok = (options.pop(namn) for namn in ("lasvantan", "langst", "forsok"))
        forbindelse = connections[options["database"]]
        for nummer in range(1, forsok + 1):
            with forbindelse.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{lasvantan}s'; SET statement_timeout = '{langst}s'")
            try:
                super().handle(*args, **options)
            except OperationalError as fel:
                forbindelse.close()
                if isinstance(fel.__cause__, QueryCanceled):
                    msg = f"En sats tog mer än {langst} sekunder och avbröts. Det som är kvar är inte gjort."
                    raise CommandError(msg) from fel
                if not isinstance(fel.__cause__, LockNotAvailable):
                    raise
                self._vanta(nummer, forsok, lasvantan)
            else:
                with forbindelse.cursor() as cursor:
                    cursor.execute("RESET lock_timeout; RESET statement_timeout")
                return

    def _vanta(self, nummer: int, forsok: int, lasvantan: int) -> None:
        """Let the others through. CommandError after the last attempt."""
        varfor = f"Någon annan använde tabellen i mer än {lasvantan} sekunder"
        if nummer == forsok:
            msg = f"{varfor}, {forsok} gånger. Det som är kvar är inte gjort. Kör migrate igen när det är lugnare."
            raise CommandError(msg)
        self.stderr.write(f"{varfor}. Försök {nummer} av {forsok} gav sig; försöker igen om {PAUS:.0f} sekunder.")
        time.sleep(PAUS)
