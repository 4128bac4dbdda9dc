"""The result of a körning: rows that pay and avvikelser that a person looks at."""

from typing import ClassVar, NamedTuple

from django.db import models
from django.db.models import Q

from beslut.models import Beslut, Person
from beslut.regler import Insats
from ersattning.models import vakter
from ersattning.models.justering import Justering
from ersattning.models.korning import Korning
from ersattning.regler import Artikel, Avvikelsekod, Justeringsslag, Radenhet, Radtyp
from grund.databas.ratter import UTAN_ATT_ANDRA
from grund.giltighet import KODPUNKTER, exakt_falt
from utforare.models import Enhet, Utforare, Verkstallighet


class Vems(NamedTuple):
    """Whose a row is, by primary keys."""

    enhet: int
    verkstallighet: int
    person: int
    beslut: int


_NAGONS = {"verkstallighet__isnull": False, "person__isnull": False, "beslut__isnull": False}
_INGENS = {"verkstallighet__isnull": True, "person__isnull": True, "beslut__isnull": True}


class Ersattningsrad(models.Model):
    """A row that pays (R5): so many units, at a price, times a share, rounded once.

    `antal_taljare / antal_namnare` is the exact antal; `antal` is the same with four decimals. `[fran, till)` spans the
    days that count. `grund` tells what made the row, part by part, so that it can be explained without recalculating
    (its shape stands in ersattning/kalkyl/typer.py, Del). A verkställighet may be taken back later, so its key is kept
    as text and its reference has no constraint. The other references are held a batch at a time (vakter.HANVISAR), and
    a kreditering's by the settled row that it points at, which stays.

    A justering (R51) is the utförare's: it need have no enhet, verkställighet, person or beslut. Every other row has
    them all (`rad_vems`), and what explains such rows takes them by `vems`. A justering has one row at most.
    """

    APPENS_RATT: ClassVar = UTAN_ATT_ANDRA  # a körning takes its rows away and makes new ones

    korning = models.ForeignKey(Korning, models.CASCADE, related_name="rader", db_index=False)
    avser_manad = models.DateField("avser månad")
    typ = models.CharField("typ", max_length=11, choices=Radtyp)
    utforare = models.ForeignKey(Utforare, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    enhet = models.ForeignKey(Enhet, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    verkstallighet = models.ForeignKey(
        Verkstallighet, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    verkstallighet_nyckel = models.CharField("verkställighet", max_length=40, db_collation=KODPUNKTER)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    beslut = models.ForeignKey(Beslut, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
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
    justering = models.ForeignKey(
        Justering, models.PROTECT, null=True, related_name="rader", db_index=False, db_constraint=False
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
            models.CheckConstraint(
                name="rad_vems",
                condition=Q(enhet__isnull=False, **_NAGONS) & ~Q(verkstallighet_nyckel="")
                | Q(typ=Radtyp.JUSTERING, verkstallighet_nyckel="", **_INGENS),
                violation_error_message="Bara en justering får sakna verkställighet, person och beslut (R51).",
            ),
            models.CheckConstraint(
                name="rad_justering_pekar",
                condition=Q(typ=Radtyp.JUSTERING, justering__isnull=False, artikel__in=Justeringsslag.values)
                | ~Q(typ=Radtyp.JUSTERING) & ~Q(artikel__in=Justeringsslag.values) & Q(justering__isnull=True),
                violation_error_message="En rad som är en justering pekar på den, och ingen annan rad gör det (R51).",
            ),
            models.UniqueConstraint(
                fields=["justering"],
                name="rad_justering_en_gang",
                condition=Q(justering__isnull=False),
                violation_error_message="Justeringen är redan en rad i en körning (R51).",
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

    @property
    def vems(self) -> Vems:
        """Whose it is. ValueError for a justering that is nobody's but the utförare's."""
        ider = (self.enhet_id, self.verkstallighet_id, self.person_id, self.beslut_id)
        enhet, verk, person, beslut = ider
        if enhet is None or verk is None or person is None or beslut is None:
            msg = f"rad {self.pk} är ingen persons"
            raise ValueError(msg)
        return Vems(enhet, verk, person, beslut)

    @property
    def personen(self) -> Person:
        """The same for the person."""
        if self.person is None:
            msg = f"rad {self.pk} är ingen persons"
            raise ValueError(msg)
        return self.person

    @property
    def enhetens_namn(self) -> str:
        """The enhet's name; empty when the row is of no enhet."""
        return self.enhet.namn if self.enhet else ""


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
