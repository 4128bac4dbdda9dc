"""Reads which verkställigheter are interrupted, and since when. It counts only within the verkställighet."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from grund.text import datum_i_ord
from grund.tid import EN_DAG
from utforare.models import Uppehall


def pagaende(verk: Iterable[int], idag: date) -> dict[int, Uppehall]:
    """The uppehåll of the day, by verkställighet. One query."""
    urval = Uppehall.objects.filter(verkstallighet__in=list(verk), period__contains=idag)
    return {ett.verkstallighet_id: ett for ett in urval}


def oppet(verk: int, idag: date) -> Uppehall | None:
    """The one that runs, or is to come: there is something to say of it yet."""
    urval = Uppehall.objects.filter(Q(till__isnull=True) | Q(till__gt=idag), verkstallighet=verk)
    return urval.select_related("verkstallighet").order_by("fran").first()


def i_ord(ett: Uppehall, idag: date) -> str:
    """`Uppehåll sedan 4 maj 2026: sjukhusvistelse`."""
    borjan = "sedan" if ett.fran <= idag else "från"
    slut = f" till och med {datum_i_ord(ett.till - EN_DAG)}" if ett.till else ""
    if slut:
        borjan = "från"
    return f"Uppehåll {borjan} {datum_i_ord(ett.fran)}{slut}: {ett.get_orsak_display()}"
