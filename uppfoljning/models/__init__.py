"""What uppföljning keeps of its own, a module for each thing."""

from uppfoljning.models.arssats import Arsfil, Arssats
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
from uppfoljning.models.uppgifter import Uppgiftsfil, Uppgiftsrad

__all__ = [
    "Arsfil",
    "Arssats",
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
