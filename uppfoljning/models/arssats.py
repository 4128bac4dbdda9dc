"""A year's reports as files: ordered together, made one by one by the workers, kept with their hash."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from grund.giltighet import TAS_ALDRIG_BORT, giltiga_varden
from grund.models import Anvandare


class Arsfilslag(models.TextChoices):
    """What a file is."""

    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Excel"


class Arssats(models.Model):
    """Somebody has asked for all the reports of a year, as they are known `dag`."""

    ar = models.IntegerField("år")
    dag = models.DateField("läget den")
    bestalld = models.DateTimeField("beställd")
    bestalld_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+", verbose_name="beställd av")

    class Meta:
        verbose_name = "årets rapporter"
        verbose_name_plural = "årens rapporter"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="arssats_rimligt_ar",
                condition=Q(ar__range=(2000, 2100)),
                violation_error_message="Året ligger mellan 2000 och 2100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ar}, beställd {self.bestalld:%Y-%m-%d}"


class Arsfil(models.Model):
    """One of its files. Not made yet: `klar` and `fel` are empty. `sokvag` is under FILER_DIR."""

    sats = models.ForeignKey(Arssats, models.PROTECT, related_name="filer")
    rapport = models.CharField("rapport", max_length=60)
    slag = models.CharField("slag", max_length=4, choices=Arsfilslag)
    sokvag = models.CharField("sökväg", max_length=200, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    storlek = models.BigIntegerField("storlek, byte", default=0)
    klar = models.DateTimeField("klar", null=True)
    fel = models.TextField("fel", blank=True)

    class Meta:
        verbose_name = "fil i årets rapporter"
        verbose_name_plural = "filer i årets rapporter"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        constraints: ClassVar = [
            giltiga_varden("arsfil_slag", "slag", Arsfilslag),
            models.UniqueConstraint(
                fields=["sats", "rapport", "slag"],
                name="arsfil_en_gang",
                violation_error_message="Filen finns redan bland årets rapporter.",
            ),
            models.CheckConstraint(
                name="arsfil_klar_har_avtryck",
                condition=Q(klar=None) | (~Q(sha256="") & ~Q(sokvag="") & Q(fel="")),
                violation_error_message="En fil som är klar har en plats och en kontrollsumma.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rapport}.{self.slag}"
