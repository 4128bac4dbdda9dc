"""What the import format does not tell of an enhet: in which municipality it lies, and what kind of home it is."""

from typing import ClassVar

import pgtrigger
from django.db import models

from grund.giltighet import giltiga_varden
from grund.models import Anvandare
from uppfoljning.rapporter.behov_mot_bemanning.regler import Boendeform
from utforare.models import Enhet


class Enhetsfakta(models.Model):
    """Holds from a day until the next of the enhet; of the same day the last one registered holds. Never changed.

    `kommun` empty = in our own municipality.
    """

    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="fakta")
    fran = models.DateField("gäller från")
    kommun = models.CharField("kommun", max_length=60, blank=True)
    boendeform = models.CharField("boendeform", max_length=13, choices=Boendeform)
    registrerad = models.DateTimeField("registrerad")
    registrerad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "uppgift om enhet"
        verbose_name_plural = "uppgifter om enheter"
        indexes: ClassVar = [models.Index(fields=["enhet", "fran"], name="enhetsfakta_enhet")]
        constraints: ClassVar = [giltiga_varden("enhetsfakta_boendeform", "boendeform", Boendeform)]
        triggers: ClassVar = [
            pgtrigger.Protect(name="enhetsfakta_andras_inte", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.enhet_id} {self.fran}"
