"""The codes of avtalsuppföljning, and when something is late. Pure but for the names of codes."""

from datetime import date

from django.db import models

from beslut.regler import Insats

# LSS 17 §: what the other municipality shall be told of when it is given there by somebody private.
UNDERRATTAS = (Insats.BOSTAD_BARN, Insats.BOSTAD_VUXNA)


class Metod(models.TextChoices):
    """How a follow-up was made."""

    FORANMALT = "foranmalt", "föranmält besök"
    OANMALT = "oanmalt", "oanmält besök"
    DOKUMENT = "dokument", "granskning av dokument"
    INTERVJU = "intervju", "samtal med personal eller brukare"
    EGENKONTROLL = "egenkontroll", "utförarens egenkontroll"


class Uppfyllt(models.TextChoices):
    """How far a krav is met."""

    UPPFYLLT = "uppfyllt", "uppfyllt"
    DELVIS = "delvis", "delvis uppfyllt"
    EJ = "ej", "ej uppfyllt"
    EJ_GRANSKAT = "ej_granskat", "ej granskat"


class Bristslag(models.TextChoices):
    """What is added to a brist."""

    ANTECKNING = "anteckning", "anteckning"
    NY_FRIST = "ny_frist", "ny frist"
    STANGD = "stangd", "stängd"


class Riktning(models.TextChoices):
    """Who was told by whom (LSS 17 §)."""

    LAMNAD = "lamnad", "lämnad av oss"
    MOTTAGEN = "mottagen", "mottagen av oss"


def ar_forsenad(frist: date, stangd: date | None, dag: date) -> bool:
    """Whether a brist is open on `dag` though it should have been put right the latest on `frist`."""
    return (stangd is None or stangd > dag) and frist < dag
