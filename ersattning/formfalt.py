"""Fields that several forms share: days, amounts and shares as Swedes write them, and what has to be confirmed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from ersattning.prisinmatning import las_belopp
from grund.personnummer import utan_personnummer

SAKNAS_DAG = "Ange en dag som 2027-01-01."


class Dagfalt(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        fel = {"required": SAKNAS_DAG, "invalid": SAKNAS_DAG} | kwargs.pop("error_messages", {})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], error_messages=fel, **kwargs)

    def clean(self, value: Any) -> Any:
        dag = super().clean(value)
        if isinstance(dag, date) and not 1900 <= dag.year <= 2999:
            raise forms.ValidationError("Året ska ligga mellan 1900 och 2999.")
        return dag


def anteckningsfalt(hjalp: str) -> forms.CharField:
    """What somebody writes of a matter; it is read by others, and bears no personal data."""
    return forms.CharField(
        label="Anteckning",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[utan_personnummer],
        help_text=f"{hjalp} Skriv inga namn på brukare och inga personnummer.",
        error_messages={"required": "Skriv vad som är gjort eller bestämt."},
    )


class Beloppsfalt(forms.CharField):
    """Kronor with at most two decimals: `1 234,50`. Empty gives None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return las_belopp(text)
        except ValueError as fel:
            raise forms.ValidationError(str(fel)) from fel


class Procentfalt(forms.CharField):
    """A number, often per cent, with comma or point. Empty gives None."""

    def __init__(self, *, minst: Decimal | None = None, **kwargs: Any) -> None:
        self.minst = minst
        attribut = {"inputmode": "decimal", "autocomplete": "off", "class": "kort-ruta"}
        super().__init__(widget=forms.TextInput(attrs=attribut), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        return self._tal(text.replace("%", "").replace(",", ".").strip())

    def _tal(self, text: str) -> Decimal:
        tecken, siffror = (text[:1], text[1:]) if text[:1] in {"-", "\N{MINUS SIGN}"} else ("", text)
        hel, _, brak = siffror.partition(".")
        if not (hel.isdecimal() and hel.isascii() and len(hel) < 5 and (brak or "0").isdecimal() and len(brak) < 7):
            raise forms.ValidationError("Skriv ett tal, som 2,5.")
        tal = Decimal(f"{'-' if tecken else ''}{hel}.{brak or 0}")
        if self.minst is not None and tal < self.minst:
            raise forms.ValidationError(f"Talet ska vara minst {self.minst}.")
        return tal


def krav_pa_bekraftelse(form: forms.Form, namn: str, etikett: str, *, sagt: bool) -> None:
    """Add a box that must be ticked; unless `sagt`, say that it is missing."""
    form.fields[namn] = forms.BooleanField(label=etikett, required=False)
    if not sagt:
        form.add_error(namn, "Markera rutan om det är som du vill ha det.")
