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


ORGNR = [
    *("5560000001", "5560000019", "5560000027", "5560000035", "5560000043", "5560000050", "5560000068", "5560000076"),
    *("5560000084", "5560000092", "5560000100", "5560000118", "5560000126", "5560000134", "5560000142", "5560000159"),
    *("5560000167", "5560000175", "5560000183", "5560000191"),
]


def lagg_upp_tjugo() -> Korning:
    """20 utförare with 25 persons each, and a settled May."""
    korning = fabrik.korning(MAJ)
    for nummer in range(20):
        orgnr = ORGNR[nummer]
        utforare = fabrik.utforare(f"U{nummer}", f"Utförare {nummer} AB", organisationsnummer=orgnr)
        enhet = Enhet.objects.create(nyckel=f"E{nummer}", utforare=utforare, namn=f"Enhet {nummer}")
        for person in range(25):
            nyckel = f"{nummer}-{person}"
            verk = fabrik.verkstallighet(f"V{nyckel}", fabrik.person(f"P{nyckel}", "A", "B"), enhet, "LSS-10")
            fabrik.rad(korning, verk, str(10 + person), "1164.00", artikel="narvaro", enhet_for_antal="dag")
    return fabrik.faststall(korning)
