"""Kolada's key figures, municipalities and values, as files."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grund.datapaket.typer import Heltal, Tal, Text, Val
from uppfoljning.kolada.json_lasning import rader
from uppfoljning.kolada.regler import Egetvarde
from uppfoljning.models import Koladakommun, Koladanyckeltal, Koladavarde
from uppfoljning.uppgifter.regler import Rader, fyra_siffror
from uppfoljning.uppgifter.typ import Falt, Period, Uppgiftsslag

_KPI = re.compile(r"[NU][0-9]{5}")
Filfel = tuple[int, str, str]


def _kpi(poster: Rader) -> Iterator[Filfel]:
    for rad, varden in poster:
        if not _KPI.fullmatch(varden["kpi"]):
            yield rad, "kpi", "Nyckeltalets id är N eller U och fem siffror, som N28015."


def _nyckeltal(poster: Rader) -> Iterator[Filfel]:
    yield from _kpi(poster)
    for rad, varden in poster:
        if bool(varden["eget"]) != bool(varden["varfor"]):
            yield (
                rad,
                "varfor",
                "Skriv varför definitionen är densamma när ett eget värde ska stå bredvid, och bara då.",
            )


def _varden(poster: Sequence[tuple[int, Mapping[str, Any]]]) -> Iterator[Filfel]:
    yield from _kpi(poster)
    yield from fyra_siffror("kommun")(poster)


KOLADA_NYCKELTAL = Uppgiftsslag(
    "kolada-nyckeltal",
    "Kolada, nyckeltal",
    "Vad nyckeltalen heter, och vilka av våra egna tal som har samma definition.",
    Period.INGEN,
    (
        Falt("kpi", "Nyckeltal", Text(6), hjalp="Id i Kolada, till exempel N28015."),
        Falt("titel", "Titel", Text(300)),
        Falt("matt", "Mått", Text(40), hjalp="Vad värdet är, till exempel kr/brukare."),
        Falt("eget", "Eget värde", Val.av(Egetvarde), kravs=False, hjalp="Bara när definitionen är densamma."),
        Falt("varfor", "Varför det är samma", Text(300), kravs=False),
    ),
    Koladanyckeltal,
    ("kpi",),
    kontroll=_nyckeltal,
)
KOLADA_KOMMUNER = Uppgiftsslag(
    "kolada-kommuner",
    "Kolada, kommuner",
    "De kommuner och regioner som värdena gäller. 0000 är riket.",
    Period.INGEN,
    (Falt("kommun", "Kommun", Text(4), hjalp="Kommunkod."), Falt("namn", "Namn", Text(100))),
    Koladakommun,
    ("kommun",),
    kontroll=fyra_siffror("kommun"),
)
KOLADA_VARDEN = Uppgiftsslag(
    "kolada-varden",
    "Kolada, värden",
    "Nyckeltalens värden, som CSV eller som JSON-svaret från Koladas API (v3, /data). Filen ersätter den förra helt.",
    Period.INGEN,
    (
        Falt("kpi", "Nyckeltal", Text(6)),
        Falt("kommun", "Kommun", Text(4)),
        Falt("ar", "År", Heltal(1970, 2100)),
        Falt("kon", "Kön", Val(("T", "K", "M")), hjalp="T alla, K kvinnor, M män."),
        Falt("varde", "Värde", Tal(), kravs=False, hjalp="Tomt när Kolada inte har något värde."),
        Falt("status", "Status", Text(20), kravs=False, hjalp="Koladas kod för varför värdet saknas."),
    ),
    Koladavarde,
    ("kpi", "kommun", "ar", "kon"),
    kontroll=_varden,
    lasare=rader,
)
