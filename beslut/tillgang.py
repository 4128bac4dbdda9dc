"""Who may see which person, and the log of it. Views that show a person's data begin here.

`oppna` is for somebody who sees the person by name. `anteckna` is for pages where the person is known by a key only
(controllers, revisorer): they see no name, but that they looked is logged all the same.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from beslut.actions.lasning import anteckna_lasning
from beslut.models import Lasning, Person, Tilldelning
from beslut.ord import GALLRAD, SKYDDAD
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.tillgang import inloggad

_LANGSTA_SIDA = 60  # as the log holds
_MOTIV = "motiv_for_person"  # in the session: person → (day, why), so that one is not asked at every page


class ArSkyddad(Exception):  # noqa: N818  a refusal, not a fault
    """The person's details are protected and this user is not among those who may see them."""


class SagVarfor(Exception):  # noqa: N818
    """The person is outside the user's assignments: the user is to say why they look, and then may."""

    def __init__(self, person: Person) -> None:
        super().__init__(person.pk)
        self.person = person


def oppna(request: HttpRequest, person: Person, *, sida: str, upprepat: bool = False) -> Person:
    """Let a handläggare see `person`, and log it. Raises ArSkyddad or SagVarfor, which the middleware answers.

    `upprepat`: a part of a page that is fetched again while one types; the log has it once an hour.
    """
    if person.gallrad:
        msg = "Akten är gallrad."
        raise Http404(msg)
    vem = inloggad(request)
    if not far_se(vem, person):
        raise ArSkyddad
    utanfor = not inom_uppdrag(vem, person, klocka.idag())
    motiv = _sagt_motiv(request, person) if utanfor else ""
    if utanfor and not motiv:
        raise SagVarfor(person)
    if not (upprepat and _nyss(vem, sida).filter(person=person).exists()):
        anteckna_lasning(personer=[person.pk], av=vem, sida=sida, utanfor_uppdrag=utanfor, motiv=motiv)
    return person


def _nyss(vem: Anvandare, sida: str) -> QuerySet[Lasning, int]:
    """Those that the user has been shown on the page within the hour, as a subquery."""
    sedan = klocka.nu() - timedelta(hours=1)
    return Lasning.objects.filter(anvandare=vem, sida=sida, tidpunkt__gt=sedan).values_list("person_id", flat=True)


def anteckna(request: HttpRequest, *personer: int, sida: str) -> None:
    """Log that the page shows data of these persons to somebody whose work it is."""
    anteckna_lasning(personer=personer, av=inloggad(request), sida=sida)


def anteckna_lista(request: HttpRequest, personer: Iterable[int], *, sida: str) -> None:
    """Log that a list, which `sida` names with how it was narrowed, shows these persons by name: each that is not one's
    own. Two queries, however many. To see it again within the hour is the same look.
    """
    vem, sida = inloggad(request), sida[:_LANGSTA_SIDA]
    visade = Person.objects.filter(pk__in=set(personer))
    nya = visade.exclude(Q(pk__in=mina(vem, klocka.idag())) | Q(pk__in=_nyss(vem, sida))).order_by("pk")
    anteckna_lasning(personer=nya.values_list("pk", flat=True), av=vem, sida=sida)


def far_visa_alla(vem: Anvandare) -> bool:
    """Whether lists of the whole unit are there. For others they would be a search by other things than name and
    number (SoLPUF 15 §)."""
    return har_ratt(vem.roller, Ratt.FORDELA)


def hela_enheten(request: HttpRequest, *, forval: bool = False) -> bool:
    """Whether a list is to show everybody's and not one's own: asked for by one who may, or `forval`."""
    vill = request.GET.get("visa", "alla" if forval else "") == "alla"
    return vill and far_visa_alla(inloggad(request))


def far_se(vem: Anvandare, person: Person) -> bool:
    """Protected details are shown to named users only."""
    return vem.ser_skyddade or not person.skyddad


def namn(vem: Anvandare, person: Person) -> str:
    """First and last name, or that the details are protected."""
    if not far_se(vem, person):
        return SKYDDAD
    if person.gallrad:
        return GALLRAD
    return f"{person.fornamn} {person.efternamn}".strip() or person.nyckel


def inom_uppdrag(vem: Anvandare, person: Person, dag: date) -> bool:
    """A gruppchef answers for everybody; a handläggare for those that are given to them."""
    if har_ratt(vem.roller, Ratt.FORDELA):
        return True
    return Tilldelning.objects.filter(person=person, handlaggare=vem, period__contains=dag).exists()


def mina(vem: Anvandare, dag: date) -> Iterable[int]:
    """Primary keys of the persons in the handläggare's assignments, as a subquery."""
    return Tilldelning.objects.filter(handlaggare=vem, period__contains=dag).values_list("person_id", flat=True)


def minns_motiv(request: HttpRequest, person: Person, motiv: str) -> None:
    """Remember, for the rest of the day and the session, why the user looks at the person."""
    sagda = request.session.get(_MOTIV, {})
    request.session[_MOTIV] = sagda | {str(person.pk): [klocka.idag().isoformat(), motiv]}


def _sagt_motiv(request: HttpRequest, person: Person) -> str:
    dag, motiv = request.session.get(_MOTIV, {}).get(str(person.pk), ("", ""))
    return str(motiv) if dag == klocka.idag().isoformat() else ""
