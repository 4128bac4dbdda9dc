"""What a user at a utförare may see: persons with a verkställighet at their own enheter, while it is needed.

SoLPUF (2001:637) 21 §: nothing puts the persons of two enheter together; every list is of one enhet.
"""

from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from beslut.models import Person
from beslut.tillgang import ArSkyddad, anteckna, far_se, namn
from beslut.visning import person_i_ord
from grund import klocka
from grund.models import Anvandare
from grund.sortering import pa_svenska
from grund.tillgang import inloggad
from utforare.models import Enhet, Utforare, Verkstallighet


def tillhor(vem: Anvandare, idag: date, rymd: str = "") -> Q:
    """Of an enhet that the user works at on the day. `rymd`: the way to the enhet, as `enhet__`."""
    return Q(**{f"{rymd}tillhorigheter__anvandare": vem, f"{rymd}tillhorigheter__period__contains": idag})


def enheter(vem: Anvandare, idag: date) -> QuerySet[Enhet]:
    """The enheter that the user reports for."""
    mina = Enhet.objects.filter(tillhor(vem, idag)).select_related("utforare")
    return mina.order_by(*pa_svenska("namn"), "nyckel")


def min_utforare(vem: Anvandare, idag: date) -> Utforare | None:
    """The utförare that they belong to."""
    return Utforare.objects.filter(tillhor(vem, idag, "enheter__")).first()


def hamta_enhet(request: HttpRequest, pk: int) -> Enhet:
    """One of the user's own enheter; any other is not there."""
    enhet = enheter(inloggad(request), klocka.idag()).filter(pk=pk).first()
    if enhet is None:
        msg = "Enheten finns inte bland dina."
        raise Http404(msg)
    return enhet


def synliga(vem: Anvandare, idag: date) -> QuerySet[Verkstallighet]:
    """The verkställigheter that the user may see: at their enheter, and for a while after the end."""
    return Verkstallighet.objects.filter(
        Q(till__isnull=True) | Q(till__gt=sist_synlig(idag)), tillhor(vem, idag, "enhet__")
    ).select_related("beslut__person", "enhet__utforare")


def sist_synlig(idag: date) -> date:
    """What ended on this day or before is no longer the utförare's to see."""
    return idag - timedelta(days=settings.DAGAR_EFTER_AVSLUT)


def namn_vid(vem: Anvandare, enhet: Enhet, idag: date) -> Callable[[Person], str]:
    """What the enhet's persons are called where the months that have been are told: by name while the user may see
    them, and then by initials, as to those who follow money. One query."""
    kanda = set(synliga(vem, idag).filter(enhet=enhet).values_list("beslut__person_id", flat=True))
    return lambda person: namn(vem, person) if person.pk in kanda or not far_se(vem, person) else person_i_ord(person)


def hamta_verkstallighet(request: HttpRequest, pk: int, *, sida: str) -> Verkstallighet:
    """One that the user may see, logged; any other is not there. ArSkyddad when the person is not for them."""
    vem = inloggad(request)
    verk = synliga(vem, klocka.idag()).filter(pk=pk).first()
    if verk is None:
        msg = "Verkställigheten finns inte bland dina."
        raise Http404(msg)
    if not far_se(vem, verk.beslut.person):
        raise ArSkyddad
    anteckna(request, verk.beslut.person_id, sida=sida)
    return verk
