"""To order a year's reports, to make a file of them, and to send again for what was lost."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from grund.atomart import skriv_atomart
from grund.behorighet import Ratt, hinder_for_ratt
from grund.disken import ar_full
from grund.dokument import TypsnittSaknasFel, kontrollera_typsnitt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import antal_ord
from uppfoljning.models import Arsfil, Arssats
from uppfoljning.models.arssats import Arsfilslag
from uppfoljning.rapport import dokument
from uppfoljning.rapport.arbetsbok import skriv_arbetsbok
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapporter.register import RAPPORTER

UPPGIFT = "uppfoljning.tasks.gor_arsfil"  # named, since tasks import this
HANDLING = "bestall_arsrapporter"
FORSTA_AR = 2000
_LAS = 4_711_031  # key of the advisory lock, with the year
MELLAN = timedelta(minutes=1)  # from one time to the next that what was lost is looked for
_BORTA_EFTER = timedelta(minutes=5)  # a task that nothing has been heard of is sent again


def hinder_for_arsrapporter(ar: int, idag: date) -> list[str]:
    """Why the year's reports cannot be made; empty = they can."""
    if not FORSTA_AR <= ar < idag.year:
        return [f"Välj ett år från {FORSTA_AR} till {idag.year - 1}: året ska ha slutat."]
    try:
        kontrollera_typsnitt()
    except TypsnittSaknasFel as fel:
        return [str(fel)]
    if Arsfil.objects.filter(klar=None, fel="", sats__ar=ar, sats__dag=idag).exists():
        return [f"Rapporterna för {ar} är redan beställda i dag. Vänta tills de är klara."]
    return []


@transaction.atomic
def bestall_arsrapporter(*, ar: int, av: Anvandare | None, idag: date, nu: datetime) -> Arssats:
    """Order every report of the year, as PDF and as Excel, of what may stand in public. Raises Hindrad."""
    hinder = hinder_for_ratt(av.roller, Ratt.GORA_TJANSTEUTLATANDE) if av else []
    _en_i_taget(ar)
    if hinder := hinder or hinder_for_arsrapporter(ar, idag):
        raise Hindrad(hinder)
    sats = Arssats.objects.create(ar=ar, dag=idag, bestalld=nu, bestalld_av=av)
    filer = [Arsfil(sats=sats, rapport=nyckel, slag=slag) for nyckel in RAPPORTER for slag in Arsfilslag]
    _sand([fil.pk for fil in Arsfil.objects.bulk_create(filer)])
    skriv_handelse(
        av=av,
        handling=HANDLING,
        objekt=f"arssats:{sats.pk}",
        text=f"Rapporterna för {ar} beställdes: {antal_ord(len(filer), 'fil', 'filer')}.",
    )
    return sats


def _en_i_taget(ar: int) -> None:
    """Of two who order a year at once, the second waits and is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LAS, ar])


def _sand(arsfiler: Iterable[int], **val: Any) -> None:
    """When it is stored. A broker that is away is in the log, and what it did not get is sent again later."""

    def alla() -> None:
        for pk in arsfiler:
            current_app.signature(UPPGIFT, args=(pk,)).apply_async(**val)

    transaction.on_commit(alla, robust=True)


def vantar(nu: datetime) -> QuerySet[Arsfil]:
    """Files that should have been made by now."""
    return Arsfil.objects.filter(klar=None, fel="", sats__bestalld__lt=nu - _BORTA_EFTER)


def sand_borttappade(*, nu: datetime) -> int:
    """Send again for what nobody has made. Twice does no harm; what is not begun until the next time is sent then, so
    that a queue that stands still does not grow."""
    borta = list(vantar(nu).values_list("pk", flat=True))
    _sand(borta, expires=MELLAN.total_seconds())
    return len(borta)


def gor_om(*, sats: Arssats, av: Anvandare) -> int:
    """Send again for the files that failed, and say how many. Raises Hindrad."""
    if hinder := hinder_for_ratt(av.roller, Ratt.GORA_TJANSTEUTLATANDE):
        raise Hindrad(hinder)
    with transaction.atomic():
        felade = list(sats.filer.filter(klar=None).exclude(fel="").values_list("pk", flat=True))
        if not felade:
            raise Hindrad(["Det finns ingen fil att göra om."])
        Arsfil.objects.filter(pk__in=felade).update(fel="")
        _sand(felade)
        text = f"{antal_ord(len(felade), 'fil', 'filer')} av rapporterna för {sats.ar} görs om."
        skriv_handelse(av=av, handling="gor_om_arsrapporter", objekt=f"arssats:{sats.pk}", text=text)
    return len(felade)


@transaction.atomic
def gor_arsfil(*, arsfil_id: int, nu: datetime) -> None:
    """Make the file. Nothing when it is made already, or while another worker is at it: of two that wrote it, the
    one that came last would leave a file that is not the one whose hash is kept."""
    ledig = Arsfil.objects.select_related("sats").select_for_update(of=("self",), skip_locked=True)
    fil = ledig.filter(pk=arsfil_id, klar=None).first()
    if fil is None:
        return
    innehall = _innehall(fil)
    sokvag = f"rapporter/{fil.sats.ar}-{fil.sats.pk}/{fil.rapport}-{fil.sats.ar}.{fil.slag}"
    plats = Path(settings.FILER_DIR) / sokvag
    plats.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    with skriv_atomart(plats) as ut:
        ut.write(innehall)
    Arsfil.objects.filter(pk=arsfil_id, klar=None).update(
        sokvag=sokvag, sha256=sha256(innehall).hexdigest(), storlek=len(innehall), klar=nu, fel=""
    )


def anteckna_fel(*, arsfil_id: int, fel: Exception) -> None:
    """That it could not be made. What went wrong is in the log; here stands its kind, which tells of no person."""
    full = "disken är full" if ar_full(fel) else type(fel).__name__
    text = f"Filen kunde inte göras ({full}). Försök igen, eller be systemförvaltaren läsa loggen."
    Arsfil.objects.filter(pk=arsfil_id, klar=None).update(fel=text)


def _innehall(fil: Arsfil) -> bytes:
    rapport = arets_rapport(fil.rapport, fil.sats.ar, fil.sats.dag)
    if fil.slag == Arsfilslag.PDF:
        return dokument.gor(rapport)
    ut = BytesIO()
    skriv_arbetsbok(ut, rapport, skapad=fil.sats.bestalld)
    return ut.getvalue()


def arets_rapport(nyckel: str, ar: int, dag: date) -> Rapport:
    """The report of the year, as it may stand in public. ValueError: its selection for a year is none that it takes."""
    typ = RAPPORTER[nyckel]
    form = typ.urval(typ.arsurval(ar), dag)
    if not form.is_valid():
        msg = f"{nyckel}: {form.errors.as_json()}"
        raise ValueError(msg)
    return typ.gor(form, dag, Lasare(offentlig=True))
