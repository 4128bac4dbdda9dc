"""What is filled in of a nivåbedömning: answers and reasons, and what is decided of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from beslut.actions.nivaarende import Svar
from beslut.models import Nivaarende, Nivasvar
from beslut.models.nivaarende import Synpunktssvar
from beslut.nivaarenden import MOTIV_MINST, svar_per_kod
from beslut.nivapoang import BESKRIVNING, SVAR
from beslut.nivavisning import Svarsbild, svarsbild

_VAL = [(str(svar), f"{svar} {BESKRIVNING[svar].removesuffix(' stödbehov')}") for svar in SVAR]
_FORSTA_DAG, _SISTA_DAG = date(2000, 1, 1), date(2199, 12, 31)


def datumfalt(etikett: str, hjalp: str = "", *, kravs: bool = True) -> forms.DateField:
    """A day, with the browser's own picker."""
    falt = forms.DateField(
        label=etikett,
        help_text=hjalp,
        required=kravs,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Skriv dagen som 2026-04-01.", "required": "Ange dagen."},
    )
    falt.validators.append(_rimlig_dag)
    return falt


def _rimlig_dag(dag: date) -> None:
    if not _FORSTA_DAG <= dag <= _SISTA_DAG:
        raise forms.ValidationError("Dagen är inte rimlig.")


@dataclass(frozen=True, slots=True)
class Omradesfalt:
    """An area on the page: its two fields, its help, and the answer of the last time."""

    namn: str
    hjalp: str
    svar: forms.BoundField
    skal: forms.BoundField
    forra: Svarsbild
    forra_skal: str


class Bedomningsform(forms.Form):
    """Every area with 0–4, 8 or 9 and a reason; from when; a summary. A draft may be saved with parts unanswered."""

    onskad_fran = datumfalt("Ska gälla från", "Dagen då behovet ändrades. Den kan ligga bakåt i tiden.", kravs=False)
    sammanfattning = forms.CharField(
        label="Sammanfattning",
        help_text="Vad har ändrats sedan förra bedömningen, och varför? Läses av den som beslutar.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, arende: Nivaarende, forra: Mapping[str, Nivasvar]) -> None:
        egna = svar_per_kod(arende)
        initial: dict[str, Any] = {
            "onskad_fran": arende.onskad_fran,
            "sammanfattning": arende.sammanfattning,
            "version": arende.version,
        }
        self._omraden, self._forra = list(arende.instrument.omraden.all()), forra
        for omrade in self._omraden:
            svar = egna[omrade.kod]
            initial |= {
                f"svar_{omrade.pk}": "" if svar.svar is None else str(svar.svar),
                f"skal_{omrade.pk}": svar.skal,
            }
        super().__init__(data, initial=initial)
        for omrade in self._omraden:
            self.fields[f"svar_{omrade.pk}"] = forms.TypedChoiceField(
                label=omrade.namn,
                choices=_VAL,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Välj 0–4, 8 eller 9."},
            )
            self.fields[f"skal_{omrade.pk}"] = forms.CharField(
                label=f"Skäl: {omrade.namn}",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def omraden(self) -> Iterator[Omradesfalt]:
        """The areas in their order, for the template."""
        for omrade in self._omraden:
            forra = self._forra.get(omrade.kod)
            yield Omradesfalt(
                omrade.namn,
                omrade.hjalp,
                self[f"svar_{omrade.pk}"],
                self[f"skal_{omrade.pk}"],
                svarsbild(forra.svar if forra else None),
                forra.skal if forra else "",
            )

    def svar(self) -> dict[str, Svar]:
        """What was filled in, by the area's kod."""
        ifyllt = self.cleaned_data
        return {ett.kod: Svar(ifyllt.get(f"svar_{ett.pk}"), ifyllt.get(f"skal_{ett.pk}", "")) for ett in self._omraden}


def motivfalt(etikett: str, hjalp: str, *, kravs: str) -> forms.CharField:
    """A motive of a few words at least."""
    return forms.CharField(
        label=etikett,
        help_text=hjalp,
        min_length=MOTIV_MINST,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": kravs, "min_length": f"{kravs[:-1]}, med några ord."},
    )


class Synpunktsform(forms.Form):
    """The utförare's reasons against a decision."""

    text = motivfalt(
        "Vad invänder du mot, och varför?",
        "Avtalssamordnaren läser det och svarar. Det går att göra en gång för varje bedömning.",
        kravs="Skriv vad du invänder mot.",
    )


class Synpunktssvarsform(forms.Form):
    """The answer to it."""

    svar = forms.ChoiceField(
        label="Ditt svar",
        widget=forms.RadioSelect,
        choices=Synpunktssvar.choices,
        error_messages={"required": "Välj ett svar."},
    )
    motiv = motivfalt("Motivering", "Visas för utföraren och bedömaren.", kravs="Skriv en motivering.")

    def __init__(self, *args: Any, kan_provas_igen: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        falt = self.fields["svar"]
        assert isinstance(falt, forms.ChoiceField)  # noqa: S101  declared above
        falt.choices = [
            (kod, text) for kod, text in Synpunktssvar.choices if kan_provas_igen or kod != Synpunktssvar.PROVA_IGEN
        ]
