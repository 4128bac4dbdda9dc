"""What places there will be: given by those who plan them (docs/nyckeltal.md, Boendeplan)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from beslut.regler import Insats
from grund.giltighet import giltiga_varden
from uppfoljning.models.uppgifter import Uppgiftsrad, oforanderlig
from utforare.models import Enhet


class Planeradkapacitet(Uppgiftsrad):
    """Places at the end of a year: at an enhet that there is, or at one that is only planned (`namn`)."""

    ar = models.IntegerField("år")
    insats = models.CharField("insats", max_length=10, choices=Insats)
    enhet = models.ForeignKey(Enhet, models.PROTECT, null=True, related_name="+", verbose_name="enhet")
    namn = models.CharField("namn", max_length=200)
    platser = models.IntegerField("platser")

    class Meta:
        verbose_name = "planerad kapacitet"
        verbose_name_plural = "planerade kapaciteter"
        triggers: ClassVar = [oforanderlig("planeradkapacitet")]
        constraints: ClassVar = [
            giltiga_varden("planeradkapacitet_insats", "insats", Insats),
            models.CheckConstraint(
                name="planeradkapacitet_minst_noll",
                condition=Q(platser__gte=0),
                violation_error_message="Antalet platser är minst 0.",
            ),
        ]
