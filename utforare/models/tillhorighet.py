"""Whom a user who reports for a utförare reports for, and when."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from grund.giltighet import Giltighet, utan_overlapp
from grund.models import Anvandare
from utforare.models.utforare import Enhet, Utforare


class Tillhorighet(Giltighet):
    """A user works at an enhet during some days. All the enheter of a user on a day belong to one utförare."""

    anvandare = models.ForeignKey(Anvandare, models.PROTECT, related_name="tillhorigheter")
    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="tillhorigheter")
    utforare = models.ForeignKey(Utforare, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "tillhörighet"
        verbose_name_plural = "tillhörigheter"
        constraints: ClassVar = [
            Giltighet.slut_efter_start("tillhorighet"),
            utan_overlapp(
                "tillhorighet_overlappar_inte",
                ["anvandare", "enhet"],
                "Användaren hör redan till enheten under en del av tiden.",
            ),
            ExclusionConstraint(
                name="tillhorighet_en_utforare",
                expressions=[
                    ("anvandare", RangeOperators.EQUAL),
                    ("utforare", RangeOperators.NOT_EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Användaren hör till en annan utförare under en del av tiden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.anvandare_id} {self.enhet_id}"
