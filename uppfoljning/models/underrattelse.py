"""Notices between municipalities of housing that is given in another's (LSS 17 §): given and received."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from beslut.models import Person
from beslut.regler import Insats
from grund.giltighet import giltiga_varden
from grund.models import Anvandare
from uppfoljning.rapporter.avtalsuppfoljning.regler import UNDERRATTAS, Riktning
from utforare.models import Enhet


class Underrattelse(models.Model):
    """That a municipality was told of an avtal with somebody private about housing in it. Never changed.

    `person` and `enhet` are of what we have given: without person the notice is of the avtal with the enhet, whoever
    lives there. Of another municipality's we know neither.
    """

    riktning = models.CharField("riktning", max_length=8, choices=Riktning)
    kommun = models.CharField("den andra kommunen", max_length=60)
    insats = models.CharField("insats", max_length=10, choices=Insats)
    avtalsdatum = models.DateField("avtalets dag")
    underrattad = models.DateField("underrättelsens dag")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="underrattelser")
    enhet = models.ForeignKey(Enhet, models.PROTECT, null=True, related_name="underrattelser")
    anteckning = models.TextField("anteckning", blank=True)
    registrerad = models.DateTimeField("registrerad")
    registrerad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "underrättelse"
        verbose_name_plural = "underrättelser"
        triggers: ClassVar = [
            pgtrigger.Protect(name="underrattelse_andras_inte", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints: ClassVar = [
            giltiga_varden("underrattelse_riktning", "riktning", Riktning),
            models.CheckConstraint(
                name="underrattelse_insats",
                condition=Q(insats__in=UNDERRATTAS),
                violation_error_message="Underrättelse enligt LSS 17 § gäller bara insatser enligt 9 § 8 och 9.",
            ),
            models.CheckConstraint(
                name="underrattelse_vems",
                condition=Q(riktning=Riktning.LAMNAD, enhet__isnull=False)
                | Q(riktning=Riktning.MOTTAGEN, enhet__isnull=True, person__isnull=True),
                violation_error_message="Det vi har lämnat gäller en enhet. Det vi har tagit emot gör det inte.",
            ),
            models.CheckConstraint(
                name="underrattelse_efter_avtalet",
                condition=Q(underrattad__gte=F("avtalsdatum")),
                violation_error_message="Underrättelsen kan inte ha lämnats före avtalets dag.",
            ),
            models.UniqueConstraint(
                name="underrattelse_en_gang",
                fields=["enhet", "insats", "person", "avtalsdatum"],
                condition=Q(riktning=Riktning.LAMNAD),
                nulls_distinct=False,
                violation_error_message="Underrättelsen om avtalet är redan registrerad.",
            ),
            models.CheckConstraint(
                name="underrattelse_kommun",
                condition=~Q(kommun=""),
                violation_error_message="Skriv vilken kommun det gäller.",
            ),
        ]

    def __str__(self) -> str:
        return self.nyckel

    @property
    def nyckel(self) -> str:
        """What people call it."""
        return f"UR-{self.pk}"
