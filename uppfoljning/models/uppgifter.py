"""Files that reports are counted from, and their rows. A new file is a new version; what has been read stays."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from grund.models import Anvandare

_OFORANDERLIG = pgtrigger.Update | pgtrigger.Delete


def oforanderlig(namn: str) -> pgtrigger.Protect:
    """Rows of a file are never changed and never removed. For the Meta of each table that holds such."""
    return pgtrigger.Protect(name=f"{namn}_ar_oforanderlig", operation=_OFORANDERLIG)


class Uppgiftsfil(models.Model):
    """A file that has been taken in. `slag` names its kind, `period` is `2026`, `2026-05` or nothing. The last
    `version` of a period holds."""

    slag = models.CharField("slag", max_length=40)
    period = models.CharField("period", max_length=7, blank=True)
    version = models.IntegerField("version")
    filnamn = models.CharField("fil", max_length=200)
    kalla = models.CharField("källa", max_length=200, help_text="var uppgifterna kommer ifrån")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    antal = models.IntegerField("rader")
    inlast = models.DateTimeField("inläst")
    inlast_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+", verbose_name="inläst av")

    class Meta:
        verbose_name = "uppgiftsfil"
        verbose_name_plural = "uppgiftsfiler"
        triggers: ClassVar = [oforanderlig("uppgiftsfil")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slag", "period", "version"],
                name="uppgiftsfil_version_en_gang",
                violation_error_message="Någon annan har just läst in en fil av samma slag. Ladda om sidan.",
            ),
            models.CheckConstraint(
                name="uppgiftsfil_har_rader",
                condition=Q(antal__gt=0),
                violation_error_message="Filen har inga rader.",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.slag, self.period, f"version {self.version}"]))


class Uppgiftsrad(models.Model):
    """Base of the tables that rows of files are kept in. `rad`: the line of the file."""

    fil = models.ForeignKey(Uppgiftsfil, models.PROTECT, related_name="+")
    rad = models.IntegerField("rad")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.fil_id} rad {self.rad}"
