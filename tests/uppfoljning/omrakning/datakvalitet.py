"""Report 9 counted anew: every figure and cell, by plain loops over the findings as they are stored."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from beslut.models import Tilldelning
from tests.uppfoljning.omrakning.fynden import ALLTID, SVENSK, Rad, inom, nasta_manad, per
from uppfoljning.kontroll.register import REGLER
from uppfoljning.models import Fynd, Fyndbedomning, Kontroll

AVGJORT = ("godtas", "inget_fel", "rattat", "vidare")
ROLLER = {"handlaggare": "Handläggare", "avtalssamordnare": "Avtalssamordnare", "controller": "Controller"}


def oppna(omrade: str, dag: date) -> list[Rad]:
    """Those open on the day, each with what was made of it by then."""
    rader = [
        rad
        for rad in Fynd.objects.values()
        if rad["omrade"] == omrade and rad["upptackt"] <= dag < (rad["stangd"] or ALLTID)
    ]
    for rad in rader:
        sagt = [
            ett
            for ett in Fyndbedomning.objects.filter(fynd_id=rad["id"]).order_by("pk").values()
            if ett["avtryck"] == rad["avtryck"] and ett["nar"].astimezone(SVENSK).date() <= dag
        ]
        rad["utfall"] = sagt[-1]["utfall"] if sagt else ""
    return rader


def dagen(urval: dict[str, str], idag: date) -> tuple[date, date]:
    """The month's first day, and the day that the report tells of."""
    manad = date.fromisoformat(f"{urval.get('manad') or f'{idag:%Y-%m}'}-01")
    return manad, min(nasta_manad(manad) - timedelta(days=1), idag)


def rorelser(omrade: str, manad: date, dag: date) -> tuple[int, int]:
    """How many came, and how many went."""
    rader = [rad for rad in Fynd.objects.values() if rad["omrade"] == omrade]
    nya = sum(manad <= rad["upptackt"] <= dag for rad in rader)
    return nya, sum(manad <= (rad["stangd"] or ALLTID) <= dag for rad in rader)


def summa(rader: list[Rad]) -> Decimal | None:
    belopp = [rad["belopp"] for rad in rader if rad["belopp"] is not None]
    return sum(belopp, Decimal(0)) if belopp else None


def kvar(rader: list[Rad]) -> int:
    return sum(rad["utfall"] not in AVGJORT for rad in rader)


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, Any]:
    """Key figures by key, and tables as lists of their cells, by key."""
    manad, dag = dagen(urval, idag)
    rader = oppna("kvalitet", dag)
    gamla = [rad for rad in rader if (dag - rad["upptackt"]).days > 90]
    nya, stangda = rorelser("kvalitet", manad, dag)
    return {
        "fynd_oppna": len(rader),
        "fynd_obedomda": kvar(rader),
        "fynd_nya": nya,
        "fynd_stangda": stangda,
        "fynd_gamla": len(gamla),
        "fynd_belopp": summa(rader) or Decimal(0),
        "regler": sorted(
            (REGLER[regel].namn, ROLLER[REGLER[regel].agare], len(dess), kvar(dess), _aldst(dess, dag), summa(dess))
            for regel, dess in per(rader, lambda rad: rad["regel"]).items()
        ),
        "agare": _grupper(per(rader, lambda rad: ROLLER[rad["agare"]]), dag),
        "handlaggare": _grupper(per([r for r in rader if r["agare"] == "handlaggare"], _vem(dag)), dag),
        "aldrar": sorted(
            (namn, len(dess), kvar(dess), summa(dess))
            for namn, dess in per(rader, lambda rad: _alder((dag - rad["upptackt"]).days)).items()
        ),
        "trend": list(_trend(manad, dag)),
    }


def _grupper(grupper: dict[str, list[Rad]], dag: date) -> list[tuple[Any, ...]]:
    return sorted((namn, len(dess), kvar(dess), _aldst(dess, dag), summa(dess)) for namn, dess in grupper.items())


def _aldst(rader: list[Rad], dag: date) -> int:
    return max((dag - rad["upptackt"]).days for rad in rader)


def _vem(dag: date) -> Any:
    hos: dict[int, str] = {}
    alla = Tilldelning.objects.select_related("handlaggare").order_by("fran", "pk")
    for ett in alla:
        if inom({"fran": ett.fran, "till": ett.till}, dag):
            hos.setdefault(ett.person_id, f"{ett.handlaggare.first_name} {ett.handlaggare.last_name}".strip())
    return lambda rad: hos.get(rad["person_id"], "Ingen handläggare")


def _alder(dagar: int) -> str:
    if dagar <= 7:
        return "Högst 7 dagar"
    return "8–30 dagar" if dagar <= 30 else "31–90 dagar" if dagar <= 90 else "Mer än 90 dagar"


def _trend(manad: date, dag: date) -> Any:
    forst = min(rad["dag"] for rad in Kontroll.objects.values()).replace(day=1)
    ett = forst
    while ett <= manad:
        da = min(nasta_manad(ett) - timedelta(days=1), dag)
        yield len(oppna("kvalitet", da))
        ett = nasta_manad(ett)
