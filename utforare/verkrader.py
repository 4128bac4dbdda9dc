"""The verkställigheter of a month with what decides how they are reported: their avtal, and when they are expected.

Set-based: as many queries for a whole municipality as for one enhet.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.aggregates import BitOr
from django.db.models import Count, F, IntegerField, QuerySet
from django.db.models.expressions import Func
from django.db.models.functions import ExtractIsoWeekDay

from beslut.regler import Insats, Omfattningsenhet
from grund.tid import Manad
from utforare.models import Avtal, Narvaro, Verkstallighet
from utforare.planering import VANEDAGAR, Plan, plan, vantade
from utforare.regler import Modell

_MED_BESOK = frozenset({Insats.BOENDESTOD, Insats.LEDSAGNING, Insats.LEDSAGARSERVICE, Insats.AVLOSNING})
_MED_BESOK |= {Insats.AVLOSARSERVICE, Insats.KONTAKTPERSON, Insats.KONTAKTPERSON_SOL, Insats.PERSONLIG_ASSISTANS}


@dataclass(frozen=True, slots=True)
class Verkrad:
    """A verkställighet in a month. `avtal` None: none holds then, and nothing will be paid (R2)."""

    verk: Verkstallighet
    avtal: Avtal | None
    plan: Plan

    @property
    def bara_franvaro(self) -> bool:
        """R10: who lives there is there; only absence is registered, on any day of the week."""
        return self.avtal is not None and self.avtal.modell == Modell.DYGN

    @property
    def har_narvaro(self) -> bool:
        """Reported by day in the grid."""
        if self.avtal is None:
            return self.verk.beslut.insats not in _MED_BESOK
        return self.avtal.modell in (Modell.DYGN, Modell.NARVARO)

    @property
    def har_besok(self) -> bool:
        """Reported by visit."""
        if self.avtal is None:
            return self.verk.beslut.insats in _MED_BESOK
        return self.avtal.modell in (Modell.UTFORD_TID, Modell.BESTALLD_TID)

    def vantade(self, manad: Manad, idag: date) -> list[date]:
        """The days up to today that should have a row."""
        if not self.har_narvaro or self.bara_franvaro:
            return []
        verk = self.verk
        return vantade(self.plan, manad, verk.fran, verk.till, verk.beslut.person.avliden, idag)


def i_manaden(urval: QuerySet[Verkstallighet], manad: Manad) -> list[Verkrad]:
    """The month's rows. Five queries; verkställigheter at one enhet share it and its utförare."""
    i_tid = urval.filter(period__overlap=(manad.fran, manad.till)).select_related("beslut__person")
    verk = list(i_tid.prefetch_related("enhet__utforare"))
    avtal = _avtal({ett.enhet.utforare_id for ett in verk}, manad)
    vanor = _vanor(verk, manad)
    return [Verkrad(ett, _valj(avtal, ett, manad), plan(_dagar(ett), vanor.get(ett.pk, {}))) for ett in verk]


def _dagar(verk: Verkstallighet) -> Any:
    """Days per week as ordered: by the verkställighet, else by the beslut (as R23)."""
    if verk.bestallt_antal is not None:
        return verk.bestallt_antal if verk.bestallt_enhet == Omfattningsenhet.DAGAR_VECKA else None
    return verk.beslut.omfattning if verk.beslut.omfattning_enhet == Omfattningsenhet.DAGAR_VECKA else None


def _avtal(utforare: Iterable[int], manad: Manad) -> dict[tuple[int, str, int | None], list[Avtal]]:
    svar = defaultdict(list)
    urval = Avtal.objects.filter(utforare__in=utforare, period__overlap=(manad.fran, manad.till)).order_by("-fran")
    for ett in urval:
        svar[ett.utforare_id, ett.insats, ett.person_id].append(ett)
    return svar


def _valj(avtal: dict[tuple[int, str, int | None], list[Avtal]], verk: Verkstallighet, manad: Manad) -> Avtal | None:
    """R2: an individavtal goes first; of several in the month the latest that meets the verkställighet."""
    fran, till = max(verk.fran, manad.fran), min(verk.till or manad.till, manad.till)
    for person in (verk.beslut.person_id, None):
        for ett in avtal.get((verk.enhet.utforare_id, verk.beslut.insats, person), ()):
            if ett.fran < till and (ett.till is None or ett.till > fran):
                return ett
    return None


def _vanor(verk: Iterable[Verkstallighet], manad: Manad) -> dict[int, dict[int, int]]:
    """Per verkställighet and weekday, how many days were registered in the weeks before the month."""
    svar: dict[int, dict[int, int]] = defaultdict(dict)
    rader = Narvaro.objects.filter(
        verkstallighet__in=[ett.pk for ett in verk],
        datum__gte=manad.fran - timedelta(days=VANEDAGAR),
        datum__lt=manad.fran,
    )
    per_dag = rader.annotate(veckodag=ExtractIsoWeekDay("datum")).values("verkstallighet_id", "veckodag")
    for rad in per_dag.annotate(antal=Count("datum")).order_by():
        svar[rad["verkstallighet_id"]][rad["veckodag"]] = rad["antal"]
    return svar


class Dagmask(Func):
    """A day of the month as a bit, 1 for the first."""

    template = "(1 << (extract(day from %(expressions)s)::int - 1))"
    output_field = IntegerField()


def dagar_med_rad(verk: Iterable[int], manad: Manad) -> dict[int, int]:
    """Per verkställighet, the month's days that have a row, as a mask. One query and one row each."""
    rader = Narvaro.objects.filter(verkstallighet__in=list(verk), datum__gte=manad.fran, datum__lt=manad.till)
    maskad = rader.values("verkstallighet_id").annotate(mask=BitOr(Dagmask(F("datum")))).order_by()
    return dict(maskad.values_list("verkstallighet_id", "mask"))
