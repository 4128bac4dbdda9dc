"""Simuleringar: what a period would have cost on other terms. Sums only, apart from everything that is paid."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from beslut.regler import Insats
from ersattning.regler import Kanslighet, Simuleringslage
from grund.giltighet import KODPUNKTER, giltiga_varden
from grund.models import Anvandare
from grund.tid import Manad
from utforare.models import Utforare


class Simulering(models.Model):
    """A question to the history: these months, this insats (empty = all), these utförare (none = all).

    `omgang` counts how often it has been calculated. `andring_nr` is the last Andring that it had seen, `grund` the
    körningar that there were then, and `avtryck` a fingerprint of those and of the variants: the same fingerprint is
    the same result. With `prognos_fran` it is the calculation under a Prognos (ADR 0032), and no question of its own.
    """

    namn = models.CharField("namn", max_length=100)
    beskrivning = models.CharField("beskrivning", max_length=500, blank=True)
    fran = models.DateField("från månad", help_text="månadens första dag")
    till = models.DateField("till", help_text="första dagen efter den sista månaden")
    insats = models.CharField("insats", max_length=10, choices=Insats, blank=True)
    utforare = models.ManyToManyField(Utforare, related_name="+", verbose_name="utförare", blank=True)
    status = models.CharField("läge", max_length=10, choices=Simuleringslage, default=Simuleringslage.UTKAST)
    kanslighet = models.CharField("känslighet", max_length=12, choices=Kanslighet, blank=True)
    kanslighet_av = models.IntegerField("variant som känsligheten utgår från", default=0)
    skapad = models.DateTimeField("skapad")
    skapad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")
    startad = models.DateTimeField("startad", null=True)
    raknad = models.DateTimeField("räknad", null=True)
    omgang = models.IntegerField("omgång", default=0)
    andring_nr = models.BigIntegerField("sista ändring som räknades med", default=0)
    grund = models.JSONField("körningar som fanns", default=list)
    avtryck = models.CharField("avtryck", max_length=64, blank=True)
    prognos_fran = models.DateField("första månaden som inte har varit", null=True)

    class Meta:
        verbose_name = "simulering"
        verbose_name_plural = "simuleringar"
        constraints: ClassVar = [
            giltiga_varden("simulering_status", "status", Simuleringslage),
            giltiga_varden("simulering_insats", "insats", Insats, tomt=True),
            giltiga_varden("simulering_kanslighet", "kanslighet", Kanslighet, tomt=True),
            models.CheckConstraint(
                name="simulering_hela_manader",
                condition=Q(fran__day=1, till__day=1, till__gt=F("fran")),
                violation_error_message="En simulering gäller hela månader, minst en.",
            ),
            models.UniqueConstraint(
                fields=["status"],
                condition=Q(status="raknas", prognos_fran__isnull=False),
                name="simulering_en_prognos_i_taget",
                violation_error_message="En prognos räknas redan. Vänta tills den är klar, eller avbryt den.",
            ),
            models.CheckConstraint(
                name="simulering_prognos_inom_perioden",
                condition=Q(prognos_fran__isnull=True)
                | Q(prognos_fran__day=1, prognos_fran__gte=F("fran"), prognos_fran__lt=F("till")),
                violation_error_message="En prognos börjar i en av simuleringens månader.",
            ),
            models.CheckConstraint(
                name="simulering_klar_ar_raknad",
                condition=~Q(status="klar") | Q(raknad__isnull=False) & ~Q(avtryck=""),
                violation_error_message="En simulering som är klar är räknad.",
            ),
        ]

    def __str__(self) -> str:
        return self.namn

    @property
    def slag(self) -> str:
        """What it is called, in events too."""
        return "simulering" if self.prognos_fran is None else "prognos"

    @property
    def manader(self) -> list[Manad]:
        """The months, rising."""
        return list(Manad.av(self.fran).till_och_med(Manad.av(self.till).plus(-1)))

    @property
    def sista(self) -> date:
        """The first day of the last month."""
        return Manad.av(self.till).plus(-1).fran


class Simuleringsvariant(models.Model):
    """What is changed, as ersattning.simulering.val writes it. Number 0 changes nothing: as it is.

    `punkt` = a point of the sensitivity chart, in per cent; empty = a variant to compare.
    """

    simulering = models.ForeignKey(Simulering, models.CASCADE, related_name="varianter", db_index=False)
    nummer = models.IntegerField("nummer")
    namn = models.CharField("namn", max_length=60)
    val = models.JSONField("ändringar", default=dict)
    punkt = models.IntegerField("punkt, procent", null=True)

    class Meta:
        verbose_name = "variant"
        verbose_name_plural = "varianter"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["simulering", "nummer"],
                name="simuleringsvariant_en_gang",
                violation_error_message="Numret är redan en annan variants.",
            ),
            models.CheckConstraint(
                name="simuleringsvariant_noll_ar_som_det_ar",
                condition=~Q(nummer=0) | Q(val={}, punkt__isnull=True),
                violation_error_message="Den första varianten är alltid som det är.",
            ),
        ]

    def __str__(self) -> str:
        return self.namn


class Simuleringsdel(models.Model):
    """Some persons' months, calculated by one task in one transaction (ADR 0006). Gone when the simulering is done."""

    simulering = models.ForeignKey(Simulering, models.CASCADE, related_name="delar", db_index=False)
    nummer = models.IntegerField("nummer")
    personer = ArrayField(models.BigIntegerField(), verbose_name="personer")
    klar = models.DateTimeField("klar", null=True)

    class Meta:
        verbose_name = "del av simulering"
        verbose_name_plural = "delar av simuleringar"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["simulering", "nummer"],
                name="simuleringsdel_en_gang",
                violation_error_message="Delen finns redan.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.simulering_id}:{self.nummer}"


class Simuleringssumma(models.Model):
    """What a variant gives an utförare in a month, for an insats, level and artikel."""

    variant = models.ForeignKey(Simuleringsvariant, models.CASCADE, related_name="summor", db_index=False)
    manad = models.DateField("månad")
    utforare = models.ForeignKey(Utforare, models.PROTECT, related_name="+", db_index=False)
    insats = models.CharField("insats", max_length=10, choices=Insats)
    niva = models.CharField("nivå", max_length=40, blank=True, db_collation=KODPUNKTER)
    artikel = models.CharField("artikel", max_length=12)
    enhet = models.CharField("enhet", max_length=5)
    antal = models.DecimalField("antal", max_digits=30, decimal_places=8)
    belopp = models.DecimalField("belopp, kr", max_digits=34, decimal_places=2)

    class Meta:
        verbose_name = "summa i simulering"
        verbose_name_plural = "summor i simuleringar"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["variant", "manad", "utforare", "insats", "niva", "artikel", "enhet"],
                name="simuleringssumma_en_gang",
                violation_error_message="Summan finns redan.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.manad} {self.artikel}"


class Simuleringsbrist(models.Model):
    """How often a variant finds no price, level, ordered time or avtal for what it should pay."""

    variant = models.ForeignKey(Simuleringsvariant, models.CASCADE, related_name="brister", db_index=False)
    manad = models.DateField("månad")
    utforare = models.ForeignKey(Utforare, models.PROTECT, related_name="+", db_index=False)
    insats = models.CharField("insats", max_length=10, choices=Insats)
    kod = models.CharField("kod", max_length=25)
    antal = models.IntegerField("antal")

    class Meta:
        verbose_name = "brist i simulering"
        verbose_name_plural = "brister i simuleringar"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["variant", "manad", "utforare", "insats", "kod"],
                name="simuleringsbrist_en_gang",
                violation_error_message="Bristen finns redan.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.manad} {self.kod}"


class Simuleringsvolym(models.Model):
    """What history held, whatever the variant: persons who were paid for, and minutes.

    `manad` empty = the whole period (each person once); `utforare` and `insats` empty = all.
    """

    simulering = models.ForeignKey(Simulering, models.CASCADE, related_name="volymer", db_index=False)
    manad = models.DateField("månad", null=True)
    utforare = models.ForeignKey(Utforare, models.PROTECT, null=True, related_name="+", db_index=False)
    insats = models.CharField("insats", max_length=10, choices=Insats, blank=True)
    personer = models.IntegerField("personer")
    nya = models.IntegerField("verkställigheter som började", default=0)
    avslutade = models.IntegerField("verkställigheter som slutade", default=0)
    bestallda = models.DecimalField("beställda minuter", max_digits=30, decimal_places=8)
    utforda = models.BigIntegerField("utförda minuter")
    efterhand = models.BigIntegerField("minuter registrerade i efterhand")

    class Meta:
        verbose_name = "volym i simulering"
        verbose_name_plural = "volymer i simuleringar"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["simulering", "manad", "utforare", "insats"],
                name="simuleringsvolym_en_gang",
                violation_error_message="Volymen finns redan.",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.simulering_id} {self.manad} {self.utforare_id}"


class Simuleringsbudget(models.Model):
    """What the nämnd has set aside for an insats in the period, to hold the variants against."""

    simulering = models.ForeignKey(Simulering, models.CASCADE, related_name="budgetar", db_index=False)
    insats = models.CharField("insats", max_length=10, choices=Insats)
    belopp = models.DecimalField("budget, kr", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "budget i simulering"
        verbose_name_plural = "budgetar i simuleringar"
        constraints: ClassVar = [
            giltiga_varden("simuleringsbudget_insats", "insats", Insats),
            models.UniqueConstraint(
                fields=["simulering", "insats"],
                name="simuleringsbudget_en_gang",
                violation_error_message="Insatsen har redan en budget i simuleringen.",
            ),
            models.CheckConstraint(
                name="simuleringsbudget_minst_noll",
                condition=Q(belopp__gte=Decimal(0)),
                violation_error_message="Budgeten är minst 0 kronor.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.simulering_id} {self.insats}"
