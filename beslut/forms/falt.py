"""Fields that the forms of ärenden share: days, numbers and texts, with what to do when they are wrong."""

from typing import Any

from django import forms
from django.db import models

from grund.dagfalt import I_KALENDERN
from grund.text import stor_forsta

FEL_DATUM = "Skriv datumet som 2026-06-03."
FEL_TAL = "Skriv ett tal med siffror, till exempel 2,5."


def dag(etikett: str, *, hjalp: str = "", saknas: str = "") -> forms.DateField:
    """A day. `saknas`: what to say when it is not filled in; empty = it may be left out."""
    return forms.DateField(
        label=etikett,
        help_text=hjalp,
        required=bool(saknas),
        validators=I_KALENDERN,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": saknas, "invalid": FEL_DATUM},
    )


def tal(etikett: str, *, hjalp: str = "", decimaler: int = 2) -> forms.DecimalField:
    """A number that may be left out, with a decimal comma or point."""
    return forms.DecimalField(
        label=etikett,
        help_text=hjalp,
        required=False,
        localize=True,
        min_value=0,
        max_digits=12,
        decimal_places=decimaler,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": FEL_TAL, "min_value": "Talet kan inte vara mindre än 0."},
    )


def text(etikett: str, *, hjalp: str = "", saknas: str = "", rader: int = 4, langst: int = 20_000) -> forms.CharField:
    """Running text."""
    return forms.CharField(
        label=etikett,
        help_text=hjalp,
        required=bool(saknas),
        max_length=langst,
        widget=forms.Textarea({"rows": rader}),
        error_messages={"required": saknas, "max_length": f"Skriv högst {langst} tecken."},
    )


def rad(etikett: str, *, hjalp: str = "", saknas: str = "", langst: int = 100, **attrs: str) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=etikett,
        help_text=hjalp,
        required=bool(saknas),
        max_length=langst,
        widget=forms.TextInput(attrs),
        error_messages={"required": saknas, "max_length": f"Skriv högst {langst} tecken."},
    )


def val(
    etikett: str, koder: type[models.TextChoices], *, hjalp: str = "", saknas: str = "", tomt: str = "", **kwargs: Any
) -> forms.ChoiceField:
    """One of several. `tomt`: what stands for no choice in a list; empty = radio buttons."""
    val = [(kod, stor_forsta(str(namn))) for kod, namn in koder.choices]
    return forms.ChoiceField(
        label=etikett,
        help_text=hjalp,
        required=bool(saknas),
        choices=[("", tomt), *val] if tomt else val,
        widget=forms.Select if tomt else forms.RadioSelect,
        error_messages={"required": saknas, "invalid_choice": "Välj något i listan."},
        **kwargs,
    )
