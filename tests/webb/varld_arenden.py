"""What the world of access has of ärenden: each person has one with a draft, an appeal and an assignment."""

from beslut.actions.arenden import oppna_arende
from beslut.actions.delegation import lagg_till_delegation
from beslut.actions.forslag import Forslagsfalt, spara_forslag
from beslut.actions.overklagande import registrera_overklagande
from beslut.delegation import Delegationsregel
from beslut.koder import Arendeslag, Sokande
from beslut.models import Beslut, Person, Tilldelning
from beslut.regler import Insats
from grund import klocka
from grund.behorighet import Roll
from tests.webb.varld import START, TILLAGG, Varld, Vems


def arenden(varld: Varld, vems: Vems) -> dict[str, int]:
    if vems is Vems.INGENS:
        return dict.fromkeys(("arende", "overklagande", "tilldelning", "delegation"), 999_999)
    maria, gustav = varld.anvandare[Roll.HANDLAGGARE], varld.anvandare[Roll.GRUPPCHEF]
    person = Person.objects.get(nyckel=f"P-{vems.upper()}")
    arende = oppna_arende(
        person=person,
        insats=Insats.KONTAKTPERSON,
        slag=Arendeslag.ANSOKAN,
        sokande=Sokande.SJALV,
        inkom=START,
        text="En kontaktperson.",
        av=maria,
        nu=klocka.nu(),
    )
    spara_forslag(arende=arende, falt=Forslagsfalt(utfall="bifall", fran=START), pa_version=0, av=maria)
    overklagande = registrera_overklagande(
        beslut=Beslut.objects.get(nyckel=f"B-{vems.upper()}"),
        inkom=klocka.idag(),
        klagande="Någon",
        text="Mer tid.",
        av=maria,
        idag=klocka.idag(),
    )
    regel = Delegationsregel(Roll.GRUPPCHEF, Insats.KONTAKTPERSON)
    return {
        "arende": arende.pk,
        "overklagande": overklagande.pk,
        "tilldelning": Tilldelning.objects.create(person=person, handlaggare=gustav, fran=START).pk,
        "delegation": lagg_till_delegation(regel=regel, fran=START, av=gustav).pk,
    }


TILLAGG.append(arenden)
