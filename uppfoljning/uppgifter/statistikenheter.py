"""Homes in the LSS statistics, as a file."""

from beslut.regler import Insats
from grund.datapaket.typer import Referens, Text, Val
from uppfoljning.leveranser.regler import Boendeform
from uppfoljning.models import Statistikenhet
from uppfoljning.uppgifter.regler import fyra_siffror
from uppfoljning.uppgifter.typ import Falt, Period, Uppgiftsslag

STATISTIKENHETER = Uppgiftsslag(
    "statistikenheter",
    "Enheter i statistiken",
    "Vad för slags bostad varje boende enligt LSS är, och i vilken kommun om det är en annan. LSS-statistiken kräver det.",
    Period.INGEN,
    (
        Falt("enhet_id", "Enhetens id", Referens.i("enheter")),
        Falt(
            "boendeform",
            "Boendeform",
            Val.av(Boendeform),
            hjalp=f"familjehem och bostad hör till {Insats.BOSTAD_BARN}; bostad och annan (annan särskilt anpassad bostad) "
            f"till {Insats.BOSTAD_VUXNA}.",
        ),
        Falt("kommun", "Annan kommun", Text(4), kravs=False, hjalp="Kommunkod. Tomt när det är den egna kommunen."),
    ),
    Statistikenhet,
    ("enhet_id",),
    kontroll=fyra_siffror("kommun"),
)
