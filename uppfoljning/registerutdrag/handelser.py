"""The events about what is the person's."""

from collections.abc import Iterator

from django.db.models import QuerySet

from ersattning.models import Anstallning
from grund.models import Handelse
from grund.text import stor_forsta
from uppfoljning.handelser.objekt import SLAG
from uppfoljning.models import Underrattelse


def om(person: int) -> "QuerySet[Handelse]":
    """The events of the person, and of every ärende, beslut, order … that is the person's; the first first."""
    return Handelse.objects.filter(objekt__in=list(_objekt(person))).select_related("av").order_by("tidpunkt", "pk")


def vad(ett: Handelse) -> str:
    """What happened, without the user name that many events begin with: who it was is told beside, as the person is to
    know it (ADR 0044)."""
    return stor_forsta(ett.text.removeprefix(f"{ett.av.get_username()} ")) if ett.av else ett.text


def _objekt(person: int) -> Iterator[str]:
    """As events name them: `arende:LSS-2026-107`. "person" is named by its key, though it is found by its number."""
    for namn, slag in SLAG.items():
        if slag.person:
            falt = "nyckel" if namn == "person" else slag.nyckel
            for varde in slag.modell._base_manager.filter(**{slag.person: person}).values_list(falt, flat=True):
                yield f"{namn}:{varde}"
    for nyckel in Anstallning.objects.filter(person=person).values_list("nyckel", flat=True):
        yield f"anstallning:{nyckel}"
    for pk in Underrattelse.objects.filter(person=person).values_list("pk", flat=True):
        yield f"underrattelse:{pk}"
