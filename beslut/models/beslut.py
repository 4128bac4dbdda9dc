"""What has been decided for a person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from beslut.models import gallrad
from beslut.models.person import Person
from beslut.regler import Insats, Lag, Omfattningsenhet, Utfall
from grund.giltighet import TAS_ALDRIG_BORT, Giltighet, exakt_falt, giltiga_varden, nyckelfalt


class Beslut(Giltighet):
    """A decision on an insats. A rejected application has no days of its own, so `fran` may be empty for it."""

    nyckel = nyckelfalt()
    person = models.ForeignKey(Person, models.PROTECT, related_name="beslut")
    insats = models.CharField("insats", max_length=10, choices=Insats)
    lagrum = models.CharField("lagrum", max_length=3, choices=Lag)
    utfall = models.CharField("utfall", max_length=6, choices=Utfall)
    ansokan = models.DateField("ansökan inkom", null=True, blank=True)
    beslutsdatum = models.DateField("beslutsdatum")
    fran = models.DateField("från och med", null=True, blank=True)  # type: ignore[assignment]  # looser than the base
    omfattning = exakt_falt("omfattning", tomt=True)
    omfattning_enhet = models.CharField("enhet", max_length=12, choices=Omfattningsenhet, blank=True)
    uppfoljning = models.DateField("följs upp senast", null=True, blank=True)

    class Meta:
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        triggers: ClassVar = [TAS_ALDRIG_BORT, *gallrad.EGEN]
        constraints: ClassVar = [
            Giltighet.slut_efter_start("beslut"),
            giltiga_varden("beslut_insats", "insats", Insats),
            giltiga_varden("beslut_utfall", "utfall", Utfall),
            giltiga_varden("beslut_omfattning_enhet", "omfattning_enhet", Omfattningsenhet, tomt=True),
            models.CheckConstraint(
                name="beslut_lagrum_passar",
                condition=Q(insats__startswith="LSS-", lagrum=Lag.LSS) | Q(insats__startswith="SOL-", lagrum=Lag.SOL),
                violation_error_message="Lagrummet passar inte insatsen.",
            ),
            models.CheckConstraint(
                name="beslut_fran_vid_bifall",
                condition=Q(fran__isnull=False) | Q(utfall=Utfall.AVSLAG),
                violation_error_message="Ett bifall måste ha en startdag.",
            ),
            models.CheckConstraint(
                name="beslut_omfattning_helt",
                condition=Q(omfattning__isnull=True, omfattning_enhet="")
                | Q(omfattning__gte=0) & ~Q(omfattning_enhet=""),
                violation_error_message="Omfattning och enhet anges tillsammans, och omfattningen är minst 0.",
            ),
        ]

    def __str__(self) -> str:
        return self.nyckel
