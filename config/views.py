"""The way in: a page for each that signs in, by what they may do."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from config.meny import menyval
from grund.tillgang import inloggad


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Go to the first thing in the menu."""
    val = menyval(inloggad(request))
    if not val:
        msg = "Ditt konto har ingen roll som ger tillgång till någon sida än. Be systemförvaltaren om rätt roll."
        raise PermissionDenied(msg)
    return redirect(val[0].vy)
