"""Pages of what went wrong that must render without a session or a database: with the code that finds it in the log."""

from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseServerError
from django.template.loader import render_to_string


def _kod(request: HttpRequest) -> dict[str, str]:
    return {"felkod": getattr(request, "begaran", "")}


def serverfel(request: HttpRequest) -> HttpResponseServerError:
    """500. No context processor is run: one may be what failed."""
    return HttpResponseServerError(render_to_string("500.html", _kod(request)))


def ogiltig(request: HttpRequest, exception: Exception) -> HttpResponseBadRequest:  # noqa: ARG001
    """400. What was wrong with the request is in the log."""
    return HttpResponseBadRequest(render_to_string("400.html", _kod(request)))
