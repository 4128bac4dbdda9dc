"""Documents to the nämnd that wait for a chef's signature."""

from datetime import date

from django.urls import reverse

from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import antal_ord
from grund.tid import lokal_dag
from uppfoljning.dokument.koder import Utgavestatus
from uppfoljning.models import Dokumentutgava

VISAS = 8


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """Those that somebody else has signed, the oldest first. Empty for roles that do not countersign."""
    del alla
    if not har_ratt(vem.roller, Ratt.KONTRASIGNERA_DOKUMENT):
        return []
    vantar = Dokumentutgava.objects.filter(status=Utgavestatus.VANTAR).exclude(signerat_av=vem)
    forsta = list(vantar.select_related("signerat_av").defer("pdf").order_by("signerat", "pk")[:VISAS])
    if not forsta:
        return []
    return [
        Uppgiftsgrupp(
            "dokument",
            "Dokument att kontrasignera",
            "Dokument",
            "Skrivelser till nämnden som någon annan har signerat. De är inte klara förrän du också har gjort det.",
            [_uppgift(ett, idag) for ett in forsta],
            vantar.count(),
            not_="att kontrasignera",
            alla=reverse("uppfoljning:dokument"),
        )
    ]


def _uppgift(utgava: Dokumentutgava, idag: date) -> Uppgift:
    adress = reverse("uppfoljning:ett_dokument", args=[utgava.dokument_id])
    dagar = (idag - lokal_dag(utgava.signerat)).days
    return Uppgift(
        nar=antal_ord(dagar, "dag", "dagar") if dagar > 0 else "i dag",
        nar_under="sedan det signerades" if dagar > 0 else "signerat",
        vem=utgava.titel,
        vem_under=utgava.diarienummer,
        adress=adress,
        vad="Dokument till nämnden",
        lage="Signerat",
        lage_under=f"av {utgava.signerat_av.get_full_name() or utgava.signerat_av.get_username()}",
        nasta="Kontrasignera eller lämna tillbaka",
        nasta_adress=adress,
    )
