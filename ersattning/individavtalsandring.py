"""Saying why a person has an individavtal that came from another system, or saying it anew."""

from datetime import date

from django.db import transaction

from ersattning.avtalsandring import UTAN_MOTIV
from ersattning.models import Individavtalsmotiv
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from utforare.models import Avtal


def motivera(*, avtal: Avtal, motiv: str, av: Anvandare, idag: date) -> Individavtalsmotiv:
    """Note the reason. What was said before stands."""
    hinder = hinder_for_ratt(av.roller, Ratt.SKOTA_AVTAL)
    hinder += [] if avtal.person_id is not None else ["Avtalet är inget individavtal."]
    hinder += [] if motiv.strip() else [UTAN_MOTIV]
    if hinder:
        raise Hindrad(hinder)
    with transaction.atomic():
        nytt = Individavtalsmotiv.objects.create(avtal=avtal, motiv=motiv.strip(), av=av, dag=idag)
        text = f"{av.get_username()} motiverade individavtalet {avtal.nyckel}."
        skriv_handelse(av=av, handling="motivera_individavtal", objekt=f"avtal:{avtal.nyckel}", text=text)
    return nytt
