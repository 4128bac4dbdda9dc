"""Emptying the database after a test whose rows were committed: only the tables that have any.

Django's own way (TRUNCATE of all, then post_migrate, which makes every permission anew) takes longer than most of the
tests that need it. What belongs to the schema (content types, permissions) stays.
"""

from functools import cache

from django.apps import apps
from django.db import connection, transaction

SCHEMATS = {"django_content_type", "auth_permission"}


def tom() -> None:
    """The locks wait for what a server of the test still has in hand, so that nothing of it comes afterwards. Guards
    against deletion, and the order that foreign keys would ask for, are set aside meanwhile: only a superuser can."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(_tabeller())} IN ACCESS EXCLUSIVE MODE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(" UNION ALL ".join(f"(SELECT '{tabell}' FROM {tabell} LIMIT 1)" for tabell in _tabeller()))
        for (tabell,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {tabell}")


@cache
def _tabeller() -> list[str]:
    """Of all our models, in one order, so that two never wait for each other."""
    modeller = apps.get_models(include_auto_created=True)
    return sorted({modell._meta.db_table for modell in modeller if modell._meta.managed} - SCHEMATS)
