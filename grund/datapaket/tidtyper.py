"""Column types of days and times (grund.datapaket.typer has the others)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import ClassVar

from grund.datapaket.typer import Formfel, Typ
from grund.tid import EN_DAG, STOCKHOLM

MINSTA_AR, STORSTA_AR = 1900, 2999
_DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIDPUNKT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}):([0-9]{2})(\+0[12]:00)?")
_KLOCKSLAG = re.compile(r"([0-9]{2}):([0-9]{2})")
EN_TIMME = timedelta(hours=1)


def las_datum(text: str) -> date:
    try:
        dag = date.fromisoformat(text) if _DATUM.fullmatch(text) else None
    except ValueError:
        raise Formfel("Datumet finns inte i kalendern.") from None
    if dag is None:
        raise Formfel("Inget datum. Skriv år, månad och dag som 2026-03-31.")
    if not MINSTA_AR <= dag.year <= STORSTA_AR:
        raise Formfel(f"Året ska ligga mellan {MINSTA_AR} och {STORSTA_AR}. Lämna tomt det som gäller tills vidare.")
    return dag


@dataclass(frozen=True)
class Datum(Typ):
    sql: ClassVar[str] = "date"

    def las(self, text: str) -> date:
        return las_datum(text)


@dataclass(frozen=True)
class Slutdag(Typ):
    """A `till`: the last day in the file, the day after it in the database."""

    sql: ClassVar[str] = "date"

    def las(self, text: str) -> date:
        return las_datum(text) + EN_DAG

    def skriv(self, uttryck: str) -> str:
        return f"({uttryck} - 1)::text"


@lru_cache(maxsize=20_000)
def _timme(text: str) -> dict[str, datetime]:
    """The UTC start of a local hour (`2026-03-31T07`) by the offset that may be written; `` = the first it can be."""
    las_datum(text[:10])
    try:
        lokal = datetime.fromisoformat(f"{text}:00")
    except ValueError:
        raise Formfel("Klockslaget finns inte. Timmen är 00–23 och minuten 00–59.") from None
    forst, sist = lokal.replace(tzinfo=STOCKHOLM), lokal.replace(tzinfo=STOCKHOLM, fold=1)
    if forst.astimezone(UTC).astimezone(STOCKHOLM).replace(tzinfo=None) != lokal:
        raise Formfel("Tidpunkten finns inte: klockan ställdes fram till sommartid den timmen.")
    med = {f"+0{(en.utcoffset() or EN_TIMME) // EN_TIMME}:00": en.astimezone(UTC) for en in (forst, sist)}
    return {**med, "": forst.astimezone(UTC)}


@dataclass(frozen=True)
class Tidpunkt(Typ):
    """Swedish local time, to the minute. The first of the hour that comes twice, unless the offset says otherwise."""

    sql: ClassVar[str] = "timestamptz"

    def las(self, text: str) -> datetime:
        traff = _TIDPUNKT.fullmatch(text)
        if traff is None:
            raise Formfel("Ingen tidpunkt. Skriv svensk tid utan sekunder som 2026-03-31T07:30.")
        mojliga = _timme(traff[1])
        if int(traff[2]) > 59:
            raise Formfel("Klockslaget finns inte. Timmen är 00–23 och minuten 00–59.")
        timme = mojliga.get(traff[3] or "")
        if timme is None:
            ratt = " eller ".join(forskjutning for forskjutning in mojliga if forskjutning)
            raise Formfel(f"Svensk tid var då {ratt}, inte {traff[3]}. Rätta förskjutningen eller utelämna den.")
        return timme + timedelta(minutes=int(traff[2]))

    def skriv(self, uttryck: str) -> str:
        lokal = f"({uttryck} AT TIME ZONE 'Europe/Stockholm')"
        andra = f"{lokal} = (({uttryck} - interval '1 hour') AT TIME ZONE 'Europe/Stockholm')"
        return f"""to_char({lokal}, 'YYYY-MM-DD"T"HH24:MI') || CASE WHEN {andra} THEN '+01:00' ELSE '' END"""


@dataclass(frozen=True)
class Klockslag(Typ):
    """A clock time as minutes of the local day; `24:00` = 1440."""

    sql: ClassVar[str] = "smallint"

    def las(self, text: str) -> int:
        traff = _KLOCKSLAG.fullmatch(text)
        minuter = int(traff[1]) * 60 + int(traff[2]) if traff and int(traff[2]) < 60 else -1
        if not 0 <= minuter <= 1440:
            raise Formfel("Inget klockslag. Skriv timme och minut som 07:30; dygnet slutar 24:00.")
        return minuter

    def skriv(self, uttryck: str) -> str:
        return f"to_char({uttryck} / 60, 'FM00') || ':' || to_char({uttryck} % 60, 'FM00')"
