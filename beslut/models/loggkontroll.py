"""Controls of the log of readings: which were drawn, what was said of each, and when the control was finished."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from beslut.models.person import Lasning
from beslut.regler import Lasningsutfall
from grund.giltighet import giltiga_varden
from grund.models import Anvandare
from grund.vakter import satsvakt

EGEN = "kontrollbedomning_inte_egen"
EGEN_TEXT = "Ingen bedömer sina egna läsningar. Låt någon annan göra det."
AVSLUTAD = "kontrollbedomning_i_pagaende"
AVSLUTAD_TEXT = "Kontrollen är avslutad. Dra ett nytt urval om något behöver prövas igen."

_FEL = "RAISE EXCEPTION '{text}' USING ERRCODE = 'check_violation', CONSTRAINT = '{namn}';"
_VAKT = f"""
    IF EXISTS (SELECT 1 FROM nya b JOIN beslut_kontrollrad r ON r.id = b.rad_id JOIN beslut_lasning l
                   ON l.id = r.lasning_id WHERE l.anvandare_id = b.av_id) THEN
        {_FEL.format(text=EGEN_TEXT, namn=EGEN)}
    END IF;
    IF EXISTS (SELECT 1 FROM nya b JOIN beslut_kontrollrad r ON r.id = b.rad_id JOIN beslut_loggkontroll k
                   ON k.id = r.kontroll_id WHERE k.avslutad IS NOT NULL) THEN
        {_FEL.format(text=AVSLUTAD_TEXT, namn=AVSLUTAD)}
    END IF;
    RETURN NULL;
"""


class Loggkontroll(models.Model):
    """A random sample of the readings of a period (SoLPUL 10 §), and what was asked for when it was drawn.

    `fran` and `till` are days, half-open. `antal` readings answered to what was asked for, up to the last number
    `sista_lasning`; `storlek` of them were drawn with the seed `fro` (beslut.loggkontroll.dra), so that the draw can be
    made again. Afterwards only the finishing is written.
    """

    skapad = models.DateTimeField("draget")
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="loggkontroller", verbose_name="draget av")
    fran = models.DateField("från och med")
    till = models.DateField("till (exklusiv)")
    vems = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+", verbose_name="bara av")
    bara_utanfor = models.BooleanField("bara utanför uppdrag", default=False)
    bara_skyddade = models.BooleanField("bara personer med skyddade uppgifter", default=False)
    fro = models.BigIntegerField("frö")
    antal = models.IntegerField("läsningar att dra ur")
    storlek = models.IntegerField("dragna läsningar")
    sista_lasning = models.BigIntegerField("sista läsning som fanns")
    avslutad = models.DateTimeField("avslutad", null=True)
    avslutad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")
    slutsats = models.TextField("slutsats", blank=True)

    class Meta:
        verbose_name = "loggkontroll"
        verbose_name_plural = "loggkontroller"
        triggers: ClassVar = [
            pgtrigger.Protect(name="loggkontroll_tas_aldrig_bort", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="avslutad_loggkontroll_ar_fast",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__avslutad__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="loggkontroll_slut_efter_start",
                condition=Q(till__gt=F("fran")),
                violation_error_message="Slutdagen ligger före startdagen.",
            ),
            models.CheckConstraint(
                name="loggkontroll_urval_ryms",
                condition=Q(storlek__gte=1, storlek__lte=F("antal")),
                violation_error_message="Urvalet är minst en läsning, och inte fler än det finns att dra ur.",
            ),
            models.CheckConstraint(
                name="loggkontroll_avslut_helt",
                condition=Q(avslutad__isnull=True, avslutad_av__isnull=True)
                | Q(avslutad__isnull=False, avslutad_av__isnull=False),
                violation_error_message="En avslutad kontroll säger vem som avslutade den och när.",
            ),
        ]

    def __str__(self) -> str:
        return f"Loggkontroll {self.pk}"


class Kontrollrad(models.Model):
    """A reading that was drawn, the `nummer`th in order of time."""

    kontroll = models.ForeignKey(Loggkontroll, models.PROTECT, related_name="rader", db_index=False)
    nummer = models.IntegerField("nummer")
    lasning = models.ForeignKey(Lasning, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "dragen läsning"
        verbose_name_plural = "dragna läsningar"
        triggers: ClassVar = [
            pgtrigger.Protect(name="kontrollrad_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kontroll", "nummer"],
                name="kontrollrad_nummer_en_gang",
                violation_error_message="Numret finns redan i kontrollen.",
            ),
            models.UniqueConstraint(
                fields=["kontroll", "lasning"],
                name="kontrollrad_lasning_en_gang",
                violation_error_message="Läsningen är redan dragen i kontrollen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kontroll_id}:{self.nummer}"


class Kontrollbedomning(models.Model):
    """What somebody said of a drawn reading. The latest counts; a changed mind is a new row."""

    rad = models.ForeignKey(Kontrollrad, models.PROTECT, related_name="bedomningar")
    tidpunkt = models.DateTimeField("tidpunkt")
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    utfall = models.CharField("bedömning", max_length=12, choices=Lasningsutfall)
    anteckning = models.CharField("anteckning", max_length=500, blank=True)

    class Meta:
        verbose_name = "bedömning av en läsning"
        verbose_name_plural = "bedömningar av läsningar"
        triggers: ClassVar = [
            pgtrigger.Protect(name="kontrollbedomning_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete),
            satsvakt("kontrollbedomning_av_annan", pgtrigger.Insert, _VAKT, new="nya"),
        ]
        constraints: ClassVar = [
            giltiga_varden("kontrollbedomning_utfall", "utfall", Lasningsutfall),
            models.CheckConstraint(
                name="kontrollbedomning_sager_varfor",
                condition=Q(utfall=Lasningsutfall.I_ORDNING) | ~Q(anteckning=""),
                violation_error_message="Skriv vad som inte är i ordning, eller vad du vill fråga om.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rad_id} {self.utfall}"
