"""Codes of what providers do and on what terms (docs/datapaket.md)."""

from django.db import models


class Regi(models.TextChoices):
    """Who runs the provider."""

    EGEN = "egen", "egen regi"
    PRIVAT = "privat", "privat regi"


class Avtalsform(models.TextChoices):
    """How the contract came about."""

    EGENREGI = "egenregi", "egen regi"
    LOV = "lov", "valfrihetssystem (LOV)"
    RAMAVTAL = "ramavtal", "ramavtal"
    INDIVIDAVTAL = "individavtal", "individavtal"


class Modell(models.TextChoices):
    """What the contract pays for (R10–R23)."""

    DYGN = "dygn", "dygn"
    NARVARO = "narvaro", "närvaro"
    MANAD = "manad", "månad"
    UTFORD_TID = "utford_tid", "utförd tid"
    BESTALLD_TID = "bestalld_tid", "beställd tid"


class NivaFran(models.TextChoices):
    """From which day a godkänd nivåbedömning counts (R3)."""

    FRAN = "fran", "från den dag den gäller"
    GODKAND = "godkand", "tidigast den dag den godkänns"


class Slutorsak(models.TextChoices):
    """Why a verkställighet ended."""

    FLYTT = "flytt", "flytt"
    BYTE_UTFORARE = "byte_utforare", "byte av utförare"
    AVLIDEN = "avliden", "avliden"
    BESLUT_UPPHOR = "beslut_upphor", "beslutet upphör"
    EGEN_BEGARAN = "egen_begaran", "egen begäran"
    ARBETE = "arbete", "arbete"
    ANNAT = "annat", "annat"


class Narvarokod(models.TextChoices):
    """What a närvaro row says of a day."""

    NARVARO = "N", "närvaro"
    FRANVARO = "F", "frånvaro"


class AvbokadAv(models.TextChoices):
    """Who cancelled a visit."""

    BRUKARE = "brukare", "brukaren"
    UTFORARE = "utforare", "utföraren"


class Registrering(models.TextChoices):
    """How a visit was registered."""

    PA_PLATS = "pa_plats", "på plats"
    EFTERHAND = "efterhand", "i efterhand"


class Rapportslag(models.TextChoices):
    """What a late change is a change of."""

    NARVARO = "narvaro", "närvaro"
    BESOK = "besok", "besök"


class Uppehallsorsak(models.TextChoices):
    """Why a verkställighet is interrupted for a time."""

    SJUKHUS = "sjukhus", "sjukhusvistelse"
    BORTREST = "bortrest", "personen är bortrest"
    BEGARAN = "begaran", "personen har bett om det"
    PERSONAL = "personal", "personal eller uppdragstagare saknas"
    LOKAL = "lokal", "lokal eller plats kan inte användas"
    ANNAT = "annat", "annan orsak"
