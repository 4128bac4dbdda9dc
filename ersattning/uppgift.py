"""What all of ersättning's tasks are: safe to run twice, and tried again after a cut connection or a killed worker."""

from typing import Any

from celery import Task
from django.db import InterfaceError, OperationalError

AVBROTT = (OperationalError, InterfaceError)  # a connection that was cut


class Uppgift(Task[Any, Any]):
    """A task whose worker was killed counts it as an attempt: a part that kills its worker must not go for ever."""

    autoretry_for = AVBROTT
    retry_backoff = 1
    retry_backoff_max = 10
    max_retries = 10
    retry_on_worker_lost = True
    default_retry_delay = 1
