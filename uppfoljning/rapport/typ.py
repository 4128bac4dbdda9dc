"""What a report is to the pages: its name, its question, its selection and what makes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from grund.behorighet import Ratt
from uppfoljning.rapport.innehall import Lasare, Rapport


@dataclass(frozen=True, slots=True)
class Lank:
    """A page of the report's own, such as a list to work from, for those with the right to it."""

    namn: str
    vy: str
    ratt: Ratt


def _forval(_: int) -> dict[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Rapporttyp:
    """A report. `fraga`: what it answers. `form` takes the address's fields and `idag`; `gor` a valid one of it.

    A form without fields (the first visit) is valid and means the selection that most people want. `lankar`: pages of
    the report's own. `arsurval`: the fields that select a year, for the year's reports; without it the first visit's.
    """

    nyckel: str
    namn: str
    fraga: str
    form: type[forms.Form]
    gor: Callable[[Any, date, Lasare], Rapport]
    lankar: tuple[Lank, ...] = ()
    arsurval: Callable[[int], dict[str, str]] = _forval

    def urval(self, falt: Mapping[str, Any], idag: date) -> forms.Form:
        """Its selection, from the fields of an address."""
        return self.form(falt, idag=idag)  # type: ignore[call-arg]
