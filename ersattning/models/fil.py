"""Files that a körning has given: made once, kept with their hash."""

from typing import ClassVar

from django.db import models

from ersattning.models import vakter
from ersattning.models.korning import Korning
from utforare.models import Utforare


class Filslag(models.TextChoices):
    """What a file is."""

    SPECIFIKATION_PDF = "specifikation_pdf", "Ersättningsspecifikation (PDF)"
    SPECIFIKATION_XLSX = "specifikation_xlsx", "Ersättningsspecifikation (Excel)"
    UNDERLAG_XLSX = "underlag_xlsx", "Underlag (Excel)"
    MANAD_XLSX = "manad_xlsx", "Månadens arbetsbok (Excel)"
    BOKFORINGSORDER_SIE = "bokforingsorder_sie", "Bokföringsorder (SIE 4I)"
    BOKFORINGSORDER_CSV = "bokforingsorder_csv", "Bokföringsorderns rader (CSV)"
    FAKTUROR_CSV = "fakturor_csv", "Förväntade fakturor (CSV)"
    FAKTURARADER_CSV = "fakturarader_csv", "De förväntade fakturornas rader (CSV)"
    FAKTUROR_SIE = "fakturor_sie", "Förväntade fakturor som upplupen kostnad (SIE 4I)"


UTBETALNINGSFILER = (
    Filslag.BOKFORINGSORDER_SIE,
    Filslag.BOKFORINGSORDER_CSV,
    Filslag.FAKTUROR_CSV,
    Filslag.FAKTURARADER_CSV,
    Filslag.FAKTUROR_SIE,
)  # made once, on order, of a settled month (ersattning/filer/utbetalning.py); no part of what every körning gives


class Fil(models.Model):
    """A file on disk under FILER_DIR. `sokvag` is relative to it; `sha256` is of its bytes."""

    korning = models.ForeignKey(Korning, models.CASCADE, related_name="filer")
    utforare = models.ForeignKey(Utforare, models.PROTECT, null=True, related_name="filer")
    slag = models.CharField("slag", max_length=20, choices=Filslag)
    sokvag = models.CharField("sökväg", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    storlek = models.BigIntegerField("storlek, byte")
    skapad = models.DateTimeField("skapad")

    class Meta:
        verbose_name = "fil"
        verbose_name_plural = "filer"
        triggers: ClassVar = vakter.FILER
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["korning", "utforare", "slag"], name="fil_en_gang", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.sokvag
