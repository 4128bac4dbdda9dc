"""Contracts, and the price lists that they name. What a list costs stands in ersattning.Pris, which points here."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Deferrable, Q
from django.db.models.functions import Coalesce

from beslut.models import Person
from beslut.regler import Insats
from grund.giltighet import Giltighet, exakt_falt, giltiga_varden, nyckelfalt, utan_overlapp
from utforare.models.utforare import Utforare
from utforare.regler import Avtalsform, Modell, NivaFran, Slutorsak


class Prislista(models.Model):
    """A price list that contracts refer to."""

    nyckel = nyckelfalt()
    namn = models.CharField("namn", max_length=200)

    class Meta:
        verbose_name = "prislista"
        verbose_name_plural = "prislistor"

    def __str__(self) -> str:
        return self.namn


class Avtal(Giltighet):
    """The terms on which a provider carries out an insats. Empty term = the rule is off (docs/ersattning.md).

    `franvaro` and `omfattning_granser` are kept in the format's own spelling (`1-14:100,15-30:50`), without spaces.
    `bomtid_andel`, `bomtid_tak_andel` and `tak_andel_av_bestallt` are shares, 1 = all.
    """

    nyckel = nyckelfalt()
    utforare = models.ForeignKey(Utforare, models.PROTECT, related_name="avtal")
    insats = models.CharField("insats", max_length=10, choices=Insats)
    avtalsform = models.CharField("avtalsform", max_length=12, choices=Avtalsform)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="individavtal")
    prislista = models.ForeignKey(Prislista, models.PROTECT, related_name="avtal")
    modell = models.CharField("modell", max_length=12, choices=Modell)
    franvaro = models.TextField("frånvarotrappa", blank=True)
    omfattning_granser = models.TextField("gränser för omfattning", blank=True)
    niva_fran = models.CharField("nivån räknas från", max_length=7, choices=NivaFran, blank=True)
    avslut_dagar = models.IntegerField("dagar som betalas efter avslut", null=True, blank=True)
    avslut_orsaker = ArrayField(
        models.CharField(max_length=13, choices=Slutorsak),
        default=list,
        blank=True,
        verbose_name="orsaker som ger avslut",
    )
    bomtid_varsel_timmar = exakt_falt("varsel för bomtid, timmar", tomt=True)
    bomtid_andel = exakt_falt("andel av priset för bomtid", tomt=True)
    bomtid_tak_andel = exakt_falt("tak för bomtid, andel av beställd tid", tomt=True)
    tak_andel_av_bestallt = exakt_falt("tak för utförd tid, andel av beställd", tomt=True)
    avrundning_minuter = models.IntegerField("avrundning, minuter", null=True, blank=True)

    class Meta:
        verbose_name = "avtal"
        verbose_name_plural = "avtal"
        constraints: ClassVar = [
            Giltighet.slut_efter_start("avtal"),
            giltiga_varden("avtal_insats", "insats", Insats),
            giltiga_varden("avtal_avtalsform", "avtalsform", Avtalsform),
            giltiga_varden("avtal_modell", "modell", Modell),
            giltiga_varden("avtal_niva_fran", "niva_fran", NivaFran, tomt=True),
            models.CheckConstraint(
                name="avtal_person_vid_individavtal",
                condition=Q(avtalsform=Avtalsform.INDIVIDAVTAL, person__isnull=False)
                | ~Q(avtalsform=Avtalsform.INDIVIDAVTAL) & Q(person__isnull=True),
                violation_error_message="Ett individavtal har alltid en person, och bara ett individavtal har det.",
            ),
            models.CheckConstraint(
                name="avtal_tal_minst_noll",
                condition=(Q(avslut_dagar__isnull=True) | Q(avslut_dagar__gte=0))
                & (Q(bomtid_varsel_timmar__isnull=True) | Q(bomtid_varsel_timmar__gte=0))
                & (Q(bomtid_andel__isnull=True) | Q(bomtid_andel__gte=0))
                & (Q(bomtid_tak_andel__isnull=True) | Q(bomtid_tak_andel__gte=0))
                & (Q(tak_andel_av_bestallt__isnull=True) | Q(tak_andel_av_bestallt__gte=0))
                & (Q(avrundning_minuter__isnull=True) | Q(avrundning_minuter__gte=1)),
                violation_error_message="Avtalets tal är minst 0, och avrundningen minst 1 minut.",
            ),
            utan_overlapp(
                "avtal_overlappar_inte",
                ["utforare", "insats", Coalesce("person", 0)],
                "Utföraren har redan ett avtal för insatsen under en del av perioden.",
                deferrable=Deferrable.IMMEDIATE,  # the import changes several at once, and looks when all are changed
            ),
        ]

    def __str__(self) -> str:
        return self.nyckel
