"""Report 10, Kolada: a key figure beside other municipalities'."""

from datetime import date

from django.conf import settings

from grund.behorighet import Ratt
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Lank, Rapporttyp
from uppfoljning.rapporter.kolada.forms import Koladaform
from uppfoljning.rapporter.kolada.queries import hamta
from uppfoljning.rapporter.kolada.rapport import rapport


def _gor(form: Koladaform, idag: date, lasare: Lasare) -> Rapport:
    val = form.cleaned_data
    return rapport(hamta(val["kpi"], val["kommuner"], val["kon"]), lasare, idag, settings.KOMMUNKOD)


KOLADA = Rapporttyp(
    "kolada",
    "Jämförelse med andra kommuner (Kolada)",
    "Hur ser vårt nyckeltal ut bredvid andra kommuners?",
    Koladaform,
    _gor,
    (Lank("Värden som är inlagda", "uppfoljning:uppgifter", Ratt.SE_UNDERLAG),),
)
