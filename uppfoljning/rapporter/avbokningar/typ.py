"""Report 4: visits of boendestöd that were not made."""

from datetime import date

from grund.behorighet import Ratt
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Lank, Rapporttyp
from uppfoljning.rapporter.avbokningar.forms import VARSEL, Avbokningsform
from uppfoljning.rapporter.avbokningar.queries import hamta
from uppfoljning.rapporter.avbokningar.rapport import rapport
from uppfoljning.rapporter.perioden import oktober


def _gor(form: Avbokningsform, idag: date, lasare: Lasare) -> Rapport:
    """In public always of all utförare, by the municipality's own limit."""
    val = form.cleaned_data
    utforare = None if lasare.offentlig else val["utforare"]
    varsel = VARSEL if lasare.offentlig else val["varsel"]
    underlag = hamta(form.period, idag, utforare=utforare and utforare.pk, varsel=varsel)
    return rapport(underlag, lasare, grans=val["grans"], utforare=utforare.namn if utforare else "")


AVBOKNINGAR = Rapporttyp(
    "avbokningar",
    "Avbokningar i boendestöd",
    "Varför blir besök inte av, hur sent får man veta det, vad kostar det, och vilka tar inte emot sitt stöd?",
    Avbokningsform,
    _gor,
    (Lank("Vem som gjorde besöken, och annat som läses in", "uppfoljning:uppgifter", Ratt.SE_UNDERLAG),),
    arsurval=oktober,
)
