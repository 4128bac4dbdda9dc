"""The körning's tasks. Each may run twice with the same end; what is done stands in the database, not in the broker.

A chord would count the parts in the broker, and lose count with it. Instead whoever finishes the last part, as the
database sees it, sends for the end; and kor_manad sends again whatever was lost (ersattning.vakt).
"""

from typing import Any

from celery import group, shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from ersattning import actions
from ersattning.models import Delkorning, Korning

_FORSOK_IGEN: dict[str, Any] = {
    "autoretry_for": (OperationalError, InterfaceError),  # a connection that was cut
    "retry_backoff": 1,
    "retry_backoff_max": 10,
    "max_retries": 10,
}


@shared_task(**_FORSOK_IGEN)
def rakna_del(delkorning_id: int) -> None:
    """Calculate one part; the last one sends for the end."""
    korning = actions.rakna_del(delkorning_id=delkorning_id, nu=timezone.now())
    if korning and not korning.delar.filter(klar__isnull=True).exists():
        avsluta_korning.delay(korning.pk)


@shared_task(**_FORSOK_IGEN)
def avsluta_korning(korning_id: int) -> None:
    """Call the month beräknad when every part is done."""
    actions.avsluta_korning(korning_id=korning_id, nu=timezone.now())


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
