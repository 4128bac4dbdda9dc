"""Brister whose deadline has passed, and municipalities that have not been told (LSS 17 §)."""

from datetime import date

from django.urls import reverse

from beslut.ord import insats_i_ord
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord
from uppfoljning.brister import Bristlage, bristerna
from uppfoljning.underrattelser import Placering, placeringar, utan_underrattelse
from utforare.models import Enhet

VISAS = 8


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """For those who look after uppföljning. Eight queries. `alla` changes nothing: enheter are shared."""
    del alla
    if not har_ratt(vem.roller, Ratt.SKOTA_UPPFOLJNING):
        return []
    return [grupp for grupp in (_brister(idag), _underrattelser(idag)) if grupp.antal]


def _brister(idag: date) -> Uppgiftsgrupp:
    sena = [ett for ett in bristerna(idag) if ett.forsenad(idag)]
    namn = dict(Enhet.objects.filter(pk__in=[ett.enhet for ett in sena[:VISAS]]).values_list("pk", "namn"))
    return Uppgiftsgrupp(
        "forsenade-brister",
        "Brister som skulle ha åtgärdats",
        "Försenade brister",
        "Fråga utföraren, och stäng bristen när åtgärden har visats.",
        [_brist(ett, namn[ett.enhet], idag) for ett in sena[:VISAS]],
        len(sena),
        not_="fristen har gått ut",
        alla=reverse("uppfoljning:avtalsenheter"),
    )


def _brist(ett: Bristlage, enhet: str, idag: date) -> Uppgift:
    adress = reverse("uppfoljning:brist", args=[ett.pk])
    return Uppgift(
        nar=datum_i_ord(ett.frist),
        nar_under=f"{antal_ord((idag - ett.frist).days, 'dag', 'dagar')} sedan",
        sen=True,
        vem=enhet,
        vem_under=f"BR-{ett.pk}",
        adress=adress,
        vad=ett.krav or "Brist",
        lage="Öppen",
        nasta="Lägg till eller stäng",
        nasta_adress=reverse("uppfoljning:brist_tillagg", args=[ett.pk]),
    )


def _underrattelser(idag: date) -> Uppgiftsgrupp:
    saknas = utan_underrattelse(placeringar(idag))
    return Uppgiftsgrupp(
        "utan-underrattelse",
        "Kommuner att underrätta",
        "Kommuner att underrätta",
        "Bostad enligt LSS 9 § 8 eller 9 hos en enskild i en annan kommun. Kommunen ska underrättas (LSS 17 §).",
        [_underrattelse(ett) for ett in saknas[:VISAS]],
        len(saknas),
        not_="placeringar utan underrättelse",
        alla=reverse("uppfoljning:underrattelser"),
    )


def _underrattelse(ett: Placering) -> Uppgift:
    return Uppgift(
        nar=datum_i_ord(ett.fran),
        nar_under="placerad",
        vem=ett.enhetens_namn,
        vem_under=ett.kommun,
        adress=reverse("utforare:verkstallighet", args=[ett.verk]),
        vad=insats_i_ord(ett.insats),
        vad_under=ett.nyckel,
        lage="Inte underrättad",
        nasta="Registrera underrättelsen",
        nasta_adress=f"{reverse('uppfoljning:ny_underrattelse')}?verk={ett.verk}",
    )
