"""The second wall: a request by somebody who is nothing but a utförare's meets that utförare's rows only (ADR 0040)."""

from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse

from grund import klocka
from grund.databas.roller import utforarvaggen_finns
from grund.databas.utforarvagg import Vems, bara
from grund.models import Anvandare
from utforare.vagg import galler, vems

_LASER = {"GET", "HEAD", "OPTIONS"}


class Radskydd:
    """Middleware, around the view and nothing else of ours. What only reads is one transaction, so that the role is
    taken once; what writes has its own transactions (grund.inskick), each of which takes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        vem = request.user
        if not isinstance(vem, Anvandare) or not galler(vem) or not utforarvaggen_finns():
            return self.get_response(request)
        vars_rader = vems(vem, klocka.idag())
        if request.method in _LASER:
            with transaction.atomic(), bara(vars_rader):
                svar = self.get_response(request)
        else:
            with bara(vars_rader):
                svar = self.get_response(request)
        if isinstance(svar, StreamingHttpResponse) and not svar.is_async:
            svar.streaming_content = _inom(svar.streaming_content, vars_rader)
        return svar


def _inom(bitar: Iterable[bytes], vars_rader: Vems) -> Iterator[bytes]:
    """What is sent after the view has ended is read within the same wall."""
    kalla = iter(bitar)
    while True:
        with bara(vars_rader):
            try:
                bit = next(kalla)
            except StopIteration:
                return
        yield bit
