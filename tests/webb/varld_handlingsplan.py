"""A handlingsplan with a measure, for the world. It is the municipality's: everybody's is the same."""

from datetime import UTC, date, datetime

from grund.behorighet import Roll
from tests.webb.varld import TILLAGG, Varld, Vems
from uppfoljning.handlingsplaner import Atgardsuppgifter, Planuppgifter, lagg_till_atgard, lagg_upp_plan
from uppfoljning.models import Atgard

NU = datetime(2026, 2, 2, 8, tzinfo=UTC)


def handlingsplan(varld: Varld, vems: Vems) -> dict[str, int]:
    """Laid down once."""
    if vems is Vems.INGENS:
        return {"handlingsplan": 999_999, "atgard": 999_999}
    atgard = Atgard.objects.first() or _lagg_upp(varld)
    return {"handlingsplan": atgard.plan_id, "atgard": atgard.pk}


def _lagg_upp(varld: Varld) -> Atgard:
    av, dag = varld.anvandare[Roll.CONTROLLER], date(2026, 2, 1)
    plan = Planuppgifter("Bättre boendestöd", "Kostnaden ökar.", dag, "SN 2026/0012")
    atgard = Atgardsuppgifter("Avbokningar", "Orsak saknas.", "Registrera orsak.", "Enhetschef", dag, date(2026, 4, 1))
    ny = lagg_upp_plan(uppgifter=plan, av=av, idag=dag, nu=NU)
    return lagg_till_atgard(plan=ny, uppgifter=atgard, av=av, nu=NU)


TILLAGG.append(handlingsplan)
