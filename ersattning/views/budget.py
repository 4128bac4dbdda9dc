"""A year's budget: the version that holds, the earlier ones, and a new one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from beslut.ord import insats_i_ord
from ersattning.models import Budget
from ersattning.prognos import actions, queries, tables
from ersattning.prognos.forms import Budgetform, budgetens_initial
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.hinder import Hindrad
from grund.tillgang import inloggad, kraver

_AR = range(2000, 2101)


def _kant(ar: int) -> int:
    if ar not in _AR:
        msg = "Budgeten gäller ett år mellan 2000 och 2100."
        raise Http404(msg)
    return ar


@require_safe
@kraver(Ratt.SE_PROGNOS)
def visa(request: HttpRequest, ar: int) -> HttpResponse:
    """The version that holds, and the earlier ones below it."""
    versioner = list(
        Budget.objects.filter(ar=_kant(ar)).select_related("skapad_av").prefetch_related("rader").order_by("-version")
    )
    sammanhang = {
        "ar": ar,
        "gallande": versioner[0] if versioner else None,
        "tabell": _tabell(versioner[0]) if versioner else None,
        "tidigare": [(ett, _tabell(ett)) for ett in versioner[1:]],
        "far_gora": har_ratt(inloggad(request).roller, Ratt.GORA_PROGNOS),
    }
    return render(request, "ersattning/prognos/budget.html", sammanhang)


def _tabell(budget: Budget) -> tables.Budgettabell:
    rader: list[dict[str, Any]] = [
        {
            "namn": insats_i_ord(rad.insats),
            "belopp": rad.belopp,
            "fordelning": "Månad för månad" if rad.manader else "Lika varje månad",
        }
        for rad in budget.rader.all()
    ]
    return tables.Budgettabell(rader, caption=f"Budgeten per insats, version {budget.version}")


@require_http_methods(["GET", "POST"])
@kraver(Ratt.GORA_PROGNOS)
def ny(request: HttpRequest, ar: int) -> HttpResponse:
    """Lay in a new version; the one that holds stays as it is."""
    senaste = queries.budget_for(_kant(ar))
    form = Budgetform(request.POST or None, initial=budgetens_initial(senaste))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            gjord = actions.lagg_in_budget(
                ar=ar,
                poster=data["rader"],
                kalla=data["kalla"],
                efter=data["efter"],
                av=inloggad(request),
                nu=klocka.nu(),
            )
        except Hindrad as hinder:
            for orsak in hinder.orsaker:
                messages.error(request, orsak)
            return redirect("ersattning:budget", ar)
        messages.success(request, f"Version {gjord.version} av budgeten för {ar} är inlagd.")
        return redirect("ersattning:budget", ar)
    return render(request, "ersattning/prognos/ny_budget.html", {"ar": ar, "form": form, "senaste": senaste})
