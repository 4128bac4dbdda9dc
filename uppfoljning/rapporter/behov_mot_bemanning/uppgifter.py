"""The file of schedules."""

from collections.abc import Iterator

from grund.datapaket.beskrivning import Radfel, Varden
from grund.datapaket.typer import Referens, Tal, Val
from uppfoljning.models import Bemanning
from uppfoljning.rapporter.behov_mot_bemanning.queries import BEMANNING
from uppfoljning.rapporter.behov_mot_bemanning.regler import NOLL, Nattform
from uppfoljning.uppgifter.typ import Falt, Period, Uppgiftsslag

_TIMMAR = Tal(minst=NOLL, decimaler=2, siffror=5)


def _natten(varden: Varden) -> Iterator[Radfel]:
    """The night's hours are those of its form."""
    form, vaken, jour = varden["nattform"], varden["natt"], varden["jour"]
    if form == Nattform.VAKEN and not vaken:
        yield "natt", "Vaken natt har vakna timmar. Skriv dem, eller en annan nattform."
    if form != Nattform.VAKEN and vaken:
        yield "natt", "Vakna timmar på natten finns bara när nattformen är vaken."
    if form == Nattform.JOUR and not jour:
        yield "jour", "Sovande jour har jourtimmar. Skriv dem, eller en annan nattform."
    if form == Nattform.INGEN and jour:
        yield "jour", "Jourtimmar finns inte när det inte är någon personal på natten."


SLAG = Uppgiftsslag(
    BEMANNING,
    "Schemalagd bemanning",
    "Hur många timmar i veckan varje enhet har schemalagt, dag, kväll och natt, i en månad.",
    Period.MANAD,
    (
        Falt("enhet_id", "Enhetens id", Referens.i("enheter"), hjalp="Enhetens id i källsystemet."),
        Falt("dag", "Dag", _TIMMAR, hjalp="Timmar per vecka på dagen."),
        Falt("kvall", "Kväll", _TIMMAR, hjalp="Timmar per vecka på kvällen."),
        Falt("natt", "Natt, vakna timmar", _TIMMAR, hjalp="Vakna timmar per vecka på natten. 0 om ingen är vaken."),
        Falt("jour", "Natt, sovande jour", _TIMMAR, hjalp="Timmar sovande jour per vecka. 0 om det inte finns någon."),
        Falt("nattform", "Schemalagd natt", Val.av(Nattform), hjalp="ingen, jour (sovande) eller vaken."),
        Falt(
            "beslutad",
            "Beslutad natt",
            Val.av(Nattform),
            kravs=False,
            hjalp="Vad som är beslutat för enheten: ingen, jour eller vaken. Får lämnas tomt.",
        ),
    ),
    Bemanning,
    ("enhet_id",),
    regler=(_natten,),
)
