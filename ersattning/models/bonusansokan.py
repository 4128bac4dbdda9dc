"""A utförare asks for arbetsbonus, and the municipality answers. Nothing is paid by that: bifall registers an
Anstallning, and that is what R50 reads.
"""

from pathlib import PurePath
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from beslut.models import Person
from ersattning.regler import Ansokanstatus, Anstallningsform, Bonusbesked
from grund.giltighet import exakt_falt, giltiga_varden
from grund.models import Anvandare
from utforare.models import Enhet


class Bonusansokan(models.Model):
    """The claim as it was sent in, and the intyg on disk (`sokvag` below INTYG_DIR, `sha256` of its bytes).

    `version` counts the steps, so that a page of an earlier one is refused. `anstallning_nyckel`: what bifall
    registered, or found registered.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="bonusansokningar")
    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="bonusansokningar")
    verkstallighet_nyckel = models.CharField("verkställighet", max_length=40)
    arbetsgivare = models.CharField("arbetsgivare", max_length=200)
    fran = models.DateField("anställningens första dag")
    sysselsattningsgrad = exakt_falt("sysselsättningsgrad, procent")
    anstallningsform = models.CharField("anställningsform", max_length=11, choices=Anstallningsform)
    status = models.CharField("status", max_length=12, choices=Ansokanstatus, default=Ansokanstatus.INSKICKAD)
    version = models.IntegerField("version", default=1)
    anstallning_nyckel = models.CharField("anställning", max_length=40, blank=True)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    tidpunkt = models.DateTimeField("inskickad")
    sokvag = models.CharField("sökväg", max_length=100, unique=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    storlek = models.BigIntegerField("storlek, byte")

    class Meta:
        verbose_name = "ansökan om arbetsbonus"
        verbose_name_plural = "ansökningar om arbetsbonus"
        indexes: ClassVar = [models.Index(fields=["enhet", "-tidpunkt"], name="bonusansokan_enhet")]
        constraints: ClassVar = [
            giltiga_varden("bonusansokan_status", "status", Ansokanstatus),
            giltiga_varden("bonusansokan_form", "anstallningsform", Anstallningsform),
            models.CheckConstraint(
                name="bonusansokan_grad",
                condition=Q(sysselsattningsgrad__range=(1, 100)),
                violation_error_message="Sysselsättningsgraden är 1–100 procent.",
            ),
            models.UniqueConstraint(
                fields=["person", "fran", "arbetsgivare"],
                condition=~Q(status=Ansokanstatus.AVSLAGEN),
                name="bonusansokan_en_gang",
                violation_error_message="Det finns redan en ansökan för samma anställning.",
            ),
            models.CheckConstraint(
                name="bonusansokan_bifall_har_anstallning",
                condition=Q(status=Ansokanstatus.BEVILJAD) & ~Q(anstallning_nyckel="")
                | ~Q(status=Ansokanstatus.BEVILJAD) & Q(anstallning_nyckel=""),
                violation_error_message="En beviljad ansökan, och ingen annan, hänvisar till en anställning.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verkstallighet_nyckel} {self.fran}"

    @property
    def intyg_namn(self) -> str:
        """What the paper is called when it is given out: nothing that says whose it is."""
        return f"intyg-{self.pk}{PurePath(self.sokvag).suffix}"


class Bonusansokansteg(models.Model):
    """A step of a claim, once written never changed: who, when, and why. A SVAR may bring another intyg."""

    ansokan = models.ForeignKey(Bonusansokan, models.PROTECT, related_name="steg")
    slag = models.CharField("slag", max_length=13, choices=Bonusbesked)
    text = models.CharField("text", max_length=1000)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    tidpunkt = models.DateTimeField("tidpunkt")
    sokvag = models.CharField("sökväg", max_length=100, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        verbose_name = "steg i en ansökan om arbetsbonus"
        verbose_name_plural = "steg i ansökningar om arbetsbonus"
        triggers: ClassVar = [
            pgtrigger.Protect(name="bonussteg_star_kvar", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints: ClassVar = [
            giltiga_varden("bonussteg_slag", "slag", Bonusbesked),
            models.CheckConstraint(
                name="bonussteg_har_text",
                condition=~Q(text=""),
                violation_error_message="Skriv varför.",
            ),
            models.UniqueConstraint(
                fields=["ansokan"],
                condition=Q(slag__in=[Bonusbesked.BIFALL, Bonusbesked.AVSLAG]),
                name="bonussteg_beslut_en_gang",
                violation_error_message="Ansökan är redan beslutad.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ansokan_id} {self.slag}"

    @property
    def intyg_namn(self) -> str:
        """What its paper is called when it is given out."""
        return f"intyg-{self.ansokan_id}-{self.pk}{PurePath(self.sokvag).suffix}"
