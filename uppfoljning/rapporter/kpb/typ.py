"""Report 5: what each brukare costs, by the accounts."""

from datetime import date

from grund.behorighet import Ratt
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Lank, Rapporttyp
from uppfoljning.rapporter.kpb.forms import Bokslutsform
from uppfoljning.rapporter.kpb.queries import hamta
from uppfoljning.rapporter.kpb.rapport import rapport, utan_bokslut


def _gor(form: Bokslutsform, idag: date, lasare: Lasare) -> Rapport:
    ar = form.cleaned_data["ar"]
    return rapport(hamta(ar, form.boksluten), lasare) if ar in form.boksluten else utan_bokslut(ar, idag)


KPB = Rapporttyp(
    "kpb",
    "Kostnad per brukare",
    "Vad kostar varje brukare enligt bokslutet, för vilka insatser, och hur skiljer det sig mellan utförare och år?",
    Bokslutsform,
    _gor,
    (Lank("Inlagda uppgifter", "uppfoljning:uppgifter", Ratt.SE_UNDERLAG),),
    arsurval=lambda ar: {"ar": str(ar)},
)
