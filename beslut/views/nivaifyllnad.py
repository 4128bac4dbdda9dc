"""To fill in a nivåbedömning and to look at one: the same for a handläggare and an utförare, who come by ways of
their own (each with its guard) and go on to addresses of their own (`rymd`, the app's namespace)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from beslut import nivaarenden, nivavisning, tillgang
from beslut.actions.nivaarende import kasta_utkast, skicka_in, spara_bedomning
from beslut.forms.niva import Bedomningsform
from beslut.models import Nivaarende
from beslut.models.nivaarende import Arendelage
from beslut.nivapoang import berakna
from beslut.ord import insats_i_ord
from grund import klocka
from grund.hinder import Hindrad
from grund.models import Handelse
from grund.text import tidpunkt_kort
from grund.tillgang import inloggad, sedd_version


def fyll_i(request: HttpRequest, arende: Nivaarende, rymd: str) -> HttpResponse:
    """Answer, save as a draft, count, or send in."""
    vem = inloggad(request)
    if hinder := nivaarenden.hinder_for_andring(arende, vem):
        for orsak in hinder:
            messages.error(request, orsak)
        return redirect(f"{rymd}:nivaarende", arende.pk)
    forra = nivaarenden.forra(arende.person_id, arende.insats, arende)
    form = Bedomningsform(request.POST or None, arende=arende, forra=forra.svar if forra else {})
    gor, hinder = request.POST.get("gor", ""), []
    if request.method == "POST" and form.is_valid() and gor in {"spara", "skicka"}:
        try:
            return _spara(request, arende, form, rymd, skicka=gor == "skicka")
        except Hindrad as fel:
            hinder = fel.orsaker
    kontext = _kontext(request, arende) | {
        "form": form,
        "forra": forra,
        "fore_utan_svar": nivavisning.jamforelse(arende, forra).fore_utan_svar,
        "poang": poang(arende, form),
        "hinder": hinder,
        "rymd": rymd,
    }
    return render(request, "beslut/nivaarende/fyll_i.html", kontext)


def rakna(request: HttpRequest, arende: Nivaarende) -> HttpResponse:
    """The sum and the level of what is filled in so far; nothing is saved."""
    form = Bedomningsform(request.POST, arende=arende, forra={})
    return render(request, "beslut/nivaarende/_poang.html", {"poang": poang(arende, form)})


def ska_bara_raknas(request: HttpRequest, arende: Nivaarende) -> bool:
    """Whether the page's script asks for the sum of one's own answers: the person is open there already, and logged."""
    egen = arende.bedomare_id == inloggad(request).pk
    return egen and bool(request.headers.get("HX-Request")) and request.POST.get("gor") == "rakna"


def poang(arende: Nivaarende, form: Bedomningsform) -> dict[str, str]:
    """What the form's answers come to; before it is filled in, the stored ones."""
    form.is_valid()
    if form.is_bound:
        utfall = berakna(arende.instrument.skala(), {kod: ett.svar for kod, ett in form.svar().items()})
    else:
        utfall = nivaarenden.poang(arende)
    return nivavisning.poangrad(utfall, nivavisning.mest_poang(arende.instrument))


def _spara(request: HttpRequest, arende: Nivaarende, form: Bedomningsform, rymd: str, *, skicka: bool) -> HttpResponse:
    """Save; and send in, when that is what was asked. What cannot be sent in is saved all the same, and says why."""
    vem = inloggad(request)
    sparat = spara_bedomning(
        arende=arende,
        svar=form.svar(),
        onskad_fran=form.cleaned_data["onskad_fran"],
        sammanfattning=form.cleaned_data["sammanfattning"],
        av=vem,
        version=form.cleaned_data["version"],
    )
    if not skicka:
        messages.success(request, "Utkastet är sparat.")
        return redirect(f"{rymd}:nivaarende_fyll_i", arende.pk)
    try:
        skicka_in(arende=sparat, av=vem, nu=klocka.nu(), idag=klocka.idag(), version=sparat.version)
    except Hindrad as hinder:
        messages.warning(request, "Utkastet är sparat, men bedömningen är inte inskickad.")
        for orsak in hinder.orsaker:
            messages.error(request, orsak)
        return redirect(f"{rymd}:nivaarende_fyll_i", arende.pk)
    messages.success(request, "Bedömningen är inskickad. Avtalssamordnaren beslutar.")
    return redirect(f"{rymd}:nivaarende", arende.pk)


def visa(request: HttpRequest, arende: Nivaarende, rymd: str, **annat: Any) -> HttpResponse:
    """The nivåbedömning: the answers beside the last ones, and what has been decided."""
    forra = nivaarenden.forra(arende.person_id, arende.insats, arende)
    kontext = _kontext(request, arende) | {
        "jamforelse": nivavisning.jamforelse(arende, forra),
        "provningar": nivavisning.provningar(arende),
        "synpunkt": getattr(arende, "synpunkt", None),
        "kan_andras": not nivaarenden.hinder_for_andring(arende, inloggad(request)),
        "handelser": handelser(arende),
        "rymd": rymd,
        **annat,
    }
    return render(request, "beslut/nivaarende/visa.html", kontext)


def kasta(request: HttpRequest, arende: Nivaarende) -> bool:
    """Throw a draft away, or say why not."""
    try:
        kasta_utkast(arende=arende, av=inloggad(request), version=sedd_version(request))
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            messages.error(request, orsak)
        return False
    messages.success(request, "Utkastet är kastat.")
    return True


def handelser(arende: Nivaarende) -> list[dict[str, str]]:
    """What has been done with it, the latest first; for komponenter/handelser.html."""
    alla = Handelse.objects.filter(objekt=f"nivaarende:{arende.pk}").select_related("av").order_by("-pk")[:20]
    return [
        {"nar": tidpunkt_kort(ett.tidpunkt), "text": f"{ett.text[:-1]}, av {nivavisning.vem(ett.av)}."} for ett in alla
    ]


def _kontext(request: HttpRequest, arende: Nivaarende) -> dict[str, Any]:
    slag, text = nivavisning.lage(arende, klocka.idag())
    return {
        "arende": arende,
        "person": tillgang.namn(inloggad(request), arende.person),
        "insats": insats_i_ord(arende.insats),
        "marke": slag,
        "lage": text,
        "ar_utkast": arende.lage == Arendelage.UTKAST,
        "granser": nivavisning.granser_i_ord(arende.instrument),
    }
