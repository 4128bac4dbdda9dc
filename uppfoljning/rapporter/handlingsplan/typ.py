"""Report 12: a handlingsplan as it stood on a day."""

from datetime import date

from grund.behorighet import Ratt
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Lank, Rapporttyp
from uppfoljning.rapporter.handlingsplan.forms import Urvalsform
from uppfoljning.rapporter.handlingsplan.queries import hamta
from uppfoljning.rapporter.handlingsplan.rapport import rapport, utan_plan


def _gor(form: Urvalsform, _: date, __: Lasare) -> Rapport:
    plan, dag = form.valt
    return rapport(hamta(plan, dag)) if plan else utan_plan(dag)


HANDLINGSPLAN = Rapporttyp(
    "handlingsplan",
    "Handlingsplan",
    "Hur går det med åtgärderna som nämnden har beslutat, vad är sent, och vad har hänt sedan förra redovisningen?",
    Urvalsform,
    _gor,
    (Lank("Lägg upp och följ upp planer", "uppfoljning:handlingsplaner", Ratt.SKOTA_HANDLINGSPLAN),),
    arsurval=lambda ar: {"dag": f"{ar}-12-31"},
)
