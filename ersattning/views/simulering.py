"""Simuleringar: the saved ones, a new one, its result while and after it is calculated, and what may be done."""

from collections.abc import Callable
from fractions import Fraction
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig
from kombu.exceptions import OperationalError as BrokerFel

from ersattning.models import Simulering
from ersattning.regler import Kanslighet, Simuleringslage
from ersattning.simulering import actions, queries, tables, tasks
from ersattning.simulering.arbetsbok import skriv_arbetsbok
from ersattning.simulering.diagram import kurva, staplar
from ersattning.simulering.forms import BAKAT, Budgetform, Fragaform, Jamforform, fragans_initial
from ersattning.simulering.jamforelse import jamfor_tva
from ersattning.simulering.ord import i_ord, vinnare_i_ord
from ersattning.simulering.resultat import Resultat, hamta
from ersattning.simulering.utforande import andel_i_ord
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.filsvar import som_fil
from grund.hinder import Hindrad
from grund.pengar import avrunda
from grund.tid import Manad
from grund.tillgang import i_bakgrunden, inloggad, kraver
from utforare.models import Prislista

PER_SIDA = 25
KO_SVARAR_INTE = "Meddelandekön svarar inte. Simuleringen räknas så snart den gör det."


def manader() -> list[Manad]:
    """The months that may be chosen, the latest first: history is what has been."""
    nu = Manad.av(klocka.idag())
    return [nu.plus(-antal) for antal in range(BAKAT)]


def hamta_simulering(pk: int) -> Simulering:
    """The simulering, or no such page."""
    return get_object_or_404(queries.sparade(), pk=pk)


@require_safe
@kraver(Ratt.SE_SIMULERINGAR)
def lista(request: HttpRequest) -> HttpResponse:
    """The saved ones, and two of them to compare."""
    tabell = tables.Simuleringstabell(queries.sparade())
    RequestConfig(request, paginate={"per_page": PER_SIDA}).configure(tabell)
    return render(
        request,
        "ersattning/simulering/lista.html",
        {"tabell": tabell, "jamforform": Jamforform(), "far_simulera": _far_simulera(request)},
    )


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SIMULERA)
def ny(request: HttpRequest) -> HttpResponse:
    """What to ask, and which variants to begin with."""
    val = manader()
    initial = {"forsta": str(val[min(12, len(val) - 1)]), "sista": str(val[1])}
    form = Fragaform(request.POST or None, manader=val, initial=initial)
    if request.method == "POST" and form.is_valid():
        nytt = actions.skapa_simulering(
            fraga=form.fraga(), varianter=form.varianter(), av=inloggad(request), nu=klocka.nu()
        )
        messages.success(request, "Simuleringen är sparad. Se över varianterna och räkna.")
        return redirect("ersattning:simulering", nytt.pk)
    return render(request, "ersattning/simulering/fraga.html", {"form": form, "simulering": None})


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SIMULERA)
def andra(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask something else, before it is calculated."""
    simulering = hamta_simulering(pk)
    if hinder := queries.hinder_for_andring(simulering):
        return _tillbaka(request, simulering, hinder)
    val = sorted({*manader(), *simulering.manader}, reverse=True)
    varianter = list(simulering.varianter.filter(punkt=None).order_by("nummer"))
    form = Fragaform(request.POST or None, manader=val, varianter=varianter, initial=fragans_initial(simulering))
    if request.method == "POST" and form.is_valid():

        def gor() -> str:
            actions.andra_simulering(simulering=simulering, fraga=form.fraga(), av=inloggad(request))
            return "Frågan är ändrad."

        return forsok(request, simulering, gor)
    return render(request, "ersattning/simulering/fraga.html", {"form": form, "simulering": simulering})


@require_safe
@kraver(Ratt.SE_SIMULERINGAR)
def visa(request: HttpRequest, pk: int) -> HttpResponse:
    """The result; or what is asked, as long as there is none."""
    simulering = hamta_simulering(pk)
    if simulering.status == Simuleringslage.RAKNAS:
        return render(request, "ersattning/simulering/raknas.html", _framsteg(request, simulering))
    sammanhang = _om(request, simulering)
    if simulering.status != Simuleringslage.KLAR:
        return render(request, "ersattning/simulering/utkast.html", sammanhang | _varianter(simulering))
    return render(request, "ersattning/simulering/resultat.html", sammanhang | _resultat(hamta(simulering)))


def _om(request: HttpRequest, simulering: Simulering) -> dict[str, Any]:
    """What every page of a simulering says of it."""
    roller = inloggad(request).roller
    return {
        "simulering": simulering,
        "period": tables.period_i_ord(simulering),
        "utforare": list(simulering.utforare.values_list("namn", flat=True)),
        "lage": tables.lagesmarke(simulering.status),
        "far_simulera": _far_simulera(request),
        "far_utlatande": har_ratt(roller, Ratt.GORA_TJANSTEUTLATANDE),
        "andrat": queries.andrat_sedan(simulering) if simulering.status == Simuleringslage.KLAR else [],
    }


def _varianter(simulering: Simulering) -> dict[str, Any]:
    listor = dict(Prislista.objects.values_list("pk", "namn"))
    alla = simulering.varianter.filter(punkt=None).order_by("nummer")
    rader = [(ett, i_ord(ett.val, listor) if ett.nummer else ["Avtal och priser som de är"]) for ett in alla]
    fler = not queries.hinder_for_variant(simulering, None)
    return {"varianter": rader, "fler": fler, "utgar_fran": _utgar_fran(simulering)}


def _utgar_fran(simulering: Simulering) -> str:
    if not simulering.kanslighet:
        return ""
    namn = simulering.varianter.filter(nummer=simulering.kanslighet_av).values_list("namn", flat=True).first()
    return f"{Kanslighet(simulering.kanslighet).label}, från varianten ”{namn}”"


def _resultat(resultat: Resultat) -> dict[str, Any]:
    nu = resultat.varianter[0].kronor
    insatser = [rad.nyckel for rad in resultat.per_insats]
    budget = {
        rad.nyckel: f"{rad.budget:.2f}".replace(".", ",") for rad in resultat.per_insats if rad.budget is not None
    }
    har_budget = bool(budget)
    return {
        "resultat": resultat,
        "staplar": staplar([(ett.namn, ett.kronor) for ett in resultat.varianter]),
        "kurva": kurva(resultat.punkter, nu),
        "utgar_fran": _utgar_fran(resultat.simulering),
        "punkter": tables.Punkttabell(resultat) if resultat.punkter else None,
        "varianttabell": tables.Varianttabell(resultat),
        "utforartabell": tables.Utforartabell(resultat),
        "manadstabell": tables.Manadstabell(resultat) if len(resultat.per_manad) > 1 else None,
        "korstabeller": _korstabeller(resultat),
        "insatstabell": tables.Insatstabell(resultat) if len(resultat.per_insats) > 1 else None,
        "nivatabell": tables.Nivatabell(resultat) if len(resultat.per_niva) > 1 else None,
        "budgettabell": tables.Budgettabell(resultat) if har_budget else None,
        "budgetform": Budgetform(insatser=insatser, initial=budget),
        "flaggade": sum(1 for ett in resultat.utforande if ett.flaggor),
        "vinnare": vinnare_i_ord(
            [ett.namn for ett in resultat.andra], [(rad.namn, rad.mot) for rad in resultat.per_utforare]
        ),
        "timmar_bestallda": avrunda(resultat.volym.bestallda / 60, 0),
        "timmar_utforda": avrunda(Fraction(resultat.volym.utforda, 60), 0),
        "utforandegrad": andel_i_ord(resultat.volym.andel),
    }


def _korstabeller(resultat: Resultat) -> list[tuple[str, tables.Korstabell]]:
    """Utförare by month for each variant; none where there is one of either."""
    if len(resultat.korstabell) < 2 or len(resultat.per_manad) < 2:
        return []
    return [
        (f"{ett.namn}, mot i dag" if ett.nummer else ett.namn, tables.Korstabell(resultat, ett))
        for ett in resultat.varianter
    ]


@i_bakgrunden
@require_safe
@kraver(Ratt.SE_SIMULERINGAR)
def framsteg(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it has come, for a page that asks again and again; done: the page is to load anew."""
    simulering = hamta_simulering(pk)
    if simulering.status != Simuleringslage.RAKNAS:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "ersattning/simulering/_framsteg.html", _framsteg(request, simulering))


def _framsteg(request: HttpRequest, simulering: Simulering) -> dict[str, Any]:
    return {
        "simulering": simulering,
        "framsteg": queries.framsteg(simulering),
        "far_simulera": _far_simulera(request),
    }


@require_safe
@kraver(Ratt.SE_SIMULERINGAR)
def utforande(request: HttpRequest, pk: int) -> HttpResponse:
    """How much of what is ordered each utförare carries out, and what is worth asking about."""
    simulering = _klar(pk)
    resultat = hamta(simulering)
    return render(
        request,
        "ersattning/simulering/utforande.html",
        _om(request, simulering)
        | {
            "tabell": tables.Utforandetabell(resultat),
            "flaggade": [ett for ett in resultat.utforande if ett.flaggor],
            "resultat": resultat,
        },
    )


@require_safe
@kraver(Ratt.SE_SIMULERINGAR)
def arbetsbok(_: HttpRequest, pk: int) -> HttpResponse:
    """The result as a workbook: sums alone, no persons."""
    simulering = _klar(pk)
    fil = BytesIO()
    skriv_arbetsbok(fil, hamta(simulering))
    return som_fil(fil.getvalue(), f"simulering-{simulering.pk}.xlsx")


def _klar(pk: int) -> Simulering:
    simulering = hamta_simulering(pk)
    if simulering.status != Simuleringslage.KLAR:
        msg = "Simuleringen är inte räknad."
        raise Http404(msg)
    return simulering


@require_safe
@kraver(Ratt.SE_SIMULERINGAR)
def jamfor(request: HttpRequest) -> HttpResponse:
    """Two saved ones beside each other."""
    form = Jamforform(request.GET or None)
    jamforelse = None
    if form.is_bound and form.is_valid():
        jamforelse = jamfor_tva(hamta(form.cleaned_data["en"]), hamta(form.cleaned_data["annan"]))
    return render(request, "ersattning/simulering/jamfor.html", {"form": form, "jamforelse": jamforelse})


@require_POST
@kraver(Ratt.SIMULERA, egen_transaktion=True)
def rakna(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to calculate; the workers go on."""
    simulering = hamta_simulering(pk)

    def gor() -> str:
        startad = actions.starta_simulering(simulering=simulering, av=inloggad(request), nu=klocka.nu())
        tasks.skicka(startad)
        return "Simuleringen räknas."

    return forsok(request, simulering, gor)


@require_POST
@kraver(Ratt.SIMULERA)
def avbryt(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it."""
    simulering = hamta_simulering(pk)

    def gor() -> str:
        actions.avbryt_simulering(simulering=simulering, av=inloggad(request))
        return "Simuleringen är avbruten. Inget av resultatet är sparat."

    return forsok(request, simulering, gor)


@require_POST
@kraver(Ratt.SIMULERA)
def kopiera(request: HttpRequest, pk: int) -> HttpResponse:
    """The same question once more, to be changed."""
    simulering = hamta_simulering(pk)
    namn = f"Kopia av {simulering.namn}"[:100]
    kopia = actions.kopiera_simulering(simulering=simulering, namn=namn, av=inloggad(request), nu=klocka.nu())
    messages.success(request, "Kopian är sparad. Ändra och räkna.")
    return redirect("ersattning:simulering", kopia.pk)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SIMULERA)
def ta_bort(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then take it away."""
    simulering = hamta_simulering(pk)
    hinder = queries.hinder_for_borttagning(simulering)
    if request.method == "GET" or hinder:
        return render(request, "ersattning/simulering/ta_bort.html", {"simulering": simulering, "hinder": hinder})
    try:
        actions.ta_bort_simulering(simulering=simulering, av=inloggad(request))
    except Hindrad as fel:
        return _tillbaka(request, simulering, fel.orsaker)
    messages.success(request, f"Simuleringen ”{simulering.namn}” är borttagen.")
    return redirect("ersattning:simuleringar")


@require_POST
@kraver(Ratt.SIMULERA)
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """What to hold the result against."""
    simulering = _klar(pk)
    resultat = hamta(simulering)
    form = Budgetform(request.POST, insatser=[rad.nyckel for rad in resultat.per_insats])
    if not form.is_valid():
        sammanhang = _om(request, simulering) | _resultat(resultat) | {"budgetform": form}
        return render(request, "ersattning/simulering/resultat.html", sammanhang)

    def gor() -> str:
        actions.satt_budget(simulering=simulering, budget=form.budget(), av=inloggad(request))
        return "Budgeten är sparad."

    return forsok(request, simulering, gor)


def forsok(request: HttpRequest, simulering: Simulering, gor: Callable[[], str]) -> HttpResponse:
    """Do it and say what was done, or say why not; then back to the simulering."""
    try:
        messages.success(request, gor())
    except Hindrad as hinder:
        return _tillbaka(request, simulering, hinder.orsaker)
    except (BrokerFel, OSError):
        messages.warning(request, KO_SVARAR_INTE)
    return redirect("ersattning:simulering", simulering.pk)


def _tillbaka(request: HttpRequest, simulering: Simulering, hinder: list[str]) -> HttpResponse:
    for orsak in hinder:
        messages.error(request, orsak)
    return redirect("ersattning:simulering", simulering.pk)


def _far_simulera(request: HttpRequest) -> bool:
    return har_ratt(inloggad(request).roller, Ratt.SIMULERA)
