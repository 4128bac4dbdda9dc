"""What no page can take is refused at the door: a NUL, which PostgreSQL cannot store as text."""

from collections.abc import Callable, Iterable, Iterator

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.defaults import bad_request

Svar = Callable[[HttpRequest], HttpResponse]
_NUL = "\0"


class Tecken:
    """Middleware: a NUL in the path, the query, a cookie or a form's field is a request that cannot be read (400).

    Nobody can type one. JSON is read by the view that takes it (grund.skickat.json_ur).
    """

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(_NUL in text for text in _texter(request)):
            return bad_request(request, BadRequest())
        return self.get_response(request)


def _texter(request: HttpRequest) -> Iterator[str]:
    yield request.path_info
    yield from request.COOKIES.values()
    yield from _falt(request.GET)
    if request.method == "POST":
        yield from _falt(request.POST)


def _falt(falt: QueryDict) -> Iterable[str]:
    for namn, varden in falt.lists():
        yield namn
        yield from (varde for varde in varden if isinstance(varde, str))
