"""Report 2: what is to be followed up and reconsidered, and whether it is done in time."""

from datetime import date

from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Rapporttyp
from uppfoljning.rapporter.omprovning_och_uppfoljning.forms import Lagesform
from uppfoljning.rapporter.omprovning_och_uppfoljning.queries import hamta
from uppfoljning.rapporter.omprovning_och_uppfoljning.rapport import rapport
from uppfoljning.rapporter.omprovning_och_uppfoljning.regler import Steg, avslutat_kvartal, punkter


def _gor(form: Lagesform, _: date, lasare: Lasare) -> Rapport:
    """In public the last whole quarter and quarters only, so that no two documents can be held against each other."""
    dag, steg = form.valt
    if lasare.offentlig:
        dag, steg = avslutat_kvartal(dag).sista, Steg.KVARTAL
    return rapport(hamta(dag, punkter(dag, steg)), lasare)


OMPROVNING_OCH_UPPFOLJNING = Rapporttyp(
    "omprovning-och-uppfoljning",
    "Omprövning och uppföljning",
    "Vilka beslut ska följas upp eller omprövas, vad är försenat, och hur ofta görs uppföljningar i tid?",
    Lagesform,
    _gor,
    arsurval=lambda ar: {"dag": f"{ar}-12-31"},
)
