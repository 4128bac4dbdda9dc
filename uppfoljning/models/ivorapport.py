"""Somebody has reported a beslut to IVO: when, and for which quarter."""

from typing import ClassVar

from django.db import models

from beslut.models import Beslut
from grund.giltighet import TAS_ALDRIG_BORT, giltiga_varden
from grund.models import Anvandare
from uppfoljning.rapporter.ej_verkstallda.regler import Rapportslag
from utforare.frist import Klocka


class Ivorapport(models.Model):
    """Somebody has reported a beslut that is not carried out to IVO, for a quarter (LSS 28 f–g §§).

    `kvartal` is the quarter's first day. `klocka` and `klockan_fran`: the clock that it was reported for.
    `handelsedag`: in an avslutsrapport the day when it was carried out, or ended.
    """

    beslut = models.ForeignKey(Beslut, models.PROTECT, related_name="ivorapporter")
    slag = models.CharField("slag", max_length=7, choices=Rapportslag)
    kvartal = models.DateField("kvartalets första dag")
    klocka = models.CharField("klocka", max_length=7, choices=[(ett.value, ett.value) for ett in Klocka])
    klockan_fran = models.DateField("klockan går från")
    handelsedag = models.DateField("verkställt eller avslutat", null=True, blank=True)
    lamnad = models.DateField("lämnad till IVO")
    referens = models.CharField("IVO:s ärendenummer", max_length=40, blank=True)
    noterad = models.DateTimeField("noterad")
    noterad_av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+", verbose_name="noterad av")

    class Meta:
        verbose_name = "rapport till IVO"
        verbose_name_plural = "rapporter till IVO"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        constraints: ClassVar = [
            giltiga_varden("ivorapport_slag", "slag", Rapportslag),
            models.UniqueConstraint(
                fields=["beslut", "kvartal", "slag", "klockan_fran"],
                name="ivorapport_en_gang",
                violation_error_message="Rapporten är redan noterad som lämnad för kvartalet.",
            ),
            models.CheckConstraint(
                name="ivorapport_avslut_har_dag",
                condition=models.Q(slag=Rapportslag.INDIVID, handelsedag__isnull=True)
                | models.Q(slag=Rapportslag.AVSLUT, handelsedag__isnull=False),
                violation_error_message="En avslutsrapport säger vilken dag beslutet verkställdes eller avslutades.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beslut_id} {self.slag} {self.kvartal}"
