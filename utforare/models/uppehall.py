"""That a verkställighet is interrupted for a time. A fact of ours: the import format only knows of ends."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from grund.giltighet import Giltighet, giltiga_varden, utan_overlapp
from grund.models import Anvandare
from utforare.models.utfort import Verkstallighet
from utforare.regler import Uppehallsorsak

INOM = "uppehall_inom_verkstallighet"
MEDDELANDE = "Uppehållet ligger utanför verkställigheten."


class Uppehall(Giltighet):
    """From `fran` nobody carries it out, until it is taken up again on `till`; None = nobody knows when.

    It must lie within the verkställighet when it is written. A verkställighet that is later ended, or changed by an
    import, takes the days outside with it: what is asked is always which of its days are interrupted.
    """

    verkstallighet = models.ForeignKey(Verkstallighet, models.PROTECT, related_name="uppehall")
    orsak = models.CharField("orsak", max_length=12, choices=Uppehallsorsak)
    text = models.TextField("vad som har hänt", blank=True)
    anmalt = models.DateTimeField("anmält")
    anmalt_av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+", verbose_name="anmält av")
    upptaget = models.DateTimeField("när det skrevs att insatsen återupptas", null=True, blank=True)
    upptaget_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "uppehåll"
        verbose_name_plural = "uppehåll"
        constraints: ClassVar = [
            Giltighet.slut_efter_start("uppehall"),
            giltiga_varden("uppehall_orsak", "orsak", Uppehallsorsak),
            utan_overlapp(
                "uppehall_overlappar_inte",
                ["verkstallighet"],
                "Insatsen har redan ett uppehåll under en del av tiden.",
            ),
            models.CheckConstraint(
                name="uppehall_annat_sager_vad",
                condition=~Q(orsak=Uppehallsorsak.ANNAT) | ~Q(text=""),
                violation_error_message="Skriv vad som har hänt när orsaken är en annan.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="uppehall_inom",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=f"""
                    IF NOT EXISTS (
                        SELECT FROM utforare_verkstallighet v
                         WHERE v.id = NEW.verkstallighet_id AND NEW.fran >= v.fran
                           AND (v.till IS NULL OR NEW.fran < v.till AND (NEW.till IS NULL OR NEW.till <= v.till))
                           FOR SHARE
                    ) THEN
                        RAISE EXCEPTION '{MEDDELANDE}' USING ERRCODE = 'check_violation', CONSTRAINT = '{INOM}';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.verkstallighet_id} {self.fran}"
