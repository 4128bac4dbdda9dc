"""Cases about närvaro, absence and visits."""

from datetime import date, timedelta

from demokommun.fall.akten import dagverksam, narvarande
from demokommun.fall.penna import Fallpenna

VECKOTIMMAR = "timmar_vecka"


def narvaro_efter_dodsfall(f: Fallpenna) -> None:
    f.person(1, avliden=f.dag(0, 12))
    f.niva("LSS-10", "3", f.dag(50, 1))
    beslut = f.beslut("LSS-10", f.dag(50, 1), omfattning=("5", "dagar_vecka"))
    narvarande(f, f.verk(beslut, "DVK", f.dag(50, 1), omfattning="heltid"))


def besok_vid_franvaro(f: Fallpenna) -> None:
    f.person(2)
    f.niva("LSS-9", "4", f.dag(24, 1))
    bostad = f.verk(f.beslut("LSS-9", f.dag(24, 1)), "BJO", f.dag(24, 1))
    beslut = f.beslut("LSS-3", f.dag(9, 1), nr=2, omfattning=("10", "timmar_manad"))
    ledsagning = f.verk(beslut, "LED", f.dag(9, 1), nr=2)
    f.borta(bostad, f.dag(0, 5), f.dag(0, 15))
    f.besok(ledsagning, f.dag(0, 8), 780, 900)


def lang_franvaro(f: Fallpenna) -> None:
    f.person(1)
    f.niva("LSS-9", "6", f.dag(48, 1))
    verk = f.verk(f.beslut("LSS-9", f.dag(48, 1)), "KVA", f.dag(48, 1))
    f.borta(verk, f.dag(2, 10), f.dag(0, 11))


def sen_och_rattad_narvaro(f: Fallpenna) -> None:
    """One week came late, three days were absence, and the last day should never have been."""
    verk = dagverksam(f, "SOL", "3")
    f.narvaro(verk, f.arbetsdagar(f.dag(2, 1), f.dag(1, 17)))
    f.narvaro(verk, f.arbetsdagar(f.dag(1, 18), f.dag(1, 24)), sen=True)
    f.narvaro(verk, f.arbetsdagar(f.dag(1, 25), f.ram.sista))
    sista = f.arbetsdagar(f.dag(0, 1), f.ram.sista)
    f.narvaro(verk, sista[2:5], "F;;;sjuk", sen=True)
    f.rad("borttag", "narvaro", verk, sista[-1].iso, sen=True)


def overlappande_besok(f: Fallpenna) -> None:
    """Two utförare share one decision; both were there the same hour."""
    f.person()
    beslut = f.beslut("SOL-BOSTOD", f.dag(9, 1), f.dag(-3, 28), omfattning=("6", VECKOTIMMAR))
    norr = f.verk(beslut, "BSN", f.dag(9, 1), bestallt=("4", VECKOTIMMAR))
    privat = f.verk(beslut, "NVI", f.dag(9, 1), nr=2, bestallt=("2", VECKOTIMMAR))
    for dag in (5, 12, 19, 26):
        f.besok(norr, f.dag(0, dag), 600, 720)
        f.besok(privat, f.dag(0, dag), 660, 780 if dag == 5 else 690)


def tak_och_bomtid(f: Fallpenna) -> None:
    """Two hours a week were ordered: what is done beyond them is cut, and bomtid stops at 30 %."""
    f.person()
    beslut = f.beslut("SOL-BOSTOD", f.dag(6, 1), f.dag(-6, 28), omfattning=("2", VECKOTIMMAR))
    verk = f.verk(beslut, "VAN", f.dag(6, 1))
    for dag in (2, 5, 9, 12, 16, 19):
        f.besok(verk, f.dag(0, dag), 600, 720)
    for dag in (6, 13, 20, 27):
        f.uteblivet(verk, f.dag(0, dag), 540, 630)
    # cancelled exactly 24 hours before is in time; a minute later is not
    for minut in ("10:00", "10:01"):
        plan = f"{f.dag(0, 24)}T10:00;{f.dag(0, 24)}T11:00"
        f.besoksrad(verk, plan, ";", f"{f.dag(0, 23)}T{minut};brukare;sjuk;")


def tidsband(f: Fallpenna) -> None:
    """The hour that comes twice in October, a Friday that becomes helg at seven, a night, and jul."""
    f.person(3)
    beslut = f.beslut("LSS-3", f.dag(30, 1), omfattning=("20", "timmar_manad"))
    verk = f.verk(beslut, "KAJ", f.dag(30, 1))
    f.besok(verk, f.dag(0, 5) + timedelta(days=(5 - f.dag(0, 5).isoweekday()) % 7), 1080, 1230)
    f.besok(verk, f.dag(0, 13), 1290, 1470)
    ar = f.ram.sista.year - (f.ram.sista.month < 12)
    hosttid = max(date(ar, 10, d) for d in range(25, 32) if date(ar, 10, d).isoweekday() == 7)
    if f.ram.forsta <= hosttid <= f.ram.sista:
        tid = f"{hosttid}T01:30+02:00;{hosttid}T02:30+01:00"
        f.besoksrad(verk, tid, tid, ";;;pa_plats")
    if f.ram.forsta <= date(ar, 12, 24) <= f.ram.sista:
        f.besok(verk, date(ar, 12, 24), 780, 960)


def avtal_saknas(f: Fallpenna) -> None:
    f.person(3)
    verk = f.verk(f.beslut("LSS-3", f.dag(4, 1), omfattning=("10", "timmar_manad")), "NVI", f.dag(4, 1))
    for dag in (4, 11, 18, 25):
        f.besok(verk, f.dag(0, dag), 1020, 1140)


def besok_utan_tid(f: Fallpenna) -> None:
    """Seven minutes round down to none by the quarter; an hour that nobody had planned is paid."""
    f.person()
    beslut = f.beslut("SOL-BOSTOD", f.dag(8, 1), f.dag(-4, 28), omfattning=("1.5", VECKOTIMMAR))
    verk = f.verk(beslut, "VAN", f.dag(8, 1))
    f.besok(verk, f.dag(0, 6), 600, 607)
    f.besok(verk, f.dag(0, 13), 600, 660, planerat=False)


def dubbelt_besok_borttaget(f: Fallpenna) -> None:
    f.person()
    beslut = f.beslut("SOL-BOSTOD", f.dag(5, 1), f.dag(-7, 28), omfattning=("2", VECKOTIMMAR))
    verk = f.verk(beslut, "BSN", f.dag(5, 1))
    for dag in (6, 13, 20, 27):
        f.besok(verk, f.dag(0, dag), 600, 720)
    dubbelt = f.besok(verk, f.dag(0, 27), 600, 720, planerat=False)
    f.rad("borttag", "besok", dubbelt, "", sen=True)
