"""What a körning comes to, and why it differs from the month before: kept, since pages ask for it often."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models

from beslut.regler import Insats
from ersattning.models import vakter
from ersattning.models.korning import Korning
from utforare.models import Utforare


def _kronor(namn: str) -> Any:
    return models.DecimalField(namn, max_digits=34, decimal_places=2, default=0)


class Manadssumma(models.Model):
    """A körning's sums: for one utförare, for one insats, or (both empty) for all. Each person is counted once.

    `fore` is what the month before came to, empty when it was not calculated. What differs from it is split into parts
    that add up to the öre: volym + pris + niva + rattelse_skillnad + bonus_skillnad + justering_skillnad = summa − fore
    (ersattning/summering.py says how). `nya`, `avslutade`, `hojda`, `sankta` count verkställigheter.
    """

    korning = models.ForeignKey(Korning, models.CASCADE, related_name="summor")
    utforare = models.ForeignKey(Utforare, models.PROTECT, null=True, related_name="+", db_index=False)
    insats = models.CharField("insats", max_length=10, choices=Insats, blank=True)
    personer = models.IntegerField("personer", default=0)
    rader = models.IntegerField("rader", default=0)
    ordinarie = _kronor("ordinarie, kr")
    rattelser = _kronor("rättelser, kr")
    bonus = _kronor("bonus, kr")
    justeringar = _kronor("justeringar, kr")
    fore = models.DecimalField("månaden före, kr", max_digits=34, decimal_places=2, null=True)
    volym = _kronor("volym, kr")
    pris = _kronor("pris, kr")
    niva = _kronor("nivå, kr")
    rattelse_skillnad = _kronor("skillnad i rättelser, kr")
    bonus_skillnad = _kronor("skillnad i bonus, kr")
    justering_skillnad = _kronor("skillnad i justeringar, kr")
    nya = models.IntegerField("nya verkställigheter", default=0)
    avslutade = models.IntegerField("avslutade verkställigheter", default=0)
    hojda = models.IntegerField("höjda nivåer", default=0)
    sankta = models.IntegerField("sänkta nivåer", default=0)

    class Meta:
        verbose_name = "månadssumma"
        verbose_name_plural = "månadssummor"
        triggers: ClassVar = vakter.RADER
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["korning", "utforare", "insats"], name="manadssumma_en_gang", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="manadssumma_delarna_gar_ihop",
                condition=models.Q(fore__isnull=True)
                | models.Q(
                    fore=models.F("ordinarie")
                    + models.F("rattelser")
                    + models.F("bonus")
                    + models.F("justeringar")
                    - models.F("volym")
                    - models.F("pris")
                    - models.F("niva")
                    - models.F("rattelse_skillnad")
                    - models.F("bonus_skillnad")
                    - models.F("justering_skillnad")
                ),
                violation_error_message="Delarna av skillnaden mot månaden före ska bli hela skillnaden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.korning_id} {self.utforare_id or self.insats}"

    @property
    def summa(self) -> Decimal:
        """All that it comes to, in kronor."""
        svar: Decimal = self.ordinarie + self.rattelser + self.bonus + self.justeringar
        return svar

    @property
    def mot(self) -> Decimal | None:
        """How much more than the month before; None when there is nothing to compare with."""
        return None if self.fore is None else self.summa - self.fore
