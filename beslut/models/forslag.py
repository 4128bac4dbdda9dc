"""A decision on its way: who may sign it, the draft, the signed document, and when the party got it."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from beslut.koder import Andringsgrund, Delgivningssatt, Forslagsstatus
from beslut.models.arende import Arende
from beslut.models.beslut import Beslut
from beslut.regler import Insats, Omfattningsenhet, Utfall
from grund.behorighet import Roll
from grund.giltighet import Giltighet, exakt_falt, giltiga_varden
from grund.models import Anvandare


class Delegation(Giltighet):
    """A row of the nämnd's delegation: a role may decide on an insats, within limits, from a day."""

    roll = models.CharField("vem", max_length=20, choices=Roll)
    insats = models.CharField("insats", max_length=10, choices=Insats)
    utfall = models.CharField("utfall", max_length=6, choices=Utfall, blank=True)
    hogst_omfattning = exakt_falt("högst omfattning", tomt=True)
    enhet = models.CharField("enhet", max_length=12, choices=Omfattningsenhet, blank=True)
    hogst_kostnad = models.DecimalField("högst kr per månad", max_digits=12, decimal_places=2, null=True, blank=True)
    fyra_ogon = models.BooleanField("någon annan än den som föreslog", default=False)

    class Meta:
        verbose_name = "delegation"
        verbose_name_plural = "delegationer"
        constraints: ClassVar = [
            Giltighet.slut_efter_start("delegation"),
            giltiga_varden("delegation_insats", "insats", Insats),
            giltiga_varden("delegation_utfall", "utfall", Utfall, tomt=True),
            models.CheckConstraint(
                name="delegation_roll",
                condition=Q(roll=Roll.GRUPPCHEF) | Q(roll=Roll.HANDLAGGARE) & ~Q(insats=Insats.PERSONLIG_ASSISTANS),
                violation_error_message=(
                    "Bara handläggare och gruppchef kan få delegation, och personlig assistans bara gruppchef."
                ),
            ),
            models.CheckConstraint(
                name="delegation_omfattning_helt",
                condition=Q(hogst_omfattning__isnull=True, enhet="") | Q(hogst_omfattning__isnull=False) & ~Q(enhet=""),
                violation_error_message="Gränsen för omfattning skrivs med både tal och enhet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roll} {self.insats}"


class Forslag(models.Model):
    """The draft of an ärende's decision, until it is signed and has become a Beslut. `sista` is the last day."""

    arende = models.OneToOneField(Arende, models.PROTECT, related_name="forslag")
    version = models.IntegerField(default=1)
    status = models.CharField("status", max_length=12, choices=Forslagsstatus, default=Forslagsstatus.UTKAST)
    utfall = models.CharField("utfall", max_length=6, choices=Utfall, blank=True)
    fran = models.DateField("från och med", null=True, blank=True)
    sista = models.DateField("till och med", null=True, blank=True)
    omfattning = exakt_falt("omfattning", tomt=True)
    omfattning_enhet = models.CharField("enhet", max_length=12, choices=Omfattningsenhet, blank=True)
    kostnad = models.DecimalField("kronor per månad", max_digits=12, decimal_places=2, null=True, blank=True)
    uppfoljning = models.DateField("följs upp senast", null=True, blank=True)
    motivering = models.TextField("motivering", blank=True)
    forbehall = models.BooleanField("förbehåll om återkallelse", default=False)
    forbehall_text = models.TextField("förbehållet", blank=True)
    grund = models.CharField("grund för ändringen", max_length=12, choices=Andringsgrund, blank=True)
    bekraftat = ArrayField(
        models.CharField(max_length=30), default=list, blank=True, verbose_name="varningar som är lästa"
    )
    aterlamnat = models.TextField("varför det återlämnades", blank=True)
    foreslaget_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, blank=True, related_name="+")
    foreslaget = models.DateTimeField("föreslaget", null=True, blank=True)
    undertecknat_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, blank=True, related_name="+")
    undertecknat = models.DateTimeField("undertecknat", null=True, blank=True)
    beslut = models.OneToOneField(Beslut, models.PROTECT, null=True, blank=True, related_name="forslag")

    class Meta:
        verbose_name = "förslag till beslut"
        verbose_name_plural = "förslag till beslut"
        constraints: ClassVar = [
            giltiga_varden("forslag_status", "status", Forslagsstatus),
            giltiga_varden("forslag_utfall", "utfall", Utfall, tomt=True),
            models.CheckConstraint(
                name="forslag_motiverat",
                condition=Q(status=Forslagsstatus.UTKAST) | ~Q(motivering=""),
                violation_error_message="Ett beslut ska vara motiverat (32 § förvaltningslagen).",
            ),
            models.CheckConstraint(
                name="forslag_foreslaget_av",
                condition=Q(status=Forslagsstatus.UTKAST)
                | Q(foreslaget_av__isnull=False, foreslaget__isnull=False) & ~Q(utfall=""),
                violation_error_message="Ett förslag måste säga vem som lämnade det, när, och hur beslutet blir.",
            ),
            models.CheckConstraint(
                name="forslag_undertecknat_helt",
                condition=Q(status=Forslagsstatus.UNDERTECKNAT)
                & Q(undertecknat_av__isnull=False, undertecknat__isnull=False, beslut__isnull=False)
                | ~Q(status=Forslagsstatus.UNDERTECKNAT) & Q(undertecknat_av__isnull=True, beslut__isnull=True),
                violation_error_message="Ett undertecknat förslag måste ha beslut, underskrift och tidpunkt.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="forslag_undertecknat_ar_oforanderligt",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="undertecknat"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.arende_id} {self.status}"


class Beslutshandling(models.Model):
    """The signed decision as it was set, byte for byte: what the party got. Never changed."""

    forslag = models.OneToOneField(Forslag, models.PROTECT, related_name="handling")
    pdf = models.BinaryField("PDF")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = "beslutshandling"
        verbose_name_plural = "beslutshandlingar"
        triggers: ClassVar = [
            pgtrigger.Protect(name="beslutshandling_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.sha256


class Delgivning(models.Model):
    """When and how the party got a decision: the time to appeal runs from that day (FL 44 §)."""

    beslut = models.OneToOneField(Beslut, models.PROTECT, related_name="delgivning")
    dag = models.DateField("personen fick del av beslutet")
    satt = models.CharField("hur", max_length=16, choices=Delgivningssatt)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "delgivning"
        verbose_name_plural = "delgivningar"
        constraints: ClassVar = [giltiga_varden("delgivning_satt", "satt", Delgivningssatt)]

    def __str__(self) -> str:
        return f"{self.beslut_id} {self.dag}"
