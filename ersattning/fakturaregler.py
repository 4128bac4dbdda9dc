"""Codes of invoices: how they stand, and what a person does about one that does not agree."""

from django.db import models

from ersattning.faktura.typer import Format, Slag
from ersattning.faktura.underlag import Radstatus


def nummer_lika(nummer: str) -> str:
    """An invoice's number without what tells no two apart: `f-10 01` is `F-1001`. As the database says it too."""
    return nummer.replace(" ", "").upper()


class Fakturaslag(models.TextChoices):
    """What came."""

    FAKTURA = Slag.FAKTURA.value, "faktura"
    KREDITNOTA = Slag.KREDITNOTA.value, "kreditnota"


class Fakturaformat(models.TextChoices):
    """What it came as; empty for a file that could not be read."""

    UBL = Format.UBL.value, "Peppol BIS Billing 3"
    CSV = Format.CSV.value, "CSV"


class Fakturastatus(models.TextChoices):
    """How an invoice, or a line of one, stands against the underlag. The gravest first."""

    DUBBLETT = Radstatus.DUBBLETT.value, "dubblett"
    SAKNAS = Radstatus.SAKNAS.value, "saknar underlag"
    AVVIKER = Radstatus.AVVIKER.value, "avviker"
    VANTAR = Radstatus.VANTAR.value, "väntar på månaden"
    STAMMER = Radstatus.STAMMER.value, "stämmer"
    KREDITERAD = Radstatus.KREDITERAD.value, "krediterad"


ATT_HANTERA = (Fakturastatus.DUBBLETT, Fakturastatus.SAKNAS, Fakturastatus.AVVIKER)  # somebody must look


class Fakturaatgard(models.TextChoices):
    """What a person does about an invoice that does not agree. The underlag is never changed by it."""

    FRAGAD = "fragad", "utföraren är tillfrågad"
    KREDIT = "kredit", "utföraren ska kreditera"
    RATTELSE = "rattelse", "underlaget rättas i en senare månad"
    KLAR = "klar", "utredd och klar"
