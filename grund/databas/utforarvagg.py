"""The wall around a utförare's request: each of its transactions takes on a role that sees one utförare's rows.

The state is the transaction's, never the session's (SET LOCAL): nothing of it is left on a connection that goes back to
the pool, whatever happens to the request, and it holds behind PgBouncer with transaction pooling too. A statement
outside a transaction gets one of its own.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from grund.databas.roller import utforarroll

_SATT = """SELECT set_config('insatskollen.anvandare', %s, true), set_config('insatskollen.utforare', %s, true),
                  set_config('insatskollen.enheter', %s, true), set_config('role', %s, true)"""
_ROLL = "SELECT current_setting('role')"


@dataclass(frozen=True)
class Vems:
    """Whose rows may be met: nobody's, when the user belongs to no utförare."""

    anvandare: int
    utforare: int | None = None
    enheter: tuple[int, ...] = ()

    @property
    def varden(self) -> list[str]:
        utforare = str(self.utforare) if self.utforare is not None else ""
        return [str(self.anvandare), utforare, f"{{{','.join(map(str, self.enheter))}}}", utforarroll()]


@contextmanager
def bara(vems: Vems) -> Generator[None]:
    """Within: what the connection does, it does as the utförare's role."""
    vagg = _Vagg(vems)
    vagg.borja()
    try:
        with connection.execute_wrapper(vagg):
            yield
    finally:
        vagg.sluta()


@contextmanager
def utanfor() -> Generator[None]:
    """Within: what the system does by itself after the user's own work is stored, as looking for wrong data. Not in a
    transaction, whose role would still be the utförare's."""
    vaggar = [ett for ett in connection.execute_wrappers if isinstance(ett, _Vagg)]
    if vaggar and connection.in_atomic_block:
        msg = "Det som sker utanför väggen sker efter transaktionen."
        raise RuntimeError(msg)
    connection.execute_wrappers[:] = [ett for ett in connection.execute_wrappers if ett not in vaggar]
    try:
        yield
    finally:
        connection.execute_wrappers.extend(vaggar)


def ta_rollen() -> None:
    """Before the driver's own cursor is used, which Django does not stand around: take the role, if one is to be."""
    connection.ensure_connection()
    for vagg in [ett for ett in connection.execute_wrappers if isinstance(ett, _Vagg)]:
        vagg.ta_rollen()


class _Vagg:
    """Called by Django around each statement. Its own statements go beside it, by the driver's cursor."""

    def __init__(self, vems: Vems) -> None:
        self.varden = vems.varden
        self.innan: list[str] = []

    def __call__(self, execute: Callable[..., Any], fraga: str, varden: Any, many: bool, kontext: Any) -> Any:
        if connection.in_atomic_block:
            self.ta_rollen()
            return execute(fraga, varden, many, kontext)
        with transaction.atomic():
            self.ta_rollen()
            return execute(fraga, varden, many, kontext)

    def ta_rollen(self) -> None:
        if not connection.in_atomic_block:
            msg = "Utanför en transaktion finns ingen roll att ta."
            raise RuntimeError(msg)
        if _lage() == TransactionStatus.IDLE:  # the transaction begins with what comes now
            _kor(_SATT, self.varden)

    def borja(self) -> None:
        """A transaction that has begun already, as around a test, is within from here …

        Temporary tables that were made in it are another role's, and would stand in the way of this one's."""
        if _lage() == TransactionStatus.INTRANS:
            self.innan = ["", "", "", *_kor(_ROLL, [])]
            with connection.connection.cursor() as cursor:
                cursor.execute("DISCARD TEMP")
            _kor(_SATT, self.varden)

    def sluta(self) -> None:
        """… and to here. One that has failed can do nothing more, and its end takes the role with it."""
        if self.innan and _lage() == TransactionStatus.INTRANS:
            _kor(_SATT, self.innan)


def _lage() -> TransactionStatus:
    linje = connection.connection
    return TransactionStatus(linje.info.transaction_status) if linje else TransactionStatus.IDLE


def _kor(fraga: str, varden: list[str]) -> tuple[str, ...]:
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        rad: tuple[str, ...] = cursor.execute(fraga, varden).fetchone()
        return rad
