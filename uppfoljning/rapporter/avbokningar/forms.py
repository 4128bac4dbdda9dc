"""Which months, which utförare, and where the limits go."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from beslut.regler import Insats
from grund.sortering import pa_svenska
from uppfoljning.rapporter.perioden import Periodform
from utforare.models import Utforare

VARSEL = 24  # hours


class Avbokningsform(Periodform):
    """The selection. `grans`: from what share of missed visits a person is listed. `varsel`: where no avtal says."""

    FORVAL = {"utforare": "", "grans": "50", "varsel": str(VARSEL)}  # noqa: RUF012  a ClassVar of the base

    utforare = forms.ModelChoiceField(
        queryset=Utforare.objects.none(), label="Utförare", required=False, empty_label="Alla utförare"
    )
    grans = forms.IntegerField(
        label="Tar inte emot: minst, procent",
        help_text=(
            "Den som har avbokat eller uteblivit från minst så stor del av sina planerade besök står på listan till"
            " handlingsplanen."
        ),
        validators=[MinValueValidator(1, "Skriv 1–100."), MaxValueValidator(100, "Skriv 1–100.")],
        error_messages={"invalid": "Skriv procenten med siffror."},
    )
    varsel = forms.IntegerField(
        label="Varsel, timmar",
        help_text="Används där avtalet inte säger hur långt före ett besök ska avbokas för att inte vara bomtid.",
        validators=[MinValueValidator(0, "Skriv 0–168."), MaxValueValidator(168, "Skriv 0–168.")],
        error_messages={"invalid": "Skriv timmarna med siffror."},
    )

    def __init__(self, data: Mapping[str, Any], *, idag: date) -> None:
        super().__init__(data, idag=idag)
        urval = Utforare.objects.filter(avtal__insats=Insats.BOENDESTOD).distinct()
        falt = self.fields["utforare"]
        falt.queryset = urval.order_by(*pa_svenska("namn"))  # type: ignore[attr-defined]
        falt.error_messages["invalid_choice"] = "Välj en av utförarna i listan."
