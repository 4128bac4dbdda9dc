"""Limits that rules go by: the latest version of each, and a new one."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import tal
from uppfoljning.kontroll.register import GRANSER
from uppfoljning.kontroll.typer import Grans
from uppfoljning.models import Fyndgrans


def gallande() -> Mapping[str, Decimal]:
    """Each limit as it is now, by key."""
    satta = Fyndgrans.objects.order_by("nyckel", "-pk").distinct("nyckel").values_list("nyckel", "varde")
    return {nyckel: grans.forval for nyckel, grans in GRANSER.items()} | {
        nyckel: varde for nyckel, varde in satta if nyckel in GRANSER
    }


def hinder_for_grans(grans: Grans, varde: Decimal, av: Anvandare) -> list[str]:
    """Why `av` may not set the limit to `varde`; empty = may."""
    hinder = hinder_for_ratt(av.roller, Ratt.SKOTA_GRANSER)
    if varde == gallande()[grans.nyckel]:
        hinder.append("Gränsen är redan den.")
    if not 1 <= varde <= 1000 or varde != varde.to_integral_value():
        hinder.append("En gräns är ett helt tal mellan 1 och 1 000.")
    return hinder


def satt_grans(*, grans: Grans, varde: Decimal, skal: str, av: Anvandare, nu: datetime) -> Fyndgrans:
    """Set the limit from the next run on. Raises Hindrad."""
    with transaction.atomic():
        hinder = hinder_for_grans(grans, varde, av)
        if not skal.strip():
            hinder.append("Skriv varför gränsen ändras.")
        if hinder:
            raise Hindrad(hinder)
        forut = gallande()[grans.nyckel]
        ny = Fyndgrans.objects.create(nyckel=grans.nyckel, varde=varde, skal=skal.strip(), satt=nu, satt_av=av)
        skriv_handelse(
            av=av,
            handling="satt_grans",
            objekt=f"grans:{grans.nyckel}",
            text=(
                f"{av.get_username()} ändrade gränsen ”{grans.namn}” från {tal(forut)} till {tal(varde)} {grans.enhet}."
            ),
            skal=skal.strip(),
        )
    return ny
