"""The simulering's tasks: each may run twice with the same end, and what is done stands in the database (ADR 0006)."""

from collections.abc import Iterator
from contextlib import contextmanager

from celery import group, shared_task

from ersattning.models import Simulering, Simuleringsdel
from ersattning.prognos.actions import avsluta
from ersattning.simulering import actions
from ersattning.uppgift import AVBROTT, Uppgift
from grund import klocka


@contextmanager
def _antecknar_fel(simulering_id: int | None) -> Iterator[None]:
    try:
        yield
    except AVBROTT:
        raise
    except Exception as fel:
        if simulering_id is not None:
            actions.anteckna_misslyckad(simulering_id=simulering_id, fel=fel)
        raise


@shared_task(base=Uppgift)
def simulera_del(del_id: int) -> None:
    """Calculate one part; the last one ends it."""
    simulering_id = Simuleringsdel.objects.filter(pk=del_id).values_list("simulering_id", flat=True).first()
    with _antecknar_fel(simulering_id):
        if actions.rakna_del(del_id=del_id, nu=klocka.nu()) and simulering_id:
            avsluta(simulering_id=simulering_id, nu=klocka.nu())


@shared_task(base=Uppgift)
def avsluta_simulering(simulering_id: int) -> None:
    """End a simulering that has no parts left."""
    with _antecknar_fel(simulering_id):
        avsluta(simulering_id=simulering_id, nu=klocka.nu())


def skicka(simulering: Simulering) -> int:
    """Send every part that is not done to the workers, or for the end when all are; returns how many."""
    kvar = list(simulering.delar.filter(klar__isnull=True).order_by("nummer").values_list("pk", flat=True))
    if kvar:
        group(simulera_del.s(pk) for pk in kvar).apply_async()
    else:
        avsluta_simulering.delay(simulering.pk)
    return len(kvar)
