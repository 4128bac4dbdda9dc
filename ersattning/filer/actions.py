"""Making the month's files: once for a settled month, anew as often as wanted for one that is not.

A file of a settled month is never made again. If it is lost or altered that is said aloud, and a person puts it back.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from celery import current_app
from django.conf import settings
from django.db import transaction

from ersattning.filer import lager, manadsbok, queries, specifikation_pdf, specifikation_xlsx, underlag_xlsx
from ersattning.filer.innehall import Specifikation
from ersattning.filer.text import filnamn
from ersattning.models import Fil, Korning
from ersattning.models.fil import UTBETALNINGSFILER, Filslag
from ersattning.regler import Status
from grund import disken, klocka
from grund.atomart import flytta, utkast
from grund.dokument import TypsnittSaknasFel, kontrollera_typsnitt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from utforare.models import Utforare

UPPGIFT = "ersattning.filer.skapa_filer"  # the task in tasks.py; named, since tasks import actions
MISSLYCKAD = "fil_misslyckades"


def bestall_filer(*, korning: Korning) -> int:
    """Send tasks for the files that are missing; gives how many files there will be in all. Raises Hindrad.

    The preliminary files of a month that is not settled are removed first, so that all are made from the same numbers.
    """
    kontrollera_forutsattningar(korning=korning)
    if not korning.ar_fast:
        ta_bort_preliminara(korning)
    sand_saknade(korning=korning)
    return len(queries.vantade_filer(korning))


def sand_saknade(*, korning: Korning) -> None:
    """One task per provider that lacks a file, and one for the workbook. Sending twice does no harm."""
    mottagare = {utforare for utforare, _ in queries.saknade_filer(korning)}
    for utforare in sorted(mottagare, key=lambda pk: pk or 0):  # the workbook first: it takes the longest
        uppgift = current_app.signature(UPPGIFT, args=(korning.pk, korning.omgang, utforare))
        transaction.on_commit(uppgift.apply_async)


def kontrollera_forutsattningar(*, korning: Korning) -> None:
    """Raise Hindrad with what stands in the way of the files."""
    if korning.status == Status.BERAKNAS:
        raise Hindrad([f"{korning} är inte färdigberäknad. Vänta, eller kör månaden igen om beräkningen avbröts."])
    try:
        kontrollera_typsnitt()
        Path(settings.FILER_DIR).mkdir(mode=0o750, parents=True, exist_ok=True)
    except TypsnittSaknasFel as fel:
        raise Hindrad([str(fel)]) from fel
    except OSError as fel:
        raise Hindrad([f"Filerna kan inte sparas i {settings.FILER_DIR}: {fel.strerror}."]) from fel


def skapa_filer(*, korning: Korning, utforare: Utforare | None) -> list[Fil]:
    """Make the files of one provider, or the controller's workbook (None). Those that are made already are left."""
    egna = Fil.objects.filter(korning=korning, utforare=utforare).exclude(slag__in=UTBETALNINGSFILER)
    gjorda = {Filslag(fil.slag): fil for fil in egna}
    for fil in gjorda.values():
        _krav_oforandrad(fil)
    satt = _satt_att_skriva(korning, utforare, gjorda)
    return [*gjorda.values(), *(skapa_fil(korning, slag, utforare, skriv) for slag, skriv in satt.items())]


def skapa_filer_direkt(*, korning: Korning) -> int:
    """Make what is missing here and now, without workers; gives how many files there are. Raises Hindrad."""
    kontrollera_forutsattningar(korning=korning)
    if not korning.ar_fast:
        ta_bort_preliminara(korning)
    for utforare in [None, *queries.utforare_i_korning(korning)]:
        skapa_filer(korning=korning, utforare=utforare)
    return queries.antal_klara(korning)


def ta_bort_preliminara(korning: Korning) -> int:
    """Remove the preliminary files of a month that is not settled; gives how many. Call it before settling."""
    if korning.ar_fast:
        return 0
    with transaction.atomic():
        filer = list(Fil.objects.filter(korning=korning))
        Fil.objects.filter(pk__in=[fil.pk for fil in filer]).delete()
        for fil in filer:
            transaction.on_commit(partial(lager.plats(fil.sokvag).unlink, missing_ok=True))
    return len(filer)


def kontrollera_filer(korning: Korning) -> list[str]:
    """Read every file of the körning and say what is wrong, file by file; empty when all are as they were made."""
    return [fel for fil in Fil.objects.filter(korning=korning).order_by("sokvag") if (fel := lager.fel_pa_fil(fil))]


def anteckna_misslyckad(*, korning: Korning, utforare: Utforare | None, fel: Exception) -> None:
    """Leave an event for whoever waits: tasks have no other way to tell that they failed. No person data."""
    vad = f"Filerna till {utforare.namn}" if utforare else "Månadens arbetsbok"
    orsak = str(fel) if isinstance(fel, Hindrad) else disken.orsak(fel)
    skriv_handelse(
        av=None,
        handling=MISSLYCKAD,
        objekt=f"korning:{korning}",
        text=f"{vad} för {korning} kunde inte göras: {orsak}",
        omgang=korning.omgang,
        utforare=utforare.nyckel if utforare else None,
    )


def _satt_att_skriva(
    korning: Korning, utforare: Utforare | None, utom: dict[Filslag, Fil]
) -> dict[Filslag, Callable[[BinaryIO], object]]:
    """How each missing file is written. What a provider's two specifications show is read once."""
    skapad = _tidpunkt(korning)
    alla: dict[Filslag, Callable[[BinaryIO], object]]
    if utforare is None:
        alla = {Filslag.MANAD_XLSX: partial(manadsbok.skriv, korning, skapad=skapad)}
        return {slag: skriv for slag, skriv in alla.items() if slag not in utom}
    alla = {Filslag.UNDERLAG_XLSX: partial(underlag_xlsx.skriv, korning, utforare, skapad=skapad)}
    if not {Filslag.SPECIFIKATION_PDF, Filslag.SPECIFIKATION_XLSX} <= utom.keys():
        spec = queries.specifikation(korning, utforare)
        alla[Filslag.SPECIFIKATION_PDF] = partial(_skriv_pdf, spec)
        alla[Filslag.SPECIFIKATION_XLSX] = partial(specifikation_xlsx.skriv, spec, skapad=skapad)
    return {slag: skriv for slag, skriv in alla.items() if slag not in utom}


def skapa_fil(
    korning: Korning,
    slag: Filslag,
    utforare: Utforare | None,
    skriv: Callable[[BinaryIO], object],
    *,
    av: Anvandare | None = None,
) -> Fil:
    """Write the file aside, then put it in its place and remember it, if the month is still what was written."""
    sokvag = filnamn(korning, slag, utforare)
    mal = lager.plats(sokvag)
    mal.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    with utkast(mal, skriv) as fil, transaction.atomic():
        _krav_samma_lage(korning)
        if redan := Fil.objects.filter(korning=korning, slag=slag, utforare=utforare).first():
            return redan
        sha256, storlek = lager.avtryck(fil)
        flytta(fil, mal)
        if korning.ar_fast:
            text = f"{sokvag} gjordes, SHA-256 {sha256}."
            skriv_handelse(av=av, handling="skapa_fil", objekt=f"korning:{korning}", text=text)
        return Fil.objects.create(
            korning=korning,
            utforare=utforare,
            slag=slag,
            sokvag=sokvag,
            sha256=sha256,
            storlek=storlek,
            skapad=klocka.nu(),
        )


def _krav_samma_lage(korning: Korning) -> None:
    """Hold the körning, and refuse if it has been calculated anew or settled since it was read."""
    nu = Korning.objects.select_for_update(no_key=True).get(pk=korning.pk)
    if (nu.omgang, nu.ar_fast, nu.status == Status.BERAKNAS) != (korning.omgang, korning.ar_fast, False):
        raise Hindrad([f"{korning} har ändrats medan filen gjordes. Gör filerna igen."])


def _krav_oforandrad(fil: Fil) -> None:
    if fel := lager.fel_pa_fil(fil):
        raise Hindrad([fel])


def _skriv_pdf(spec: Specifikation, ut: BinaryIO) -> None:
    ut.write(specifikation_pdf.gor(spec))


def _tidpunkt(korning: Korning) -> datetime:
    """When the content came to be: written in the files instead of the clock, so that they come out the same."""
    return (korning.faststalld or korning.beraknad or korning.startad).astimezone(UTC)
