"""Whom a user who reports for a utförare reports for."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from grund.models import Anvandare
from utforare.models.utforare import Enhet, Utforare


class Tillhorighet(models.Model):
    """A user works at an enhet. All the enheter of a user belong to one utförare."""

    anvandare = models.ForeignKey(Anvandare, models.PROTECT, related_name="tillhorigheter")
    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="tillhorigheter")
    utforare = models.ForeignKey(Utforare, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "tillhörighet"
        verbose_name_plural = "tillhörigheter"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["anvandare", "enhet"],
                name="tillhorighet_en_gang",
                violation_error_message="Användaren hör redan till enheten.",
            ),
            ExclusionConstraint(
                name="tillhorighet_en_utforare",
                expressions=[("anvandare", RangeOperators.EQUAL), ("utforare", RangeOperators.NOT_EQUAL)],
                violation_error_message="Användaren hör redan till en annan utförare.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.anvandare_id} {self.enhet_id}"
