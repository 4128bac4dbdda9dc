"""What to deliver, that it has been delivered, and a layout."""

import json
from datetime import date
from typing import Any

from django import forms

from grund.personnummer import utan_personnummer
from uppfoljning.leveranser.layout import fel_i_definition
from uppfoljning.leveranser.regler import Leveransslag, period_i_ord, tider

_DATUM = {"required": "Skriv datumet.", "invalid": "Skriv datumet som 2026-06-03."}


class Leveransform(forms.Form):
    """What to make a draft of."""

    vad = forms.ChoiceField(
        label="Vad ska lämnas?",
        error_messages={"required": "Välj vad som ska lämnas.", "invalid_choice": "Välj något i listan."},
    )

    def __init__(self, *args: Any, idag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        val = [
            (f"{slag}:{dag}", f"{slag.label.partition(' den')[0]}, {period_i_ord(slag, dag)}")
            for slag, dag in tider(idag)
        ]
        self.fields["vad"].choices = [("", "Välj"), *val]  # type: ignore[attr-defined]

    @property
    def valt(self) -> tuple[Leveransslag, date]:
        """What is chosen, when it is valid."""
        slag, _, dag = self.cleaned_data["vad"].partition(":")
        return Leveransslag(slag), date.fromisoformat(dag)


class Lamnadform(forms.Form):
    """That the file has been handed in. `varningar`: how many there are to have read."""

    lamnad = forms.DateField(
        label="Lämnad",
        help_text="Dagen då filen laddades upp hos Socialstyrelsen.",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=_DATUM,
    )
    kvittens = forms.CharField(
        label="Kvittens",
        required=False,
        max_length=100,
        validators=[utan_personnummer],
        help_text="Det nummer som mottagaren gav. Får lämnas tomt. Inga personuppgifter.",
        error_messages={"max_length": "Skriv högst 100 tecken."},
    )
    varningar_lasta = forms.BooleanField(
        label="Jag har läst varningarna, och filen ska lämnas ändå",
        error_messages={"required": "Läs varningarna, och kryssa i att du har gjort det."},
    )

    def __init__(self, *args: Any, varningar: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not varningar:
            del self.fields["varningar_lasta"]


class Layoutform(forms.Form):
    """A new version of a layout."""

    slag = forms.ChoiceField(
        label="Fil", choices=Leveransslag, error_messages={"invalid_choice": "Välj en fil i listan."}
    )
    fran = forms.DateField(
        label="Gäller filer som avser tid från och med",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Filer som redan är gjorda ändras inte.",
        error_messages=_DATUM,
    )
    kalla = forms.CharField(
        label="Källa",
        max_length=200,
        validators=[utan_personnummer],
        help_text="Vad layouten är skriven efter, till exempel filbeskrivningens namn och datum.",
        error_messages={"required": "Skriv vad layouten är skriven efter.", "max_length": "Skriv högst 200 tecken."},
    )
    definition = forms.CharField(
        label="Definition",
        widget=forms.Textarea({"rows": 24, "spellcheck": "false"}),
        max_length=100_000,
        help_text="Börja med den version som finns, och ändra i den. Formatet står i handboken.",
        error_messages={"required": "Skriv definitionen.", "max_length": "Definitionen är för lång."},
    )

    def clean(self) -> dict[str, Any]:
        svar = super().clean() or {}
        if svar.get("definition") and svar.get("slag"):
            try:
                svar["definition"] = json.loads(svar["definition"])
            except (ValueError, RecursionError) as fel:
                rad = getattr(fel, "lineno", 1)
                self.add_error("definition", f"Texten är inte JSON: något är fel på rad {rad}.")
            else:
                for ett in fel_i_definition(Leveransslag(svar["slag"]), svar["definition"]):
                    self.add_error("definition", ett)
        return svar


class Bekraftaform(forms.Form):
    """That somebody has held the layout against the receiver's own description."""

    mot = forms.CharField(
        label="Jämförd med",
        max_length=200,
        validators=[utan_personnummer],
        help_text="Namn och datum på mottagarens filbeskrivning.",
        error_messages={"required": "Skriv vilken beskrivning du har jämfört med.", "max_length": "Högst 200 tecken."},
    )
