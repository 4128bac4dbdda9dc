"""What people make of findings. Nothing is put right by it: a finding closes when the rule no longer finds it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncDate

from grund.behorighet import Ratt, Roll, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.tid import STOCKHOLM
from uppfoljning.kontroll.koder import AVGOR, UTFALL, Omrade, Utfall
from uppfoljning.kontroll.register import REGLER
from uppfoljning.models import Fynd, Fyndbedomning

BEDOMER = {Omrade.KVALITET: Ratt.BEDOMA_FYND, Omrade.SIGNAL: Ratt.BEDOMA_SIGNALER}
_ALLAS = {Roll.GRUPPCHEF, Roll.CONTROLLER}  # may note what is done about everybody's


def med_bedomning(fynd: QuerySet[Fynd], dag: date | None = None) -> QuerySet[Any]:
    """Each with `utfall` (empty = none that holds for it as it is) and `avgjord`: nobody needs to look at it.

    `dag`: by what had been said then.
    """
    bedomda = Fyndbedomning.objects.filter(fynd=OuterRef("pk"), avtryck=OuterRef("avtryck"))
    if dag:
        bedomda = bedomda.annotate(dag=TruncDate("nar", tzinfo=STOCKHOLM)).filter(dag__lte=dag)
    senaste = bedomda.order_by("-pk")
    return fynd.annotate(utfall=Subquery(senaste.values("utfall")[:1])).annotate(
        avgjord=Case(When(Q(utfall__in=AVGOR), then=Value(True)), default=Value(False), output_field=BooleanField())
    )


def hinder_for_bedomning(fynd: Fynd, av: Anvandare) -> list[str]:
    """Why `av` may not note anything about it; empty = may."""
    hinder = hinder_for_ratt(av.roller, BEDOMER[Omrade(fynd.omrade)])
    if not hinder and not ({Roll(ett) for ett in av.roller} & {Roll(fynd.agare), *_ALLAS}):
        hinder.append(f"Fyndet åtgärdas av {Roll(fynd.agare).label}.")
    if fynd.stangd is not None:
        hinder.append("Fyndet är stängt: det som var fel finns inte kvar.")
    return hinder


def bedom(*, fynd: Fynd, utfall: Utfall, anteckning: str, avtryck: str, av: Anvandare, nu: datetime) -> Fyndbedomning:
    """Note what `av` makes of the finding as it looked (`avtryck`) when they read it. Raises Hindrad."""
    with transaction.atomic():
        laast = Fynd.objects.select_for_update(of=("self",)).get(pk=fynd.pk)
        hinder = hinder_for_bedomning(laast, av)
        if utfall not in UTFALL[Omrade(laast.omrade)]:
            hinder.append("Välj ett av utfallen i listan.")
        if not anteckning.strip():
            hinder.append("Skriv varför, eller vad som är gjort.")
        if laast.avtryck != avtryck:
            hinder.append("Fyndet har ändrats sedan du öppnade sidan. Läs det igen.")
        if hinder:
            raise Hindrad(hinder)
        ny = Fyndbedomning.objects.create(
            fynd=laast, utfall=utfall, anteckning=anteckning.strip(), avtryck=avtryck, av=av, nar=nu
        )
        skriv_handelse(
            av=av,
            handling="bedom_fynd",
            objekt=f"fynd:{laast.pk}",
            text=f"{av.get_username()} bedömde ”{REGLER[laast.regel].namn}”, {laast.objekt_nyckel}: {utfall.label}.",
        )
    return ny


def historia(fynd: Fynd) -> list[Fyndbedomning]:
    """All that has been said of it, and of the same thing when it was found before; the latest first."""
    samma = Fyndbedomning.objects.filter(Q(fynd=fynd) | Q(fynd__regel=fynd.regel, fynd__nyckel=fynd.nyckel))
    return list(samma.select_related("av", "fynd").order_by("-pk"))


def tidigare(fynd: Fynd) -> list[Fynd]:
    """The times that it was found before, and closed."""
    samma = Fynd.objects.filter(regel=fynd.regel, nyckel=fynd.nyckel, pk__lt=fynd.pk)
    return list(samma.order_by(F("upptackt").desc(), "-pk"))
