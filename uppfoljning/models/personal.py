"""What enheter tell of their staff, row by row of the files that are taken in: schedules, and education."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from grund.giltighet import giltiga_varden
from uppfoljning.models.uppgifter import Uppgiftsrad, oforanderlig
from uppfoljning.rapporter.behov_mot_bemanning.regler import Nattform
from utforare.models import Enhet


def _timmar(namn: str) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(namn, max_digits=8, decimal_places=2)


class Bemanning(Uppgiftsrad):
    """An enhet's schedule in a month, in hours a week. `beslutad`: the night that is decided; empty = not told."""

    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="+")
    dag = _timmar("timmar dag")
    kvall = _timmar("timmar kväll")
    natt = _timmar("vakna timmar natt")
    jour = _timmar("timmar sovande jour")
    nattform = models.CharField("schemalagd natt", max_length=5, choices=Nattform)
    beslutad = models.CharField("beslutad natt", max_length=5, choices=Nattform, blank=True)

    class Meta:
        verbose_name = "bemanning"
        verbose_name_plural = "bemanning"
        triggers: ClassVar = [oforanderlig("bemanning")]
        constraints: ClassVar = [
            giltiga_varden("bemanning_nattform", "nattform", Nattform),
            giltiga_varden("bemanning_beslutad", "beslutad", Nattform, tomt=True),
            models.UniqueConstraint(
                name="bemanning_enhet_en_gang",
                fields=["fil", "enhet"],
                violation_error_message="Enheten står två gånger i filen.",
            ),
            models.CheckConstraint(
                name="bemanning_timmar",
                condition=Q(dag__gte=0, kvall__gte=0, natt__gte=0, jour__gte=0),
                violation_error_message="Timmarna är minst 0.",
            ),
            models.CheckConstraint(
                name="bemanning_natt_som_schemat",
                condition=Q(nattform=Nattform.INGEN, natt=0, jour=0)
                | Q(nattform=Nattform.JOUR, natt=0, jour__gt=0)
                | Q(nattform=Nattform.VAKEN, natt__gt=0),
                violation_error_message="Nattens timmar stämmer inte med om natten är vaken, sovande jour eller ingen.",
            ),
        ]


class Utbildning(Uppgiftsrad):
    """How many of an enhet's staff there are, and how many of them have adequate education for their work."""

    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="+")
    anstallda = models.IntegerField("anställda")
    adekvat = models.IntegerField("med adekvat utbildning")

    class Meta:
        verbose_name = "utbildning"
        verbose_name_plural = "utbildning"
        triggers: ClassVar = [oforanderlig("utbildning")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="utbildning_enhet_en_gang",
                fields=["fil", "enhet"],
                violation_error_message="Enheten står två gånger i filen.",
            ),
            models.CheckConstraint(
                name="utbildning_andel",
                condition=Q(adekvat__gte=0, adekvat__lte=F("anstallda"), anstallda__lte=100_000),
                violation_error_message="De som har adekvat utbildning är högst lika många som de anställda.",
            ),
        ]
