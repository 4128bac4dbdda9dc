"""What a utförare is paid for: its own months, rows and files; and its claims for arbetsbonus."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from beslut.models import Person
from beslut.tillgang import ArSkyddad, anteckna, far_se, namn
from ersattning import bonusansokningar, bonusbeslut, queries, utforarens
from ersattning.bonusform import Bonusform
from ersattning.bonusformular import Svarsform
from ersattning.bonusord import marke
from ersattning.filer import lager
from ersattning.forklaring import dokument
from ersattning.forklaring.hamta import forklara
from ersattning.forklaring.ord import enhet_i_ord
from ersattning.models import Bonusansokan, Ersattningsrad, Korning
from ersattning.regler import Ansokanstatus
from ersattning.views.bonus import lamna_intyg
from ersattning.views.korningar import hamta
from grund import klocka
from grund.behorighet import Ratt
from grund.filsvar import som_fil
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import svensk_ordning
from grund.tid import Manad
from grund.tillgang import inloggad, kraver
from utforare.models import Enhet, Utforare, Verkstallighet
from utforare.tillgang import enheter, hamta_enhet, min_utforare, namn_vid


def _egen(request: HttpRequest) -> Utforare:
    utforare = min_utforare(inloggad(request), klocka.idag())
    if utforare is None:
        msg = "Du hör inte till någon utförare."
        raise Http404(msg)
    return utforare


def _mina(request: HttpRequest) -> list[Enhet]:
    return list(enheter(inloggad(request), klocka.idag()))


@kraver(Ratt.RAPPORTERA)
def manader(request: HttpRequest) -> HttpResponse:
    """The settled months, with their files."""
    utforare = min_utforare(inloggad(request), klocka.idag())
    kontext = {"utforare": utforare, "manader": utforarens.manader(utforare, _mina(request)) if utforare else []}
    return render(request, "ersattning/utforarens.html", kontext)


@kraver(Ratt.RAPPORTERA)
def manad(request: HttpRequest, manad: Manad) -> HttpResponse:
    """A settled month: summed by artikel, its files, and the user's own enheter."""
    utforare, korning = _egen(request), _fast(manad)
    poster = [replace(ett, enhet=enhet_i_ord(ett.enhet, ett.antal)) for ett in utforarens.poster(korning, utforare)]
    mina = _mina(request)
    kontext = {
        "utforare": utforare,
        "manad": manad,
        "poster": poster,
        "summa": sum(post.belopp for post in poster),
        "enheter": utforarens.enheternas_summor(korning, mina),
        "justeringar": utforarens.utan_enhet(korning, utforare),
        "filer": utforarens.filer(utforare, mina).filter(korning=korning),
        "andras": utforarens.har_andras(korning, utforare, mina),
    }
    return render(request, "ersattning/utforarens_manad.html", kontext)


def _fast(manad: Manad) -> Korning:
    """The settled körning of the month, or no such page."""
    korning = hamta(manad)
    if not korning.ar_fast:
        msg = f"{manad} är inte fastställd."
        raise Http404(msg)
    return korning


@kraver(Ratt.RAPPORTERA)
def rader(request: HttpRequest, manad: Manad, pk: int) -> HttpResponse:
    """The rows of one of the user's enheter."""
    enhet, vem = hamta_enhet(request, pk), inloggad(request)
    namn = namn_vid(vem, enhet, klocka.idag())
    alla = list(utforarens.rader(_fast(manad), enhet))
    visade = [rad.person for rad in alla if rad.person and far_se(vem, rad.person)]
    anteckna(request, *(person.pk for person in visade), sida="underlag för ersättning")
    kontext = {
        "enhet": enhet,
        "manad": manad,
        "rader": [
            (rad, _vems(rad, namn), rad.person_id is None or bool(rad.person and far_se(vem, rad.person)))
            for rad in alla
        ],
        "summa": sum(rad.belopp for rad in alla),
    }
    return render(request, "ersattning/utforarens_rader.html", kontext)


def _vems(rad: Ersattningsrad, namn: Callable[[Person], str]) -> str:
    """Whom the row is about. One whose verkställighet has been taken back since may be nobody that they know."""
    if rad.person:
        return namn(rad.person)
    return "Hela enheten" if rad.person_id is None else "Någon som inte längre är hos er"


@kraver(Ratt.RAPPORTERA)
def fil(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One of the utförare's own files, as it was made."""
    filen = utforarens.filer(_egen(request), _mina(request)).filter(pk=pk).first()
    if filen is None:
        msg = "Filen finns inte bland dina."
        raise Http404(msg)
    if lager.fel_pa_fil(filen):
        messages.error(request, "Filen går inte att lämna ut just nu. Hör av dig till kommunens controller.")
        return redirect("ersattning:utforarens")
    anteckna(request, *queries.personer_i(filen.korning, filen.utforare_id), sida="underlag för ersättning, fil")
    plats = lager.plats(filen.sokvag)
    return FileResponse(plats.open("rb"), as_attachment=True, filename=plats.name)


@kraver(Ratt.RAPPORTERA)
def forklaring(request: HttpRequest, pk: int) -> HttpResponse:
    """Why one of the own rows pays what it pays, as a document."""
    vem = inloggad(request)
    rad = utforarens.rad(pk, list(enheter(vem, klocka.idag())))
    forklarad = forklara(pk) if rad else None
    if rad is None or forklarad is None or (rad.person_id and rad.person is None):
        msg = "Raden finns inte bland dina."
        raise Http404(msg)
    if rad.person:
        if not far_se(vem, rad.person):
            raise ArSkyddad
        anteckna(request, rad.person.pk, sida="ersättningsrad som PDF")
    return som_fil(dokument.gor(forklarad), dokument.filnamn(forklarad))


@kraver(Ratt.RAPPORTERA)
def bonus(request: HttpRequest) -> HttpResponse:
    """The user's enheter; straight to the claims when there is only one."""
    alla = list(enheter(inloggad(request), klocka.idag()))
    if len(alla) == 1:
        return redirect("ersattning:bonusansokningar", alla[0].pk)
    kontext = {"enheter": alla, "villkor": bonusansokningar.villkor(klocka.idag())}
    return render(request, "ersattning/bonus.html", kontext)


@kraver(Ratt.RAPPORTERA)
def ansokningar(request: HttpRequest, pk: int) -> HttpResponse:
    """The claims of an enhet, and what the terms ask for."""
    enhet, vem = hamta_enhet(request, pk), inloggad(request)
    namn = namn_vid(vem, enhet, klocka.idag())
    alla = list(bonusansokningar.ansokningar([enhet]))
    oppna = set(bonusansokningar.far_lasa_intyg(vem, klocka.idag()).filter(enhet=enhet).values_list("pk", flat=True))
    anteckna(request, *(ett.person_id for ett in alla if far_se(vem, ett.person)), sida="ansökningar om arbetsbonus")
    kontext = {
        "enhet": enhet,
        "ansokningar": [
            {
                "ett": ett,
                "namn": namn(ett.person),
                "synlig": far_se(vem, ett.person),
                "oppen": far_se(vem, ett.person) and ett.pk in oppna,
                "marke": marke(ett),
                "besked": bonusbeslut.stegen(ett)[-1:],
            }
            for ett in alla
        ],
        "villkor": bonusansokningar.villkor(klocka.idag()),
    }
    return render(request, "ersattning/bonusansokningar.html", kontext)


@kraver(Ratt.RAPPORTERA)
def ansok(request: HttpRequest, pk: int) -> HttpResponse:
    """Send in a claim for somebody at the enhet."""
    enhet, vem, idag = hamta_enhet(request, pk), inloggad(request), klocka.idag()
    verk = list(bonusansokningar.valbara(vem, idag).filter(enhet=enhet))
    verk.sort(key=lambda ett: svensk_ordning(namn(vem, ett.beslut.person)))
    val = [(ett.pk, namn(vem, ett.beslut.person)) for ett in verk]
    form = Bonusform(request.POST or None, request.FILES or None, val=val)
    if request.method == "POST" and form.is_valid():
        try:
            ansokan = _skicka_in(form, form.valt(verk), vem)
        except Hindrad as hinder:
            form.add_error(None, " ".join(hinder.orsaker))
        else:
            anteckna(request, ansokan.person_id, sida="ansökan om arbetsbonus")
            messages.success(request, "Ansökan är inskickad. Kommunen prövar den mot villkoren.")
            return redirect("ersattning:bonusansokningar", enhet.pk)
    kontext = {"enhet": enhet, "form": form, "villkor": bonusansokningar.villkor(idag)}
    return render(request, "ersattning/bonusansokan.html", kontext)


def _skicka_in(form: Bonusform, verk: Verkstallighet, av: Anvandare) -> Bonusansokan:
    data = form.cleaned_data
    falt = ("arbetsgivare", "fran", "sysselsattningsgrad", "anstallningsform")
    uppgifter = bonusansokningar.Uppgifter(**{namnet: data[namnet] for namnet in falt})
    return bonusansokningar.ansok(
        verk=verk, uppgifter=uppgifter, intyg=data["intyg"], av=av, idag=klocka.idag(), nu=klocka.nu()
    )


@kraver(Ratt.RAPPORTERA)
def intyg_for_utforare(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper of one of the own claims, while the utförare may see the person."""
    vem = inloggad(request)
    ansokan = bonusansokningar.far_lasa_intyg(vem, klocka.idag()).filter(pk=pk).first()
    if ansokan is None:
        msg = "Ansökan finns inte bland dem som du får öppna."
        raise Http404(msg)
    if not far_se(vem, ansokan.person):
        raise ArSkyddad
    return lamna_intyg(request, ansokan.person_id, ansokan.sokvag, ansokan.sha256, ansokan.intyg_namn)


@require_http_methods(["GET", "POST"])
@kraver(Ratt.RAPPORTERA)
def komplettera(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what the municipality has asked of a claim."""
    vem = inloggad(request)
    ansokan = bonusansokningar.far_lasa_intyg(vem, klocka.idag()).filter(pk=pk).first()
    if ansokan is None:
        msg = "Ansökan finns inte bland dem som du får öppna."
        raise Http404(msg)
    if not far_se(vem, ansokan.person):
        raise ArSkyddad
    anteckna(request, ansokan.person_id, sida="ansökan om arbetsbonus, komplettering")
    form = Svarsform(request.POST or None, request.FILES or None, initial={"version": ansokan.version})
    if request.method == "POST" and form.is_valid() and _komplettera(form, ansokan, vem):
        messages.success(request, "Kompletteringen är skickad.")
        return redirect("ersattning:bonusansokningar", ansokan.enhet_id)
    kontext = {
        "ansokan": ansokan,
        "namn": namn(vem, ansokan.person),
        "form": form if ansokan.status == Ansokanstatus.KOMPLETTERAS or form.is_bound else None,
        "steg": bonusbeslut.stegen(ansokan),
    }
    return render(request, "ersattning/bonus/komplettera.html", kontext)


def _komplettera(form: Svarsform, ansokan: Bonusansokan, av: Anvandare) -> bool:
    data = form.cleaned_data
    try:
        bonusbeslut.komplettera(
            ansokan=ansokan, text=data["text"], intyg=data["intyg"], version=data["version"], av=av, nu=klocka.nu()
        )
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            form.add_error(None, orsak)
        return False
    return True
