"""The avtalssamordnare's decision on a nivåbedömning."""

from typing import Any

from django import forms

from beslut.forms.niva import datumfalt, motivfalt

GODKANN, ATER, AVVISA = "godkann", "ater", "avvisa"


class Provningsform(forms.Form):
    """What is to hold, from when, and why. `lofte` and `visad_fran` are what the cost on the page was of."""

    beslut = forms.ChoiceField(
        label="Vad ska gälla?", widget=forms.RadioSelect, error_messages={"required": "Välj vad som ska gälla."}
    )
    fran = datumfalt("Gäller från", "Används när du godkänner. Kostnaden räknas från den här dagen.", kravs=False)
    motiv = motivfalt("Motivering", "Visas för utföraren och bedömaren.", kravs="Skriv en motivering.")
    utan_pris = forms.BooleanField(
        label="Jag vet att pris saknas och vill godkänna ändå",
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    visad_fran = forms.DateField(widget=forms.HiddenInput(), required=False)
    lofte = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args: Any, val: list[tuple[str, str]], saknar_pris: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        falt = self.fields["beslut"]
        assert isinstance(falt, forms.ChoiceField)  # noqa: S101  declared above
        falt.choices = val
        self.saknar_pris = saknar_pris
        if not saknar_pris:
            del self.fields["utan_pris"]

    def clean(self) -> dict[str, Any]:
        """A day to approve from, and that one has seen that there is no price."""
        ifyllt = super().clean() or {}
        if ifyllt.get("beslut") == GODKANN:
            if not ifyllt.get("fran") and "fran" not in self.errors:
                self.add_error("fran", "Ange från vilken dag nivån ska gälla.")
            if self.saknar_pris and not ifyllt.get("utan_pris"):
                self.add_error("utan_pris", "Priset saknas. Kryssa för att du vet det, eller avvakta.")
        return ifyllt
