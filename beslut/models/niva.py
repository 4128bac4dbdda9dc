"""How much support a person needs in an insats."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from beslut.models import gallrad
from beslut.models.person import Person
from beslut.regler import Bedomningsstatus, Insats
from grund.giltighet import KODPUNKTER, giltiga_varden, nyckelfalt


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
        triggers: ClassVar = gallrad.EGEN
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
