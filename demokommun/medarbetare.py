"""Those who work in Ekstad: one or two in each role, with persons and enheter of their own. Made-up names."""

from datetime import date
from typing import NamedTuple

from beslut.actions.tilldelning import tilldela
from beslut.models import Person, Tilldelning
from grund.actions import satt_ser_skyddade, skapa_anvandare
from grund.behorighet import Roll
from grund.models import Anvandare
from utforare.actions.tillhorighet import satt_enheter
from utforare.models import Enhet, Utforare

LOSENORD = "ekstad-demo-2026"  # only where INSATSKOLLEN_LAGE=utveckling has let this app in


class Medarbetare(NamedTuple):
    namn: str
    roll: Roll
    fornamn: str
    efternamn: str


MEDARBETARE = (
    Medarbetare("maria", Roll.HANDLAGGARE, "Maria", "Lindqvist"),
    Medarbetare("jonas", Roll.HANDLAGGARE, "Jonas", "Wik"),
    Medarbetare("gustav", Roll.GRUPPCHEF, "Gustav", "Ek"),
    Medarbetare("eva", Roll.AVTALSSAMORDNARE, "Eva", "Sandström"),
    Medarbetare("petra", Roll.UTFORARE, "Petra", "Öhman"),
    Medarbetare("omar", Roll.UTFORARE, "Omar", "Haddad"),
    Medarbetare("klara", Roll.CONTROLLER, "Klara", "Lind"),
    Medarbetare("nora", Roll.NAMNDSEKRETERARE, "Nora", "Sand"),
    Medarbetare("rut", Roll.REVISOR, "Rut", "Holm"),
    Medarbetare("sven", Roll.SYSTEMFORVALTARE, "Sven", "Åberg"),
)


def lagg_upp() -> None:
    """Add those who are not there."""
    finns = set(Anvandare.objects.values_list("username", flat=True))
    for namn, roll, fornamn, efternamn in MEDARBETARE:
        if namn not in finns:
            skapa_anvandare(namn=namn, roller=[roll], losenord=LOSENORD, av=None, fornamn=fornamn, efternamn=efternamn)


def satt_i_arbete(dag: date) -> None:
    """Share out persons and enheter, once."""
    if Tilldelning.objects.exists():
        return
    handlaggare = list(Anvandare.objects.filter(username__in=["maria", "jonas"]).order_by("-username"))
    for nummer, person in enumerate(Person.objects.order_by("nyckel")):
        tilldela(person=person, handlaggare=handlaggare[nummer % len(handlaggare)], fran=dag, av=None)
    gustav = Anvandare.objects.get(username="gustav")
    skal = "Gruppchefen svarar för enhetens skyddade personer"
    satt_ser_skyddade(anvandare=gustav, ser=True, skal=skal, av=Anvandare.objects.get(username="sven"))
    _ge_enheter("petra", "LSS-10")
    _ge_enheter("omar", "SOL-BOSTOD")


def _ge_enheter(namn: str, insats: str) -> None:
    """The enheter of the private utförare with the most units in the insats."""
    urval = Utforare.objects.filter(avtal__insats=insats, regi="privat").distinct()
    utforare = max(urval.order_by("nyckel"), key=lambda ett: ett.enheter.count())
    enheter = Enhet.objects.filter(utforare=utforare, verkstalligheter__beslut__insats=insats).distinct()
    satt_enheter(anvandare=Anvandare.objects.get(username=namn), enheter=list(enheter), av=None)
