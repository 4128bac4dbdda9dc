"""An utförare, and an enhet."""

from django import forms

from grund.personnummer import utan_personnummer
from grund.text import stor_forsta
from utforare.regler import Regi


class Utforarform(forms.Form):
    """An utförare. The number is checked by the import's own rule."""

    namn = forms.CharField(
        label="Namn",
        max_length=200,
        validators=[utan_personnummer],
        error_messages={"required": "Ange utförarens namn."},
    )
    organisationsnummer = forms.CharField(
        label="Organisationsnummer",
        max_length=11,
        help_text="Tio siffror, med eller utan bindestreck. Kontrollsiffran prövas.",
        error_messages={"required": "Ange organisationsnumret."},
    )
    regi = forms.ChoiceField(
        label="Drivs i", choices=[(kod, stor_forsta(str(namn))) for kod, namn in Regi.choices], widget=forms.RadioSelect
    )


class Enhetsform(forms.Form):
    """An enhet of a utförare."""

    namn = forms.CharField(
        label="Namn",
        max_length=200,
        validators=[utan_personnummer],
        error_messages={"required": "Ange enhetens namn."},
    )
    platser = forms.IntegerField(
        label="Platser",
        required=False,
        min_value=0,
        max_value=100_000,
        help_text="Hur många som får plats. Tomt = ingen gräns är känd.",
    )
