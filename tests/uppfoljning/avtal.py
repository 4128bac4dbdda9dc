"""A key, a kravlista and follow-ups that are quick to make."""

from datetime import date, datetime
from decimal import Decimal

from grund.tid import STOCKHOLM
from uppfoljning.avtalsatgarder import (
    Bedomt,
    Kravrad,
    Uppfoljningsforslag,
    registrera_kravlista,
    registrera_uppfoljning,
)
from uppfoljning.bemanningsatgarder import Nyckelforslag, registrera_bemanningsnyckel
from uppfoljning.models import Avtalsuppfoljning, Bemanningsnyckel, Kravlista
from uppfoljning.rapporter.avtalsuppfoljning.regler import Metod, Uppfyllt
from uppfoljning.rapporter.behov_mot_bemanning.regler import Nattform, Nivabehov
from utforare.models import Enhet

NU, START, IDAG = datetime(2026, 6, 1, 9, tzinfo=STOCKHOLM), date(2026, 1, 1), date(2026, 6, 1)


def nyckel(insats: str = "LSS-10", *, fran: date = START, omrade: str = "") -> Bemanningsnyckel:
    """Levels 3 and 4 need 20 and 40 hours a week; the higher one somebody awake at night."""
    nivaer = [
        Nivabehov("3", Decimal(12), Decimal(8), Decimal(0), Nattform.JOUR, ("servicebostad",)),
        Nivabehov("4", Decimal(20), Decimal(15), Decimal(5), Nattform.VAKEN, ("gruppbostad",)),
    ]
    svar = (2, 4) if omrade else (0, 0)
    forslag = Nyckelforslag(
        insats, fran, Decimal(40), Decimal(60), Decimal("0.5"), omrade, *svar, Decimal(2), "Påhittad.", nivaer
    )
    return registrera_bemanningsnyckel(forslag=forslag, av=None, nu=NU)


def kravlista(insats: str = "LSS-10", *, fran: date = START) -> Kravlista:
    """Two krav, and six of ten with education."""
    krav = [Kravrad("A1", "Genomförandeplan", "Högst ett år gammal."), Kravrad("A2", "Dokumentation")]
    return registrera_kravlista(
        insats=insats, fran=fran, kalla="Förfrågningsunderlag", mal=Decimal("0.6"), krav=krav, av=None, nu=NU
    )


def uppfoljning(
    enhet: Enhet, lista: Kravlista, *utfall: Uppfyllt, datum: date = date(2026, 3, 2), **annat: Avtalsuppfoljning
) -> Avtalsuppfoljning:
    """One with these answers, in the order of the list."""
    svar = zip(lista.krav.all(), utfall, strict=True)
    bedomt = {krav.pk: Bedomt(ett, "" if ett is Uppfyllt.UPPFYLLT else "Saknas.") for krav, ett in svar}
    forslag = Uppfoljningsforslag(enhet, lista, datum, "Eva", Metod.OANMALT, "", bedomt, **annat)
    return registrera_uppfoljning(forslag=forslag, av=None, idag=IDAG, nu=NU)
