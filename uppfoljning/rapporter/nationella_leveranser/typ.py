"""Report 10: national deliveries."""

from datetime import date

from grund.behorighet import Ratt
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Lank, Rapporttyp
from uppfoljning.rapporter.nationella_leveranser.forms import Arsform
from uppfoljning.rapporter.nationella_leveranser.queries import hamta
from uppfoljning.rapporter.nationella_leveranser.rapport import rapport


def _gor(form: Arsform, idag: date, lasare: Lasare) -> Rapport:
    """What differs today is told beside the year that one works with, and not beside those that have been."""
    ar = form.cleaned_data["ar"]
    return rapport(hamta(ar, idag, idag_med=ar == form.forval and not lasare.offentlig), lasare)


NATIONELLA_LEVERANSER = Rapporttyp(
    "nationella-leveranser",
    "Nationella leveranser",
    "Vilken statistik har lämnats till Socialstyrelsen, i tid, och har något ändrats sedan dess?",
    Arsform,
    _gor,
    (
        Lank("Gör och lämna filer", "uppfoljning:leveranser", Ratt.LAMNA_STATISTIK),
        Lank("Filernas layout", "uppfoljning:leveranslayouter", Ratt.LAMNA_STATISTIK),
    ),
    arsurval=lambda ar: {"ar": str(ar)},
)
