"""The nämnd's delegation, row by row. A row is ended, never changed: old signatures can be checked."""

from datetime import date

from django.db import transaction

from beslut import arenden
from beslut.delegation import Delegationsregel, grundforslag, hinder_for_regel
from beslut.models import Delegation
from beslut.ord import insats_i_mening
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare

OBJEKT = "delegation"


def lagg_till_delegation(*, regel: Delegationsregel, fran: date, av: Anvandare) -> Delegation:
    """Add a row that holds from `fran`. Hindrad when `av` may not, or the row may not stand."""
    if hinder := [*hinder_for_ratt(av.roller, Ratt.SKOTA_DELEGATION), *hinder_for_regel(regel)]:
        raise Hindrad(hinder)
    with transaction.atomic():
        ny = _skapa(regel, fran)
        _skriv(av, "lagg_till_delegation", f"{_i_ord(ny)} från och med {fran}.")
    return ny


def lagg_in_grundforslag(*, fran: date, av: Anvandare) -> int:
    """Begin from the proposal of the house; how many rows. Hindrad when there is a delegation already."""
    if hinder := hinder_for_ratt(av.roller, Ratt.SKOTA_DELEGATION):
        raise Hindrad(hinder)
    with transaction.atomic():
        if Delegation.objects.exists():
            raise Hindrad(["Det finns redan en delegation. Ändra den rad för rad."])
        rader = [_skapa(regel, fran) for regel in grundforslag()]
        _skriv(av, "lagg_in_grundforslag", f"Grundförslaget till delegation lades in, {len(rader)} rader.")
    return len(rader)


def avsluta_delegation(*, rad: Delegation, till: date, av: Anvandare) -> None:
    """End the row; `till` is the first day without it. A row that has not begun is taken away."""
    if hinder := hinder_for_ratt(av.roller, Ratt.SKOTA_DELEGATION):
        raise Hindrad(hinder)
    with transaction.atomic():
        last = Delegation.objects.select_for_update().filter(pk=rad.pk, till__isnull=True).first()
        if last is None:
            raise Hindrad(["Raden är redan avslutad."])
        if till <= last.fran:
            last.delete()
        else:
            Delegation.objects.filter(pk=last.pk).update(till=till)
        _skriv(av, "avsluta_delegation", f"{_i_ord(last)} upphörde {till}.")


def _skapa(regel: Delegationsregel, fran: date) -> Delegation:
    return Delegation.objects.create(
        fran=fran,
        roll=regel.roll,
        insats=regel.insats,
        utfall=regel.utfall or "",
        hogst_omfattning=regel.hogst_omfattning,
        enhet=regel.enhet or "",
        hogst_kostnad=regel.hogst_kostnad,
        fyra_ogon=regel.fyra_ogon,
    )


def _i_ord(rad: Delegation) -> str:
    regel = arenden.regel(rad)
    utfall = regel.utfall.label if regel.utfall else "alla beslut"
    return f"{regel.roll.label.capitalize()} beslutar om {insats_i_mening(rad.insats)}, {utfall},"


def _skriv(av: Anvandare, handling: str, text: str) -> None:
    skriv_handelse(av=av, handling=handling, objekt=OBJEKT, text=text)
