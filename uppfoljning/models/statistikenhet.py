"""What the form of LSS asks of a home, which nothing else needs to know."""

from typing import ClassVar

from django.db import models

from grund.giltighet import giltiga_varden
from uppfoljning.leveranser.regler import Boendeform
from uppfoljning.models.uppgifter import Uppgiftsrad, oforanderlig
from utforare.models import Enhet


class Statistikenhet(Uppgiftsrad):
    """A home: which kind it is, and the code of the kommun that it lies in when that is another than one's own."""

    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="+", verbose_name="enhet")
    boendeform = models.CharField("boendeform", max_length=10, choices=Boendeform)
    kommun = models.CharField("annan kommun", max_length=4, blank=True)

    class Meta:
        verbose_name = "enhet i statistiken"
        verbose_name_plural = "enheter i statistiken"
        triggers: ClassVar = [oforanderlig("statistikenhet")]
        constraints: ClassVar = [
            giltiga_varden("statistikenhet_boendeform", "boendeform", Boendeform),
            models.UniqueConstraint(
                fields=["fil", "enhet"],
                name="statistikenhet_en_gang",
                violation_error_message="Enheten står två gånger i filen.",
            ),
            models.CheckConstraint(
                name="statistikenhet_kommun",
                condition=models.Q(kommun__regex=r"^([0-9]{4})?$"),
                violation_error_message="Kommunkoden har fyra siffror, eller är tom när det är den egna kommunen.",
            ),
        ]
