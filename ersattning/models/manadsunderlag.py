"""What had been registered when a month was calculated: kept, since what is registered later does not change it."""

from typing import ClassVar

from django.db import models

from ersattning.models import vakter
from ersattning.models.korning import Korning
from utforare.models import Utforare
from utforare.regler import Modell


class Manadsunderlag(models.Model):
    """What an utförare had registered for a körning, of what an avtal of `modell` pays for.

    Only for the two models that pay nothing without närvaro (R11) or visits (R20).
    `verkstalligheter` are those that the avtal could pay some day of the month; `rapporterade` of them have at least
    one närvaro row (modell närvaro) or visit (utförd tid) in it, and `poster` is how many such rows there are.
    """

    korning = models.ForeignKey(Korning, models.CASCADE, related_name="underlag")
    utforare = models.ForeignKey(Utforare, models.PROTECT, related_name="+", db_index=False)
    modell = models.CharField("modell", max_length=12, choices=Modell)
    verkstalligheter = models.IntegerField("verkställigheter")
    rapporterade = models.IntegerField("med underlag")
    poster = models.IntegerField("dagar eller besök")

    class Meta:
        verbose_name = "månadsunderlag"
        verbose_name_plural = "månadsunderlag"
        triggers: ClassVar = vakter.RADER
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["korning", "utforare", "modell"], name="manadsunderlag_en_gang")
        ]

    def __str__(self) -> str:
        return f"{self.korning_id} {self.utforare_id} {self.modell}"
