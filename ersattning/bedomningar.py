"""Assessing avvikelser: what a person has made of each, and which are left to look at.

An assessment is kept by what the avvikelse is about, so that it stands when the month is calculated anew. It holds for
the avvikelse as it was: one with more days or minutes since is to be looked at again, and so is one that was said to be
put right in the source and came back in a later calculation.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from ersattning.models import Avvikelse, Avvikelsebedomning, Korning
from ersattning.regler import Avvikelsekod, Bedomning
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import antal_ord
from grund.tid import Manad

_OM = ("manad", "kod", "verkstallighet_nyckel", "fran", "besok_nyckel")  # which avvikelse
_SOM = (*_OM, "till", "varde")  # and how it looked


def med_bedomning(avvikelser: QuerySet[Avvikelse]) -> QuerySet[Any]:
    """Each with `bedomning` (empty = none that holds for it as it is) and `bedomd`: nobody needs to look at it."""
    senaste = Avvikelsebedomning.objects.filter(**{falt: OuterRef(falt) for falt in _SOM}).order_by("-pk")
    med = avvikelser.annotate(
        bedomning=Subquery(senaste.values("bedomning")[:1]), bedomning_nar=Subquery(senaste.values("nar")[:1])
    )
    kom_tillbaka = Q(bedomning=Bedomning.RATTAD, bedomning_nar__lt=F("korning__startad"))
    return med.annotate(
        bedomd=Case(
            When(Q(bedomning=None) | kom_tillbaka, then=Value(False)),
            default=Value(True),
            output_field=BooleanField(),
        )
    )


def antal_obedomda(korning: Korning) -> int:
    """How many of the körning's avvikelser nobody has assessed as they are."""
    nya = Avvikelse.objects.filter(korning=korning, ny=True)
    return med_bedomning(nya).filter(bedomd=False).count()


def obedomt(obedomda: int) -> list[str]:
    """What there is to know before the review is called done; empty when all are assessed."""
    if not obedomda:
        return []
    return [f"{antal_ord(obedomda, 'avvikelse är obedömd', 'avvikelser är obedömda')}."]


def historia(avvikelse: Avvikelse) -> list[Avvikelsebedomning]:
    """All that has been said of the avvikelse, the latest first, also of when it looked otherwise."""
    om = {falt: getattr(avvikelse, falt) for falt in _OM}
    return list(Avvikelsebedomning.objects.filter(**om).select_related("av").order_by("-pk"))


def ar_som_da(bedomning: Avvikelsebedomning, avvikelse: Avvikelse) -> bool:
    """Whether the avvikelse still looks as it did when it was assessed."""
    return all(getattr(bedomning, falt) == getattr(avvikelse, falt) for falt in _SOM)


def hinder_for_bedomning(valda: Sequence[Avvikelse], antal: int, av: Anvandare) -> list[str]:
    """Why `av` may not assess these, of the `antal` that were chosen."""
    hinder = hinder_for_ratt(av.roller, Ratt.GRANSKA_MANAD)
    if not antal:
        return [*hinder, "Markera minst en avvikelse."]
    if len(valda) < antal:
        hinder.append("Månaden har räknats om sedan du såg listan. Titta på den nya och försök igen.")
    if len({ett.korning_id for ett in valda}) > 1:
        hinder.append("Bedöm en månad i taget, så att händelsen står på rätt månad.")
    if len({ett.kod for ett in valda}) > 1:
        hinder.append("Bedöm ett slag av avvikelser i taget, så att anteckningen passar alla.")
    return hinder


def bedom(
    *, avvikelser: Collection[int], bedomning: Bedomning, anteckning: str, av: Anvandare, nu: datetime
) -> list[Avvikelsebedomning]:
    """Note what `av` has made of the avvikelser (primary keys) of one körning. Said again, it is not noted twice.

    Hindrad when one is gone, since the month has been calculated anew, or when they are of several kinds.
    """
    with transaction.atomic():
        valda = list(
            Avvikelse.objects.select_related("korning").filter(pk__in=avvikelser).select_for_update(of=("self",))
        )
        hinder = hinder_for_bedomning(valda, len(set(avvikelser)), av)
        if not anteckning.strip():
            hinder.append("Skriv vad som är gjort eller bestämt.")
        if hinder:
            raise Hindrad(hinder)
        nya = [_ny(ett, bedomning, anteckning.strip(), av, nu) for ett in valda]
        sagda = _redan_sagda(valda, av)
        nya = [ett for ett in nya if _vad(ett) not in sagda]
        Avvikelsebedomning.objects.bulk_create(nya)
        if nya:
            _beratta(valda[0], nya, av)
    return nya


def _ny(avvikelse: Avvikelse, bedomning: Bedomning, anteckning: str, av: Anvandare, nu: datetime) -> Avvikelsebedomning:
    som = {falt: getattr(avvikelse, falt) for falt in _SOM}
    return Avvikelsebedomning(**som, bedomning=bedomning, anteckning=anteckning, av=av, nar=nu)


def _vad(ett: Avvikelsebedomning) -> tuple[object, ...]:
    return (*(getattr(ett, falt) for falt in _SOM), ett.bedomning, ett.anteckning)


def _redan_sagda(valda: Sequence[Avvikelse], av: Anvandare) -> set[tuple[object, ...]]:
    """The latest of each that `av` has said, as `_vad`."""
    sagda = Avvikelsebedomning.objects.filter(
        manad__in={ett.manad for ett in valda},
        kod=valda[0].kod,
        verkstallighet_nyckel__in={ett.verkstallighet_nyckel for ett in valda},
    ).order_by("pk")
    senaste = {tuple(getattr(ett, falt) for falt in _SOM): ett for ett in sagda}
    return {_vad(ett) for ett in senaste.values() if ett.av_id == av.pk}


def _beratta(forsta: Avvikelse, nya: Sequence[Avvikelsebedomning], av: Anvandare) -> None:
    slag = Avvikelsekod(forsta.kod).label.lower()
    antal = antal_ord(len(nya), "avvikelse", "avvikelser")
    skriv_handelse(
        av=av,
        handling="bedom_avvikelser",
        objekt=f"korning:{Manad.av(forsta.korning.manad)}",
        text=f"{av.get_username()} bedömde {antal}, {slag}: {Bedomning(nya[0].bedomning).label}.",
        bedomningar=[ett.pk for ett in nya],
    )
