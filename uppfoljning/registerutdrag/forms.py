"""What a handläggare fills in to give out an extract, and judges text by text."""

from hashlib import sha256
from typing import Any

from django import forms

from grund.dagfalt import I_KALENDERN
from grund.text import stor_forsta
from uppfoljning.registerutdrag.grunder import Begarande, Undantagsgrund
from uppfoljning.registerutdrag.innehall import Undantag
from uppfoljning.registerutdrag.kandidater import Kandidat, avtryck

_VAL = [("", "Lämnas ut"), *((kod, f"Nej: {text}") for kod, text in Undantagsgrund.choices)]


class Utdragsform(forms.Form):
    """Who asks, and why. `sett` tells which texts stood on the page."""

    begart = forms.DateField(
        label="När begäran kom in",
        help_text="Utdraget ska lämnas utan dröjsmål, senast inom en månad.",
        validators=I_KALENDERN,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": "Skriv när begäran kom in.", "invalid": "Skriv datumet som 2026-06-03."},
    )
    begarande = forms.ChoiceField(
        label="Vem som begär det",
        choices=[("", "Välj"), *((kod, stor_forsta(text)) for kod, text in Begarande.choices)],
        help_text="Du bedömer om den som begär har rätt att få uppgifterna.",
        error_messages={"required": "Välj vem som begär utdraget."},
    )
    kontroll = forms.CharField(
        label="Hur du vet vem det är",
        help_text="Till exempel: visade legitimation på besök, eller förordnandet som god man är sett.",
        min_length=5,
        max_length=300,
        error_messages={
            "required": "Skriv hur du har kontrollerat vem som begär utdraget.",
            "min_length": "Skriv med några ord hur du har kontrollerat det.",
        },
    )
    skal = forms.CharField(
        label="Varför utdraget görs",
        help_text="Till exempel: begäran enligt artikel 15, diarienummer SN 2026/123. Det sparas i loggen.",
        min_length=5,
        max_length=300,
        error_messages={
            "required": "Skriv varför utdraget görs.",
            "min_length": "Skriv med några ord varför utdraget görs.",
        },
    )
    sett = forms.CharField(widget=forms.HiddenInput, max_length=64)


class Kandidatform(forms.Form):
    """Whether one text or file is given out."""

    grund = forms.ChoiceField(label="Lämnas texten ut?", choices=_VAL, required=False)

    def __init__(self, data: Any, *, nummer: int, kandidat: Kandidat) -> None:
        # By the text and not by its number: a choice stays with its text when another has come before it.
        super().__init__(data, prefix=f"k{sha256(kandidat.nyckel.encode()).hexdigest()[:16]}")
        self.kandidat = kandidat
        self.nummer = nummer


def kandidatformer(data: Any, alla: list[Kandidat]) -> list[Kandidatform]:
    """A form for each. What is posted counts only when `sett` is of the same texts."""
    return [Kandidatform(data, nummer=nummer, kandidat=ett) for nummer, ett in enumerate(alla, 1)]


def undantag(former: list[Kandidatform]) -> Undantag:
    """What is kept back. All must be valid."""
    return {ett.kandidat.nyckel: ett.cleaned_data["grund"] for ett in former if ett.cleaned_data["grund"]}


def sett(alla: list[Kandidat]) -> str:
    """What the page's hidden field holds."""
    return avtryck(alla)
