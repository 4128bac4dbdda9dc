"""The form of a claim for arbetsbonus."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from ersattning.intyg import STORST, Intyg, granska
from ersattning.regler import Anstallningsform
from utforare.models import Verkstallighet


def las_intyg(fil: "UploadedFile[bytes]") -> Intyg:
    """The paper that was handed in; ValidationError with a Swedish sentence."""
    if (fil.size or 0) > STORST:
        msg = "Filen är större än 10 MB."
        raise forms.ValidationError(msg)
    try:
        return granska(fil.read())
    except ValueError as fel:
        raise forms.ValidationError(str(fel)) from None


class Bonusform(forms.Form):
    """Who got a job, where, since when and how much, with a paper that shows it."""

    vems = forms.ChoiceField(label="Person", error_messages={"required": "Välj vem ansökan gäller."})
    arbetsgivare = forms.CharField(
        label="Arbetsgivare", max_length=200, error_messages={"required": "Skriv vem som har anställt personen."}
    )
    fran = forms.DateField(
        label="Anställningens första dag",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": "Skriv anställningens första dag.", "invalid": "Skriv dagen som 2026-06-03."},
    )
    sysselsattningsgrad = forms.DecimalField(
        label="Sysselsättningsgrad, procent",
        help_text="Hur stor del av en heltid anställningen är. 50 betyder halvtid.",
        min_value=1,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        error_messages={
            "required": "Skriv sysselsättningsgraden i procent.",
            "min_value": "Sysselsättningsgraden är 1–100 procent.",
            "max_value": "Sysselsättningsgraden är 1–100 procent.",
        },
    )
    anstallningsform = forms.ChoiceField(
        label="Anställningsform",
        help_text="Tillsvidare är en fast anställning. Visstid har ett slutdatum.",
        choices=[("", "Välj form"), *Anstallningsform.choices],
        error_messages={"required": "Välj anställningsform."},
    )
    intyg = forms.FileField(
        label="Anställningsavtal eller intyg",
        help_text="En PDF-, PNG- eller JPG-fil på högst 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        error_messages={"required": "Lägg till anställningsavtalet eller intyget.", "empty": "Filen är tom."},
    )

    def __init__(self, *args: Any, val: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        falt = self.fields["vems"]
        assert isinstance(falt, forms.ChoiceField)  # noqa: S101  declared above
        falt.choices = [("", "Välj person"), *((str(pk), namn) for pk, namn in val)]

    def clean_intyg(self) -> Intyg:
        """The file by what it holds; one that is too large is not even read."""
        return las_intyg(self.cleaned_data["intyg"])

    def valt(self, verk: Sequence[Verkstallighet]) -> Verkstallighet:
        """The verkställighet that was chosen."""
        return next(ett for ett in verk if str(ett.pk) == self.cleaned_data["vems"])
