"""Making a month's files for payment and bookkeeping, once: a file stands, whatever the mall says later."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from ersattning.filer import lager, sie, utbetalning_csv
from ersattning.filer.actions import skapa_fil
from ersattning.filer.sie import Sierad, Sieverifikat
from ersattning.filer.text import kommun
from ersattning.models import Fil, Konteringsbruk, Korning
from ersattning.models.fil import Filslag
from ersattning.utbetalning import (
    Utbetalning,
    filer,
    hinder_for_filer,
    hinder_for_kontering,
    las,
    post_i_ord,
    summan,
)
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.pengar import kronor
from grund.text import antal_ord, manad_i_ord
from grund.tid import Manad, lokal_dag
from utforare.regler import Regi

SERIE = {Regi.EGEN: "IB", Regi.PRIVAT: "IF"}  # of the verifikat: bokföringsorder, expected invoices


def gor_utbetalningsfiler(*, manad: Manad, av: Anvandare) -> list[Fil]:
    """Make the files from what is fastställt and the mall of the month's last day. Made already: those are given.

    All or none, in one transaction that holds the month and the mall, so that they are of one piece. A file that is
    lost or altered is said aloud and never made again.
    """
    with transaction.atomic():
        korning = Korning.objects.select_for_update(no_key=True).filter(manad=manad.fran).first()
        if korning is None:
            raise Hindrad([f"{manad} är inte körd."])
        if hinder := hinder_for_filer(korning, av):
            raise Hindrad(hinder)
        if gjorda := filer(korning):
            if fel := [text for fil in gjorda if (text := lager.fel_pa_fil(fil))]:
                raise Hindrad(fel)
            return gjorda
        return _gor(las(korning, for_gott=True), av)


def _gor(underlag: Utbetalning, av: Anvandare) -> list[Fil]:
    if hinder := hinder_for_kontering(underlag):
        raise Hindrad(hinder)
    korning = underlag.korning
    _krav_plats()
    Konteringsbruk.objects.bulk_create(
        [Konteringsbruk(korning=korning, kontering_id=pk) for pk in underlag.konteringar]
    )
    nya = [skapa_fil(korning, slag, None, partial(_skriv, gor()), av=av) for slag, gor in innehall(underlag).items()]
    summor = {str(regi): str(summan(underlag.i_regi(regi))) for regi in Regi}
    text = f"{av.get_username()} gjorde utbetalningsunderlaget för {korning}: {antal_ord(len(nya), 'fil', 'filer')}"
    skriv_handelse(
        av=av,
        handling="gor_utbetalningsunderlag",
        objekt=f"korning:{korning}",
        text=f"{text}, {kronor(summan(underlag.verifikat))}.",
        **summor,
    )
    return nya


def innehall(underlag: Utbetalning) -> dict[Filslag, Callable[[], bytes]]:
    """What each file holds. Those of a regi that nothing is paid in are not made."""
    alla: dict[Filslag, Callable[[], bytes]] = {}
    if underlag.i_regi(Regi.EGEN):
        alla[Filslag.BOKFORINGSORDER_SIE] = partial(siefil, underlag, Regi.EGEN)
        alla[Filslag.BOKFORINGSORDER_CSV] = partial(utbetalning_csv.rader, underlag, Regi.EGEN)
    if underlag.i_regi(Regi.PRIVAT):
        alla[Filslag.FAKTUROR_CSV] = partial(utbetalning_csv.fakturor, underlag)
        alla[Filslag.FAKTURARADER_CSV] = partial(utbetalning_csv.rader, underlag, Regi.PRIVAT)
        alla[Filslag.FAKTUROR_SIE] = partial(siefil, underlag, Regi.PRIVAT)
    return alla


def siefil(underlag: Utbetalning, regi: Regi) -> bytes:
    """The regi's verifikat as SIE 4I. Its day is that of the fastställande, so that the bytes stay the same."""
    korning, manad = underlag.korning, manad_i_ord(underlag.korning.manad)
    if korning.faststalld is None:
        msg = f"{korning} är inte fastställd."
        raise ValueError(msg)
    alla = []
    for nummer, ett in utbetalning_csv.numrerade(underlag, regi):
        mot = f"Ersättning {manad}"
        rader = tuple(
            Sierad(trans.strang, trans.belopp, post_i_ord(trans.post) if trans.post else mot) for trans in ett.transar
        )
        if rader:
            text = f"{mot}, {underlag.utforare[ett.utforare].namn}"
            alla.append(Sieverifikat(SERIE[regi], nummer, underlag.dag, text, rader))
    return sie.skriv(alla, foretag=kommun(), skapad=lokal_dag(korning.faststalld), konton=dict(underlag.konton))


def _skriv(innehall: bytes, ut: BinaryIO) -> None:
    ut.write(innehall)


def _krav_plats() -> None:
    try:
        Path(settings.FILER_DIR).mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as fel:
        raise Hindrad([f"Filerna kan inte sparas i {settings.FILER_DIR}: {fel.strerror}."]) from fel
