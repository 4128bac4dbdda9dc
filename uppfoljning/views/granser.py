"""The rules, what they go by, and a new version of a limit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.text import tal, tidpunkt_i_ord
from grund.tillgang import inloggad, kraver
from uppfoljning.kontroll.forms import Gransform
from uppfoljning.kontroll.granser import gallande, satt_grans
from uppfoljning.kontroll.koder import Omrade
from uppfoljning.kontroll.register import GRANSER, REGLER, regler
from uppfoljning.models import Fyndgrans
from utforare.views.steg import forsok


@require_safe
@kraver(Ratt.SE_UNDERLAG)
def kontrollregler(request: HttpRequest) -> HttpResponse:
    """What is looked for in the data, why, and what to do."""
    return _reglerna(request, Omrade.KVALITET, "Regler för datakvalitet")


@require_safe
@kraver(Ratt.SE_SIGNALER)
def signalregler(request: HttpRequest) -> HttpResponse:
    """The same for what is worth a look."""
    return _reglerna(request, Omrade.SIGNAL, "Regler för det som är värt att titta på")


def _reglerna(request: HttpRequest, omrade: Omrade, rubrik: str) -> HttpResponse:
    varden = gallande()
    rader = [
        (ett, [(grans, f"{tal(varden[grans.nyckel])} {grans.enhet}") for grans in ett.granser])
        for ett in regler(omrade)
    ]
    far = har_ratt(inloggad(request).roller, Ratt.SKOTA_GRANSER)
    return render(
        request,
        "uppfoljning/kontrollregler.html",
        {"rubrik": rubrik, "regler": rader, "far_andra": far, "signaler": omrade == Omrade.SIGNAL},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@kraver(Ratt.SKOTA_GRANSER)
def grans(request: HttpRequest, nyckel: str) -> HttpResponse:
    """A limit, its versions, and the form of the next."""
    if nyckel not in GRANSER:
        msg = "Det finns ingen sådan gräns."
        raise Http404(msg)
    ett, form = GRANSER[nyckel], Gransform(request.POST or None, grans=GRANSER[nyckel])

    def gor() -> str:
        satt_grans(grans=ett, **form.cleaned_data, av=inloggad(request), nu=klocka.nu())
        return "Gränsen är ändrad. Den gäller från nästa kontroll."

    if request.method == "POST" and forsok(request, form, gor):
        return redirect("uppfoljning:grans", nyckel)
    regel = next(regel for regel in REGLER.values() if ett in regel.granser)
    vy = "kontrollregler" if regel.omrade == Omrade.KVALITET else "signalregler"
    versioner = Fyndgrans.objects.filter(nyckel=nyckel).select_related("satt_av").order_by("-pk")
    kontext = {
        "grans": ett,
        "regel": regel,
        "reglerna": reverse(f"uppfoljning:{vy}"),
        "nu": f"{tal(gallande()[nyckel])} {ett.enhet}",
        "forval": f"{tal(ett.forval)} {ett.enhet}",
        "versioner": [
            (tal(rad.varde), tidpunkt_i_ord(rad.satt), rad.satt_av.get_full_name() or rad.satt_av.username, rad.skal)
            for rad in versioner
        ],
        "form": form,
    }
    return render(request, "uppfoljning/grans.html", kontext)
