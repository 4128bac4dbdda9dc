"""Why a person has an avtal of their own: what the import format has no column for."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from grund.models import Anvandare
from utforare.models import Avtal


class Individavtalsmotiv(models.Model):
    """The reason for an individavtal. Appended only: the latest holds, the others tell what was thought before."""

    avtal = models.ForeignKey(Avtal, models.PROTECT, related_name="motiv")
    motiv = models.TextField("motivering", max_length=1000)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+", verbose_name="av")
    dag = models.DateField("dag")

    class Meta:
        verbose_name = "motivering av ett individavtal"
        verbose_name_plural = "motiveringar av individavtal"
        triggers: ClassVar = [
            pgtrigger.Protect(name="individavtalsmotiv_ar_oforanderligt", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="individavtalsmotiv_text",
                condition=~Q(motiv=""),
                violation_error_message="Skriv varför personen har ett eget avtal.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.avtal_id}"
