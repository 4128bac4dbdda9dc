"""R0: Swedish calendar days and real elapsed time. Moments are held in UTC, so that subtraction is elapsed time."""

import calendar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
EN_DAG = timedelta(days=1)
EN_MINUT = timedelta(minutes=1)


def las_tidpunkt(text: str) -> datetime:
    """DATAPAKET: local time, or with an offset; the first of the two hours in October; the skipped one is an error."""
    tidpunkt = datetime.fromisoformat(text)
    if tidpunkt.tzinfo is not None:
        return tidpunkt.astimezone(UTC)
    i_utc = tidpunkt.replace(tzinfo=STOCKHOLM, fold=0).astimezone(UTC)
    if i_utc.astimezone(STOCKHOLM).replace(tzinfo=None) != tidpunkt:
        raise ValueError(f"{text} finns inte: klockan ställs fram")
    return i_utc


def lokal(tidpunkt: datetime) -> datetime:
    return tidpunkt.astimezone(STOCKHOLM)


def dag_for(tidpunkt: datetime) -> date:
    return lokal(tidpunkt).date()


def minuterna(start: datetime, slut: datetime) -> list[datetime]:
    """Every minute that really elapses, named by the moment it begins."""
    minuter = []
    while start < slut:
        minuter.append(start)
        start += EN_MINUT
    return minuter


def manad_for(dag: date) -> str:
    return f"{dag.year:04}-{dag.month:02}"


def antal_dagar(manad: str) -> int:
    ar, nummer = (int(del_) for del_ in manad.split("-"))
    return calendar.monthrange(ar, nummer)[1]


def dagar_i(manad: str) -> list[date]:
    ar, nummer = (int(del_) for del_ in manad.split("-"))
    return [date(ar, nummer, dag) for dag in range(1, antal_dagar(manad) + 1)]


def nasta_manad(manad: str) -> str:
    return manad_for(dagar_i(manad)[-1] + EN_DAG)


def lagg_till_manader(dag: date, manader: int) -> date:
    """R50: adding months to the 29th–31st gives the last day of a shorter month."""
    hela = dag.year * 12 + dag.month - 1 + manader
    ar, nummer = hela // 12, hela % 12 + 1
    return date(ar, nummer, min(dag.day, calendar.monthrange(ar, nummer)[1]))
