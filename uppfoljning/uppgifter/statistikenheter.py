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
    "Vilken bostad ett boende enligt LSS är, och i vilken kommun om det är en annan. LSS-statistiken frågar det.",
    Period.INGEN,
    (
        Falt("enhet_id", "Enhetens id", Referens.i("enheter")),
        Falt(
            "boendeform",
            "Boendeform",
            Val.av(Boendeform),
            hjalp=f"familjehem och bostad för {Insats.BOSTAD_BARN}; bostad och annan (särskilt anpassad bostad) för"
            f" {Insats.BOSTAD_VUXNA}.",
        ),
        Falt("kommun", "Annan kommun", Text(4), kravs=False, hjalp="Kommunkod. Tomt när det är den egna kommunen."),
    ),
    Statistikenhet,
    ("enhet_id",),
    kontroll=fyra_siffror("kommun"),
)
