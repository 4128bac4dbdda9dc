"""Närvaro: weekdays in daglig verksamhet and sysselsättning, absence only in housing and short stays.

These rows are most of a package, so each is formatted once and kept as finished text until its person is written.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

from demokommun.kalender import EN_DAG, Arbetsdag, dagar_mellan, manadens_sista, plus_manader
from demokommun.liv import Beslut, Insatsliv, Verk
from demokommun.penna import Penna

NARVARO = ";N;;;\n"
ORSAKER = ("ledig", "ledig", "lakarbesok", "ovrigt")
SEMESTERDAGAR = 10
# Chance per working day that a spell of absence begins.
SJUK, ENSTAKA, SEMESTER = 0.012, 0.035, 0.038
MINUTER = tuple(
    f";N;;{m};\n" for m in (120, 165, 170, 240, 300, 330, 345, 355, 360, 360, 365, 370, 375, 380, 390, 400, 420)
)


def skriv_dagar(penna: Penna, verk: Verk, sena: tuple[date, date] | None) -> None:
    """Daglig verksamhet and sysselsättning, working day by working day. `sena`: days handed in a month late."""
    ram = penna.ram
    dagar = ram.kalender.mellan(max(verk.fran, ram.forsta), min(verk.till or ram.sista, ram.sista))
    schema = frozenset(penna.slump.sample(range(1, 6), min(5, int(verk.mangd) or 5)))
    rader = _dagrader(penna.slump, verk, [d for d in dagar if d.veckodag in schema and not d.stangt])
    if sena is None:
        penna.ut.rader("narvaro", rader)
    else:
        fran, till, start = sena[0].isoformat(), sena[1].isoformat(), len(verk.verk_id) + 1
        forsenade = {r for r in rader if fran <= r[start : start + 10] <= till}
        penna.ut.rader("narvaro", [r for r in rader if r not in forsenade])
        penna.ut.sena_rader("narvaro", [r for r in rader if r in forsenade])


def _dagrader(slump: Random, verk: Verk, dagar: Sequence[Arbetsdag]) -> list[str]:
    tal, huvud, rader, kvar, orsak = slump.random, f"{verk.verk_id};", [], 0, ""
    for dag in dagar:
        if not kvar:
            utfall = tal()
            if utfall < SEMESTER:
                kvar, orsak = _franvaro(slump, utfall)
        if kvar:
            kvar -= 1
            rader.append(f"{huvud}{dag.iso};F;;;{orsak}\n")
        else:
            rader.append(huvud + dag.iso + (NARVARO if verk.kod not in OVANLIGA else _ovanlig(slump, verk.kod)))
    return rader


def _franvaro(slump: Random, utfall: float) -> tuple[int, str]:
    """Length in scheduled days, and the cause."""
    if utfall < SJUK:
        return 1 + int(slump.expovariate(0.3)), "sjuk"
    if utfall < ENSTAKA:
        return 1, slump.choice(ORSAKER)
    return SEMESTERDAGAR, "semester"


OVANLIGA = frozenset(("HAN", "SOL", "DUV"))


def _ovanlig(slump: Random, kod: str) -> str:
    """HAN and DUV clock minutes; SOL writes down the days that became shorter than ordered."""
    if kod != "SOL":
        return slump.choice(MINUTER)
    return ";N;halvtid;;\n" if slump.random() < 0.06 else NARVARO


def skriv_bortavaro(penna: Penna, verk: Verk) -> None:
    """Housing: who lives there, lives there; only days away are rows. Some spells walk the whole staircase down."""
    ram, slump = penna.ram, penna.slump
    sist = min(verk.till or ram.sista, ram.sista)
    dag = max(verk.fran, ram.forsta) + timedelta(days=int(slump.expovariate(1 / 130)))
    while dag <= sist:
        langd, orsak = _bortaperiod(slump)
        skriv_franvaro(penna, verk.verk_id, dagar_mellan(dag, min(dag + timedelta(days=langd - 1), sist)), orsak)
        dag += timedelta(days=langd + 5 + int(slump.expovariate(1 / 130)))


def skriv_franvaro(penna: Penna, verk_id: str, dagar: Iterable[date], orsak: str) -> None:
    penna.ut.rader("narvaro", [f"{verk_id};{dag.isoformat()};F;;;{orsak}\n" for dag in dagar])


def _bortaperiod(slump: Random) -> tuple[int, str]:
    utfall = slump.random()
    if utfall < 0.6:
        return slump.randint(2, 4), "hemresa"
    return (slump.randint(3, 18), "sjukhus") if utfall < 0.95 else (slump.randint(25, 75), "sjukhus")


def skriv_vistelser(penna: Penna, liv: Insatsliv, kedja: list[Beslut], enhet_id: str) -> None:
    """Korttidsvistelse: one verkställighet for each booked stay, Friday to Sunday, once or twice a month.

    Booked stay by stay because model `dygn` pays every day of a verkställighet; one that nobody came to is absence.
    """
    manad = penna.ram.forsta
    while manad <= penna.ram.sista:
        for nummer, fredag in enumerate(_fredagar(penna.slump, manad, int(liv.mangd) // 3), 1):
            if fredag >= liv.tid.fran and fredag + 2 * EN_DAG <= penna.ram.sista:
                _skriv_vistelse(
                    penna, f"V{liv.bas}-{manad:%y%m}-{nummer}", _beslut_for(kedja, fredag), enhet_id, fredag
                )
        manad = plus_manader(manad, 1)


def _beslut_for(kedja: list[Beslut], fredag: date) -> Beslut | None:
    """The decision that the whole stay lies within."""
    sondag = fredag + 2 * EN_DAG
    return next((b for b in kedja if b.fran <= fredag and (b.till is None or sondag <= b.till)), None)


def _skriv_vistelse(penna: Penna, verk_id: str, beslut: Beslut | None, enhet_id: str, fredag: date) -> None:
    if beslut is None:
        return
    sondag, bestalld = fredag + 2 * EN_DAG, fredag - 14 * EN_DAG
    rad = (verk_id, beslut.beslut_id, enhet_id, bestalld, "", "", "", fredag, sondag, "annat")
    penna.ut.rad("verkstalligheter", *rad)
    if penna.slump.random() < 0.05:
        skriv_franvaro(penna, verk_id, dagar_mellan(fredag, sondag), "sjuk")


def _fredagar(slump: Random, manad: date, antal: int) -> list[date]:
    fredagar = [d for d in dagar_mellan(manad, manadens_sista(manad)) if d.isoweekday() == 5]
    return sorted(slump.sample(fredagar, max(1, antal)))
