"""A file as from Kolada, of municipalities that do not exist and values that nobody has measured. It says so."""

import json
from datetime import date, datetime, time
from zlib import crc32

from grund.models import Anvandare
from grund.tid import STOCKHOLM
from uppfoljning.kolada.regler import Egetvarde
from uppfoljning.models import Koladavarde
from uppfoljning.uppgifter.inlasning import las_in_uppgifter
from uppfoljning.uppgifter.kolada import KOLADA_KOMMUNER, KOLADA_NYCKELTAL, KOLADA_VARDEN
from uppfoljning.uppgifter.typ import Uppgiftsslag

_KALLA = "Påhittade värden för demonstration, inte hämtade från Kolada"
_KOMMUNER = {
    "0000": "Riket (påhittat)",
    "9990": "Ekstad (påhittad)",
    "9991": "Granvik (påhittad)",
    "9992": "Alunda å (påhittad)",
    "9993": "Björkfors (påhittad)",
    "9994": "Lindnäs (påhittad)",
    "9995": "Rönnstad (påhittad)",
}
# id → title, what it is in, about what, and what of ours is the same. U999xx are no ids of Kolada's.
_NYCKELTAL = {
    "N28014": ("Kostnad boende enligt LSS (påhittade värden)", "kr/brukare", 950_000, None),
    "N28015": ("Kostnad daglig verksamhet enligt LSS (påhittade värden)", "kr/brukare", 245_000, None),
    "U99901": ("Personer med daglig verksamhet 1 oktober (påhittat nyckeltal)", "antal", 560, Egetvarde.LSS_DAGLIG),
}
_VARFOR = "Båda räknar personer med verkställd daglig verksamhet den 1 oktober."
_AR = 5


def lagg_upp(idag: date) -> None:
    """Once: five years, with a value that is missing."""
    if Koladavarde.objects.exists():
        return
    titlar = [
        f"{kpi};{titel};{matt};{eget or ''};{_VARFOR if eget else ''}"
        for kpi, (titel, matt, _, eget) in _NYCKELTAL.items()
    ]
    _las_in(KOLADA_NYCKELTAL, "\n".join(["kpi;titel;matt;eget;varfor", *titlar]), "csv", idag)
    namn = [f"{kod};{namn}" for kod, namn in _KOMMUNER.items()]
    _las_in(KOLADA_KOMMUNER, "\n".join(["kommun;namn", *namn]), "csv", idag)
    aren = range(idag.year - _AR, idag.year)
    poster = [_post(kpi, kommun, ar) for kpi in _NYCKELTAL for kommun in _KOMMUNER for ar in aren]
    svar = {"count": len(poster), "next_url": None, "values": poster}
    _las_in(KOLADA_VARDEN, json.dumps(svar, ensure_ascii=False), "json", idag)


def _post(kpi: str, kommun: str, ar: int) -> dict[str, object]:
    mitt = _NYCKELTAL[kpi][2]
    delar = [(kon, _varde(f"{kpi}{kommun}{kon}", mitt, ar)) for kon in ("K", "M")]
    saknas = kommun == "9995" and ar % 2 == 0
    varden = [("T", sum(varde for _, varde in delar) // 2), *delar]
    return {
        "kpi": kpi,
        "municipality": kommun,
        "period": ar,
        "values": [
            {"gender": kon, "value": None if saknas else varde, "count": 1, "status": "Missing" if saknas else ""}
            for kon, varde in varden
        ],
    }


def _varde(fro: str, mitt: int, ar: int) -> int:
    """Within a fifth of the middle, and two percent more a year."""
    andel = 80 + crc32(fro.encode()) % 41
    return mitt * andel * (100 + 2 * (ar - 2021)) // 10_000


def _las_in(slag: Uppgiftsslag, text: str, andelse: str, idag: date) -> None:
    las_in_uppgifter(
        slag=slag,
        period="",
        innehall=text.encode(),
        filnamn=f"{slag.nyckel}-pahittad.{andelse}",
        kalla=_KALLA,
        av=Anvandare.objects.get(username="klara"),
        nu=datetime.combine(idag.replace(month=2, day=3), time(10), STOCKHOLM),
    )
