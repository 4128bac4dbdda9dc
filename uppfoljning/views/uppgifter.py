"""Files that reports are counted from: which there are, taking one in, and what is in one."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from grund import klocka
from grund.behorighet import Ratt, har_ratt, hinder_for_ratt
from grund.datapaket.fel import Fel
from grund.tillgang import inloggad, kraver
from uppfoljning.models import Uppgiftsfil
from uppfoljning.uppgifter.forms import Uppgiftsform
from uppfoljning.uppgifter.inlasning import UppgifterNekade, las_in_uppgifter
from uppfoljning.uppgifter.queries import filer, gallande_per_period
from uppfoljning.uppgifter.register import SLAG
from uppfoljning.uppgifter.tables import Filtabell, som_text
from uppfoljning.uppgifter.typ import Uppgiftsslag
from utforare.views.steg import forsok

PER_SIDA = 50


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def uppgifter(request: HttpRequest) -> HttpResponse:
    """The kinds of files, and which period each is known for."""
    slagen = [(slag, gallande_per_period(slag.nyckel)) for slag in SLAG.values()]
    return render(request, "uppfoljning/uppgifter/lista.html", {"slagen": slagen})


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SE_UNDERLAG)
def slag(request: HttpRequest, nyckel: str) -> HttpResponse:
    """What has been taken in of a kind. A post takes in a file, whole or not at all."""
    ett, vem = _slag(nyckel), inloggad(request)
    far_lasa_in = har_ratt(vem.roller, Ratt.SKOTA_UPPFOLJNING)
    form = Uppgiftsform(request.POST or None, request.FILES or None, slag=ett, idag=klocka.idag())
    brister: list[Fel] = []

    def gor() -> str:
        try:
            fil = las_in_uppgifter(
                slag=ett,
                period=form.cleaned_data.get("period", ""),
                innehall=form.cleaned_data["fil"].read(),
                filnamn=form.cleaned_data["fil"].name,
                kalla=form.cleaned_data["kalla"],
                av=vem,
                nu=klocka.nu(),
            )
        except UppgifterNekade as nekade:
            brister.extend(nekade.fel)
            raise
        return f"{fil.filnamn} är inläst, och är den som gäller."

    if request.method == "POST":
        if hinder := hinder_for_ratt(vem.roller, Ratt.SKOTA_UPPFOLJNING):
            form.add_error(None, " ".join(hinder))
        elif forsok(request, form, gor):
            return redirect("uppfoljning:uppgiftsslag", nyckel)
    tabell = Filtabell(filer(nyckel), gallande=frozenset(fil.pk for fil in gallande_per_period(nyckel).values()))
    RequestConfig(request, paginate={"per_page": PER_SIDA}).configure(tabell)
    kontext = {"slag": ett, "form": form, "brister": brister, "tabell": tabell, "far_lasa_in": far_lasa_in}
    return render(request, "uppfoljning/uppgifter/slag.html", kontext)


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def mall(_: HttpRequest, nyckel: str) -> HttpResponse:
    """An empty file of the kind."""
    svar = HttpResponse(_slag(nyckel).mall, content_type="text/csv; charset=utf-8")
    svar["Content-Disposition"] = f'attachment; filename="{nyckel}.csv"'
    return svar


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def fil(request: HttpRequest, pk: int) -> HttpResponse:
    """A file's rows, as they are kept."""
    ett = get_object_or_404(Uppgiftsfil.objects.select_related("inlast_av"), pk=pk)
    slaget = _slag(ett.slag)
    pekare = [falt.modellfalt for falt in slaget.falt if falt.pekar_pa]
    alla = slaget.modell._default_manager.filter(fil=ett).select_related(*pekare).order_by("rad")
    sida = Paginator(alla, PER_SIDA).get_page(request.GET.get("page"))
    visade = () if slaget.dolda else sida
    rader = [(rad.rad, [som_text(getattr(rad, falt.modellfalt)) for falt in slaget.falt]) for rad in visade]
    kontext = {"fil": ett, "slag": slaget, "rader": rader, "sida": sida}
    return render(request, "uppfoljning/uppgifter/fil.html", kontext)


def _slag(nyckel: str) -> Uppgiftsslag:
    if nyckel not in SLAG:
        msg = "Det finns inget sådant slag av fil."
        raise Http404(msg)
    return SLAG[nyckel]
