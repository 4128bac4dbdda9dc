"""What holds for every test."""

import os

from django.conf import settings as django_settings
from hypothesis import settings

# How long an example takes says more of the machine than of the code: no test is judged by its time.
settings.register_profile("huset", deadline=None)
settings.load_profile("huset")


def pytest_configure() -> None:
    """Processes that share the tests have a database each; what Valkey remembers is kept apart by its prefix."""
    if process := os.environ.get("PYTEST_XDIST_WORKER"):
        django_settings.CACHES["default"]["KEY_PREFIX"] += f"-{process}"
