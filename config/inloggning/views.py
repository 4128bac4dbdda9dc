"""allauth's pages as ours: our templates and forms, and an event for what is changed."""

from ipaddress import ip_address
from typing import Any

import requests
from allauth.account import views as konto
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from redis.exceptions import RedisError

from config.inloggning import forms, spar
from config.inloggning.idp import ID
from grund.queries import handelser_om
from grund.tillgang import inloggad


class Inloggning(konto.LoginView):
    """The page that everybody without a session meets."""

    template_name = "konto/logga_in.html"
    form_class = forms.Inloggningsformular

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Without the cache nobody knows how many times somebody has tried: then nobody comes in."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except RedisError:
            messages.error(request, "Det går inte att logga in just nu. Försök igen om en stund.")
            return self.render_to_response(self.get_context_data(form=self.form_class(request=request)), status=503)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"idp": settings.IDP, "idp_id": ID}


class Utloggning(konto.LogoutView):
    """Only by a button: to follow a link signs nobody out."""

    http_method_names = ("post",)


class Steg2(mfa.AuthenticateView):
    """After the password: a code or a key."""

    template_name = "konto/steg2.html"
    form_class = forms.Kodformular
    webauthn_form_class = forms.Nyckelsteg

    def form_invalid(self, form: Any) -> HttpResponse:
        koder = {fel.code for lista in form.errors.as_data().values() for fel in lista}
        if "incorrect_code" in koder:
            spar.misslyckad(self.stage.login.user.username, "fel kod")
        elif "too_many_login_attempts" in koder:
            spar.sparrad(self.stage.login.user.username)
        return super().form_invalid(form)


class Konto(mfa.IndexView):
    """One's own account: how one signs in, and when somebody last did."""

    template_name = "konto/konto.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = inloggad(self.request)
        egna = {"krav": settings.KRAV_MFA, "handelser": handelser_om(user)[:10]}
        return super().get_context_data(**kwargs) | egna


class Losenordsbyte(konto.PasswordChangeView):
    """A new password; the adapter keeps it, with its event."""

    template_name = "konto/losenord.html"
    form_class = forms.Losenordsformular

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_usable_password():
            messages.info(request, "Ditt konto har inget lösenord: du loggar in hos kommunen.")
            return redirect("mfa_index")
        svar: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return svar


class _MedHandelse:
    """A form whose effect is written down in the same transaction."""

    request: HttpRequest
    handling = ""
    text = ""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            spar.andrat(inloggad(self.request), self.handling, self.text)
            svar: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        return svar


class NyApp(_MedHandelse, ActivateTOTPView):
    template_name = "konto/app_ny.html"
    form_class = forms.Appformular
    handling, text = "ny_app", "lade till en app för koder"


class BortApp(_MedHandelse, DeactivateTOTPView):
    template_name = "konto/app_bort.html"
    handling, text = "bort_app", "tog bort sin app för koder"


class NyaReservkoder(_MedHandelse, GenerateRecoveryCodesView):
    template_name = "konto/reservkoder_nya.html"
    handling, text = "nya_reservkoder", "gjorde nya reservkoder"


def hinder_for_nyckel(request: HttpRequest) -> list[str]:
    """That the page's address is a number. A key belongs to the name of the place (WebAuthn's relying party)."""
    vard, port = split_domain_port(request.get_host())
    try:
        ip_address(vard.strip("[]"))
    except ValueError:
        return []
    if not ip_address(vard.strip("[]")).is_loopback:
        return [f"Nycklar fungerar bara på en adress med namn, och inte på {vard}. Öppna systemet med dess namn."]
    namn = f"http://localhost:{port}/" if port else "http://localhost/"
    return [f"Nycklar fungerar bara på en adress med namn. Öppna systemet på {namn} och logga in där."]


class NyNyckel(_MedHandelse, AddWebAuthnView):
    template_name = "konto/nyckel_ny.html"
    form_class = forms.Nyckelformular
    handling, text = "ny_nyckel", "lade till en säkerhetsnyckel"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sammanhang: dict[str, Any] = super().get_context_data(**kwargs)
        return sammanhang | {"hinder": hinder_for_nyckel(self.request)}


class BytNyckelnamn(_MedHandelse, EditWebAuthnView):
    template_name = "konto/nyckel_namn.html"
    form_class = forms.Nyckelnamn
    handling, text = "nyckelnamn", "gav en säkerhetsnyckel ett nytt namn"


class BortNyckel(_MedHandelse, RemoveWebAuthnView):
    """The last key may not go where one is required."""

    template_name = "konto/nyckel_bort.html"
    handling, text = "bort_nyckel", "tog bort en säkerhetsnyckel"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sammanhang: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[no-untyped-call]
        return sammanhang | {"hinder": self._hinder(self.object)}

    def form_valid(self, form: Any) -> HttpResponse:
        for hinder in self._hinder(self.get_object()):
            messages.error(self.request, hinder)
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)

    @staticmethod
    def _hinder(nyckel: Authenticator) -> list[str]:
        adapter = mfa_adapter()
        kan = adapter.can_delete_authenticator(nyckel)
        return [] if kan else [str(adapter.error_messages["cannot_delete_authenticator"])]


@never_cache
@require_POST
def via_idp(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to the municipality's login."""
    if not settings.IDP:
        return redirect("logga_in")
    try:
        svar: HttpResponseBase = oidc.login(request, provider_id)
    except requests.RequestException:
        messages.error(request, "Kommunens inloggning svarar inte. Försök igen om en stund.")
        return redirect("logga_in")
    return svar


@never_cache
def svar_fran_idp(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from it."""
    if not settings.IDP:
        return redirect("logga_in")
    svar: HttpResponseBase = oidc.callback(request, provider_id)
    return svar
