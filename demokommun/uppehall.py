"""Two uppehåll in Ekstad: one that runs at one of petra's enheter, and one of a handläggare's that is over."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q

from grund.models import Anvandare
from grund.tid import STOCKHOLM
from utforare.actions.uppehall import anmal_uppehall
from utforare.models import Uppehall, Verkstallighet
from utforare.regler import Uppehallsorsak
from utforare.tillgang import synliga


def lagg_upp_uppehall(idag: date) -> None:
    """Once. Nothing of what is paid follows from it."""
    if Uppehall.objects.exists():
        return
    nu = datetime.combine(idag, time(9), STOCKHOLM)
    petra = Anvandare.objects.get(username="petra")
    maria = Anvandare.objects.get(username="maria")
    verk = _lampliga(petra, idag)
    if len(verk) < 2:  # a very small Ekstad
        return
    fran = idag - timedelta(days=23)
    anmal_uppehall(
        verk=verk[0], fran=fran, sista=None, orsak=Uppehallsorsak.SJUKHUS, text="Planerad operation.", av=petra, nu=nu
    )
    sista = idag - timedelta(days=40)
    tidigare = sista - timedelta(days=20)
    anmal_uppehall(verk=verk[1], fran=tidigare, sista=sista, orsak=Uppehallsorsak.BORTREST, text="", av=maria, nu=nu)


def _lampliga(petra: Anvandare, idag: date) -> list[Verkstallighet]:
    """Of persons that maria has, who are alive and not protected, and where nothing ends soon; in a fixed order."""
    urval = synliga(petra, idag).filter(
        Q(beslut__till=None) | Q(beslut__till__gt=idag + timedelta(days=60)),
        till=None,
        fran__lt=idag - timedelta(days=90),
        beslut__person__skyddad=False,
        beslut__person__avliden=None,
        beslut__person__tilldelningar__handlaggare__username="maria",
    )
    return list(urval.order_by("nyckel")[:2])
