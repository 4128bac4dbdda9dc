"""Statistics that must be handed in soon, or should have been."""

from datetime import date, timedelta

from django.urls import reverse

from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import datum_i_ord
from uppfoljning.leveranser.regler import Leveranslage, Leveransslag, period_i_ord, senast, tider
from uppfoljning.models import Leverans

_FORE, _EFTER = timedelta(days=21), timedelta(days=90)  # how long before and after its last day it is shown
_FORSTA = timedelta(days=400)  # nothing is asked for in a system that has delivered nothing for so long


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """Empty for those who do not deliver, and where nothing has been made. One query."""
    del alla
    if not har_ratt(vem.roller, Ratt.LAMNA_STATISTIK):
        return []
    gjorda = Leverans.objects.filter(dag__gt=idag - _FORSTA).exclude(status=Leveranslage.KASTAD)
    per = {(ett.slag, ett.dag): ett for ett in gjorda.order_by("omgang")}
    vantas = [
        (senast(slag, dag), slag, dag)
        for slag, dag in tider(idag)
        if idag - _EFTER <= senast(slag, dag) <= idag + _FORE and not _lamnad(per.get((slag, dag)))
    ]
    if not per or not vantas:
        return []
    uppgifter = [_uppgift(slag, dag, per.get((slag, dag)), idag) for _, slag, dag in sorted(vantas)]
    return [
        Uppgiftsgrupp(
            "statistik",
            "Statistik att lämna",
            "Statistik att lämna",
            "Filer till Socialstyrelsen som ska lämnas inom tre veckor, eller skulle ha lämnats.",
            uppgifter,
            len(uppgifter),
            sen=any(ett.sen for ett in uppgifter),
            alla=reverse("uppfoljning:leveranser"),
        )
    ]


def _lamnad(leverans: Leverans | None) -> bool:
    return leverans is not None and leverans.status == Leveranslage.LAMNAD


def _uppgift(slag: Leveransslag, dag: date, utkast: Leverans | None, idag: date) -> Uppgift:
    sista = senast(slag, dag)
    adress = reverse("uppfoljning:leverans", args=[utkast.pk]) if utkast else reverse("uppfoljning:leveranser")
    return Uppgift(
        nar=datum_i_ord(sista),
        nar_under="Skulle ha lämnats" if sista < idag else "Senast",
        vem=slag.label,
        adress=adress,
        vad=period_i_ord(slag, dag),
        lage="Utkast" if utkast else "Inte gjord",
        nasta="Granska och lämna" if utkast else "Gör utkastet",
        nasta_adress=adress,
        sen=sista < idag,
    )
