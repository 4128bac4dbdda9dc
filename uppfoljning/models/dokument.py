"""A document to the nämnd: every save a version, figures as they were read, and each signed edition as it was set."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from grund.giltighet import TAS_ALDRIG_BORT, giltiga_varden
from grund.models import Anvandare
from uppfoljning.dokument.koder import Dokumentstatus, Utgavestatus
from uppfoljning.models.dokumentmall import Mallversion

STAR_KVAR = pgtrigger.Update | pgtrigger.Delete


class Dokument(models.Model):
    """The document. What it says stands in its versions; `version` is the latest, and tells a stale form.

    `titel` and `diarienummer` are the latest version's, to be listed by.
    """

    titel = models.CharField("titel", max_length=160)
    diarienummer = models.CharField("diarienummer", max_length=40)
    status = models.CharField("status", max_length=8, choices=Dokumentstatus, default=Dokumentstatus.UTKAST)
    version = models.PositiveIntegerField("version", default=0)
    andrat = models.DateTimeField("senast ändrat")

    class Meta:
        verbose_name = "dokument"
        verbose_name_plural = "dokument"
        triggers: ClassVar = [TAS_ALDRIG_BORT]
        indexes: ClassVar = [models.Index(fields=["-andrat"], name="dokument_andrat")]
        constraints: ClassVar = [giltiga_varden("dokument_status", "status", Dokumentstatus)]

    def __str__(self) -> str:
        return self.titel


class Dokumentversion(models.Model):
    """What the document said after a save. `innehall` is an Innehall as text (uppfoljning.dokument.serie)."""

    dokument = models.ForeignKey(Dokument, models.PROTECT, related_name="versioner")
    version = models.PositiveIntegerField("version")
    mallversion = models.ForeignKey(Mallversion, models.PROTECT, related_name="+")
    innehall = models.TextField("innehåll")
    vad = models.CharField("vad som gjordes", max_length=400)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    tidpunkt = models.DateTimeField("tidpunkt")

    class Meta:
        verbose_name = "version av dokument"
        verbose_name_plural = "versioner av dokument"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dokument", "version"],
                name="dokumentversion_en_gang",
                violation_error_message="Någon annan sparade dokumentet samtidigt. Öppna det igen.",
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="dokumentversion_star_kvar", operation=STAR_KVAR),
            pgtrigger.Trigger(
                name="signerat_far_ingen_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF (SELECT status FROM uppfoljning_dokument WHERE id = NEW.dokument_id) <> 'utkast' THEN
                        RAISE EXCEPTION 'Dokumentet är signerat och kan inte ändras. Revidera det först.'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'signerat_far_ingen_version';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dokument_id} version {self.version}"


class Dokumentsiffror(models.Model):
    """A report's public content as it was read. `urval` gives the same selection again, at another time.

    `innehall` is a Rapport as text (uppfoljning.dokument.serie), `sha256` that of the text.
    """

    dokument = models.ForeignKey(Dokument, models.PROTECT, related_name="siffror")
    rapport = models.CharField("rapport", max_length=60)
    urval = models.TextField("urval", blank=True)
    innehall = models.TextField("innehåll")
    sha256 = models.CharField("SHA-256", max_length=64)
    last = models.DateTimeField("siffrorna lästes")
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "siffror i ett dokument"
        verbose_name_plural = "siffror i dokument"
        triggers: ClassVar = [pgtrigger.Protect(name="dokumentsiffror_star_kvar", operation=STAR_KVAR)]

    def __str__(self) -> str:
        return f"{self.dokument_id} {self.rapport}"


class Dokumentbilaga(models.Model):
    """A PDF that goes with the document. `bildsidor`: pages that could not be read, and that somebody has looked at."""

    dokument = models.ForeignKey(Dokument, models.PROTECT, related_name="bilagor")
    titel = models.CharField("titel", max_length=160)
    pdf = models.BinaryField("PDF")
    sha256 = models.CharField("SHA-256", max_length=64)
    sidor = models.PositiveIntegerField("sidor")
    bildsidor = models.PositiveIntegerField("sidor utan läsbar text", default=0)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    tidpunkt = models.DateTimeField("tidpunkt")

    class Meta:
        verbose_name = "bilaga"
        verbose_name_plural = "bilagor"
        triggers: ClassVar = [pgtrigger.Protect(name="dokumentbilaga_star_kvar", operation=STAR_KVAR)]

    def __str__(self) -> str:
        return self.titel


class Dokumentutgava(models.Model):
    """A version that somebody has signed; `pdf` as it was set, once all have. Then nothing of it changes.

    `titel` and `diarienummer` as signed: a draft that comes later may have others, which are not for all to see.
    `kontrasigneras`: a chef must sign too, and another person than the first. `svar`: why it was returned.
    """

    dokument = models.ForeignKey(Dokument, models.PROTECT, related_name="utgavor")
    nummer = models.PositiveIntegerField("utgåva")
    version = models.ForeignKey(Dokumentversion, models.PROTECT, related_name="+")
    titel = models.CharField("titel", max_length=160)
    diarienummer = models.CharField("diarienummer", max_length=40)
    status = models.CharField("status", max_length=10, choices=Utgavestatus)
    signerat = models.DateTimeField("signerat")
    signerat_av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    kontrasigneras = models.BooleanField("kontrasigneras")
    kontrasignerat = models.DateTimeField("kontrasignerat", null=True, blank=True)
    kontrasignerat_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, blank=True, related_name="+")
    svar = models.CharField("varför det återlämnades", max_length=500, blank=True)
    pdf = models.BinaryField("PDF", blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        verbose_name = "utgåva av dokument"
        verbose_name_plural = "utgåvor av dokument"
        constraints: ClassVar = [
            giltiga_varden("dokumentutgava_status", "status", Utgavestatus),
            models.UniqueConstraint(
                fields=["dokument", "nummer"],
                name="dokumentutgava_en_gang",
                violation_error_message="Någon annan signerade dokumentet samtidigt.",
            ),
            models.CheckConstraint(
                name="dokumentutgava_tva_personer",
                condition=Q(kontrasignerat_av__isnull=True) | ~Q(kontrasignerat_av=F("signerat_av")),
                violation_error_message="Den som har signerat dokumentet kan inte kontrasignera det.",
            ),
            models.CheckConstraint(
                name="dokumentutgava_klar_har_pdf",
                condition=Q(status=Utgavestatus.KLAR) & ~Q(sha256="") | ~Q(status=Utgavestatus.KLAR) & Q(sha256=""),
                violation_error_message="En klar utgåva, och ingen annan, har en PDF.",
            ),
            models.CheckConstraint(
                name="dokumentutgava_kontrasignerad",
                condition=~Q(status=Utgavestatus.KLAR)
                | Q(kontrasigneras=False)
                | Q(kontrasignerat__isnull=False, kontrasignerat_av__isnull=False),
                violation_error_message="Dokumentet ska kontrasigneras innan det är klart.",
            ),
            models.CheckConstraint(
                name="dokumentutgava_aterlamnad_har_svar",
                condition=~Q(status=Utgavestatus.ATERLAMNAD) | ~Q(svar=""),
                violation_error_message="Skriv varför dokumentet lämnas tillbaka.",
            ),
        ]
        triggers: ClassVar = [
            TAS_ALDRIG_BORT,
            pgtrigger.Protect(
                name="klar_utgava_andras_inte",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__status="vantar"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dokument_id} utgåva {self.nummer}"
