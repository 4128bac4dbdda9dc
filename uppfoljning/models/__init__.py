"""What uppföljning keeps of its own, a module for each thing."""

from uppfoljning.models.arkivexport import Arkivakt, Arkivexport
from uppfoljning.models.arssats import Arsfil, Arssats
from uppfoljning.models.avtalsuppfoljning import Avtalsuppfoljning, Brist, Bristhandelse, Krav, Kravbedomning, Kravlista
from uppfoljning.models.bemanning import Bemanningsniva, Bemanningsnyckel
from uppfoljning.models.besokspersonal import Besokspersonal
from uppfoljning.models.dokument import Dokument, Dokumentbilaga, Dokumentsiffror, Dokumentutgava, Dokumentversion
from uppfoljning.models.dokumentmall import Dokumentmall, Mallversion
from uppfoljning.models.enhetsfakta import Enhetsfakta
from uppfoljning.models.enkat import Enkatrad
from uppfoljning.models.fynd import Fynd, Fyndbedomning, Fyndgrans, Kontroll
from uppfoljning.models.gallring import Gallringslista, Gallringsrad, Gallringsstopp
from uppfoljning.models.handlingsplan import Atgard, Handlingsplan, Motesuppfoljning, Planredovisning
from uppfoljning.models.ivorapport import Ivorapport
from uppfoljning.models.kapacitet import Planeradkapacitet
from uppfoljning.models.kolada import Koladakommun, Koladanyckeltal, Koladavarde
from uppfoljning.models.kpb import Bokslutsrad, Ytterfallsgrans
from uppfoljning.models.leverans import Leverans, Leveranslayout, Leveransrad
from uppfoljning.models.personal import Bemanning, Utbildning
from uppfoljning.models.planering import Planantagande, Skolelever
from uppfoljning.models.registerutdrag import Registerutdrag
from uppfoljning.models.statistikenhet import Statistikenhet
from uppfoljning.models.underrattelse import Underrattelse
from uppfoljning.models.uppgifter import Uppgiftsfil, Uppgiftsrad

__all__ = [
    "Arkivakt",
    "Arkivexport",
    "Arsfil",
    "Arssats",
    "Atgard",
    "Avtalsuppfoljning",
    "Bemanning",
    "Bemanningsniva",
    "Bemanningsnyckel",
    "Besokspersonal",
    "Bokslutsrad",
    "Brist",
    "Bristhandelse",
    "Dokument",
    "Dokumentbilaga",
    "Dokumentmall",
    "Dokumentsiffror",
    "Dokumentutgava",
    "Dokumentversion",
    "Enhetsfakta",
    "Enkatrad",
    "Fynd",
    "Fyndbedomning",
    "Fyndgrans",
    "Gallringslista",
    "Gallringsrad",
    "Gallringsstopp",
    "Handlingsplan",
    "Ivorapport",
    "Koladakommun",
    "Koladanyckeltal",
    "Koladavarde",
    "Kontroll",
    "Krav",
    "Kravbedomning",
    "Kravlista",
    "Leverans",
    "Leveranslayout",
    "Leveransrad",
    "Mallversion",
    "Motesuppfoljning",
    "Planantagande",
    "Planeradkapacitet",
    "Planredovisning",
    "Registerutdrag",
    "Skolelever",
    "Statistikenhet",
    "Underrattelse",
    "Uppgiftsfil",
    "Uppgiftsrad",
    "Utbildning",
    "Ytterfallsgrans",
]
