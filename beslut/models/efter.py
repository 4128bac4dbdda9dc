"""What happens after a decision: it is followed up, or appealed."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from beslut.koder import Domsutfall, Overklagandesteg, Uppfoljningsresultat, Uppfoljningssatt
from beslut.models.beslut import Beslut
from grund.giltighet import TAS_ALDRIG_BORT, giltiga_varden
from grund.models import Anvandare


class Uppfoljning(models.Model):
    """How the support works, seen on a day. It says when to look next, and never changes the decision."""

    beslut = models.ForeignKey(Beslut, models.PROTECT, related_name="uppfoljningar")
    dag = models.DateField("dag")
    satt = models.CharField("hur", max_length=16, choices=Uppfoljningssatt)
    resultat = models.CharField("vad den kom fram till", max_length=8, choices=Uppfoljningsresultat)
    text = models.TextField("vad som kom fram")
    nasta = models.DateField("nästa uppföljning", null=True, blank=True)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "uppföljning"
        verbose_name_plural = "uppföljningar"
        indexes: ClassVar = [models.Index(fields=["beslut", "-dag"], name="uppfoljning_beslut")]
        constraints: ClassVar = [
            giltiga_varden("uppfoljning_satt", "satt", Uppfoljningssatt),
            giltiga_varden("uppfoljning_resultat", "resultat", Uppfoljningsresultat),
            models.CheckConstraint(
                name="uppfoljning_nasta_senare",
                condition=Q(nasta__isnull=True) | Q(nasta__gt=models.F("dag")),
                violation_error_message="Nästa uppföljning ska ligga efter den här.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="uppfoljning_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.beslut_id} {self.dag}"


class Overklagande(models.Model):
    """An appeal of a decision, step by step: in time, reconsidered, sent to the court, judged (FL 38–39, 43–46 §§)."""

    beslut = models.ForeignKey(Beslut, models.PROTECT, related_name="overklaganden")
    steg = models.CharField("läge", max_length=10, choices=Overklagandesteg, default=Overklagandesteg.INKOMMET)
    inkom = models.DateField("kom in")
    klagande = models.CharField("vem som överklagar", max_length=100)
    text = models.TextField("vad som begärs")
    rattid_provad = models.DateField("rättidsprövat", null=True, blank=True)
    rattid_skal = models.TextField("skäl", blank=True)
    omprovat = models.DateField("omprövat av nämnden", null=True, blank=True)
    omprovat_text = models.TextField("vad omprövningen kom fram till", blank=True)
    overlamnat = models.DateField("lämnat till domstolen", null=True, blank=True)
    malnummer = models.CharField("målnummer", max_length=30, blank=True)
    domdag = models.DateField("dom", null=True, blank=True)
    domsutfall = models.CharField("domsutfall", max_length=12, choices=Domsutfall, blank=True)
    domtext = models.TextField("vad domstolen kom fram till", blank=True)
    # A judgment that gives something is carried out like a decision, but is the court's: it is not reported to IVO.
    domens_beslut = models.OneToOneField(
        Beslut, models.PROTECT, null=True, blank=True, related_name="dom", verbose_name="beslut enligt domen"
    )

    class Meta:
        verbose_name = "överklagande"
        verbose_name_plural = "överklaganden"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        constraints: ClassVar = [
            giltiga_varden("overklagande_steg", "steg", Overklagandesteg),
            giltiga_varden("overklagande_domsutfall", "domsutfall", Domsutfall, tomt=True),
            models.CheckConstraint(
                name="overklagande_avvisat_varfor",
                condition=~Q(steg=Overklagandesteg.AVVISAT) | ~Q(rattid_skal=""),
                violation_error_message="Ett överklagande som avvisas måste säga varför.",
            ),
            models.CheckConstraint(
                name="overklagande_dom_hel",
                condition=~Q(steg=Overklagandesteg.AVGJORT) | Q(domdag__isnull=False) & ~Q(domsutfall=""),
                violation_error_message="Ett avgjort mål måste ha dag och utfall.",
            ),
            models.UniqueConstraint(
                name="overklagande_ett_i_taget",
                fields=["beslut"],
                condition=Q(steg__in=["inkommet", "i_tid", "omprovat", "overlamnat"]),
                violation_error_message="Beslutet har redan ett överklagande som inte är avgjort.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beslut_id} {self.inkom}"
