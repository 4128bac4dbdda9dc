"""The one who has applied for or has support, who works with that person's matters, and who has looked."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from beslut.personnummer import GALLRAT_NUMMER
from grund import klocka
from grund.giltighet import TAS_ALDRIG_BORT, Giltighet, nyckelfalt, utan_overlapp
from grund.models import Anvandare


class Person(models.Model):
    """The one who has applied for or has support."""

    nyckel = nyckelfalt()
    personnummer = models.CharField("personnummer", max_length=13, help_text="12 siffror, eller reservnummer")
    fornamn = models.CharField("förnamn", max_length=100, blank=True)
    efternamn = models.CharField("efternamn", max_length=100, blank=True)
    personkrets = models.SmallIntegerField("personkrets", null=True, blank=True)
    skyddad = models.BooleanField("skyddade personuppgifter", default=False)
    avliden = models.DateField("avliden", null=True, blank=True)
    # The day that the akt was removed: what is left of the person is what bookkeeping and the log point at.
    gallrad = models.DateField("gallrad", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        indexes: ClassVar = [
            models.Index(fields=["personnummer"], name="person_personnummer"),
            models.Index(fields=["gallrad"], name="person_gallrad", condition=Q(gallrad__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="person_personnummer_form",
                condition=Q(personnummer__regex=r"^([0-9]{12}|[0-9]{8}-T([0-9]{3}|F[0-9]{2}))$"),
                violation_error_message="Personnumret ska ha 12 siffror, eller vara ett reservnummer (ÅÅÅÅMMDD-Tnnn).",
            ),
            models.CheckConstraint(
                name="person_personkrets",
                condition=Q(personkrets__isnull=True) | Q(personkrets__range=(1, 3)),
                violation_error_message="Personkretsen är 1, 2 eller 3 (LSS 1 §).",
            ),
            models.CheckConstraint(
                name="person_gallrad_utan_uppgifter",
                condition=Q(gallrad__isnull=True)
                | Q(
                    personnummer=GALLRAT_NUMMER,
                    fornamn="",
                    efternamn="",
                    personkrets__isnull=True,
                    skyddad=False,
                    avliden__isnull=True,
                ),
                violation_error_message="En gallrad person har inga uppgifter.",
            ),
        ]

    def __str__(self) -> str:
        return self.nyckel


class Tilldelning(Giltighet):
    """A handläggare's assignment: whose matters they work with, and when. Outside it they say why they look."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="tilldelningar")
    handlaggare = models.ForeignKey(Anvandare, models.PROTECT, related_name="tilldelningar")

    class Meta:
        verbose_name = "tilldelning"
        verbose_name_plural = "tilldelningar"
        constraints: ClassVar = [
            Giltighet.slut_efter_start("tilldelning"),
            utan_overlapp(
                "tilldelning_overlappar_inte",
                ["person", "handlaggare"],
                "Handläggaren har redan personen under en del av perioden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handlaggare_id} {self.person_id}"


class Lasning(models.Model):
    """Somebody opened a person's data: who, whom, when, which page, and why if outside the assignments.

    SoLPUL (2001:454) 10 §: access is logged and can be controlled. Never changed.
    """

    tidpunkt = models.DateTimeField("tidpunkt", default=klocka.nu, db_default=Now())
    anvandare = models.ForeignKey(Anvandare, models.PROTECT, related_name="lasningar")
    person = models.ForeignKey(Person, models.PROTECT, related_name="lasningar")
    sida = models.CharField("sida", max_length=60)
    utanfor_uppdrag = models.BooleanField("utanför uppdraget", default=False)
    motiv = models.CharField("varför", max_length=300, blank=True)

    class Meta:
        verbose_name = "läsning"
        verbose_name_plural = "läsningar"
        indexes: ClassVar = [
            models.Index(fields=["person", "-tidpunkt"], name="lasning_person"),
            models.Index(fields=["anvandare", "-tidpunkt"], name="lasning_anvandare"),
            models.Index(fields=["tidpunkt"], name="lasning_tidpunkt"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="lasning_motiv_utanfor_uppdrag",
                condition=Q(utanfor_uppdrag=False) | ~Q(motiv=""),
                violation_error_message="Den som öppnar uppgifter utanför sitt uppdrag måste säga varför.",
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="lasning_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.anvandare_id} {self.person_id} {self.sida}"
