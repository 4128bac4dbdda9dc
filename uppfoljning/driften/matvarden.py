"""Measurements for Prometheus: what web processes have counted, and what the database and Valkey say of the rest.

Read anew at most every fifteen seconds, however many ask. Labels are names of routes, tasks, codes and months.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from ersattning.models import Korning
from ersattning.regler import Status
from grund import klocka
from grund.insyn import puls
from grund.insyn.modeller import Uppgiftsfel
from grund.kedja.forsegling import vantande
from grund.kedja.loggar import loggar
from grund.tid import Manad
from uppfoljning.driften import regler
from uppfoljning.driften.lage import lage
from uppfoljning.driften.regler import Lage

INNEHALLSTYP = CONTENT_TYPE_LATEST
HALLBAR = 15.0
MANADER = 24  # months whose state is told
_las = threading.Lock()
_senast: tuple[float, list[Metric]] = (0.0, [])


class Systemet(Collector):
    """What is the same whichever process is asked."""

    def collect(self) -> Iterable[Metric]:
        global _senast  # noqa: PLW0603  one answer for the whole process
        with _las:
            nar, matt = _senast
            if not matt or time.monotonic() - nar > HALLBAR:
                laget = lage(klocka.nu())
                matt = [metric for mat in _MATNINGAR for metric in mat(laget)]
                _senast = (time.monotonic(), matt)
            return matt


def glom() -> None:
    """Measure anew the next time. For tests."""
    global _senast  # noqa: PLW0603
    _senast = (0.0, [])


def som_text() -> bytes:
    """All of it, as Prometheus reads it."""
    register = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(register)  # type: ignore[no-untyped-call]
        register.register(Systemet())
        return generate_latest(register)
    register.register(Systemet())
    return generate_latest(REGISTRY) + generate_latest(register)


def _enkel(namn: str, text: str, varde: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"insatskollen_{namn}", text, value=varde)


def _ko(laget: Lage) -> Iterator[Metric]:
    yield _enkel("ko_svarar", "Om kön (Valkey) svarar.", int(laget.ko_svarar))
    yield _enkel("ko_vantar", "Uppgifter som väntar.", laget.ko)
    yield _enkel("ko_stilla_sekunder", "Så länge har uppgifter väntat utan att någon blivit klar.", laget.stilla)
    for namn, alder in (("arbetare", laget.arbetare), ("klocka", laget.klocka)):
        if alder is not None:
            yield _enkel(f"{namn}_tyst_sekunder", f"Tid sedan en {namn} hördes.", alder)


def _uppgifter(_: Lage) -> Iterator[Metric]:
    """Counted in Valkey by all workers; starts over when it is emptied."""
    antal = HistogramMetricFamily("insatskollen_uppgift_sekunder", "Uppgifter.", labels=["uppgift", "utfall"])
    try:
        tal = puls.uppgiftstal()
    except (RedisError, OSError):
        return
    for (namn, utfall), ett in sorted(tal.items()):
        hittills, fack = 0, []
        for grans in (*(str(gr) for gr in puls.GRANSER), "inf"):
            hittills += ett.fack.get(grans, 0)
            fack.append(("+Inf" if grans == "inf" else grans, hittills))
        antal.add_metric([namn, utfall], buckets=fack, sum_value=ett.summa)
    yield antal


def _misslyckade(laget: Lage) -> Iterator[Metric]:
    yield _enkel("uppgiftsfel_oppna", "Misslyckade uppgifter som ingen har kvitterat.", laget.uppgiftsfel)
    alla = CounterMetricFamily("insatskollen_uppgiftsfel", "Misslyckanden som är antecknade.")
    alla.add_metric([], sum(Uppgiftsfel.objects.values_list("antal", flat=True)))
    yield alla


def _manader(laget: Lage) -> Iterator[Metric]:
    lagen = GaugeMetricFamily("insatskollen_manad", "Månadens läge: 1 för det som den har.", labels=["manad", "lage"])
    for manad, status in Korning.objects.order_by("-manad").values_list("manad", "status")[:MANADER]:
        for mojlig in Status.values:
            lagen.add_metric([str(Manad.av(manad)), mojlig], int(mojlig == status))
    yield lagen
    yield _enkel("manader_ej_korda", "Månader som är slut och inte beräknade.", len(laget.okorda))
    ohamtade = sum(len(ett.ej_hamtade) for ett in laget.exporter)
    yield _enkel("exporter_ej_hamtade", "Filer med utbetalningsunderlag som ingen har hämtat.", ohamtade)


def _aldrar(laget: Lage) -> Iterator[Metric]:
    if laget.kopia:
        alder = (laget.nu - laget.kopia).total_seconds()
        yield _enkel("sakerhetskopia_alder_sekunder", "Tid sedan den senaste säkerhetskopian.", alder)
    if laget.provad:
        alder = (laget.nu - laget.provad).total_seconds()
        yield _enkel("aterstallning_provad_alder_sekunder", "Tid sedan en kopia provades.", alder)
    vantat = min((aldst for logg in loggar() if (aldst := vantande(logg, laget.nu)[1])), default=laget.nu)
    text = "Så länge har den äldsta raden i händelser och läsningar väntat på att förseglas."
    yield _enkel("logg_oforseglad_sekunder", text, (laget.nu - vantat).total_seconds())
    jobb = GaugeMetricFamily("insatskollen_jobb_alder_sekunder", "Tid sedan jobbet lyckades.", labels=["jobb"])
    for ett in laget.jobb:
        if ett.lyckades:
            jobb.add_metric([ett.namn], (laget.nu - ett.lyckades).total_seconds())
    yield jobb


def _resurser(laget: Lage) -> Iterator[Metric]:
    yield _enkel("disk_ledigt_byte", "Ledigt där filerna görs.", laget.ledigt_mb * 1024 * 1024)
    anslutningar = GaugeMetricFamily("insatskollen_databasanslutningar", "Anslutningar.", labels=["lage"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(state, 'okänt'), count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() GROUP BY 1 ORDER BY 1"
        )
        for tillstand, antal in cursor.fetchall():
            anslutningar.add_metric([tillstand], antal)
    yield anslutningar
    levande = Session.objects.filter(expire_date__gt=timezone.now()).count()
    yield _enkel("sessioner", "Sessioner som inte har gått ut.", levande)


def _larm(laget: Lage) -> Iterator[Metric]:
    igang = [ett.kod for ett in regler.larm(laget)]
    larm = GaugeMetricFamily("insatskollen_larm", "Larm som är igång, av varje slag.", labels=["kod"])
    for kod in regler.KODER:
        larm.add_metric([kod], igang.count(kod))
    yield larm
    yield _enkel("logg_bruten", "Om nattens kontroll av loggens kedja hittade något.", int(laget.bruten is not None))


_MATNINGAR: tuple[Callable[[Lage], Iterator[Metric]], ...] = (
    _ko,
    _uppgifter,
    _misslyckade,
    _manader,
    _aldrar,
    _resurser,
    _larm,
)
