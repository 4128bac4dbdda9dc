"""The user guide, for those who are signed in, and the accessibility statement, for everybody."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from grund import handbok
from grund.behorighet import Roll
from grund.handbok import Avsnitt
from grund.tillgang import inloggad

# Whom a part is for, in the order in which one reads them; a part that is not named is for everybody, and comes last.
FOR = {
    "handlaggare": {Roll.HANDLAGGARE, Roll.GRUPPCHEF},
    "utforare": {Roll.UTFORARE},
    "controller": {Roll.CONTROLLER, Roll.GRUPPCHEF},
    "avvikelser": {Roll.CONTROLLER},
    "fynd": {Roll.HANDLAGGARE, Roll.GRUPPCHEF, Roll.AVTALSSAMORDNARE, Roll.CONTROLLER, Roll.REVISOR},
    "bestallningar": {Roll.HANDLAGGARE, Roll.GRUPPCHEF, Roll.UTFORARE},
    "nivaandringar": {Roll.AVTALSSAMORDNARE, Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.REVISOR},
    "niva": {Roll.HANDLAGGARE, Roll.AVTALSSAMORDNARE, Roll.UTFORARE},
    "priser-och-avtal": {Roll.CONTROLLER, Roll.AVTALSSAMORDNARE},
    "fakturor": {Roll.CONTROLLER, Roll.GRUPPCHEF},
    "justeringar": {Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.AVTALSSAMORDNARE},
    "utbetalning": {Roll.CONTROLLER, Roll.GRUPPCHEF},
    "arbetsbonus": {Roll.AVTALSSAMORDNARE, Roll.GRUPPCHEF, Roll.CONTROLLER},
    "filer": {Roll.CONTROLLER},
    "inlasning": {Roll.CONTROLLER},
    "namndsekreterare": {Roll.NAMNDSEKRETERARE, Roll.CONTROLLER},
    "omprovning-och-uppfoljning": {Roll.GRUPPCHEF, Roll.CONTROLLER, Roll.NAMNDSEKRETERARE, Roll.REVISOR},
    "handlingsplan": {Roll.CONTROLLER, Roll.AVTALSSAMORDNARE, Roll.GRUPPCHEF, Roll.NAMNDSEKRETERARE},
    "dokument": {Roll.NAMNDSEKRETERARE, Roll.CONTROLLER, Roll.GRUPPCHEF},
    "rapporter": {Roll.GRUPPCHEF, Roll.CONTROLLER, Roll.NAMNDSEKRETERARE, Roll.REVISOR},
    "narvaro-och-avbokningar": {Roll.GRUPPCHEF, Roll.CONTROLLER, Roll.NAMNDSEKRETERARE, Roll.REVISOR},
    "volymer": {Roll.CONTROLLER, Roll.AVTALSSAMORDNARE, Roll.GRUPPCHEF, Roll.NAMNDSEKRETERARE, Roll.REVISOR},
    "avtalsuppfoljning": {Roll.CONTROLLER, Roll.AVTALSSAMORDNARE, Roll.GRUPPCHEF, Roll.REVISOR},
    "simulering": {Roll.CONTROLLER, Roll.AVTALSSAMORDNARE, Roll.GRUPPCHEF, Roll.REVISOR},
    "prognos": {Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.NAMNDSEKRETERARE, Roll.REVISOR},
    "loggens-kedja": {Roll.SYSTEMFORVALTARE, Roll.REVISOR},
    "gallring": {Roll.NAMNDSEKRETERARE, Roll.GRUPPCHEF, Roll.SYSTEMFORVALTARE, Roll.REVISOR, Roll.HANDLAGGARE},
    "registerutdrag": {Roll.HANDLAGGARE, Roll.GRUPPCHEF},
    "arkivexport": {Roll.SYSTEMFORVALTARE},
    "driften": {Roll.SYSTEMFORVALTARE},
    "sakerhetskopior": {Roll.SYSTEMFORVALTARE, Roll.GRUPPCHEF, Roll.REVISOR},
    "revision": {Roll.GRUPPCHEF, Roll.REVISOR, Roll.NAMNDSEKRETERARE, Roll.CONTROLLER},
}
# When the statement was looked through. It says what the tests try, and what nobody has tried.
BEDOMD, UPPDATERAD = date(2026, 11, 25), date(2026, 11, 25)
_SISTA = "ordlista"


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """What there is, the user's own first."""
    mina, andras = _avsnitt(inloggad(request).roller)
    borjan = handbok.hamta(handbok.INDEX)
    return render(request, "hjalp/index.html", {"borjan": borjan, "mina": mina, "andras": andras})


@require_safe
@login_required
def avsnitt(request: HttpRequest, namn: str) -> HttpResponse:
    """A part of the guide."""
    ett = handbok.hamta(namn) if namn != handbok.INDEX else None
    if ett is None:
        msg = "Handboken har inget sådant avsnitt."
        raise Http404(msg)
    mina, andras = _avsnitt(inloggad(request).roller)
    return render(request, "hjalp/avsnitt.html", {"avsnitt": ett, "alla": [*mina, *andras]})


@require_safe
@login_required
def bild(request: HttpRequest, namn: str) -> FileResponse:  # noqa: ARG001
    """A picture of the guide, if somebody has made it."""
    hittad = next((ett for ett in handbok.bilder() if ett.namn == namn), None)
    if hittad is None or not hittad.fil.exists():
        msg = "Bilden är inte gjord."
        raise Http404(msg)
    return FileResponse(hittad.fil.open("rb"), content_type="image/png")


@require_safe
def tillganglighet(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    sammanhang = {"kontakt": settings.TILLGANGLIGHET, "bedomd": BEDOMD, "uppdaterad": UPPDATERAD}
    return render(request, "tillganglighet.html", sammanhang)


def _avsnitt(roller: list[str]) -> tuple[list[Avsnitt], list[Avsnitt]]:
    """Parts for these roles, and the rest, as they are read; what is for everybody last, the word list at the end."""
    alla = [ett for namn in handbok.avsnittsnamn() if (ett := handbok.hamta(namn))]
    ordning = list(FOR)
    alla.sort(key=lambda ett: ordning.index(ett.namn) if ett.namn in FOR else len(ordning) + (ett.namn == _SISTA))
    mina = [ett for ett in alla if _for(ett.namn) & {Roll(roll) for roll in roller}]
    return mina, [ett for ett in alla if ett not in mina]


def _for(namn: str) -> set[Roll]:
    return FOR.get(namn, set(Roll))
