"""The codes of a gallring."""

from django.db.models import TextChoices


class Listslag(TextChoices):
    """What a list is about."""

    AKT = "akt", "nämndens akter, fem år"
    UTFORARE = "utforare", "privata utförares texter, två år"


class Listlage(TextChoices):
    """How far a list has come."""

    FORESLAGEN = "foreslagen", "väntar på beslut"
    BESLUTAD = "beslutad", "beslutad, genomförs"
    AVSLAGEN = "avslagen", "avslagen"
    GENOMFORD = "genomford", "genomförd"


class Radutfall(TextChoices):
    """What became of a person of the list."""

    VANTAR = "vantar", "väntar"
    GALLRAD = "gallrad", "gallrad"
    FOLL_UR = "foll_ur", "föll ur listan"


class Stoppslag(TextChoices):
    """Why an akt may not be removed for now."""

    UTLAMNANDE = "utlamnande", "akten är begärd utlämnad"
    PROVNING = "provning", "en domstol, IVO, JO eller IMY behöver akten"
    LEX_SARAH = "lex_sarah", "akten hör till en utredning enligt lex Sarah (LSS 24 b–f §§)"
