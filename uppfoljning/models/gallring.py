"""A gallring: the list that one person proposes, what another decides of it, and what was removed."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from beslut.models import Person
from grund.giltighet import TAS_ALDRIG_BORT, giltiga_varden
from grund.models import Anvandare
from uppfoljning.gallring.koder import Listlage, Listslag, Radutfall, Stoppslag


def _vem(namn: str, *, tomt: bool = True) -> "models.ForeignKey[Anvandare | None, Anvandare | None]":
    return models.ForeignKey(Anvandare, models.PROTECT, null=tomt, related_name="+", verbose_name=namn)


class Gallringslista(models.Model):
    """Whom a decision is about, frozen as they were known `dag`. `avtryck`: the SHA-256 of its rows then.

    föreslagen → beslutad | avslagen; beslutad → genomförd. `protokoll` is kept for good, and names nobody.
    """

    slag = models.CharField("gäller", max_length=8, choices=Listslag, default=Listslag.AKT, db_default=Listslag.AKT)
    dag = models.DateField("läget den")
    lage = models.CharField("läge", max_length=10, choices=Listlage, default=Listlage.FORESLAGEN)
    antal = models.IntegerField("personer")
    avtryck = models.CharField("kontrollsumma", max_length=64)
    foreslagen = models.DateTimeField("föreslagen")
    foreslagen_av = _vem("föreslagen av", tomt=False)
    avgjord = models.DateTimeField("beslutad eller avslagen", null=True)
    avgjord_av = _vem("beslutad eller avslagen av")
    svar = models.TextField("skäl", blank=True)
    genomford = models.DateTimeField("genomförd", null=True)
    protokoll = models.JSONField("protokoll", default=dict)
    sha256 = models.CharField("protokollets kontrollsumma", max_length=64, blank=True)

    class Meta:
        verbose_name = "gallringslista"
        verbose_name_plural = "gallringslistor"
        triggers: ClassVar = [
            TAS_ALDRIG_BORT,
            pgtrigger.Protect(
                name="genomford_gallring_andras_inte",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__lage__in=[Listlage.GENOMFORD, Listlage.AVSLAGEN]),
            ),
        ]
        constraints: ClassVar = [
            giltiga_varden("gallringslista_lage", "lage", Listlage),
            giltiga_varden("gallringslista_slag", "slag", Listslag),
            models.UniqueConstraint(
                name="gallringslista_en_oppen",
                fields=["lage"],
                condition=Q(lage=Listlage.FORESLAGEN),
                violation_error_message="Det finns redan en lista som väntar på beslut.",
            ),
            models.CheckConstraint(
                name="gallringslista_fyra_ogon",
                condition=Q(avgjord_av__isnull=True) | ~Q(avgjord_av=F("foreslagen_av")),
                violation_error_message="Den som har föreslagit listan får inte besluta om den.",
            ),
            models.CheckConstraint(
                name="gallringslista_avgjord_helt",
                condition=Q(lage=Listlage.FORESLAGEN, avgjord__isnull=True, avgjord_av__isnull=True)
                | ~Q(lage=Listlage.FORESLAGEN) & Q(avgjord__isnull=False, avgjord_av__isnull=False),
                violation_error_message="Ett beslut om gallring säger vem som fattade det och när.",
            ),
            models.CheckConstraint(
                name="gallringslista_avslagen_varfor",
                condition=~Q(lage=Listlage.AVSLAGEN) | ~Q(svar=""),
                violation_error_message="Skriv varför listan inte ska gallras.",
            ),
            models.CheckConstraint(
                name="gallringslista_genomford_helt",
                condition=Q(lage=Listlage.GENOMFORD, genomford__isnull=False) & ~Q(sha256="")
                | ~Q(lage=Listlage.GENOMFORD) & Q(genomford__isnull=True, sha256=""),
                violation_error_message="En genomförd gallring har ett protokoll, och bara den.",
            ),
        ]

    def __str__(self) -> str:
        return self.nyckel

    @property
    def nyckel(self) -> str:
        """What people call it."""
        return f"GL-{self.pk}"


class Gallringsrad(models.Model):
    """One person of the list. When it is done the row forgets the person and keeps the numbers.

    `rader`: rows per model when the list was frozen, then what was removed. `filer`: paths (with the setting of their
    folder) that are yet to be removed from disk, so that a crash in between leaves nothing behind.
    """

    lista = models.ForeignKey(Gallringslista, models.PROTECT, related_name="rader")
    nummer = models.IntegerField("nummer")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sista = models.DateField("sista anteckning")
    rader = models.JSONField("rader per tabell", default=dict)
    avtryck = models.CharField("kontrollsumma", max_length=64)
    utfall = models.CharField("utfall", max_length=8, choices=Radutfall, default=Radutfall.VANTAR)
    skal = ArrayField(models.CharField(max_length=300), default=list, verbose_name="varför personen föll ur")
    nar = models.DateTimeField("när", null=True)
    filer = models.JSONField("filer att ta bort", default=list)

    class Meta:
        verbose_name = "rad i gallringslista"
        verbose_name_plural = "rader i gallringslistor"
        triggers: ClassVar = [
            TAS_ALDRIG_BORT,
            pgtrigger.Protect(
                name="avgjord_gallringsrad_andras_inte",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__utfall__in=[Radutfall.GALLRAD, Radutfall.FOLL_UR], old__filer=[]),
            ),
        ]
        constraints: ClassVar = [
            giltiga_varden("gallringsrad_utfall", "utfall", Radutfall),
            models.UniqueConstraint(
                fields=["lista", "nummer"],
                name="gallringsrad_nummer",
                violation_error_message="Listan har redan en rad med det numret.",
            ),
            models.UniqueConstraint(
                fields=["lista", "person"],
                name="gallringsrad_person_en_gang",
                violation_error_message="Personen står redan i listan.",
            ),
            models.CheckConstraint(
                name="gallringsrad_gallrad_ar_ingen",
                condition=Q(utfall=Radutfall.GALLRAD, person__isnull=True)
                | ~Q(utfall=Radutfall.GALLRAD) & Q(person__isnull=False),
                violation_error_message="En gallrad rad pekar inte på någon person, och bara den.",
            ),
            models.CheckConstraint(
                name="gallringsrad_foll_ur_varfor",
                condition=~Q(utfall=Radutfall.FOLL_UR) | ~Q(skal=[]),
                violation_error_message="Den som faller ur listan gör det av ett skäl.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lista_id}:{self.nummer}"


class Gallringsstopp(models.Model):
    """That a person's akt may not be removed for now: somebody has asked for it, or a case needs it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="gallringsstopp")
    slag = models.CharField("varför", max_length=10, choices=Stoppslag)
    anteckning = models.CharField("anteckning", max_length=300, blank=True)
    satt = models.DateTimeField("satt")
    satt_av = _vem("satt av", tomt=False)
    havt = models.DateTimeField("hävt", null=True)
    havt_av = _vem("hävt av")

    class Meta:
        verbose_name = "gallringsstopp"
        verbose_name_plural = "gallringsstopp"
        constraints: ClassVar = [
            giltiga_varden("gallringsstopp_slag", "slag", Stoppslag),
            models.UniqueConstraint(
                fields=["person", "slag"],
                condition=Q(havt__isnull=True),
                name="gallringsstopp_ett_av_slaget",
                violation_error_message="Personen har redan ett sådant stopp.",
            ),
            models.CheckConstraint(
                name="gallringsstopp_havt_helt",
                condition=Q(havt__isnull=True, havt_av__isnull=True) | Q(havt__isnull=False, havt_av__isnull=False),
                violation_error_message="Ett hävt stopp säger vem som hävde det och när.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.slag}"
