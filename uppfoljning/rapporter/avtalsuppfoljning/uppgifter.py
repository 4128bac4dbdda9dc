"""The file of the staff's education."""

from collections.abc import Iterator

from grund.datapaket.beskrivning import Radfel, Varden
from grund.datapaket.typer import Heltal, Referens
from uppfoljning.models import Utbildning
from uppfoljning.rapporter.avtalsuppfoljning.queries import UTBILDNING
from uppfoljning.uppgifter.typ import Falt, Period, Uppgiftsslag

_ANTAL = Heltal(storst=100_000)


def _hogst_alla(varden: Varden) -> Iterator[Radfel]:
    if varden["adekvat"] > varden["anstallda"]:
        yield "adekvat", "De som har adekvat utbildning är högst lika många som de anställda."


SLAG = Uppgiftsslag(
    UTBILDNING,
    "Personalens utbildning",
    "Hur många anställda varje enhet har, och hur många av dem som har adekvat utbildning, ett år.",
    Period.AR,
    (
        Falt("enhet_id", "Enhetens id", Referens.i("enheter"), hjalp="Enhetens id i källsystemet."),
        Falt(
            "anstallda",
            "Anställda",
            _ANTAL,
            hjalp="Hur många som arbetar på enheten.",
        ),
        Falt("adekvat", "Med adekvat utbildning", _ANTAL, hjalp="De som har utbildningen i kravlistan."),
    ),
    Utbildning,
    ("enhet_id",),
    regler=(_hogst_alla,),
)
