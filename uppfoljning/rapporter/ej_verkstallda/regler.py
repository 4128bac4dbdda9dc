"""The codes of reports to IVO, and how long a beslut has waited, in classes. Pure but for the names of codes."""

from datetime import date

from django.db import models

from grund.tid import lagg_till_manader

# Upper limits in months, and what the class is called. The law's limit is the first.
TIDSKLASSER = (
    (6, "mer än 3 till 6 månader"),
    (12, "mer än 6 till 12 månader"),
    (24, "mer än 12 till 24 månader"),
    (None, "mer än 24 månader"),
)


class Rapportslag(models.TextChoices):
    """What is sent to IVO of a beslut."""

    INDIVID = "individ", "individrapport"
    AVSLUT = "avslut", "avslutsrapport"


def tidsklass(fran: date, dag: date) -> str:
    """How long the clock has run on `dag`; it has passed three months."""
    return next(namn for manader, namn in TIDSKLASSER if manader is None or dag <= lagg_till_manader(fran, manader))
