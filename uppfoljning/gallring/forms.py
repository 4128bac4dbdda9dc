"""Forms of gallring."""

from typing import Any

from django import forms

from uppfoljning.gallring.koder import Stoppslag


class Avslagsform(forms.Form):
    """Why a list is not to be removed."""

    skal = forms.CharField(
        label="Varför ska listan inte gallras?",
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        help_text="Skriv inga personuppgifter. Skälet bevaras.",
    )


class Stoppform(forms.Form):
    """Why an akt stays for now."""

    slag = forms.ChoiceField(label="Varför får akten inte gallras?", choices=Stoppslag.choices)
    anteckning = forms.CharField(
        label="Anteckning",
        max_length=300,
        required=False,
        help_text="Till exempel målnummer eller diarienummer.",
    )

    def stopp(self) -> dict[str, Any]:
        """What the action wants."""
        return {"slag": Stoppslag(self.cleaned_data["slag"]), "anteckning": self.cleaned_data["anteckning"]}
