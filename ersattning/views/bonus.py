"""Claims for arbetsbonus at the municipality: the list, and the page where one is decided."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from beslut import tillgang
from beslut.visning import person_i_ord
from ersattning import bonusansokningar, bonusbeslut, bonusord, intyg
from ersattning.bonusformular import AVSLAG, BIFALL, Beslutsform
from ersattning.bonusprovning import Regelprovning, provningar
from ersattning.models import Anstallning, Bonusansokan, Bonusansokansteg
from ersattning.regler import Ansokanstatus, Bonusbesked
from grund import klocka
from grund.behorighet import Ratt, har_ratt
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord, giltig_i_ord, stor_forsta
from grund.tillgang import inloggad, kraver

PER_SIDA = 50
_LISTA = "ersattning:kommunens_bonusansokningar"


@require_safe
@kraver(Ratt.SE_BONUS)
def lista(request: HttpRequest) -> HttpResponse:
    """All claims, those that wait first, with persons by initials."""
    vem = inloggad(request)
    alla = sorted(bonusansokningar.ansokningar(), key=lambda ett: ett.status != Ansokanstatus.INSKICKAD)
    sida = Paginator(alla, PER_SIDA).get_page(request.GET.get("sida"))
    tillgang.anteckna(request, *{ett.person_id for ett in sida}, sida="ansökningar om arbetsbonus")
    kontext = {
        "sida": sida,
        "ansokningar": [_rad(ett, vem) for ett in sida],
        "vantar": sum(1 for ett in alla if ett.status == Ansokanstatus.INSKICKAD),
        "villkor": bonusansokningar.villkor(klocka.idag()),
    }
    return render(request, "ersattning/bonus/lista.html", kontext)


def _rad(ansokan: Bonusansokan, vem: Anvandare) -> dict[str, Any]:
    synlig = tillgang.far_se(vem, ansokan.person)
    return {
        "ansokan": ansokan,
        "person": person_i_ord(ansokan.person),
        "synlig": synlig,
        "marke": bonusord.marke(ansokan),
        "arbetsgivare": ansokan.arbetsgivare if synlig else "",
    }


def _hamta(request: HttpRequest, pk: int) -> Bonusansokan:
    """The claim, logged. ArSkyddad when the person is not for this user: where one works may tell where one is."""
    ansokan = bonusansokningar.ansokningar().filter(pk=pk).first()
    if ansokan is None:
        msg = "Ansökan finns inte."
        raise Http404(msg)
    if not tillgang.far_se(inloggad(request), ansokan.person):
        raise tillgang.ArSkyddad
    tillgang.anteckna(request, ansokan.person_id, sida="ansökan om arbetsbonus, prövning")
    return ansokan


@require_http_methods(["GET", "POST"])
@kraver(Ratt.SE_BONUS)
def ansokan(request: HttpRequest, pk: int) -> HttpResponse:
    """Each condition met or not, what would be paid and when, and the decision."""
    ett, vem = _hamta(request, pk), inloggad(request)
    provade = provningar(ett)
    hinder = bonusbeslut.hinder_for_beslut(ett, vem)
    form = None if hinder and request.method == "GET" else _form(request, ett, provade, vem)
    if form and request.method == "POST" and form.is_valid() and _besluta(request, form, ett, vem):
        return redirect(_LISTA)
    kontext = _kontext(ett, vem, provade) | {"form": form, "hinder": hinder}
    return render(request, "ersattning/bonus/ansokan.html", kontext)


def _form(request: HttpRequest, ansokan: Bonusansokan, provade: list[Regelprovning], vem: Anvandare) -> Beslutsform:
    return Beslutsform(
        request.POST or None,
        initial={"version": ansokan.version},
        ger=any(ett.ger for ett in provade),
        kan_kompletteras=not bonusbeslut.hinder_for_komplettering(ansokan, vem, klocka.idag()),
    )


def _besluta(request: HttpRequest, form: Beslutsform, ansokan: Bonusansokan, vem: Anvandare) -> bool:
    data = form.cleaned_data
    allmant: dict[str, Any] = {"ansokan": ansokan, "motiv": data["motiv"], "version": data["version"]}
    allmant |= {"av": vem, "nu": klocka.nu()}
    try:
        if data["beslut"] == BIFALL:
            ny = bonusbeslut.bevilja(idag=klocka.idag(), **allmant)
            messages.success(request, f"Ansökan är beviljad. Anställningen är registrerad som {ny.anstallning_nyckel}.")
        elif data["beslut"] == AVSLAG:
            bonusbeslut.avsla(**allmant)
            messages.success(request, "Ansökan är avslagen. Utföraren ser motiveringen.")
        else:
            bonusbeslut.begar_komplettering(**allmant)
            messages.success(request, "Komplettering är begärd. Utföraren ser vad som saknas.")
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            form.add_error(None, orsak)
        return False
    return True


def _kontext(ansokan: Bonusansokan, vem: Anvandare, provade: list[Regelprovning]) -> dict[str, Any]:
    jobb = Anstallning.objects.filter(nyckel=ansokan.anstallning_nyckel).first()
    return {
        "ansokan": ansokan,
        "person": person_i_ord(ansokan.person),
        "marke": bonusord.marke(ansokan),
        "provade": provade,
        "ger": sum(ett.ger for ett in provade),
        "steg": [_steg(ett) for ett in bonusbeslut.stegen(ansokan)],
        "finns": bonusbeslut.befintlig(ansokan) if ansokan.status != Ansokanstatus.BEVILJAD else None,
        "anstallning": jobb,
        "fakta": _fakta(ansokan, jobb),
        "far_prova": har_ratt(vem.roller, Ratt.PROVA_BONUS),
        "gallande": bonusansokningar.pagar(ansokan, klocka.idag()),
    }


def _steg(steg: Bonusansokansteg) -> dict[str, Any]:
    vem = steg.av.get_full_name() or steg.av.get_username()
    vad = f"{vem} {Bonusbesked(steg.slag).label}"
    return {"vad": vad, "nar": steg.tidpunkt, "text": steg.text, "pk": steg.pk if steg.sokvag else None}


def _fakta(ansokan: Bonusansokan, jobb: Anstallning | None) -> list[tuple[str, str]]:
    grad = f"{ansokan.sysselsattningsgrad.normalize():f}\xa0%".replace(".", ",")
    par = [
        ("Arbetsgivare", ansokan.arbetsgivare),
        ("Första dag", datum_i_ord(ansokan.fran)),
        ("Form", stor_forsta(ansokan.get_anstallningsform_display())),
        ("Sysselsättningsgrad", grad),
        ("Enhet", f"{ansokan.enhet.namn}, {ansokan.enhet.utforare.namn}"),
        ("Verkställighet", ansokan.verkstallighet_nyckel),
    ]
    if jobb:
        par.append(("Anställning", f"{jobb.nyckel}, {giltig_i_ord(jobb.fran, jobb.till)}"))
    return par


@require_safe
@kraver(Ratt.SE_BONUS)
def intyg_for_kommunen(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper of a claim."""
    ett = bonusansokningar.ansokningar().filter(pk=pk).first()
    if ett is None or not tillgang.far_se(inloggad(request), ett.person):
        msg = "Ansökan finns inte bland dem som du får se."
        raise Http404(msg)
    return lamna_intyg(request, ett.person_id, ett.sokvag, ett.sha256, ett.intyg_namn)


@require_safe
@kraver(Ratt.SE_BONUS)
def stegets_intyg(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper that came with an answer."""
    urval = Bonusansokansteg.objects.select_related("ansokan__person").exclude(sokvag="")
    steg = urval.filter(pk=pk).first()
    if steg is None or not tillgang.far_se(inloggad(request), steg.ansokan.person):
        msg = "Intyget finns inte bland dem som du får se."
        raise Http404(msg)
    return lamna_intyg(request, steg.ansokan.person_id, steg.sokvag, steg.sha256, steg.intyg_namn)


def lamna_intyg(request: HttpRequest, person: int, sokvag: str, sha256: str, namn: str) -> HttpResponse:
    """A paper as it was handed in, logged; no such page when it is lost or altered."""
    innehall = intyg.las(sokvag, sha256)
    if innehall is None:
        msg = "Intyget saknas på disken eller har ändrats. Lägg tillbaka det från säkerhetskopian."
        raise Http404(msg)
    tillgang.anteckna(request, person, sida="intyg om anställning")
    svar = HttpResponse(innehall, content_type=intyg.mimetyp(sokvag))
    svar["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=namn)
    return svar
