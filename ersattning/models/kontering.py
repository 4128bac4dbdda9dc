"""The konteringsmall: which accounts a row of a körning is booked on. Data with days, as prices and avtal are."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from beslut.regler import Insats
from ersattning.models import vakter
from ersattning.models.korning import Korning
from ersattning.regler import ORESUTJAMNING, Artikel
from grund.giltighet import KODPUNKTER, Giltighet, giltiga_varden, utan_overlapp
from utforare.models import Utforare
from utforare.regler import Regi

KONTOFORM, KODFORM = r"^[0-9]{3,10}$", r"^[0-9A-Za-z-]{0,20}$"
_KODER = ("ansvar", "verksamhet", "objekt", "motansvar")


def _kod(namn: str) -> "models.CharField[str, str]":
    return models.CharField(namn, max_length=20, blank=True, db_collation=KODPUNKTER)


class Kontering(Giltighet):
    """A row of the mall. Empty utforare, insats or artikel = any; the most particular row that fits is used.

    `[fran, till)` are the days on which something is booked, which is the last day of the körning's month. The artikel
    ORESUTJAMNING is no part of what is paid: where such a row fits, a utförare's total is rounded to whole kronor, and
    the difference is booked by it.
    """

    regi = models.CharField("regi", max_length=6, choices=Regi)
    utforare = models.ForeignKey(Utforare, models.PROTECT, null=True, blank=True, related_name="+")
    insats = models.CharField("insats", max_length=10, choices=Insats, blank=True)
    artikel = models.CharField(
        "artikel", max_length=13, choices=[*Artikel.choices, (ORESUTJAMNING, "öresutjämning")], blank=True
    )
    konto = models.CharField("konto", max_length=10, db_collation=KODPUNKTER)
    kontonamn = models.CharField("kontots namn", max_length=60)
    ansvar = _kod("ansvar")
    verksamhet = _kod("verksamhet")
    objekt = _kod("objekt")
    motkonto = models.CharField("motkonto", max_length=10, db_collation=KODPUNKTER)
    motkontonamn = models.CharField("motkontots namn", max_length=60)
    motansvar = _kod("motkontots ansvar")

    class Meta:
        verbose_name = "kontering"
        verbose_name_plural = "konteringar"
        triggers: ClassVar = [vakter.KONTERING]
        constraints: ClassVar = [
            Giltighet.slut_efter_start("kontering"),
            giltiga_varden("kontering_regi", "regi", Regi),
            giltiga_varden("kontering_insats", "insats", Insats, tomt=True),
            models.CheckConstraint(
                name="kontering_artikel",
                condition=Q(artikel__in=[*Artikel.values, ""]) | Q(artikel=ORESUTJAMNING, insats=""),
                violation_error_message="Öresutjämningen gäller summan, så den har ingen insats.",
            ),
            models.CheckConstraint(
                name="kontering_konton",
                condition=Q(konto__regex=KONTOFORM, motkonto__regex=KONTOFORM),
                violation_error_message="Ett konto har 3–10 siffror.",
            ),
            models.CheckConstraint(
                name="kontering_koder",
                condition=Q(**{f"{ett}__regex": KODFORM for ett in _KODER}),
                violation_error_message="En kod har högst 20 tecken: siffror, bokstäverna a–z och bindestreck.",
            ),
            utan_overlapp(
                "kontering_overlappar_inte",
                ["regi", Coalesce("utforare", 0), "insats", "artikel"],
                "Mallen har redan en kontering för samma sak under en del av perioden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.konto} mot {self.motkonto}"


class Konteringsbruk(models.Model):
    """That a month was booked by a row of the mall: from then on the row can only be ended (vakter.KONTERING)."""

    korning = models.ForeignKey(Korning, models.PROTECT, related_name="+")
    kontering = models.ForeignKey(Kontering, models.PROTECT, related_name="bruk")

    class Meta:
        verbose_name = "bruk av en kontering"
        verbose_name_plural = "bruk av konteringar"
        triggers: ClassVar = [
            pgtrigger.Protect(name="konteringsbruk_star_kvar", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["korning", "kontering"],
                name="konteringsbruk_en_gang",
                violation_error_message="Månaden är redan bokförd efter raden.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.korning_id} {self.kontering_id}"
