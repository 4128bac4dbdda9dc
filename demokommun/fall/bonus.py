"""Cases about arbetsbonus: 30 000 kronor as in Täby and Uppsala, half at the start and half after six months."""

from datetime import date, timedelta

from demokommun.fall.akten import VECKA5
from demokommun.fall.penna import Fallpenna
from demokommun.filer import Paketskrivare
from demokommun.kalender import EN_DAG, plus_manader
from demokommun.ram import Ram

# (month, day) of last year's jobs. Seven bonuses of 2 × 15 000 kronor are 210 000: the last half does not fit.
ANSTALLDA = ((1, 13), (2, 3), (2, 17), (3, 10), (4, 1), (5, 5), (6, 2))


def skriv_bonusregel(ut: Paketskrivare, ram: Ram) -> None:
    """A job six to twelve months after daglig verksamhet began, at least half time, at most 200 000 kronor a year."""
    ut.rad("bonusregler", "BONUS-30", 30000, 6, 12, 6, "0.5", "tillsvidare,visstid", 50, 200000, ram.ar(2, 1, 1), "")


def _fick_jobb(f: Fallpenna, dag: date, manader: int) -> None:
    """Left daglig verksamhet for a job, so many months after it began."""
    f.person(1)
    start = plus_manader(dag, -manader)
    f.niva("LSS-10", "1", start)
    kod = ("SOL", "MED", "HAN")[int(f.person_id[1:]) % 3]
    beslut = f.beslut("LSS-10", start, dag - EN_DAG, omfattning=VECKA5, uppfoljning=dag - EN_DAG)
    verk = f.verk(beslut, kod, start, dag - EN_DAG, omfattning="heltid", slutorsak="arbete")
    f.narvaro(verk, f.arbetsdagar(start, dag - EN_DAG))


def bonus(f: Fallpenna, nummer: int) -> None:
    manad, dag = ANSTALLDA[nummer]
    borjar = f.ram.ar(1, manad, dag)
    _fick_jobb(f, borjar, 7 + nummer % 5)
    f.anstallning(borjar, grad=(50, 75, 100)[nummer % 3], form="visstid" if nummer % 3 == 1 else "tillsvidare")


def praktik(f: Fallpenna) -> None:
    borjar = f.ram.ar(1, 9, 1)
    _fick_jobb(f, borjar, 8)
    f.anstallning(borjar, form="praktik")


def for_sent(f: Fallpenna) -> None:
    borjar = f.ram.ar(1, 10, 6)
    _fick_jobb(f, borjar, 14)
    f.anstallning(borjar)


def slutade(f: Fallpenna) -> None:
    borjar = f.ram.ar(0, 1, 12)
    _fick_jobb(f, borjar, 9)
    f.anstallning(borjar, borjar + timedelta(days=108))


def nyss_anstalld(f: Fallpenna) -> None:
    """A bonus in the last month itself, so that it can be followed to its explanation."""
    borjar = f.dag(0, 1)
    _fick_jobb(f, borjar, 8)
    f.anstallning(borjar)
