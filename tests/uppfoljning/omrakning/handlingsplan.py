"""Handlingsplan, counted anew: a loop over every row, with nothing of the report's own code."""

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

from uppfoljning.models import Atgard, Handlingsplan, Motesuppfoljning, Planredovisning

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, object]:
    """Every figure and every cell of the report. `urval`: what stands in its address."""
    dag = date.fromisoformat(urval.get("dag") or str(idag))
    planer = sorted(Handlingsplan.objects.values(), key=lambda ett: (ett["beslutad"], ett["id"]))
    plan = int(urval["plan"]) if urval.get("plan") else planer[-1]["id"]
    atgarder = [ett for ett in Atgard.objects.values() if ett["plan_id"] == plan and _dag(ett["noterad"]) <= dag]
    atgarder.sort(key=lambda ett: ett["nummer"])
    forra = _forra(plan, dag)
    lage, nya = {}, []
    for atgard in atgarder:
        moten = [ett for ett in Motesuppfoljning.objects.values() if ett["atgard_id"] == atgard["id"]]
        moten = sorted((ett for ett in moten if _dag(ett["noterad"]) <= dag), key=lambda ett: ett["nummer"])
        status = "ej_paborjad"
        for mote in moten:
            if forra is None or _dag(mote["noterad"]) > forra:
                nya.append((mote["dag"], atgard["nummer"], mote["text"], status, mote["status"]))
            status = mote["status"]
        sist = moten[-1] if moten else atgard
        sen = max(0, (dag - sist["klar_senast"]).days) if status in ("ej_paborjad", "pagar") else 0
        lage[atgard["nummer"]] = (sist["ansvarig"], status, sist["klar_senast"], sen, len(moten))
    antal = Counter(status for _, status, *_ in lage.values())
    return {
        "handlingsplan_atgarder": len(lage),
        "handlingsplan_klara": (antal["klar"], len(lage)),
        "handlingsplan_forsenade": sum(1 for ett in lage.values() if ett[3]),
        "handlingsplan_uppfoljningar": len(nya),
        "status": [antal[ett] for ett in ("ej_paborjad", "pagar", "klar", "avbruten")],
        "atgarder": [(nummer, ansvarig, klar) for nummer, (ansvarig, _, klar, _, _) in lage.items()],
        "sena": sorted((klar, nummer, sen) for nummer, (_, _, klar, sen, _) in lage.items() if sen),
        "sedan": [(nummer, text, fore, efter, mote) for mote, nummer, text, fore, efter in sorted(nya)],
    }


def _dag(tidpunkt: datetime) -> date:
    return tidpunkt.astimezone(STOCKHOLM).date()


def _forra(plan: int, dag: date) -> date | None:
    """The day that the report before this one told of."""
    sista = None
    for ett in Planredovisning.objects.values():
        if ett["plan_id"] == plan and ett["per"] < dag and _dag(ett["noterad"]) <= dag:
            sista = max(sista or ett["per"], ett["per"])
    return sista
