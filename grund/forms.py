"""What a systemförvaltare fills in."""

from typing import Any

from django import forms

from grund.actions import LANGSTA_NAMN, MINSTA_SKAL
from grund.behorighet import Roll
from grund.personnummer import utan_personnummer
from grund.text import stor_forsta

_FOR_LANGT = "Skriv högst 150 tecken."


class Uppgiftsform(forms.Form):
    """What can be changed of a user."""

    fornamn = forms.CharField(label="Förnamn", max_length=150, error_messages={"max_length": _FOR_LANGT})
    efternamn = forms.CharField(label="Efternamn", max_length=150, error_messages={"max_length": _FOR_LANGT})
    roller = forms.MultipleChoiceField(
        label="Roller",
        help_text="Rollerna avgör vad användaren får se och göra. Flera kan väljas.",
        choices=[(roll.value, stor_forsta(roll.label)) for roll in Roll],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en roll."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fornamn"].error_messages["required"] = "Skriv förnamnet."
        self.fields["efternamn"].error_messages["required"] = "Skriv efternamnet."


class Andraform(Uppgiftsform):
    """The same of a user that there is. `sag`: what the page was made with (grund.actions.som_text)."""

    sag = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


class Nyform(Uppgiftsform):
    """A new user."""

    namn = forms.CharField(
        label="Användarnamn",
        help_text="Det användaren loggar in med. Det kan inte ändras sedan. Loggar användaren in hos kommunen ska det "
        "vara namnet därifrån.",
        max_length=LANGSTA_NAMN,
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Skriv ett användarnamn.",
            "max_length": f"Skriv högst {LANGSTA_NAMN} tecken.",
        },
    )
    field_order = ("namn", "fornamn", "efternamn", "roller")


class Skyddadeform(forms.Form):
    """Why the user is, or is no longer, to see protected persons."""

    skal = forms.CharField(
        label="Skäl",
        help_text="Varför användaren behöver det, eller inte längre behöver det. Skälet sparas i händelserna.",
        min_length=MINSTA_SKAL,
        max_length=300,
        validators=[utan_personnummer],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Skriv ett skäl.", "min_length": "Skriv ett skäl, med några ord."},
    )
