"""The reports that there are, in the order in which the page of reports names them."""

from uppfoljning.rapporter.datakvalitet.typ import DATAKVALITET
from uppfoljning.rapporter.ej_verkstallda.typ import EJ_VERKSTALLDA
from uppfoljning.rapporter.fusk_och_fel.typ import FUSK_OCH_FEL

RAPPORTER = {
    ett.nyckel: ett
    for ett in (
        EJ_VERKSTALLDA,
        DATAKVALITET,
        FUSK_OCH_FEL,
    )
}  # fmt: skip
