"""Arbetsbonus: employments, the rules' versions, and what became of each payment (R50)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from beslut.models import Person
from ersattning.models import vakter
from ersattning.models.korning import Korning
from ersattning.regler import Anstallningsform, Bonusdel
from grund.databas.ratter import UTAN_ATT_ANDRA
from grund.giltighet import Giltighet, exakt_falt, giltiga_varden, nyckelfalt


class Anstallning(Giltighet):
    """A person's employment. `sysselsattningsgrad` in percent."""

    nyckel = nyckelfalt()
    person = models.ForeignKey(Person, models.PROTECT, related_name="anstallningar")
    arbetsgivare = models.CharField("arbetsgivare", max_length=200, blank=True)
    sysselsattningsgrad = exakt_falt("sysselsättningsgrad, procent")
    anstallningsform = models.CharField("anställningsform", max_length=11, choices=Anstallningsform)

    class Meta:
        verbose_name = "anställning"
        verbose_name_plural = "anställningar"
        constraints: ClassVar = [
            Giltighet.slut_efter_start("anstallning"),
            giltiga_varden("anstallning_form", "anstallningsform", Anstallningsform),
            models.CheckConstraint(
                name="anstallning_grad",
                condition=Q(sysselsattningsgrad__range=(1, 100)),
                violation_error_message="Sysselsättningsgraden är 1–100 procent.",
            ),
        ]

    def __str__(self) -> str:
        return self.nyckel


class Bonusregel(Giltighet):
    """A version of the terms for arbetsbonus. Empty = no limit; `arstak` in kronor per calendar year."""

    nyckel = nyckelfalt()
    belopp = models.DecimalField("belopp, kr", max_digits=12, decimal_places=2)
    tidigast_manader = models.IntegerField("tidigast, månader", null=True, blank=True)
    senast_manader = models.IntegerField("senast, månader", null=True, blank=True)
    kvalificering_manader = models.IntegerField("kvalificering, månader", null=True, blank=True)
    andel_vid_start = exakt_falt("andel vid start", tomt=True)
    anstallningsformer = ArrayField(models.CharField(max_length=11, choices=Anstallningsform), default=list, blank=True)
    minst_sysselsattningsgrad = exakt_falt("minsta sysselsättningsgrad, procent", tomt=True)
    arstak = models.DecimalField("årstak, kr", max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "bonusregel"
        verbose_name_plural = "bonusregler"
        constraints: ClassVar = [
            Giltighet.slut_efter_start("bonusregel"),
            models.CheckConstraint(
                name="bonusregel_andel",
                condition=(Q(andel_vid_start__isnull=True) | Q(andel_vid_start__range=(0, 1)))
                & (Q(andel_vid_start__isnull=False) | ~Q(kvalificering_manader__gt=0)),
                violation_error_message="Andelen vid start är 0–1 och krävs när det finns en kvalificeringstid.",
            ),
            models.CheckConstraint(
                name="bonusregel_tal_minst_noll",
                condition=Q(belopp__gte=0)
                & (Q(tidigast_manader__isnull=True) | Q(tidigast_manader__gte=0))
                & (Q(senast_manader__isnull=True) | Q(senast_manader__gte=0))
                & (Q(kvalificering_manader__isnull=True) | Q(kvalificering_manader__gte=0))
                & (Q(arstak__isnull=True) | Q(arstak__gte=0)),
                violation_error_message="Bonusregelns tal är minst 0.",
            ),
        ]

    def __str__(self) -> str:
        return self.nyckel


class Bonusutfall(models.Model):
    """What a körning made of one payment of a bonus: paid, or skipped because the year's cap did not hold it.

    Known by (regel, person, del): once settled it is never tried again (R50).
    """

    APPENS_RATT: ClassVar = UTAN_ATT_ANDRA  # a körning takes its rows away and makes new ones

    korning = models.ForeignKey(Korning, models.CASCADE, related_name="bonusutfall")
    regel = models.ForeignKey(Bonusregel, models.PROTECT, related_name="utfall")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    del_av_bonus = models.CharField("del", max_length=5, choices=Bonusdel)
    forfallodag = models.DateField("förfallodag")
    belopp = models.DecimalField("belopp, kr", max_digits=12, decimal_places=2)
    betald = models.BooleanField("betald")

    class Meta:
        verbose_name = "bonusutfall"
        verbose_name_plural = "bonusutfall"
        triggers: ClassVar = vakter.RADER
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["korning", "regel", "person", "del_av_bonus"], name="bonusutfall_en_gang")
        ]

    def __str__(self) -> str:
        return f"{self.regel_id} {self.person_id} {self.del_av_bonus}"
