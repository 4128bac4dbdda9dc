"""Report 6: what the levels say that an enhet needs, against its schedule."""

from datetime import date

from grund.behorighet import Ratt
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Lank, Rapporttyp
from uppfoljning.rapporter.behov_mot_bemanning.forms import Urvalsform
from uppfoljning.rapporter.behov_mot_bemanning.listor import NYCKEL
from uppfoljning.rapporter.behov_mot_bemanning.queries import hamta
from uppfoljning.rapporter.behov_mot_bemanning.rapport import rapport


def _gor(form: Urvalsform, idag: date, lasare: Lasare) -> Rapport:
    manad, insats, enhet = form.valt
    return rapport(hamta(manad, insats, idag), lasare, enhet=enhet)


BEHOV_MOT_BEMANNING = Rapporttyp(
    NYCKEL,
    "Behov mot bemanning",
    "Vad behöver personerna på en enhet enligt sina nivåer, och vad är schemalagt?",
    Urvalsform,
    _gor,
    lankar=(
        Lank("Bemanningsnycklar", "uppfoljning:bemanningsnycklar", Ratt.SE_UNDERLAG),
        Lank("Enheter och avtalsuppföljning", "uppfoljning:avtalsenheter", Ratt.SE_UNDERLAG),
    ),
    arsurval=lambda ar: {"manad": f"{ar:04}-12"},
)
