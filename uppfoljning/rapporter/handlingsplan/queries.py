"""Reads a plan as it stood on a day: what had been noted by its end, and nothing later. Three queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from grund.tid import EN_DAG, dygnets_start, lokal_dag
from uppfoljning.handlingsplansregler import SLUT, Atgardsstatus
from uppfoljning.models import Atgard, Handlingsplan, Motesuppfoljning
from uppfoljning.rapporter.handlingsplan.lage import Atgardslage, Mote, Planlage, Redovisning, forra_fore


def planer() -> list[Handlingsplan]:
    """All plans, the one that was decided last first."""
    return list(Handlingsplan.objects.order_by("-beslutad", "-pk"))


def hamta(plan: Handlingsplan, dag: date) -> Planlage:
    """The plan on `dag`. What is noted later of an earlier meeting is not in it, so it always comes out the same."""
    slut = dygnets_start(dag + EN_DAG)
    redovisade = plan.redovisningar.filter(noterad__lt=slut, per__lte=dag).order_by("per")
    redovisningar = tuple(Redovisning(ett.per, ett.sammantrade, ett.diarienummer) for ett in redovisade)
    forra = forra_fore(redovisningar, dag)
    sedan = dygnets_start(forra.per + EN_DAG) if forra else None
    moten = _moten(plan, slut, sedan)
    atgarder = plan.atgarder.filter(noterad__lt=slut).order_by("nummer")
    return Planlage(
        plan.pk,
        plan.titel,
        plan.bakgrund,
        plan.beslutad,
        plan.diarienummer,
        dag,
        plan.noterad < slut,
        tuple(_atgard(ett, moten[ett.pk], sedan) for ett in atgarder),
        redovisningar,
    )


@dataclass(frozen=True, slots=True)
class Ofardig:
    """A measure that is not done, as it stands now."""

    pk: int
    namn: str
    plan: str
    ansvarig: str
    klar_senast: date
    status: Atgardsstatus


def ofardiga(senast: date) -> list[Ofardig]:
    """The measures of all plans that are to be done by `senast` and are not; those that are latest first. One query."""
    sista = Motesuppfoljning.objects.filter(atgard=OuterRef("pk")).order_by("-nummer")
    rader = (
        Atgard.objects.annotate(
            status=Coalesce(Subquery(sista.values("status")[:1]), Value(Atgardsstatus.EJ_PABORJAD.value)),
            nu_ansvarig=Coalesce(Subquery(sista.values("ansvarig")[:1]), F("ansvarig")),
            nu_klar=Coalesce(Subquery(sista.values("klar_senast")[:1]), F("klar_senast")),
        )
        .exclude(status__in=SLUT)
        .filter(nu_klar__lte=senast)
        .order_by("nu_klar", "pk")
        .values_list("pk", "nummer", "rubrik", "plan__titel", "nu_ansvarig", "nu_klar", "status")
    )
    return [
        Ofardig(pk, f"{nummer}. {rubrik}", plan, ansvarig, klar, Atgardsstatus(status))
        for pk, nummer, rubrik, plan, ansvarig, klar, status in rader
    ]


def _atgard(ett: Atgard, moten: Iterable[Mote], sedan: datetime | None) -> Atgardslage:
    return Atgardslage(
        pk=ett.pk,
        nummer=ett.nummer,
        rubrik=ett.rubrik,
        behov=ett.behov,
        atgard=ett.atgard,
        start=ett.start,
        forst_ansvarig=ett.ansvarig,
        forst_klar_senast=ett.klar_senast,
        moten=tuple(moten),
        ny=sedan is not None and ett.noterad >= sedan,
    )


def _moten(plan: Handlingsplan, slut: datetime, sedan: datetime | None) -> dict[int, list[Mote]]:
    """The follow-ups of each measure in the order in which they were added, noted before `slut`."""
    svar: dict[int, list[Mote]] = defaultdict(list)
    rader = Motesuppfoljning.objects.filter(atgard__plan=plan, noterad__lt=slut).select_related("noterad_av")
    for ett in rader.order_by("atgard", "nummer"):
        fore = svar[ett.atgard_id][-1].status if svar[ett.atgard_id] else Atgardsstatus.EJ_PABORJAD
        svar[ett.atgard_id].append(
            Mote(
                dag=ett.dag,
                text=ett.text,
                fore=fore,
                status=Atgardsstatus(ett.status),
                ansvarig=ett.ansvarig,
                klar_senast=ett.klar_senast,
                noterad=lokal_dag(ett.noterad),
                noterad_av=ett.noterad_av.get_full_name() or ett.noterad_av.get_username(),
                sedan_forra=sedan is None or ett.noterad >= sedan,
            )
        )
    return svar
