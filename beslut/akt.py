"""A person's akt: all that the app knows of a person, for the one page that the apps downstream add to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from beslut import arenden, sokning
from beslut.forms.arenden import Handlaggarform
from beslut.frister import sista_dag_att_overklaga
from beslut.koder import Overklagandesteg
from beslut.lagrum import lagrum_i_ord
from beslut.models import Arende, Beslut, Delgivning, Forslag, Nivabedomning, Overklagande, Person, Uppfoljning
from beslut.regler import Utfall
from beslut.visning import Par, fodelsedag, omfattning_i_ord, personnummer_i_ord
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare, Handelse
from grund.text import datum_i_ord, giltig_i_ord, stor_forsta
from grund.tid import lokal_dag

HANDELSER = 30


@dataclass(frozen=True, slots=True)
class Handelserad:
    """An event as komponenter/handelser.html shows it."""

    nar: str
    text: str


@dataclass(frozen=True, slots=True)
class Beslutsvy:
    """A decision on the akt, with what can be done with it. `lage`: whether it holds, in a word."""

    beslut: Beslut
    lage: str
    fakta: Par
    arende: Arende | None
    omprovas: Arende | None
    overklagande: Overklagande | None
    far_foljas_upp: bool
    far_omprovas: bool
    far_overklagas: bool
    far_delges: bool


def sammanhang(person: Person, vem: Anvandare, idag: date) -> dict[str, Any]:
    """What the page shows. A bounded number of queries, however many decisions there are."""
    besluten = list(arenden.personens_beslut(person.pk))
    return {
        "person": person,
        "fakta": personfakta(person),
        "beslut": [beslutsvy(ett, idag) for ett in besluten],
        "arenden": list(person.arenden.select_related("handlaggare").order_by("-inkom", "-pk")),
        "uppfoljningar": list(
            Uppfoljning.objects.filter(beslut__person=person).select_related("beslut", "av").order_by("-dag", "-pk")
        ),
        "bedomningar": list(Nivabedomning.objects.filter(person=person).order_by("-fran", "-godkand", "-nyckel")),
        "tilldelningar": list(sokning.tilldelningar(person, idag)),
        "far_fordela": har_ratt(vem.roller, Ratt.FORDELA),
        "handlaggarform": Handlaggarform(),
        "handelser": handelser(person, besluten),
    }


def personfakta(person: Person) -> Par:
    """Who the person is."""
    par = [
        ("Personnummer", personnummer_i_ord(person.personnummer)),
        ("Född", datum_i_ord(date.fromisoformat(fodelsedag(person.personnummer)))),
        ("Personkrets", str(person.personkrets or "ingen eller inte bedömd")),
        ("Avliden", datum_i_ord(person.avliden) if person.avliden else ""),
        ("Skyddade uppgifter", "ja, visas bara för utsedda" if person.skyddad else ""),
    ]
    return [ett for ett in par if ett[1]]


def beslutsvy(beslut: Beslut, idag: date) -> Beslutsvy:
    """What to show of a decision, from what is read with it."""
    delgivning: Delgivning | None = getattr(beslut, "delgivning", None)
    forslag: Forslag | None = getattr(beslut, "forslag", None)
    dom: Overklagande | None = getattr(beslut, "dom", None)
    overklaganden = sorted(beslut.overklaganden.all(), key=lambda ett: ett.pk)
    oppet = [ett for ett in overklaganden if ett.steg not in _STANGDA]
    ger = beslut.utfall != Utfall.AVSLAG
    omprovas = next(iter(beslut.omprovningar.all()), None)
    return Beslutsvy(
        beslut,
        _lage(beslut, idag),
        _beslutsfakta(beslut, delgivning, dom),
        forslag.arende if forslag else None,
        omprovas,
        next(reversed(oppet or overklaganden), None),
        far_foljas_upp=ger,
        far_omprovas=ger and omprovas is None,
        far_overklagas=not oppet and dom is None,
        far_delges=not overklaganden and dom is None,
    )


_STANGDA = (Overklagandesteg.AVVISAT, Overklagandesteg.ANDRAT, Overklagandesteg.AVGJORT)


def _lage(beslut: Beslut, idag: date) -> str:
    if beslut.fran is None:
        return "avslag"
    if beslut.fran > idag:
        return "kommande"
    return "slut" if beslut.till and beslut.till <= idag else "gäller"


def _beslutsfakta(beslut: Beslut, delgivning: Delgivning | None, dom: Overklagande | None) -> Par:
    par = [
        ("Gäller", stor_forsta(giltig_i_ord(beslut.fran, beslut.till)) if beslut.fran else ""),
        ("Omfattning", omfattning_i_ord(beslut)),
        ("Beslutat", datum_i_ord(beslut.beslutsdatum)),
        ("Lagrum", lagrum_i_ord(beslut.insats, beslut.beslutsdatum)),
        ("Följs upp senast", datum_i_ord(beslut.uppfoljning) if beslut.uppfoljning else ""),
        ("Enligt dom", f"{datum_i_ord(beslut.beslutsdatum)}, mål {dom.malnummer}" if dom else ""),
        ("Fick del", _delgivning_i_ord(delgivning)),
        ("Beslut", beslut.nyckel),
    ]
    return [ett for ett in par if ett[1]]


def _delgivning_i_ord(delgivning: Delgivning | None) -> str:
    if delgivning is None:
        return ""
    sista = sista_dag_att_overklaga(delgivning.dag)
    return f"{datum_i_ord(delgivning.dag)}. Kan överklagas till och med {datum_i_ord(sista)}"


def handelser(person: Person, besluten: list[Beslut]) -> list[Handelserad]:
    """Who has done what with the person's matters, the latest first."""
    nummer = person.arenden.values_list("nummer", flat=True)
    objekt = [f"person:{person.nyckel}", *(f"arende:{ett}" for ett in nummer)]
    return handelserader([*objekt, *(f"beslut:{ett.nyckel}" for ett in besluten)])


def handelserader(objekt: list[str]) -> list[Handelserad]:
    """The events of some objects, with who did it."""
    alla = Handelse.objects.filter(objekt__in=objekt).select_related("av").order_by("-tidpunkt", "-pk")[:HANDELSER]
    return [Handelserad(datum_i_ord(lokal_dag(ett.tidpunkt)), f"{ett.text} {_vem(ett.av)}".strip()) for ett in alla]


def _vem(av: Anvandare | None) -> str:
    return f"({av.get_full_name() or av.username})" if av else ""
