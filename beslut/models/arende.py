"""An ärende: from an application to a decision, and what was found out on the way."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from beslut.koder import Arendeslag, Arendestatus, Avslutsskal, Avsnitt, Kommuniceringssatt, Sokande
from beslut.models import gallrad
from beslut.models.beslut import Beslut
from beslut.models.person import Person
from beslut.regler import Insats
from grund.giltighet import KODPUNKTER, TAS_ALDRIG_BORT, giltiga_varden
from grund.models import Anvandare


class Serie(models.Model):
    """The last number given in a series of a year: `LSS` 2026 → 107."""

    prefix = models.CharField(max_length=5)
    ar = models.IntegerField()
    sist = models.IntegerField()

    class Meta:
        verbose_name = "nummerserie"
        verbose_name_plural = "nummerserier"
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="serie_en_per_ar",
                fields=["prefix", "ar"],
                violation_error_message="Det finns redan en sådan nummerserie för året.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.ar}"


class Arende(models.Model):
    """What a person has asked for, or what is to be reconsidered, until it is decided."""

    nummer = models.CharField("ärendenummer", max_length=20, unique=True, db_collation=KODPUNKTER)
    person = models.ForeignKey(Person, models.PROTECT, related_name="arenden")
    handlaggare = models.ForeignKey(Anvandare, models.PROTECT, related_name="arenden")
    slag = models.CharField("slag", max_length=12, choices=Arendeslag)
    insats = models.CharField("insats", max_length=10, choices=Insats)
    status = models.CharField("status", max_length=10, choices=Arendestatus, default=Arendestatus.UTREDS)
    sokande = models.CharField("vem som ansöker", max_length=16, choices=Sokande)
    sokandens_namn = models.CharField("den som ansöker", max_length=100, blank=True)
    inkom = models.DateField("kom in")
    text = models.TextField("vad som söks")
    omprovar = models.ForeignKey(Beslut, models.PROTECT, null=True, blank=True, related_name="omprovningar")
    oppnat = models.DateTimeField("öppnat")
    avslutat = models.DateField("avslutat", null=True, blank=True)
    avslutsskal = models.CharField("varför det avslutades", max_length=10, choices=Avslutsskal, blank=True)

    class Meta:
        verbose_name = "ärende"
        verbose_name_plural = "ärenden"
        triggers: ClassVar = [TAS_ALDRIG_BORT, *gallrad.EGEN]
        indexes: ClassVar = [
            models.Index(fields=["person", "-inkom"], name="arende_person"),
            models.Index(fields=["handlaggare", "status"], name="arende_handlaggare"),
        ]
        constraints: ClassVar = [
            giltiga_varden("arende_slag", "slag", Arendeslag),
            giltiga_varden("arende_insats", "insats", Insats),
            giltiga_varden("arende_status", "status", Arendestatus),
            giltiga_varden("arende_sokande", "sokande", Sokande),
            models.CheckConstraint(
                name="arende_omprovar",
                condition=~Q(slag=Arendeslag.OMPROVNING) | Q(omprovar__isnull=False),
                violation_error_message="En omprövning måste säga vilket beslut som omprövas.",
            ),
            models.CheckConstraint(
                name="arende_avslut_helt",
                condition=Q(status=Arendestatus.AVSLUTAT, avslutat__isnull=False) & ~Q(avslutsskal="")
                | ~Q(status=Arendestatus.AVSLUTAT) & Q(avslutat__isnull=True, avslutsskal=""),
                violation_error_message="Ett ärende som avslutas utan beslut måste säga när och varför.",
            ),
            models.UniqueConstraint(
                name="arende_en_omprovning",
                fields=["omprovar"],
                condition=Q(slag=Arendeslag.OMPROVNING, status__in=[Arendestatus.UTREDS, Arendestatus.FORESLAGET]),
                violation_error_message="Beslutet omprövas redan i ett annat ärende.",
            ),
        ]

    def __str__(self) -> str:
        return self.nummer


class Utredningstext(models.Model):
    """A version of a part of the utredning. A new version is a new row: what was written stays."""

    arende = models.ForeignKey(Arende, models.PROTECT, related_name="texter")
    avsnitt = models.CharField("avsnitt", max_length=10, choices=Avsnitt)
    version = models.IntegerField("version")
    text = models.TextField("text")
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    skrivet = models.DateTimeField("skrivet")

    class Meta:
        verbose_name = "text i en utredning"
        verbose_name_plural = "texter i utredningar"
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="utredningstext_en_per_version",
                fields=["arende", "avsnitt", "version"],
                violation_error_message="Någon annan har skrivit i avsnittet samtidigt.",
            ),
            giltiga_varden("utredningstext_avsnitt", "avsnitt", Avsnitt),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="utredningstext_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.arende_id} {self.avsnitt} {self.version}"


class Kommunicering(models.Model):
    """The party was given the material before the decision, or there was plainly no need (FL 25 §). Never changed."""

    arende = models.ForeignKey(Arende, models.PROTECT, related_name="kommuniceringar")
    dag = models.DateField("dag")
    satt = models.CharField("hur", max_length=12, choices=Kommuniceringssatt)
    text = models.TextField("vad som sades, eller varför det inte behövs", blank=True)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    skrivet = models.DateTimeField("skrivet", db_default=Now())

    class Meta:
        verbose_name = "kommunicering"
        verbose_name_plural = "kommuniceringar"
        constraints: ClassVar = [
            giltiga_varden("kommunicering_satt", "satt", Kommuniceringssatt),
            models.CheckConstraint(
                name="kommunicering_obehovlig_varfor",
                condition=~Q(satt=Kommuniceringssatt.OBEHOVLIGT) | ~Q(text=""),
                violation_error_message="Skriv varför utredningen uppenbart inte behöver kommuniceras.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="kommunicering_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.arende_id} {self.dag}"
