"""What operations keep: jobs of the clock, tasks that failed, and what was slow. No person is in any of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Jobb(models.Model):
    """A task of the clock's, by its name: how it went the last time. One row each, written over."""

    class Utfall(models.TextChoices):
        PAGAR = "pagar", "pågår"
        KLART = "klart", "klart"
        FEL = "fel", "gick fel"

    namn = models.CharField("namn", max_length=100, primary_key=True)
    startat = models.DateTimeField("startat")
    slutat = models.DateTimeField("slutat", null=True)
    lyckades = models.DateTimeField("lyckades senast", null=True)
    utfall = models.CharField("utfall", max_length=5, choices=Utfall)
    sekunder = models.FloatField("sekunder", null=True)

    class Meta:
        verbose_name = "jobb"
        verbose_name_plural = "jobb"

    def __str__(self) -> str:
        return self.namn


class Uppgiftsfel(models.Model):
    """A task that failed for good, with its own ids and no other argument. The same fault again is counted.

    `lost`: the same task with the same ids has succeeded since. `kvitterad`: a person has seen to it and says how.
    """

    namn = models.CharField("uppgift", max_length=100)
    objekt = models.CharField("gäller", max_length=200, blank=True)
    felklass = models.CharField("fel", max_length=120)
    mening = models.CharField("vad som sades", max_length=300, blank=True)
    begaran = models.CharField("felkod", max_length=64, blank=True)
    antal = models.PositiveIntegerField("antal", default=1)
    forsok = models.PositiveIntegerField("försök", default=1)
    forst = models.DateTimeField("först")
    senast = models.DateTimeField("senast")
    lost = models.DateTimeField("löst", null=True)
    kvitterad = models.DateTimeField("kvitterad", null=True)
    kvitterad_av = models.ForeignKey("grund.Anvandare", models.PROTECT, null=True, related_name="+")
    anteckning = models.CharField("anteckning", max_length=500, blank=True)

    class Meta:
        verbose_name = "misslyckad uppgift"
        verbose_name_plural = "misslyckade uppgifter"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["namn", "objekt", "felklass"],
                condition=Q(lost=None, kvitterad=None),
                name="uppgiftsfel_oppet_en_gang",
                violation_error_message="Felet är redan antecknat.",
            ),
            models.CheckConstraint(
                name="uppgiftsfel_kvittering_hel",
                condition=Q(kvitterad=None, kvitterad_av=None, anteckning="")
                | Q(kvitterad__isnull=False, kvitterad_av__isnull=False) & ~Q(anteckning=""),
                violation_error_message="Skriv vad du har gjort åt felet.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-senast"], name="uppgiftsfel_senast")]

    def __str__(self) -> str:
        return f"{self.namn} {self.felklass}"


class Langsamhet(models.Model):
    """A question, a page or a task that takes long: its shape and where it was asked, never what it was about."""

    class Slag(models.TextChoices):
        FRAGA = "fraga", "databasfråga"
        SIDA = "sida", "sida"
        UPPGIFT = "uppgift", "uppgift"

    avtryck = models.CharField(max_length=64, primary_key=True)
    slag = models.CharField("slag", max_length=7, choices=Slag)
    plats = models.CharField("plats", max_length=120)
    text = models.TextField("fråga", blank=True)
    antal = models.PositiveIntegerField("antal")
    varsta = models.FloatField("längst, sekunder")
    totalt = models.FloatField("totalt, sekunder")
    forst = models.DateTimeField("först")
    senast = models.DateTimeField("senast")

    class Meta:
        verbose_name = "långsamhet"
        verbose_name_plural = "långsamheter"
        indexes: ClassVar = [models.Index(fields=["slag", "-totalt"], name="langsamhet_totalt")]

    def __str__(self) -> str:
        return f"{self.slag} {self.plats}"
