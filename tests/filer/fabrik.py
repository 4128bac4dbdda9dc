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
