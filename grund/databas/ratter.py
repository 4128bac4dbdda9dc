"""What the application's role may do with each table, read from what the models themselves forbid.

A model whose guard forbids UPDATE or DELETE, always, gets no such right: the guard and the right say the same thing,
so a new model needs no list here. `APPENS_RATT` on a model says it when no guard does. What may happen to some rows
and not to others (a settled month's) is the guards' to say; the application's role cannot switch those off
(grund.databas.roller.VAKTERNA_KAN_INTE_STANGAS_AV).
"""

import pgtrigger
from django.apps import apps
from django.db import models
from django.db.migrations.recorder import MigrationRecorder

LASA, LAGGA_TILL, ANDRA, TA_BORT = "SELECT", "INSERT", "UPDATE", "DELETE"
ALLA = frozenset({LASA, LAGGA_TILL, ANDRA, TA_BORT})
UTAN_ATT_ANDRA = frozenset({LASA, LAGGA_TILL, TA_BORT})
BARA_LASA = frozenset({LASA})


def ratter() -> dict[str, frozenset[str]]:
    """Table → rights, of every table that the installed apps have."""
    return {MigrationRecorder.Migration._meta.db_table: BARA_LASA} | {
        model._meta.db_table: ratt_till(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def ratt_till(model: type[models.Model]) -> frozenset[str]:
    """What the application may do with rows of the model."""
    egen = getattr(model, "APPENS_RATT", None)
    return frozenset(egen) if egen is not None else ALLA - _forbjudet(model)


def _forbjudet(model: type[models.Model]) -> set[str]:
    vakter = [vakt for vakt in getattr(model._meta, "triggers", []) if isinstance(vakt, pgtrigger.Protect)]
    return {
        ratt
        for vakt in vakter
        if not vakt.condition
        for ratt in (ANDRA, TA_BORT)
        if ratt in str(vakt.operation).split(" OR ")
    }
