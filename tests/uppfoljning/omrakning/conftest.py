"""The made-up municipality at a small scale, with two settled months and what its people have done since."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from demokommun import rapportering, skriv_paket, skriv_sent_paket
from demokommun.arenden import lagg_upp_arenden
from demokommun.bestallningar import lagg_bestallningar
from demokommun.kontroller import plantera
from demokommun.medarbetare import lagg_upp, satt_i_arbete
from demokommun.rapporter import lagg_upp_rapporter
from demokommun.uppehall import lagg_upp_uppehall
from grund.tid import Manad
from tests.kedja import direkt

MANADER, SKALA = 14, 0.08


@pytest.fixture(scope="package")
def demovarld(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[date]:
    """The day that it is there, for tests marked django_db. The database is empty again when the package's are over."""
    mapp, sista = tmp_path_factory.mktemp("demovarld"), Manad(2026, 5)
    with django_db_blocker.unblock(), transaction.atomic():
        idag = _bygg(mapp, sista)
        yield idag
        transaction.set_rollback(True)


def _bygg(mapp: Path, sista: Manad) -> date:
    arg = {"till_manad": str(sista), "manader": MANADER, "skala": SKALA}
    idag = sista.till + timedelta(days=2)
    lagg_upp()
    for manad, skriv, namn in ((sista.plus(-1), skriv_paket, "forst"), (sista, skriv_sent_paket, "sent")):
        skriv(mapp / namn, **arg)
        direkt.las_in(mapp / namn)
        direkt.kor(str(manad))
        direkt.faststall(str(manad))
    satt_i_arbete(sista.fran)
    plantera(sista)
    lagg_bestallningar(idag)
    rapportering.lagg_upp(sista)
    lagg_upp_uppehall(idag)
    lagg_upp_arenden(idag)
    lagg_upp_rapporter(sista)
    return idag
