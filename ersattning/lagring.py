"""Writes what the core has decided: rows and avvikelser with COPY, and the corrections of settled months (R40)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from ersattning.kalkyl import typer
from ersattning.kalkyl.rattelse import Fast, jamfor, nya_avvikelser
from ersattning.regler import REGELVERSION, Radtyp
from grund.pengar import avrunda, avrunda_kvot, fast
from grund.tid import EN_DAG, Manad

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_RADKOLUMNER = (
    "korning_id, avser_manad, typ, utforare_id, enhet_id, verkstallighet_id, verkstallighet_nyckel, person_id,"
    " beslut_id, insats, artikel, niva, omfattning, tidsband, fran, till, antal, antal_taljare, antal_namnare,"
    " enhet_for_antal, a_pris, faktor, belopp, underlag, regelversion, grund"
)
_AVVIKELSEKOLUMNER = (
    "korning_id, manad, kod, utforare_id, verkstallighet_id, verkstallighet_nyckel, person_id, fran, till,"
    " besok_nyckel, varde, ny"
)


@dataclass(frozen=True, slots=True)
class Personrad:
    """A finished row and whose it is."""

    person_id: int
    rad: typer.Rad


@dataclass(frozen=True, slots=True)
class Personavvikelse:
    """An avvikelse and whose it is."""

    person_id: int
    avvikelse: typer.Avvikelse


def _kopiera(tabell: str, kolumner: str, rader: Iterable[Sequence[Any]]) -> int:
    antal = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {tabell} ({kolumner}) FROM STDIN") as kopia:
        for rad in rader:
            kopia.write_row(rad)
            antal += 1
    return antal


def skriv_rader(korning_id: int, avser: Manad, typ: Radtyp, rader: Iterable[Personrad]) -> int:
    """Store rows of the körning; returns how many."""
    avser_dag = avser.fran
    return _kopiera(
        "ersattning_ersattningsrad",
        _RADKOLUMNER,
        ((korning_id, avser_dag, typ.value, *_radvarden(ett)) for ett in rader),
    )


def _radvarden(ett: Personrad) -> tuple[Any, ...]:
    rad = ett.rad
    verk, (taljare, namnare) = rad.verkstallighet, rad.antal.as_integer_ratio()
    return (
        verk.utforare_id,
        verk.enhet_id,
        verk.id,
        verk.nyckel,
        ett.person_id,
        verk.beslut.id,
        verk.beslut.insats,
        rad.artikel,
        rad.niva,
        rad.omfattning,
        rad.tidsband,
        rad.fran,
        rad.sista + EN_DAG,
        avrunda_kvot(taljare, namnare, 4),
        taljare,
        namnare,
        rad.enhet,
        rad.a_pris,
        rad.faktor,
        rad.belopp,
        rad.underlag,
        REGELVERSION,
        _grund(rad.delar),
    )


def _grund(delar: Iterable[typer.Del]) -> str:
    """The parts of a row as JSON, as they are kept; what is empty is left out."""
    return f"[{','.join(map(_del, delar))}]"


def _del(del_: typer.Del) -> str:
    """A part. The numbers that every part has are put in as they are, which is quicker than to encode them."""
    svar = f'{{"dagar":{del_.dagar},"mangd":"{del_.mangd}","avtal":{del_.avtal_id},"pris":{del_.pris_id}'
    if del_.niva_id is not None:
        svar += f',"niva":{del_.niva_id}'
    if del_.platser:
        svar += f',"platser":{_JSON.encode(del_.platser)}'
    if del_.besok:
        svar += f',"besok":{_JSON.encode(del_.besok)}'
    return svar + "}"


def skriv_avvikelser(korning_id: int, manad: Manad, avvikelser: Iterable[tuple[Personavvikelse, bool]]) -> int:
    """Store avvikelser, each with whether it is new since the month was last settled (R40); returns how many."""
    return _kopiera(
        "ersattning_avvikelse",
        _AVVIKELSEKOLUMNER,
        (
            (
                korning_id,
                manad.fran,
                a.kod,
                a.verkstallighet.utforare_id,
                a.verkstallighet.id,
                a.verkstallighet.nyckel,
                ett.person_id,
                a.fran,
                a.sista + EN_DAG,
                a.besok,
                a.varde,
                ny,
            )
            for ett, ny in avvikelser
            for a in (ett.avvikelse,)
        ),
    )


# ---- R40: corrections -------------------------------------------------------------------------------------------

# What a settled row is known by: all columns of ersattning.csv but korning_manad and typ, as printed.
_FASTA = """
SELECT r.avser_manad, r.id, r.krediterar_id, r.utforare_id, r.enhet_id, r.verkstallighet_nyckel, r.person_id,
       r.insats, r.artikel, r.niva, r.omfattning, r.tidsband, r.fran, r.till, r.antal, r.enhet_for_antal, r.a_pris,
       r.faktor, r.belopp, r.underlag
  FROM ersattning_ersattningsrad r JOIN ersattning_korning k ON k.id = r.korning_id
 WHERE r.person_id = ANY(%(personer)s) AND r.avser_manad = ANY(%(manader)s)
   AND r.artikel <> 'arbetsbonus'  -- R50: neither a bonus nor what is taken back of one
   AND k.status IN ('faststalld', 'utbetald')
"""

_KREDITERA = """
INSERT INTO ersattning_ersattningsrad (korning_id, avser_manad, typ, utforare_id, enhet_id, verkstallighet_id,
       verkstallighet_nyckel, person_id, beslut_id, insats, artikel, niva, omfattning, tidsband, fran, till, antal,
       antal_taljare, antal_namnare, enhet_for_antal, a_pris, faktor, belopp, underlag, regelversion, grund,
       krediterar_id)
SELECT %(korning)s, avser_manad, 'kreditering', utforare_id, enhet_id, verkstallighet_id, verkstallighet_nyckel,
       person_id, beslut_id, insats, artikel, niva, omfattning, tidsband, fran, till, -antal, -antal_taljare,
       antal_namnare, enhet_for_antal, a_pris, faktor, -belopp, underlag, regelversion, grund, id
  FROM ersattning_ersattningsrad WHERE id = ANY(%(ider)s)
"""

# The avvikelser of each person when the month was last settled: by the latest settled körning that calculated it.
_AVVIKELSER_FORE = """
WITH senast AS (
    SELECT DISTINCT ON (p.person_id) p.person_id, d.korning_id
      FROM ersattning_delkorning d JOIN ersattning_korning k ON k.id = d.korning_id
           CROSS JOIN LATERAL unnest(d.personer) p(person_id)
     WHERE d.avser_manad = %(manad)s AND k.status IN ('faststalld', 'utbetald') AND p.person_id = ANY(%(personer)s)
     ORDER BY p.person_id, k.manad DESC
)
SELECT a.kod, a.utforare_id, a.verkstallighet_nyckel, a.person_id, a.fran, a.till, a.besok_nyckel, a.varde
  FROM ersattning_avvikelse a JOIN senast s USING (person_id, korning_id)
 WHERE a.manad = %(manad)s AND a.kod <> 'bonus_arstak'
"""


class Tryckt(NamedTuple):
    """What a row is known by when a settled month is compared with what it would be now (R40)."""

    utforare_id: int
    enhet_id: int
    verkstallighet: str
    person_id: int
    insats: str
    artikel: str
    niva: str
    omfattning: str
    tidsband: str
    fran: date
    till: date
    antal: Decimal
    enhet: str
    a_pris: Decimal
    faktor: str
    belopp: Decimal
    underlag: str


def tryckt(ett: Personrad) -> Tryckt:
    """A row as printed."""
    rad, verk = ett.rad, ett.rad.verkstallighet
    return Tryckt(
        verk.utforare_id,
        verk.enhet_id,
        verk.nyckel,
        ett.person_id,
        verk.beslut.insats,
        rad.artikel,
        rad.niva,
        rad.omfattning,
        rad.tidsband,
        rad.fran,
        rad.sista + EN_DAG,
        avrunda(rad.antal, 4),
        rad.enhet,
        rad.a_pris,
        fast(rad.faktor, 4),
        rad.belopp,
        rad.underlag,
    )


def las_fasta(personer: list[int], manader: Sequence[Manad]) -> dict[Manad, list[Fast]]:
    """The settled rows of these persons, by the month that they are for."""
    svar: dict[Manad, list[Fast]] = {manad: [] for manad in manader}
    with connection.cursor() as cursor:
        cursor.execute(_FASTA, {"personer": personer, "manader": [manad.fran for manad in manader]})
        for avser, id_, krediterar, *rad in cursor.fetchall():
            svar[Manad.av(avser)].append(Fast(id_, Tryckt._make((*rad[:14], fast(rad[14], 4), *rad[15:])), krediterar))
    return svar


def kreditera(korning_id: int, ider: Sequence[int]) -> None:
    """Take back settled rows: each comes again, negated, pointing at the one that it takes back."""
    with connection.cursor() as cursor:
        cursor.execute(_KREDITERA, {"korning": korning_id, "ider": list(ider)})


def skriv_rattelser(korning_id: int, avser: Manad, personer: list[int], rader: list[Personrad]) -> int:
    """Store what differs between the settled month and `rader` (what it would be now); returns how many rows."""
    rattelse = jamfor(las_fasta(personer, [avser])[avser], [(tryckt(ett), ett) for ett in rader])
    kreditera(korning_id, rattelse.krediteras)
    return len(rattelse.krediteras) + skriv_rader(korning_id, avser, Radtyp.RATTELSE, rattelse.tillkommer)


def skriv_rattade_avvikelser(
    korning_id: int, avser: Manad, personer: list[int], avvikelser: list[Personavvikelse]
) -> None:
    """Store all avvikelser of the recalculated month, marking those that it did not have when it was last settled."""
    with connection.cursor() as cursor:
        cursor.execute(_AVVIKELSER_FORE, {"personer": personer, "manad": avser.fran})
        fore = cursor.fetchall()
    nya = nya_avvikelser(fore, (_avvikelsenyckel(ett) for ett in avvikelser))
    markta = []
    for ett in avvikelser:
        nyckel = _avvikelsenyckel(ett)
        ny = nya[nyckel] > 0
        nya[nyckel] -= ny
        markta.append((ett, ny))
    skriv_avvikelser(korning_id, avser, markta)


def _avvikelsenyckel(ett: Personavvikelse) -> tuple[Any, ...]:
    a = ett.avvikelse
    verk = a.verkstallighet
    return (a.kod, verk.utforare_id, verk.nyckel, ett.person_id, a.fran, a.sista + EN_DAG, a.besok, a.varde)
