"""Report 11: what enheter are held to, how it was met, and what their staff know."""

from datetime import date

from grund.behorighet import Ratt
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.typ import Lank, Rapporttyp
from uppfoljning.rapporter.avtalsuppfoljning.forms import Arsform
from uppfoljning.rapporter.avtalsuppfoljning.queries import hamta
from uppfoljning.rapporter.avtalsuppfoljning.rapport import rapport


def _gor(form: Arsform, idag: date, lasare: Lasare) -> Rapport:
    return rapport(hamta(form.valt, idag), lasare)


AVTALSUPPFOLJNING = Rapporttyp(
    "avtalsuppfoljning",
    "Avtalsuppföljning och kompetens",
    "Vilka krav ställs på enheterna, hur uppfylls de i egen och privat regi, och vad är kvar att åtgärda?",
    Arsform,
    _gor,
    lankar=(
        Lank("Enheter och avtalsuppföljning", "uppfoljning:avtalsenheter", Ratt.SE_UNDERLAG),
        Lank("Kravlistor", "uppfoljning:kravlistor", Ratt.SE_UNDERLAG),
        Lank("Underrättelser enligt LSS 17 §", "uppfoljning:underrattelser", Ratt.SE_UNDERLAG),
    ),
    arsurval=lambda ar: {"ar": f"{ar:04}"},
)
