"""Sees a körning through from the terminal: starts it, watches the database, and sends again what got lost.

A worker that is killed, a broker that forgets and a connection that is cut all look the same from here: parts that
nobody holds. Sending one twice does no harm (ersattning.actions.rakna_del), so that is the whole cure.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerFel

from ersattning import actions, queries, tasks
from ersattning.models import Delkorning, Korning
from ersattning.queries import Framsteg
from ersattning.regler import Status
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.tid import Manad

KORNINGSLAS = 4_711_002  # first key of the advisory lock; the second is the month
PAUS = 0.1  # seconds between looks
TALAMOD = 3.0  # seconds without anyone at work before parts are sent again
UPPGIVET = 60.0  # seconds without progress before giving up

Rapport = Callable[[Framsteg], None]


def kor(*, manad: Manad, av: Anvandare | None, rapport: Rapport) -> Korning:
    """Calculate the month with the workers' help and wait until it is beräknad. Hindrad when it may not be."""
    with ensam_om(manad):
        korning = actions.starta_korning(manad=manad, av=av, nu=timezone.now())
        with suppress(BrokerFel, OSError):
            tasks.skicka_delar(korning)
        _vanta(korning, rapport)
    korning.refresh_from_db()
    return korning


@contextmanager
def ensam_om(manad: Manad) -> Iterator[None]:
    """Hold the month's lock; Hindrad when another körning of it is under way."""
    if not _ta_las(manad):
        raise Hindrad([f"{manad} körs redan. Vänta tills den körningen är klar."])
    try:
        yield
    finally:
        with suppress(OperationalError, InterfaceError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")


def _ta_las(manad: Manad) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [KORNINGSLAS, manad.ar * 100 + manad.nummer])
        ((fick,),) = cursor.fetchall()
    return bool(fick)


def _vanta(korning: Korning, rapport: Rapport) -> None:
    sedan, senast = time.monotonic(), time.monotonic()
    klara = -1
    while True:
        with suppress(OperationalError, InterfaceError):
            framsteg = queries.framsteg(korning)
            rapport(framsteg)
            if Korning.objects.get(pk=korning.pk).status != Status.BERAKNAS:
                return
            nu = time.monotonic()
            if framsteg.klara > klara:
                klara, sedan, senast = framsteg.klara, nu, nu
            elif nu - senast > TALAMOD and _ingen_arbetar(korning):
                senast = nu
                with suppress(BrokerFel, OSError):
                    tasks.skicka_delar(korning)
            if nu - sedan > UPPGIVET and _ingen_arbetar(korning):
                raise Hindrad([_ger_upp(korning)])
            time.sleep(PAUS)
            continue
        _koppla_upp_igen(korning)


def _ger_upp(korning: Korning) -> str:
    return (
        f"Beräkningen av {korning} kommer inte vidare: inget har hänt på {UPPGIVET:.0f} sekunder. "
        "Kontrollera att en arbetare är igång och läs dess logg. Inget är fastställt; kör månaden igen."
    )


def _ingen_arbetar(korning: Korning) -> bool:
    """Whether no task holds a part of the körning."""
    kvar = Delkorning.objects.filter(korning=korning, klar__isnull=True)
    with transaction.atomic():
        fria = len(kvar.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))
    return fria == kvar.count()


def _koppla_upp_igen(korning: Korning) -> None:
    """The connection was cut: the lock went with it, so take it again before going on."""
    connection.close()
    time.sleep(1)
    with suppress(OperationalError, InterfaceError):
        if not _ta_las(Manad.av(korning.manad)):
            raise Hindrad([f"{korning} körs redan av någon annan."])
