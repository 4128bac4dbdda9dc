"""The reports that there are, in the order in which the page of reports names them."""

from uppfoljning.rapporter.avtalsuppfoljning.typ import AVTALSUPPFOLJNING
from uppfoljning.rapporter.behov_mot_bemanning.typ import BEHOV_MOT_BEMANNING
from uppfoljning.rapporter.ej_verkstallda.typ import EJ_VERKSTALLDA

RAPPORTER = {
    ett.nyckel: ett
    for ett in (
        EJ_VERKSTALLDA,
        BEHOV_MOT_BEMANNING,
        AVTALSUPPFOLJNING,
    )
}  # fmt: skip
