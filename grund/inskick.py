"""A form is taken once: the same page's form, sent twice with the same content, makes one row and not two.

Each rendering of a form carries a token of its own: Django masks the CSRF token anew every time. With the user, the
address and all that was filled in it tells one sending from every other, so no form needs a field of its own and a new
one is guarded from the start. The row of `Inskick` is written in the transaction of what the view does, so of two that
come at once the second waits for the first, whether it is a double click, a browser that sends again, or two tabs.
"""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.db import connection, transaction
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from grund.models import Handelse, Inskick

_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of Django's hidden field
# True also when it has been undone since: a button of an old page, gone back to, is no double click.
REDAN = (
    "Det du skickade var redan sparat och sparades inte en gång till. Vill du göra samma sak igen: öppna formuläret på "
    "nytt."
)


def en_gang(request: HttpRequest, gor: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Answer with `gor`, or lead to where it led when the same form has already stored something.

    What stored nothing (no Handelse) or did not lead on is forgotten, and may be sent again as it is.
    """
    if request.method != "POST" or _TOKEN not in request.POST:
        return gor()
    with transaction.atomic():
        ett, nytt = Inskick.objects.get_or_create(nyckel=_nyckel(request))
        if not nytt:
            messages.info(request, REDAN)
            return HttpResponseRedirect(ett.till)
        fore = _sista_handelsen()
        svar = gor()
        if isinstance(svar, HttpResponseRedirect) and _sparade(request, fore):
            Inskick.objects.filter(pk=ett.pk).update(till=svar.url)
        else:
            ett.delete()
        return svar


def glom() -> int:
    """Delete what no page can send again, and how many: a token does not outlive the session, nor a session the day."""
    dag = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    antal, _ = Inskick.objects.filter(skickat__lt=Now() - dag).delete()
    return antal


def _sista_handelsen() -> int:
    """The number of the last event of all. Of the sequence: a utförare's own role does not meet others' events."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('grund_handelse', 'id')), 0)")
        ((sista,),) = cursor.fetchall()
    return int(sista)


def _sparade(request: HttpRequest, fore: int) -> bool:
    """Whether the user has done something since: every action writes its Handelse."""
    return Handelse.objects.filter(pk__gt=fore, av=request.user.pk).exists()


def _nyckel(request: HttpRequest) -> str:
    """A hash of who sends what to where. Files count by what they hold."""
    falt = sorted((namn, tuple(varden)) for namn, varden in request.POST.lists())
    summa = sha256(repr((request.user.pk, request.get_full_path(), falt)).encode())
    for namn, filer in sorted(request.FILES.lists()):
        for fil in filer:
            summa.update(repr((namn, fil.name, fil.size)).encode(errors="surrogatepass"))
            for bit in fil.chunks():
                summa.update(bit)
            fil.seek(0)
    return summa.hexdigest()
