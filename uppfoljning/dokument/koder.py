"""What a document's parts and states are called."""

from django.db import models


class Rubrikslag(models.TextChoices):
    """What stands under a heading of a mall, and so how it is written and checked."""

    FORSLAG = "forslag", "förslag till beslut"
    SAMMANFATTNING = "sammanfattning", "sammanfattning"
    TEXT = "text", "text och siffror"
    UNDERLAG = "underlag", "beslutsunderlag"
    BILAGOR = "bilagor", "bilagor"
    UNDERSKRIFTER = "underskrifter", "underskrifter"
    HANDLAGGARE = "handlaggare", "handläggare och kontakt"
    SKICKAS = "skickas", "beslutet skickas till"


# What is written as free text; the rest are lists, or follow from something else.
FRITEXT = frozenset({Rubrikslag.SAMMANFATTNING, Rubrikslag.TEXT})


class Dokumentstatus(models.TextChoices):
    """How far a document has come."""

    UTKAST = "utkast", "utkast"
    VANTAR = "vantar", "väntar på kontrasignering"
    SIGNERAT = "signerat", "signerat"


class Utgavestatus(models.TextChoices):
    """How far a signed version has come."""

    VANTAR = "vantar", "väntar på kontrasignering"
    KLAR = "klar", "klar"
    ATERLAMNAD = "aterlamnad", "återlämnad"
