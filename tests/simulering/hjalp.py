"""A simulering done here and now, and what months really came to."""

from collections import defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from ersattning.models import Ersattningsrad, Simulering, Simuleringssumma
from ersattning.simulering import actions
from ersattning.simulering.actions import Fraga, Variantval
from grund.tid import Manad

NU = datetime(2026, 6, 3, 10, tzinfo=UTC)
Nyckel = tuple[Any, ...]


def simulera(forsta: str, sista: str, *varianter: tuple[str, dict[str, Any]], **mer: Any) -> Simulering:
    """Set up and calculated."""
    fraga = Fraga("Test", Manad.las(forsta), Manad.las(sista), **mer)
    ny = actions.skapa_simulering(fraga=fraga, varianter=[Variantval(*ett) for ett in varianter], av=None, nu=NU)
    return rakna(ny)


def rakna(simulering: Simulering) -> Simulering:
    simulering = actions.starta_simulering(simulering=simulering, av=None, nu=NU)
    for pk in simulering.delar.values_list("pk", flat=True):
        assert actions.rakna_del(del_id=pk, nu=NU)
    assert actions.avsluta_simulering(simulering_id=simulering.pk, nu=NU)
    simulering.refresh_from_db()
    return simulering


def summor(simulering: Simulering, nummer: int, *falt: str) -> dict[Nyckel, Decimal]:
    """Kronor by month and `falt`, of the variant with the number."""
    svar: dict[Nyckel, Decimal] = defaultdict(Decimal)
    for *nyckel, belopp in Simuleringssumma.objects.filter(
        variant__simulering=simulering, variant__nummer=nummer
    ).values_list("manad", *falt, "belopp"):
        svar[tuple(nyckel)] += belopp
    return {nyckel: belopp for nyckel, belopp in svar.items() if belopp}


def faststallt(*falt: str) -> dict[Nyckel, Decimal]:
    """What all the körningar have settled for each month, bonus apart."""
    svar: dict[Nyckel, Decimal] = defaultdict(Decimal)
    for *nyckel, belopp in Ersattningsrad.objects.exclude(typ="bonus").values_list("avser_manad", *falt, "belopp"):
        svar[tuple(nyckel)] += belopp
    return {nyckel: belopp for nyckel, belopp in svar.items() if belopp}


def totalt(simulering: Simulering, nummer: int) -> Decimal:
    return sum(summor(simulering, nummer).values(), Decimal(0))


def allt_i_databasen() -> dict[str, str]:
    """A fingerprint of every table that a simulering has no business with."""
    svar = {}
    with connection.cursor() as cursor:
        for tabell in sorted(connection.introspection.table_names(cursor)):
            if "simulering" in tabell or tabell == "grund_handelse" or not _har_kolumner(cursor, tabell):
                continue
            cursor.execute(f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{tabell}\" t")
            svar[tabell] = str(cursor.fetchone())
    return svar


def _har_kolumner(cursor: Any, tabell: str) -> bool:
    return bool(connection.introspection.get_table_description(cursor, tabell))
