"""What a migration would do to those who work meanwhile, by squawk, of the SQL that Django would run.

Migrations up to `BASLINJE` made the tables that are empty when an installation begins; they lock nobody. Those that
come after run on millions of rows with people at work, and are held to squawk's rules.
"""

import json
import re
import subprocess
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import getsource, getsourcefile
from pathlib import Path
from sys import modules

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

# The newest migration of each app in 0.1.0, the first version that anybody may have run. Raised with each version.
BASLINJE = {"grund": 12, "beslut": 9, "utforare": 11, "ersattning": 19, "uppfoljning": 12}
POSTGRESQL = "17"
# What these find is no lock, or is seen to elsewhere.
UTAN = [
    "ban-concurrent-index-creation-in-transaction",  # Django refuses it by itself, unless atomic = False
    "prefer-bigint-over-int",
    "prefer-bigint-over-smallint",
    "prefer-identity",
    "prefer-robust-stmts",  # a migration is a transaction
    "prefer-text-field",  # a length is a rule of ours
    "prefer-timestamptz",  # held by Django
    "require-lock-timeout",  # set by the command migrate
    "require-statement-timeout",
    "transaction-nesting",  # sqlmigrate writes out BEGIN
]
# An exception is made in the migration's own file, rule by rule, and says why: # migreringslint: <rule>: <reason>
_UNDANTAG = re.compile(r"^# migreringslint: ([a-z-]+): (\S.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Anmarkning:
    """Something that a migration should do in another way."""

    migrering: str
    regel: str
    text: str
    sats: str

    def __str__(self) -> str:
        return f"{self.migrering}: {self.regel}: {self.text}\n    {self.sats}"


def granska() -> list[Anmarkning]:
    """What is to be said of the migrations that are newer than the baseline."""
    laddare = MigrationLoader(connection, replace_migrations=False)
    nya = sorted(nyckel for nyckel in laddare.graph.nodes if _ar_ny(*nyckel))
    return [ett for nyckel in nya for ett in _en(laddare, nyckel)]


def granska_sql(sql: str, *, namn: str, undantag: frozenset[str] = frozenset()) -> list[Anmarkning]:
    """What squawk has to say of the SQL of one migration."""
    program = str(Path(sysconfig.get_path("scripts")) / "squawk")
    val = ["--reporter", "json", "--pg-version", POSTGRESQL, "--assume-in-transaction", "--exclude", ",".join(UTAN)]
    svar = subprocess.run(  # noqa: S603  the argument list is ours
        [program, *val, "--stdin-filepath", namn], input=sql, capture_output=True, text=True, check=False
    )
    if svar.returncode not in {0, 1}:
        msg = f"squawk slutade med {svar.returncode}: {svar.stderr}"
        raise RuntimeError(msg)
    rader = sql.splitlines()
    return [
        Anmarkning(namn, ett["rule_name"], " ".join(ett["message"].split()), rader[ett["line"]].strip()[:200])
        for ett in json.loads(svar.stdout or "[]")
        if ett["rule_name"] not in undantag
    ]


def _ar_ny(app: str, namn: str) -> bool:
    return app in BASLINJE and int(namn[:4]) > BASLINJE[app]


def _en(laddare: MigrationLoader, nyckel: tuple[str, str]) -> Iterator[Anmarkning]:
    migrering = laddare.graph.nodes[nyckel]
    sql = "\n".join(laddare.collect_sql([(migrering, False)]))
    yield from granska_sql(sql, namn="/".join(nyckel), undantag=undantag(_kalla(type(migrering))))


def undantag(kalla: str) -> frozenset[str]:
    """The rules that the source of a migration says, with a reason, do not concern it."""
    return frozenset(regel for regel, _ in _UNDANTAG.findall(kalla))


def _kalla(typ: type[Migration]) -> str:
    """The whole file: the exceptions stand outside the class."""
    modul = modules[typ.__module__]
    return getsource(modul) if getsourcefile(modul) else ""
