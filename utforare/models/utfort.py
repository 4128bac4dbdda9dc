"""What is carried out: verkställigheter, and their närvaro and visits day by day.

Närvaro and besök are the big tables. Närvaro has no surrogate key and no row-by-row foreign key: its key is
(verkställighet, day), and statement triggers hold both the reference and the period for a whole batch at a time
(docs/adr/0007-narvaro.md has the measurements).
"""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThan

from beslut.models import Beslut
from beslut.regler import Omfattningsenhet
from grund.giltighet import KODPUNKTER, Giltighet, exakt_falt, giltiga_varden, nyckelfalt
from utforare.models import vakter
from utforare.models.utforare import Enhet
from utforare.regler import AvbokadAv, Narvarokod, Registrering, Slutorsak


class Verkstallighet(Giltighet):
    """A decision being carried out at a unit. `omfattning` is the ordered degree, a code of the price list."""

    nyckel = nyckelfalt()
    beslut = models.ForeignKey(Beslut, models.PROTECT, related_name="verkstalligheter")
    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="verkstalligheter")
    bestalld = models.DateField("beställd", null=True, blank=True)
    omfattning = models.CharField("omfattning", max_length=40, blank=True, db_collation=KODPUNKTER)
    bestallt_antal = exakt_falt("beställt antal", tomt=True)
    bestallt_enhet = models.CharField("enhet", max_length=12, choices=Omfattningsenhet, blank=True)
    slutorsak = models.CharField("slutorsak", max_length=13, choices=Slutorsak, blank=True)

    class Meta:
        verbose_name = "verkställighet"
        verbose_name_plural = "verkställigheter"
        constraints: ClassVar = [
            Giltighet.slut_efter_start("verkstallighet"),
            giltiga_varden("verkstallighet_slutorsak", "slutorsak", Slutorsak, tomt=True),
            giltiga_varden("verkstallighet_bestallt_enhet", "bestallt_enhet", Omfattningsenhet, tomt=True),
            models.CheckConstraint(
                name="verkstallighet_slut_med_orsak",
                condition=Q(till__isnull=True, slutorsak="") | Q(till__isnull=False) & ~Q(slutorsak=""),
                violation_error_message="Slutdag och slutorsak anges tillsammans.",
            ),
            models.CheckConstraint(
                name="verkstallighet_bestallt_helt",
                condition=Q(bestallt_antal__isnull=True, bestallt_enhet="")
                | Q(bestallt_antal__gte=0) & ~Q(bestallt_enhet=""),
                violation_error_message="Beställt antal och enhet anges tillsammans, och antalet är minst 0.",
            ),
        ]
        triggers: ClassVar = vakter.VERKSTALLIGHET

    def __str__(self) -> str:
        return self.nyckel


class Narvaro(models.Model):
    """One day's närvaro or frånvaro in a verkställighet."""

    pk = models.CompositePrimaryKey("verkstallighet_id", "datum")
    verkstallighet = models.ForeignKey(Verkstallighet, models.PROTECT, db_constraint=False, db_index=False)
    datum = models.DateField("dag")
    minuter = models.SmallIntegerField("minuter", null=True, blank=True)
    kod = models.CharField("kod", max_length=1, choices=Narvarokod)
    omfattning = models.CharField("omfattning", max_length=40, blank=True, db_collation=KODPUNKTER)
    orsak = models.CharField("orsak", max_length=100, blank=True)

    class Meta:
        verbose_name = "närvaro"
        verbose_name_plural = "närvaro"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="narvaro_rimlig",
                condition=(
                    Q(kod=Narvarokod.NARVARO, orsak="") & (Q(minuter__isnull=True) | Q(minuter__range=(1, 1440)))
                )
                | Q(kod=Narvarokod.FRANVARO) & (Q(minuter__isnull=True) | Q(minuter__gte=0)),
                violation_error_message="Koden är N eller F. Minuter är 1–1 440 med N. Orsak hör till F.",
            ),
        ]
        triggers: ClassVar = vakter.NARVARO

    def __str__(self) -> str:
        return f"{self.verkstallighet_id} {self.datum}"


class Besok(models.Model):
    """A visit, carried out or not. `dag` is the Swedish day that it belongs to (R20, R22)."""

    nyckel = nyckelfalt()
    verkstallighet = models.ForeignKey(Verkstallighet, models.PROTECT, related_name="besok", db_index=False)
    planerad_start = models.DateTimeField("planerad start", null=True, blank=True)
    planerad_slut = models.DateTimeField("planerat slut", null=True, blank=True)
    utford_start = models.DateTimeField("utförd start", null=True, blank=True)
    utford_slut = models.DateTimeField("utfört slut", null=True, blank=True)
    avbokad = models.DateTimeField("avbokad", null=True, blank=True)
    avbokad_av = models.CharField("avbokad av", max_length=8, choices=AvbokadAv, blank=True)
    orsak = models.CharField("orsak", max_length=100, blank=True)
    registrering = models.CharField("registrering", max_length=9, choices=Registrering, blank=True)
    dag = models.GeneratedField(
        expression=Cast(
            Func(Value("Europe/Stockholm"), Coalesce(F("utford_start"), F("planerad_start")), function="timezone"),
            models.DateField(),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = "besök"
        verbose_name_plural = "besök"
        indexes: ClassVar = [
            models.Index(fields=["verkstallighet", "dag"], name="besok_verkstallighet_dag"),
            models.Index(
                fields=["verkstallighet"],
                name="besok_langre_an_ett_dygn",
                condition=Q(GreaterThan(F("utford_slut") - F("utford_start"), Value(timedelta(days=1))))
                | Q(GreaterThan(F("planerad_slut") - F("planerad_start"), Value(timedelta(days=1)))),
            ),
        ]
        constraints: ClassVar = [
            giltiga_varden("besok_avbokad_av", "avbokad_av", AvbokadAv, tomt=True),
            giltiga_varden("besok_registrering", "registrering", Registrering, tomt=True),
            models.CheckConstraint(
                name="besok_utfort_eller_avbokat",
                condition=Q(utford_start__isnull=False, utford_slut__isnull=False, avbokad__isnull=True, avbokad_av="")
                | Q(
                    utford_start__isnull=True,
                    utford_slut__isnull=True,
                    planerad_start__isnull=False,
                    planerad_slut__isnull=False,
                )
                & ~Q(avbokad_av=""),
                violation_error_message=(
                    "Ett besök är utfört (start och slut) eller avbokat (planerad tid och av vem), aldrig båda."
                ),
            ),
            models.CheckConstraint(
                name="besok_planerat_helt",
                condition=Q(planerad_start__isnull=True, planerad_slut__isnull=True)
                | Q(planerad_start__isnull=False, planerad_slut__isnull=False),
                violation_error_message="Planerad start och planerat slut anges tillsammans.",
            ),
            models.CheckConstraint(
                name="besok_slut_efter_start",
                condition=(Q(planerad_slut__isnull=True) | Q(planerad_slut__gt=F("planerad_start")))
                & (Q(utford_slut__isnull=True) | Q(utford_slut__gt=F("utford_start"))),
                violation_error_message="Besöket slutar före det börjar.",
            ),
        ]
        triggers: ClassVar = vakter.BESOK

    def __str__(self) -> str:
        return self.nyckel
