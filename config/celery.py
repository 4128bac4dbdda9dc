"""The Celery application. Tasks live in each app's tasks.py and may all run twice (house rule 6)."""

import os

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("insatskollen")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["consumer"].add("grund.insyn.uppgifter:Puls")  # a worker's sign of life


@worker_ready.connect
def _vid_start(**_: object) -> None:
    from grund.databas.start import varna  # noqa: PLC0415  the apps are not loaded before this

    varna()
