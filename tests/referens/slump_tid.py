"""Random närvaro and besök: runs of absence, visits over midnight and DST, cancellations on the very limit."""

from datetime import date, datetime, timedelta
from fractions import Fraction

from .paket import Rad
from .slump_grund import BOENDE, DAGLIGT, OMFATTNINGAR, TID, Slump, midnatt
from .tid import EN_DAG, dag_for, las_tidpunkt
from .underlag import tal

# At most this many rows of närvaro and besök, so that a package stays small.
HISTORIK = timedelta(days=50)


def insats_for(s: Slump, v: Rad) -> str:
    return s.paket.filer["beslut"][(v["beslut_id"],)]["insats"]


def dagar_for(s: Slump, v: Rad) -> list[date]:
    """The days of a verkställighet from a while before the months until their end."""
    forsta = max(date.fromisoformat(v["fran"]), s.start - HISTORIK)
    sista = min(date.fromisoformat(v["till"] or "9999-12-31"), s.slut + timedelta(days=20))
    return [forsta + timedelta(days=n) for n in range((sista - forsta).days + 1)]


def skapa_narvaro(s: Slump, v: Rad) -> None:
    """A state that lasts for some days and changes: N, F or no row at all."""
    insats = insats_for(s, v)
    if not s.chans(0.9 if insats in DAGLIGT else 0.6 if insats in BOENDE else 0.2):
        return
    byte = s.rnd.choice([0.04, 0.15, 0.5])
    utan_helg = insats in DAGLIGT and s.chans(0.6)
    slag = s.rnd.choice("NF-")
    if s.chans(0.15):
        gles_franvaro(s, v)
        return
    for dag in dagar_for(s, v):
        if s.chans(byte):
            slag = s.rnd.choice("NF-" if insats in DAGLIGT else "NFF--")
        if slag != "-" and not (utan_helg and dag.isoweekday() > 5):
            lagg_narvaro(s, v["verkstallighet_id"], dag, slag)


def gles_franvaro(s: Slump, v: Rad) -> None:
    """Absence rows with 30 to 32 days between them, where a run goes on or starts again (R11)."""
    dagar = dagar_for(s, v)
    while dagar:
        for dag in dagar[: s.rnd.randint(1, 3)]:
            lagg_narvaro(s, v["verkstallighet_id"], dag, "F")
            sista = dag
        glapp = timedelta(days=s.rnd.choice([2, 30, 31, 31, 32]))
        dagar = [dag for dag in dagar if dag >= sista + glapp]


def lagg_narvaro(s: Slump, verkstallighet_id: str, dag: date, kod: str) -> None:
    vad = s.rnd.choices(["", "omfattning", "minuter"], [5, 2, 3] if kod == "N" else [8, 2, 1])[0]
    s.lagg(
        "narvaro",
        verkstallighet_id=verkstallighet_id,
        datum=dag,
        kod=kod,
        omfattning=s.rnd.choice(OMFATTNINGAR) if vad == "omfattning" else "",
        minuter=s.rnd.choice([1, 179, 180, 359, 360, 1440, s.rnd.randint(1, 700)]) if vad == "minuter" else "",
        orsak="sjuk" if kod == "F" and s.chans(0.5) else "",
    )


def skapa_besok(s: Slump, v: Rad) -> None:
    if not dagar_for(s, v) or not s.chans(0.9 if insats_for(s, v) in TID else 0.15):
        return
    for _ in range(s.rnd.randint(0, 14)):
        lagg_besok(s, v, besoksstart(s, v))


def besoksstart(s: Slump, v: Rad) -> datetime:
    """A minute of one of its days; nights, turning days and the edges of the person's other visits more often."""
    alla = dagar_for(s, v)
    kanter = [kant for kant in besokskanter(s, v) if alla[0] <= dag_for(kant) <= alla[-1]]
    if kanter and s.chans(0.2):
        return s.rnd.choice(kanter)
    dagar = [dag for dag in s.vandningar if alla[0] <= dag <= alla[-1]]
    dag = s.rnd.choice(dagar if dagar and s.chans(0.4) else alla)
    minut = s.rnd.choice([s.rnd.randint(0, 1380), s.rnd.randint(0, 239), s.rnd.randint(1260, 1380), 480, 725])
    if dag in s.omstallningar and s.chans(0.6):
        minut = s.rnd.randint(45, 200)
    start = midnatt(dag) + timedelta(minutes=minut)
    return start if start < midnatt(dag + EN_DAG) else midnatt(dag)


def besokskanter(s: Slump, v: Rad) -> list[datetime]:
    """Starts and ends of the person's carried-out visits: ties, overlaps, and visits that only touch."""
    person_id = s.paket.filer["beslut"][(v["beslut_id"],)]["person_id"]
    mina = {
        rad["verkstallighet_id"]
        for rad in s.paket.rader("verkstalligheter")
        if s.paket.filer["beslut"][(rad["beslut_id"],)]["person_id"] == person_id
    }
    utforda = [r for r in s.paket.rader("besok") if r["utford_start"] and r["verkstallighet_id"] in mina]
    return [las_tidpunkt(rad[kolumn]) for rad in utforda for kolumn in ("utford_start", "utford_slut")]


def lagg_besok(s: Slump, v: Rad, start: datetime, *, besok_id: str = "") -> None:
    langd = s.rnd.choice([1, 7, 8, 14, 15, 30, 31, 45, 60, 61, 90, 125, 300, s.rnd.randint(1, 700)])
    langd = 1500 if s.chans(0.01) else langd
    slut = start + timedelta(minutes=langd)
    tider: dict[str, object] = {}
    if s.chans(0.55):
        tider |= {"utford_start": s.tidpunkt(start), "utford_slut": s.tidpunkt(slut)}
        tider["registrering"] = s.rnd.choice(["pa_plats", "efterhand"])
        if s.chans(0.6):
            skift = timedelta(minutes=s.rnd.choice([0, 5, -10, 1440]))
            tider |= {"planerad_start": s.tidpunkt(start + skift), "planerad_slut": s.tidpunkt(slut + skift)}
    else:
        tider |= {"planerad_start": s.tidpunkt(start), "planerad_slut": s.tidpunkt(slut), "orsak": "ej hemma"}
        tider |= {"avbokad_av": s.rnd.choice(["brukare"] * 4 + ["utforare"]), "avbokad": avbokning(s, v, start)}
    s.lagg("besok", besok_id=besok_id or s.nytt_id("besok"), verkstallighet_id=v["verkstallighet_id"], **tider)


def avbokning(s: Slump, v: Rad, start: datetime) -> str:
    """Never, after the start, or around the notice that an avtal asks for: exactly that long is not late."""
    if s.chans(0.3):
        return ""
    utforare_id = s.paket.filer["enheter"][(v["enhet_id"],)]["utforare_id"]
    varsel = [tal(a["bomtid_varsel_timmar"]) for a in s.paket.rader("avtal") if a["utforare_id"] == utforare_id]
    timmar = s.rnd.choice([varslet for varslet in varsel if varslet is not None] or [Fraction(24)])
    minuter = int(timmar * 60) + s.rnd.choice([0, 0, -1, 1, 600, -600])
    return s.tidpunkt(start - timedelta(minutes=minuter))
