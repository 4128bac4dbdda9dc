"""Providers and their units."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from grund.giltighet import TAS_ALDRIG_BORT, giltiga_varden, nyckelfalt
from utforare.regler import Regi


class Utforare(models.Model):
    """A provider, municipal or private."""

    nyckel = nyckelfalt()
    namn = models.CharField("namn", max_length=200)
    organisationsnummer = models.CharField("organisationsnummer", max_length=10)
    regi = models.CharField("regi", max_length=6, choices=Regi)

    class Meta:
        verbose_name = "utförare"
        verbose_name_plural = "utförare"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        constraints: ClassVar = [
            giltiga_varden("utforare_regi", "regi", Regi),
            models.CheckConstraint(
                name="utforare_organisationsnummer_form",
                condition=Q(organisationsnummer__regex=r"^[0-9]{10}$"),
                violation_error_message="Organisationsnumret ska ha tio siffror.",
            ),
        ]

    def __str__(self) -> str:
        return self.namn


class Enhet(models.Model):
    """A unit of a provider: a group home, a daily activity …"""

    nyckel = nyckelfalt()
    utforare = models.ForeignKey(Utforare, models.PROTECT, related_name="enheter")
    namn = models.CharField("namn", max_length=200)
    platser = models.IntegerField("platser", null=True, blank=True)

    class Meta:
        verbose_name = "enhet"
        verbose_name_plural = "enheter"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="enhet_platser",
                condition=Q(platser__isnull=True) | Q(platser__gte=0),
                violation_error_message="Antalet platser kan inte vara negativt.",
            )
        ]

    def __str__(self) -> str:
        return self.namn
