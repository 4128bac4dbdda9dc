"""What a controller fills in."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ersattning.formfalt import anteckningsfalt
from ersattning.regler import Bedomning
from grund.text import manad_i_ord, stor_forsta
from grund.tid import Manad


class Korningsform(forms.Form):
    """Which month to run."""

    manad = forms.TypedChoiceField(
        label="Månad",
        coerce=Manad.las,
        error_messages={"required": "Välj vilken månad som ska köras.", "invalid_choice": "Månaden kan inte köras."},
    )

    def __init__(self, *args: Any, manader: Sequence[Manad], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        falt = self.fields["manad"]
        assert isinstance(falt, forms.TypedChoiceField)  # noqa: S101  declared above
        falt.choices = [(str(manad), stor_forsta(manad_i_ord(manad))) for manad in manader]


class Bedomningsform(forms.Form):
    """What a controller has made of avvikelser."""

    bedomning = forms.ChoiceField(
        label="Bedömning",
        choices=[(kod, stor_forsta(str(namn))) for kod, namn in Bedomning.choices],
        widget=forms.RadioSelect,
        help_text="Åtgärdas: någon är tillfrågad eller rättar. Godtas: den får stå kvar. Rättad: räkna om månaden.",
        error_messages={"required": "Välj vad du har kommit fram till."},
    )
    anteckning = anteckningsfalt("Vad som är gjort eller bestämt, och av vem.")
