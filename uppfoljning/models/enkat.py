"""Answers to a brukarundersökning, counted per enhet and question."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from grund.giltighet import giltiga_varden
from uppfoljning.brukarundersokning.regler import Enkat, Kon, Omrade
from uppfoljning.models.uppgifter import Uppgiftsrad, oforanderlig
from utforare.models import Enhet


class Enkatrad(Uppgiftsrad):
    """How an enhet's people answered a question. `svar` answered it, `positiva` of them the best; of the survey as a
    whole `tillfragade` were asked and `svarande` took part (the same in each of the enhet's rows)."""

    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="+", verbose_name="enhet")
    enkat = models.CharField("enkät", max_length=20, choices=Enkat)
    kon = models.CharField("kön", max_length=1, choices=Kon)
    tillfragade = models.IntegerField("tillfrågade")
    svarande = models.IntegerField("svarande")
    omrade = models.CharField("område", max_length=20, choices=Omrade)
    fraga = models.CharField("fråga", max_length=200)
    svar = models.IntegerField("svar")
    positiva = models.IntegerField("positiva svar")

    class Meta:
        verbose_name = "svar i brukarundersökning"
        verbose_name_plural = "svar i brukarundersökningar"
        triggers: ClassVar = [oforanderlig("enkatrad")]
        constraints: ClassVar = [
            giltiga_varden("enkatrad_enkat", "enkat", Enkat),
            giltiga_varden("enkatrad_omrade", "omrade", Omrade),
            giltiga_varden("enkatrad_kon", "kon", Kon),
            models.UniqueConstraint(
                fields=["fil", "enkat", "enhet", "kon", "fraga"],
                name="enkatrad_en_gang",
                violation_error_message="Frågan står två gånger för enheten.",
            ),
            models.CheckConstraint(
                name="enkatrad_antal",
                condition=Q(
                    positiva__gte=0,
                    svar__gte=F("positiva"),
                    svarande__gte=F("svar"),
                    tillfragade__gte=F("svarande"),
                ),
                violation_error_message="Positiva är högst svar, svar högst svarande, och svarande högst tillfrågade.",
            ),
        ]
