"""Report 9: data quality."""

from datetime import date

from grund.behorighet import Ratt
from uppfoljning.kontroll.forms import Manadsform
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Lank, Rapporttyp
from uppfoljning.rapporter.datakvalitet.queries import hamta
from uppfoljning.rapporter.datakvalitet.rapport import rapport


def _gor(form: Manadsform, idag: date, lasare: Lasare) -> Rapport:
    return rapport(hamta(form.vald, idag), lasare)


DATAKVALITET = Rapporttyp(
    "datakvalitet",
    "Datakvalitet",
    "Vilka uppgifter kan inte stämma, vem rättar dem, hur gamla är de, och hur mycket pengar gäller det?",
    Manadsform,
    _gor,
    (
        Lank("Öppna fynd", "uppfoljning:fynd", Ratt.SE_UNDERLAG),
        Lank("Reglerna och deras gränser", "uppfoljning:kontrollregler", Ratt.SE_UNDERLAG),
    ),
)
