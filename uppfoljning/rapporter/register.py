"""The reports that there are, in the order in which the page of reports names them."""

from uppfoljning.rapporter.ej_verkstallda.typ import EJ_VERKSTALLDA
from uppfoljning.rapporter.kpb.typ import KPB
from uppfoljning.rapporter.volymer.typ import VOLYMER

RAPPORTER = {
    ett.nyckel: ett
    for ett in (
        EJ_VERKSTALLDA,
        KPB,
        VOLYMER,
    )
}  # fmt: skip
