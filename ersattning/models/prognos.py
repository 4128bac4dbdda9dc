"""Budget and prognos: what a year was to cost, and what it is expected to come to. Neither is ever changed, only made
anew.
"""

from decimal import Decimal
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from beslut.regler import Insats
from ersattning.models.simulering import Simulering
from ersattning.regler import Prognoskalla
from grund.giltighet import giltiga_varden
from grund.models import Anvandare
from grund.tid import Manad
from utforare.models import Utforare

_OFORANDERLIG = pgtrigger.Update | pgtrigger.Delete


class Budget(models.Model):
    """A year's budget as it was decided. A new decision is a new version; the last one holds."""

    ar = models.IntegerField("år")
    version = models.IntegerField("version")
    kalla = models.CharField("beslut", max_length=200, help_text="var det står, till exempel protokoll och paragraf")
    skapad = models.DateTimeField("inlagd")
    skapad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "budget"
        verbose_name_plural = "budgetar"
        triggers: ClassVar = [pgtrigger.Protect(name="budget_ar_oforanderlig", operation=_OFORANDERLIG)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ar", "version"],
                name="budget_version_en_gang",
                violation_error_message="Någon annan har just lagt in en ny version av årets budget.",
            ),
            models.CheckConstraint(
                name="budget_rimligt_ar",
                condition=Q(ar__range=(2000, 2100)),
                violation_error_message="Budgeten gäller ett år mellan 2000 och 2100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ar} version {self.version}"


class Budgetrad(models.Model):
    """An insats' budget for the year. `manader`: January to December, when the year is not to be shared evenly."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="rader", db_index=False)
    insats = models.CharField("insats", max_length=10, choices=Insats)
    belopp = models.DecimalField("budget, kr", max_digits=14, decimal_places=2)
    manader = ArrayField(models.DecimalField(max_digits=14, decimal_places=2), verbose_name="per månad", default=list)

    class Meta:
        verbose_name = "budgetrad"
        verbose_name_plural = "budgetrader"
        triggers: ClassVar = [pgtrigger.Protect(name="budgetrad_ar_oforanderlig", operation=_OFORANDERLIG)]
        constraints: ClassVar = [
            giltiga_varden("budgetrad_insats", "insats", Insats),
            models.UniqueConstraint(
                fields=["budget", "insats"],
                name="budgetrad_en_gang",
                violation_error_message="Insatsen står två gånger i budgeten.",
            ),
            models.CheckConstraint(
                name="budgetrad_minst_noll",
                condition=Q(belopp__gte=Decimal(0)),
                violation_error_message="Årets budget är minst 0 kronor.",
            ),
            models.CheckConstraint(
                name="budgetrad_tolv_manader",
                condition=Q(manader__len=0) | Q(manader__len=12),
                violation_error_message="Skriv alla tolv månaderna, eller ingen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.budget_id} {self.insats}"


class Prognos(models.Model):
    """What the rest of the year and the next will cost, as it was seen on the day `idag`.

    The simulering calculates it (ADR 0032) and has its name, state, months and last Andring. `manader_bakat`: on how
    many months the shares rest, 0 = all is used as planned. `inflode`: persons that somebody assumes will come, as
    [{insats, fran, personer}], `personer` a month from the month `fran`. `andelar`: by insats and then "kr" or unit,
    what became of what was planned; written when it is done.
    """

    simulering = models.OneToOneField(Simulering, models.PROTECT, primary_key=True, related_name="prognos")
    ar = models.IntegerField("år")
    idag = models.DateField("gjord den dag")
    manader_bakat = models.IntegerField("månader som andelarna bygger på")
    inflode = models.JSONField("antaget inflöde", default=list)
    andelar = models.JSONField("andel av planerat", default=dict)
    kommentar = models.CharField("kommentar", max_length=500, blank=True)

    class Meta:
        verbose_name = "prognos"
        verbose_name_plural = "prognoser"
        triggers: ClassVar = [pgtrigger.Protect(name="prognos_tas_aldrig_bort", operation=pgtrigger.Delete)]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="prognos_manader_bakat",
                condition=Q(manader_bakat__in=[0, 3, 12]),
                violation_error_message="Andelarna bygger på 3 eller 12 månader, eller på att allt blir som planerat.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ar} {self.idag}"

    @property
    def prognos_fran(self) -> Manad:
        """The first month that is a forecast."""
        assert self.simulering.prognos_fran is not None  # noqa: S101  it is a prognos
        return Manad.av(self.simulering.prognos_fran)


class Prognosrad(models.Model):
    """A month of an insats at an utförare: what it came to, or is expected to.

    `belopp` is what it costs as decided; of a month that has been, what it came to. `forlangt`: the same if decisions
    that end are decided anew. `starter`, `slut`, `priser` and `nivaer`: how much of `belopp` hangs on known starts and
    ends, planned prices and levels (kalkyl.planerat). `ovrigt`: rättelser and bonus in `belopp`, which nobody
    forecasts. `volym`: by unit, [antal, kronor], rättelser and bonus left out.
    """

    prognos = models.ForeignKey(Prognos, models.CASCADE, related_name="rader", db_index=False)
    manad = models.DateField("månad")
    insats = models.CharField("insats", max_length=10, choices=Insats)
    utforare = models.ForeignKey(Utforare, models.PROTECT, related_name="+", db_index=False)
    kalla = models.CharField("källa", max_length=10, choices=Prognoskalla)
    personer = models.IntegerField("personer", default=0)
    nya = models.IntegerField("som börjar", default=0)
    avslutade = models.IntegerField("som slutar", default=0)
    volym = models.JSONField("volym", default=dict)
    belopp = models.DecimalField("kr", max_digits=34, decimal_places=2)
    forlangt = models.DecimalField("kr om besluten förlängs", max_digits=34, decimal_places=2)
    starter = models.DecimalField("kända starter, kr", max_digits=34, decimal_places=2, default=0)
    slut = models.DecimalField("kända slut, kr", max_digits=34, decimal_places=2, default=0)
    priser = models.DecimalField("planerade priser, kr", max_digits=34, decimal_places=2, default=0)
    nivaer = models.DecimalField("ändrade nivåer, kr", max_digits=34, decimal_places=2, default=0)
    ovrigt = models.DecimalField("rättelser och bonus, kr", max_digits=34, decimal_places=2, default=0)

    class Meta:
        verbose_name = "prognosrad"
        verbose_name_plural = "prognosrader"
        triggers: ClassVar = [pgtrigger.Protect(name="prognosrad_ar_oforanderlig", operation=_OFORANDERLIG)]
        constraints: ClassVar = [
            giltiga_varden("prognosrad_insats", "insats", Insats),
            giltiga_varden("prognosrad_kalla", "kalla", Prognoskalla),
            models.UniqueConstraint(
                fields=["prognos", "manad", "insats", "utforare"],
                name="prognosrad_en_gang",
                violation_error_message="Prognosen har redan en rad för månaden, insatsen och utföraren.",
            ),
            models.CheckConstraint(
                name="prognosrad_det_som_har_varit_forlangs_inte",
                condition=Q(kalla=Prognoskalla.PROGNOS) | Q(forlangt=F("belopp")),
                violation_error_message="Det som har varit kostar det som det kostade.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prognos_id} {self.manad} {self.insats}"
