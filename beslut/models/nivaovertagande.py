"""That somebody took over a nivåbedömning from whoever had begun it."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from beslut.models.nivaarende import Nivaarende
from grund.models import Anvandare


class Nivaovertagande(models.Model):
    """Who had the assessment, who has it from then on, and why. Neither of the two may decide on it afterwards.

    It goes with a draft that is thrown away; then the event alone tells of it.
    """

    arende = models.ForeignKey(Nivaarende, models.CASCADE, related_name="overtaganden")
    fran = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    till = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    tidpunkt = models.DateTimeField("tidpunkt")
    skal = models.TextField("skäl")

    class Meta:
        verbose_name = "övertagande"
        verbose_name_plural = "övertaganden"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="nivaovertagande_av_annan",
                condition=~Q(fran=F("till")),
                violation_error_message="Du gör redan bedömningen.",
            ),
            models.CheckConstraint(
                name="nivaovertagande_skal",
                condition=~Q(skal=""),
                violation_error_message="Skriv varför bedömningen tas över.",
            ),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="nivaovertagande_andras_inte", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.arende_id}: {self.fran_id} → {self.till_id}"
