"""Reads who lives or is where, at which level, and what is scheduled there. Seven queries, whatever their number."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from beslut.models import Nivabedomning, Nivasvar
from beslut.models.nivaarende import Arendelage
from beslut.regler import Bedomningsstatus
from grund.text import svensk_ordning
from grund.tid import EN_DAG, Manad
from uppfoljning.enhetsfakta import gallande_fakta
from uppfoljning.models import Bemanning, Bemanningsnyckel, Uppgiftsfil
from uppfoljning.rapporter.behov_mot_bemanning.regler import Nattform, Nyckel
from uppfoljning.uppgifter.queries import gallande
from utforare.models import Enhet, Verkstallighet

BEMANNING = "bemanning"


@dataclass(frozen=True, slots=True)
class Brukare:
    """Who is at the enhet. `niva` empty = none that is godkänd. `svar`: of the area that decides the night, if any."""

    verk: int
    nyckel: str
    person: int
    niva: str
    svar: int | None


@dataclass(frozen=True, slots=True)
class Schema:
    """Scheduled hours a week. `beslutad` None = nobody has told what is decided."""

    dag: Decimal
    kvall: Decimal
    natt: Decimal
    jour: Decimal
    nattform: Nattform
    beslutad: Nattform | None


@dataclass(frozen=True, slots=True)
class Enhetslage:
    """An enhet with somebody there on the day, or with a schedule. `boendeform` empty = not told."""

    pk: int
    namn: str
    utforare: str
    regi: str
    boendeform: str
    brukare: tuple[Brukare, ...]
    schema: Schema | None


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the report is made of. `nyckel` None = there is no key for the insats on the day. `fil`: the schedules."""

    manad: Manad
    dag: date
    insats: str
    nyckel: Nyckel | None
    nyckel_fran: date | None
    enheter: tuple[Enhetslage, ...]
    fil: Uppgiftsfil | None


def hamta(manad: Manad, insats: str, idag: date) -> Underlag:
    """The insats on the month's last day, or today if it has not ended."""
    dag = min(manad.till - EN_DAG, idag)
    rad = nyckel_pa_dag(insats, dag)
    nyckel = rad.som_nyckel() if rad else None
    fil = gallande(BEMANNING, str(manad))
    brukare = _brukare(insats, dag, nyckel)
    enheter = _enheter(dag, insats, brukare, _scheman(fil))
    return Underlag(manad, dag, insats, nyckel, rad.fran if rad else None, enheter, fil)


def nyckel_pa_dag(insats: str, dag: date) -> Bemanningsnyckel | None:
    """The version that holds."""
    urval = Bemanningsnyckel.objects.filter(insats=insats, fran__lte=dag).order_by("-fran", "-version")
    return urval.prefetch_related("nivaer").first()


def _brukare(insats: str, dag: date, nyckel: Nyckel | None) -> dict[int, list[Brukare]]:
    """By enhet. Who has two verkställigheter at an enhet is one person."""
    nivaer = {person: (pk, niva) for person, pk, niva in _nivaer(insats, dag)}
    svar = _svar(insats, nyckel.natt_omrade) if nyckel and nyckel.natt_omrade else {}
    urval = (
        Verkstallighet.objects.filter(beslut__insats=insats, period__contains=dag)
        .filter(Q(beslut__person__avliden__isnull=True) | Q(beslut__person__avliden__gt=dag))
        .order_by("nyckel")
    )
    per_enhet: dict[int, list[Brukare]] = defaultdict(list)
    sedda = set()
    for verk, namn, enhet, person in urval.values_list("pk", "nyckel", "enhet", "beslut__person"):
        if (enhet, person) in sedda:
            continue
        sedda.add((enhet, person))
        bedomning, niva = nivaer.get(person, (0, ""))
        per_enhet[enhet].append(Brukare(verk, namn, person, niva, svar.get(bedomning)))
    return per_enhet


def _nivaer(insats: str, dag: date) -> list[tuple[int, int, str]]:
    """(person, assessment, level): the one that holds, as R3 takes it."""
    urval = Nivabedomning.objects.filter(insats=insats, status=Bedomningsstatus.GODKAND, fran__lte=dag)
    senast = urval.order_by("person", "-fran", "-godkand", "-nyckel").distinct("person")
    return list(senast.values_list("person", "pk", "niva"))


def _svar(insats: str, omrade: str) -> dict[int, int | None]:
    """What was answered in the area, by assessment."""
    urval = Nivasvar.objects.filter(arende__insats=insats, arende__lage=Arendelage.GODKAND, omrade__kod=omrade)
    return {pk: svar for pk, svar in urval.values_list("arende__bedomning", "svar") if pk}


def _scheman(fil: Uppgiftsfil | None) -> dict[int, Schema]:
    if fil is None:
        return {}
    falt = ("enhet", "dag", "kvall", "natt", "jour", "nattform", "beslutad")
    return {
        enhet: Schema(dag, kvall, natt, jour, Nattform(form), Nattform(beslutad) if beslutad else None)
        for enhet, dag, kvall, natt, jour, form, beslutad in Bemanning.objects.filter(fil=fil).values_list(*falt)
    }


def _enheter(
    dag: date, insats: str, brukare: Mapping[int, list[Brukare]], scheman: Mapping[int, Schema]
) -> tuple[Enhetslage, ...]:
    """Those with somebody there, and those that have a schedule though nobody is there but had been in the insats."""
    tomma = Enhet.objects.filter(pk__in=scheman.keys() - brukare.keys(), verkstalligheter__beslut__insats=insats)
    alla = {*brukare, *tomma.values_list("pk", flat=True)}
    fakta = gallande_fakta(dag)
    rader = [
        Enhetslage(
            pk,
            namn,
            utforare,
            regi,
            fakta[pk].boendeform if pk in fakta else "",
            tuple(brukare.get(pk, ())),
            scheman.get(pk),
        )
        for pk, namn, utforare, regi in Enhet.objects.filter(pk__in=alla).values_list(
            "pk", "namn", "utforare__namn", "utforare__regi"
        )
    ]
    return tuple(sorted(rader, key=lambda ett: (svensk_ordning(ett.utforare), svensk_ordning(ett.namn), ett.pk)))
