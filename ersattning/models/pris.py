"""Price cells with their days, and the time bands that a price may be for (R4, R20)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from beslut.regler import Insats
from ersattning.regler import Prisenhet
from grund.giltighet import KODPUNKTER, Giltighet, giltiga_varden, utan_overlapp
from utforare.models import Prislista


class Pris(Giltighet):
    """A price: kronor for one `enhet` of an insats. Empty niva, omfattning or tidsband = any."""

    prislista = models.ForeignKey(Prislista, models.PROTECT, related_name="priser")
    insats = models.CharField("insats", max_length=10, choices=Insats)
    niva = models.CharField("nivå", max_length=40, blank=True, db_collation=KODPUNKTER)
    omfattning = models.CharField("omfattning", max_length=40, blank=True, db_collation=KODPUNKTER)
    tidsband = models.CharField("tidsband", max_length=40, blank=True, db_collation=KODPUNKTER)
    enhet = models.CharField("enhet", max_length=5, choices=Prisenhet)
    belopp = models.DecimalField("belopp, kr", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "pris"
        verbose_name_plural = "priser"
        constraints: ClassVar = [
            Giltighet.slut_efter_start("pris"),
            giltiga_varden("pris_insats", "insats", Insats),
            giltiga_varden("pris_enhet", "enhet", Prisenhet),
            models.CheckConstraint(
                name="pris_belopp",
                condition=Q(belopp__gte=0),
                violation_error_message="Priset kan inte vara negativt.",
            ),
            utan_overlapp(
                "pris_overlappar_inte",
                ["prislista", "insats", "niva", "omfattning", "tidsband", "enhet"],
                "Prislistan har redan ett pris för samma sak under en del av perioden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insats} {self.belopp} kr/{self.enhet}"


class Tidsband(models.Model):
    """When a time band applies: every week (veckodag, minutes of the local day), or between two moments."""

    prislista = models.ForeignKey(Prislista, models.PROTECT, related_name="tidsband")
    tidsband = models.CharField("tidsband", max_length=40, db_collation=KODPUNKTER)
    prioritet = models.IntegerField("prioritet")
    veckodag = models.SmallIntegerField("veckodag", null=True, blank=True, help_text="1 = måndag")
    fran_minut = models.SmallIntegerField("från, minut på dygnet", null=True, blank=True)
    till_minut = models.SmallIntegerField("till, minut på dygnet", null=True, blank=True)
    fran_tidpunkt = models.DateTimeField("från", null=True, blank=True)
    till_tidpunkt = models.DateTimeField("till", null=True, blank=True)

    class Meta:
        verbose_name = "tidsband"
        verbose_name_plural = "tidsband"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="tidsband_vecka_eller_kalender",
                condition=Q(
                    veckodag__range=(1, 7),
                    fran_minut__range=(0, 1439),
                    till_minut__range=(1, 1440),
                    till_minut__gt=F("fran_minut"),
                    fran_tidpunkt__isnull=True,
                    till_tidpunkt__isnull=True,
                )
                | Q(
                    veckodag__isnull=True,
                    fran_minut__isnull=True,
                    till_minut__isnull=True,
                    till_tidpunkt__gt=F("fran_tidpunkt"),
                ),
                violation_error_message=(
                    "Ett tidsband är en veckodag med klockslag eller två tidpunkter, och slutar efter att det börjar."
                ),
            ),
            models.UniqueConstraint(
                name="tidsband_en_gang",
                fields=[
                    "prislista",
                    "tidsband",
                    "prioritet",
                    "veckodag",
                    "fran_minut",
                    "till_minut",
                    "fran_tidpunkt",
                    "till_tidpunkt",
                ],
                nulls_distinct=False,
                violation_error_message="Tidsbandet finns redan.",
            ),
        ]

    def __str__(self) -> str:
        return self.tidsband
