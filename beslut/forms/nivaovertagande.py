"""Why a nivåbedömning is taken over, or thrown away."""

from typing import Any

from django import forms

from beslut.forms.niva import motivfalt

TA_OVER, KASTA = "ta_over", "kasta"


class Avslutsform(forms.Form):
    """The reason, and the version that was seen."""

    skal = motivfalt(
        "Varför?",
        "Till exempel att den som började har slutat eller är ledig länge. Skälet sparas i händelserna.",
        kravs="Skriv varför.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class Overtagandeform(Avslutsform):
    """What to do with it, where there is a choice."""

    gor = forms.ChoiceField(
        label="Vad vill du göra?",
        widget=forms.RadioSelect,
        choices=[(TA_OVER, "Ta över och göra klart bedömningen"), (KASTA, "Kasta utkastet, så att en ny kan börjas")],
        error_messages={"required": "Välj vad du vill göra."},
    )
    field_order = ("gor", "skal", "version")

    def __init__(self, *args: Any, kan_kasta: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not kan_kasta:
            del self.fields["gor"]
