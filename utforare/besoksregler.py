"""What may be registered of a visit, and what is odd about it. Pure; the answers are reasons and remarks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from grund.text import datum_i_ord
from grund.tid import EN_DAG, STOCKHOLM, lokal_dag
from utforare.regler import Registrering

LANGST = timedelta(days=1)
_MYCKET = timedelta(minutes=30)  # longer than planned by this much, and by half again, is asked about


@dataclass(frozen=True, slots=True)
class Tid:
    """From when to when."""

    start: datetime
    slut: datetime

    @property
    def langd(self) -> timedelta:
        return self.slut - self.start

    @property
    def i_ord(self) -> str:
        """`3 juni 09.00–10.15`."""
        lokal = self.start.astimezone(STOCKHOLM)
        return f"{datum_i_ord(lokal.date()).rsplit(' ', 1)[0]} {lokal:%H.%M}–{self.slut.astimezone(STOCKHOLM):%H.%M}"


def hinder_for_tid(tid: Tid, fran: date, till: date | None, avliden: date | None) -> list[str]:
    """Why there can be no visit at that time."""
    dag = lokal_dag(tid.start)
    if tid.slut <= tid.start:
        return ["Besöket slutar före det börjar. Slutar det efter midnatt, kryssa för det."]
    if tid.langd > LANGST:
        return ["Ett besök är högst ett dygn. Dela upp det."]
    if dag < fran:
        return [f"Insatsen började {datum_i_ord(fran)}. Besöket ligger före."]
    if till is not None and dag >= till:
        return [f"Insatsen avslutades {datum_i_ord(till - EN_DAG)}. Besöket ligger efter."]
    if avliden is not None and dag > avliden:
        return [f"Personen avled {datum_i_ord(avliden)}. Besöket ligger efter."]
    return []


def hinder_for_utfort(tid: Tid, nu: datetime) -> list[str]:
    """Why the visit cannot have been carried out."""
    return ["Besöket har inte slutat än. Registrera det när det är utfört."] if tid.slut > nu else []


def hinder_for_avbokning(avbokad: datetime | None, planerat: Tid, nu: datetime) -> list[str]:
    """Why the cancelling cannot be as it is said."""
    if avbokad is not None and avbokad > nu:
        return ["Tiden för avbokningen har inte varit än."]
    if avbokad is None and planerat.start > nu:
        return ["Besöket har inte börjat, så det kan inte vara uteblivet. Skriv när det avbokades."]
    return []


def anmarkningar(tid: Tid, planerat: Tid | None, andra: Iterable[Tid]) -> list[str]:
    """What may be right but is seldom: someone must say that it is. `andra`: the person's other visits, carried out."""
    svar = [
        f"Det överlappar ett annat besök hos personen: {ett.i_ord}. Det kan bli fel ersättning och statistik."
        for ett in andra
        if ett.start < tid.slut and tid.start < ett.slut
    ]
    if planerat and tid.langd > planerat.langd + _MYCKET and tid.langd * 2 > planerat.langd * 3:
        svar.append(f"Besöket är mycket längre än planerat ({_minuter(tid)} minuter mot {_minuter(planerat)}).")
    return svar


def _minuter(tid: Tid) -> int:
    return tid.langd // timedelta(minutes=1)


def registrering(tid: Tid, nu: datetime) -> Registrering:
    """On the spot when it is written on the day that the visit ended; later it is afterwards."""
    return Registrering.PA_PLATS if lokal_dag(nu) <= lokal_dag(tid.slut) else Registrering.EFTERHAND
