"""Reminding those who have not reported. The system sends nothing: it keeps who was reminded, by whom and when."""

from datetime import datetime

from django.db import transaction

from ersattning.rapportlage import PAMIND, objekt
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from grund.text import manad_i_ord
from grund.tid import STOCKHOLM, Manad
from utforare.models import Enhet


def hinder_for_paminnelse(manad: Manad, av: Anvandare, nu: datetime) -> list[str]:
    """Why `av` may not note that somebody is reminded."""
    hinder = hinder_for_ratt(av.roller, Ratt.GRANSKA_MANAD)
    if manad.fran > nu.astimezone(STOCKHOLM).date():
        hinder.append(f"{manad_i_ord(manad)} har inte börjat, så det finns inget att påminna om.")
    return hinder


def anteckna_paminnelse(*, manad: Manad, enhet: Enhet, av: Anvandare, nu: datetime) -> bool:
    """Note that `av` has reminded the enhet of its reporting. Once a day: False when it is noted already."""
    if hinder := hinder_for_paminnelse(manad, av, nu):
        raise Hindrad(hinder)
    dagens_borjan = nu.astimezone(STOCKHOLM).replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        Enhet.objects.select_for_update(no_key=True).get(pk=enhet.pk)
        om = objekt(manad, enhet)
        if Handelse.objects.filter(objekt=om, handling=PAMIND, av=av, tidpunkt__gte=dagens_borjan).exists():
            return False
        vem = av.get_full_name() or av.get_username()
        text = f"{vem} påminde {enhet.namn} om rapporteringen för {manad_i_ord(manad)}."
        skriv_handelse(av=av, handling=PAMIND, objekt=om, text=text)
    return True
