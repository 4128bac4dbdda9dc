"""By what a cost is spread, and what limits of the ordinary are of: codes of what is put in."""

from django.db import models

from ersattning.regler import Radenhet


class Grund(models.TextChoices):
    """What a cost is spread by."""

    DYGN = "dygn", "dygn"
    DAGAR = "dagar", "dagar med närvaro"
    TIMMAR = "timmar", "utförda timmar"
    PLATSER = "platser", "platsmånader"
    GEMENSAM = "gemensam", "de andra kostnaderna"
    INGEN = "ingen", "fördelas inte"


VOLYMER = (Grund.DYGN, Grund.DAGAR, Grund.TIMMAR, Grund.PLATSER)  # those that are carried out, person by person

# The unit that ersättning is paid by for the same thing.
RADENHET = {
    Grund.DYGN: Radenhet.DYGN,
    Grund.DAGAR: Radenhet.DAG,
    Grund.TIMMAR: Radenhet.TIMME,
    Grund.PLATSER: Radenhet.MANAD,
}


class Gransmatt(models.TextChoices):
    """What a limit is of: kronor, or how much there is of an insats."""

    KRONOR = "kronor", "kronor"
    DYGN = "dygn", "dygn"
    DAGAR = "dagar", "dagar med närvaro"
    TIMMAR = "timmar", "utförda timmar"
