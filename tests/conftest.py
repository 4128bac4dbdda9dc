"""What holds for every test."""

import os

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from hypothesis import settings

# How long an example takes says more of the machine than of the code: no test is judged by its time.
settings.register_profile("huset", deadline=None)
settings.load_profile("huset")


def pytest_configure() -> None:
    """Processes that share the tests have a database each, but one Valkey: keys and queue bear the process's name.

    Made-up passwords need no slow hash, and hundreds of made-up users would wait for it.
    """
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if process := os.environ.get("PYTEST_XDIST_WORKER"):
        django_settings.CACHES["default"]["KEY_PREFIX"] += f"-{process}"
        django_settings.CELERY_TASK_DEFAULT_QUEUE = f"celery-{process}"


@pytest.fixture
def inga_forsok() -> None:
    """Forget how many times somebody has tried to sign in: Valkey remembers between tests. Celery's queue stays."""
    cache = caches["default"]
    klient = cache._cache.get_client(None, write=True)
    if nycklar := list(klient.scan_iter(f"{cache.key_prefix}:*")):
        klient.delete(*nycklar)
