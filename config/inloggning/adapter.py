"""What allauth asks us: words, who may come in, what is written down."""

import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.encoding import force_str
from django.utils.http import url_has_allowed_host_and_scheme

from config.inloggning import idp_in, spar, vakt
from grund import actions
from grund.hinder import Hindrad
from grund.models import Anvandare

FEL_INLOGGNING = "Användarnamnet eller lösenordet stämmer inte. Stora och små bokstäver är olika."
FOR_MANGA = "För många försök. Vänta en kvart och försök igen, eller be systemförvaltaren om hjälp."
FEL_KOD = "Koden stämmer inte. Vänta tills appen visar en ny kod och skriv den."
EJ_IN = "Inloggningen kunde inte fullföljas. Be systemförvaltaren om hjälp om det inte går att logga in igen."

# What allauth wants said, of what it may say; the rest is not said.
_MEDDELANDEN = {
    "account/messages/password_changed.txt": "Lösenordet är bytt.",
    "mfa/messages/totp_activated.txt": "Appen är klar att använda vid inloggning.",
    "mfa/messages/totp_deactivated.txt": "Appen används inte längre vid inloggning.",
    "mfa/messages/webauthn_added.txt": "Nyckeln är tillagd.",
    "mfa/messages/webauthn_removed.txt": "Nyckeln är borttagen.",
    "mfa/messages/recovery_codes_generated.txt": "Du har fått nya reservkoder. Spara dem nu.",
}


class Kontoadapter(DefaultAccountAdapter):
    """Accounts. Nobody signs up: a systemförvaltare adds users."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": FEL_INLOGGNING,
        "too_many_login_attempts": FOR_MANGA,
        "rate_limited": FOR_MANGA,
        "incorrect_password": "Lösenordet stämmer inte.",
        "enter_current_password": "Lösenordet stämmer inte.",
        "incorrect_code": FEL_KOD,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """To a page of ours by its path alone. allauth would go to any name in ALLOWED_HOSTS too."""
        return bool(url) and str(url).startswith("/") and url_has_allowed_host_and_scheme(str(url), allowed_hosts=None)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            spar.sparrad(credentials.get("username", ""))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        spar.misslyckad(credentials.get("username", ""))

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:  # noqa: ARG002
        """By key or the municipality's login; with a password one never comes so far."""
        messages.error(request, EJ_IN)
        return redirect("logga_in")

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        steg = get_authentication_records(request, user)
        spar.inloggad(user, [ett.get("type") or ett["method"] for ett in steg])
        svar: HttpResponse = super().post_login(request, user, **kwargs)
        return svar

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        request.session["borjade"] = request.session["senast"] = time.time()
        request.session["ratt"] = vakt.ratten(user)

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Anvandare):
            spar.utloggad(request.user)
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        actions.byt_losenord(anvandare=user, losenord=password, av=user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return resolve_url("mfa_index")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ARG002
        """Not of somebody who has just signed in."""
        steg = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - ett["at"] < REAUTHENTICATION_TIMEOUT for ett in steg)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        ord_ = {
            "reauthenticate": "Använd lösenordet",
            "mfa_reauthenticate": "Använd en kod",
            "mfa_reauthenticate:webauthn": "Använd en säkerhetsnyckel",
        }
        return [ett | {"description": ord_[ett["id"]]} for ett in super().get_reauthentication_methods(user)]

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        text = message or _MEDDELANDEN.get(message_template or "")
        if text:
            super().add_message(request, level, message=text, extra_tags=extra_tags, message_context=message_context)


class Mfaadapter(DefaultMFAAdapter):
    """Second factors. Their secrets are kept encrypted, with a key made from SECRET_KEY."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": FEL_KOD,
        "cannot_delete_authenticator": "Det är ditt enda sätt att bekräfta inloggningen. Lägg till ett annat först.",
        "cannot_generate_recovery_codes": "Skaffa en app eller en nyckel först. Reservkoder är till den som har en.",
    }

    def encrypt(self, text: str) -> str:
        return _las().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _las().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one, where one is required."""
        andra = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return not settings.KRAV_MFA or andra.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002
        return f"Nyckel {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": settings.MFA_TOTP_ISSUER}


def _las() -> MultiFernet:
    """The first key locks; older ones still open."""
    hemligheter = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(f"mfa:{force_str(en)}".encode()).digest())) for en in hemligheter]
    )


class Idpadapter(DefaultSocialAccountAdapter):
    """The municipality's own login. It says who somebody is; who may come in is said here (idp_in)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        try:
            idp_in.slapp_in(sociallogin, settings.IDP)
        except Hindrad as hinder:
            _neka(request, str(hinder))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,  # noqa: ARG002
        error: Any = None,  # noqa: ARG002
        exception: Any = None,  # noqa: ARG002
        extra_context: Any = None,  # noqa: ARG002
    ) -> None:
        _neka(request, EJ_IN)


def _neka(request: HttpRequest, text: str) -> NoReturn:
    messages.error(request, text)
    raise ImmediateHttpResponse(redirect("logga_in"))
