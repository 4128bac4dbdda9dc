"""The körning's tasks. Each may run twice with the same end; what is done stands in the database, not in the broker.

A chord would count the parts in the broker, and lose count with it. Instead whoever finishes the last part, as the
database sees it, sends for the end; and kor_manad sends again whatever was lost (ersattning.vakt).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app, group, shared_task
from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from ersattning import actions, queries
from ersattning.filer.tasks import skapa_filer
from ersattning.models import Delkorning, Korning, Simulering
from ersattning.regler import Simuleringslage, Status
from ersattning.simulering.tasks import avsluta_simulering, simulera_del, skicka
from ersattning.uppgift import AVBROTT, Uppgift
from grund import klocka

__all__ = [
    "antal_i_kon",
    "avsluta_korning",
    "avsluta_simulering",
    "rakna_del",
    "se_efter",
    "simulera_del",
    "skapa_filer",
    "skicka_delar",
]  # Celery looks here for all


@contextmanager
def _antecknar_fel(korning_id: int | None) -> Iterator[None]:
    try:
        yield
    except AVBROTT:
        raise
    except Exception as fel:
        if korning_id is not None:
            actions.anteckna_misslyckad(korning_id=korning_id, fel=fel)
        raise


@shared_task(base=Uppgift)
def rakna_del(delkorning_id: int) -> None:
    """Calculate one part; the last one sends for the end."""
    korning_id = Delkorning.objects.filter(pk=delkorning_id).values_list("korning_id", flat=True).first()
    with _antecknar_fel(korning_id):
        korning = actions.rakna_del(delkorning_id=delkorning_id, nu=klocka.nu())
    if korning and not korning.delar.filter(klar__isnull=True).exists():
        avsluta_korning.delay(korning.pk)


@shared_task(base=Uppgift)
def avsluta_korning(korning_id: int) -> None:
    """Call the month beräknad when every part is done."""
    with _antecknar_fel(korning_id):
        actions.avsluta_korning(korning_id=korning_id, nu=klocka.nu())


@shared_task(base=Uppgift)
def se_efter() -> None:
    """Send again what a calculation that nobody watches has lost: nothing in the queue, nobody at work, parts left."""
    for korning in Korning.objects.filter(status=Status.BERAKNAS):
        if not (antal_i_kon() or queries.nagon_arbetar() or queries.misslyckanden(korning)):
            skicka_delar(korning)
    for simulering in Simulering.objects.filter(status=Simuleringslage.RAKNAS):
        if not (antal_i_kon() or queries.nagon_arbetar()):
            skicka(simulering)


def skicka_delar(korning: Korning) -> int:
    """Send every part that is not done to the workers, or for the end when all are; returns how many parts."""
    kvar = list(
        Delkorning.objects.filter(korning=korning, klar__isnull=True).order_by("nummer").values_list("pk", flat=True)
    )
    if kvar:
        group(rakna_del.s(pk) for pk in kvar).apply_async()
    else:
        avsluta_korning.delay(korning.pk)
    return len(kvar)


def antal_i_kon() -> int:
    """How many tasks no worker has taken yet; 0 if the queue does not answer."""
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=5, retry=Retry(NoBackoff(), 0)) as ko:
            return int(ko.llen(current_app.conf.task_default_queue))
    except RedisError:
        return 0
