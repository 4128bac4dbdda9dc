"""How far a measure of a handlingsplan has come, and what may come after what. Pure but for the names of codes."""

from django.db import models


class Atgardsstatus(models.TextChoices):
    """How far a measure has come."""

    EJ_PABORJAD = "ej_paborjad", "ej påbörjad"
    PAGAR = "pagar", "pågår"
    KLAR = "klar", "klar"
    AVBRUTEN = "avbruten", "avbruten"


SLUT = frozenset({Atgardsstatus.KLAR, Atgardsstatus.AVBRUTEN})


def hinder_for_status(fore: Atgardsstatus, efter: Atgardsstatus) -> list[str]:
    """Why a measure that is `fore` cannot be `efter`; empty = it can. Being as it was is always possible."""
    if efter is fore:
        return []
    if efter is Atgardsstatus.EJ_PABORJAD:
        return [f"Åtgärden är {fore.label} och kan inte bli ej påbörjad igen."]
    if fore in SLUT and efter is not Atgardsstatus.PAGAR:
        return [f"Åtgärden är {fore.label}. Ska den tas upp igen väljer du pågår."]
    return []
