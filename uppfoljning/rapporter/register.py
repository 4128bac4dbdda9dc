"""The reports that there are, in the order in which the page of reports names them."""

from uppfoljning.rapporter.avbokningar.typ import AVBOKNINGAR
from uppfoljning.rapporter.avtalsuppfoljning.typ import AVTALSUPPFOLJNING
from uppfoljning.rapporter.behov_mot_bemanning.typ import BEHOV_MOT_BEMANNING
from uppfoljning.rapporter.brukarundersokning.typ import BRUKARUNDERSOKNING
from uppfoljning.rapporter.datakvalitet.typ import DATAKVALITET
from uppfoljning.rapporter.ej_verkstallda.typ import EJ_VERKSTALLDA
from uppfoljning.rapporter.fusk_och_fel.typ import FUSK_OCH_FEL
from uppfoljning.rapporter.handlingsplan.typ import HANDLINGSPLAN
from uppfoljning.rapporter.kolada.typ import KOLADA
from uppfoljning.rapporter.kpb.typ import KPB
from uppfoljning.rapporter.narvaro.typ import NARVARO
from uppfoljning.rapporter.nationella_leveranser.typ import NATIONELLA_LEVERANSER
from uppfoljning.rapporter.omprovning_och_uppfoljning.typ import OMPROVNING_OCH_UPPFOLJNING
from uppfoljning.rapporter.volymer.typ import VOLYMER

RAPPORTER = {
    ett.nyckel: ett
    for ett in (
        EJ_VERKSTALLDA,
        OMPROVNING_OCH_UPPFOLJNING,
        NARVARO,
        AVBOKNINGAR,
        KPB,
        BEHOV_MOT_BEMANNING,
        VOLYMER,
        BRUKARUNDERSOKNING,
        DATAKVALITET,
        NATIONELLA_LEVERANSER,
        KOLADA,
        AVTALSUPPFOLJNING,
        HANDLINGSPLAN,
        FUSK_OCH_FEL,
    )
}
