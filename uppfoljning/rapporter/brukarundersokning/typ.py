"""Report 8: the brukarundersökning."""

from datetime import date

from grund.behorighet import Ratt
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Lank, Rapporttyp
from uppfoljning.rapporter.brukarundersokning.forms import Enkatform
from uppfoljning.rapporter.brukarundersokning.queries import hamta
from uppfoljning.rapporter.brukarundersokning.rapport import rapport


def _gor(form: Enkatform, idag: date, _lasare: Lasare) -> Rapport:
    return rapport(hamta(form.cleaned_data["enkat"], form.cleaned_data["ar"]), idag)


BRUKARUNDERSOKNING = Rapporttyp(
    "brukarundersokning",
    "Brukarundersökning",
    "Hur många har svarat, vad har de svarat per enhet och område, och vad faller utanför när enheter är för små?",
    Enkatform,
    _gor,
    (Lank("Svaren som är inlagda", "uppfoljning:uppgifter", Ratt.SE_UNDERLAG),),
    arsurval=lambda ar: {"ar": str(ar)},
)
