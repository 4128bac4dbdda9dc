"""Report 7: volumes, costs, and the plans of places."""

from datetime import date

from grund.behorighet import Ratt
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Lank, Rapporttyp
from uppfoljning.rapporter.volymer.forms import Volymform, senaste_matdag
from uppfoljning.rapporter.volymer.queries import Urval, hamta
from uppfoljning.rapporter.volymer.rapport import rapport


def _gor(form: Volymform, idag: date, lasare: Lasare) -> Rapport:
    urval = Urval(**form.cleaned_data)
    if lasare.offentlig:
        dag = senaste_matdag(urval.dag)
        urval = Urval(dag, date(dag.year - 1, 10, 1))
    return rapport(hamta(urval, idag, offentlig=lasare.offentlig), lasare)


VOLYMER = Rapporttyp(
    "volymer",
    "Volymer och kostnader",
    "Hur många har vilka insatser, vad har ändrats, vad beror kostnaden på och hur många platser behövs framöver?",
    Volymform,
    _gor,
    (Lank("Inlagda uppgifter", "uppfoljning:uppgifter", Ratt.SE_UNDERLAG),),
    arsurval=lambda ar: {"dag": f"{ar}-12-31", "mot": f"{ar}-10-01"},
)
