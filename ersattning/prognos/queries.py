"""Reads of budgets and prognoser, and why a step may not be taken (empty = yes)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from ersattning.models import Budget, Korning, Prognos, Simulering
from ersattning.prognos.budget import per_manad
from ersattning.queries import senast_faststallda
from ersattning.regler import FAST, Simuleringslage, Status
from grund.behorighet import Ratt, hinder_for_ratt
from grund.models import Anvandare
from grund.tid import Manad

RAKNAS_REDAN = "En prognos räknas redan. Vänta tills den är klar, eller avbryt den."


@dataclass(frozen=True, slots=True)
class Ram:
    """Which months a prognos made now is about. `andelsmanader`: those that the shares rest on."""

    fran: Manad
    prognos_fran: Manad
    sista: Manad
    andelsmanader: tuple[Manad, ...]

    @property
    def ar(self) -> int:
        """The year that it is about first."""
        return self.prognos_fran.ar


def ram(idag: date, manader_bakat: int) -> Ram:
    """From the first month that has not been calculated, to the end of the year after its year.

    The year's earlier months come along, and the months that the shares rest on: so many up to the last settled one.
    """
    korda = Korning.objects.exclude(status=Status.BERAKNAS).order_by("-manad").values_list("manad", flat=True)
    sista_korda = korda.first()
    prognos_fran = Manad.av(sista_korda).plus(1) if sista_korda else Manad.av(idag)
    sista_andel = senast_faststallda() or prognos_fran.plus(-1)
    andelar = tuple(sista_andel.plus(-bakat) for bakat in range(manader_bakat))
    fran = min([Manad(prognos_fran.ar, 1), *andelar])
    return Ram(fran, prognos_fran, Manad(prognos_fran.ar + 1, 12), andelar)


def andelsmanader(prognos: Prognos) -> frozenset[date]:
    """The months that the shares rest on, by the körningar that there were when it was made."""
    fasta = [Manad.las(ett["manad"]) for ett in prognos.simulering.grund if ett["status"] in FAST]
    sista = max(fasta, default=prognos.prognos_fran.plus(-1))
    return frozenset(sista.plus(-bakat).fran for bakat in range(prognos.manader_bakat))


def gjorda() -> QuerySet[Prognos]:
    """All of them, the latest first."""
    return Prognos.objects.select_related("simulering__skapad_av").order_by("-simulering__skapad", "-pk")


def klara() -> QuerySet[Prognos]:
    """Those that are done, the latest first."""
    return gjorda().filter(simulering__status=Simuleringslage.KLAR)


def ny_saknas() -> Manad | None:
    """The last settled month, when no prognos has been made since it was settled; else None."""
    sista = Korning.objects.filter(status__in=FAST, faststalld__isnull=False).order_by("-manad").first()
    if sista is None or klara().filter(simulering__skapad__gte=sista.faststalld).exists():
        return None
    return Manad.av(sista.manad)


def budget_for(ar: int) -> Budget | None:
    """The version that holds."""
    return Budget.objects.filter(ar=ar).select_related("skapad_av").order_by("-version").first()


def budgetens_manader(ar: int) -> Mapping[str, list[Decimal]]:
    """The budget that holds, by insats: January to December. Empty when there is none."""
    budget = budget_for(ar)
    if budget is None:
        return {}
    return {rad.insats: per_manad(rad.belopp, rad.manader) for rad in budget.rader.all()}


def hinder_for_prognos(av: Anvandare | None) -> list[str]:
    """Why a prognos may not be made."""
    hinder = hinder_for_ratt(av.roller, Ratt.GORA_PROGNOS) if av else []
    if Simulering.objects.filter(prognos_fran__isnull=False, status=Simuleringslage.RAKNAS).exists():
        hinder.append(RAKNAS_REDAN)
    return hinder


def hinder_for_omstart(prognos: Prognos) -> list[str]:
    """Why it may not be calculated again: one that is done stands as it was seen that day."""
    if prognos.simulering.status == Simuleringslage.KLAR:
        return ["Prognosen är klar och ändras inte. Gör en ny."]
    return []
