"""What the plans of places rest on, beyond what is registered: school leavers, and what is assumed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from grund.giltighet import exakt_falt
from uppfoljning.models.uppgifter import Uppgiftsrad, oforanderlig
from uppfoljning.rapporter.volymer.plan import ANTAGANDEN, Nyckel

_NYCKLAR = [(nyckel.value, ANTAGANDEN[nyckel].namn) for nyckel in Nyckel]


class Skolelever(Uppgiftsrad):
    """Those who leave anpassad gymnasieskola in the spring of `ar`. `har_insats`: of them, with LSS already."""

    ar = models.IntegerField("år")
    skola = models.CharField("skola", max_length=200)
    antal = models.IntegerField("elever")
    har_insats = models.IntegerField("har redan en LSS-insats")

    class Meta:
        verbose_name = "elever som slutar skolan"
        verbose_name_plural = "elever som slutar skolan"
        triggers: ClassVar = [oforanderlig("skolelever")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="skolelever_rimligt",
                condition=Q(har_insats__gte=0, antal__gte=F("har_insats")),
                violation_error_message="De som redan har en insats är en del av eleverna.",
            )
        ]


class Planantagande(Uppgiftsrad):
    """A number that the plans assume. `motiv`: why."""

    antagande = models.CharField("antagande", max_length=20, choices=_NYCKLAR)
    varde = exakt_falt("värde")
    motiv = models.CharField("motiv", max_length=200, blank=True)

    class Meta:
        verbose_name = "antagande i planerna"
        verbose_name_plural = "antaganden i planerna"
        triggers: ClassVar = [oforanderlig("planantagande")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="planantagande_antagande",
                condition=Q(antagande__in=[nyckel for nyckel, _ in _NYCKLAR]),
                violation_error_message="Okänt antagande.",
            ),
            models.CheckConstraint(
                name="planantagande_minst_noll",
                condition=Q(varde__gte=0),
                violation_error_message="Ett antagande är minst 0.",
            ),
        ]
