"""An empty municipality with the people who decide in it: maria and jonas (handläggare) and gustav (gruppchef)."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from beslut.actions.arenden import oppna_arende
from beslut.actions.delegation import lagg_in_grundforslag
from beslut.actions.forslag import Forslagsfalt, foresla, spara_forslag, underteckna
from beslut.actions.personer import lagg_till_person
from beslut.koder import Arendeslag, Sokande
from beslut.models import Arende, Beslut, Person
from beslut.regler import Insats
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.tid import STOCKHOLM

IDAG = date(2026, 6, 3)
NU = datetime(2026, 6, 3, 10, tzinfo=STOCKHOLM)
ANNA = {
    "personnummer": "199002029818",
    "fornamn": "Anna",
    "efternamn": "Ek",
    "personkrets": "1",
    "skyddad": "nej",
    "avliden": "",
}
HELT = Forslagsfalt(
    utfall="bifall",
    fran=date(2026, 7, 1),
    sista=date(2027, 6, 30),
    omfattning=5,  # type: ignore[arg-type]
    omfattning_enhet="dagar_vecka",
    uppfoljning=date(2027, 6, 1),
    motivering="Behovet är stort.",
)
Oppna = Callable[..., Arende]
Besluta = Callable[..., Beslut]


def _anvandare(namn: str, roll: Roll) -> Anvandare:
    return Anvandare.objects.create_user(namn, first_name=namn.title(), last_name="Test", roller=[roll])


@pytest.fixture
def maria(db: None) -> Anvandare:
    return _anvandare("maria", Roll.HANDLAGGARE)


@pytest.fixture
def jonas(db: None) -> Anvandare:
    return _anvandare("jonas", Roll.HANDLAGGARE)


@pytest.fixture
def gustav(db: None) -> Anvandare:
    gustav = _anvandare("gustav", Roll.GRUPPCHEF)
    lagg_in_grundforslag(fran=date(2026, 1, 1), av=gustav)
    return gustav


@pytest.fixture
def anna(maria: Anvandare) -> Person:
    return lagg_till_person(uppgifter=ANNA, av=maria, idag=IDAG)


@pytest.fixture
def oppna(anna: Person, maria: Anvandare) -> Oppna:
    def gor(insats: Insats = Insats.DAGLIG_VERKSAMHET, **annat: object) -> Arende:
        falt = {
            "av": maria,
            "slag": Arendeslag.ANSOKAN,
            "sokande": Sokande.SJALV,
            "inkom": IDAG,
            "text": "Jag vill ha stöd.",
        }
        return oppna_arende(person=anna, insats=insats, nu=NU, **falt | annat)  # type: ignore[arg-type]

    return gor


@pytest.fixture
def besluta(maria: Anvandare, gustav: Anvandare) -> Besluta:
    """Takes an ärende all the way to a signed decision."""

    def gor(arende: Arende, falt: Forslagsfalt = HELT, nu: datetime = NU) -> Beslut:
        forslag = spara_forslag(arende=arende, falt=falt, pa_version=0, av=maria)
        foresla(arende=arende, pa_version=forslag.version, av=maria, nu=nu)
        return underteckna(arende=arende, pa_version=forslag.version, bekraftat=(), av=gustav, nu=nu)

    return gor
