"""The way that malls are written: each save a version, and a mall in use never changes."""

from datetime import datetime

from django.db import transaction

from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from uppfoljning.dokument import personregister, serie
from uppfoljning.dokument.actions import Personuppgift
from uppfoljning.dokument.innehall import Mall
from uppfoljning.dokument.queries import senaste_av
from uppfoljning.dokument.regler import hinder_for_mall
from uppfoljning.dokument.texter import HUVUD, mallens
from uppfoljning.models import Dokumentmall, Mallversion

_FALT = {
    "namn": "Mallens namn",
    "dokumentslag": "Dokumentets slag",
    "kommun": "Kommun",
    "forvaltning": "Förvaltning eller kontor",
    "namnd": "Nämnd",
    "inledning": "Ord före förslagen",
    "kontakt": "Kontaktuppgifter",
    "rubriker": "Rubriker",
}


def skapa_mall(*, namn: str, innehall: Mall, logotyp: bytes, av: Anvandare, nu: datetime) -> Mallversion:
    """A new mall. Raises Hindrad."""
    _kontrollera(innehall, namn)
    if Dokumentmall.objects.filter(namn=namn).exists():
        raise Hindrad(["Det finns redan en mall med det namnet."])
    with transaction.atomic():
        mall = Dokumentmall.objects.create(namn=namn)
        return _ny_mallversion(mall, 1, innehall, logotyp, av, nu)


def andra_mall(
    *, mall: Dokumentmall, sedd: int, innehall: Mall, logotyp: bytes | None, av: Anvandare, nu: datetime
) -> Mallversion:
    """A new version of a mall; documents keep the one they have. `logotyp` None = the same as before. Hindrad."""
    _kontrollera(innehall, mall.namn)
    with transaction.atomic():
        Dokumentmall.objects.select_for_update().get(pk=mall.pk)
        senaste = senaste_av(mall)
        if senaste.version != sedd:
            raise Hindrad(["Någon annan har sparat mallen sedan du öppnade den. Öppna den igen."])
        bild = bytes(senaste.logotyp) if logotyp is None else logotyp
        if serie.skriv(innehall) == senaste.innehall and bild == bytes(senaste.logotyp):
            raise Hindrad(["Ingenting är ändrat i mallen."])
        return _ny_mallversion(mall, sedd + 1, innehall, bild, av, nu)


def _ny_mallversion(
    mall: Dokumentmall, version: int, innehall: Mall, logotyp: bytes, av: Anvandare, nu: datetime
) -> Mallversion:
    ny = Mallversion.objects.create(
        mall=mall, version=version, innehall=serie.skriv(innehall), logotyp=logotyp, av=av, tidpunkt=nu
    )
    skriv_handelse(
        av=av,
        handling="spara_dokumentmall",
        objekt=f"dokumentmall:{mall.pk}",
        text=f"{av.get_username()} sparade mallen ”{mall.namn}”, version {version}.",
        sha256=serie.avtryck(ny.innehall),
    )
    return ny


def _kontrollera(innehall: Mall, namn: str) -> None:
    """Raise Hindrad or Personuppgift: what a mall says stands in every document."""
    if hinder := hinder_for_mall(innehall):
        raise Hindrad(hinder)
    if fel := personregister.granska([("namn", namn), *mallens(innehall)], i_huvudet=HUVUD):
        raise Personuppgift(dict(fel), _FALT)
