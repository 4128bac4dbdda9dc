"""Justeringar that wait for somebody to approve or refuse them."""

from datetime import date

from django.urls import reverse

from ersattning.justeringar import hinder_for_avgorande
from ersattning.models import Justering
from ersattning.regler import Justeringslage, Justeringsslag
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.pengar import kronor
from grund.text import antal_ord, manad_i_ord, stor_forsta
from grund.tid import lokal_dag

VISAS = 8


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """Those that somebody else has proposed, the oldest first. Empty for roles that do not approve."""
    del alla
    if not har_ratt(vem.roller, Ratt.GODKANNA_JUSTERING):
        return []
    vantar = Justering.objects.filter(status=Justeringslage.FORESLAGEN).exclude(foreslagen_av=vem)
    forsta = list(vantar.select_related("utforare", "foreslagen_av").order_by("foreslagen", "pk")[:VISAS])
    if not forsta:
        return []
    return [
        Uppgiftsgrupp(
            "justeringar",
            "Justeringar att godkänna",
            "Justeringar",
            "Tillägg, avdrag och viten som någon annan har föreslagit. De betalas inte innan de är godkända.",
            [_uppgift(ett, vem, idag) for ett in forsta],
            vantar.count(),
            not_="att godkänna",
            alla=f"{reverse('ersattning:justeringar')}?status={Justeringslage.FORESLAGEN}",
        )
    ]


def _uppgift(justering: Justering, vem: Anvandare, idag: date) -> Uppgift:
    adress = reverse("ersattning:justering", args=[justering.pk])
    dagar = (idag - lokal_dag(justering.foreslagen)).days
    return Uppgift(
        nar=manad_i_ord(justering.avser),
        nar_under=f"föreslogs för {antal_ord(dagar, 'dag', 'dagar')} sedan" if dagar > 0 else "föreslogs i dag",
        vem=f"Justering {justering}",
        vem_under=justering.utforare.namn,
        adress=adress,
        vad=stor_forsta(Justeringsslag(justering.slag).label),
        vad_under=kronor(justering.belopp),
        lage="Föreslagen",
        lage_under=f"av {justering.foreslagen_av.get_full_name() or justering.foreslagen_av.get_username()}",
        nasta="Visa" if hinder_for_avgorande(justering, vem) else "Godkänn eller neka",
        nasta_adress=adress,
    )
