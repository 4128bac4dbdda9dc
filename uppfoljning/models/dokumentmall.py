"""How a kommun sets its documents, in versions: a mall in use never changes."""

from typing import ClassVar

import pgtrigger
from django.db import models

from grund.giltighet import TAS_ALDRIG_BORT
from grund.models import Anvandare


class Dokumentmall(models.Model):
    """A mall by its name. What it says stands in its versions, the highest is the one that new documents take."""

    namn = models.CharField(
        "mallens namn", max_length=80, unique=True, error_messages={"unique": "Det finns redan en mall med det namnet."}
    )

    class Meta:
        verbose_name = "dokumentmall"
        verbose_name_plural = "dokumentmallar"
        triggers: ClassVar = [TAS_ALDRIG_BORT]

    def __str__(self) -> str:
        return self.namn


class Mallversion(models.Model):
    """A version of a mall. `innehall` is a Mall as text (uppfoljning.dokument.serie). Once written never changed."""

    mall = models.ForeignKey(Dokumentmall, models.PROTECT, related_name="versioner")
    version = models.PositiveIntegerField("version")
    innehall = models.TextField("innehåll")
    logotyp = models.BinaryField("logotyp (PNG)", blank=True)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    tidpunkt = models.DateTimeField("tidpunkt")

    class Meta:
        verbose_name = "version av dokumentmall"
        verbose_name_plural = "versioner av dokumentmallar"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mall", "version"],
                name="mallversion_en_gang",
                violation_error_message="Någon annan sparade mallen samtidigt. Öppna den igen.",
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="mallversion_star_kvar", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.mall_id} version {self.version}"
