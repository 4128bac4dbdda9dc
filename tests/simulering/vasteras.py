"""The Västerås question as data: 551 persons, 98 360 ordered and 68 137 carried-out hours of boendestöd at 436 kronor.

The order is the same each month but for one person, who gets ten hours more from May: no whole number of hours a month
makes 98 360 in twelve.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from ersattning.kalkyl.typer import Avtal, Beslut, Besok, Person, Pris, Verkstallighet
from ersattning.kalkyl.villkor import Villkor
from grund.tid import STOCKHOLM, Manad

INSATS = "SOL-BOSTOD"
MANADER = list(Manad(2021, 1).till_och_med(Manad(2021, 12)))
PERSONER, BESTALLDA, UTFORDA, TIMPRIS = 551, 98_360, 68_137, Decimal(436)
LISTA = 1
_MAJ = date(2021, 5, 1)
_MED_FEMTON = 476  # persons with 15 ordered hours a month; the others have 14
_PASS = 2  # hours of a visit


def villkor() -> Villkor:
    """One contract for carried-out time at 436 kronor an hour."""
    avtal = Avtal(1, 1, INSATS, None, LISTA, "utford_tid", date(2020, 1, 1), None)
    return Villkor((avtal,), ((LISTA, INSATS, "timme", Pris(1, "", "", "", TIMPRIS, date(2020, 1, 1), None)),), ())


def personer() -> dict[Manad, list[Person]]:
    """Everyone month by month."""
    kvar = UTFORDA - 10 * PERSONER * len(MANADER)  # so many times one has an eleventh hour
    svar: dict[Manad, list[Person]] = {}
    for manad in MANADER:
        svar[manad] = []
        for nummer in range(PERSONER):
            elfte = kvar > 0
            kvar -= elfte
            svar[manad].append(_person(nummer, manad, 10 + elfte))
    return svar


def _person(nummer: int, manad: Manad, timmar: int) -> Person:
    bestallt = 15 if nummer < _MED_FEMTON else 14
    forsta = _verk(nummer, 1, bestallt, MANADER[0].fran, _MAJ)
    andra = _verk(nummer, 2, bestallt + (10 if nummer == 0 else 0), _MAJ, None)
    verk = [forsta, andra]
    besok = tuple(_besok(nummer, manad, timmar))
    plats = 0 if manad.fran < _MAJ else 1
    verk[plats] = Verkstallighet(**{**_falt(verk[plats]), "besok": besok})
    return Person(nummer, None, tuple(verk))


def _falt(verk: Verkstallighet) -> dict[str, object]:
    return {namn: getattr(verk, namn) for namn in Verkstallighet.__slots__}


def _verk(nummer: int, del_: int, timmar: int, fran: date, till: date | None) -> Verkstallighet:
    beslut = Beslut(nummer, INSATS, bifall=True, fran=MANADER[0].fran, till=None)
    return Verkstallighet(
        id=nummer * 2 + del_,
        nyckel=f"V{nummer}-{del_}",
        beslut=beslut,
        utforare_id=1,
        enhet_id=1,
        omfattning="",
        fran=fran,
        till=till,
        slutorsak="annat" if till else "",
        bestallt_antal=Fraction(timmar),
        bestallt_enhet="timmar_manad",
    )


def _besok(nummer: int, manad: Manad, timmar: int) -> Iterator[Besok]:
    dag = manad.fran
    while timmar:
        langd = min(_PASS, timmar)
        start = int(datetime.combine(dag, time(13), STOCKHOLM).timestamp()) // 60
        yield Besok(0, f"K{nummer}-{dag}", None, None, start, start + langd * 60, None, "")
        timmar, dag = timmar - langd, dag + timedelta(days=3)
