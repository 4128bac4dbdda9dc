"""A utförare asks for arbetsbonus. Nothing is paid by it: the decision makes an Anstallning, and that R50 reads."""

from pathlib import PurePath
from typing import ClassVar

from django.db import models
from django.db.models import Q

from beslut.models import Person
from ersattning.regler import Ansokanstatus, Anstallningsform
from grund.giltighet import exakt_falt, giltiga_varden
from grund.models import Anvandare
from utforare.models import Enhet


class Bonusansokan(models.Model):
    """The claim as it was sent in, and the intyg on disk (`sokvag` below INTYG_DIR, `sha256` of its bytes)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="bonusansokningar")
    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="bonusansokningar")
    verkstallighet_nyckel = models.CharField("verkställighet", max_length=40)
    arbetsgivare = models.CharField("arbetsgivare", max_length=200)
    fran = models.DateField("anställningens första dag")
    sysselsattningsgrad = exakt_falt("sysselsättningsgrad, procent")
    anstallningsform = models.CharField("anställningsform", max_length=11, choices=Anstallningsform)
    status = models.CharField("status", max_length=10, choices=Ansokanstatus, default=Ansokanstatus.INSKICKAD)
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
                name="bonusansokan_en_gang",
                violation_error_message="Det finns redan en ansökan för samma anställning.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verkstallighet_nyckel} {self.fran}"

    @property
    def intyg_namn(self) -> str:
        """What the paper is called when it is given out: nothing that says whose it is."""
        return f"intyg-{self.pk}{PurePath(self.sokvag).suffix}"
