"""A simulering as a workbook: what is asked, the variants, who is affected, and every sum. No persons."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from django.db.models import QuerySet

from beslut.ord import insats_i_ord, niva_i_ord
from ersattning.filer.text import kommun
from ersattning.models import Simuleringssumma
from ersattning.regler import Radenhet
from ersattning.simulering.ord import artikel_i_ord
from ersattning.simulering.resultat import Delrad, Resultat
from ersattning.simulering.tables import period_i_ord
from grund.arbetsbok import Arbetsbok, Kolumn, Slag
from grund.text import och, tidpunkt_i_ord

_VARIANTER = (
    Kolumn("Variant"),
    Kolumn("Kostnad, kr", Slag.KRONOR),
    Kolumn("Mot i dag, kr", Slag.KRONOR),
    Kolumn("Mot i dag", Slag.ANDEL),
    Kolumn("Ersatta timmar", Slag.ANTAL),
    Kolumn("Kr per person och månad", Slag.KRONOR),
    Kolumn("Kr per utförd timme", Slag.KRONOR),
    Kolumn("Ändringar", Slag.STYCKE),
    Kolumn("Saknas", Slag.STYCKE),
)
_SUMMOR = (
    Kolumn("Variant"),
    Kolumn("Månad", Slag.MANAD),
    Kolumn("Utförare"),
    Kolumn("Insats"),
    Kolumn("Nivå"),
    Kolumn("Artikel"),
    Kolumn("Antal", Slag.ANTAL),
    Kolumn("Per"),
    Kolumn("Kronor", Slag.KRONOR, summera=True),
)


def skriv_arbetsbok(fil: BinaryIO, resultat: Resultat) -> None:
    """Write it. The same result gives the same bytes."""
    simulering = resultat.simulering
    assert simulering.raknad is not None  # noqa: S101  a CHECK holds it
    titel = f"Simulering: {simulering.namn}"
    with Arbetsbok(fil, titel=titel, forfattare=kommun(), skapad=simulering.raknad) as bok:
        bok.blad("Varianter", _VARIANTER, _varianter(resultat), ingress=_ingress(resultat, titel))
        andra = [Kolumn(f"{ett.namn}, kr", Slag.KRONOR, summera=True) for ett in resultat.andra]
        for namn, rader in (
            ("Utförare", resultat.per_utforare),
            ("Månader", resultat.per_manad),
            ("Insatser", resultat.per_insats),
            ("Nivåer", resultat.per_niva),
        ):
            kolumner = [Kolumn(namn), Kolumn("I dag, kr", Slag.KRONOR, summera=True), *andra]
            bok.blad(f"Skillnad per {namn.lower()}", kolumner, _delrader(rader))
        if resultat.punkter:
            kolumner = [Kolumn("Procent", Slag.HELTAL), Kolumn("Kostnad, kr", Slag.KRONOR)]
            bok.blad("Känslighet", kolumner, resultat.punkter)
        bok.blad("Alla summor", _SUMMOR, _summor(resultat))


def _ingress(resultat: Resultat, titel: str) -> list[tuple[str, str]]:
    simulering = resultat.simulering
    assert simulering.raknad is not None  # noqa: S101  a CHECK holds it
    utforare = list(simulering.utforare.values_list("namn", flat=True))
    return [
        (titel, ""),
        ("Månader", period_i_ord(simulering)),
        ("Insats", insats_i_ord(simulering.insats) if simulering.insats else "Alla insatser"),
        ("Utförare", och(utforare) if utforare else "Alla"),
        ("Räknad", tidpunkt_i_ord(simulering.raknad)),
        ("Avtryck", simulering.avtryck),
        ("", "En simulering av historien med andra villkor. Ingenting av det är utbetalt."),
    ]


def _varianter(resultat: Resultat) -> Iterator[tuple[Any, ...]]:
    for ett in resultat.varianter:
        yield (
            ett.namn,
            ett.kronor,
            ett.mot,
            None if ett.procent is None else ett.procent / 100,
            ett.timmar or None,
            ett.per_personmanad,
            ett.per_utford_timme,
            ". ".join(ett.andringar),
            ", ".join(ett.brister),
        )


def _delrader(rader: Any) -> Iterator[tuple[Any, ...]]:
    rad: Delrad
    for rad in rader:
        yield rad.namn, rad.nu, *rad.mot


def _summor(resultat: Resultat) -> Iterator[tuple[Any, ...]]:
    rader: QuerySet[Simuleringssumma] = Simuleringssumma.objects.filter(
        variant__simulering=resultat.simulering, variant__punkt=None
    )
    ordnade = rader.select_related("variant", "utforare").order_by(
        "variant__nummer", "manad", "utforare__nyckel", "insats", "niva", "artikel", "enhet"
    )
    for rad in ordnade.iterator():
        yield (
            rad.variant.namn,
            rad.manad,
            rad.utforare.namn,
            insats_i_ord(rad.insats),
            niva_i_ord(rad.niva) if rad.niva else "",
            artikel_i_ord(rad.artikel),
            rad.antal,
            str(Radenhet(rad.enhet).label),
            rad.belopp,
        )
