"""A konteringsmall for tests."""

from datetime import date
from typing import Any

from ersattning.models import Kontering


def kontering(**kwargs: Any) -> Kontering:
    """A row: for any insats of private utförare since 2010 unless said."""
    falt = {
        "regi": "privat",
        "konto": "4640",
        "kontonamn": "Köp av verksamhet",
        "ansvar": "3100",
        "verksamhet": "513",
        "motkonto": "2998",
        "motkontonamn": "Upplupna kostnader",
        "fran": date(2010, 1, 1),
        **kwargs,
    }
    return Kontering.objects.create(**falt)


def hel_mall() -> tuple[Kontering, Kontering]:
    """One row for each regi, for everything."""
    egen = {"konto": "4690", "kontonamn": "Köp av egen regi", "motkonto": "3790", "motkontonamn": "Intern ersättning"}
    return kontering(), kontering(regi="egen", motansvar="4200", **egen)
