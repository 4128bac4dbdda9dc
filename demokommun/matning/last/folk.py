"""Those who work at once: users of mixed roles with persons and enheter of their own."""

from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice

from django.contrib.auth.hashers import make_password

from beslut.models import Person, Tilldelning
from demokommun.medarbetare import LOSENORD
from grund.behorighet import Roll
from grund.models import Anvandare
from utforare.actions.tillhorighet import satt_enheter
from utforare.models import Enhet

# Of thirty who are at work: most meet persons or report for an enhet.
SKIFT = {
    Roll.UTFORARE: 12,
    Roll.HANDLAGGARE: 10,
    Roll.GRUPPCHEF: 2,
    Roll.CONTROLLER: 2,
    Roll.AVTALSSAMORDNARE: 1,
    Roll.NAMNDSEKRETERARE: 1,
    Roll.REVISOR: 1,
    Roll.SYSTEMFORVALTARE: 1,
}
NAMN = "last-"


def lagg_upp(antal: int, dag: date) -> list[str]:
    """Add those who are missing and give their user names, mixed. Each utförare has an enhet where somebody is."""
    namn = [f"{NAMN}{roll}-{nummer:03}" for nummer, roll in enumerate(islice(_roller(), antal))]
    finns = set(Anvandare.objects.filter(username__in=namn).values_list("username", flat=True))
    losenord = make_password(LOSENORD)  # once: three hundred would take minutes
    Anvandare.objects.bulk_create(
        Anvandare(username=ett, roller=[_roll(ett)], password=losenord) for ett in namn if ett not in finns
    )
    nya = Anvandare.objects.filter(username__in=set(namn) - finns).order_by("username")
    _tilldela([ett for ett in nya if _roll(ett.username) == Roll.HANDLAGGARE], dag)
    _ge_enheter([ett for ett in nya if _roll(ett.username) == Roll.UTFORARE], dag)
    return namn


def _roller() -> Iterator[Roll]:
    return cycle(roll for omgang in range(max(SKIFT.values())) for roll, antal in SKIFT.items() if omgang < antal)


def _roll(namn: str) -> str:
    return namn.removeprefix(NAMN).rpartition("-")[0]


def _tilldela(handlaggare: list[Anvandare], dag: date) -> None:
    personer = Person.objects.filter(skyddad=False).order_by("pk") if handlaggare else Person.objects.none()
    Tilldelning.objects.bulk_create(
        Tilldelning(person=person, handlaggare=vem, fran=dag)
        for person, vem in zip(personer, cycle(handlaggare), strict=False)
    )


def _ge_enheter(utforare: list[Anvandare], dag: date) -> None:
    """Those of daily activity first: the närvaro grid is what utförare have open most."""
    urval = Enhet.objects.filter(verkstalligheter__period__contains=dag).distinct()
    dagliga = list(urval.filter(verkstalligheter__beslut__insats="LSS-10").order_by("pk"))
    ovriga = list(urval.exclude(pk__in=[ett.pk for ett in dagliga]).order_by("pk"))
    for vem, enhet in zip(utforare, cycle(dagliga + ovriga), strict=False):
        satt_enheter(anvandare=vem, enheter=[enhet], av=None)
