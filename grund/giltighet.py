"""Dated rows: `[fran, till)` as two columns and a generated daterange that constraints and queries lean on."""

from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

# Order of Unicode code points: ids compare as text in the same way everywhere (docs/ersattning.md, Output).
KODPUNKTER = "C"


# Someone or something that money has been paid for stays: rows of years ago still refer to it.
TAS_ALDRIG_BORT = pgtrigger.Protect(name="tas_aldrig_bort", operation=pgtrigger.Delete)


def nyckelfalt() -> "models.CharField[str, str]":
    """The source system's own key: text of at most 40 characters, unique within its kind (docs/datapaket.md)."""
    return models.CharField(
        "id i källsystemet",
        max_length=40,
        unique=True,
        db_collation=KODPUNKTER,
        error_messages={"unique": "Det finns redan en rad med detta id."},
    )


DECIMALER = 12  # of numbers that must stay exact; the import refuses more


def exakt_falt(namn: str, *, tomt: bool = False) -> "models.DecimalField[Any, Any]":
    """A number kept exactly as it was given: up to 12 digits before and 12 after the decimal mark."""
    return models.DecimalField(namn, max_digits=24, decimal_places=DECIMALER, null=tomt, blank=tomt)


class Giltighet(models.Model):
    """Base of rows that hold from a day, inclusive, to a day, exclusive; `till` None = until further notice."""

    fran = models.DateField("från och med")
    till = models.DateField("till (exklusiv)", null=True, blank=True)
    period = models.GeneratedField(
        expression=Func(F("fran"), F("till"), function="daterange"), output_field=DateRangeField(), db_persist=True
    )

    class Meta:
        abstract = True

    @classmethod
    def slut_efter_start(cls, namn: str) -> models.CheckConstraint:
        """CHECK that the period holds at least one day."""
        return models.CheckConstraint(
            name=f"{namn}_slut_efter_start",
            condition=Q(till__isnull=True) | Q(till__gt=F("fran")),
            violation_error_message="Slutdagen ligger före startdagen.",
        )


def utan_overlapp(namn: str, falt: list[Any], meddelande: str, **kwargs: Any) -> ExclusionConstraint:
    """EXCLUDE: rows alike in `falt` may not hold on the same day."""
    lika = [(ett, RangeOperators.EQUAL) for ett in falt]
    return ExclusionConstraint(
        name=namn,
        expressions=[*lika, ("period", RangeOperators.OVERLAPS)],
        violation_error_message=meddelande,
        **kwargs,
    )


def giltiga_varden(
    namn: str, falt: str, val: type[models.TextChoices], *, tomt: bool = False
) -> models.CheckConstraint:
    """CHECK that `falt` holds one of the codes in `val`."""
    koder = [*val.values, ""] if tomt else val.values
    return models.CheckConstraint(
        name=namn,
        condition=Q(**{f"{falt}__in": koder}),
        violation_error_message=f"Okänt värde. Tillåtna värden: {', '.join(val.values)}.",
    )
