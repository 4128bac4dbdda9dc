"""Reads what the rules look at. Set-based and bounded: the start page asks for it."""

import shutil
import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min, Q
from django.utils import timezone
from redis.exceptions import RedisError

from ersattning.filer.hamtning import HAMTAD
from ersattning.models import Fil, Korning
from ersattning.models.fil import UTBETALNINGSFILER, Filslag
from ersattning.regler import Status
from grund import kopior
from grund.insyn import puls
from grund.insyn.modeller import Jobb, Uppgiftsfel
from grund.insyn.schema import Post, poster
from grund.models import Handelse
from grund.tid import Manad, lokal_dag
from uppfoljning.driften.ord import jobb_i_ord
from uppfoljning.driften.regler import Export, Jobblage, Lage
from utforare.models import Verkstallighet

# Kinds of Handelse, and the job that looks at the chain of the log each night.
BRUTEN, ATERSTALLD = "logg_bruten", "logg_aterstalld"
KONTROLL = "grund.tasks.kontrollera_loggen"
_MB = 1024 * 1024


def lage(nu: datetime) -> Lage:
    """As it is now."""
    kopierat = kopior.senast()
    aldst = Uppgiftsfel.objects.filter(lost=None, kvitterad=None).aggregate(forst=Min("forst"))["forst"]
    return Lage(
        nu=nu,
        installerad=installerad(nu),
        okorda=okorda(nu),
        exporter=exporter(),
        kopia=kopierat.get(kopior.KOPIERAD),
        kopia_fel=kopierat.get(kopior.MISSLYCKADES),
        provad=kopierat.get(kopior.PROVAD),
        jobb=jobb(),
        uppgiftsfel=Uppgiftsfel.objects.filter(lost=None, kvitterad=None).count() if aldst else 0,
        aldsta_fel=aldst,
        ledigt_mb=shutil.disk_usage(settings.DATA_DIR).free // _MB,
        minst_mb=settings.DISK_MINST_MB,
        bruten=bruten(),
        manad_arbetsdagar=settings.LARM_MANAD,
        export_arbetsdagar=settings.LARM_EXPORT,
        **_kon(),
    )


def senast(handling: str) -> datetime | None:
    """When something of this kind last happened. A partial index has these few kinds (grund.models.Handelse)."""
    nar: datetime | None = Handelse.objects.filter(handling=handling).aggregate(senast=Max("tidpunkt"))["senast"]
    return nar


def bruten() -> datetime | None:
    """Since when the chain of the log is known to be broken. None when a later check has gone through without a word,
    or a person has said that the database was restored."""
    if (brots := senast(BRUTEN)) is None:
        return None
    kontroll = Jobb.objects.filter(namn=KONTROLL, utfall=Jobb.Utfall.KLART).first()
    holl = [nar for nar in (kontroll and kontroll.startat, senast(ATERSTALLD)) if nar]
    return None if holl and max(holl) > brots else brots


def installerad(nu: datetime) -> datetime:
    """When the tables of grund.insyn came: what should have been done before is not missed.

    On a day that is set (settings.IDAG) no time has passed since: the tables came by the computer's clock, and that may
    be any other day.
    """
    if settings.IDAG is not None:
        return nu
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(applied) FROM django_migrations WHERE app = 'grund' AND name LIKE '%%insyn%%'", [])
        ((nar,),) = cursor.fetchall()
    return nar or nu


def okorda(nu: datetime) -> tuple[Manad, ...]:
    """Months that are over and not calculated, from the first that was; the latest when none ever was and somebody
    was given support in it."""
    forra = Manad.av(lokal_dag(nu)).plus(-1)
    korda = dict(Korning.objects.values_list("manad", "status"))
    if not korda:
        fanns = Verkstallighet.objects.filter(Q(till=None) | Q(till__gt=forra.fran), fran__lt=forra.till).exists()
        return (forra,) if fanns else ()
    manader = Manad.av(min(korda)).till_och_med(forra)
    return tuple(ett for ett in manader if korda.get(ett.fran, Status.BERAKNAS) == Status.BERAKNAS)


def exporter() -> tuple[Export, ...]:
    """Payment files of months that are settled and not marked as paid."""
    filer = Fil.objects.filter(korning__status=Status.FASTSTALLD, slag__in=UTBETALNINGSFILER)
    per_manad: dict[Manad, list[tuple[str, datetime]]] = {}
    for manad, slag, skapad in filer.order_by("korning__manad", "slag").values_list("korning__manad", "slag", "skapad"):
        per_manad.setdefault(Manad.av(manad), []).append((slag, skapad))
    hamtade = _hamtade([f"korning:{manad}" for manad in per_manad])
    return tuple(
        Export(
            manad,
            max(skapad for _, skapad in gjorda),
            tuple(str(Filslag(slag).label) for slag, _ in gjorda if (str(manad), slag) not in hamtade),
        )
        for manad, gjorda in per_manad.items()
    )


def _hamtade(objekt: list[str]) -> set[tuple[str, str]]:
    if not objekt:
        return set()
    rader = Handelse.objects.filter(handling=HAMTAD, objekt__in=objekt).values_list("objekt", "data__slag")
    return {(om.removeprefix("korning:"), slag) for om, slag in rader}


def jobb() -> tuple[Jobblage, ...]:
    """Each job of the clock's, as it last went."""
    kanda = {ett.namn: ett for ett in Jobb.objects.all()}
    return tuple(
        Jobblage(
            namn=post.uppgift,
            i_ord=jobb_i_ord(post.nyckel),
            mellan=post.mellan,
            lyckades=sag.lyckades if (sag := kanda.get(post.uppgift)) else None,
            gick_fel=sag.slutat if sag and sag.utfall == Jobb.Utfall.FEL else None,
        )
        for post in poster()
    )


def _kon() -> dict[str, Any]:
    try:
        langd = puls.kolangd()
        klara = sum(ett.antal for ett in puls.uppgiftstal().values())
        stilla = puls.star_still(langd, klara, time.time())
        horda = puls.horda()
    except (RedisError, OSError):
        return {"ko_svarar": False, "arbetare": None, "klocka": None}
    return {
        "ko": langd,
        "stilla": stilla,
        "arbetare": min(horda[puls.ARBETARE].values(), default=None),
        "klocka": min(horda[puls.KLOCKA].values(), default=None),
    }


def nasta(post: Post, nu: datetime) -> datetime | None:
    """When the clock sends the job the next time; None for what goes all the time."""
    if post.mellan is not None:
        return None
    kvar: timedelta = post.schema.remaining_estimate(timezone.localtime())
    return (nu + kvar + timedelta(seconds=30)).replace(second=0, microsecond=0)  # some time went between the two clocks
