"""By what a cost is spread, and limits of what is out of the ordinary: codes of what is put in."""

from django.db import models

from ersattning.regler import Radenhet


class Grund(models.TextChoices):
    """What a cost is spread by."""

    DYGN = "dygn", "dygn"
    DAGAR = "dagar", "dagar med närvaro"
    TIMMAR = "timmar", "utförda timmar"
    PLATSER = "platser", "platser"
    GEMENSAM = "gemensam", "de andra kostnaderna"
    INGEN = "ingen", "fördelas inte"


VOLYMER = (Grund.DYGN, Grund.DAGAR, Grund.TIMMAR, Grund.PLATSER)  # those that are carried out, person by person
EGENREGI = "egenregi"  # all the municipality's own utförare

# The unit that ersättning is paid by for the same thing.
RADENHET = {
    Grund.DYGN: Radenhet.DYGN,
    Grund.DAGAR: Radenhet.DAG,
    Grund.TIMMAR: Radenhet.TIMME,
    Grund.PLATSER: Radenhet.MANAD,
}
PER_ENHET = {
    Grund.DYGN: "dygn",
    Grund.DAGAR: "dag",
    Grund.TIMMAR: "timme",
    Grund.PLATSER: "plats och månad",
}


class Gransmatt(models.TextChoices):
    """What a limit is of: a person's whole cost, or how much of an insats there is."""

    KRONOR = "kronor", "kronor"
    MANGD = "mangd", "mängd"
