"""What is filled in when a file is taken in."""

from datetime import date
from typing import Any

from django import forms

from grund.personnummer import utan_personnummer
from grund.text import manad_i_ord, stor_forsta
from grund.tid import Manad
from uppfoljning.uppgifter.lasning import STORST
from uppfoljning.uppgifter.typ import Period, Uppgiftsslag

_AR_BAKAT, _AR_FRAMAT, _MANADER = 10, 2, 36


class Uppgiftsform(forms.Form):
    """A file, what time it is of, and where it comes from."""

    period = forms.ChoiceField(
        label="Period",
        error_messages={"required": "Välj vilken tid filen gäller.", "invalid_choice": "Välj en tid i listan."},
    )
    kalla = forms.CharField(
        label="Källa",
        max_length=200,
        validators=[utan_personnummer],
        help_text="Var uppgifterna kommer ifrån, till exempel ett system, en rapport eller ett protokoll.",
        error_messages={"required": "Skriv var uppgifterna kommer ifrån.", "max_length": "Skriv högst 200 tecken."},
    )
    fil = forms.FileField(
        label="Fil",
        help_text="CSV med semikolon (UTF-8), eller Excel.",
        allow_empty_file=True,
        error_messages={"required": "Välj en fil.", "invalid": "Välj en fil."},
    )

    def __init__(self, *args: Any, slag: Uppgiftsslag, idag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        val = list(_perioder(slag.period, idag))
        if not val:
            del self.fields["period"]
            return
        falt = self.fields["period"]
        falt.label = stor_forsta(slag.period.value)
        falt.choices = [("", "Välj"), *val]  # type: ignore[attr-defined]

    def clean_fil(self) -> Any:
        fil = self.cleaned_data["fil"]
        if fil.size > STORST:
            msg = f"Filen är för stor. Den får vara högst {STORST // 1024**2} MB."
            raise forms.ValidationError(msg)
        return fil


def _perioder(period: Period, idag: date) -> list[tuple[str, str]]:
    if period is Period.AR:
        return [(f"{ar}", f"{ar}") for ar in range(idag.year + _AR_FRAMAT, idag.year - _AR_BAKAT - 1, -1)]
    if period is Period.MANAD:
        nu = Manad.av(idag)
        manader = [nu.plus(steg) for steg in range(12, -_MANADER, -1)]
        return [(str(ett), stor_forsta(manad_i_ord(ett.fran))) for ett in manader]
    return []
