"""National deliveries: how a file looks, what has been delivered, and its rows as they were printed."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from beslut.models import Person
from grund.giltighet import KODPUNKTER, TAS_ALDRIG_BORT, Giltighet, giltiga_varden
from grund.models import Anvandare
from uppfoljning.leveranser.regler import Leveranslage, Leveransslag, period_i_ord

_LAYOUT = "En layout ändras inte: den bekräftas en gång, och en ny version ersätter den."
_LEVERANS = "En leverans ändras inte: utkastet lämnas eller kastas, en gång."


def _andras_en_gang(namn: str, villkor: str, falt: str, mening: str) -> pgtrigger.Trigger:
    """While `villkor` holds of the old row `falt` may change, and nothing else ever."""
    return pgtrigger.Trigger(
        name=namn,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF NOT ({villkor}) OR (to_jsonb(NEW) - ARRAY[{falt}]) <> (to_jsonb(OLD) - ARRAY[{falt}]) THEN
                RAISE EXCEPTION '{mening}' USING ERRCODE = 'check_violation', CONSTRAINT = '{namn}';
            END IF;
            RETURN NEW;
        """,
    )


class Leveranslayout(Giltighet):
    """How a kind of file looks for days in its period (uppfoljning/leveranser/layout.py reads `definition`).

    Of several that hold on a day the highest version is used. `kalla`: what it was written from. `bekraftad`: somebody
    has held it against the receiver's own description; `bekraftad_mot` says which.
    """

    slag = models.CharField("slag", max_length=14, choices=Leveransslag)
    version = models.PositiveSmallIntegerField("version")
    definition = models.JSONField("definition")
    kalla = models.CharField("källa", max_length=200)
    skapad = models.DateTimeField("inlagd", null=True)
    skapad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+", verbose_name="inlagd av")
    bekraftad = models.DateTimeField("bekräftad", null=True)
    bekraftad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")
    bekraftad_mot = models.CharField("bekräftad mot", max_length=200, blank=True)

    class Meta:
        verbose_name = "layout för leverans"
        verbose_name_plural = "layouter för leveranser"
        triggers: ClassVar = [
            TAS_ALDRIG_BORT,
            _andras_en_gang(
                "leveranslayout_bekraftas_en_gang",
                "OLD.bekraftad IS NULL",
                "'bekraftad', 'bekraftad_av_id', 'bekraftad_mot', 'period'",
                _LAYOUT,
            ),
        ]
        constraints: ClassVar = [
            Giltighet.slut_efter_start("leveranslayout"),
            giltiga_varden("leveranslayout_slag", "slag", Leveransslag),
            models.UniqueConstraint(
                fields=["slag", "version"],
                name="leveranslayout_version",
                violation_error_message="Versionen finns redan. Ladda om sidan.",
            ),
            models.CheckConstraint(
                name="leveranslayout_bekraftad_helt",
                condition=Q(bekraftad__isnull=True, bekraftad_av__isnull=True, bekraftad_mot="")
                | Q(bekraftad__isnull=False, bekraftad_av__isnull=False) & ~Q(bekraftad_mot=""),
                violation_error_message="En bekräftelse säger vem, när och mot vad.",
            ),
        ]

    def __str__(self) -> str:
        return f"{Leveransslag(self.slag).label}, version {self.version}"


class Leverans(models.Model):
    """A file made for a day: 1 October, or the last of a month. `omgang` counts those of the same day.

    `protokoll` is what was checked (leveranser/protokoll.py). `sha256` is of the bytes, which rows and layout give
    again. utkast → lämnad | kastad.
    """

    slag = models.CharField("slag", max_length=14, choices=Leveransslag)
    dag = models.DateField("avser")
    omgang = models.PositiveSmallIntegerField("omgång")
    layout = models.ForeignKey(Leveranslayout, models.PROTECT, related_name="leveranser")
    status = models.CharField("läge", max_length=7, choices=Leveranslage, default=Leveranslage.UTKAST)
    antal = models.PositiveIntegerField("rader")
    sha256 = models.CharField("SHA-256", max_length=64)
    protokoll = models.JSONField("kontrollprotokoll")
    skapad = models.DateTimeField("gjord")
    skapad_av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+", verbose_name="gjord av")
    lamnad = models.DateField("lämnad", null=True)
    kvittens = models.CharField("kvittens", max_length=100, blank=True)
    avslutad = models.DateTimeField("lämnad eller kastad, noterat", null=True)
    avslutad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "leverans"
        verbose_name_plural = "leveranser"
        triggers: ClassVar = [
            TAS_ALDRIG_BORT,
            _andras_en_gang(
                "leverans_avslutas_en_gang",
                "OLD.status = 'utkast' AND NEW.status <> 'utkast'",
                "'status', 'lamnad', 'kvittens', 'avslutad', 'avslutad_av_id'",
                _LEVERANS,
            ),
        ]
        constraints: ClassVar = [
            giltiga_varden("leverans_slag", "slag", Leveransslag),
            giltiga_varden("leverans_status", "status", Leveranslage),
            models.UniqueConstraint(
                fields=["slag", "dag", "omgang"],
                name="leverans_omgang",
                violation_error_message="Någon annan gjorde just en leverans för samma tid. Ladda om sidan.",
            ),
            models.UniqueConstraint(
                fields=["slag", "dag"],
                condition=Q(status=Leveranslage.UTKAST),
                name="leverans_ett_utkast",
                violation_error_message="Det finns redan ett utkast för samma tid. Ladda om sidan.",
            ),
            models.CheckConstraint(
                name="leverans_avslutad_helt",
                condition=Q(status=Leveranslage.UTKAST, avslutad__isnull=True, avslutad_av__isnull=True)
                | ~Q(status=Leveranslage.UTKAST) & Q(avslutad__isnull=False, avslutad_av__isnull=False),
                violation_error_message="En leverans som lämnas eller kastas säger av vem och när.",
            ),
            models.CheckConstraint(
                name="leverans_lamnad_har_dag",
                condition=Q(status=Leveranslage.LAMNAD, lamnad__isnull=False)
                | ~Q(status=Leveranslage.LAMNAD) & Q(lamnad__isnull=True, kvittens=""),
                violation_error_message="En lämnad leverans har en dag då den lämnades, och bara den.",
            ),
        ]

    def __str__(self) -> str:
        return f"{Leveransslag(self.slag).label}, {period_i_ord(self.slag, self.dag)}, omgång {self.omgang}"


class Leveransrad(models.Model):
    """A row of a file, field by field as it is printed. Never changed."""

    leverans = models.ForeignKey(Leverans, models.PROTECT, related_name="rader")
    nummer = models.PositiveIntegerField("rad")
    nyckel = models.CharField("nyckel", max_length=40, db_collation=KODPUNKTER)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    varden: "ArrayField[list[str], list[str]]" = ArrayField(models.CharField(max_length=200, blank=True))

    class Meta:
        verbose_name = "rad i leverans"
        verbose_name_plural = "rader i leveranser"
        triggers: ClassVar = [
            pgtrigger.Protect(name="leveransrad_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["leverans", "nummer"],
                name="leveransrad_nummer",
                violation_error_message="Leveransen har redan en rad med det numret.",
            ),
            models.UniqueConstraint(
                fields=["leverans", "nyckel"],
                name="leveransrad_nyckel",
                violation_error_message="Leveransen har redan en rad för samma person eller beslut.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leverans_id} {self.nummer}"
