"""A draft of an instrument: what it is for, its areas and its limits."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from beslut.forms.niva import datumfalt
from beslut.instrument import Instrumentutkast, Omradesutkast
from beslut.models import Instrument
from beslut.nivapoang import Grans
from beslut.ord import insats_i_ord
from beslut.regler import Insats
from grund.personnummer import utan_personnummer

_TOMMA = 2  # rows to fill in beside those that are there


class Instrumentform(forms.Form):
    """Its name (of the first version only), the insatser, and how much may be left without a number."""

    namn = forms.CharField(
        label="Namn",
        max_length=100,
        validators=[utan_personnummer],
        help_text="Till exempel Ekstads stödbehovsskala.",
    )
    beskrivning = forms.CharField(
        label="Beskrivning",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Vad den mäter och hur den används. Visas för den som bedömer.",
    )
    insatser = forms.MultipleChoiceField(
        label="Insatser",
        choices=[(kod, insats_i_ord(kod)) for kod in Insats.values],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en insats."},
    )
    hogst_utan_tal = forms.IntegerField(
        label="Högst så många områden som 8 eller 9",
        min_value=0,
        max_value=99,
        help_text="8 är ej specificerat och 9 ej tillämpbart. De är inga tal: området räknas inte med. "
        "Är fler än så utan tal blir det ingen nivå.",
    )

    def __init__(self, *args: Any, med_namn: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not med_namn:
            del self.fields["namn"]


class Omradesform(forms.Form):
    """An area. Without kod the row is left out."""

    kod = forms.CharField(label="Kod", max_length=10, required=False)
    namn = forms.CharField(label="Område", max_length=120, required=False)
    vikt = forms.DecimalField(label="Vikt", min_value=0, max_digits=5, decimal_places=2, required=False, localize=True)
    hjalp = forms.CharField(
        label="Hjälptext", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        ifyllt = super().clean() or {}
        if ifyllt.get("kod") or ifyllt.get("namn"):
            if not (ifyllt.get("kod") and ifyllt.get("namn")):
                raise forms.ValidationError("Ett område har både kod och namn.")
            if ifyllt.get("vikt") is None and "vikt" not in self.errors:
                self.add_error("vikt", "Ange vikten.")
        return ifyllt


class Gransform(forms.Form):
    """A limit. Without level the row is left out."""

    minst = forms.DecimalField(
        label="Minst poäng", min_value=0, max_digits=7, decimal_places=2, required=False, localize=True
    )
    niva = forms.CharField(label="Nivå", max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        ifyllt = super().clean() or {}
        if bool(ifyllt.get("niva")) != (ifyllt.get("minst") is not None) and not self.errors:
            raise forms.ValidationError("En gräns har både poäng och nivå.")
        return ifyllt


Omradesformset = formset_factory(Omradesform, extra=_TOMMA, max_num=60)
Gransformset = formset_factory(Gransform, extra=_TOMMA, max_num=60)


class Bruksform(forms.Form):
    """From which day the draft is used."""

    fran = datumfalt("Används från", "Den version som används i dag gäller till och med dagen före.")


def initialt(instrument: Instrument) -> dict[str, Any]:
    """The form's values from what is stored."""
    return {
        "beskrivning": instrument.beskrivning,
        "insatser": instrument.insatser,
        "hogst_utan_tal": instrument.hogst_utan_tal,
    }


def formset(data: Any, instrument: Instrument | None) -> "tuple[BaseFormSet[Any], BaseFormSet[Any]]":
    """The areas and the limits to fill in."""
    omraden = [
        {"kod": ett.kod, "namn": ett.namn, "vikt": ett.vikt, "hjalp": ett.hjalp}
        for ett in (instrument.omraden.all() if instrument else [])
    ]
    granser = [{"minst": ett.minst, "niva": ett.niva} for ett in (instrument.granser.all() if instrument else [])]
    return (
        Omradesformset(data, initial=omraden, prefix="omraden"),
        Gransformset(data, initial=granser, prefix="granser"),
    )


def som_utkast(
    namn: str, form: Instrumentform, omraden: "BaseFormSet[Any]", granser: "BaseFormSet[Any]"
) -> Instrumentutkast:
    """What was filled in, rows without kod or level left out."""
    ifyllt = form.cleaned_data
    return Instrumentutkast(
        namn=ifyllt.get("namn", namn),
        insatser=ifyllt["insatser"],
        hogst_utan_tal=ifyllt["hogst_utan_tal"],
        beskrivning=ifyllt["beskrivning"],
        omraden=[
            Omradesutkast(rad["kod"], rad["namn"], rad["vikt"] or Decimal(0), rad["hjalp"])
            for rad in omraden.cleaned_data
            if rad.get("kod")
        ],
        granser=[Grans(rad["minst"], rad["niva"]) for rad in granser.cleaned_data if rad.get("niva")],
    )
