"""The key from levels to staff, version by version: the municipality's own, and no product's."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from beslut.regler import Insats
from grund.giltighet import KODPUNKTER, giltiga_varden
from grund.models import Anvandare
from uppfoljning.rapporter.behov_mot_bemanning.regler import Boendeform, Nattform, Nivabehov, Nyckel

_STAR = pgtrigger.Update | pgtrigger.Delete


def _timmar(namn: str) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(namn, max_digits=6, decimal_places=2)


class Bemanningsnyckel(models.Model):
    """A version for an insats. It holds from `fran` until one of a later day does; of the same day the later version.

    What its numbers mean is said in behov_mot_bemanning.regler.Nyckel. Never changed: a new version is made.
    """

    insats = models.CharField("insats", max_length=10, choices=Insats)
    version = models.SmallIntegerField("version")
    fran = models.DateField("gäller från")
    heltid = _timmar("timmar per vecka för en årsarbetare")
    natt_timmar = _timmar("timmar per vecka på natten")
    jour_andel = models.DecimalField("andel av en jourtimme som räknas", max_digits=5, decimal_places=4)
    natt_omrade = models.CharField("område som avgör natten", max_length=10, blank=True, db_collation=KODPUNKTER)
    jour_fran = models.SmallIntegerField("sovande jour från svaret", default=0)
    vaken_fran = models.SmallIntegerField("vaken natt från svaret", default=0)
    ojamn_kvot = models.DecimalField("ojämnt från kvoten", max_digits=5, decimal_places=2)
    motiv = models.TextField("vad den bygger på")
    registrerad = models.DateTimeField("registrerad")
    registrerad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "bemanningsnyckel"
        verbose_name_plural = "bemanningsnycklar"
        triggers: ClassVar = [pgtrigger.Protect(name="bemanningsnyckel_andras_inte", operation=_STAR)]
        constraints: ClassVar = [
            giltiga_varden("bemanningsnyckel_insats", "insats", Insats),
            models.UniqueConstraint(
                name="bemanningsnyckel_version_en_gang",
                fields=["insats", "version"],
                violation_error_message="Versionen finns redan. Någon annan har sparat en samtidigt.",
            ),
            models.CheckConstraint(
                name="bemanningsnyckel_tal",
                condition=Q(heltid__gt=0, natt_timmar__gte=0, jour_andel__range=(0, 1), ojamn_kvot__gte=1),
                violation_error_message=(
                    "Heltiden är större än 0, nattens timmar minst 0, andelen 0–1 och kvoten minst 1."
                ),
            ),
            models.CheckConstraint(
                name="bemanningsnyckel_natt_efter_svar",
                condition=Q(natt_omrade="", jour_fran=0, vaken_fran=0)
                | ~Q(natt_omrade="") & Q(jour_fran__range=(1, 4), vaken_fran__range=(1, 4)),
                violation_error_message="Avgör ett område natten, anges svaren 1–4 för jour och vaken natt.",
            ),
            models.CheckConstraint(
                name="bemanningsnyckel_vaken_fran_jour",
                condition=Q(vaken_fran__gte=models.F("jour_fran")),
                violation_error_message="Vaken natt börjar tidigast vid samma svar som sovande jour.",
            ),
            models.CheckConstraint(
                name="bemanningsnyckel_motiv",
                condition=~Q(motiv=""),
                violation_error_message="Skriv vad nyckeln bygger på.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insats}, version {self.version}"

    def som_nyckel(self) -> Nyckel:
        """What decides, with its levels."""
        return Nyckel(
            self.version,
            self.heltid,
            self.natt_timmar,
            self.jour_andel,
            self.natt_omrade,
            self.jour_fran,
            self.vaken_fran,
            self.ojamn_kvot,
            {ett.niva: ett.som_behov() for ett in self.nivaer.all()},
        )


class Bemanningsniva(models.Model):
    """What a level of the key needs, in hours a week."""

    nyckel = models.ForeignKey(Bemanningsnyckel, models.PROTECT, related_name="nivaer")
    ordning = models.SmallIntegerField("ordning")
    niva = models.CharField("nivå", max_length=40, db_collation=KODPUNKTER)
    dag = _timmar("timmar dag")
    kvall = _timmar("timmar kväll")
    natt = _timmar("timmar natt")
    nattform = models.CharField("natt", max_length=5, choices=Nattform)
    boendeformer = ArrayField(models.CharField(max_length=13, choices=Boendeform), default=list, blank=True)

    class Meta:
        verbose_name = "nivå i bemanningsnyckel"
        verbose_name_plural = "nivåer i bemanningsnyckel"
        ordering: ClassVar = ["ordning"]
        triggers: ClassVar = [pgtrigger.Protect(name="bemanningsniva_andras_inte", operation=_STAR)]
        constraints: ClassVar = [
            giltiga_varden("bemanningsniva_nattform", "nattform", Nattform),
            models.UniqueConstraint(
                name="bemanningsniva_en_gang",
                fields=["nyckel", "niva"],
                violation_error_message="Nivån står två gånger i nyckeln.",
            ),
            models.CheckConstraint(
                name="bemanningsniva_timmar",
                condition=Q(dag__range=(0, 1000), kvall__range=(0, 1000), natt__range=(0, 1000)) & ~Q(niva=""),
                violation_error_message="En nivå har ett namn, och timmarna är 0–1 000 i veckan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nyckel_id} {self.niva}"

    def som_behov(self) -> Nivabehov:
        """The same for the rules."""
        return Nivabehov(self.niva, self.dag, self.kvall, self.natt, Nattform(self.nattform), tuple(self.boendeformer))
