"""What every answer carries and every request must stand, whatever it is about: the outermost of our middleware."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control

Svar = Callable[[HttpRequest], HttpResponse]

METODER = ("GET", "HEAD", "POST")
# Nothing that a browser could lend a page is used, but security keys.
_AVSTANGT = (
    "accelerometer", "autoplay", "camera", "clipboard-read", "display-capture", "encrypted-media",
    "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone",
    "midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
BEHORIGHETER = ", ".join(
    [*(f"{ett}=()" for ett in _AVSTANGT), "publickey-credentials-create=(self)", "publickey-credentials-get=(self)"]
)
FOR_STORT = "Det som skickades är för stort. Dela upp det på flera gånger."


class Huvuden:
    """Middleware: only the methods that pages have, no more than can be taken in, and the headers of every answer.

    What says nothing of caching is kept by nobody: the next one at a shared computer finds no person by going back.
    Static files, which WhiteNoise answers with, say so themselves.
    """

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        svar = _nekat(request) or self.get_response(request)
        svar.headers.setdefault("Permissions-Policy", BEHORIGHETER)
        svar.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        svar.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if not svar.has_header("Cache-Control"):
            patch_cache_control(svar, private=True, no_store=True)
        return svar


def _nekat(request: HttpRequest) -> HttpResponse | None:
    """The refusal of what is not even looked at. A length that is no number is none: Django reads nothing then."""
    if request.method not in METODER:
        return HttpResponseNotAllowed(METODER)
    langd = str(request.META.get("CONTENT_LENGTH") or "")
    if langd.isdecimal() and (len(langd) > 15 or int(langd) > settings.STORSTA_INSKICK):
        return HttpResponse(FOR_STORT, status=413, content_type="text/plain; charset=utf-8")
    return None
