"""The reports that there are: each with its question, its selection and what makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapporter.ej_verkstallda import forms as ej_verkstallda_forms
from uppfoljning.rapporter.ej_verkstallda.queries import hamta as hamta_ej_verkstallda
from uppfoljning.rapporter.ej_verkstallda.rapport import rapport as ej_verkstallda


@dataclass(frozen=True, slots=True)
class Rapporttyp:
    """A report. `fraga`: what it answers. `form` takes the address's fields and `idag`; `gor` a valid one of it."""

    nyckel: str
    namn: str
    fraga: str
    form: type[forms.Form]
    gor: Callable[[Any, date, Lasare], Rapport]


def _ej_verkstallda(form: ej_verkstallda_forms.Kvartalsform, idag: date, lasare: Lasare) -> Rapport:
    return ej_verkstallda(hamta_ej_verkstallda(form.valt, idag), lasare)


RAPPORTER = {
    ett.nyckel: ett
    for ett in (
        Rapporttyp(
            "ej-verkstallda",
            "Ej verkställda beslut",
            "Vilka beslut har inte verkställts i tid, vad ska rapporteras till IVO, och vad kan det kosta?",
            ej_verkstallda_forms.Kvartalsform,
            _ej_verkstallda,
        ),
    )
}
