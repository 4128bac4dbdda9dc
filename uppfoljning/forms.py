"""What is filled in for a report."""

import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings

from ersattning.filer.text import kommun
from grund.behorighet import Roll
from grund.dokument import typsnittets_tecken
from grund.models import Anvandare
from grund.personnummer import utan_personnummer
from grund.skrift import hinder_for_skrift
from uppfoljning.tjansteutlatande.innehall import Huvud, Person
from uppfoljning.tjansteutlatande.regler import (
    hinder_for_datum,
    hinder_for_rapportens_datum,
    hinder_for_sammantrade,
    hinder_for_simuleringens_datum,
)
from uppfoljning.tjansteutlatande.underlag import Korningsfakta

_TILL_SAMMANTRADET = timedelta(days=14)
_MOTTAGARE = ("Ekonomiavdelningen", "Verksamhetschefen för funktionsstöd")
_FEL_DATUM = "Skriv datumet som 2026-06-03."


class Textfalt(forms.CharField):
    """Text that will stand in a document: whole letters, as the typeface has them, and nothing that cannot be shown."""

    rader = False

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFC", super().to_python(value) or "")

    def run_validators(self, value: str) -> None:
        if hinder := hinder_for_skrift(value, typsnittets_tecken(), rader=self.rader):
            raise forms.ValidationError(hinder)
        super().run_validators(value)


class Radfalt(Textfalt):
    """Some lines of it."""

    rader = True
    widget = forms.Textarea


class Epostfalt(forms.EmailField, Textfalt):
    """An address in a document."""


def _text(etikett: str, saknas: str, *, hjalp: str = "", langst: int = 80, **annat: Any) -> forms.CharField:
    for_langt = f"Skriv högst {langst} tecken."
    return Textfalt(
        label=etikett,
        help_text=hjalp,
        max_length=langst,
        error_messages={"required": saknas, "max_length": for_langt},
        **annat,
    )


def _dag(etikett: str, saknas: str) -> forms.DateField:
    return forms.DateField(
        label=etikett,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"required": saknas, "invalid": _FEL_DATUM},
    )


class Utlatandeform(forms.Form):
    """The header and the end of a tjänsteutlåtande about a month."""

    diarienummer = _text(
        "Diarienummer",
        "Skriv ärendets diarienummer.",
        hjalp="Till exempel SN 2026/0148.",
        langst=40,
        validators=[utan_personnummer],
    )
    datum = _dag("Utlåtandets datum", "Skriv vilken dag utlåtandet undertecknas.")
    sammantrade = _dag("Nämndens sammanträde", "Skriv vilken dag nämnden sammanträder.")
    handlaggare = _text("Handläggare", "Skriv handläggarens namn.")
    handlaggare_titel = _text("Handläggarens titel", "Skriv handläggarens titel.")
    epost = Epostfalt(
        label="Handläggarens e-post",
        required=False,
        help_text="Får lämnas tomt.",
        max_length=80,
        error_messages={
            "invalid": "Skriv en e-postadress som namn@kommun.se, eller lämna fältet tomt.",
            "max_length": "Skriv högst 80 tecken.",
        },
    )
    undertecknare = _text("Undertecknare", "Skriv namnet på den som undertecknar.")
    undertecknare_titel = _text("Undertecknarens titel", "Skriv undertecknarens titel.")
    skickas_till = Radfalt(
        label="Beslutet skickas till",
        required=False,
        help_text="En mottagare på varje rad.",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": "Skriv högst 1\N{NO-BREAK SPACE}000 tecken."},
    )

    def __init__(self, *args: Any, korningar: Sequence[Korningsfakta], idag: date, **kwargs: Any) -> None:
        """`korningar` are those that the document tells of, its own month's first."""
        super().__init__(*args, **kwargs)
        self._korningar, self._idag = korningar, idag

    def clean_datum(self) -> date:
        datum: date = self.cleaned_data["datum"]
        return _utan_hinder(datum, hinder_for_datum(datum, korningar=self._korningar, idag=self._idag))

    def clean_sammantrade(self) -> date:
        dag: date = self.cleaned_data["sammantrade"]
        datum: date | None = self.cleaned_data.get("datum")
        return _utan_hinder(dag, hinder_for_sammantrade(dag, datum=datum)) if datum else dag

    def huvud(self) -> Huvud:
        """What has been filled in, when it is valid."""
        falt = self.cleaned_data
        return Huvud(
            kommun=kommun(),
            forvaltning=settings.FORVALTNING,
            namnd=settings.NAMND,
            diarienummer=falt["diarienummer"],
            datum=falt["datum"],
            sammantrade=falt["sammantrade"],
            handlaggare=Person(falt["handlaggare"], falt["handlaggare_titel"], falt["epost"]),
            undertecknare=Person(falt["undertecknare"], falt["undertecknare_titel"]),
            skickas_till=tuple(filter(None, map(str.strip, falt["skickas_till"].splitlines()))),
        )


class Rapportutlatandeform(Utlatandeform):
    """The same of a document about a report, which cannot be older than the day that it tells of."""

    def __init__(self, *args: Any, per: date, idag: date, **kwargs: Any) -> None:
        super().__init__(*args, korningar=(), idag=idag, **kwargs)
        self._per = per

    def clean_datum(self) -> date:
        datum: date = self.cleaned_data["datum"]
        return _utan_hinder(datum, hinder_for_rapportens_datum(datum, per=self._per, idag=self._idag))


class Simuleringsutlatandeform(Utlatandeform):
    """The same of a document about a simulering, which cannot be older than its figures."""

    vad = "Simuleringen"

    def __init__(self, *args: Any, raknad: date, idag: date, **kwargs: Any) -> None:
        super().__init__(*args, korningar=(), idag=idag, **kwargs)
        self._raknad = raknad

    def clean_datum(self) -> date:
        datum: date = self.cleaned_data["datum"]
        return _utan_hinder(datum, self._hinder(datum))

    def _hinder(self, datum: date) -> list[str]:
        return hinder_for_simuleringens_datum(datum, raknad=self._raknad, idag=self._idag, vad=self.vad)


class Prognosutlatandeform(Simuleringsutlatandeform):
    """The same of a document about a prognos."""

    vad = "Prognosen"


def _utan_hinder(dag: date, hinder: list[str]) -> date:
    if hinder:
        raise forms.ValidationError(hinder)
    return dag


def fran_borjan(anvandare: Anvandare, idag: date) -> dict[str, object]:
    """What the form says before anybody has filled it in."""
    return {
        "datum": idag,
        "sammantrade": idag + _TILL_SAMMANTRADET,
        "handlaggare": anvandare.get_full_name(),
        "handlaggare_titel": Roll(anvandare.roller[0]).label if anvandare.roller else "",
        "epost": anvandare.email,
        "undertecknare_titel": "socialdirektör",
        "skickas_till": "\n".join(_MOTTAGARE),
    }
