"""Decisions and assessments as terms and words, for komponenter/fakta.html."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from beslut.arenden import PAGAR
from beslut.models import Arende, Beslut, Nivabedomning, Person, Tilldelning
from beslut.ord import insats_i_mening, insats_i_ord, mangd_i_ord, niva_i_ord, personvisning
from beslut.regler import Bedomningsstatus, Utfall
from beslut.tillgang import far_se, namn
from grund.models import Anvandare
from grund.text import datum_i_ord, giltig_i_ord, och, stor_forsta

Par = list[tuple[str, str]]


def person_i_ord(person: Person) -> str:
    """Initials and birth year, or that the details are protected."""
    return personvisning(person.fornamn, person.efternamn, person.personnummer, skyddad=person.skyddad)


def omfattning_i_ord(beslut: Beslut) -> str:
    """`10 timmar per vecka`; empty when the decision says nothing of it."""
    if beslut.omfattning is None:
        return ""
    return mangd_i_ord(beslut.omfattning, beslut.omfattning_enhet)


def beslut_i_ord(beslut: Beslut) -> str:
    """`Bifall: daglig verksamhet (LSS)`."""
    return f"{stor_forsta(Utfall(beslut.utfall).label)}: {insats_i_mening(beslut.insats)}"


def beslutsfakta(beslut: Beslut) -> Par:
    """What the decision says; what it does not say is left out."""
    par = [
        ("Insats", insats_i_ord(beslut.insats)),
        ("Utfall", stor_forsta(Utfall(beslut.utfall).label)),
        ("Gäller", stor_forsta(giltig_i_ord(beslut.fran, beslut.till))),
        ("Omfattning", omfattning_i_ord(beslut)),
        ("Ansökan inkom", datum_i_ord(beslut.ansokan) if beslut.ansokan else ""),
        ("Beslutsdatum", datum_i_ord(beslut.beslutsdatum)),
        ("Följs upp senast", datum_i_ord(beslut.uppfoljning) if beslut.uppfoljning else ""),
        ("Person", person_i_ord(beslut.person)),
        ("Beslut", beslut.nyckel),
    ]
    return [ett for ett in par if ett[1]]


def bedomning_i_ord(bedomning: Nivabedomning) -> str:
    """`Nivå 3 från 1 april 2026`."""
    return f"{stor_forsta(niva_i_ord(bedomning.niva))} från {datum_i_ord(bedomning.fran)}"


def bedomningsfakta(bedomning: Nivabedomning) -> Par:
    """What the assessment says; what it does not say is left out."""
    par = [
        ("Insats", insats_i_ord(bedomning.insats)),
        ("Nivå", bedomning.niva),
        ("Gäller från", datum_i_ord(bedomning.fran)),
        ("Status", stor_forsta(Bedomningsstatus(bedomning.status).label)),
        ("Bedömd av", bedomning.bedomd_av),
        ("Godkänd av", bedomning.godkand_av),
        ("Godkänd", datum_i_ord(bedomning.godkand) if bedomning.godkand else ""),
        ("Person", person_i_ord(bedomning.person)),
        ("Nivåbedömning", bedomning.nyckel),
    ]
    return [ett for ett in par if ett[1]]


@dataclass(frozen=True, slots=True)
class Personrad:
    """A person in a list. `adress` empty = protected: the row is marked and leads nowhere."""

    namn: str
    adress: str
    fodd: str
    handlaggare: str
    pagar: bool


def personrader(vem: Anvandare, personer: Sequence[Person], dag: date) -> list[Personrad]:
    """Persons as rows of a list that `vem` looks at. Two queries."""
    pagar = set(Arende.objects.filter(person__in=personer, status__in=PAGAR).values_list("person", flat=True))
    vilka: dict[int, list[str]] = {}
    for ett in Tilldelning.objects.filter(person__in=personer, period__contains=dag).select_related("handlaggare"):
        vilka.setdefault(ett.person_id, []).append(ett.handlaggare.get_full_name() or ett.handlaggare.username)
    return [_personrad(vem, person, vilka.get(person.pk, []), pagar=person.pk in pagar) for person in personer]


def _personrad(vem: Anvandare, person: Person, handlaggare: list[str], *, pagar: bool) -> Personrad:
    oppen = far_se(vem, person)
    return Personrad(
        namn(vem, person),
        reverse("utforare:akt", args=[person.pk]) if oppen else "",
        fodelsedag(person.personnummer) if oppen else "",
        och(sorted(handlaggare)),
        pagar and oppen,
    )


def fodelsedag(personnummer: str) -> str:
    """`1990-02-02`, also from a samordningsnummer, whose day has 60 added."""
    dag = int(personnummer[6:8])
    return f"{personnummer[:4]}-{personnummer[4:6]}-{dag - 60 if dag > 60 else dag:02}"


def personnummer_i_ord(personnummer: str) -> str:
    """`19900202-9818`, as people read it."""
    return personnummer if "-" in personnummer else f"{personnummer[:8]}-{personnummer[8:]}"
