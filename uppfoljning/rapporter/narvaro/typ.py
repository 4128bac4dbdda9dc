"""Report 3: närvaro in daglig verksamhet and sysselsättning."""

from datetime import date

from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Rapporttyp
from uppfoljning.rapporter.narvaro.forms import Narvaroform
from uppfoljning.rapporter.narvaro.queries import hamta
from uppfoljning.rapporter.narvaro.rapport import rapport
from uppfoljning.rapporter.perioden import oktober


def _gor(form: Narvaroform, idag: date, lasare: Lasare) -> Rapport:  # noqa: ARG001  a period that has ended
    return rapport(hamta(form.period), lasare)


NARVARO = Rapporttyp(
    "narvaro",
    "Närvaro i daglig verksamhet och sysselsättning",
    "Hur många har beslut, hur mycket är de där, hur många är lediga hela dagar, och vilka platser står tomma?",
    Narvaroform,
    _gor,
    arsurval=oktober,
)
