"""Which month, what is noted of a finding, and what a limit is."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from grund.personnummer import utan_personnummer
from grund.text import manad_i_ord, stor_forsta
from grund.tid import Manad
from uppfoljning.kontroll.koder import UTFALL, Omrade, Utfall
from uppfoljning.kontroll.typer import Grans

_ANTAL = 13
_HJALP = {
    Utfall.ATGARDAS: "Åtgärdas: någon arbetar med det, och fyndet står kvar bland det som ska tittas på.",
    Utfall.GODTAS: "Godtas: uppgiften stämmer trots allt. Ändras fyndet ska det tittas på igen.",
}


class Manadsform(forms.Form):
    """The state at the end of a month, or today in the month that goes on, which is what is shown without a choice."""

    manad = forms.TypedChoiceField(label="Månad", coerce=Manad.efterfragad)

    def __init__(self, data: Mapping[str, Any], *, idag: date) -> None:
        nu = Manad.av(idag)
        super().__init__({"manad": data.get("manad") or str(nu)})
        falt = self.fields["manad"]
        falt.choices = [  # type: ignore[attr-defined]
            (str(ett), f"{stor_forsta(manad_i_ord(ett))}{'' if steg else ', i dag'}")
            for steg, ett in ((steg, nu.plus(-steg)) for steg in range(_ANTAL))
        ]
        falt.error_messages["invalid_choice"] = "Välj en av månaderna i listan."

    @property
    def vald(self) -> Manad:
        """What is chosen, when it is valid."""
        return self.cleaned_data["manad"]  # type: ignore[no-any-return]


class Bedomningsform(forms.Form):
    """What somebody makes of a finding."""

    utfall = forms.TypedChoiceField(label="Vad det ledde till", coerce=Utfall, widget=forms.RadioSelect, choices=[])
    anteckning = forms.CharField(
        label="Anteckning",
        max_length=1000,
        validators=[utan_personnummer],
        widget=forms.Textarea({"rows": 3}),
        help_text="Varför, eller vad som är gjort. Inga namn eller personnummer. Anteckningen går inte att ändra.",
        error_messages={"required": "Skriv varför, eller vad som är gjort.", "max_length": "Skriv högst 1 000 tecken."},
    )
    avtryck = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(self, *args: Any, omrade: Omrade, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        falt = self.fields["utfall"]
        falt.choices = [(ett.value, stor_forsta(str(ett.label))) for ett in UTFALL[omrade]]  # type: ignore[attr-defined]
        falt.error_messages |= {
            "required": "Välj vad det ledde till.",
            "invalid_choice": "Välj ett av utfallen i listan.",
        }
        falt.help_text = " ".join(_HJALP[ett] for ett in UTFALL[omrade] if ett in _HJALP)


class Gransform(forms.Form):
    """A new version of a limit."""

    varde = forms.DecimalField(
        label="Ny gräns",
        min_value=Decimal(1),
        max_value=Decimal(1000),
        decimal_places=0,
        error_messages={
            "required": "Skriv gränsen.",
            "invalid": "Skriv ett helt tal.",
            "min_value": "Gränsen är minst 1.",
            "max_value": "Gränsen är högst 1 000.",
            "max_decimal_places": "Skriv ett helt tal.",
        },
    )
    skal = forms.CharField(
        label="Varför",
        max_length=300,
        validators=[utan_personnummer],
        help_text="Står kvar bredvid gränsen, så att äldre fynd går att förstå.",
        error_messages={"required": "Skriv varför gränsen ändras.", "max_length": "Skriv högst 300 tecken."},
    )

    def __init__(self, *args: Any, grans: Grans, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["varde"].label = f"Ny gräns, {grans.enhet}"
