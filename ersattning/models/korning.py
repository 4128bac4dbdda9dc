"""The monthly körning and the parts that workers take."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ersattning.models import vakter
from ersattning.regler import FAST, Status
from grund.giltighet import giltiga_varden
from grund.models import Anvandare
from grund.tid import Manad


class Korning(models.Model):
    """A month's calculation and its way to payment: beräknad → granskad → fastställd → utbetald (R40, R41).

    `omgang` counts how often it has been calculated. `andring_nr` is the last Andring that the calculation had seen:
    later ones are what has changed since. `bar_rattelser` = it also recalculated the settled months (R40).
    """

    manad = models.DateField("månad", unique=True, help_text="månadens första dag")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.BERAKNAS)
    omgang = models.IntegerField("omgång", default=1)
    andring_nr = models.BigIntegerField("sista ändring som räknades med", default=0)
    bar_rattelser = models.BooleanField("bär rättelser", default=False)
    startad = models.DateTimeField("startad")
    beraknad = models.DateTimeField("beräknad", null=True)
    beraknad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")
    granskad = models.DateTimeField("granskad", null=True)
    granskad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")
    faststalld = models.DateTimeField("fastställd", null=True)
    faststalld_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")
    utbetald = models.DateTimeField("utbetald", null=True)
    utbetald_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "körning"
        verbose_name_plural = "körningar"
        triggers: ClassVar = vakter.KORNING
        constraints: ClassVar = [
            giltiga_varden("korning_status", "status", Status),
            models.CheckConstraint(
                name="korning_hel_manad",
                condition=Q(manad__day=1),
                violation_error_message="En körning gäller en hel månad.",
            ),
            models.CheckConstraint(
                name="korning_fyra_ogon",
                condition=(Q(beraknad_av__isnull=True) | ~Q(faststalld_av=F("beraknad_av")))
                & (Q(granskad_av__isnull=True) | ~Q(faststalld_av=F("granskad_av")))
                | Q(faststalld_av__isnull=True),
                violation_error_message="Den som har beräknat eller granskat månaden får inte fastställa den.",
            ),
            models.CheckConstraint(
                name="korning_steg_i_ordning",
                condition=~Q(status__in=FAST) | Q(granskad_av__isnull=False, faststalld_av__isnull=False),
                violation_error_message="En månad granskas innan den fastställs.",
            ),
            models.CheckConstraint(
                name="korning_utbetald_av_annan",
                condition=~Q(status=Status.UTBETALD)
                | Q(utbetald__isnull=False, utbetald_av__isnull=False) & ~Q(utbetald_av=F("faststalld_av")),
                violation_error_message="Den som har fastställt månaden får inte markera den som utbetald.",
            ),
        ]

    def __str__(self) -> str:
        return str(Manad.av(self.manad))

    @property
    def ar_fast(self) -> bool:
        """Settled: nothing of it changes any more."""
        return self.status in FAST


class Delkorning(models.Model):
    """A part of a körning: some persons' month, calculated by one task in one transaction.

    Persons, not providers, are the unit: what one provider is paid may hang on what another did for the same person
    (R30, R31), and equal parts keep all workers busy.
    """

    korning = models.ForeignKey(Korning, models.CASCADE, related_name="delar", db_index=False)
    nummer = models.IntegerField("nummer")
    avser_manad = models.DateField("avser månad")
    personer = ArrayField(models.BigIntegerField(), verbose_name="personer")
    klar = models.DateTimeField("klar", null=True)
    antal_rader = models.IntegerField("rader", default=0)

    class Meta:
        verbose_name = "delkörning"
        verbose_name_plural = "delkörningar"
        triggers: ClassVar = vakter.RADER
        constraints: ClassVar = [models.UniqueConstraint(fields=["korning", "nummer"], name="delkorning_en_gang")]

    def __str__(self) -> str:
        return f"{self.korning_id}:{self.nummer}"
