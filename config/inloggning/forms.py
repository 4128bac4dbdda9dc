"""allauth's forms with our words: label above, what is wrong said so that one knows what to do."""

from typing import Any

from allauth.account import forms as konto
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.validators import MaxLengthValidator

LANGSTA_LOSENORD = 512  # to hash a megabyte takes a web process a while, and nobody has such a password
_KOD = "Sex siffror ur appen, eller en av dina reservkoder."
_NYTT = (
    "Minst 12 tecken. Flera ord efter varandra är lätt att minnas och svårt att gissa. "
    "Inte bara siffror, inget vanligt lösenord och inte ditt namn."
)


def _med_ord(falt: forms.Field, etikett: str, saknas: str, hjalp: str = "") -> None:
    falt.label, falt.help_text = etikett, hjalp
    falt.error_messages["required"] = saknas
    falt.widget.attrs.pop("placeholder", None)
    if isinstance(falt.widget, forms.PasswordInput):
        falt.validators.append(MaxLengthValidator(LANGSTA_LOSENORD, f"Skriv högst {LANGSTA_LOSENORD} tecken."))


class Inloggningsformular(konto.LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _med_ord(self.fields["login"], "Användarnamn", "Skriv ditt användarnamn.")
        _med_ord(self.fields["password"], "Lösenord", "Skriv ditt lösenord.")
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class _Kod(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _med_ord(self.fields["code"], "Kod", "Skriv koden.", _KOD)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class Kodformular(_Kod, mfa.AuthenticateForm):
    """The code of a sign-in."""


class Omkodformular(_Kod, mfa.ReauthenticateForm):
    """The code again, before something delicate."""


class Appformular(_Kod, ActivateTOTPForm):
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "Sex siffror som appen visar när du har läst in bilden eller skrivit nyckeln."


class Bekraftaformular(konto.ReauthenticateForm):
    """The password again, before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _med_ord(self.fields["password"], "Lösenord", "Skriv ditt lösenord.")


class Losenordsformular(konto.ChangePasswordForm):
    """A new password of one's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _med_ord(self.fields["oldpassword"], "Lösenordet du har nu", "Skriv lösenordet du har nu.")
        _med_ord(self.fields["password1"], "Nytt lösenord", "Skriv ett nytt lösenord.", _NYTT)
        _med_ord(self.fields["password2"], "Nytt lösenord igen", "Skriv det nya lösenordet en gång till.")

    def clean(self) -> dict[str, Any]:
        nytt, igen = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if nytt and igen and nytt != igen:
            self.add_error("password2", "De två nya lösenorden är inte lika.")
        elif nytt and nytt == self.cleaned_data.get("oldpassword"):
            self.add_error("password1", "Det nya lösenordet är det du redan har.")
        return self.cleaned_data


# What an answer that no browser has made leads fido2 into, which allauth lets through.
_INGET_SVAR = (AttributeError, LookupError, TypeError, ValueError)


class _Nyckelsvar(forms.Form):
    """The answer of a key, whoever has made it: what cannot be read is a wrong one."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _INGET_SVAR:
            raise get_adapter().validation_error("incorrect_code") from None


class Nyckelinloggning(_Nyckelsvar, LoginWebAuthnForm):
    """A key alone."""


class Nyckelsteg(_Nyckelsvar, AuthenticateWebAuthnForm):
    """A key after the password."""


class Omnyckelformular(_Nyckelsvar, ReauthenticateWebAuthnForm):
    """The key again, before something delicate."""


class Nyckelformular(AddWebAuthnForm):
    """A new key. The browser and the key make `credential`; the person only names it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _med_ord(self.fields["name"], "Namn på nyckeln", "", "Så att du vet vilken det är, till exempel Telefonen.")
        lov = "Då räcker nyckeln vid inloggning, om den låses upp med fingeravtryck, ansikte eller PIN-kod."
        _med_ord(self.fields["passwordless"], "Logga in utan lösenord", "", lov)

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except _INGET_SVAR:
            raise get_adapter().validation_error("incorrect_code") from None


class Nyckelnamn(EditWebAuthnForm):
    """Another name of a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _med_ord(self.fields["name"], "Namn på nyckeln", "Skriv vad nyckeln ska heta.")
