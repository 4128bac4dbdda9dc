"""How long the pages take, and what it costs a run that somebody watches it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import quantiles
from threading import Event, Thread

from django.db import connection
from django.test import Client
from django.urls import reverse

from demokommun.matning.matare import kor, tid
from ersattning.models import Ersattningsrad
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.tid import Manad

BLADDRINGAR: tuple[dict[str, str], ...] = (
    {},
    {"page": "500"},
    {"page": "1000"},
    {"sort": "-belopp"},
    {"sort": "utforare"},
    {"sort": "-belopp", "page": "900"},
    {"sort": "vad", "page": "400"},
    {"artikel": "franvaro", "sort": "dagar"},
    {"insats": "LSS-9"},
    {"verkstallighet": "W-V1"},
    {"insats": "LSS-10", "niva": "2", "sort": "-antal", "page": "20"},
)


def klient() -> Client:
    """Somebody who may see it all, signed in."""
    anvandare, _ = Anvandare.objects.get_or_create(username="matare", defaults={"roller": [Roll.CONTROLLER]})
    svar = Client(SERVER_NAME="localhost")
    svar.force_login(anvandare)
    return svar


def p95(tider: list[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return quantiles(tider, n=20)[-1] * 1000


def radsidor(manad: Manad, varv: int) -> list[float]:
    """Seconds for each way of filtering, sorting and paging through the month's rows, `varv` times each."""
    return _sidor(reverse("ersattning:rader", args=[manad]), BLADDRINGAR, varv)


def manadssidan(manad: Manad, varv: int) -> list[float]:
    """Seconds for the month's page."""
    return _sidor(reverse("ersattning:korning", args=[manad]), ({},), varv)


def forklaringar(manad: Manad, antal: int) -> list[float]:
    """Seconds for the explanations of rows from all over the month."""
    alla = Ersattningsrad.objects.filter(korning__manad=manad.fran).order_by("pk").values_list("pk", flat=True)
    steg = max(1, len(alla) // antal)
    webb = klient()
    return [_hamta(webb, reverse("ersattning:forklara", args=[pk]), {}) for pk in alla[::steg]]


def _sidor(adress: str, urval: tuple[dict[str, str], ...], varv: int) -> list[float]:
    webb = klient()
    _hamta(webb, adress, {})  # templates are read the first time
    return [_hamta(webb, adress, ett) for _ in range(varv) for ett in urval]


def _hamta(webb: Client, adress: str, urval: dict[str, str]) -> float:
    sekunder, svar = tid(lambda: webb.get(adress, urval))
    assert svar.status_code == 200, f"{adress} {urval} svarade {svar.status_code}"  # noqa: S101
    return sekunder


@contextmanager
def nagon_ser_pa(manad: Manad) -> Iterator[list[float]]:
    """Somebody has the month's page open: it asks each second how far the run has come. Gives the answers' times."""
    slut, tider, webb = Event(), list[float](), klient()

    def fraga() -> None:
        while not slut.wait(1):
            start = time.perf_counter()
            webb.get(reverse("ersattning:framsteg", args=[manad]))
            tider.append(time.perf_counter() - start)
        connection.close()

    trad = Thread(target=fraga)
    trad.start()
    try:
        yield tider
    finally:
        slut.set()
        trad.join()


def med_och_utan(manad: Manad, varv: int) -> tuple[list[float], list[float], list[float]]:
    """Seconds of the run with somebody watching and without, in turn, and seconds of each answer."""
    med, utan, svar = [], [], []
    for _ in range(varv):
        utan.append(kor(manad))
        with nagon_ser_pa(manad) as tider:
            med.append(kor(manad))
        svar += tider
    return med, utan, svar
