"""What the accounts say of a year, and what is out of the ordinary for a person: read in as files."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from beslut.regler import Insats
from grund.giltighet import giltiga_varden
from uppfoljning.models.uppgifter import Uppgiftsrad, oforanderlig
from uppfoljning.rapporter.kpb.regler import VOLYMER, Gransmatt, Grund
from utforare.models import Utforare
from utforare.regler import Regi


def _kronor(namn: str) -> Any:
    return models.DecimalField(namn, max_digits=14, decimal_places=2)


class Bokslutsrad(Uppgiftsrad):
    """What a part of the activity cost in the year's first `manader` months.

    `insats`, and one of `utforare` and `regi`, say whose volumes it is spread over; empty = any.
    """

    verksamhet = models.CharField("verksamhet", max_length=200)
    insats = models.CharField("insats", max_length=10, choices=Insats, blank=True)
    utforare = models.ForeignKey(Utforare, models.PROTECT, null=True, related_name="+", verbose_name="utförare")
    regi = models.CharField("regi", max_length=6, choices=Regi, blank=True)
    bruttokostnad = _kronor("bruttokostnad, kr")
    interna_intakter = _kronor("interna intäkter, kr")
    forsaljning = _kronor("försäljning, kr")
    fordelas_efter = models.CharField("fördelas efter", max_length=8, choices=Grund)
    manader = models.IntegerField("månader")

    class Meta:
        verbose_name = "bokslutsrad"
        verbose_name_plural = "bokslutsrader"
        triggers: ClassVar = [oforanderlig("bokslutsrad")]
        constraints: ClassVar = [
            giltiga_varden("bokslutsrad_insats", "insats", Insats, tomt=True),
            giltiga_varden("bokslutsrad_regi", "regi", Regi, tomt=True),
            giltiga_varden("bokslutsrad_grund", "fordelas_efter", Grund),
            models.CheckConstraint(
                name="bokslutsrad_insats_for_volym",
                condition=~Q(fordelas_efter__in=VOLYMER) | ~Q(insats=""),
                violation_error_message="Det som fördelas på volymer har en insats.",
            ),
            models.CheckConstraint(
                name="bokslutsrad_utforare_eller_regi",
                condition=Q(utforare__isnull=True) | Q(regi=""),
                violation_error_message="Ange utförare eller regi, inte båda.",
            ),
            models.CheckConstraint(
                name="bokslutsrad_manader",
                condition=Q(manader__range=(1, 12)),
                violation_error_message="Bokslutet gäller 1–12 månader.",
            ),
        ]


class Ytterfallsgrans(Uppgiftsrad):
    """What is out of the ordinary for a person: below `lagst`, above `hogst`. `insats` empty = all together."""

    insats = models.CharField("insats", max_length=10, choices=Insats, blank=True)
    matt = models.CharField("mått", max_length=6, choices=Gransmatt)
    lagst = models.DecimalField("lägst", max_digits=14, decimal_places=2, null=True)
    hogst = models.DecimalField("högst", max_digits=14, decimal_places=2, null=True)

    class Meta:
        verbose_name = "gräns för ytterfall"
        verbose_name_plural = "gränser för ytterfall"
        triggers: ClassVar = [oforanderlig("ytterfallsgrans")]
        constraints: ClassVar = [
            giltiga_varden("ytterfallsgrans_insats", "insats", Insats, tomt=True),
            giltiga_varden("ytterfallsgrans_matt", "matt", Gransmatt),
            models.CheckConstraint(
                name="ytterfallsgrans_nagot",
                condition=Q(lagst__isnull=False) | Q(hogst__isnull=False),
                violation_error_message="En gräns har ett lägsta eller ett högsta värde.",
            ),
        ]
