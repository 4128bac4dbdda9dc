"""That persons' akter were written to an archive package, and whether the package has been verified."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from beslut.models import Person
from grund.models import Anvandare


class Arkivexport(models.Model):
    """A package for the archive. `sha256` is of its kontrollsummor.sha256, which has every other file's.

    `kontrollerad`: when `kontrollera_arkiv` found the package whole, with what it had when it was made.
    """

    andamal = models.CharField("varför exporten görs", max_length=300)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    antal_filer = models.IntegerField("filer")
    antal_rader = models.BigIntegerField("rader")
    skapad = models.DateTimeField("skapad")
    skapad_av = models.ForeignKey(Anvandare, models.PROTECT, null=True, related_name="+", verbose_name="skapad av")
    kontrollerad = models.DateTimeField("kontrollerad", null=True)
    kontrollerad_av = models.ForeignKey(
        Anvandare, models.PROTECT, null=True, related_name="+", verbose_name="kontrollerad av"
    )

    class Meta:
        verbose_name = "arkivexport"
        verbose_name_plural = "arkivexporter"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="arkivexport_andamal",
                condition=~Q(andamal=""),
                violation_error_message="Skriv varför exporten görs.",
            )
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="arkivexport_star_kvar", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.nyckel

    @property
    def nyckel(self) -> str:
        """What people call it."""
        return f"AE-{self.pk}"


class Arkivakt(models.Model):
    """A person's akt in a package: `sha256` is of the akt's XML, the same bytes each time that nothing has changed."""

    export = models.ForeignKey(Arkivexport, models.PROTECT, related_name="akter")
    person = models.ForeignKey(Person, models.PROTECT, related_name="arkivakter")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = "akt i en arkivexport"
        verbose_name_plural = "akter i arkivexporter"
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="arkivakt_en_gang",
                fields=["export", "person"],
                violation_error_message="Akten finns redan i exporten.",
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="arkivakt_andras_inte", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.export_id} {self.person_id}"
