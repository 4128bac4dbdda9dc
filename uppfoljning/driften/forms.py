"""What a systemförvaltare fills in."""

from django import forms

from grund.insyn.actions import LANGSTA, MINSTA
from grund.insyn.skrubba import utan_nummer


class Kvitteringsform(forms.Form):
    anteckning = forms.CharField(
        label="Vad du har gjort",
        help_text="Till exempel: rättade avtalet och körde månaden igen. Skriv inga personuppgifter.",
        min_length=MINSTA,
        max_length=LANGSTA,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv vad du har gjort åt felet."},
    )

    def clean_anteckning(self) -> str:
        text = str(self.cleaned_data["anteckning"])
        if utan_nummer(text) != text:
            msg = "Anteckningen ser ut att innehålla ett personnummer. Ta bort det."
            raise forms.ValidationError(msg)
        return text
