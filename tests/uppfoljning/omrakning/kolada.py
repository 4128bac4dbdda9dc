"""The comparison with Kolada counted anew, in plain loops."""

from datetime import date
from decimal import Decimal
from statistics import median

from beslut.models import Person
from tests.uppfoljning.omrakning.nationella_leveranser import lss
from uppfoljning.models import Koladakommun, Koladanyckeltal, Koladavarde, Uppgiftsfil

EGEN = "9990"


def rakna_om(urval: dict[str, str], idag: date) -> dict[str, object]:
    """The two figures and the table. `urval`: kpi, kon, and kommuner with commas."""
    del idag
    kommuner = urval["kommuner"].split(",")
    varden = {
        (rad["kommun"], rad["ar"]): rad["varde"]
        for rad in Koladavarde.objects.filter(fil=_sista("kolada-varden")).values()
        if rad["kpi"] == urval["kpi"] and rad["kon"] == urval["kon"] and rad["kommun"] in kommuner
    }
    aren = sorted({ar for _, ar in varden})[-6:]
    namn = {rad["kommun"]: rad["namn"] for rad in Koladakommun.objects.filter(fil=_sista("kolada-kommuner")).values()}
    eget = next(
        rad["eget"]
        for rad in Koladanyckeltal.objects.filter(fil=_sista("kolada-nyckeltal")).values()
        if rad["kpi"] == urval["kpi"]
    )
    rader: list[tuple[object, ...]] = []
    for kod in sorted(kommuner, key=lambda kod: (kod != EGEN, kod)):
        rader.append((namn[kod], *(varden.get((kod, ar)) for ar in aren)))
        if kod == EGEN and eget == "lss_daglig" and urval["kon"] == "T":
            rader.append((f"{namn[kod]}, eget tal", *(_daglig(ar) for ar in aren)))
    andra = [
        v for (kod, ar), v in varden.items() if ar == aren[-1] and v is not None and kod != EGEN and kod[:2] != "00"
    ]
    return {"kolada_eget": varden.get((EGEN, aren[-1])), "kolada_median": Decimal(median(andra)), "kolada": rader}


def _sista(slag: str) -> int:
    return max(Uppgiftsfil.objects.filter(slag=slag).values_list("version", "pk"))[1]


def _daglig(ar: int) -> int | None:
    """Only of years whose statistics the demo has delivered."""
    if ar not in (2024, 2025):
        return None
    alla = lss(date(ar, 10, 1))
    assert set(alla) <= set(Person.objects.values_list("nyckel", flat=True))
    return sum("LSS-10" in insatser for _, insatser in alla.values())
