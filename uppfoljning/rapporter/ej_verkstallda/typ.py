"""Report 1: beslut that are not carried out in time."""

from datetime import date

from uppfoljning.kvartal import Kvartal
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Rapporttyp
from uppfoljning.rapporter.ej_verkstallda.forms import Kvartalsform
from uppfoljning.rapporter.ej_verkstallda.queries import hamta
from uppfoljning.rapporter.ej_verkstallda.rapport import rapport


def _gor(form: Kvartalsform, idag: date, lasare: Lasare) -> Rapport:
    return rapport(hamta(form.valt, idag), lasare)


EJ_VERKSTALLDA = Rapporttyp(
    "ej-verkstallda",
    "Ej verkställda beslut",
    "Vilka beslut har inte verkställts i tid, vad ska rapporteras till IVO, och vad kan det kosta?",
    Kvartalsform,
    _gor,
    arsurval=lambda ar: {"kvartal": str(Kvartal(ar, 4))},
)
