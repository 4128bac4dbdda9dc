"""What Ekstad's plans of places rest on: pupils, places that are planned, and what is assumed."""

from collections.abc import Iterator
from datetime import date

from beslut.regler import Insats
from demokommun.bokslut import las
from grund.tid import Manad
from uppfoljning.uppgifter.kapacitet import PLANERADE_PLATSER
from uppfoljning.uppgifter.planering import PLANANTAGANDEN, SKOLELEVER
from uppfoljning.uppgifter.queries import gallande
from utforare.models import Enhet

_ELEVER = {"Ekstads anpassade gymnasieskola": (17, 19, 15, 21, 18, 20), "Naturbruksgymnasiet": (4, 3, 5, 4, 3, 4)}
_ANTAGANDEN = """antagande;varde;motiv
flyttar;45;Snittet av de senaste tre åren
elever_till_dv;80;Skolans uppföljning av dem som slutade 2023–2025
avgang_dv;2;Bara några få har gått till arbete
avgang_boende_aldre;8;Dödsfall och flytt till särskilt boende 2021–2025
"""


def lagg_upp_planering(sista: Manad) -> None:
    """Once."""
    dag = date(sista.ar, 3, 9)
    if gallande(SKOLELEVER.nyckel) is None:
        las(SKOLELEVER, "", "\n".join(_elever(sista.ar)) + "\n", "Skolförvaltningen, mars", dag)
        las(PLANANTAGANDEN, "", _ANTAGANDEN, "Planeringsgruppen för boende och sysselsättning", dag)
    if gallande(PLANERADE_PLATSER.nyckel) is None:
        las(PLANERADE_PLATSER, "", "\n".join(_platser(sista)) + "\n", "Lokalförsörjningsplanen", dag)


def _elever(ar: int) -> Iterator[str]:
    yield "ar;skola;antal;har_insats"
    for skola, antal in _ELEVER.items():
        for plats, ett in enumerate(antal):
            yield f"{ar + plats};{skola};{ett};{ett // 3}"


def _platser(sista: Manad) -> Iterator[str]:
    """A new house for each plan, one that grows and one that closes, of those that have numbers."""
    yield "ar;insats;enhet_id;namn;platser"
    yield f"{sista.ar + 2};{Insats.BOSTAD_VUXNA};;Nya gruppbostaden vid Sjövägen;6"
    yield f"{sista.ar + 3};{Insats.DAGLIG_VERKSAMHET};;Ny daglig verksamhet i Hamnen;20"
    for insats in (Insats.BOSTAD_VUXNA, Insats.DAGLIG_VERKSAMHET):
        pagar = Enhet.objects.filter(
            verkstalligheter__beslut__insats=insats, verkstalligheter__period__contains=sista.fran
        )
        enheter = list(pagar.exclude(platser=None).distinct().order_by("nyckel")[:2])
        for plats, enhet in enumerate(enheter):
            blir = (enhet.platser or 0) + 2 if plats == 0 else 0
            yield f"{sista.ar + 1 + plats};{insats};{enhet.nyckel};{enhet.namn};{blir}"
