"""A bonus that is paid and questioned: a person decides whether it is taken back (R50; KL 6 kap. 38 §)."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from beslut.models import Person
from ersattning.models.bonus import Bonusregel
from ersattning.models.rad import Ersattningsrad
from ersattning.regler import Aterkravsbeslut
from grund.giltighet import giltiga_varden
from grund.models import Anvandare

_STAR_KVAR = pgtrigger.Update | pgtrigger.Delete

# What is taken back is a bonus that a settled month has paid, of the same rule and person as the decision.
BARA_FAST_BONUS = pgtrigger.Trigger(
    name="aterkrav_av_fast_bonus",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        IF NOT EXISTS (
            SELECT FROM ersattning_ersattningsrad r JOIN ersattning_korning k ON k.id = r.korning_id
              JOIN ersattning_aterkravsprovning p ON p.id = NEW.provning_id
             WHERE r.id = NEW.rad_id AND r.typ = 'bonus' AND k.status IN ('faststalld', 'utbetald')
               AND p.beslut = 'aterkrav' AND p.person_id = r.person_id
               AND (r.grund->0->>'regel')::bigint = p.regel_id
        ) THEN
            RAISE EXCEPTION 'Bara en fastställd bonus kan återkrävas, genom ett beslut om den.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'aterkrav_av_fast_bonus';
        END IF;
        RETURN NEW;
    """,
)


class Aterkravsprovning(models.Model):
    """A decision of a paid bonus, by rule and person. `skal`: what had happened, as kalkyl.bonusuppfoljning names it.

    One that lets the bonus stand answers for those skäl; new ones are decided anew. One that takes it back is the last.
    """

    regel = models.ForeignKey(Bonusregel, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    beslut = models.CharField("beslut", max_length=8, choices=Aterkravsbeslut)
    skal = ArrayField(models.CharField(max_length=60), verbose_name="skäl")
    motiv = models.CharField("motiv", max_length=1000)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    tidpunkt = models.DateTimeField("tidpunkt")

    class Meta:
        verbose_name = "prövning av återkrav"
        verbose_name_plural = "prövningar av återkrav"
        triggers: ClassVar = [pgtrigger.Protect(name="aterkravsprovning_star_kvar", operation=_STAR_KVAR)]
        constraints: ClassVar = [
            giltiga_varden("aterkravsprovning_beslut", "beslut", Aterkravsbeslut),
            models.CheckConstraint(
                name="aterkravsprovning_har_motiv",
                condition=~Q(motiv=""),
                violation_error_message="Skriv varför.",
            ),
            models.UniqueConstraint(
                fields=["regel", "person"],
                condition=Q(beslut=Aterkravsbeslut.ATERKRAV),
                name="aterkrav_en_gang",
                violation_error_message="Bonusen är redan återkrävd.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regel_id} {self.person_id} {self.beslut}"


class Aterkravsrad(models.Model):
    """A settled bonus row that a decision takes back: the next open körning that carries corrections credits it.

    The row stays (vakter.RADER), so the reference needs no constraint, which each deleted row would be looked up by.
    """

    provning = models.ForeignKey(Aterkravsprovning, models.PROTECT, related_name="rader")
    rad = models.OneToOneField(Ersattningsrad, models.PROTECT, related_name="aterkrav", db_constraint=False)

    class Meta:
        verbose_name = "återkrävd bonusrad"
        verbose_name_plural = "återkrävda bonusrader"
        triggers: ClassVar = [
            BARA_FAST_BONUS,
            pgtrigger.Protect(name="aterkravsrad_star_kvar", operation=_STAR_KVAR),
        ]

    def __str__(self) -> str:
        return str(self.rad_id)
