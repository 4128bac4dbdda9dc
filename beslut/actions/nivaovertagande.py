"""To go on with, or to end, a nivåbedömning that somebody else has begun and left."""

from datetime import datetime

from django.db import transaction

from beslut import nivaarenden, nivaovertaganden
from beslut.actions.nivaarende import last_arende, objekt
from beslut.models import Nivaarende, Nivaovertagande
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare

_UTAN_SKAL = "Skriv varför, med några ord."


def ta_over(*, arende: Nivaarende, skal: str, av: Anvandare, nu: datetime, version: int) -> Nivaarende:
    """`av` goes on with it, and is from now on the one who makes it and may not decide on it."""
    with transaction.atomic():
        eget = last_arende(arende, version)
        _neka(nivaovertaganden.hinder_for_overtagande(eget, av), skal)
        fran = eget.bedomare
        Nivaovertagande.objects.create(arende=eget, fran=fran, till=av, tidpunkt=nu, skal=skal.strip())
        eget.bedomare, eget.version = av, eget.version + 1
        eget.save(update_fields=["bedomare", "version"])
        text = f"Nivåbedömningen togs över från {_vem(fran)}."
        skriv_handelse(av=av, handling="ta_over_nivabedomning", objekt=objekt(eget), text=text, skal=skal.strip())
    return eget


def kasta_andras(*, arende: Nivaarende, skal: str, av: Anvandare, version: int) -> None:
    """Throw away a draft that somebody else has left, with a reason that stays."""
    with transaction.atomic():
        eget = last_arende(arende, version)
        _neka(nivaovertaganden.hinder_for_kast(eget, av), skal)
        text = f"Utkastet till nivåbedömning, som {_vem(eget.bedomare)} hade påbörjat, kastades."
        # The draft is gone: by the person's key gallring finds the reason, which is free text.
        uppgifter = {"skal": skal.strip(), "person": eget.person.nyckel}
        skriv_handelse(av=av, handling="kasta_nivabedomning", objekt=objekt(eget), text=text, **uppgifter)
        eget.svar.all().delete()
        eget.delete()


def _neka(hinder: list[str], skal: str) -> None:
    if len(skal.strip()) < nivaarenden.MOTIV_MINST:
        hinder = [*hinder, _UTAN_SKAL]
    if hinder:
        raise Hindrad(hinder)


def _vem(anvandare: Anvandare) -> str:
    return anvandare.get_full_name() or anvandare.username
