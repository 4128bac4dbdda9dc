"""Who has opened whose data in May, and the gruppchef's controls of it: one finished, one under way.

The moments lie in the past, which no action writes: the rows are made here, and the controls by the actions.
"""

import random
from datetime import datetime, timedelta

from beslut import loggkontroll
from beslut.actions.loggkontroll import avsluta, bedom, dra_urval
from beslut.loggkontroll import Bedomt, Urval
from beslut.models import Lasning, Loggkontroll, Tilldelning
from beslut.regler import Lasningsutfall
from grund.models import Anvandare
from grund.tid import Manad, dygnets_start

_SIDOR = ("akt", "akt", "akt", "beslut", "ärende")
_MOTIV = ("vikarierar i dag", "personen ringde växeln", "vikarierar vecka 20", "hjälper en kollega")
_PER_HANDLAGGARE = 90
_FRO = 20_260_531


def for_logg(manad: Manad) -> None:
    """Fill the month's log, once, and control it."""
    if Loggkontroll.objects.exists():
        return
    slump = random.Random(_FRO)
    for namn in ("jonas", "maria"):
        _las(Anvandare.objects.get(username=namn), manad, slump)
    gustav, nu = Anvandare.objects.get(username="gustav"), dygnets_start(manad.till) + timedelta(hours=9)
    mitten = manad.fran + timedelta(days=15)
    forsta = dra_urval(urval=Urval(manad.fran, mitten), storlek=12, fro=_FRO, av=gustav, nu=nu)
    _bedom(forsta, 12, gustav, nu)
    text = "En läsning saknade grund i arbetet. Samtal förs med medarbetaren och rutinen för vikarier skrivs om."
    avsluta(kontroll=forsta, slutsats=text, av=gustav, nu=nu)
    andra = dra_urval(urval=Urval(mitten, manad.till), storlek=8, fro=_FRO, av=gustav, nu=nu)
    _bedom(andra, 3, gustav, nu)


def _las(vem: Anvandare, manad: Manad, slump: random.Random) -> None:
    """Readings in office hours: the handläggare's own persons, and now and then somebody else's, with a reason."""
    egna = list(Tilldelning.objects.filter(handlaggare=vem).order_by("pk").values_list("person", flat=True))
    andras = list(Tilldelning.objects.exclude(handlaggare=vem).order_by("pk").values_list("person", flat=True))
    Lasning.objects.bulk_create(
        Lasning(
            tidpunkt=_arbetstid(manad, slump),
            anvandare=vem,
            person_id=slump.choice(andras if nummer % 9 == 0 else egna),
            sida=slump.choice(_SIDOR),
            utanfor_uppdrag=nummer % 9 == 0,
            motiv=slump.choice(_MOTIV) if nummer % 9 == 0 else "",
        )
        for nummer in range(_PER_HANDLAGGARE)
    )


def _arbetstid(manad: Manad, slump: random.Random) -> datetime:
    dagar = [manad.fran + timedelta(days=nr) for nr in range(manad.dagar)]
    dag = slump.choice([dag for dag in dagar if dag.weekday() < 5])
    return dygnets_start(dag) + timedelta(hours=8, minutes=slump.randrange(8 * 60), seconds=slump.randrange(60))


def _bedom(kontroll: Loggkontroll, antal: int, av: Anvandare, nu: datetime) -> None:
    """The first `antal` readings: in order, but for a reason that says that it was the wrong person."""
    rader = loggkontroll.rader(kontroll)[:antal]
    bedomda = {rad.nummer: _utlatande(rad.lasning, rader[-1].nummer == rad.nummer) for rad in rader}
    bedom(kontroll=kontroll, bedomda=bedomda, av=av, nu=nu)


def _utlatande(lasning: Lasning, sista: bool) -> Bedomt:
    if sista:
        return Bedomt(Lasningsutfall.EJ_I_ORDNING, "Medarbetaren kan inte säga varför. Samtal hålls 8 juni.")
    if lasning.utanfor_uppdrag:
        return Bedomt(Lasningsutfall.I_ORDNING, "Stämmer med schemat.")
    return Bedomt(Lasningsutfall.I_ORDNING)
