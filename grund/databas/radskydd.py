"""Row-level security: what a transaction of a utförare's request can read and write, table by table (ADR 0040).

The application's own filters (utforare.tillgang) come first and are stricter. This is the wall behind them: should a
filter fail, another utförare's rows are not there all the same.

Closed by default: a table of ours that no app says anything of has the policy `false`. An app says it in a module that
settings.RADSKYDD names: model → `Oppen(why)` or a condition on the row, in SQL, put together from the parts below.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from grund.databas.ratter import BARA_LASA, ratter


@dataclass(frozen=True)
class Oppen:
    """No policy: no row of the table tells of a person or a utförare. `varfor` says so, to whoever reviews.

    A utförare's request only reads there, unless it has something of its own to write (`skrivs`)."""

    varfor: str
    skrivs: bool = False


@dataclass(frozen=True)
class Policy:
    """`namn` tells the text, so that a changed one is seen without comparing how PostgreSQL prints it."""

    sql: str

    @property
    def namn(self) -> str:
        return f"utforare_{sha256(self.sql.encode()).hexdigest()[:12]}"


INGEN = "false"
# Settings of the transaction (grund.databas.utforarvagg). Within a SELECT they are read once a query, not once a row.
UTFORARE = "(SELECT nullif(current_setting('insatskollen.utforare', true), '')::bigint)"
ANVANDARE = "(SELECT nullif(current_setting('insatskollen.anvandare', true), '')::bigint)"
_ENHETER = "(SELECT nullif(current_setting('insatskollen.enheter', true), '')::bigint[])"


def egen_utforare(kolumn: str = "utforare_id") -> str:
    return f"{kolumn} = {UTFORARE}"


def egen_enhet(kolumn: str = "enhet_id") -> str:
    return f"{kolumn} = ANY ({_ENHETER}::bigint[])"


def eget(kolumn: str, funktion: str) -> str:
    """One of those that a function of the database gives as an array: asked once a query, and an index can be used."""
    return f"{kolumn} = ANY ((SELECT {funktion}())::bigint[])"


def genom(kolumn: str, tabell: str) -> str:
    """A part of something that has a policy of its own: it is there when the whole is."""
    return f"EXISTS (SELECT FROM {tabell} hel WHERE hel.id = {kolumn})"


# Of others' apps. What a person signs in with is the users' own, and none of it tells of a person with support.
_ANDRAS = {"auth", "contenttypes", "sessions", "account", "mfa", "socialaccount"}


def regler() -> dict[str, Oppen | str]:
    """What the apps say, by model label."""
    alla: dict[str, Oppen | str] = {}
    for namn in settings.RADSKYDD:
        alla |= import_string(namn)
    return alla


def utforarens_ratter() -> dict[str, frozenset[str]]:
    """Table → what utförare's role may do with it: where no policy says whose rows are whose, read."""
    bara_lases = {
        apps.get_model(namn)._meta.db_table
        for namn, regel in regler().items()
        if isinstance(regel, Oppen) and not regel.skrivs
    }
    return {tabell: ratt & BARA_LASA if tabell in bara_lases else ratt for tabell, ratt in ratter().items()}


def policyer() -> dict[str, Policy]:
    """Table → its policy, of every table that has one."""
    sagt = regler()
    svar = {}
    for model in apps.get_models(include_auto_created=True):
        regel = sagt.get(model._meta.label, INGEN)
        if model._meta.app_label not in _ANDRAS and not isinstance(regel, Oppen):
            svar[model._meta.db_table] = Policy(regel)
    return svar
