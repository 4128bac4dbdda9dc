"""A nation's load: the made-up municipality at many times its size, taken in, run, corrected and read."""

import resource
import statistics
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from demokommun import skriv_paket
from demokommun.matning import matare
from demokommun.medarbetare import lagg_upp
from ersattning import actions
from ersattning.models import Ersattningsrad
from ersattning.regler import Radtyp
from grund import klocka
from grund.minne import lat_sidor_vara_i_fred
from grund.models import Anvandare
from grund.tid import Manad
from uppfoljning.rapporter.register import RAPPORTER
from uppfoljning.tasks import natt, rakna_rapport

LASARE = ("klara", "nora", "gustav")

# What the month would cost with none of the rules: days, närvaro and minutes times the price that the level has.
ENKEL_MANAD = """
WITH nb AS MATERIALIZED (
    SELECT person_id, insats, niva, fran, lead(fran) OVER (PARTITION BY person_id, insats ORDER BY fran) AS till
      FROM beslut_nivabedomning
), vem AS MATERIALIZED (
    SELECT v.id, v.period, v.omfattning, e.utforare_id, e.id AS enhet_id, b.person_id, b.insats, a.prislista_id,
           a.modell, a.period AS avtalat
      FROM utforare_verkstallighet v
      JOIN beslut_beslut b ON b.id = v.beslut_id
      JOIN utforare_enhet e ON e.id = v.enhet_id
      JOIN utforare_avtal a ON a.utforare_id = e.utforare_id AND a.insats = b.insats
                           AND (a.person_id IS NULL OR a.person_id = b.person_id)
     WHERE v.period && daterange(%(fran)s, %(till)s) AND a.period && daterange(%(fran)s, %(till)s)
), dagar AS (
    SELECT vem.id, n.datum, 1::numeric AS antal, n.omfattning
      FROM vem JOIN utforare_narvaro n ON n.verkstallighet_id = vem.id
     WHERE vem.modell = 'narvaro' AND n.datum >= %(fran)s AND n.datum < %(till)s
    UNION ALL
    SELECT vem.id, d::date, 1, vem.omfattning
      FROM vem CROSS JOIN generate_series(%(fran)s::date, %(till)s::date - 1, interval '1 day') d
     WHERE vem.modell IN ('dygn', 'manad') AND vem.period @> d::date
    UNION ALL
    SELECT vem.id, k.dag, extract(epoch FROM k.utford_slut - k.utford_start) / 3600, ''
      FROM vem JOIN utforare_besok k ON k.verkstallighet_id = vem.id
     WHERE vem.modell = 'utford_tid' AND k.dag >= %(fran)s AND k.dag < %(till)s AND k.utford_start IS NOT NULL
)
INSERT INTO matning_rad
SELECT vem.utforare_id, vem.enhet_id, vem.id, vem.person_id, vem.insats, nb.niva, dagar.omfattning, min(dagar.datum),
       max(dagar.datum), count(*), p.belopp, round(sum(dagar.antal) * p.belopp, 2)
  FROM dagar
  JOIN vem ON vem.id = dagar.id AND vem.avtalat @> dagar.datum
  LEFT JOIN nb ON nb.person_id = vem.person_id AND nb.insats = vem.insats
              AND nb.fran <= dagar.datum AND (nb.till IS NULL OR dagar.datum < nb.till)
  JOIN ersattning_pris p ON p.prislista_id = vem.prislista_id AND p.insats = vem.insats
                        AND p.niva IN ('', nb.niva) AND p.omfattning IN ('', dagar.omfattning)
                        AND p.tidsband IN ('', 'vardag') AND p.period @> dagar.datum
 GROUP BY vem.utforare_id, vem.enhet_id, vem.id, vem.person_id, vem.insats, nb.niva, dagar.omfattning, p.id
"""

# One närvaro in twenty of the month turned round, and one visit in twenty a quarter shorter, as a file each.
SENA = {
    "narvaro.csv": """
SELECT v.nyckel AS verkstallighet_id, n.datum, CASE n.kod WHEN 'N' THEN 'F' ELSE 'N' END AS kod, n.omfattning,
       NULL AS minuter, NULL AS orsak
  FROM utforare_narvaro n JOIN utforare_verkstallighet v ON v.id = n.verkstallighet_id
 WHERE n.datum >= %(fran)s AND n.datum < %(till)s
   AND (n.verkstallighet_id * 31 + extract(day FROM n.datum)::int) %% 20 = 7
""",
    "besok.csv": """
SELECT k.nyckel AS besok_id, v.nyckel AS verkstallighet_id,
       to_char(planerad_start AT TIME ZONE 'Europe/Stockholm', %(t)s)
       AS planerad_start, to_char(planerad_slut AT TIME ZONE 'Europe/Stockholm', %(t)s) AS planerad_slut,
       to_char(utford_start AT TIME ZONE 'Europe/Stockholm', %(t)s) AS utford_start,
       to_char((utford_slut - interval '15 minutes') AT TIME ZONE 'Europe/Stockholm', %(t)s) AS utford_slut,
       NULL AS avbokad, NULL AS avbokad_av, nullif(k.orsak, '') AS orsak, nullif(k.registrering, '') AS registrering
  FROM utforare_besok k JOIN utforare_verkstallighet v ON v.id = k.verkstallighet_id
 WHERE k.dag >= %(fran)s AND k.dag < %(till)s AND k.id %% 20 = 7
   AND k.utford_slut - k.utford_start > interval '20 minutes'
""",
}


@dataclass(frozen=True, slots=True)
class Lasning:
    """Taking in a package: seconds, rows of all its files, and the most memory that the command has had so far, MB."""

    sekunder: float
    rader: int
    minne: int


def las_in(skala: float, sista: Manad, manader: int) -> Lasning:
    """Take in the whole municipality with its people who sign in."""
    lagg_upp()
    with TemporaryDirectory() as mapp:
        info = skriv_paket(Path(mapp) / "paket", till_manad=str(sista), manader=manader, skala=skala)
        return _las_in(Path(mapp) / "paket", sum(info.antal.values()))


def andra_sent(manad: Manad) -> Lasning:
    """One row in twenty of the month is changed after it has been settled."""
    with TemporaryDirectory() as mapp:
        antal = sum(_skriv(Path(mapp) / fil, fraga, manad) for fil, fraga in SENA.items())
        return _las_in(Path(mapp), antal)


def _las_in(mapp: Path, rader: int) -> Lasning:
    sekunder, _ = matare.tid(lambda: call_command("las_in", str(mapp), verbosity=0))
    matare.sql("VACUUM ANALYZE")  # as autovacuum has done by the time that somebody looks
    return Lasning(sekunder, rader, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _skriv(fil: Path, fraga: str, manad: Manad) -> int:
    """The query's rows as a file of the format; gives their number."""
    urval = {"fran": manad.fran, "till": manad.till, "t": 'YYYY-MM-DD"T"HH24:MI'}
    antal = 0
    with connection.cursor() as cursor, fil.open("wb") as ut:
        kopia = f"COPY ({fraga}) TO STDOUT (FORMAT csv, DELIMITER ';', HEADER)"
        with cursor.copy(kopia, {namn: urval[namn] for namn in urval if f"%({namn})s" in fraga}) as rader:
            for block in rader:
                ut.write(block)
                antal += bytes(block).count(b"\n")
    return antal - 1


def faststall(manad: Manad) -> float:
    """Seconds to review and settle the month; its files are left to the workers."""
    klara, gustav = (Anvandare.objects.get(username=namn) for namn in ("klara", "gustav"))

    def gor() -> None:
        actions.granska_manad(manad=manad, av=klara, nu=klocka.nu(), utan_underlag=True)
        actions.faststall_manad(manad=manad, av=gustav, nu=klocka.nu(), utan_underlag=True)

    return matare.tid(gor)[0]


def enkelt(manad: Manad) -> float:
    """Seconds that one plain INSERT … SELECT takes for the same month without the rules."""
    matare.sql("DROP TABLE IF EXISTS matning_rad")
    matare.sql(matare.ENKEL_TABELL)
    return matare.tid(lambda: matare.sql(ENKEL_MANAD, fran=manad.fran, till=manad.till))[0]


def rader(manad: Manad) -> tuple[int, int]:
    """The month's rows, and how many of them correct earlier months."""
    alla = Ersattningsrad.objects.filter(korning__manad=manad.fran)
    return alla.count(), alla.exclude(typ=Radtyp.ORDINARIE).count()


@dataclass(frozen=True, slots=True)
class Uppgift:
    """One of the night's tasks: what it is, seconds, and the most memory that its process has had, MB."""

    vad: str
    sekunder: float
    minne: int


def natten() -> list[Uppgift]:
    """The night's tasks in its order, each in a process of its own, since memory is given back with the process."""
    kontext = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=kontext, initializer=django.setup, max_tasks_per_child=1) as egna:
        return [egna.submit(_uppgift, nyckel).result() for nyckel in ("", *RAPPORTER)]


def _uppgift(nyckel: str) -> Uppgift:
    """The report's, or (empty) that of findings and signals."""
    sekunder, _ = matare.tid(partial(rakna_rapport, nyckel) if nyckel else natt)
    return Uppgift(f"rapport {nyckel}" if nyckel else "fynd och signaler", sekunder, matare.storsta_minne())


def rapportsidor(varv: int) -> dict[str, list[float]]:
    """Seconds of each answer of each report's page, for those who read them, the slowest first."""
    lat_sidor_vara_i_fred()  # as config.wsgi
    tider = {nyckel: _rapportsida(nyckel, varv) for nyckel in RAPPORTER}
    return dict(sorted(tider.items(), key=lambda ett: -statistics.median(ett[1])))


def _rapportsida(nyckel: str, varv: int) -> list[float]:
    tider = []
    for namn in LASARE:
        webb = Client(SERVER_NAME="localhost")
        webb.force_login(Anvandare.objects.get(username=namn))
        for _ in range(varv):
            sekunder, svar = matare.tid(partial(webb.get, reverse("uppfoljning:rapport", args=[nyckel])))
            assert svar.status_code == 200, f"{nyckel} svarade {svar.status_code} för {namn}"  # noqa: S101
            tider.append(sekunder)
    return tider
