"""What is measured, and against what: ratios of two times taken in the same run (docs/prestanda.md)."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import psutil
from django.core.management import call_command
from django.db import connection

from demokommun.matning.matpaket import Matpaket, skriv_matpaket
from ersattning import vakt
from grund.tid import Manad

Svar = TypeVar("Svar")

# What a month would cost with none of the rules: every närvaro row times the price that its level has on the day.
ENKEL_PRISSATTNING = """
WITH nb AS MATERIALIZED (
    SELECT person_id, insats, niva, fran, lead(fran) OVER (PARTITION BY person_id, insats ORDER BY fran) AS till
      FROM beslut_nivabedomning
)
INSERT INTO matning_rad
SELECT e.utforare_id, e.id, v.id, b.person_id, b.insats, nb.niva, n.omfattning, min(n.datum), max(n.datum), count(*),
       p.belopp, round(count(*) * p.belopp, 2)
  FROM utforare_narvaro n
  JOIN utforare_verkstallighet v ON v.id = n.verkstallighet_id
  JOIN beslut_beslut b ON b.id = v.beslut_id
  JOIN utforare_enhet e ON e.id = v.enhet_id
  JOIN utforare_avtal a ON a.utforare_id = e.utforare_id AND a.insats = b.insats AND a.period @> n.datum
  JOIN nb ON nb.person_id = b.person_id AND nb.insats = b.insats
         AND nb.fran <= n.datum AND (nb.till IS NULL OR n.datum < nb.till)
  JOIN ersattning_pris p ON p.prislista_id = a.prislista_id AND p.insats = b.insats AND p.niva = nb.niva
                        AND p.omfattning = n.omfattning AND p.period @> n.datum
 WHERE n.datum >= %(fran)s AND n.datum < %(till)s
 GROUP BY e.utforare_id, e.id, v.id, b.person_id, b.insats, nb.niva, n.omfattning, p.id
"""
ENKEL_TABELL = """
CREATE TABLE matning_rad (utforare_id bigint, enhet_id bigint, verkstallighet_id bigint, person_id bigint, insats text,
    niva text, omfattning text, fran date, till date, antal bigint, a_pris numeric, belopp numeric)
"""


def tid(vad: Callable[[], Svar]) -> tuple[float, Svar]:
    """Seconds that `vad` takes, and what it gives."""
    start = time.perf_counter()
    svar = vad()
    return time.perf_counter() - start, svar


def sql(fraga: str, **parametrar: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(fraga, parametrar or None)


@contextmanager
def arbetare(antal: int) -> Iterator[psutil.Process]:
    """A Celery worker with `antal` processes, ready to work."""
    argv = [sys.executable, "-m", "celery", "-A", "config", "worker", "-P", "prefork", "-c", str(antal), "-l", "ERROR"]
    barn = subprocess.Popen(  # noqa: S603  our own worker
        [*argv, "--without-gossip", "--without-mingle", "--without-heartbeat"]
    )
    try:
        process = psutil.Process(barn.pid)
        while len(process.children()) < antal:
            time.sleep(0.2)
        time.sleep(2)
        yield process
    finally:
        barn.terminate()
        barn.wait(30)


def storsta_minne(process: psutil.Process | None = None) -> int:
    """The largest resident memory, in MB, that any of the process's own has had: a worker's, or this one's."""
    toppar, process = [], process or psutil.Process()
    for ett in [process, *process.children(recursive=True)]:
        rader = Path(f"/proc/{ett.pid}/status").read_text(encoding="ascii").splitlines()
        toppar += [int(rad.split()[1]) // 1024 for rad in rader if rad.startswith("VmHWM")]
    return max(toppar)


def las_in_matpaket(vad: Matpaket) -> tuple[float, float]:
    """Seconds to take in the package's närvaro, and to COPY the same file into a bare table."""
    with TemporaryDirectory() as mapp:
        paket, bara_narvaro = Path(mapp) / "paket", Path(mapp) / "narvaro"
        skriv_matpaket(paket, vad)
        bara_narvaro.mkdir()
        (paket / "narvaro.csv").rename(bara_narvaro / "narvaro.csv")
        call_command("las_in", str(paket), verbosity=0)
        bar, _ = tid(lambda: _bar_copy(bara_narvaro / "narvaro.csv"))
        inlast, _ = tid(lambda: call_command("las_in", str(bara_narvaro), verbosity=0))
    sql("ANALYZE")
    return inlast, bar


def _bar_copy(fil: Path) -> None:
    sql("DROP TABLE IF EXISTS matning_narvaro")
    sql(
        "CREATE TABLE matning_narvaro (verkstallighet_id text, datum date, kod text, omfattning text, minuter int,"
        " orsak text)"
    )
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY matning_narvaro FROM STDIN (FORMAT csv, DELIMITER ';', HEADER)") as kopia,
        fil.open("rb") as oppen,
    ):
        while block := oppen.read(1 << 20):
            kopia.write(block)


def kor(manad: Manad) -> float:
    """Seconds that the month's run takes, from the command to beräknad."""
    sekunder, _ = tid(lambda: vakt.kor(manad=manad, av=None, rapport=lambda _: None))
    return sekunder


def enkelt(manad: Manad) -> float:
    """Seconds that one plain INSERT … SELECT takes to price the month's närvaro without the rules.

    Nested loops are forbidden it: the planner misjudges how many rows a period holds, and it would be slow.
    """
    sql("SET enable_nestloop = off")
    sql("DROP TABLE IF EXISTS matning_rad")
    sql(ENKEL_TABELL)
    sekunder, _ = tid(lambda: sql(ENKEL_PRISSATTNING, fran=manad.fran, till=manad.till))
    sql("RESET enable_nestloop")
    return sekunder
