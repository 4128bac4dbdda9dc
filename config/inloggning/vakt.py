"""What every request of somebody signed in must stand: the session's limits, and what must be done first."""

import time
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from config.inloggning import spar
from grund.models import Anvandare

_FRITT = {"logga_in", "account_login", "logga_ut", "account_logout", "halsa"}  # of those who must do something first
_MINUT = 60


class Sessionsvakt:
    """Ends sessions that have rested or lasted too long; sends those who lack a password of their own, or a second
    factor where one is required, to get it; gives those whose rights have changed a new key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Anvandare) and (varfor := _for_gammal(request, time.time())):
            spar.utloggad(request.user, varfor)
            logout(request)
            messages.info(request, f"Du har loggats ut: {varfor}. Logga in igen för att fortsätta.")
        svar = self.get_response(request)
        if request.headers.get("HX-Request") and svar.get("Location", "").startswith(resolve_url(settings.LOGIN_URL)):
            # htmx would put the login page in the middle of the page that asked.
            return HttpResponse(status=401, headers={"HX-Redirect": svar["Location"]})
        return svar

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., object],
        *_: object,
    ) -> HttpResponse | None:
        if not isinstance(request.user, Anvandare):
            return None
        _nyckel_efter_ratt(request, request.user)
        if not getattr(view, "i_bakgrunden", False):
            _minns(request, time.time())
        vart = _forst(request, request.user)
        namn = request.resolver_match.url_name if request.resolver_match else ""
        return redirect(vart) if vart and namn not in _FRITT and not _pa_vag(namn or "", vart) else None


def ratten(user: Anvandare) -> list[object]:
    """What the user may, as the session remembers it."""
    return [*sorted(user.roller), user.ser_skyddade]


def _nyckel_efter_ratt(request: HttpRequest, user: Anvandare) -> None:
    """A session that comes to more, or to less, goes on under a new key: one that somebody has got hold of before ends.

    The rights themselves are read at each request, and are what they are from this page on.
    """
    if request.session.get("ratt", nu := ratten(user)) != nu:
        request.session.cycle_key()
        request.session["ratt"] = nu


def _for_gammal(request: HttpRequest, nu: float) -> str:
    """Why the session is to end; empty when it is not."""
    borjade = _borjade(request)
    senast = request.session.get("senast", borjade)
    if nu - senast > settings.INAKTIV_MINUTER * _MINUT:
        return f"ingenting hände på {settings.INAKTIV_MINUTER} minuter"
    if nu - borjade > settings.ARBETSDAG_TIMMAR * 60 * _MINUT:
        return f"en inloggning varar högst {settings.ARBETSDAG_TIMMAR} timmar"
    return ""


def _borjade(request: HttpRequest) -> float:
    """When the session began: the adapter notes it. One that was made some other way began when its user last did."""
    senaste = request.user.last_login if isinstance(request.user, Anvandare) else None
    return float(request.session.get("borjade", senaste.timestamp() if senaste else 0))


def _minns(request: HttpRequest, nu: float) -> None:
    """Something happens. Stored at most once a minute, since it is a write."""
    if nu - request.session.get("senast", _borjade(request)) > min(_MINUT, settings.INAKTIV_MINUTER * _MINUT / 4):
        request.session["senast"] = nu


def _forst(request: HttpRequest, user: Anvandare) -> str:
    """The name of the page to be sent to before anything else; empty when there is none."""
    if user.engangslosenord_till:
        return "account_change_password"
    return "mfa_index" if settings.KRAV_MFA and not _har_mfa(request, user) else ""


def _pa_vag(namn: str, vart: str) -> bool:
    """Whether the page `namn` leads to the end of what must be done first."""
    return namn == vart or (vart == "mfa_index" and namn.startswith(("mfa_", "account_")))


def _har_mfa(request: HttpRequest, user: Anvandare) -> bool:
    """Who comes by the municipality's login has shown a second factor there. Asked once a session: to take the last one
    away is not allowed, and when a systemförvaltare does it the session ends."""
    if request.session.get("mfa"):
        return True
    via_idp = any(steg["method"] == "socialaccount" for steg in get_authentication_records(request, user))
    har = via_idp or is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
    if har:
        request.session["mfa"] = True
    return har
