"""What no page can take is refused: a NUL, which PostgreSQL cannot store, and a number of thousands of digits."""

from collections.abc import Callable, Iterable, Iterator

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.defaults import bad_request

Svar = Callable[[HttpRequest], HttpResponse]
_NUL = "\0"
_FOR_LANGT = "integer string conversion"  # what Python says (sys.set_int_max_str_digits)


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

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A number that is too long for Python to read, such as in the JSON of a form that is not ours."""
        if isinstance(exception, ValueError) and _FOR_LANGT in str(exception):
            return bad_request(request, BadRequest())
        return None


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
