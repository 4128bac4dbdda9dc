"""The reports that there are, in the order in which the page of reports names them."""

from uppfoljning.rapporter.avbokningar.typ import AVBOKNINGAR
from uppfoljning.rapporter.ej_verkstallda.typ import EJ_VERKSTALLDA
from uppfoljning.rapporter.narvaro.typ import NARVARO

RAPPORTER = {
    ett.nyckel: ett
    for ett in (
        EJ_VERKSTALLDA,
        NARVARO,
        AVBOKNINGAR,
    )
}  # fmt: skip
