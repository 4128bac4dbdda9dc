"""The instrument of a nivåbedömning as versioned data: areas with weights, and limits that give a level."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from beslut.nivapoang import Grans, Omrade, Skala
from beslut.regler import Insats
from grund.giltighet import KODPUNKTER
from grund.models import Anvandare


def _bara_i_utkast(namn: str) -> pgtrigger.Trigger:
    """A part of a version that is or has been in use never changes."""
    return pgtrigger.Trigger(
        name=namn,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        declare=[("i_bruk", "date")],
        func="""
            SELECT max(fran) INTO i_bruk FROM beslut_instrument
             WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.instrument_id END,
                          CASE WHEN TG_OP <> 'DELETE' THEN NEW.instrument_id END);
            IF i_bruk IS NOT NULL THEN
                RAISE EXCEPTION 'En version som har tagits i bruk ändras aldrig. Gör en ny version.'
                      USING ERRCODE = 'check_violation';
            END IF;
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        """,
    )


class Instrument(models.Model):
    """A version of an instrument, for some insatser. `fran` None = a draft; then `[fran, till)` is when it is used.

    What has been taken into use never changes but for its end: a new version is made from it.
    """

    namn = models.CharField("namn", max_length=100)
    version = models.SmallIntegerField("version")
    beskrivning = models.TextField("beskrivning", blank=True)
    insatser = ArrayField(models.CharField(max_length=10, choices=Insats), verbose_name="insatser")
    hogst_utan_tal = models.SmallIntegerField("högst så många områden utan tal", default=1)
    fran = models.DateField("används från", null=True, blank=True)
    till = models.DateField("används till (exklusiv)", null=True, blank=True)
    period = models.GeneratedField(
        expression=Func(F("fran"), F("till"), function="daterange"), output_field=DateRangeField(), db_persist=True
    )
    skapad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")
    i_bruk_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "instrument"
        verbose_name_plural = "instrument"
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="instrument_version_en_gang",
                fields=["namn", "version"],
                violation_error_message="Versionen finns redan.",
            ),
            models.UniqueConstraint(
                name="instrument_ett_utkast",
                fields=["namn"],
                condition=Q(fran__isnull=True),
                violation_error_message="Instrumentet har redan ett utkast till ny version.",
            ),
            models.CheckConstraint(
                name="instrument_slut_efter_start",
                condition=Q(till__isnull=True) | Q(till__gt=F("fran")),
                violation_error_message="Slutdagen ligger före startdagen.",
            ),
            models.CheckConstraint(
                name="instrument_rimligt",
                condition=Q(version__gte=1) & Q(hogst_utan_tal__gte=0) & Q(insatser__len__gte=1) & ~Q(namn=""),
                violation_error_message="Instrumentet ska ha ett namn och minst en insats, och antalet är minst 0.",
            ),
            ExclusionConstraint(
                name="instrument_en_version_i_taget",
                expressions=[("namn", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(fran__isnull=False),
                violation_error_message="En annan version av instrumentet används under en del av perioden.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="instrument_i_bruk_star",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__fran__isnull=False),
            ),
            pgtrigger.Trigger(
                name="instrument_i_bruk_andras_inte",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__fran__isnull=False),
                func="""
                    IF (to_jsonb(NEW) - 'till' - 'period') IS DISTINCT FROM (to_jsonb(OLD) - 'till' - 'period') THEN
                        RAISE EXCEPTION 'En version som har tagits i bruk ändras aldrig. Gör en ny version.'
                              USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.namn}, version {self.version}"

    @property
    def ar_utkast(self) -> bool:
        """Not taken into use: it may still be changed."""
        return self.fran is None

    def skala(self) -> Skala:
        """What decides a level, for nivapoang."""
        return Skala(
            tuple(Omrade(ett.kod, ett.namn, ett.vikt) for ett in self.omraden.all()),
            tuple(Grans(ett.minst, ett.niva) for ett in self.granser.all()),
            self.hogst_utan_tal,
        )


class Instrumentomrade(models.Model):
    """An area of an instrument, such as one of ICF's d1–d9, and its weight."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="omraden")
    ordning = models.SmallIntegerField("ordning")
    kod = models.CharField("kod", max_length=10, db_collation=KODPUNKTER)
    namn = models.CharField("namn", max_length=120)
    hjalp = models.TextField("hjälptext", blank=True)
    vikt = models.DecimalField("vikt", max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = "område"
        verbose_name_plural = "områden"
        ordering: ClassVar = ["ordning", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="instrumentomrade_en_gang",
                fields=["instrument", "kod"],
                violation_error_message="Koden finns redan i instrumentet.",
            ),
            models.CheckConstraint(
                name="instrumentomrade_rimligt",
                condition=Q(vikt__gte=0) & ~Q(kod="") & ~Q(namn=""),
                violation_error_message="Ett område har kod och namn, och vikten är minst 0.",
            ),
        ]
        triggers: ClassVar = [_bara_i_utkast("instrumentomrade_bara_i_utkast")]

    def __str__(self) -> str:
        return f"{self.kod} {self.namn}"


class Instrumentgrans(models.Model):
    """A sum of at least `minst` points gives the level, up to the next limit."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="granser")
    minst = models.DecimalField("minst poäng", max_digits=7, decimal_places=2)
    niva = models.CharField("nivå", max_length=40, db_collation=KODPUNKTER)

    class Meta:
        verbose_name = "gräns"
        verbose_name_plural = "gränser"
        ordering: ClassVar = ["minst"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="instrumentgrans_poang_en_gang",
                fields=["instrument", "minst"],
                violation_error_message="Två gränser har samma poäng.",
            ),
            models.UniqueConstraint(
                name="instrumentgrans_niva_en_gang",
                fields=["instrument", "niva"],
                violation_error_message="Två gränser ger samma nivå.",
            ),
            models.CheckConstraint(
                name="instrumentgrans_rimlig",
                condition=Q(minst__gte=0) & ~Q(niva=""),
                violation_error_message="En gräns har en nivå, och poängen är minst 0.",
            ),
        ]
        triggers: ClassVar = [_bara_i_utkast("instrumentgrans_bara_i_utkast")]

    def __str__(self) -> str:
        return f"{self.minst}: {self.niva}"
