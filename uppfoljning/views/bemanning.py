"""The keys from levels to staff: their versions, one of them, and a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from beslut.ord import insats_i_ord, niva_i_ord
from beslut.views.gemensamt import lyckas
from grund import klocka
from grund.arbetsbok import Kolumn, Slag
from grund.behorighet import Ratt, har_ratt
from grund.skickat import pk_ur
from grund.text import datum_i_ord, och, stor_forsta, tal
from grund.tillgang import inloggad, kraver
from uppfoljning.bemanningsatgarder import registrera_bemanningsnyckel
from uppfoljning.models import Bemanningsnyckel
from uppfoljning.rapport.innehall import Rad, Tabell
from uppfoljning.rapporter.behov_mot_bemanning.formular import Nivaformset, Nyckelform, fran_nyckel, som_forslag
from uppfoljning.rapporter.behov_mot_bemanning.listor import NYCKEL
from uppfoljning.rapporter.behov_mot_bemanning.regler import Boendeform, Nattform
from uppfoljning.views.sida import Sidodel, under_rapporter, visa

_LISTA = "uppfoljning:bemanningsnycklar"
_INGRESS = "Hur många timmar i veckan en nivå behöver. Kommunens egen nyckel: en version ändras aldrig, den ersätts."


def _smulor(*sist: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Behov mot bemanning", reverse("uppfoljning:rapport", args=[NYCKEL])), *sist]


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def nycklar(request: HttpRequest) -> HttpResponse:
    """Every version, the latest of each insats first."""
    kolumner = (Kolumn("Version"), Kolumn("Gäller från", Slag.DATUM), Kolumn("Bygger på", Slag.STYCKE))
    alla = Bemanningsnyckel.objects.order_by("insats", "-fran", "-version")
    rader = tuple(
        Rad(
            (f"{stor_forsta(insats_i_ord(ett.insats))}, version {ett.version}", ett.fran, ett.motiv),
            reverse("uppfoljning:bemanningsnyckel", args=[ett.pk]),
        )
        for ett in alla
    )
    tabell = Tabell("nycklar", "Versioner, den senaste först", kolumner, rader, tom="Det finns ingen nyckel än.")
    far = har_ratt(inloggad(request).roller, Ratt.SKOTA_UPPFOLJNING)
    knappar = [("Ny nyckel", reverse("uppfoljning:ny_bemanningsnyckel"))] if far else []
    delar = [Sidodel("versioner", "Versioner", tabeller=[tabell])]
    smulor = _smulor(("Bemanningsnycklar", ""))
    return visa(request, "Bemanningsnycklar", delar, smulor=smulor, ingress=_INGRESS, knappar=knappar)


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def nyckel(request: HttpRequest, pk: int) -> HttpResponse:
    """A version: what holds for all levels, and each level."""
    ett = get_object_or_404(Bemanningsnyckel.objects.select_related("registrerad_av"), pk=pk)
    rubrik = f"{stor_forsta(insats_i_ord(ett.insats))}, version {ett.version}"
    vem = ett.registrerad_av
    fakta = [
        ("Gäller från", datum_i_ord(ett.fran)),
        ("En årsarbetare", f"{tal(ett.heltid, 2, minst=0)} timmar i veckan"),
        ("Natten", f"{tal(ett.natt_timmar, 2, minst=0)} timmar i veckan"),
        ("Jourtimme", f"Räknas till {tal(ett.jour_andel * 100, 2, minst=0)} procent som arbete"),
        ("Natten avgörs av", _natten(ett)),
        ("Ojämnt", f"När högst är minst {tal(ett.ojamn_kvot, 2, minst=0)} gånger lägst"),
        ("Bygger på", ett.motiv),
        ("Registrerad av", (vem.get_full_name() or vem.username) if vem else "Systemet"),
    ]
    far = har_ratt(inloggad(request).roller, Ratt.SKOTA_UPPFOLJNING)
    ny = f"{reverse('uppfoljning:ny_bemanningsnyckel')}?efter={ett.pk}"
    delar = [Sidodel("allmant", "För alla nivåer", fakta=fakta), Sidodel("nivaer", "Nivåer", tabeller=[_nivaer(ett)])]
    return visa(
        request,
        rubrik,
        delar,
        smulor=_smulor(("Bemanningsnycklar", reverse(_LISTA)), (f"Version {ett.version}", "")),
        ingress=_INGRESS,
        knappar=[("Gör en ny version", ny)] if far else [],
    )


def _natten(ett: Bemanningsnyckel) -> str:
    if not ett.natt_omrade:
        return "Nivån"
    return (
        f"Svaret i området {ett.natt_omrade}: sovande jour från {ett.jour_fran}, vaken natt från {ett.vaken_fran}."
        " Utan svar, eller med 8 eller 9, avgör nivån."
    )


def _nivaer(ett: Bemanningsnyckel) -> Tabell:
    kolumner = (
        Kolumn("Nivå"),
        Kolumn("Dag, timmar", Slag.ANTAL),
        Kolumn("Kväll, timmar", Slag.ANTAL),
        Kolumn("Natt, timmar", Slag.ANTAL),
        Kolumn("Natten"),
        Kolumn("Passar i"),
    )
    rader = tuple(
        Rad(
            (
                stor_forsta(niva_i_ord(rad.niva)),
                rad.dag,
                rad.kvall,
                rad.natt,
                stor_forsta(str(Nattform(rad.nattform).label)),
                stor_forsta(och([str(Boendeform(form).label) for form in rad.boendeformer])) or "Alla boendeformer",
            )
        )
        for rad in ett.nivaer.all()
    )
    return Tabell("nivaer", "Timmar per vecka för en person", kolumner, rader)


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_UPPFOLJNING)
def ny(request: HttpRequest) -> HttpResponse:
    """A new version; the address may say which one the form begins with."""
    efter = pk_ur(request.GET.get("efter", ""))
    fore = Bemanningsnyckel.objects.filter(pk=efter).first() if efter is not None else None
    forst, nivaer = fran_nyckel(fore, klocka.idag())
    form = Nyckelform(request.POST or None, initial=forst)
    rader = Nivaformset(request.POST or None, initial=nivaer, prefix="nivaer")

    def gor() -> None:
        ett = registrera_bemanningsnyckel(forslag=som_forslag(form, rader), av=inloggad(request), nu=klocka.nu())
        messages.success(request, f"Version {ett.version} gäller från {datum_i_ord(ett.fran)}.")

    if request.method == "POST" and all([form.is_valid(), rader.is_valid()]) and lyckas(form, gor):
        return redirect(_LISTA)
    kontext = {
        "form": form,
        "rader": rader,
        "radnamn": "Nivåer",
        "rubrik": "Ny version av bemanningsnyckel" if fore else "Ny bemanningsnyckel",
        "ingress": _INGRESS,
        "avbryt": reverse(_LISTA),
        "smulor": under_rapporter(request, _smulor(("Bemanningsnycklar", reverse(_LISTA)), ("Ny version", ""))),
    }
    return render(request, "uppfoljning/avtal/rader.html", kontext)
