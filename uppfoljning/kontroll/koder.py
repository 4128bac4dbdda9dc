"""The codes of findings (reports 9 and 13)."""

from django.db import models


class Omrade(models.TextChoices):
    """What a finding is for: data that cannot be right, or something that may be but is worth a look."""

    KVALITET = "kvalitet", "datakvalitet"
    SIGNAL = "signal", "att titta på"


class Objekt(models.TextChoices):
    """The kind of thing that a finding is about."""

    BESLUT = "beslut", "beslut"
    BESTALLNING = "bestallning", "beställning"
    VERKSTALLIGHET = "verkstallighet", "verkställighet"
    NIVABEDOMNING = "nivabedomning", "nivåbedömning"
    BESOK = "besok", "besök"
    ENHET = "enhet", "enhet"
    LEVERANS = "leverans", "leverans"


class Utfall(models.TextChoices):
    """What somebody has made of a finding."""

    ATGARDAS = "atgardas", "åtgärdas"
    GODTAS = "godtas", "godtas som det är"
    INGET_FEL = "inget_fel", "inget fel hittat"
    RATTAT = "rattat", "rättat"
    VIDARE = "vidare", "lämnat vidare"


UTFALL = {
    Omrade.KVALITET: (Utfall.ATGARDAS, Utfall.GODTAS),
    Omrade.SIGNAL: (Utfall.INGET_FEL, Utfall.RATTAT, Utfall.VIDARE),
}
# After these nobody needs to look at it again, as long as it stays as it was.
AVGOR = (Utfall.GODTAS, Utfall.INGET_FEL, Utfall.RATTAT, Utfall.VIDARE)
