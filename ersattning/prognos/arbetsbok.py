"""A prognos as a workbook: assumptions, the years against their budgets, the months, and every row. No persons."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from beslut.ord import insats_i_ord
from ersattning.filer.text import kommun
from ersattning.models import Prognosrad
from ersattning.prognos.ord import andelar, antaganden, brister
from ersattning.prognos.resultat import Arssida, Resultat
from ersattning.regler import Prognoskalla
from grund.arbetsbok import Arbetsbok, Kolumn, Slag
from grund.text import datum_i_ord, stor_forsta

_AR = (
    Kolumn("Insats"),
    Kolumn("Budget, kr", Slag.KRONOR, summera=True),
    Kolumn("Utfall hittills, kr", Slag.KRONOR, summera=True),
    Kolumn("Prognos resten, kr", Slag.KRONOR, summera=True),
    Kolumn("Årets total, kr", Slag.KRONOR, summera=True),
    Kolumn("Avvikelse, kr", Slag.KRONOR, summera=True),
    Kolumn("Avvikelse", Slag.ANDEL),
    Kolumn("Om inget förlängs, kr", Slag.KRONOR, summera=True),
)
_MANADER = (
    Kolumn("Månad", Slag.MANAD),
    Kolumn("Källa"),
    Kolumn("Kronor", Slag.KRONOR, summera=True),
    Kolumn("Varav antaget inflöde", Slag.KRONOR, summera=True),
    Kolumn("Om inget förlängs", Slag.KRONOR, summera=True),
    Kolumn("Budget", Slag.KRONOR, summera=True),
)
_RADER = (
    Kolumn("Månad", Slag.MANAD),
    Kolumn("Insats"),
    Kolumn("Utförare"),
    Kolumn("Källa"),
    Kolumn("Personer", Slag.HELTAL),
    Kolumn("Börjar", Slag.HELTAL),
    Kolumn("Slutar", Slag.HELTAL),
    Kolumn("Som beslutat, kr", Slag.KRONOR, summera=True),
    Kolumn("Om besluten förlängs, kr", Slag.KRONOR, summera=True),
    Kolumn("Varav kända starter, kr", Slag.KRONOR, summera=True),
    Kolumn("Varav kända slut, kr", Slag.KRONOR, summera=True),
    Kolumn("Varav planerade priser, kr", Slag.KRONOR, summera=True),
    Kolumn("Varav ändrade nivåer, kr", Slag.KRONOR, summera=True),
    Kolumn("Varav rättelser, bonus och justeringar, kr", Slag.KRONOR, summera=True),
)


def skriv_arbetsbok(fil: BinaryIO, resultat: Resultat, *, alla_rader: bool) -> None:
    """Write it. `alla_rader`: with each utförare, who may have few persons."""
    simulering = resultat.prognos.simulering
    # in public nothing stands beside a total that tells what few persons are of it
    arets, dolda = (-1, {3, 4}) if resultat.offentligt else (len(_AR), set[int]())
    assert simulering.raknad is not None  # noqa: S101  a CHECK holds it
    with Arbetsbok(fil, titel=simulering.namn, forfattare=kommun(), skapad=simulering.raknad) as bok:
        for sida in (resultat.i_ar, resultat.nasta):
            ingress = _ingress(resultat, alla_rader=alla_rader)
            bok.blad(str(sida.ar), _AR[:arets], (rad[:arets] for rad in _aret(sida)), ingress=ingress)
        manader = (tuple(cell for nr, cell in enumerate(rad) if nr not in dolda) for rad in _manader(resultat))
        bok.blad("Månader", [kolumn for nr, kolumn in enumerate(_MANADER) if nr not in dolda], manader)
        if alla_rader:
            bok.blad("Alla rader", _RADER, _rader(resultat))


def _ingress(resultat: Resultat, *, alla_rader: bool) -> list[tuple[str, str]]:
    prognos = resultat.prognos
    return [
        (prognos.simulering.namn, ""),
        ("Gjord", datum_i_ord(prognos.idag)),
        *(
            ("Antagande" if not nummer else "", text)
            for nummer, text in enumerate(antaganden(prognos, offentligt=resultat.offentligt))
        ),
        *(
            ("Andel av planerat" if not nummer else "", f"{namn} {andel}")
            for nummer, (namn, andel) in enumerate(andelar(prognos, resultat.insatser))
        ),
        *(("Saknas" if not nummer else "", text) for nummer, text in enumerate(brister(prognos) if alla_rader else [])),
    ]


def _aret(sida: Arssida) -> Iterator[tuple[Any, ...]]:
    for rad in sida.rader:
        andel = None if rad.procent is None else rad.procent / Decimal(100)
        yield rad.namn, rad.budget, rad.utfall, rad.rest, rad.total, rad.avvikelse, andel, rad.beslutat


def _manader(resultat: Resultat) -> Iterator[tuple[Any, ...]]:
    for ett in resultat.manader:
        yield ett.manad.fran, _kalla(ett.kalla), ett.prognos, ett.inflode, ett.beslutat, ett.budget


def _kalla(kalla: str) -> str:
    return stor_forsta(str(Prognoskalla(kalla).label))


def _rader(resultat: Resultat) -> Iterator[tuple[Any, ...]]:
    rader = Prognosrad.objects.filter(prognos=resultat.prognos).select_related("utforare")
    for rad in rader.order_by("manad", "insats", "utforare__nyckel"):
        yield (
            rad.manad,
            insats_i_ord(rad.insats),
            rad.utforare.namn,
            _kalla(rad.kalla),
            rad.personer,
            rad.nya,
            rad.avslutade,
            rad.belopp,
            rad.forlangt,
            rad.starter,
            rad.slut,
            rad.priser,
            rad.nivaer,
            rad.ovrigt,
        )
