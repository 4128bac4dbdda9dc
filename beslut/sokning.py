"""Finding a person: by name, personnummer, samordningsnummer or ärendenummer, and by nothing else (SoLPUF 15 §)."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from beslut.models import Lasning, Person, Tilldelning
from beslut.tillgang import mina
from grund.models import Anvandare
from grund.text import svensk_ordning

FLEST = 25
_ARENDE = re.compile(r"(?:LSS|SOL)-\d{4}-\d+", re.IGNORECASE)
_RESERV = re.compile(r"\d{8}-TF?\d{2,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Traffar:
    """Whom a search found; `fler`: there were more than are shown. `exakt`: the term names one person or ärende."""

    personer: list[Person]
    fler: bool = False
    exakt: bool = False


def sok(fraga: str) -> Traffar:
    """Whom the term finds."""
    text = fraga.strip()
    siffror = re.sub(r"[\s+-]", "", text)
    if _ARENDE.fullmatch(text):
        return _svar(Person.objects.filter(arenden__nummer=text.upper()), exakt=True)
    if siffror.isdigit() and len(siffror) in {10, 12}:
        villkor = Q(personnummer=siffror) if len(siffror) == 12 else Q(personnummer__endswith=siffror)
        return _svar(Person.objects.filter(villkor), exakt=True)
    if _RESERV.fullmatch(text):
        return _svar(Person.objects.filter(personnummer=text.upper()), exakt=True)
    return _svar(_med_namn(text.split()))


def _med_namn(orden: list[str]) -> QuerySet[Person]:
    """Every word begins some part of a name: `an ek` finds Anna Ek. Too little to go by finds nobody."""
    if not orden or max(len(ord_) for ord_ in orden) < 2 or not all(re.search(r"\w", ord_) for ord_ in orden):
        return Person.objects.none()
    villkor = Q()
    for ord_ in orden:
        borjar = rf"\m{re.escape(ord_)}"
        villkor &= Q(fornamn__iregex=borjar) | Q(efternamn__iregex=borjar)
    return Person.objects.filter(villkor)


def _svar(urval: QuerySet[Person], *, exakt: bool = False) -> Traffar:
    personer = list(urval.filter(gallrad=None).distinct().order_by("efternamn", "fornamn", "pk")[: FLEST + 1])
    return Traffar(i_namnordning(personer[:FLEST]), len(personer) > FLEST, exakt and len(personer) == 1)


def i_namnordning(personer: list[Person]) -> list[Person]:
    """By surname as Swedes sort; those with protected details last, in an order that tells nothing."""
    return sorted(personer, key=lambda ett: (ett.skyddad, *(_namnnyckel(ett) if not ett.skyddad else ("", "", ""))))


def _namnnyckel(person: Person) -> tuple[str, str, str]:
    return svensk_ordning(person.efternamn)[0], svensk_ordning(person.fornamn)[0], person.nyckel


def mina_personer(vem: Anvandare, dag: date) -> list[Person]:
    """Those in the user's assignments, by name."""
    return i_namnordning(list(Person.objects.filter(pk__in=mina(vem, dag))))


def senast_oppnade(vem: Anvandare, antal: int = 8) -> list[Person]:
    """Whose akt the user has opened, the latest first."""
    senast = (
        Lasning.objects.filter(anvandare=vem, sida="akt", person__gallrad=None)
        .values("person")
        .annotate(nar=Max("tidpunkt"))
    )
    nycklar = [rad["person"] for rad in senast.order_by("-nar")[:antal]]
    personer = Person.objects.in_bulk(nycklar)
    return [personer[nyckel] for nyckel in nycklar]


def tilldelningar(person: Person, dag: date) -> QuerySet[Tilldelning]:
    """Who works with the person's matters on the day."""
    return (
        Tilldelning.objects.filter(person=person, period__contains=dag).select_related("handlaggare").order_by("fran")
    )
