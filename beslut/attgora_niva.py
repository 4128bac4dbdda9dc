"""What a handläggare has to do with nivåbedömningar: complete what was sent back, finish what was begun."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from beslut import nivaarenden, nivaovertaganden, nivavisning
from beslut.models import Nivaarende
from beslut.models.nivaarende import Arendelage
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord, stor_forsta
from grund.tid import lokal_dag

FLEST = 8
GAMMALT_EFTER_DAGAR = 14


def niva_grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """One's own nivåbedömningar that wait for oneself. Five queries."""
    del alla  # whose work it is does not change: only the one who makes an assessment can go on with it
    if not har_ratt(vem.roller, Ratt.HANDLAGGA):
        return []
    egna = list(nivaarenden.hos_mig(vem))
    grupper_ = hos_bedomaren(egna, vem, idag, rymd="beslut", lista=reverse("beslut:niva_mina")) if egna else []
    return grupper_ + _utan_bedomare(vem, idag)


def _utan_bedomare(vem: Anvandare, idag: date) -> list[Uppgiftsgrupp]:
    """Begun by somebody whose account is closed: nobody can begin a new one until somebody takes it over."""
    alla = list(nivaovertaganden.som_jag_kan_ta(vem, idag).filter(bedomare__is_active=False))
    if not alla:
        return []
    return [
        Uppgiftsgrupp(
            nyckel="nivabedomningar-utan-bedomare",
            rubrik="Nivåbedömningar vars bedömare har slutat",
            kort="Utan bedömare",
            ingress="Ingen ny bedömning kan börjas innan någon har tagit över.",
            uppgifter=[_overtagbar(ett, vem, idag) for ett in alla[:FLEST]],
            antal=len(alla),
            not_="nivåbedömningar att ta över",
            alla=reverse("beslut:niva_mina"),
        )
    ]


def _overtagbar(ett: Nivaarende, vem: Anvandare, idag: date) -> Uppgift:
    rad = nivavisning.listrad(ett, vem, idag)
    adress = reverse("beslut:niva_ta_over", args=[ett.pk]) if rad.oppna else ""
    return Uppgift(
        nar=datum_i_ord(lokal_dag(ett.skapad)),
        nar_under="påbörjad",
        vem=rad.person,
        adress=adress,
        vad=stor_forsta(rad.insats),
        lage=rad.lage,
        lage_under=f"Påbörjad av {rad.bedomare}",
        nasta="Ta över" if rad.oppna else "",
        nasta_adress=adress,
        person=ett.person_id if rad.oppna else None,
    )


def hos_bedomaren(
    egna: Sequence[Nivaarende], vem: Anvandare, idag: date, *, rymd: str, lista: str
) -> list[Uppgiftsgrupp]:
    """Sent back first, then drafts."""
    ater = [ett for ett in egna if ett.lage == Arendelage.ATERSKICKAD]
    return [
        Uppgiftsgrupp(
            nyckel="nivabedomningar",
            rubrik="Nivåbedömningar att göra klara",
            kort="Nivåbedömningar",
            ingress="Skickade tillbaka för komplettering, och dina utkast.",
            uppgifter=[_uppgift(ett, vem, idag, rymd) for ett in egna[:FLEST]],
            antal=len(egna),
            not_=antal_ord(len(ater), "skickad tillbaka", "skickade tillbaka") if ater else "utkast",
            sen=bool(ater),
            alla=lista,
        )
    ]


def _uppgift(ett: Nivaarende, vem: Anvandare, idag: date, rymd: str) -> Uppgift:
    rad, ater = nivavisning.listrad(ett, vem, idag), ett.lage == Arendelage.ATERSKICKAD
    dagar = (idag - lokal_dag(ett.skapad)).days
    adress = reverse(f"{rymd}:nivaarende", args=[ett.pk]) if rad.oppna else ""
    fyll_i = reverse(f"{rymd}:nivaarende_fyll_i", args=[ett.pk]) if rad.oppna else ""
    motiv = next(iter(ett.provningar.all())).motiv if ater else ""
    return Uppgift(
        nar="Tillbaka" if ater else "Utkast",
        nar_under=f"påbörjad {datum_i_ord(lokal_dag(ett.skapad))}",
        vem=rad.person,
        adress=adress,
        vad=stor_forsta(rad.insats),
        lage=rad.beslut if ater else rad.niva if ett.niva else "Inte inskickad",
        lage_under=motiv[:120],
        nasta=("Komplettera" if ater else "Gör klar") if rad.oppna else "",
        nasta_adress=fyll_i,
        sen=ater or dagar > GAMMALT_EFTER_DAGAR,
        person=ett.person_id if rad.oppna else None,
    )
