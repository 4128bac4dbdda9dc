"""The database's roles: the owner migrates, the application's role works, and utförare's requests have a role below it.

    owner                  all tables are its; only `migrate` and the commands that make tables run as it
    <app>                  the user of DATABASE_URL: reads and writes rows, as the models allow. Web, worker and beat
    <app>_utforare         nobody signs in as it. A transaction of a utförare's request takes it on (SET LOCAL ROLE),
                           and then sees the rows of that utförare only (grund.databas.radskydd)

Made and brought up to date after every `migrate`, and by `databasroller`: only what differs is changed. When
DATABASE_URL and DATABASE_OWNER_URL are not two, the owner does the application's work too, and there is one wall less.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from grund.databas.radskydd import policyer, utforarens_ratter
from grund.databas.ratter import ratter

_FORSOK = 6  # of several processes that make the same roles at once, as in tests, only one gets it done at a time

# django-pgtrigger lets a session name guards to pass by, with a setting that anybody may set. Here only the owner may.
VAKTERNA_KAN_INTE_STANGAS_AV = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF coalesce(current_setting('pgtrigger.ignore', true), '') = '' THEN
        RETURN FALSE;
    END IF;
    RETURN trigger_name::text = ANY (current_setting('pgtrigger.ignore')::text[])
       AND pg_has_role(current_user, (SELECT relowner FROM pg_catalog.pg_class
                                        WHERE oid = 'public.grund_handelse'::regclass), 'MEMBER');
END $$
"""


@dataclass
class Utfall:
    """What was changed, a line each, and what could not be, a Swedish sentence each."""

    gjort: list[str] = field(default_factory=list)
    brister: list[str] = field(default_factory=list)


def approll() -> str:
    """The role that the application works as: the user of DATABASE_URL; empty when the owner does it all."""
    return str(settings.DATABASROLL)


def utforarroll() -> str:
    return f"{approll() or connection.settings_dict['USER'] or 'insatskollen'}_utforare"


def ordna() -> Utfall:
    """Make the roles, their rights and the policies what they are to be. As the owner."""
    for forsok in range(_FORSOK):
        try:
            with transaction.atomic():
                return _ordna()
        except DatabaseError as fel:
            if forsok == _FORSOK - 1 or getattr(fel.__cause__, "sqlstate", "") not in _SAMTIDIGT:
                raise
            time.sleep(0.2 * (forsok + 1))
    raise AssertionError


_SAMTIDIGT = {"XX000", "23505", "42710"}  # tuple concurrently updated; made by somebody else a moment ago


def _ordna() -> Utfall:
    utfall = Utfall()
    _kor(VAKTERNA_KAN_INTE_STANGAS_AV)
    _las_vakternas_sokvag(utfall)
    egna = _egna_ratter()
    if not (egna.super or egna.createrole):
        utfall.brister.append(f"Databasens användare {egna.namn} får inte skapa roller, så väggarna saknas.")
        return utfall
    _kor("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    if approll():
        _sakra_roll(approll(), "LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION", utfall)
        _satt_losenord(approll())
        _passera_radskydd(utfall)
        _ge_ratter(approll(), ratter(), utfall)
    else:
        utfall.brister.append("Webb och arbetare använder samma databasanvändare som äger tabellerna.")
    _sakra_roll(utforarroll(), "NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS", utfall)
    _ge_ratter(utforarroll(), utforarens_ratter(), utfall)
    _lat_ta_rollen(approll() or egna.namn, utfall)
    _satt_policyer(utfall)
    return utfall


@dataclass(frozen=True)
class _Egna:
    namn: str
    super: bool
    createrole: bool


def _egna_ratter() -> _Egna:
    ((namn, ar_super, createrole),) = _kor(
        "SELECT rolname::text, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    )
    return _Egna(str(namn), bool(ar_super), bool(createrole))


def _kor(fraga: str | sql.Composable, *varden: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        text = fraga.as_string(cursor.connection) if isinstance(fraga, sql.Composable) else fraga
        cursor.execute(text, varden or None)
        return list(cursor.fetchall()) if cursor.description else []


def _gor(utfall: Utfall, mall: str, *namn: str) -> None:
    """Run a statement that changes something; `mall` has {} for each name."""
    sats = sql.SQL(mall).format(*(sql.Identifier(ett) for ett in namn))
    _kor(sats)
    utfall.gjort.append(mall.format(*namn))


# A guard looks things up, as the month's körning, by names that have no schema; a session's own temporary table of the
# same name would be found first. With a path of its own the guard finds ours, whatever a session has made or set.
_VAKTER_UTAN_SOKVAG = """
    SELECT proname::text FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype AND pronargs = 0
       AND pg_has_role(current_user, proowner, 'MEMBER')
       AND NOT EXISTS (SELECT FROM unnest(proconfig) ett WHERE starts_with(ett, 'search_path='))
     ORDER BY 1
"""


def _las_vakternas_sokvag(utfall: Utfall) -> None:
    for (namn,) in _kor(_VAKTER_UTAN_SOKVAG):
        _gor(utfall, "ALTER FUNCTION public.{}() SET search_path = public, pg_temp", str(namn))


def _sakra_roll(namn: str, attribut: str, utfall: Utfall) -> None:
    if not _kor("SELECT 1 FROM pg_roles WHERE rolname = %s", namn):
        _gor(utfall, f"CREATE ROLE {{}} {attribut}", namn)


def _satt_losenord(namn: str) -> None:
    """The password that DATABASE_URL has, hashed before it is sent, so that no log of the server can have it."""
    if not settings.DATABASROLL_LOSENORD:
        return
    with connection.cursor() as cursor:
        dolt = cursor.connection.pgconn.encrypt_password(settings.DATABASROLL_LOSENORD.encode(), namn.encode())
    _kor(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(namn), sql.Literal(dolt.decode())))


def _passera_radskydd(utfall: Utfall) -> None:
    """The policies are for utförare's role. The application's own passes them: COPY demands it, and so it costs nothing
    where no utförare asks."""
    ((har,),) = _kor("SELECT rolbypassrls FROM pg_roles WHERE rolname = %s", approll())
    if har:
        return
    ((far,),) = _kor("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    if far:
        _gor(utfall, "ALTER ROLE {} BYPASSRLS", approll())
    else:
        utfall.brister.append(
            f"Rollen {approll()} behöver egenskapen BYPASSRLS: låt en superanvändare köra ALTER ROLE … BYPASSRLS."
        )


def _ge_ratter(roll: str, vill: dict[str, frozenset[str]], utfall: Utfall) -> None:
    har = _har_pa_tabeller(roll)
    for tabell in sorted(har):
        onskat = vill.get(_hela(tabell), frozenset())
        for ratt in sorted(har[tabell] - onskat):
            _gor(utfall, f"REVOKE {ratt} ON {{}} FROM {{}}", tabell, roll)
        if nya := sorted(onskat - har[tabell]):
            _gor(utfall, f"GRANT {', '.join(nya)} ON {{}} TO {{}}", tabell, roll)
    for (sekvens,) in _kor(_SEKVENSER_UTAN, roll):
        _gor(utfall, "GRANT USAGE, SELECT ON SEQUENCE {} TO {}", str(sekvens), roll)
    _kor(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(roll)))
    ((databas,),) = _kor("SELECT current_database()")
    if not _kor("SELECT 1 WHERE has_database_privilege(%s, current_database(), 'CONNECT, TEMPORARY')", roll):
        _gor(utfall, "GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}", str(databas), roll)


_SEKVENSER_UTAN = """
    SELECT relname::text FROM pg_class
     WHERE relnamespace = 'public'::regnamespace
       AND CASE WHEN relkind = 'S' THEN NOT has_sequence_privilege(%s, oid, 'USAGE') END
     ORDER BY 1
"""


def _har_pa_tabeller(roll: str) -> dict[str, set[str]]:
    """Each table, partitions too, with what is granted to the role on it."""
    har: dict[str, set[str]] = {}
    for tabell, ratt in _kor(
        """
        SELECT c.relname::text, a.privilege_type
          FROM pg_class c
          LEFT JOIN LATERAL aclexplode(c.relacl) a ON a.grantee = (SELECT oid FROM pg_roles WHERE rolname = %s)
         WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
        """,
        roll,
    ):
        har.setdefault(str(tabell), set()).update({str(ratt)} if ratt else ())
    return har


def _hela(tabell: str) -> str:
    """The table that a partition is a part of; itself for others."""
    return _partitioner().get(tabell, tabell)


def _partitioner() -> dict[str, str]:
    return {
        str(del_): str(hela)
        for del_, hela in _kor(
            "SELECT inhrelid::regclass::text, inhparent::regclass::text FROM pg_inherits i"
            " JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relkind IN ('r', 'p')"
        )
    }


def _lat_ta_rollen(roll: str, utfall: Utfall) -> None:
    """The application may take on utförare's role, but has nothing of it until it does."""
    ((kan, ar_super, version),) = _kor(
        "SELECT EXISTS (SELECT FROM pg_auth_members WHERE roleid = (SELECT oid FROM pg_roles WHERE rolname = %s)"
        " AND member = (SELECT oid FROM pg_roles WHERE rolname = %s)),"
        " (SELECT rolsuper FROM pg_roles WHERE rolname = %s), current_setting('server_version_num')::int",
        utforarroll(),
        roll,
        roll,
    )
    if kan or ar_super:
        return
    tillagg = " WITH INHERIT FALSE, SET TRUE" if int(str(version)) >= 160_000 else ""
    _gor(utfall, f"GRANT {{}} TO {{}}{tillagg}", utforarroll(), roll)


def _satt_policyer(utfall: Utfall) -> None:
    """Row-level security on each table that has a policy, with just that policy; its name tells which text it has."""
    fanns = {
        str(tabell): (bool(pa), set(map(str, namn)))
        for tabell, pa, namn in _kor(
            "SELECT c.relname::text, c.relrowsecurity,"
            " coalesce(array_agg(p.polname::text) FILTER (WHERE p.polname IS NOT NULL), '{}')"
            " FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace GROUP BY 1, 2"
        )
    }
    vill, delar = policyer(), _partitioner()
    for tabell, (pa, namn) in sorted(fanns.items()):
        policy = vill.get(delar.get(tabell, tabell))
        if policy and not pa:
            _gor(utfall, "ALTER TABLE {} ENABLE ROW LEVEL SECURITY", tabell)
        if not policy and pa:
            _gor(utfall, "ALTER TABLE {} DISABLE ROW LEVEL SECURITY", tabell)
        for ett in namn - ({policy.namn} if policy else set()):
            _gor(utfall, "DROP POLICY {} ON {}", ett, tabell)
        if policy and policy.namn not in namn:
            _gor(utfall, f"CREATE POLICY {{}} ON {{}} TO {{}} USING ({policy.sql})", policy.namn, tabell, utforarroll())


@cache
def utforarvaggen_finns() -> bool:
    """Whether the connection may take on utförare's role. Asked once a process."""
    ((finns,),) = _kor(
        "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND pg_has_role(current_user, oid, 'SET'))",
        utforarroll(),
    )
    return bool(finns)


_ANSLUTNINGENS = """
    SELECT pg_has_role(current_user, relowner, 'MEMBER')
               OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
           EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND pg_has_role(current_user, oid, 'SET'))
      FROM pg_class WHERE oid = 'grund_handelse'::regclass
"""


def brister(kor: Callable[..., list[tuple[Any, ...]]] = _kor) -> list[str]:
    """What this connection lacks of the walls, a Swedish sentence each; empty when all stand. For start and health,
    which asks over a line of its own (`kor`)."""
    ((som_agare, har_utforarvagg),) = kor(_ANSLUTNINGENS, utforarroll())
    svar = []
    if som_agare:
        svar.append("Systemet ansluter som databasens ägare, så databasen hindrar det inte från att ändra fasta rader.")
    if not har_utforarvagg:
        svar.append("Databasens radskydd för utförare är inte på, så bara systemets egna filter skiljer utförare åt.")
    return svar
