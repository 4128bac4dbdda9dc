"""The reports that there are, in the order in which the page of reports names them."""

from uppfoljning.rapporter.ej_verkstallda.typ import EJ_VERKSTALLDA
from uppfoljning.rapporter.handlingsplan.typ import HANDLINGSPLAN
from uppfoljning.rapporter.omprovning_och_uppfoljning.typ import OMPROVNING_OCH_UPPFOLJNING

RAPPORTER = {
    ett.nyckel: ett
    for ett in (
        EJ_VERKSTALLDA,
        OMPROVNING_OCH_UPPFOLJNING,
        HANDLINGSPLAN,
    )
}  # fmt: skip
