"""The surveys of SKR/RKA and what they ask of. Pure but for codes."""

from django.db import models


class Enkat(models.TextChoices):
    """A survey, by the form of support."""

    BOENDESTOD = "boendestod", "boendestöd"
    SYSSELSATTNING = "sysselsattning", "sysselsättning SoL"
    SARSKILT_BOENDE = "boende_sol", "boende med särskild service SoL"
    DAGLIG_VERKSAMHET = "daglig_verksamhet", "daglig verksamhet LSS"
    GRUPPBOSTAD = "gruppbostad", "gruppbostad LSS"
    SERVICEBOSTAD = "servicebostad", "servicebostad LSS"
    PERSONLIG_ASSISTANS = "personlig_assistans", "personlig assistans"


class Omrade(models.TextChoices):
    """What a question is about."""

    SJALVBESTAMMANDE = "sjalvbestammande", "självbestämmande"
    BEMOTANDE = "bemotande", "bemötande"
    TRYGGHET = "trygghet", "trygghet"
    TRIVSEL = "trivsel", "trivsel"


class Kon(models.TextChoices):
    """Whose answers a row holds, as Kolada writes it."""

    ALLA = "T", "alla"
    KVINNOR = "K", "kvinnor"
    MAN = "M", "män"
