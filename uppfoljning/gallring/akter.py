"""What the rules need to know of many persons at once: a set-based question per kind of fact, however many they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from beslut.arenden import PAGAR
from beslut.koder import Overklagandesteg
from beslut.models import Arende, Beslut, Nivaarende, Overklagande, Person
from beslut.models.nivaarende import OPPNA as OPPNA_NIVAARENDEN
from beslut.regler import Insats, Utfall
from ersattning.fakturaregler import ATT_HANTERA, Fakturastatus
from ersattning.models import Bonusansokan, Ersattningsrad, Justering, Tackning
from ersattning.regler import FAST, Ansokanstatus, Justeringslage
from grund.tid import EN_DAG, Manad, lokal_dag
from uppfoljning.gallring.koder import Stoppslag
from uppfoljning.gallring.regler import Akt, forfaller
from uppfoljning.gallring.tabell import OM_PERSON
from uppfoljning.gallring.urval import modell
from uppfoljning.models import Gallringsstopp
from utforare.bestallningsregler import OPPNA as OPPNA_BESTALLNINGAR
from utforare.models import Bestallning, Verkstallighet

_AVGJORDA = (Overklagandesteg.AVVISAT, Overklagandesteg.ANDRAT, Overklagandesteg.AVGJORT)
_OPPNA_ANSOKNINGAR = (Ansokanstatus.INSKICKAD, Ansokanstatus.KOMPLETTERAS)
Vilka = Collection[int]


@dataclass(frozen=True, slots=True)
class Provad:
    """A person whose five years have passed, or who has no note at all, with what the rules need to know."""

    person: int
    nyckel: str
    skyddad: bool
    akt: Akt


def sista_anteckningar(personer: Vilka | None = None) -> dict[int, date]:
    """The last note in each person's akt, over every table that dates a note. One query per table."""
    sista: dict[int, date] = {}
    for rad in OM_PERSON:
        if not rad.dagar or not rad.vag:
            continue
        vem, *_ = rad.vag
        urval = modell(rad)._base_manager.exclude(**{vem: None})
        if personer is not None:
            urval = urval.filter(**{f"{vem}__in": personer})
        for pk, *dagar in urval.values_list(vem).annotate(*(Max(falt) for falt in rad.dagar)):
            alla = [_dag(ett, falt) for falt, ett in zip(rad.dagar, dagar, strict=True) if ett is not None]
            sista[pk] = max([*alla, *([sista[pk]] if pk in sista else [])], default=date.min)
    return {pk: dag for pk, dag in sista.items() if dag > date.min}


def _dag(varde: date, falt: str) -> date:
    """The day of a note; of a period that ends, its last."""
    if isinstance(varde, datetime):
        return lokal_dag(varde)
    return varde - EN_DAG if falt == "till" else varde


def prova(*, idag: date, personer: Vilka | None = None, alla: bool = False) -> list[Provad]:
    """Those whose time has come or cannot be told (`alla`: the others too), of `personer` or of everybody, by their
    last note."""
    urval = Person.objects.filter(gallrad=None)
    if personer is not None:
        urval = urval.filter(pk__in=personer)
    sista = sista_anteckningar(personer)
    kvar = [
        ett
        for ett in urval
        if alla or (sista.get(ett.pk) is not None and forfaller(sista[ett.pk]) <= idag) or ett.pk not in sista
    ]
    akter = _akter(kvar, sista, idag)
    inne = [ett for ett in kvar if alla or _inne(akter[ett.pk], idag)]
    provade = [Provad(ett.pk, ett.nyckel, ett.skyddad, akter[ett.pk]) for ett in inne]
    return sorted(provade, key=lambda ett: (ett.akt.sista or date.min, ett.person))


def _inne(akt: Akt, idag: date) -> bool:
    """Whether the time has come, now that a day of death is known too, or cannot be told."""
    return akt.sista is None or forfaller(akt.sista) <= idag


def _akter(personer: Iterable[Person], sista: dict[int, date], idag: date) -> dict[int, Akt]:
    alla = list(personer)
    vilka = [ett.pk for ett in alla]
    fakta: dict[int, dict[str, Any]] = defaultdict(dict)
    for namn, rader in _oppet(vilka, idag).items():
        per: dict[int, list[Any]] = defaultdict(list)
        for pk, *varde in rader:
            per[pk].append(varde[0] if len(varde) == 1 else tuple(varde))
        for pk, varden in per.items():
            fakta[pk][namn] = tuple(varden)
    return {ett.pk: _akt(ett, sista.get(ett.pk), fakta[ett.pk]) for ett in alla}


def _akt(person: Person, sista: date | None, fakta: dict[str, Any]) -> Akt:
    dagar = [ett for ett in (sista, person.avliden if sista else None) if ett]
    return Akt(
        personnummer=person.personnummer,
        sista=max(dagar, default=None),
        barns_boende=bool(fakta.pop("barns_boende", ())),
        nivaarenden=len(fakta.pop("nivaarenden", ())),
        bonusansokningar=len(fakta.pop("bonusansokningar", ())),
        **fakta,
    )


def _oppet(vilka: Vilka, idag: date) -> dict[str, Iterable[tuple[Any, ...]]]:
    """What is open, by the field of `Akt` that it goes to: the person's pk, then what it is called."""
    return {
        "barns_boende": Beslut.objects.filter(person__in=vilka, insats=Insats.BOSTAD_BARN)
        .exclude(utfall=Utfall.AVSLAG)
        .values_list("person", "nyckel"),
        "beslut": [(pk, nyckel, till and till - EN_DAG) for pk, nyckel, till in _beslut(vilka, idag)],
        "verkstalligheter": Verkstallighet.objects.filter(
            Q(till=None) | Q(till__gt=idag), beslut__person__in=vilka
        ).values_list("beslut__person", "nyckel"),
        "arenden": Arende.objects.filter(person__in=vilka, status__in=PAGAR).values_list("person", "nummer"),
        "nivaarenden": Nivaarende.objects.filter(person__in=vilka, lage__in=OPPNA_NIVAARENDEN).values_list(
            "person", "pk"
        ),
        "bestallningar": [
            (pk, f"BE-{nr}")
            for pk, nr in Bestallning.objects.filter(
                beslut__person__in=vilka, status__in=OPPNA_BESTALLNINGAR
            ).values_list("beslut__person", "pk")
        ],
        "overklaganden": Overklagande.objects.filter(beslut__person__in=vilka)
        .exclude(steg__in=_AVGJORDA)
        .values_list("beslut__person", "beslut__nyckel"),
        **_oppna_pengar(vilka),
        "stopp": [
            (pk, Stoppslag(slag).label, lokal_dag(satt))
            for pk, slag, satt in Gallringsstopp.objects.filter(person__in=vilka, havt=None).values_list(
                "person", "slag", "satt"
            )
        ],
    }


def _beslut(vilka: Vilka, idag: date) -> "QuerySet[Beslut, tuple[Any, ...]]":
    """Decisions that hold; one until further notice ends with a person who has died."""
    galler = Q(till__gt=idag) | Q(till=None, person__avliden=None)
    bifall = Beslut.objects.filter(galler, person__in=vilka, fran__isnull=False).exclude(utfall=Utfall.AVSLAG)
    return bifall.values_list("person", "nyckel", "till")


def _oppna_pengar(vilka: Vilka) -> dict[str, Iterable[tuple[Any, ...]]]:
    """What is not settled or disputed."""
    oppna_rader = Ersattningsrad.objects.filter(person__in=vilka).exclude(korning__status__in=FAST)
    fakturor = Tackning.objects.filter(
        rad__person__in=vilka,
        fakturarad__faktura__lage__avslutad=False,
        fakturarad__faktura__lage__status__in=(*ATT_HANTERA, Fakturastatus.VANTAR),
    )
    obetald = Q(status=Justeringslage.FORESLAGEN) | Q(status=Justeringslage.GODKAND) & ~Q(
        rader__korning__status__in=FAST
    )
    return {
        "korningar": [
            (pk, str(Manad.av(manad))) for pk, manad in oppna_rader.values_list("person", "korning__manad").distinct()
        ],
        "fakturor": fakturor.values_list("rad__person", "fakturarad__faktura__nummer").distinct(),
        "justeringar": [
            (pk, f"J-{nr}")
            for pk, nr in Justering.objects.filter(obetald, person__in=vilka).values_list("person", "pk").distinct()
        ],
        "bonusansokningar": Bonusansokan.objects.filter(person__in=vilka, status__in=_OPPNA_ANSOKNINGAR).values_list(
            "person", "pk"
        ),
    }
