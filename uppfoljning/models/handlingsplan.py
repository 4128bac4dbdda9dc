"""A handlingsplan of the verksamhet: its measures, what meetings have found of them, and when the nämnd was told.

Nothing in it is changed: what is new is added, with the moment when it was noted, so that the report of an earlier day
always comes out as it did.
"""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from grund.databas.ratter import ANDRA, LAGGA_TILL, LASA
from grund.giltighet import giltiga_varden
from grund.models import Anvandare
from uppfoljning.handlingsplansregler import Atgardsstatus

OFORANDERLIG = pgtrigger.Update | pgtrigger.Delete


class Handlingsplan(models.Model):
    """A plan that the nämnd has decided on, with the diarienummer of the decision."""

    APPENS_RATT: ClassVar = {LASA, LAGGA_TILL, ANDRA}  # its row is locked FOR UPDATE; a guard forbids the change

    titel = models.CharField("titel", max_length=100)
    bakgrund = models.TextField("bakgrund")
    beslutad = models.DateField("beslutad av nämnden")
    diarienummer = models.CharField("diarienummer", max_length=40)
    noterad = models.DateTimeField("noterad")
    noterad_av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+", verbose_name="noterad av")

    class Meta:
        verbose_name = "handlingsplan"
        verbose_name_plural = "handlingsplaner"
        triggers: ClassVar = [pgtrigger.Protect(name="handlingsplan_ar_oforanderlig", operation=OFORANDERLIG)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["titel", "beslutad"],
                name="handlingsplan_en_gang",
                violation_error_message="Det finns redan en handlingsplan med den titeln och den beslutsdagen.",
            ),
        ]

    def __str__(self) -> str:
        return self.titel


class Atgard(models.Model):
    """A measure of a plan: the need behind it, what is to be done, by whom and when, as it was decided.

    `ansvarig` is a role or an employee, never somebody who has support. What has changed stands in the follow-ups.
    """

    APPENS_RATT: ClassVar = {LASA, LAGGA_TILL, ANDRA}  # its row is locked FOR UPDATE; a guard forbids the change

    plan = models.ForeignKey(Handlingsplan, models.PROTECT, related_name="atgarder")
    nummer = models.SmallIntegerField("nummer")
    rubrik = models.CharField("rubrik", max_length=100)
    behov = models.TextField("behov")
    atgard = models.TextField("åtgärd")
    ansvarig = models.CharField("ansvarig", max_length=100)
    start = models.DateField("börjar senast")
    klar_senast = models.DateField("klar senast")
    noterad = models.DateTimeField("noterad")
    noterad_av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+", verbose_name="noterad av")

    class Meta:
        verbose_name = "åtgärd i en handlingsplan"
        verbose_name_plural = "åtgärder i en handlingsplan"
        triggers: ClassVar = [pgtrigger.Protect(name="atgard_ar_oforanderlig", operation=OFORANDERLIG)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "nummer"],
                name="atgard_ett_nummer",
                violation_error_message="Någon annan har lagt till en åtgärd samtidigt. Läs planen och försök igen.",
            ),
            models.CheckConstraint(
                name="atgard_klar_efter_start",
                condition=Q(klar_senast__gte=F("start")),
                violation_error_message="Åtgärden ska vara klar tidigast den dag den börjar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.rubrik}"


class Motesuppfoljning(models.Model):
    """What a meeting found of a measure: the text, and the status, the day and the responsible that hold from then."""

    atgard = models.ForeignKey(Atgard, models.PROTECT, related_name="uppfoljningar")
    nummer = models.SmallIntegerField("nummer")
    dag = models.DateField("mötets dag")
    text = models.TextField("vad som kom fram")
    status = models.CharField("status", max_length=11, choices=Atgardsstatus)
    ansvarig = models.CharField("ansvarig", max_length=100)
    klar_senast = models.DateField("klar senast")
    noterad = models.DateTimeField("noterad")
    noterad_av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+", verbose_name="noterad av")

    class Meta:
        verbose_name = "uppföljning vid möte"
        verbose_name_plural = "uppföljningar vid möte"
        triggers: ClassVar = [pgtrigger.Protect(name="motesuppfoljning_ar_oforanderlig", operation=OFORANDERLIG)]
        constraints: ClassVar = [
            giltiga_varden("motesuppfoljning_status", "status", Atgardsstatus),
            models.UniqueConstraint(
                fields=["atgard", "nummer"],
                name="motesuppfoljning_ett_nummer",
                violation_error_message="Någon annan har följt upp åtgärden samtidigt. Läs det och försök igen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.atgard_id} {self.dag} {self.status}"


class Planredovisning(models.Model):
    """The nämnd has been told how the plan stood on the day `per`. The next report tells what has happened since."""

    plan = models.ForeignKey(Handlingsplan, models.PROTECT, related_name="redovisningar")
    per = models.DateField("läget den")
    sammantrade = models.DateField("nämndens sammanträde")
    diarienummer = models.CharField("diarienummer", max_length=40)
    noterad = models.DateTimeField("noterad")
    noterad_av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+", verbose_name="noterad av")

    class Meta:
        verbose_name = "redovisning av en handlingsplan"
        verbose_name_plural = "redovisningar av handlingsplaner"
        triggers: ClassVar = [pgtrigger.Protect(name="planredovisning_ar_oforanderlig", operation=OFORANDERLIG)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "per"],
                name="planredovisning_en_gang",
                violation_error_message="Planens läge den dagen är redan noterat som redovisat.",
            ),
            models.CheckConstraint(
                name="planredovisning_fore_sammantradet",
                condition=Q(sammantrade__gte=F("per")),
                violation_error_message="Nämnden kan inte ha sammanträtt före den dag som redovisningen säger.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.per}"
