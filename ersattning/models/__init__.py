"""What it costs: prices, körningar with their rows, and arbetsbonus."""

from ersattning.models.aterkrav import Aterkravsprovning, Aterkravsrad
from ersattning.models.bedomning import Avvikelsebedomning
from ersattning.models.bonus import Anstallning, Bonusregel, Bonusutfall
from ersattning.models.bonusansokan import Bonusansokan, Bonusansokansteg
from ersattning.models.faktura import (
    Faktura,
    Fakturaanteckning,
    Fakturafil,
    Fakturalage,
    Fakturarad,
    Radprovning,
    Tackning,
)
from ersattning.models.fil import Fil
from ersattning.models.kontering import Kontering, Konteringsbruk
from ersattning.models.korning import Delkorning, Korning
from ersattning.models.manadsunderlag import Manadsunderlag
from ersattning.models.pris import Pris, Tidsband
from ersattning.models.rad import Avvikelse, Ersattningsrad
from ersattning.models.simulering import (
    Simulering,
    Simuleringsbrist,
    Simuleringsbudget,
    Simuleringsdel,
    Simuleringssumma,
    Simuleringsvariant,
    Simuleringsvolym,
)
from ersattning.models.summa import Manadssumma

__all__ = [
    "Anstallning",
    "Aterkravsprovning",
    "Aterkravsrad",
    "Avvikelse",
    "Avvikelsebedomning",
    "Bonusansokan",
    "Bonusansokansteg",
    "Bonusregel",
    "Bonusutfall",
    "Delkorning",
    "Ersattningsrad",
    "Faktura",
    "Fakturaanteckning",
    "Fakturafil",
    "Fakturalage",
    "Fakturarad",
    "Fil",
    "Kontering",
    "Konteringsbruk",
    "Korning",
    "Manadssumma",
    "Manadsunderlag",
    "Pris",
    "Radprovning",
    "Simulering",
    "Simuleringsbrist",
    "Simuleringsbudget",
    "Simuleringsdel",
    "Simuleringssumma",
    "Simuleringsvariant",
    "Simuleringsvolym",
    "Tackning",
    "Tidsband",
]
