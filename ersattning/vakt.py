"""Sees a körning through: starts it, watches the database, and sends again what got lost.

A worker that is killed, a broker that forgets and a connection that is cut all look the same from here: an empty queue,
nobody at work, and parts that are not done. Sending one twice does no harm (ersattning.actions.rakna_del), so that is
the whole cure.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.db import connection, transaction
from django.db.models import Max
from kombu.exceptions import OperationalError as BrokerFel

from ersattning import actions, queries, tasks
from ersattning.models import Korning
from ersattning.queries import Framsteg
from ersattning.regler import Status
from ersattning.uppgift import AVBROTT
from grund import klocka
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.tid import Manad

KORNINGSLAS = 4_711_003  # first key of the advisory lock; the second is the month
PAUS = 0.25  # seconds between looks
TALAMOD = 3.0  # seconds with an empty queue and nobody at work before parts are sent again
UPPGIVET = 60.0  # seconds without a part done or a task taken before giving up
LANGSTA_DEL = 600.0  # the same while somebody is at work
LASVANTAN = 2.0  # seconds for a killed command's connection to let go of the month

Rapport = Callable[[Framsteg], None]


def kor(*, manad: Manad, av: Anvandare | None, rapport: Rapport) -> Korning:
    """Calculate the month with the workers' help and wait until it is beräknad. Hindrad when it may not be."""
    with ensam_om(manad):
        korning = _starta(manad, av)
        _skicka(korning)
        _vanta(korning, rapport)
    korning.refresh_from_db()
    return korning


def starta(*, manad: Manad, av: Anvandare | None, slapp_granskning: bool = True) -> Korning:
    """Begin a calculation and leave it to the clock (tasks.se_efter). Hindrad when it may not be, or is under way.

    `slapp_granskning` as for actions.starta_korning.
    """
    with transaction.atomic():  # the lock is the transaction's: the web's connections may be pooled by transaction
        _ta_las(manad, laser="pg_try_advisory_xact_lock")
        korning = queries.hamta_korning(manad)
        if korning and _pagar(korning):
            raise Hindrad([f"{manad} körs redan. Vänta tills den körningen är klar."])
        korning = _starta(manad, av, slapp_granskning=slapp_granskning)
    _skicka(korning)
    return korning


def _pagar(korning: Korning) -> bool:
    """Whether a calculation is under way: one that has failed, or stood still for long, may be started anew."""
    if korning.status != Status.BERAKNAS or queries.misslyckanden(korning):
        return False
    rorde_sig = korning.delar.aggregate(senast=Max("klar"))["senast"] or korning.startad
    stilla = abs((klocka.nu() - rorde_sig).total_seconds())  # a clock put back must not lock the month till it is there
    return stilla < UPPGIVET or queries.nagon_arbetar() or tasks.antal_i_kon() > 0


def _starta(manad: Manad, av: Anvandare | None, *, slapp_granskning: bool = True) -> Korning:
    try:
        return actions.starta_korning(manad=manad, av=av, nu=klocka.nu(), slapp_granskning=slapp_granskning)
    except AVBROTT as fel:
        text = f"Beräkningen av {manad} kunde inte börja: förbindelsen med databasen bröts, eller så håller en tidigare"
        raise Hindrad([f"{text} körning ännu i månaden. Ingenting är ändrat; kör månaden igen om en stund."]) from fel


@contextmanager
def ensam_om(manad: Manad) -> Iterator[None]:
    """Hold the month's lock over many transactions; Hindrad when another körning of it is under way.

    The lock is the connection's, which must then be a straight one (docs/skala.md, PgBouncer).
    """
    _ta_las(manad)
    try:
        yield
    finally:
        with suppress(*AVBROTT), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")


def _ta_las(manad: Manad, laser: str = "pg_try_advisory_lock") -> None:
    slut = time.monotonic() + LASVANTAN
    while not _fick_las(manad, laser):
        if time.monotonic() > slut:
            raise Hindrad([f"{manad} körs redan. Vänta tills den körningen är klar."])
        time.sleep(PAUS)


def _fick_las(manad: Manad, laser: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {laser}(%s, %s)", [KORNINGSLAS, manad.ar * 100 + manad.nummer])
        ((fick,),) = cursor.fetchall()
    return bool(fick)


def _skicka(korning: Korning) -> None:
    with suppress(BrokerFel, OSError, *AVBROTT):  # what does not get through is sent again
        tasks.skicka_delar(korning)


class _Tillsyn:
    """What has been seen of a körning: when it last moved, and when somebody was last at work."""

    def __init__(self) -> None:
        self.klara, self.i_kon = -1, math.inf
        self.rorde_sig = self.arbetade = time.monotonic()
        self.arbetar = False

    def se(self, klara: int) -> None:
        nu, i_kon = time.monotonic(), tasks.antal_i_kon()
        self.arbetar = queries.nagon_arbetar()
        if self.arbetar or i_kon:
            self.arbetade = nu
        if klara > self.klara or i_kon < self.i_kon:  # the queue is shared: other work may have to be done first
            self.klara, self.i_kon, self.rorde_sig = klara, i_kon, nu

    def har_tappats(self) -> bool:
        """Whether what is left must be sent again."""
        if time.monotonic() - self.arbetade <= TALAMOD:
            return False
        self.arbetade = time.monotonic()
        return True

    def star_still(self) -> bool:
        return time.monotonic() - self.rorde_sig > (LANGSTA_DEL if self.arbetar else UPPGIVET)


def _vanta(korning: Korning, rapport: Rapport) -> None:
    tillsyn = _Tillsyn()
    while not _ar_klar(korning, rapport, tillsyn):
        if tillsyn.star_still():
            raise Hindrad([_ger_upp(korning)])
        time.sleep(PAUS)


def _ar_klar(korning: Korning, rapport: Rapport, tillsyn: _Tillsyn) -> bool:
    try:
        if connection.connection is None:  # it was cut, and the lock went with it
            _ta_las(Manad.av(korning.manad))
        framsteg = queries.framsteg(korning)
        rapport(framsteg)
        if Korning.objects.get(pk=korning.pk).status != Status.BERAKNAS:
            return True
        if fel := queries.misslyckanden(korning):
            raise Hindrad([*fel, "Inget är fastställt. Kör månaden igen när felet är rättat."])
        tillsyn.se(framsteg.klara)
        if tillsyn.har_tappats():
            _skicka(korning)
    except AVBROTT:
        tillsyn.arbetar = False
        connection.close()
    return False


def _ger_upp(korning: Korning) -> str:
    return (
        f"Beräkningen av {korning} kommer inte vidare: inget har hänt på länge. "
        "Kontrollera att databasen, kön och en arbetare är igång och läs arbetarens logg. "
        "Inget är fastställt; kör månaden igen."
    )
