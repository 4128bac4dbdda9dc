"""What a person does about an invoice that does not agree. The underlag is never changed by it.

A difference is a matter with the utförare, who credits, or with the source, which gives a rättelse in a later month.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from ersattning.fakturalagen import satt_lagen
from ersattning.fakturaprovning import prova
from ersattning.fakturaregler import ATT_HANTERA, Fakturaatgard, Fakturastatus
from ersattning.models import Faktura, Fakturaanteckning, Fakturalage, Fakturarad, Radprovning, Tackning
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.personnummer import ser_ut_som_personnummer
from utforare.models import Utforare

GAMMALT = "Förslaget gäller inte längre. Läs om sidan."


def hinder_for_hantering(lage: Fakturalage, av: Anvandare) -> list[str]:
    """Why `av` may not note what is done about the invoice."""
    hinder = hinder_for_ratt(av.roller, Ratt.GRANSKA_MANAD)
    if lage.status not in ATT_HANTERA:
        hinder.append("Det finns ingen skillnad att hantera på fakturan.")
    return hinder


def som_sett(lage: Fakturalage) -> str:
    """How the invoice stands, as somebody has seen it who then decides."""
    return f"{lage.status} {lage.differens:.2f}"


def anteckna_atgard(
    *, faktura: Faktura, atgard: Fakturaatgard, text: str, av: Anvandare, nu: datetime, sett: str | None = None
) -> Fakturaanteckning | None:
    """Note what is done or decided; `KLAR` takes the invoice off the list. Said again, it is not noted twice.

    `sett`: how it stood when it was looked at (`som_sett`); None = now.
    """
    text = text.strip()
    with transaction.atomic():
        lage = Fakturalage.objects.select_for_update().get(faktura=faktura)
        hinder = hinder_for_hantering(lage, av)
        if sett is not None and sett != som_sett(lage):
            hinder.append("Fakturans läge har ändrats sedan sidan visades. Se vad som gäller nu och anteckna sedan.")
        if not text:
            hinder.append("Skriv vad som är gjort eller bestämt.")
        if ser_ut_som_personnummer(text):
            hinder.append("Anteckningen har ett personnummer. Ta bort det.")
        if hinder:
            raise Hindrad(hinder)
        senast = faktura.anteckningar.order_by("-pk").first()
        if senast and (senast.atgard, senast.text, senast.av_id) == (atgard, text, av.pk):
            return None
        ny = Fakturaanteckning.objects.create(faktura=faktura, atgard=atgard, text=text, av=av, nar=nu)
        lage.avslutad = atgard == Fakturaatgard.KLAR
        lage.save(update_fields=["avslutad"])
        mening = f"{av.get_username()} antecknade om faktura {faktura.nummer}: {Fakturaatgard(atgard).label}."
        skriv_handelse(av=av, handling="hantera_faktura", objekt=objekt(faktura), text=mening, anteckning=ny.pk)
    return ny


def hinder_for_koppling(provning: Radprovning, rader: Sequence[int], av: Anvandare) -> list[str]:
    """Why the line may not take these rows, which were one of its suggestions when it was shown."""
    hinder = hinder_for_ratt(av.roller, Ratt.GRANSKA_MANAD)
    if provning.status != Fakturastatus.SAKNAS or _forslag(provning, rader) is None:
        hinder.append(GAMMALT)
    return hinder


def _forslag(provning: Radprovning, rader: Sequence[int]) -> dict[str, Any] | None:
    return next((ett for ett in provning.forslag if ett["rader"] == list(rader)), None)


def koppla(*, rad: Fakturarad, rader: Sequence[int], av: Anvandare, nu: datetime) -> None:
    """Let the line take the rows of one of its suggestions. Hindrad when another line has taken them since."""
    try:
        with transaction.atomic():
            Utforare.objects.select_for_update(no_key=True).get(pk=rad.faktura.utforare_id)
            provning = Radprovning.objects.select_for_update().get(rad=rad)
            if hinder := hinder_for_koppling(provning, rader, av):
                raise Hindrad(hinder)
            _koppla(provning, rad, rader, av, nu)
    except IntegrityError as brott:
        raise Hindrad(["Raden i underlaget är redan tagen av en annan faktura. Läs om sidan."]) from brott


def _koppla(provning: Radprovning, rad: Fakturarad, rader: Sequence[int], av: Anvandare, nu: datetime) -> None:
    forslag = _forslag(provning, rader)
    if forslag is None:
        raise Hindrad([GAMMALT])
    Tackning.objects.bulk_create(Tackning(rad_id=pk, fakturarad=rad) for pk in forslag["rader"])
    provning.differens = Decimal(forslag["differens"])
    provning.status = Fakturastatus.AVVIKER if provning.differens else Fakturastatus.STAMMER
    provning.skal = ["Kopplad för hand.", *forslag["skal"]]
    provning.forslag, provning.kopplad_av, provning.provad = [], av, nu
    provning.save()
    satt_lagen([rad.faktura_id])
    text = f"{av.get_username()} kopplade rad {rad.nummer} på faktura {rad.faktura.nummer} till underlaget."
    skriv_handelse(av=av, handling="koppla_fakturarad", objekt=objekt(rad.faktura), text=text, rader=forslag["rader"])


def lossa(*, rad: Fakturarad, av: Anvandare, nu: datetime) -> None:
    """Undo `koppla`: the rows are free again, and the line is tried anew."""
    with transaction.atomic():
        Utforare.objects.select_for_update(no_key=True).get(pk=rad.faktura.utforare_id)
        provning = Radprovning.objects.select_for_update().get(rad=rad)
        hinder = hinder_for_ratt(av.roller, Ratt.GRANSKA_MANAD)
        if provning.kopplad_av_id is None:
            hinder.append("Raden är inte kopplad för hand. Läs om sidan.")
        if hinder:
            raise Hindrad(hinder)
        Tackning.objects.filter(fakturarad=rad).delete()
        provning.status, provning.kopplad_av = Fakturastatus.SAKNAS, None
        provning.save(update_fields=["status", "kopplad_av"])
        text = f"{av.get_username()} tog bort kopplingen av rad {rad.nummer} på faktura {rad.faktura.nummer}."
        skriv_handelse(av=av, handling="lossa_fakturarad", objekt=objekt(rad.faktura), text=text)
        prova(utforare=[rad.faktura.utforare_id], nu=nu)


def objekt(faktura: Faktura) -> str:
    """What events about the invoice are kept under."""
    return f"faktura:{faktura.pk}"
