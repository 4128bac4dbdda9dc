"""The utförare's own reporting, beside what the import format holds: plans, signatures and late changes."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from grund.giltighet import giltiga_varden, nyckelfalt
from grund.models import Anvandare
from utforare.models.utforare import Enhet
from utforare.models.utfort import Verkstallighet
from utforare.regler import Rapportslag

_OFORANDERLIG = pgtrigger.Update | pgtrigger.Delete


class PlaneratBesok(models.Model):
    """A visit that is to be made. It is reported when there is a Besok with the same `nyckel` (R20, R22)."""

    nyckel = nyckelfalt()
    verkstallighet = models.ForeignKey(Verkstallighet, models.PROTECT, related_name="planerade_besok")
    start = models.DateTimeField("start")
    slut = models.DateTimeField("slut")
    skapad = models.DateTimeField("inlagt", db_default=Now())
    skapad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "planerat besök"
        verbose_name_plural = "planerade besök"
        indexes: ClassVar = [models.Index(fields=["verkstallighet", "start"], name="planerat_besok_tid")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="planerat_besok_slut_efter_start",
                condition=Q(slut__gt=F("start")),
                violation_error_message="Besöket slutar före det börjar.",
            )
        ]

    def __str__(self) -> str:
        return self.nyckel


class Signering(models.Model):
    """Someone at the enhet certifies a month: who, when, and what it was. `avtryck` is a SHA-256 of the rows."""

    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="signeringar")
    manad = models.DateField("månad", help_text="månadens första dag")
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    tidpunkt = models.DateTimeField("signerad")
    narvarodagar = models.IntegerField("närvarodagar")
    franvarodagar = models.IntegerField("frånvarodagar")
    utforda_besok = models.IntegerField("utförda besök")
    avbokade_besok = models.IntegerField("avbokade besök")
    minuter = models.IntegerField("utförda minuter")
    saknade_dagar = models.IntegerField("väntade dagar utan registrering")
    avtryck = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = "signering"
        verbose_name_plural = "signeringar"
        triggers: ClassVar = [pgtrigger.Protect(name="signering_star_fast", operation=_OFORANDERLIG)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enhet", "manad"],
                name="signering_en_gang",
                violation_error_message="Månaden är redan signerad.",
            ),
            models.CheckConstraint(
                name="signering_hel_manad",
                condition=Q(manad__day=1),
                violation_error_message="En signering gäller en hel månad.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enhet_id} {self.manad:%Y-%m}"


class SenAndring(models.Model):
    """A day or a visit that was changed after the month was signed or locked: what it was, what it became, and why.

    `fore` and `efter` are texts for people. `dagar` and `minuter` are how much what was carried out grew by it. The
    verkställighet may be taken back later, so its key is kept as text.
    """

    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="sena_andringar")
    manad = models.DateField("månad", help_text="månadens första dag")
    slag = models.CharField("slag", max_length=7, choices=Rapportslag)
    verkstallighet_nyckel = models.CharField("verkställighet", max_length=40)
    besok_nyckel = models.CharField("besök", max_length=40, blank=True)
    datum = models.DateField("dag")
    fore = models.CharField("före", max_length=200)
    efter = models.CharField("efter", max_length=200)
    dagar = models.SmallIntegerField("fler närvarodagar", default=0)
    minuter = models.IntegerField("fler utförda minuter", default=0)
    skal = models.CharField("skäl", max_length=300)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    tidpunkt = models.DateTimeField("ändrad")

    class Meta:
        verbose_name = "sen ändring"
        verbose_name_plural = "sena ändringar"
        indexes: ClassVar = [models.Index(fields=["manad", "enhet"], name="sen_andring_manad")]
        triggers: ClassVar = [pgtrigger.Protect(name="sen_andring_star_fast", operation=_OFORANDERLIG)]
        constraints: ClassVar = [
            giltiga_varden("sen_andring_slag", "slag", Rapportslag),
            models.CheckConstraint(
                name="sen_andring_med_skal",
                condition=~Q(skal=""),
                violation_error_message="En ändring efter signering eller låsning måste ha ett skäl.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verkstallighet_nyckel} {self.datum}"
