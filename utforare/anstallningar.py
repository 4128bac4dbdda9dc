"""Where those who report for a utförare work: what their pages ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.sortering import pa_svenska
from utforare.models import Enhet, Tillhorighet


@dataclass(frozen=True, slots=True)
class Rad:
    """A time at an enhet. `lage`: before, now or later."""

    ett: Tillhorighet
    lage: str
    farg: str


def rader(vem: Anvandare, idag: date) -> Sequence[Rad]:
    """Those that hold now or will, then those that have ended, the latest first."""
    alla = Tillhorighet.objects.filter(anvandare=vem).select_related("enhet__utforare").order_by("-fran", "enhet__namn")
    svar = [Rad(ett, *_lage(ett, idag)) for ett in alla]
    return sorted(svar, key=lambda rad: rad.lage == "Har slutat")


def _lage(ett: Tillhorighet, idag: date) -> tuple[str, str]:
    if ett.till is not None and ett.till <= idag:
        return "Har slutat", "info"
    return ("Börjar senare", "warning") if ett.fran > idag else ("Gäller", "success")


def valbara(vem: Anvandare, idag: date) -> QuerySet[Enhet]:
    """Enheter that the user can be given: of the utförare that they work for from today on, or all."""
    nu = Tillhorighet.objects.filter(Q(till__isnull=True) | Q(till__gt=idag), anvandare=vem)
    urval = Enhet.objects.select_related("utforare").order_by(*pa_svenska("utforare__namn"), *pa_svenska("namn"))
    egen = nu.filter(till__isnull=True).values("utforare")
    return urval.filter(utforare__in=egen) if egen.exists() else urval


def hinder_for_roll(vem: Anvandare) -> list[str]:
    """That the user has not the role that reports."""
    if har_ratt(vem.roller, Ratt.RAPPORTERA):
        return []
    return ["Användaren har inte rollen utförare. Ge rollen först."]
