"""What is filled in while an ärende is looked into."""

from typing import Any

from django import forms

from beslut.forms import falt
from beslut.koder import Avslutsskal, Kommuniceringssatt, Sokande
from beslut.ord import insats_i_ord
from beslut.regler import Insats
from grund.models import Anvandare

_SOKANDE = (
    "Personen söker själv, om hen kan. För den som är under 15 år eller inte själv kan får vårdnadshavare, "
    "förmyndare, god man, förvaltare eller framtidsfullmaktshavare söka (LSS 8 §)."
)


class Ansokanform(forms.Form):
    """A new application."""

    insats = forms.ChoiceField(
        label="Insats",
        choices=[("", "Välj insats"), *((ett.value, insats_i_ord(ett)) for ett in Insats)],
        error_messages={"required": "Välj vilken insats ansökan gäller."},
        help_text="Lagrummet följer av insatsen. Söker personen flera insatser blir det ett ärende för varje.",
    )
    inkom = falt.dag("Ansökan kom in", saknas="Skriv vilken dag ansökan kom in.")
    sokande = falt.val("Vem ansöker?", Sokande, hjalp=_SOKANDE, saknas="Välj vem som ansöker.")
    sokandens_namn = falt.rad("Namn på den som ansöker", hjalp="Behövs när någon annan än personen själv ansöker.")
    text = falt.text("Vad som söks", hjalp="Med den sökandes egna ord.", saknas="Skriv vad personen söker.", rader=5)


class Omprovningsform(forms.Form):
    """Why a decision is reconsidered."""

    text = falt.text("Varför omprövas beslutet?", saknas="Skriv varför beslutet omprövas.", rader=4)


class Utredningsform(forms.Form):
    """A part of the utredning. `version`: the one that is changed, so that nobody's text is lost."""

    text = forms.CharField(label="Text", required=False, max_length=50_000, widget=forms.Textarea({"rows": 14}))
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class Kommuniceringsform(forms.Form):
    """When and how the party was given the material (FL 25 §)."""

    dag = falt.dag("Dag", saknas="Skriv vilken dag det skedde.")
    satt = falt.val("Hur?", Kommuniceringssatt, saknas="Välj hur utredningen kommunicerades.")
    text = falt.text("Vad personen svarade, eller varför det inte behövs", rader=4)


class Avslutsform(forms.Form):
    """Why an ärende ends without a decision."""

    skal = falt.val("Varför avslutas ärendet?", Avslutsskal, saknas="Välj varför ärendet avslutas.")


class Handlaggarform(forms.Form):
    """Who is to have the person's matters, or the ärende."""

    handlaggare = forms.ModelChoiceField(
        label="Handläggare",
        queryset=Anvandare.objects.none(),
        empty_label="Välj handläggare",
        error_messages={"required": "Välj en handläggare.", "invalid_choice": "Välj någon i listan."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        val: Any = self.fields["handlaggare"]
        val.queryset = Anvandare.objects.filter(roller__contains=["handlaggare"], is_active=True).order_by("first_name")
        val.label_from_instance = lambda vem: vem.get_full_name() or vem.username
