"""What uppföljning keeps of its own, a module for each thing."""

from uppfoljning.models.arssats import Arsfil, Arssats
from uppfoljning.models.handlingsplan import Atgard, Handlingsplan, Motesuppfoljning, Planredovisning
from uppfoljning.models.besokspersonal import Besokspersonal
from uppfoljning.models.fynd import Fynd, Fyndbedomning, Fyndgrans, Kontroll
from uppfoljning.models.dokument import (
    Dokument,
    Dokumentbilaga,
    Dokumentsiffror,
    Dokumentutgava,
    Dokumentversion,
)
from uppfoljning.models.dokumentmall import Dokumentmall, Mallversion
from uppfoljning.models.ivorapport import Ivorapport
from uppfoljning.models.kapacitet import Planeradkapacitet
from uppfoljning.models.kpb import Bokslutsrad, Ytterfallsgrans
from uppfoljning.models.planering import Planantagande, Skolelever
from uppfoljning.models.avtalsuppfoljning import (
    Avtalsuppfoljning,
    Brist,
    Bristhandelse,
    Krav,
    Kravbedomning,
    Kravlista,
)
from uppfoljning.models.bemanning import Bemanningsniva, Bemanningsnyckel
from uppfoljning.models.enhetsfakta import Enhetsfakta
from uppfoljning.models.ivorapport import Ivorapport
from uppfoljning.models.kapacitet import Planeradkapacitet
from uppfoljning.models.personal import Bemanning, Utbildning
from uppfoljning.models.underrattelse import Underrattelse
from uppfoljning.models.enkat import Enkatrad
from uppfoljning.models.ivorapport import Ivorapport
from uppfoljning.models.kapacitet import Planeradkapacitet
from uppfoljning.models.kolada import Koladakommun, Koladanyckeltal, Koladavarde
from uppfoljning.models.leverans import Leverans, Leveranslayout, Leveransrad
from uppfoljning.models.statistikenhet import Statistikenhet
from uppfoljning.models.uppgifter import Uppgiftsfil, Uppgiftsrad

__all__ = [
    "Arsfil",
    "Arssats",
    "Atgard",
    "Handlingsplan",
    "Besokspersonal",
    "Ivorapport",
    "Motesuppfoljning",
    "Fynd",
    "Fyndbedomning",
    "Fyndgrans",
    "Ivorapport",
    "Kontroll",
    "Dokument",
    "Dokumentbilaga",
    "Dokumentmall",
    "Dokumentsiffror",
    "Dokumentutgava",
    "Dokumentversion",
    "Ivorapport",
    "Mallversion",
    "Planeradkapacitet",
    "Planredovisning",
    "Bokslutsrad",
    "Ivorapport",
    "Planantagande",
    "Planeradkapacitet",
    "Skolelever",
    "Enkatrad",
    "Ivorapport",
    "Koladakommun",
    "Koladanyckeltal",
    "Koladavarde",
    "Leverans",
    "Leveranslayout",
    "Leveransrad",
    "Planeradkapacitet",
    "Statistikenhet",
    "Uppgiftsfil",
    "Uppgiftsrad",
    "Ytterfallsgrans",
    "Avtalsuppfoljning",
    "Bemanning",
    "Bemanningsniva",
    "Bemanningsnyckel",
    "Brist",
    "Bristhandelse",
    "Enhetsfakta",
    "Ivorapport",
    "Krav",
    "Kravbedomning",
    "Kravlista",
    "Planeradkapacitet",
    "Underrattelse",
    "Uppgiftsfil",
    "Uppgiftsrad",
    "Utbildning",
]
