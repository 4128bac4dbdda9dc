"""Where enheter lie and what they are: read, and told anew."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ersattning.filer.text import kommun as egen_kommun
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord
from uppfoljning.models import Enhetsfakta
from uppfoljning.rapporter.behov_mot_bemanning.regler import Boendeform
from utforare.models import Enhet


@dataclass(frozen=True, slots=True)
class Fakta:
    """Of an enhet on a day. `kommun` empty = our own."""

    kommun: str
    boendeform: str


def gallande_fakta(dag: date) -> dict[int, Fakta]:
    """What holds on `dag`, by enhet; those that nobody has told of are not there."""
    urval = Enhetsfakta.objects.filter(fran__lte=dag).order_by("enhet", "-fran", "-pk").distinct("enhet")
    return {pk: Fakta(kommun, form) for pk, kommun, form in urval.values_list("enhet", "kommun", "boendeform")}


def hinder_for_enhetsfakta(enhet: Enhet, fran: date, kommun: str, boendeform: str) -> list[str]:
    """Why it cannot be told; empty = it can."""
    if kommun.casefold() in _egna_namn():
        return ["Lämna kommunen tom när enheten ligger i den egna kommunen."]
    galler = Enhetsfakta.objects.filter(enhet=enhet, fran__lte=fran).order_by("-fran", "-pk").first()
    if galler and (galler.kommun, galler.boendeform) == (kommun, boendeform):
        return ["Det är redan registrerat så."]
    return []


def _egna_namn() -> set[str]:
    """`ekstads kommun` and `ekstad`."""
    namn = egen_kommun().casefold()
    ort = namn.removesuffix(" kommun")
    return {namn, ort, ort.removesuffix("s")}


def registrera_enhetsfakta(
    *, enhet: Enhet, fran: date, kommun: str, boendeform: str, av: Anvandare | None, nu: datetime
) -> Enhetsfakta:
    """Tell where the enhet lies and what it is, from a day. Raises Hindrad. `av` None = a command on the server."""
    hinder = hinder_for_ratt(av.roller, Ratt.SKOTA_UPPFOLJNING) if av else []
    if hinder := hinder or hinder_for_enhetsfakta(enhet, fran, kommun, boendeform):
        raise Hindrad(hinder)
    with transaction.atomic():
        ett = Enhetsfakta.objects.create(
            enhet=enhet, fran=fran, kommun=kommun, boendeform=boendeform, registrerad=nu, registrerad_av=av
        )
        skriv_handelse(
            av=av,
            handling="satt_enhetsfakta",
            objekt=f"enhet:{enhet.nyckel}",
            text=(
                f"{enhet.namn} ligger i {kommun or 'den egna kommunen'} och är {Boendeform(boendeform).label},"
                f" från {datum_i_ord(fran)}."
            ),
        )
    return ett
