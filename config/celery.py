"""The Celery application. Tasks live in each app's tasks.py and may all run twice (house rule 6)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("insatskollen")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["consumer"].add("grund.insyn.uppgifter:Puls")  # a worker's sign of life
