"""Settled months in the database, and the invoices that a utförare would write of them."""

from datetime import timedelta
from decimal import Decimal

from demokommun.fakturaxml import Fakturaspec, Radspec
from ersattning.models import Ersattningsrad, Korning
from grund.tid import EN_DAG
from tests.filer import fabrik
from tests.filer.fabrik import MAJ
from utforare.models import Enhet, Utforare

ENHETSKOD = {"dygn": "DAY", "dag": "DAY", "timme": "HUR", "manad": "MON", "styck": "EA"}


def lagg_upp_eken() -> Utforare:
    """A utförare with one enhet, and three persons there."""
    eken = fabrik.utforare("U-EKEN", "Eken AB", organisationsnummer="5566002373")
    enhet = Enhet.objects.create(nyckel="E-EKEN", utforare=eken, namn="Eken")
    for nummer, (fornamn, efternamn) in enumerate([("Åsa", "Öberg"), ("Bo", "Ek"), ("Cia", "Al")], 1):
        person = fabrik.person(f"P-{nummer}", fornamn, efternamn)
        fabrik.verkstallighet(f"V-{nummer}", person, enhet, "LSS-10")
    return eken


def lagg_upp_maj(eken: Utforare) -> Korning:
    """May is settled: 20 days at 1 164 kr for each, and V-2 also three days of absence at half the price."""
    korning = fabrik.korning(MAJ)
    falt = {"artikel": "narvaro", "enhet_for_antal": "dag", "niva": "3"}
    verk = list(eken.enheter.get().verkstalligheter.order_by("nyckel"))
    for ett in verk:
        fabrik.rad(korning, ett, "20", "1164.00", **falt)
    fabrik.rad(korning, verk[1], "3", "1164.00", faktor="0.5", **falt | {"artikel": "franvaro"})
    return fabrik.faststall(korning)


def radspec(rad: Ersattningsrad) -> Radspec:
    """The line that a utförare writes of a row."""
    return Radspec(
        referens=rad.verkstallighet_nyckel,
        benamning=f"{rad.insats} {rad.artikel}",
        antal=rad.antal,
        enhet=ENHETSKOD[rad.enhet_for_antal],
        pris=(rad.a_pris * rad.faktor).quantize(Decimal("0.01")),
        fran=rad.fran,
        sista=rad.till - EN_DAG,
    )


def spec(korning: Korning, utforare: Utforare, nummer: str = "1001") -> Fakturaspec:
    """The invoice of a utförare's month: a line for each row."""
    rader = Ersattningsrad.objects.filter(korning=korning, utforare=utforare).order_by("pk")
    return Fakturaspec(
        nummer=nummer,
        datum=MAJ.till + timedelta(days=7),
        forfaller=MAJ.till + timedelta(days=37),
        namn=utforare.namn,
        orgnr=utforare.organisationsnummer,
        kund="Ekstads kommun",
        fran=MAJ.fran,
        sista=MAJ.sista,
        rader=[radspec(rad) for rad in rader],
    )
