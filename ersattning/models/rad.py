"""The result of a körning: rows that pay and avvikelser that a person looks at."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from beslut.models import Beslut, Person
from beslut.regler import Insats
from ersattning.models import vakter
from ersattning.models.korning import Korning
from ersattning.regler import Artikel, Avvikelsekod, Radenhet, Radtyp
from grund.giltighet import KODPUNKTER, exakt_falt
from utforare.models import Enhet, Utforare, Verkstallighet


class Ersattningsrad(models.Model):
    """A row that pays (R5): so many units, at a price, times a share, rounded once.

    `antal_taljare / antal_namnare` is the exact antal; `antal` is the same with four decimals. `[fran, till)` spans the
    days that count. `grund` tells what made the row, part by part, so that it can be explained without recalculating
    (its shape stands in ersattning/kalkyl/typer.py, Del). A verkställighet may be taken back later, so its key is kept
    as text and its reference has no constraint. The other references are held a batch at a time (vakter.HANVISAR), and
    a kreditering's by the settled row that it points at, which stays.
    """

    korning = models.ForeignKey(Korning, models.CASCADE, related_name="rader", db_index=False)
    avser_manad = models.DateField("avser månad")
    typ = models.CharField("typ", max_length=11, choices=Radtyp)
    utforare = models.ForeignKey(Utforare, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    enhet = models.ForeignKey(Enhet, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    verkstallighet = models.ForeignKey(
        Verkstallighet, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    verkstallighet_nyckel = models.CharField("verkställighet", max_length=40, db_collation=KODPUNKTER)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    beslut = models.ForeignKey(Beslut, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    insats = models.CharField("insats", max_length=10, choices=Insats)
    artikel = models.CharField("artikel", max_length=12, choices=Artikel)
    niva = models.CharField("nivå", max_length=40, db_collation=KODPUNKTER)
    omfattning = models.CharField("omfattning", max_length=40, db_collation=KODPUNKTER)
    tidsband = models.CharField("tidsband", max_length=40, db_collation=KODPUNKTER)
    fran = models.DateField("från och med")
    till = models.DateField("till (exklusiv)")
    antal = models.DecimalField("antal", max_digits=24, decimal_places=4)
    antal_taljare = models.DecimalField(max_digits=60, decimal_places=0)
    antal_namnare = models.DecimalField(max_digits=60, decimal_places=0)
    enhet_for_antal = models.CharField("enhet", max_length=5, choices=Radenhet)
    a_pris = models.DecimalField("à-pris, kr", max_digits=12, decimal_places=2)
    faktor = exakt_falt("faktor")
    belopp = models.DecimalField("belopp, kr", max_digits=34, decimal_places=2)
    underlag = models.CharField("underlag", max_length=40, blank=True)
    regelversion = models.SmallIntegerField("regelversion")
    grund = models.JSONField("grund", default=list)
    krediterar = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        verbose_name = "ersättningsrad"
        verbose_name_plural = "ersättningsrader"
        triggers: ClassVar = [*vakter.RADER, vakter.HANVISAR]
        indexes: ClassVar = [
            models.Index(fields=["korning", "utforare"], name="rad_korning_utforare"),
            models.Index(fields=["person", "avser_manad"], name="rad_person_manad"),
            models.Index(fields=["krediterar"], name="rad_krediterar", condition=Q(krediterar__isnull=False)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="rad_antal_inte_noll",
                condition=~Q(antal_taljare=0) & Q(antal_namnare__gt=0),
                violation_error_message="En rad har ett antal skilt från noll (R5).",
            ),
            models.CheckConstraint(
                name="rad_kreditering_pekar",
                condition=Q(typ=Radtyp.KREDITERING, krediterar__isnull=False)
                | ~Q(typ=Radtyp.KREDITERING) & Q(krediterar__isnull=True),
                violation_error_message="En kreditering pekar på den rad som den tar tillbaka (R40).",
            ),
            models.UniqueConstraint(
                fields=["krediterar"],
                condition=Q(artikel=Artikel.ARBETSBONUS),
                name="rad_bonus_aterkravs_en_gang",
                violation_error_message="Bonusen är redan återtagen (R50).",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verkstallighet_nyckel} {self.artikel} {self.belopp}"


class Avvikelse(models.Model):
    """Something that a person must look at (R6). `[fran, till)` are its days; `varde` as printed.

    A recalculated settled month keeps all its avvikelser here; only those that are `ny` since it was last settled are
    reported (R40).
    """

    korning = models.ForeignKey(Korning, models.CASCADE, related_name="avvikelser", db_index=False)
    manad = models.DateField("månad")
    kod = models.CharField("kod", max_length=25, choices=Avvikelsekod)
    utforare = models.ForeignKey(Utforare, models.PROTECT, related_name="+", db_index=False)
    verkstallighet = models.ForeignKey(
        Verkstallighet, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    verkstallighet_nyckel = models.CharField("verkställighet", max_length=40, db_collation=KODPUNKTER)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    fran = models.DateField("från och med")
    till = models.DateField("till (exklusiv)")
    besok_nyckel = models.CharField("besök", max_length=40, blank=True, db_collation=KODPUNKTER)
    varde = models.CharField("värde", max_length=20, blank=True)
    ny = models.BooleanField("ny", default=True)

    class Meta:
        verbose_name = "avvikelse"
        verbose_name_plural = "avvikelser"
        triggers: ClassVar = vakter.RADER
        indexes: ClassVar = [
            models.Index(fields=["person", "manad"], name="avvikelse_person_manad"),
            models.Index(fields=["korning", "kod"], name="avvikelse_korning_kod"),
        ]

    def __str__(self) -> str:
        return f"{self.kod} {self.verkstallighet_nyckel}"
