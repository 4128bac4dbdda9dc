"""The reports that there are, in the order in which the page of reports names them."""

from uppfoljning.rapporter.brukarundersokning.typ import BRUKARUNDERSOKNING
from uppfoljning.rapporter.ej_verkstallda.typ import EJ_VERKSTALLDA
from uppfoljning.rapporter.kolada.typ import KOLADA
from uppfoljning.rapporter.nationella_leveranser.typ import NATIONELLA_LEVERANSER

RAPPORTER = {
    ett.nyckel: ett
    for ett in (
        EJ_VERKSTALLDA,
        BRUKARUNDERSOKNING,
        NATIONELLA_LEVERANSER,
        KOLADA,
    )
}  # fmt: skip
