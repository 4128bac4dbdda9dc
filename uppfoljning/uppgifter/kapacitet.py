"""Planned places, as a file."""

from beslut.regler import Insats
from grund.datapaket.typer import Heltal, Referens, Text, Val
from uppfoljning.models import Planeradkapacitet
from uppfoljning.uppgifter.typ import Falt, Period, Uppgiftsslag

PLANERADE_PLATSER = Uppgiftsslag(
    "planerade-platser",
    "Planerade platser",
    "Hur många platser det ska finnas vid slutet av varje år, per enhet som finns eller planeras.",
    Period.INGEN,
    (
        Falt("ar", "År", Heltal(2000, 2100)),
        Falt("insats", "Insats", Val.av(Insats), hjalp="Insatsens kod, till exempel LSS-9."),
        Falt("enhet_id", "Enhetens id", Referens.i("enheter"), kravs=False, hjalp="Tomt när enheten inte finns än."),
        Falt("namn", "Enhetens namn", Text(200)),
        Falt("platser", "Platser", Heltal(0, 10_000), hjalp="0 när enheten ska ha stängt."),
    ),
    Planeradkapacitet,
    ("ar", "insats", "namn"),
)
