"""Users, for the systemförvaltare. Nothing here shows a person that the municipality decides about."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from grund import actions, klocka, queries, regler
from grund.behorighet import SER_NAMN, Ratt, Roll
from grund.forms import Andraform, Nyform, Skyddadeform
from grund.hinder import Hindrad
from grund.losenord import GILTIGT, engangslosenord
from grund.models import Anvandare, Handelse
from grund.tables import Anvandartabell, namn_i_ord
from grund.text import svensk_ordning, tidpunkt_i_ord
from grund.tillgang import inloggad, kraver


class Handelserad(NamedTuple):
    """An event, as komponenter/handelser.html shows it."""

    nar: str
    text: str


def _rad(ett: Handelse, om: Anvandare) -> Handelserad:
    """Who did it is said when it was somebody else."""
    av = f" Gjort av {ett.av.get_username()}." if ett.av and ett.av != om else ""
    return Handelserad(tidpunkt_i_ord(ett.tidpunkt), f"{ett.text}{av}")


@kraver(Ratt.FORVALTA_ANVANDARE)
def lista(request: HttpRequest) -> HttpResponse:
    """All users."""
    alla = sorted(queries.anvandare_med_mfa(), key=lambda ett: svensk_ordning(namn_i_ord(ett)))
    return render(request, "grund/anvandare.html", {"tabell": Anvandartabell(alla)})


@never_cache
@require_http_methods(["GET", "POST"])
@kraver(Ratt.FORVALTA_ANVANDARE)
def ny(request: HttpRequest) -> HttpResponse:
    """Add a user. The answer shows the one-time password, which is kept nowhere."""
    form = Nyform(request.POST or None)
    if form.is_valid():
        losenord, till = engangslosenord(), klocka.nu() + GILTIGT
        try:
            user = actions.skapa_anvandare(
                **form.cleaned_data, losenord=losenord, losenord_till=till, av=inloggad(request)
            )
        except Hindrad as hinder:
            form.add_error("namn", hinder.orsaker)
        else:
            return _visa_losenord(request, user, losenord)
    return render(request, "grund/ny_anvandare.html", {"form": form})


@require_http_methods(["GET", "POST"])
@kraver(Ratt.FORVALTA_ANVANDARE)
def en(request: HttpRequest, pk: int) -> HttpResponse:
    """A user: name and roles to change, what else can be done, and what has happened."""
    user = get_object_or_404(queries.anvandare_med_mfa(), pk=pk)
    nu = {"fornamn": user.first_name, "efternamn": user.last_name, "roller": user.roller}
    nu["sag"] = actions.som_text(user)
    form = Andraform(request.POST or None, initial=nu)
    if form.is_valid():
        try:
            actions.andra_anvandare(anvandare=user, **form.cleaned_data, av=inloggad(request))
        except Hindrad as hinder:
            form.add_error(None, hinder.orsaker)
        else:
            messages.success(request, f"{user.username} är ändrad. Ändringen gäller genast.")
            return redirect("grund:en_anvandare", pk)
    return render(request, "grund/en_anvandare.html", {"anvandare": user, "form": form} | _om(request, user))


@require_http_methods(["GET", "POST"])
@kraver(Ratt.FORVALTA_ANVANDARE)
def skyddade(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the user as one who sees protected persons, or no longer."""
    user, vem = get_object_or_404(Anvandare, pk=pk), inloggad(request)
    ska = not user.ser_skyddade
    form = Skyddadeform(request.POST or None)
    if form.is_valid():
        try:
            # What the page offered, not what holds by now: a second press does nothing.
            ser = request.POST.get("ser") == "ja"
            actions.satt_ser_skyddade(anvandare=user, ser=ser, skal=form.cleaned_data["skal"], av=vem)
        except Hindrad as hinder:
            form.add_error(None, hinder.orsaker)
        else:
            messages.success(request, f"Sparat. Det gäller från nästa sida som {user.username} öppnar.")
            return redirect("grund:en_anvandare", pk)
    hinder_ = regler.hinder_for_skyddade(sig_sjalv=user == vem, roller=user.roller, ser=ska)
    return render(request, "grund/skyddade.html", {"anvandare": user, "form": form, "ska": ska, "hinder": hinder_})


def _om(request: HttpRequest, user: Anvandare) -> dict[str, object]:
    """What the page of a user shows beside the form."""
    sig_sjalv = user == inloggad(request)
    return {
        "hinder_losenord": regler.hinder_for_nytt_losenord(sig_sjalv=sig_sjalv),
        "hinder_inloggning": regler.hinder_for_ny_inloggning(sig_sjalv=sig_sjalv),
        "hinder_avstangning": regler.hinder_for_avstangning(sig_sjalv=sig_sjalv),
        "ser_namn": bool(SER_NAMN & set(user.roller)),
        "har_enheter": Roll.UTFORARE in user.roller,
        "sig_sjalv": sig_sjalv,
        "handelser": [_rad(ett, user) for ett in queries.handelser_om(user)[: queries.SENASTE]],
    }


@never_cache
@require_POST
@kraver(Ratt.FORVALTA_ANVANDARE)
def losenord(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time password, shown once in the answer."""
    user, nytt = get_object_or_404(Anvandare, pk=pk), engangslosenord()
    till = klocka.nu() + GILTIGT
    try:
        actions.ge_engangslosenord(anvandare=user, losenord=nytt, till=till, av=inloggad(request))
    except Hindrad as hinder:
        return _nekat(request, hinder, pk)
    return _visa_losenord(request, user, nytt)


def _visa_losenord(request: HttpRequest, user: Anvandare, losenord: str) -> HttpResponse:
    sammanhang = {"anvandare": user, "losenord": losenord, "dagar": GILTIGT.days}
    return render(request, "grund/engangslosenord.html", sammanhang)


@require_POST
@kraver(Ratt.FORVALTA_ANVANDARE)
def inloggning(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away codes and keys that are lost."""
    text = "Koder och nycklar är borttagna. Användaren skaffar nya vid nästa inloggning."
    return _gor(request, pk, actions.ta_bort_inloggningssatt, text)


@require_POST
@kraver(Ratt.FORVALTA_ANVANDARE)
def stang_av(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut the user out."""
    return _gor(request, pk, actions.stang_av, "Användaren är avstängd och utloggad.")


@require_POST
@kraver(Ratt.FORVALTA_ANVANDARE)
def oppna_igen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the user in again."""
    return _gor(request, pk, actions.oppna_igen, "Användaren kan logga in igen.")


def _gor(request: HttpRequest, pk: int, gor: Callable[..., None], text: str) -> HttpResponse:
    """Do it and say so, or say why not; then back to the user."""
    try:
        gor(anvandare=get_object_or_404(Anvandare, pk=pk), av=inloggad(request))
    except Hindrad as hinder:
        return _nekat(request, hinder, pk)
    messages.success(request, text)
    return redirect("grund:en_anvandare", pk)


def _nekat(request: HttpRequest, hinder: Hindrad, pk: int) -> HttpResponse:
    for orsak in hinder.orsaker:
        messages.error(request, orsak)
    return redirect("grund:en_anvandare", pk)
