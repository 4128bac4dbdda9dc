"""A small municipality whose months are already calculated: what the files are made of."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from beslut.models import Beslut, Person
from ersattning.models import Avvikelse, Ersattningsrad, Korning
from ersattning.regler import Status
from grund.models import Anvandare
from grund.pengar import avrunda
from grund.tid import Manad
from utforare.models import Enhet, Utforare, Verkstallighet

MAJ = Manad(2026, 5)
APRIL = Manad(2026, 4)
KLOCKAN_NIO = datetime(2026, 6, 8, 7, 0, tzinfo=UTC)


def anvandare(namn: str) -> Anvandare:
    fornamn, efternamn = namn.split()
    return Anvandare.objects.get_or_create(
        username=fornamn.lower(), defaults={"first_name": fornamn, "last_name": efternamn}
    )[0]


def korning(manad: Manad = MAJ, status: Status = Status.BERAKNAD) -> Korning:
    return Korning.objects.create(
        manad=manad.fran, status=status, startad=KLOCKAN_NIO, beraknad=KLOCKAN_NIO, beraknad_av=anvandare("Karin Holm")
    )


def faststall(korning: Korning) -> Korning:
    korning.status = Status.FASTSTALLD
    korning.granskad, korning.granskad_av = KLOCKAN_NIO, anvandare("Karin Holm")
    korning.faststalld, korning.faststalld_av = KLOCKAN_NIO, anvandare("Gunnel Ask")
    korning.save()
    return korning


def utforare(nyckel: str, namn: str, **kwargs: Any) -> Utforare:
    falt = {"organisationsnummer": "5566778899", "regi": "privat", **kwargs}
    return Utforare.objects.create(nyckel=nyckel, namn=namn, **falt)


def person(nyckel: str, fornamn: str, efternamn: str, *, skyddad: bool = False, fodd: str = "19800101") -> Person:
    return Person.objects.create(
        nyckel=nyckel, personnummer=f"{fodd}2384", fornamn=fornamn, efternamn=efternamn, skyddad=skyddad
    )


def verkstallighet(nyckel: str, person: Person, enhet: Enhet, insats: str = "LSS-9") -> Verkstallighet:
    beslut = Beslut.objects.create(
        nyckel=f"B-{nyckel}",
        person=person,
        insats=insats,
        lagrum="LSS" if insats.startswith("LSS") else "SoL",
        utfall="bifall",
        beslutsdatum=date(2025, 1, 1),
        fran=date(2025, 1, 1),
    )
    return Verkstallighet.objects.create(nyckel=nyckel, beslut=beslut, enhet=enhet, fran=date(2025, 1, 1))


def rad(korning: Korning, verk: Verkstallighet, antal: str, a_pris: str, **kwargs: Any) -> Ersattningsrad:
    """A row whose belopp is rounded as the calculation rounds it. `till` is inclusive here."""
    manad = kwargs.pop("avser", Manad.av(korning.manad))
    exakt, faktor = Fraction(antal), Decimal(kwargs.pop("faktor", "1"))
    falt = {
        "typ": "ordinarie",
        "artikel": "dygn",
        "enhet_for_antal": "dygn",
        "niva": "",
        "omfattning": "",
        "tidsband": "",
        "regelversion": 1,
        **kwargs,
    }
    return Ersattningsrad.objects.create(
        korning=korning,
        avser_manad=manad.fran,
        utforare=verk.enhet.utforare,
        enhet=verk.enhet,
        verkstallighet=verk,
        verkstallighet_nyckel=verk.nyckel,
        person=verk.beslut.person,
        beslut=verk.beslut,
        insats=verk.beslut.insats,
        fran=falt.pop("fran", manad.fran),
        till=falt.pop("till", manad.sista) + timedelta(days=1),
        antal=avrunda(exakt, 4),
        antal_taljare=exakt.numerator,
        antal_namnare=exakt.denominator,
        a_pris=Decimal(a_pris),
        faktor=faktor,
        belopp=avrunda(exakt * Fraction(a_pris) * Fraction(faktor)),
        **falt,
    )


def avvikelse(korning: Korning, verk: Verkstallighet, kod: str, fran: date, till: date, **kwargs: Any) -> Avvikelse:
    return Avvikelse.objects.create(
        korning=korning,
        manad=kwargs.pop("manad", Manad.av(korning.manad)).fran,
        kod=kod,
        utforare=verk.enhet.utforare,
        verkstallighet=verk,
        verkstallighet_nyckel=verk.nyckel,
        person=verk.beslut.person,
        fran=fran,
        till=till + timedelta(days=1),
        **kwargs,
    )


def blandad_manad() -> tuple[Korning, Utforare]:
    """May 2026 for a provider of several models: absence, visits, places, corrections of April and March, bonus.

    The provider's name looks like a formula, one person is protected, one unit has no rows of its own.
    """
    april, mars = korning(APRIL, Status.BERAKNAS), korning(APRIL.plus(-1), Status.BERAKNAS)
    en = utforare("U-Å1", '=SUMMA("Stöd & Omsorg") ÅÄÖ AB')
    hemmet = Enhet.objects.create(nyckel="E1", utforare=en, namn="Gruppbostaden Ängsblomman")
    daglig = Enhet.objects.create(nyckel="E2", utforare=en, namn="Älvdalens dagliga verksamhet")
    team = Enhet.objects.create(nyckel="E3", utforare=en, namn="Boendestödsteam Söder")
    asa, bo = person("P1", "Åsa", "Öberg", fodd="19790312"), person("P2", "Bo", "Ek", fodd="19881130")
    hemlig = person("P3", "Hemlig", "Hemligsson", skyddad=True, fodd="19911224")
    bor, dv, dv_hemlig = (
        verkstallighet("V-1001", asa, hemmet),
        verkstallighet("V-1002", bo, daglig, "LSS-10"),
        verkstallighet("V-1003", hemlig, daglig, "LSS-10"),
    )
    stod, plats = verkstallighet("V-1004", bo, team, "SOL-BOSTOD"), verkstallighet("V-1005", hemlig, hemmet, "LSS-8")
    betald_april = rad(april, bor, "30", "1863.00", niva="2")
    betald_mars = rad(mars, dv, "20", "685.00", niva="2", artikel="narvaro", enhet_for_antal="dag")
    faststall(mars)
    faststall(april)
    maj = korning()
    rad(maj, bor, "26", "1863.00", niva="2", till=date(2026, 5, 26))
    rad(maj, bor, "5", "1863.00", niva="2", artikel="franvaro", faktor="0.5", fran=date(2026, 5, 27))
    rad(maj, plats, "10/31", "61234.56", niva="grundpeng", artikel="manad", enhet_for_antal="manad",
        underlag="10/31 dagar", till=date(2026, 5, 10))  # fmt: skip
    for verk in (dv, dv_hemlig):
        rad(maj, verk, "13", "685.00", niva="2", omfattning="heltid", artikel="narvaro", enhet_for_antal="dag")
        rad(maj, verk, "4", "411.50", niva="2", omfattning="halvtid", artikel="narvaro", enhet_for_antal="dag")
    for tidsband, minuter in (("", 531), ("kväll", 95)):
        rad(maj, stod, f"{minuter}/60", "441.00", tidsband=tidsband, artikel="utford_tid", enhet_for_antal="timme",
            underlag=f"{minuter} min")  # fmt: skip
    rad(maj, stod, "60/60", "441.00", artikel="bomtid", enhet_for_antal="timme", underlag="60 min", faktor="0.333333")
    rad(maj, bor, "-30", "1863.00", niva="2", typ="kreditering", avser=APRIL, krediterar=betald_april)
    rad(maj, bor, "15", "1863.00", niva="2", typ="rattelse", avser=APRIL, till=date(2026, 4, 15))
    rad(maj, dv, "-20", "685.00", niva="2", typ="kreditering", avser=APRIL.plus(-1), krediterar=betald_mars,
        artikel="narvaro", enhet_for_antal="dag")  # fmt: skip
    rad(maj, dv, "1", "15000.00", typ="bonus", artikel="arbetsbonus", enhet_for_antal="styck",
        fran=date(2026, 5, 20), till=date(2026, 5, 20))  # fmt: skip
    avvikelse(maj, dv, "pris_saknas", date(2026, 5, 3), date(2026, 5, 9))
    avvikelse(maj, stod, "over_bestalld_tid", date(2026, 5, 29), date(2026, 5, 29), besok_nyckel="K-77", varde="45")
    avvikelse(maj, dv, "bonus_arstak", date(2026, 5, 20), date(2026, 5, 20), varde="15000.00")
    avvikelse(maj, dv_hemlig, "verkstalld_utan_beslut", date(2026, 4, 21), date(2026, 4, 30), manad=APRIL)
    avvikelse(maj, bor, "avtal_saknas", date(2026, 4, 1), date(2026, 4, 2), manad=APRIL, ny=False)
    return maj, en
