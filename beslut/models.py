"""Who is entitled to what, from when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from beslut.regler import Bedomningsstatus, Insats, Lag, Omfattningsenhet, Utfall
from grund.giltighet import KODPUNKTER, TAS_ALDRIG_BORT, Giltighet, exakt_falt, giltiga_varden, nyckelfalt


class Person(models.Model):
    """The one who has applied for or has support."""

    nyckel = nyckelfalt()
    personnummer = models.CharField("personnummer", max_length=13, help_text="12 siffror, eller reservnummer")
    fornamn = models.CharField("förnamn", max_length=100, blank=True)
    efternamn = models.CharField("efternamn", max_length=100, blank=True)
    personkrets = models.SmallIntegerField("personkrets", null=True, blank=True)
    skyddad = models.BooleanField("skyddade personuppgifter", default=False)
    avliden = models.DateField("avliden", null=True, blank=True)

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        indexes: ClassVar = [models.Index(fields=["personnummer"], name="person_personnummer")]
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
        ]

    def __str__(self) -> str:
        return self.nyckel


class Beslut(Giltighet):
    """A decision on an insats. A rejected application has no days of its own, so `fran` may be empty for it."""

    nyckel = nyckelfalt()
    person = models.ForeignKey(Person, models.PROTECT, related_name="beslut")
    insats = models.CharField("insats", max_length=10, choices=Insats)
    lagrum = models.CharField("lagrum", max_length=3, choices=Lag)
    utfall = models.CharField("utfall", max_length=6, choices=Utfall)
    ansokan = models.DateField("ansökan inkom", null=True, blank=True)
    beslutsdatum = models.DateField("beslutsdatum")
    fran = models.DateField("från och med", null=True, blank=True)  # type: ignore[assignment]  # looser than the base
    omfattning = exakt_falt("omfattning", tomt=True)
    omfattning_enhet = models.CharField("enhet", max_length=12, choices=Omfattningsenhet, blank=True)
    uppfoljning = models.DateField("följs upp senast", null=True, blank=True)

    class Meta:
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        constraints: ClassVar = [
            Giltighet.slut_efter_start("beslut"),
            giltiga_varden("beslut_insats", "insats", Insats),
            giltiga_varden("beslut_utfall", "utfall", Utfall),
            giltiga_varden("beslut_omfattning_enhet", "omfattning_enhet", Omfattningsenhet, tomt=True),
            models.CheckConstraint(
                name="beslut_lagrum_passar",
                condition=Q(insats__startswith="LSS-", lagrum=Lag.LSS) | Q(insats__startswith="SOL-", lagrum=Lag.SOL),
                violation_error_message="Lagrummet passar inte insatsen.",
            ),
            models.CheckConstraint(
                name="beslut_fran_vid_bifall",
                condition=Q(fran__isnull=False) | Q(utfall=Utfall.AVSLAG),
                violation_error_message="Ett bifall måste ha en startdag.",
            ),
            models.CheckConstraint(
                name="beslut_omfattning_helt",
                condition=Q(omfattning__isnull=True, omfattning_enhet="")
                | Q(omfattning__gte=0) & ~Q(omfattning_enhet=""),
                violation_error_message="Omfattning och enhet anges tillsammans, och omfattningen är minst 0.",
            ),
        ]

    def __str__(self) -> str:
        return self.nyckel


class Nivabedomning(models.Model):
    """An assessment of how much support a person needs in an insats. It counts from a day; only a godkänd one pays."""

    nyckel = nyckelfalt()
    person = models.ForeignKey(Person, models.PROTECT, related_name="nivabedomningar")
    insats = models.CharField("insats", max_length=10, choices=Insats)
    niva = models.CharField("nivå", max_length=40, db_collation=KODPUNKTER)
    fran = models.DateField("från och med")
    status = models.CharField("status", max_length=10, choices=Bedomningsstatus)
    bedomd_av = models.CharField("bedömd av", max_length=100, blank=True)
    godkand_av = models.CharField("godkänd av", max_length=100, blank=True)
    godkand = models.DateField("godkänd", null=True, blank=True)

    class Meta:
        verbose_name = "nivåbedömning"
        verbose_name_plural = "nivåbedömningar"
        constraints: ClassVar = [
            giltiga_varden("nivabedomning_insats", "insats", Insats),
            giltiga_varden("nivabedomning_status", "status", Bedomningsstatus),
            models.CheckConstraint(
                name="nivabedomning_godkannande_helt",
                condition=~Q(status=Bedomningsstatus.GODKAND) | Q(godkand__isnull=False) & ~Q(godkand_av=""),
                violation_error_message="En godkänd nivåbedömning måste säga vem som godkände den och när.",
            ),
            models.CheckConstraint(
                name="nivabedomning_fyra_ogon",
                condition=Q(godkand_av="") | ~Q(godkand_av=F("bedomd_av")),
                violation_error_message="Den som har gjort bedömningen får inte själv godkänna den.",
            ),
            models.CheckConstraint(
                name="nivabedomning_niva_finns",
                condition=~Q(niva=""),
                violation_error_message="Nivån saknas.",
            ),
        ]

    def __str__(self) -> str:
        return self.nyckel
