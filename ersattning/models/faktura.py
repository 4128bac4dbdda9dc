"""Invoices as they came, and apart from them how they stand against the underlag and what is done about it."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace, Upper

from ersattning.fakturaregler import Fakturaatgard, Fakturaformat, Fakturaslag, Fakturastatus
from ersattning.models.rad import Ersattningsrad
from grund.giltighet import exakt_falt, giltiga_varden
from grund.models import Anvandare
from grund.vakter import satsvakt
from utforare.models import Utforare

_OFORANDERLIG = [pgtrigger.Protect(name="faktura_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete)]


NUMMER_LIKA = Upper(Replace("nummer", Value(" "), Value("")))  # fakturaregler.nummer_lika


def _belopp(namn: str) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(namn, max_digits=18, decimal_places=2, default=0)


class Fakturafil(models.Model):
    """A file that came in: not the file, but its hash and what was wrong with it (ADR 0025). Never changed.

    `antal` invoices were read from it; 0 = it was refused, and `brister` say why: [rule, where, sentence].
    """

    namn = models.CharField("namn", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    storlek = models.BigIntegerField("storlek, byte")
    format = models.CharField("format", max_length=3, choices=Fakturaformat, blank=True)
    antal = models.IntegerField("antal fakturor")
    brister = models.JSONField("brister", default=list)
    maskade = models.IntegerField("borttagna personuppgifter", default=0)
    mottagen = models.DateTimeField("mottagen")
    av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+", verbose_name="inläst av")

    class Meta:
        verbose_name = "fakturafil"
        verbose_name_plural = "fakturafiler"
        triggers: ClassVar = _OFORANDERLIG
        constraints: ClassVar = [
            giltiga_varden("fakturafil_format", "format", Fakturaformat, tomt=True),
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(antal__gt=0),
                name="fakturafil_en_gang",
                violation_error_message="Filen är redan inläst.",
            ),
            models.CheckConstraint(
                name="fakturafil_last_eller_nekad",
                condition=Q(antal__gt=0, brister=[]) | Q(antal=0) & ~Q(brister=[]),
                violation_error_message="En fil är antingen inläst eller nekad med skäl.",
            ),
        ]

    def __str__(self) -> str:
        return self.namn


class Faktura(models.Model):
    """An invoice or a credit note as it came, without personnummer. Never changed. `[fran, till)` is its period.

    The amounts of a credit note are positive, as it has them; `tecken` turns them. `varningar`: what the rules only
    warn of, as sentences.
    """

    fil = models.ForeignKey(Fakturafil, models.PROTECT, related_name="fakturor")
    utforare = models.ForeignKey(Utforare, models.PROTECT, related_name="fakturor")
    slag = models.CharField("slag", max_length=10, choices=Fakturaslag)
    nummer = models.CharField("fakturanummer", max_length=60)
    datum = models.DateField("fakturadatum")
    forfaller = models.DateField("förfaller", null=True)
    fran = models.DateField("från och med", null=True)
    till = models.DateField("till (exklusiv)", null=True)
    referens = models.CharField("köparens referens", max_length=1000, blank=True)
    avser = ArrayField(models.CharField(max_length=60), default=list, verbose_name="krediterar faktura")
    anteckning = models.TextField("anteckning", blank=True)
    radsumma = _belopp("radernas summa")
    avdrag = _belopp("avdrag")
    tillagg = _belopp("tillägg")
    moms = _belopp("moms")
    avrundning = _belopp("öresavrundning")
    att_betala = _belopp("att betala")
    varningar = models.JSONField("påpekanden", default=list, blank=True)
    maskade = models.IntegerField("borttagna personuppgifter", default=0)

    class Meta:
        verbose_name = "faktura"
        verbose_name_plural = "fakturor"
        triggers: ClassVar = _OFORANDERLIG
        constraints: ClassVar = [
            giltiga_varden("faktura_slag", "slag", Fakturaslag),
            models.UniqueConstraint(
                "utforare",
                NUMMER_LIKA,
                name="faktura_nummer_en_gang",
                violation_error_message="Utföraren har redan skickat en faktura med det numret.",
            ),
            models.CheckConstraint(
                name="faktura_nummer_finns", condition=~Q(nummer=""), violation_error_message="Fakturanumret saknas."
            ),
            models.CheckConstraint(
                name="faktura_period",
                condition=Q(fran__isnull=True) | Q(till__isnull=True) | Q(till__gt=F("fran")),
                violation_error_message="Fakturans period slutar innan den börjar.",
            ),
        ]

    def __str__(self) -> str:
        return self.nummer

    @property
    def tecken(self) -> int:
        """1, or −1 for a credit note."""
        return -1 if self.slag == Fakturaslag.KREDITNOTA else 1


class Fakturarad(models.Model):
    """A line, as it came. `referens` is what it says that it is about; `sokord` may say so too."""

    faktura = models.ForeignKey(Faktura, models.PROTECT, related_name="rader")
    plats = models.IntegerField("plats")
    nummer = models.CharField("radnummer", max_length=60)
    referens = models.CharField("referens", max_length=1000, blank=True)
    sokord = ArrayField(models.CharField(max_length=1000), default=list)
    benamning = models.CharField("benämning", max_length=1000)
    text = models.CharField("text", max_length=1000, blank=True)
    antal = exakt_falt("antal")
    enhet = models.CharField("enhet", max_length=20, blank=True)
    a_pris = exakt_falt("à-pris, kr")
    belopp = _belopp("belopp, kr")
    momskategori = models.CharField("momskategori", max_length=2)
    fran = models.DateField("från och med", null=True)
    till = models.DateField("till (exklusiv)", null=True)

    class Meta:
        verbose_name = "fakturarad"
        verbose_name_plural = "fakturarader"
        triggers: ClassVar = _OFORANDERLIG
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["faktura", "plats"],
                name="fakturarad_plats",
                violation_error_message="Två rader står på samma plats i fakturan.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.faktura_id}:{self.nummer}"


class Radprovning(models.Model):
    """How a line stands: made anew as months are settled and credit notes come.

    `differens` = how much more the line is than the rows that it takes. `skal` are sentences; `forslag` are rows that
    it may be about: {rader, skal, differens}. `kopplad_av`: a person has accepted one.
    """

    rad = models.OneToOneField(Fakturarad, models.PROTECT, related_name="provning")
    status = models.CharField("status", max_length=10, choices=Fakturastatus)
    differens = _belopp("skillnad, kr")
    skal = models.JSONField("skäl", default=list)
    forslag = models.JSONField("förslag", default=list)
    krediterar = models.OneToOneField(Fakturarad, models.PROTECT, null=True, related_name="krediterad_av")
    minskar = models.OneToOneField(Fakturarad, models.PROTECT, null=True, related_name="minskad_av")
    kopplad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")
    provad = models.DateTimeField("prövad")

    class Meta:
        verbose_name = "prövning av en fakturarad"
        verbose_name_plural = "prövningar av fakturarader"
        constraints: ClassVar = [giltiga_varden("radprovning_status", "status", Fakturastatus)]

    def __str__(self) -> str:
        return f"{self.rad_id} {self.status}"


_BARA_FASTA = """
    IF EXISTS (
        SELECT 1 FROM nya n
          LEFT JOIN ersattning_ersattningsrad r ON r.id = n.rad_id
          LEFT JOIN ersattning_korning k ON k.id = r.korning_id
         WHERE k.id IS NULL OR k.status NOT IN ('faststalld', 'utbetald')
    ) THEN
        RAISE EXCEPTION 'En faktura kan bara täckas av rader i en fastställd månad.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'tackning_bara_fasta';
    END IF;
    RETURN NULL;
"""


class Tackning(models.Model):
    """A settled row that a line of an invoice takes. A row is taken once: nothing is paid twice.

    Settled rows stay, so the reference has no constraint that every deleted row of a new calculation must ask.
    """

    rad = models.OneToOneField(Ersattningsrad, models.DO_NOTHING, db_constraint=False, related_name="tackning")
    fakturarad = models.ForeignKey(Fakturarad, models.PROTECT, related_name="tackningar")

    class Meta:
        verbose_name = "täckning"
        verbose_name_plural = "täckningar"
        triggers: ClassVar = [
            satsvakt("tackning_bara_fasta", pgtrigger.Insert, _BARA_FASTA, new="nya"),
            pgtrigger.Protect(name="tackning_flyttas_inte", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.fakturarad_id} → {self.rad_id}"


class Fakturalage(models.Model):
    """How a whole invoice stands: the gravest of its lines, and what stands beside them (VAT, charges).

    `avslutad` = a person has looked into it and is done.
    """

    faktura = models.OneToOneField(Faktura, models.PROTECT, related_name="lage")
    status = models.CharField("status", max_length=10, choices=Fakturastatus)
    differens = _belopp("skillnad, kr")
    anmarkningar = models.JSONField("anmärkningar", default=list)
    avslutad = models.BooleanField("avslutad", default=False)

    class Meta:
        verbose_name = "fakturas läge"
        verbose_name_plural = "fakturors lägen"
        indexes: ClassVar = [models.Index(fields=["status", "avslutad"], name="fakturalage_status")]
        constraints: ClassVar = [giltiga_varden("fakturalage_status", "status", Fakturastatus)]

    def __str__(self) -> str:
        return f"{self.faktura_id} {self.status}"


class Fakturaanteckning(models.Model):
    """What somebody has done about an invoice. Appended only."""

    faktura = models.ForeignKey(Faktura, models.PROTECT, related_name="anteckningar")
    atgard = models.CharField("åtgärd", max_length=8, choices=Fakturaatgard)
    text = models.TextField("anteckning", max_length=1000)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+", verbose_name="av")
    nar = models.DateTimeField("när")

    class Meta:
        verbose_name = "anteckning om en faktura"
        verbose_name_plural = "anteckningar om fakturor"
        triggers: ClassVar = _OFORANDERLIG
        constraints: ClassVar = [
            giltiga_varden("fakturaanteckning_atgard", "atgard", Fakturaatgard),
            models.CheckConstraint(
                name="fakturaanteckning_text",
                condition=~Q(text=""),
                violation_error_message="Skriv vad som är gjort eller bestämt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.faktura_id} {self.atgard}"
