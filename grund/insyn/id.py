"""The name of a request: on every line that it led to, also in the workers, and shown where something went wrong."""

import re
import secrets

import structlog
from django.conf import settings
from django.http import HttpRequest

from grund.insyn.skrubba import utan_nummer

HUVUD = "X-Request-ID"
_TECKEN = "23456789bcdfghjkmnpqrstvwxz"  # read out over a telephone: no vowels, nothing that looks like another
_FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


def nytt() -> str:
    """As `k7pm-2fqt-9wxz`: 57 bits, which nobody guesses and nobody meets twice."""
    return "-".join("".join(secrets.choice(_TECKEN) for _ in range(4)) for _ in range(3))


def godtagbart(text: str) -> bool:
    """Whether an id from outside may stand in a log: no line breaks, no length, nobody's number."""
    return bool(_FORM.fullmatch(text)) and utan_nummer(text) == text


def ur(request: HttpRequest) -> str:
    """The id that our proxy gave, if it did; else a new one."""
    givet = request.META.get("HTTP_X_REQUEST_ID", "")
    via_proxyn = settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0 and "HTTP_X_FORWARDED_FOR" in request.META
    return givet if via_proxyn and godtagbart(givet) else nytt()


def nuvarande() -> str:
    """The id of what this thread is at, or empty."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))
