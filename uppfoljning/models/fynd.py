"""What the nightly rules have found, what people have made of it, and the limits that the rules go by."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from beslut.models import Person
from grund.behorighet import Roll
from grund.giltighet import KODPUNKTER, TAS_ALDRIG_BORT, giltiga_varden
from grund.models import Anvandare
from uppfoljning.kontroll.koder import Objekt, Omrade, Utfall
from utforare.models import Enhet

_OFORANDERLIG = pgtrigger.Update | pgtrigger.Delete


class Fynd(models.Model):
    """Something that a rule found: wrong data, or a signal. Written by the rules alone, never by hand or taken away.

    `nyckel` tells it from the rule's other findings. It is open from `upptackt` until the rule no longer finds it, and
    is then closed for good: if it comes back that is a new finding with the same `nyckel`. `[fran, till)` are the days
    that it is about. `uppgifter` are the numbers of its sentence and `besok` the visits they were counted from;
    `avtryck` is a fingerprint of them. `belopp`: what it may be about in kronor; None = cannot be told from rows.
    """

    regel = models.CharField("regel", max_length=30, db_collation=KODPUNKTER)
    omrade = models.CharField("område", max_length=8, choices=Omrade)
    nyckel = models.CharField("nyckel", max_length=120, db_collation=KODPUNKTER)
    agare = models.CharField("ägare", max_length=20, choices=Roll)
    objekt = models.CharField("slag", max_length=14, choices=Objekt)
    objekt_nyckel = models.CharField("gäller", max_length=200)
    objekt_id = models.BigIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="fynd")
    enhet = models.ForeignKey(Enhet, models.PROTECT, null=True, related_name="fynd")
    fran = models.DateField("från och med", null=True)
    till = models.DateField("till (exklusiv)", null=True)
    uppgifter = models.JSONField("uppgifter", default=dict)
    besok = ArrayField(models.CharField(max_length=40), default=list, verbose_name="besök")
    avtryck = models.CharField("avtryck", max_length=32)
    belopp = models.DecimalField("belopp, kr", max_digits=14, decimal_places=2, null=True)
    upptackt = models.DateField("upptäckt")
    senast_sedd = models.DateField("senast sedd")
    stangd = models.DateField("borta sedan", null=True)

    class Meta:
        verbose_name = "fynd"
        verbose_name_plural = "fynd"
        triggers: ClassVar = [
            TAS_ALDRIG_BORT,
            pgtrigger.Protect(
                name="fynd_stangt_star_fast",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__stangd__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["omrade", "regel"], name="fynd_oppna", condition=Q(stangd__isnull=True)),
            models.Index(fields=["regel", "nyckel"], name="fynd_regel_nyckel"),
        ]
        constraints: ClassVar = [
            giltiga_varden("fynd_omrade", "omrade", Omrade),
            giltiga_varden("fynd_agare", "agare", Roll),
            giltiga_varden("fynd_objekt", "objekt", Objekt),
            models.UniqueConstraint(
                fields=["regel", "nyckel"],
                condition=Q(stangd__isnull=True),
                name="fynd_oppet_en_gang",
                violation_error_message="Fyndet är redan öppet.",
            ),
            models.CheckConstraint(
                name="fynd_dagar_i_ordning",
                condition=Q(senast_sedd__gte=F("upptackt")) & (Q(stangd__isnull=True) | Q(stangd__gte=F("upptackt"))),
                violation_error_message="Ett fynd kan inte stängas innan det upptäcktes.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regel} {self.nyckel}"


class Fyndbedomning(models.Model):
    """What somebody has made of a finding. Appended only: the latest holds, the others tell.

    It holds for the finding as it was: one with another `avtryck` since is to be looked at again.
    """

    fynd = models.ForeignKey(Fynd, models.PROTECT, related_name="bedomningar")
    utfall = models.CharField("utfall", max_length=9, choices=Utfall)
    anteckning = models.TextField("anteckning", max_length=1000)
    avtryck = models.CharField("avtryck", max_length=32)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+", verbose_name="av")
    nar = models.DateTimeField("när")

    class Meta:
        verbose_name = "bedömning av ett fynd"
        verbose_name_plural = "bedömningar av fynd"
        triggers: ClassVar = [pgtrigger.Protect(name="fyndbedomning_star_fast", operation=_OFORANDERLIG)]
        constraints: ClassVar = [
            giltiga_varden("fyndbedomning_utfall", "utfall", Utfall),
            models.CheckConstraint(
                name="fyndbedomning_anteckning",
                condition=~Q(anteckning=""),
                violation_error_message="Skriv varför, eller vad som är gjort.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fynd_id} {self.utfall}"


class Fyndgrans(models.Model):
    """A version of a limit that rules go by: the latest holds. Appended only, so that an older signal is understood."""

    nyckel = models.CharField("gräns", max_length=40, db_collation=KODPUNKTER)
    varde = models.DecimalField("värde", max_digits=7, decimal_places=0)
    skal = models.CharField("skäl", max_length=300)
    satt = models.DateTimeField("satt")
    satt_av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+", verbose_name="satt av")

    class Meta:
        verbose_name = "gräns"
        verbose_name_plural = "gränser"
        triggers: ClassVar = [pgtrigger.Protect(name="fyndgrans_star_fast", operation=_OFORANDERLIG)]
        indexes: ClassVar = [models.Index(fields=["nyckel", "-id"], name="fyndgrans_senaste")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="fyndgrans_varde",
                condition=Q(varde__gte=1, varde__lte=1000),
                violation_error_message="En gräns är ett helt tal mellan 1 och 1 000.",
            ),
            models.CheckConstraint(
                name="fyndgrans_skal",
                condition=~Q(skal=""),
                violation_error_message="Skriv varför gränsen ändras.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nyckel} {self.varde}"


class Kontroll(models.Model):
    """A run of all the rules: on which day, and what came of it. `andring`: the last Andring that it had seen."""

    dag = models.DateField("dag")
    nar = models.DateTimeField("när")
    nya = models.IntegerField("nya fynd")
    stangda = models.IntegerField("stängda fynd")
    oppna = models.IntegerField("öppna fynd")
    millisekunder = models.IntegerField("tid, ms")
    andring = models.BigIntegerField("sista ändring som var med", default=0)

    class Meta:
        verbose_name = "kontroll"
        verbose_name_plural = "kontroller"
        triggers: ClassVar = [pgtrigger.Protect(name="kontroll_star_fast", operation=_OFORANDERLIG)]
        indexes: ClassVar = [models.Index(fields=["-dag"], name="kontroll_dag")]

    def __str__(self) -> str:
        return f"{self.dag}"
