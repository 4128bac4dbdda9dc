"""A nivåbedömning on its way: the answers, what was decided of it and why, and what the utförare says of that.

What counts for pay is the row of nivabedomningar that it leads to (models.niva); here is what that rests on.
"""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from beslut.models.instrument import Instrument, Instrumentomrade
from beslut.models.niva import Nivabedomning
from beslut.models.person import Person
from beslut.nivapoang import SVAR
from beslut.regler import Insats
from grund.giltighet import KODPUNKTER, giltiga_varden
from grund.models import Anvandare


class Arendelage(models.TextChoices):
    """How far a nivåbedömning has come."""

    UTKAST = "utkast", "utkast"
    INSKICKAD = "inskickad", "inskickad"
    ATERSKICKAD = "aterskickad", "återskickad för komplettering"
    GODKAND = "godkand", "godkänd"
    AVVISAD = "avvisad", "avvisad"


OPPNA = (Arendelage.UTKAST, Arendelage.INSKICKAD, Arendelage.ATERSKICKAD)
HOS_BEDOMAREN = (Arendelage.UTKAST, Arendelage.ATERSKICKAD)
AVGJORDA = (Arendelage.GODKAND, Arendelage.AVVISAD)


class Nivaarende(models.Model):
    """A person's nivåbedömning for an insats, from draft to decision.

    `summa` and `niva` are what the answers came to when it was sent in. `bedomning` is the row that pay is decided by;
    there is none before it has been sent in. `version` counts the changes, so that nobody decides on what they have not
    seen.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="nivaarenden")
    insats = models.CharField("insats", max_length=10, choices=Insats)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="arenden")
    lage = models.CharField("läge", max_length=11, choices=Arendelage, default=Arendelage.UTKAST)
    version = models.IntegerField("version", default=1)
    bedomare = models.ForeignKey(Anvandare, models.PROTECT, related_name="nivaarenden")
    skapad = models.DateTimeField("påbörjad")
    onskad_fran = models.DateField("önskas från och med", null=True, blank=True)
    sammanfattning = models.TextField("sammanfattning", blank=True)
    summa = models.DecimalField("summa", max_digits=9, decimal_places=2, null=True, blank=True)
    niva = models.CharField("nivå", max_length=40, blank=True, db_collation=KODPUNKTER)
    inskickad = models.DateTimeField("inskickad", null=True, blank=True)
    bedomning = models.OneToOneField(
        Nivabedomning, models.PROTECT, null=True, blank=True, related_name="arende", db_constraint=False
    )

    class Meta:
        verbose_name = "nivåärende"
        verbose_name_plural = "nivåärenden"
        indexes: ClassVar = [models.Index(fields=["lage", "inskickad"], name="nivaarende_lage")]
        constraints: ClassVar = [
            giltiga_varden("nivaarende_insats", "insats", Insats),
            giltiga_varden("nivaarende_lage", "lage", Arendelage),
            models.UniqueConstraint(
                name="nivaarende_ett_oppet",
                fields=["person", "insats"],
                condition=Q(lage__in=OPPNA),
                violation_error_message="Det finns redan en pågående nivåbedömning för insatsen.",
            ),
            models.CheckConstraint(
                name="nivaarende_inskickat_helt",
                condition=Q(lage=Arendelage.UTKAST)
                | ~Q(niva="") & Q(summa__isnull=False, inskickad__isnull=False, onskad_fran__isnull=False),
                violation_error_message="En inskickad bedömning har summa, nivå och den dag den önskas gälla från.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insats} {self.pk}"


class Nivasvar(models.Model):
    """The answer for an area: 0–4, or 8 or 9, which are no numbers. None = not answered yet."""

    arende = models.ForeignKey(Nivaarende, models.CASCADE, related_name="svar")
    omrade = models.ForeignKey(Instrumentomrade, models.PROTECT, related_name="+")
    svar = models.SmallIntegerField("svar", null=True, blank=True)
    skal = models.TextField("skäl", blank=True)

    class Meta:
        verbose_name = "svar"
        verbose_name_plural = "svar"
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="nivasvar_ett_per_omrade",
                fields=["arende", "omrade"],
                violation_error_message="Området är redan besvarat.",
            ),
            models.CheckConstraint(
                name="nivasvar_varde",
                condition=Q(svar__isnull=True) | Q(svar__in=SVAR),
                violation_error_message="Svaret är 0–4, 8 eller 9.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="nivasvar_bara_hos_bedomaren",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                declare=[("inlamnad", "boolean")],
                func="""
                    SELECT bool_or(lage NOT IN ('utkast', 'aterskickad')) INTO inlamnad FROM beslut_nivaarende
                     WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.arende_id END,
                                  CASE WHEN TG_OP <> 'DELETE' THEN NEW.arende_id END);
                    IF inlamnad THEN
                        RAISE EXCEPTION 'Svaren ändras inte när bedömningen är inskickad.'
                              USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.omrade_id}: {self.svar}"


class Provningsslag(models.TextChoices):
    """What was decided of a nivåbedömning."""

    GODKAND = "godkand", "godkänd"
    ATERSKICKAD = "aterskickad", "skickad tillbaka för komplettering"
    AVVISAD = "avvisad", "avvisad"


class Nivaprovning(models.Model):
    """A decision on a nivåbedömning: by whom, why, and from which day. Never changed.

    `bedomare` is who had made it: never the one who decides, by user and not by name.
    """

    arende = models.ForeignKey(Nivaarende, models.PROTECT, related_name="provningar")
    slag = models.CharField("beslut", max_length=11, choices=Provningsslag)
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    bedomare = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    tidpunkt = models.DateTimeField("tidpunkt")
    motiv = models.TextField("motivering")
    fran = models.DateField("gäller från", null=True, blank=True)

    class Meta:
        verbose_name = "prövning"
        verbose_name_plural = "prövningar"
        constraints: ClassVar = [
            giltiga_varden("nivaprovning_slag", "slag", Provningsslag),
            models.CheckConstraint(
                name="nivaprovning_fyra_ogon",
                condition=~Q(av=F("bedomare")),
                violation_error_message="Den som har gjort bedömningen får inte själv pröva den.",
            ),
            models.CheckConstraint(
                name="nivaprovning_motiverad",
                condition=~Q(motiv=""),
                violation_error_message="Ett beslut om en nivåbedömning motiveras.",
            ),
            models.CheckConstraint(
                name="nivaprovning_dag_vid_godkannande",
                condition=Q(slag=Provningsslag.GODKAND, fran__isnull=False)
                | ~Q(slag=Provningsslag.GODKAND) & Q(fran__isnull=True),
                violation_error_message="En godkänd bedömning gäller från en dag.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="nivaprovning_ar_oforanderlig", operation=pgtrigger.Update | pgtrigger.Delete),
            # Whoever began it has had it as theirs, also when somebody else took it over and sent it in.
            pgtrigger.Trigger(
                name="nivaprovning_inte_av_den_som_borjade",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT FROM beslut_nivaovertagande o
                                WHERE o.arende_id = NEW.arende_id AND NEW.av_id IN (o.fran_id, o.till_id)) THEN
                        RAISE EXCEPTION 'Den som har gjort en del av bedömningen får inte pröva den.'
                              USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arende_id} {self.slag}"


class Synpunktssvar(models.TextChoices):
    """What the avtalssamordnare answers an utförare who contests a decision."""

    STAR_FAST = "star_fast", "Beslutet står fast"
    NY_BEDOMNING = "ny_bedomning", "En ny bedömning ska göras"
    PROVA_IGEN = "prova_igen", "Bedömningen prövas igen"


class Nivasynpunkt(models.Model):
    """An utförare contests a decision, once, with reasons; it is answered with a motive."""

    arende = models.OneToOneField(Nivaarende, models.PROTECT, related_name="synpunkt")
    av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    tidpunkt = models.DateTimeField("tidpunkt")
    text = models.TextField("synpunkt")
    svar = models.CharField("svar", max_length=12, choices=Synpunktssvar, blank=True)
    svar_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, blank=True, related_name="+")
    svarad = models.DateTimeField("besvarad", null=True, blank=True)
    motiv = models.TextField("motivering", blank=True)

    class Meta:
        verbose_name = "synpunkt"
        verbose_name_plural = "synpunkter"
        constraints: ClassVar = [
            giltiga_varden("nivasynpunkt_svar", "svar", Synpunktssvar, tomt=True),
            models.CheckConstraint(
                name="nivasynpunkt_besvarad_helt",
                condition=Q(svar="", svar_av__isnull=True, svarad__isnull=True, motiv="")
                | ~Q(svar="") & Q(svar_av__isnull=False, svarad__isnull=False) & ~Q(motiv=""),
                violation_error_message="Ett svar på en synpunkt har en motivering.",
            ),
            models.CheckConstraint(
                name="nivasynpunkt_av_annan",
                condition=Q(svar_av__isnull=True) | ~Q(svar_av=F("av")),
                violation_error_message="Den som har lämnat synpunkten får inte själv besvara den.",
            ),
            models.CheckConstraint(
                name="nivasynpunkt_text",
                condition=~Q(text=""),
                violation_error_message="Skriv vad du invänder mot.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arende_id}"
