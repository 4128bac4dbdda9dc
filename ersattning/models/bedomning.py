"""What a person made of an avvikelse: kept apart from it, since a month that is calculated anew gets new avvikelser."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from ersattning.regler import Avvikelsekod, Bedomning
from grund.giltighet import KODPUNKTER, giltiga_varden
from grund.models import Anvandare


class Avvikelsebedomning(models.Model):
    """An assessment of an avvikelse, known by what it is about. Appended only: the latest holds, the others tell.

    `manad`, `kod`, `verkstallighet_nyckel`, `fran`, `besok_nyckel` say which avvikelse. `till` and `varde` are how it
    looked: one that has grown since is not the one that was assessed (ersattning/bedomningar.py).
    """

    manad = models.DateField("månad")
    kod = models.CharField("slag", max_length=25, choices=Avvikelsekod)
    verkstallighet_nyckel = models.CharField("verkställighet", max_length=40, db_collation=KODPUNKTER)
    fran = models.DateField("från och med")
    till = models.DateField("till (exklusiv)")
    besok_nyckel = models.CharField("besök", max_length=40, blank=True, db_collation=KODPUNKTER)
    varde = models.CharField("värde", max_length=20, blank=True)
    bedomning = models.CharField("bedömning", max_length=8, choices=Bedomning)
    anteckning = models.TextField("anteckning", max_length=1000)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+", verbose_name="av")
    nar = models.DateTimeField("när")

    class Meta:
        verbose_name = "bedömning av en avvikelse"
        verbose_name_plural = "bedömningar av avvikelser"
        triggers: ClassVar = [
            pgtrigger.Protect(name="bedomning_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        indexes: ClassVar = [
            models.Index(fields=["manad", "kod", "verkstallighet_nyckel", "fran"], name="avvikelsebedomning_om")
        ]
        constraints: ClassVar = [
            giltiga_varden("avvikelsebedomning_bedomning", "bedomning", Bedomning),
            models.CheckConstraint(
                name="avvikelsebedomning_anteckning",
                condition=~Q(anteckning=""),
                violation_error_message="Skriv en anteckning om vad som är gjort eller bestämt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kod} {self.verkstallighet_nyckel} {self.bedomning}"
