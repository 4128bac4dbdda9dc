"""The reports that there are, in the order in which the page of reports names them."""

from uppfoljning.rapporter.ej_verkstallda.typ import EJ_VERKSTALLDA

RAPPORTER = {
    ett.nyckel: ett
    for ett in (
        EJ_VERKSTALLDA,
    )
}  # fmt: skip
