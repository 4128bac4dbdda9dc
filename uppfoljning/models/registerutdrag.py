"""That an extract of a person's data was asked for and given out (GDPR article 15)."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from beslut.models import Person
from grund.giltighet import giltiga_varden
from grund.models import Anvandare
from uppfoljning.registerutdrag.grunder import Begarande


class Registerutdrag(models.Model):
    """Who asked, how it was checked that they may, why, and what was kept back on what ground. Never changed.

    `undantag`: a candidate's key (registerutdrag/kandidater.py) → the ground. `avtryck`: of the candidates as they were
    read; a text that has come since stops the files from being made. The files are never stored.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="registerutdrag")
    begart = models.DateField("begäran kom in")
    begarande = models.CharField("vem som begär", max_length=14, choices=Begarande)
    kontroll = models.CharField("hur det är kontrollerat", max_length=300)
    skal = models.CharField("varför utdraget görs", max_length=300)
    undantag = models.JSONField("vad som inte lämnas ut", default=dict, blank=True)
    avtryck = models.CharField("avtryck av det som lästes igenom", max_length=64)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+", verbose_name="gjort av")
    tidpunkt = models.DateTimeField("gjort")

    class Meta:
        verbose_name = "registerutdrag"
        verbose_name_plural = "registerutdrag"
        indexes: ClassVar = [models.Index(fields=["person", "-tidpunkt"], name="registerutdrag_person")]
        constraints: ClassVar = [
            giltiga_varden("registerutdrag_begarande", "begarande", Begarande),
            models.CheckConstraint(
                name="registerutdrag_motiverat",
                condition=~Q(skal="") & ~Q(kontroll=""),
                violation_error_message="Skriv varför utdraget görs, och hur du vet vem som begär det.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="registerutdrag_andras_inte", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.nyckel

    @property
    def nyckel(self) -> str:
        """What people call it."""
        return f"RU-{self.pk}"
