"""Report 13: what is worth a look."""

from datetime import date

from grund.behorighet import Ratt
from uppfoljning.kontroll.forms import Manadsform
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Lank, Rapporttyp
from uppfoljning.rapporter.fusk_och_fel.queries import hamta
from uppfoljning.rapporter.fusk_och_fel.rapport import rapport


def _gor(form: Manadsform, idag: date, lasare: Lasare) -> Rapport:
    return rapport(hamta(form.vald, idag), lasare)


FUSK_OCH_FEL = Rapporttyp(
    "fusk-och-fel",
    "Fusk och fel: att titta på",
    "Vilka mönster i det som är registrerat är värda att titta på, och vad ledde det till?",
    Manadsform,
    _gor,
    (Lank("Reglerna och deras gränser", "uppfoljning:signalregler", Ratt.SE_SIGNALER),),
)
