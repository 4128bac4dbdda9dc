"""Amounts that no rule gives but two persons agree on: vite, avdrag, tillägg, engångsersättning (R51)."""

from pathlib import PurePath
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from beslut.models import Beslut, Person
from beslut.regler import Insats
from ersattning.models import vakter
from ersattning.regler import OKAR, Justeringslage, Justeringsslag
from grund.giltighet import KODPUNKTER, giltiga_varden
from grund.models import Anvandare
from grund.tid import Manad
from utforare.models import Enhet, Utforare, Verkstallighet

_AVGJORDA = (Justeringslage.GODKAND, Justeringslage.NEKAD)
_AVDRAG = tuple(slag for slag in Justeringsslag if slag not in OKAR)


class Justering(models.Model):
    """What somebody proposes to pay an utförare, or take from it, for a month; and what somebody else made of that.

    `belopp` is in kronor with its sign: what the utförare gets. It is the utförare's, and of an insats, on which it is
    booked; it may be about one enhet, or one verkställighet with its person. As in a row, a verkställighet may be taken
    back later: its key stays. `avtal_nyckel` names the avtal that it rests on, if any. `motverkar` is the godkänd
    justering that this one undoes, whole: same slag, opposite amount.

    The attachment (bilaga) is on disk: `sokvag` below INTYG_DIR, `sha256` of its bytes. One that undoes another may do
    without. Nothing is ever edited (vakter.JUSTERING): what is wrong is återkallad, and proposed anew.
    """

    utforare = models.ForeignKey(Utforare, models.PROTECT, related_name="justeringar")
    insats = models.CharField("insats", max_length=10, choices=Insats)
    enhet = models.ForeignKey(Enhet, models.PROTECT, null=True, related_name="+")
    verkstallighet = models.ForeignKey(
        Verkstallighet, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    verkstallighet_nyckel = models.CharField("verkställighet", max_length=40, blank=True, db_collation=KODPUNKTER)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    beslut = models.ForeignKey(Beslut, models.PROTECT, null=True, related_name="+")
    avtal_nyckel = models.CharField("avtal", max_length=40, blank=True, db_collation=KODPUNKTER)
    slag = models.CharField("slag", max_length=12, choices=Justeringsslag)
    belopp = models.DecimalField("belopp, kr", max_digits=12, decimal_places=2)
    manad = models.DateField("månad", help_text="månadens första dag")
    motiv = models.TextField("motivering", max_length=2000)
    sokvag = models.CharField("sökväg", max_length=100, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    storlek = models.BigIntegerField("storlek, byte", default=0)
    motverkar = models.ForeignKey("self", models.PROTECT, null=True, related_name="motverkas_av")
    status = models.CharField("läge", max_length=10, choices=Justeringslage, default=Justeringslage.FORESLAGEN)
    foreslagen_av = models.ForeignKey(Anvandare, models.PROTECT, related_name="+")
    foreslagen = models.DateTimeField("föreslagen")
    avgjord_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+")
    avgjord = models.DateTimeField("avgjord", null=True)
    svar = models.TextField("svar", max_length=1000, blank=True)

    class Meta:
        verbose_name = "justering"
        verbose_name_plural = "justeringar"
        triggers: ClassVar = [vakter.JUSTERING]
        indexes: ClassVar = [models.Index(fields=["status", "manad"], name="justering_lage_manad")]
        constraints: ClassVar = [
            giltiga_varden("justering_status", "status", Justeringslage),
            giltiga_varden("justering_slag", "slag", Justeringsslag),
            giltiga_varden("justering_insats", "insats", Insats),
            models.CheckConstraint(
                name="justering_tecken",
                condition=Q(slag__in=OKAR, motverkar__isnull=True, belopp__gt=0)
                | Q(slag__in=OKAR, motverkar__isnull=False, belopp__lt=0)
                | Q(slag__in=_AVDRAG, motverkar__isnull=True, belopp__lt=0)
                | Q(slag__in=_AVDRAG, motverkar__isnull=False, belopp__gt=0),
                violation_error_message="Tillägg och engångsersättning är plus, avdrag och vite är minus; aldrig noll.",
            ),
            models.CheckConstraint(
                name="justering_hel_manad",
                condition=Q(manad__day=1),
                violation_error_message="En justering gäller en hel månad.",
            ),
            models.CheckConstraint(
                name="justering_motiverad",
                condition=~Q(motiv=""),
                violation_error_message="Skriv varför justeringen görs.",
            ),
            models.CheckConstraint(
                name="justering_vems",
                condition=Q(verkstallighet_nyckel="", verkstallighet__isnull=True, person__isnull=True)
                & Q(beslut__isnull=True)
                | Q(verkstallighet__isnull=False, person__isnull=False, beslut__isnull=False, enhet__isnull=False)
                & ~Q(verkstallighet_nyckel=""),
                violation_error_message="En justering för en person anger verkställighet, beslut och enhet.",
            ),
            models.CheckConstraint(
                name="justering_bilaga",
                condition=Q(motverkar__isnull=False, sokvag="", sha256="", storlek=0)
                | ~Q(sokvag="") & ~Q(sha256="") & Q(storlek__gt=0),
                violation_error_message="En justering har en bilaga.",
            ),
            models.CheckConstraint(
                name="justering_fyra_ogon",
                condition=~Q(status__in=_AVGJORDA) | ~Q(avgjord_av=F("foreslagen_av")),
                violation_error_message="Den som har föreslagit justeringen får inte godkänna eller neka den.",
            ),
            models.CheckConstraint(
                name="justering_avgjord",
                condition=Q(status=Justeringslage.FORESLAGEN, avgjord_av__isnull=True, avgjord__isnull=True, svar="")
                | ~Q(status=Justeringslage.FORESLAGEN) & Q(avgjord_av__isnull=False, avgjord__isnull=False),
                violation_error_message="En justering som är avgjord anger av vem och när, och bara den.",
            ),
            models.CheckConstraint(
                name="justering_nej_motiveras",
                condition=~Q(status=Justeringslage.NEKAD) | ~Q(svar=""),
                violation_error_message="Skriv varför justeringen nekas.",
            ),
            models.CheckConstraint(
                name="justering_aterkallas_av_samma",
                condition=~Q(status=Justeringslage.ATERKALLAD) | Q(avgjord_av=F("foreslagen_av")),
                violation_error_message="Bara den som har föreslagit justeringen får återkalla den.",
            ),
            models.UniqueConstraint(
                fields=["motverkar"],
                name="justering_motverkas_en_gang",
                condition=Q(status__in=[Justeringslage.FORESLAGEN, Justeringslage.GODKAND]),
                violation_error_message="Det finns redan en justering som tar tillbaka den.",
            ),
            models.UniqueConstraint(
                fields=["sokvag"],
                name="justering_egen_bilaga",
                condition=~Q(sokvag=""),
                violation_error_message="Bilagan hör till en annan justering.",
            ),
        ]

    def __str__(self) -> str:
        return self.nyckel

    @property
    def nyckel(self) -> str:
        """What it is called in rows, files and invoices: `J-12`."""
        return f"J-{self.pk}"

    @property
    def avser(self) -> Manad:
        """The month that it concerns."""
        return Manad.av(self.manad)

    @property
    def bilagans_namn(self) -> str:
        """What the attachment is called when it is given out: nothing that says whom it is about."""
        return f"justering-{self.pk}{PurePath(self.sokvag).suffix}" if self.sokvag else ""
