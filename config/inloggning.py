"""Signing in: the same answer whatever was wrong, so that nobody learns which users there are."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.views import LoginView


class Inloggningsformular(AuthenticationForm):
    """User name and password."""

    username = UsernameField(
        label="Användarnamn",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": "Skriv ditt användarnamn."},
    )
    password = forms.CharField(
        label="Lösenord",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Skriv ditt lösenord."},
    )
    error_messages = dict.fromkeys(
        ("invalid_login", "inactive"),
        "Användarnamnet eller lösenordet stämmer inte. Stora och små bokstäver är olika.",
    )


class Inloggning(LoginView):
    """The page that everybody without a session meets."""

    template_name = "logga_in.html"
    authentication_form = Inloggningsformular
    redirect_authenticated_user = True
