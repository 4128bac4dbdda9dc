"""What a controller fills in."""

from collections.abc import Sequence
from typing import Any

from django import forms

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
