"""What enheter are held to, the follow-ups of it, and what was found: nothing of it is ever changed, only added to."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from beslut.regler import Insats
from grund.databas.ratter import ANDRA, LAGGA_TILL, LASA
from grund.giltighet import KODPUNKTER, giltiga_varden
from grund.models import Anvandare
from uppfoljning.rapporter.avtalsuppfoljning.regler import Bristslag, Metod, Uppfyllt
from utforare.models import Enhet

_STAR = pgtrigger.Update | pgtrigger.Delete


def _vem(namn: str) -> "models.ForeignKey[Anvandare | None, Anvandare | None]":
    return models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+", verbose_name=namn)


class Kravlista(models.Model):
    """What whoever carries out an insats is held to, municipal and private alike: it knows no form of contract.

    It holds from `fran` until a version of a later day does; of the same day the later version.
    `utbildningsmal`: the share of staff that should have adequate education.
    """

    insats = models.CharField("insats", max_length=10, choices=Insats)
    version = models.SmallIntegerField("version")
    fran = models.DateField("gäller från")
    kalla = models.CharField("var kraven står", max_length=200)
    utbildningsmal = models.DecimalField("mål för adekvat utbildning", max_digits=5, decimal_places=4)
    registrerad = models.DateTimeField("registrerad")
    registrerad_av = _vem("registrerad av")

    class Meta:
        verbose_name = "kravlista"
        verbose_name_plural = "kravlistor"
        triggers: ClassVar = [pgtrigger.Protect(name="kravlista_andras_inte", operation=_STAR)]
        constraints: ClassVar = [
            giltiga_varden("kravlista_insats", "insats", Insats),
            models.UniqueConstraint(
                name="kravlista_version_en_gang",
                fields=["insats", "version"],
                violation_error_message="Versionen finns redan. Någon annan har sparat en samtidigt.",
            ),
            models.CheckConstraint(
                name="kravlista_hel",
                condition=Q(utbildningsmal__range=(0, 1)) & ~Q(kalla=""),
                violation_error_message="En kravlista säger var kraven står, och målet är 0–100 procent.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insats}, version {self.version}"


class Krav(models.Model):
    """One of the list's. `kod` is the same from version to version, so that they can be compared."""

    lista = models.ForeignKey(Kravlista, models.PROTECT, related_name="krav")
    ordning = models.SmallIntegerField("ordning")
    kod = models.CharField("kod", max_length=10, db_collation=KODPUNKTER)
    rubrik = models.CharField("krav", max_length=100)
    text = models.TextField("vad som krävs", blank=True)

    class Meta:
        verbose_name = "krav"
        verbose_name_plural = "krav"
        ordering: ClassVar = ["ordning"]
        triggers: ClassVar = [pgtrigger.Protect(name="krav_andras_inte", operation=_STAR)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="krav_en_gang",
                fields=["lista", "kod"],
                violation_error_message="Koden står två gånger i listan.",
            ),
            models.CheckConstraint(
                name="krav_helt",
                condition=~Q(kod="") & ~Q(rubrik=""),
                violation_error_message="Ett krav har både kod och rubrik.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kod} {self.rubrik}"


class Avtalsuppfoljning(models.Model):
    """A follow-up of an enhet by a list. `ersatter`: the one that was wrong, which is kept but not counted."""

    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="avtalsuppfoljningar")
    lista = models.ForeignKey(Kravlista, models.PROTECT, related_name="uppfoljningar")
    datum = models.DateField("dag")
    ansvarig = models.CharField("vem som följde upp", max_length=100)
    metod = models.CharField("hur", max_length=12, choices=Metod)
    sammanfattning = models.TextField("sammanfattning", blank=True)
    ersatter = models.OneToOneField("self", models.PROTECT, null=True, related_name="ersatt_av")
    registrerad = models.DateTimeField("registrerad")
    registrerad_av = _vem("registrerad av")

    class Meta:
        verbose_name = "avtalsuppföljning"
        verbose_name_plural = "avtalsuppföljningar"
        indexes: ClassVar = [models.Index(fields=["enhet", "datum"], name="avtalsuppfoljning_enhet")]
        triggers: ClassVar = [pgtrigger.Protect(name="avtalsuppfoljning_andras_inte", operation=_STAR)]
        constraints: ClassVar = [
            giltiga_varden("avtalsuppfoljning_metod", "metod", Metod),
            models.CheckConstraint(
                name="avtalsuppfoljning_ansvarig",
                condition=~Q(ansvarig=""),
                violation_error_message="Skriv vem som följde upp.",
            ),
        ]

    def __str__(self) -> str:
        return self.nyckel

    @property
    def nyckel(self) -> str:
        """What people call it."""
        return f"AU-{self.pk}"


class Kravbedomning(models.Model):
    """What a follow-up says of a krav."""

    uppfoljning = models.ForeignKey(Avtalsuppfoljning, models.PROTECT, related_name="bedomningar")
    krav = models.ForeignKey(Krav, models.PROTECT, related_name="bedomningar")
    utfall = models.CharField("bedömning", max_length=11, choices=Uppfyllt)
    anteckning = models.TextField("anteckning", blank=True)

    class Meta:
        verbose_name = "bedömning av krav"
        verbose_name_plural = "bedömningar av krav"
        triggers: ClassVar = [pgtrigger.Protect(name="kravbedomning_andras_inte", operation=_STAR)]
        constraints: ClassVar = [
            giltiga_varden("kravbedomning_utfall", "utfall", Uppfyllt),
            models.UniqueConstraint(
                name="kravbedomning_en_gang",
                fields=["uppfoljning", "krav"],
                violation_error_message="Kravet är redan bedömt i uppföljningen.",
            ),
            models.CheckConstraint(
                name="kravbedomning_motiverad",
                condition=~Q(utfall__in=[Uppfyllt.DELVIS, Uppfyllt.EJ]) | ~Q(anteckning=""),
                violation_error_message="Skriv vad som brister i ett krav som inte är helt uppfyllt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uppfoljning_id} {self.krav_id}"


class Brist(models.Model):
    """Something to put right at an enhet, as it was found. What happens of it since is added (Bristhandelse)."""

    APPENS_RATT: ClassVar = {LASA, LAGGA_TILL, ANDRA}  # a guard locks the row FOR UPDATE; another forbids the change

    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="brister")
    uppfoljning = models.ForeignKey(Avtalsuppfoljning, models.PROTECT, null=True, related_name="brister")
    krav = models.ForeignKey(Krav, models.PROTECT, null=True, related_name="brister")
    funnen = models.DateField("funnen")
    vad = models.TextField("brist")
    atgard = models.TextField("åtgärd")
    frist = models.DateField("åtgärdas senast")
    registrerad = models.DateTimeField("registrerad")
    registrerad_av = _vem("registrerad av")

    class Meta:
        verbose_name = "brist"
        verbose_name_plural = "brister"
        indexes: ClassVar = [models.Index(fields=["enhet", "funnen"], name="brist_enhet")]
        triggers: ClassVar = [pgtrigger.Protect(name="brist_andras_inte", operation=_STAR)]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="brist_hel",
                condition=~Q(vad="") & ~Q(atgard=""),
                violation_error_message="En brist säger vad som är fel och vad som ska göras.",
            ),
            models.CheckConstraint(
                name="brist_frist",
                condition=Q(frist__gte=models.F("funnen")),
                violation_error_message="Bristen kan inte ha åtgärdats innan den hittades. Välj en senare frist.",
            ),
        ]

    def __str__(self) -> str:
        return self.nyckel

    @property
    def nyckel(self) -> str:
        """What people call it."""
        return f"BR-{self.pk}"


class Bristhandelse(models.Model):
    """What was added to a brist: a note, a later deadline, or that it is closed. Nothing is added after that."""

    brist = models.ForeignKey(Brist, models.PROTECT, related_name="handelser")
    slag = models.CharField("vad", max_length=10, choices=Bristslag)
    datum = models.DateField("dag")
    text = models.TextField("text")
    frist = models.DateField("ny frist", null=True)
    registrerad = models.DateTimeField("registrerad")
    registrerad_av = _vem("registrerad av")

    class Meta:
        verbose_name = "händelse i en brist"
        verbose_name_plural = "händelser i en brist"
        ordering: ClassVar = ["registrerad", "pk"]
        triggers: ClassVar = [
            pgtrigger.Protect(name="bristhandelse_andras_inte", operation=_STAR),
            pgtrigger.Trigger(
                name="bristhandelse_inte_efter_stangd",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
                    PERFORM FROM uppfoljning_brist WHERE id = NEW.brist_id FOR UPDATE;
                    IF EXISTS (SELECT FROM uppfoljning_bristhandelse
                                WHERE brist_id = NEW.brist_id AND slag = 'stangd') THEN
                        RAISE EXCEPTION 'Bristen är stängd. Registrera en ny om den har kommit tillbaka.'
                              USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints: ClassVar = [
            giltiga_varden("bristhandelse_slag", "slag", Bristslag),
            models.CheckConstraint(
                name="bristhandelse_frist",
                condition=Q(slag=Bristslag.NY_FRIST, frist__isnull=False)
                | ~Q(slag=Bristslag.NY_FRIST) & Q(frist__isnull=True),
                violation_error_message="En ny frist har en dag, och bara den.",
            ),
            models.CheckConstraint(
                name="bristhandelse_text",
                condition=~Q(text=""),
                violation_error_message="Skriv vad som har hänt.",
            ),
            models.UniqueConstraint(
                name="brist_stangd_en_gang",
                fields=["brist"],
                condition=Q(slag=Bristslag.STANGD),
                violation_error_message="Bristen är redan stängd.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brist_id} {self.slag}"
