"""Users, the audit trail that people read, and the log of what changed in the underlag."""

from typing import ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from grund import klocka
from grund.behorighet import SER_NAMN, Roll
from grund.databas.ratter import BARA_LASA
from grund.insyn.modeller import Jobb, Langsamhet, Uppgiftsfel

__all__ = [
    "ANDRINGSLAS",
    "Andring",
    "Anvandare",
    "Gallradloggrad",
    "Handelse",
    "Inskick",
    "Jobb",
    "Langsamhet",
    "Logglank",
    "Loggmarke",
    "Uppgiftsfel",
]


class Anvandare(AbstractUser):
    """Someone who signs in. What the person may do follows from `roller` (grund.behorighet)."""

    roller = ArrayField(models.CharField(max_length=20, choices=Roll), default=list, blank=True, verbose_name="roller")
    ser_skyddade = models.BooleanField("får se skyddade personuppgifter", default=False)
    # The password was made by somebody else: it must be changed at once, and is no password after this moment.
    engangslosenord_till = models.DateTimeField("engångslösenordet gäller till", null=True, blank=True)
    sessionsomgang = models.PositiveIntegerField("sessionsomgång", default=0)

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="anvandare_kanda_roller",
                condition=models.Q(roller__contained_by=Roll.values),
                violation_error_message=f"Okänd roll. Roller som finns: {', '.join(Roll.values)}.",
            ),
            models.CheckConstraint(
                name="anvandare_skyddade_kraver_roll",
                condition=models.Q(ser_skyddade=False) | models.Q(roller__overlap=sorted(SER_NAMN)),
                violation_error_message="Bara den som möter personer med namn kan få se skyddade personuppgifter.",
            ),
        ]

    def get_session_auth_hash(self) -> str:
        """What every session of the user must know: all of them end when the password or `sessionsomgang` changes."""
        varde = f"{self.sessionsomgang}:{self.password}"
        return salted_hmac("grund.Anvandare.session", varde, algorithm="sha256").hexdigest()


DRIFTENS = ("hamta_utbetalningsfil", "logg_aterstalld", "logg_bruten", "sakerhetskopierad")


class Handelse(models.Model):
    """Something that happened: who did what to what, and when. Written in the same transaction; never changed."""

    tidpunkt = models.DateTimeField("tidpunkt", default=klocka.nu, db_default=Now())
    av = models.ForeignKey(Anvandare, models.PROTECT, null=True, verbose_name="av", related_name="handelser")
    handling = models.CharField("handling", max_length=40)
    objekt = models.CharField("objekt", max_length=80)
    text = models.TextField("vad som hände")
    data = models.JSONField("uppgifter", default=dict)

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        indexes: ClassVar = [
            models.Index(fields=["objekt", "tidpunkt"], name="handelse_objekt"),  # the history of one thing
            models.Index(fields=["tidpunkt"], name="handelse_tidpunkt"),  # what happened during some days
            # When operations last did something: a few rows a day, asked for by every look at the state of the system.
            models.Index(fields=["handling", "tidpunkt"], name="handelse_drift", condition=Q(handling__in=DRIFTENS)),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="handelse_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.text


class Andring(models.Model):
    """A change of the underlag, said in the terms of the data: which kind of row, whose, and which days it concerns.

    New rows are told together, one Andring per scope (`objekt_id`); a changed or removed row has its own, with its
    `nyckel` and what it was (`gammalt`). Downstream reads this to know what has changed since it last looked (R40).
    `slag` and `objekt_id` name the scope, the primary key of a person, a provider, a price list …; `[fran, till)` the
    days that may be paid differently: `till` None = and all later days; `fran` None = no day (a changed name).
    Writers hold the shared advisory lock `ANDRINGSLAS` to the end of their transaction, so that a reader that takes it
    exclusively sees a number below which nothing more will come.
    """

    class Slag(models.TextChoices):
        PERSON = "person", "person"
        UTFORARE = "utforare", "utförare"
        PRISLISTA = "prislista", "prislista"
        ENHET = "enhet", "enhet"
        REGEL = "regel", "bonusregel"

    handelse = models.ForeignKey(Handelse, models.PROTECT, related_name="andringar")
    fil = models.CharField("sort", max_length=20)
    slag = models.CharField(max_length=10, choices=Slag)
    objekt_id = models.BigIntegerField()
    fran = models.DateField(null=True)
    till = models.DateField(null=True)
    antal = models.IntegerField("antal rader", default=1)
    nyckel = models.CharField(max_length=200, default="", blank=True)
    gammalt = models.JSONField("före ändringen", null=True)

    class Meta:
        verbose_name = "ändring"
        verbose_name_plural = "ändringar"
        indexes: ClassVar = [
            # The history of one row.
            models.Index(fields=["fil", "nyckel"], name="andring_nyckel", condition=~models.Q(nyckel="")),
            # What has changed for someone since a row was made.
            models.Index(fields=["slag", "objekt_id"], name="andring_omfang"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="andring_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.fil} {self.nyckel or self.objekt_id}"


class Inskick(models.Model):
    """A form that has been sent and has stored something (grund.inskick). Kept for as long as it can be sent again."""

    nyckel = models.CharField("nyckel", max_length=64, primary_key=True)
    till = models.TextField("dit användaren leddes", default="")
    skickat = models.DateTimeField("skickat", db_default=Now())

    class Meta:
        verbose_name = "inskick"
        verbose_name_plural = "inskick"
        indexes: ClassVar = [models.Index(fields=["skickat"], name="inskick_skickat")]

    def __str__(self) -> str:
        return self.nyckel


class Logglank(models.Model):
    """A link of the chain that seals the logs (grund.kedja, ADR 0041): which row, and a SHA-256 of the link before and
    of the row as it was. `logg` is a code of grund.kedja.loggar. Written by a function of the database alone."""

    APPENS_RATT: ClassVar = BARA_LASA

    nr = models.BigIntegerField("nummer", primary_key=True)  # 1, 2, 3 …: a gap is a link that somebody has removed
    logg = models.SmallIntegerField("logg")
    rad = models.BigIntegerField("rad")
    forseglad = models.DateTimeField("förseglad")
    summa = models.BinaryField("summa")

    class Meta:
        verbose_name = "logglänk"
        verbose_name_plural = "logglänkar"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["logg", "rad"], name="logglank_en_gang", violation_error_message="Raden är redan förseglad."
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="logglank_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.nr}"


class Loggmarke(models.Model):
    """How far a log is sealed for certain: every row up to `under` has its link, and none will come below it.

    `nasta` becomes that when all transactions that began before `nasta_xid` have ended.
    """

    APPENS_RATT: ClassVar = BARA_LASA

    logg = models.SmallIntegerField("logg", primary_key=True)
    under = models.BigIntegerField("förseglad till", default=0)
    nasta = models.BigIntegerField("nästa", default=0)
    nasta_xid = models.BigIntegerField("nästas transaktion", default=0)
    nasta_tid = models.DateTimeField("nästas tid", null=True)

    class Meta:
        verbose_name = "loggmärke"
        verbose_name_plural = "loggmärken"

    def __str__(self) -> str:
        return f"{self.logg}: {self.under}"


class Gallradloggrad(models.Model):
    """A sealed row whose content a decided gallring has taken away: what it was, as a SHA-256, so that the chain can be
    counted all the same, and the event of the gallring, which is in the chain itself. Written by gallring, as the
    database's owner: whoever else could write here could explain a change away."""

    APPENS_RATT: ClassVar = BARA_LASA

    logg = models.SmallIntegerField("logg")
    rad = models.BigIntegerField("rad")
    avtryck = models.BinaryField("radens SHA-256")
    handelse = models.ForeignKey(Handelse, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "gallrad loggrad"
        verbose_name_plural = "gallrade loggrader"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["logg", "rad"], name="gallradloggrad_en_gang", violation_error_message="Raden är redan gallrad."
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="gallradloggrad_star_kvar", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.logg}: {self.rad}"


ANDRINGSLAS = 4_711_001  # key of the advisory lock that orders writers of Andring and those who read its last number
