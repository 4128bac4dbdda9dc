"""ersattning.csv and avvikelser.csv of a körning, as docs/ersattning.md (Output) prints them.

PostgreSQL prints, sorts and quotes, and COPY streams the bytes: the memory is the same for any number of rows.
"""

from pathlib import Path
from typing import IO

from django.db import connection, transaction

from ersattning.models import Korning
from ersattning.regler import Status
from grund.atomart import skriv_atomart
from grund.hinder import Hindrad
from grund.tid import Manad

# Column → how PostgreSQL prints it. Days are inclusive here; numbers get their decimals half up, as grund.pengar.fast.
ERSATTNING = {
    "korning_manad": "to_char(k.manad, 'YYYY-MM')",
    "avser_manad": "to_char(r.avser_manad, 'YYYY-MM')",
    "typ": "r.typ",
    "utforare_id": "u.nyckel",
    "enhet_id": "e.nyckel",
    "verkstallighet_id": "r.verkstallighet_nyckel",
    "person_id": "p.nyckel",
    "insats": "r.insats",
    "artikel": "r.artikel",
    "niva": "r.niva",
    "omfattning": "r.omfattning",
    "tidsband": "r.tidsband",
    "fran": "to_char(r.fran, 'YYYY-MM-DD')",
    "till": "to_char(r.till - 1, 'YYYY-MM-DD')",
    "antal": "round(r.antal, 4)::text",
    "enhet": "r.enhet_for_antal",
    "a_pris": "round(r.a_pris, 2)::text",
    "faktor": "round(r.faktor, 4)::text",
    "belopp": "round(r.belopp, 2)::text",
    "underlag": "r.underlag",
}
AVVIKELSER = {
    "manad": "to_char(r.manad, 'YYYY-MM')",
    "kod": "r.kod",
    "utforare_id": "u.nyckel",
    "verkstallighet_id": "r.verkstallighet_nyckel",
    "person_id": "p.nyckel",
    "fran": "to_char(r.fran, 'YYYY-MM-DD')",
    "till": "to_char(r.till - 1, 'YYYY-MM-DD')",
    "besok_id": "r.besok_nyckel",
    "varde": "r.varde",
}
_FRAN_RADER = """ersattning_ersattningsrad r
    JOIN ersattning_korning k ON k.id = r.korning_id
    JOIN utforare_utforare u ON u.id = r.utforare_id
    LEFT JOIN utforare_enhet e ON e.id = r.enhet_id
    LEFT JOIN beslut_person p ON p.id = r.person_id
   WHERE r.korning_id = %s"""
_FRAN_AVVIKELSER = """ersattning_avvikelse r
    JOIN utforare_utforare u ON u.id = r.utforare_id
    JOIN beslut_person p ON p.id = r.person_id
   WHERE r.korning_id = %s AND r.ny"""


FILER = {"ersattning": (ERSATTNING, _FRAN_RADER), "avvikelser": (AVVIKELSER, _FRAN_AVVIKELSER)}


def skriv(manad: Manad, namn: str, ut: IO[bytes]) -> int:
    """Write one of FILER, as `exportera` does, to an open file; gives the number of rows. Raises Hindrad."""
    with transaction.atomic():
        return _skriv(ut, *FILER[namn], _korning_att_exportera(manad).pk)


def exportera(manad: Manad, mapp: Path) -> dict[str, int]:
    """Write both files of `manad` in `mapp` (made if missing). Gives file name → number of rows. Raises Hindrad."""
    with transaction.atomic():
        korning = _korning_att_exportera(manad)
        mapp.mkdir(parents=True, exist_ok=True)
        return {
            f"{namn}.csv": _kopiera(mapp / f"{namn}.csv", *innehall, korning.pk) for namn, innehall in FILER.items()
        }


def _korning_att_exportera(manad: Manad) -> Korning:
    """The körning, held so that no one starts to calculate it anew between the two files."""
    korning = Korning.objects.select_for_update(no_key=True).filter(manad=manad.fran).first()
    if korning is None:
        raise Hindrad([f"{manad} är inte körd. Kör månaden först: kor_manad {manad}."])
    if korning.status == Status.BERAKNAS:
        raise Hindrad([f"{manad} är inte färdigberäknad. Vänta, eller kör månaden igen om beräkningen avbröts."])
    return korning


def _kopiera(fil: Path, kolumner: dict[str, str], fran: str, korning_id: int) -> int:
    with skriv_atomart(fil) as ut:
        return _skriv(ut, kolumner, fran, korning_id)


def _skriv(ut: IO[bytes], kolumner: dict[str, str], fran: str, korning_id: int) -> int:
    with connection.cursor() as cursor:
        ut.write((";".join(kolumner) + "\n").encode())
        with cursor.cursor.copy(_copy_sats(kolumner, fran), [korning_id]) as copy:
            for block in copy:
                ut.write(block)
        return int(cursor.rowcount)


def _copy_sats(kolumner: dict[str, str], fran: str) -> str:
    """COPY of the rows in code point order. What is empty sorts first, and must be NULL for COPY to print nothing."""
    utskrivet = ", ".join(f'({uttryck}) COLLATE "C" AS {namn}' for namn, uttryck in kolumner.items())
    falt = ", ".join(f"NULLIF({namn}, '')" for namn in kolumner)
    return f"""COPY (SELECT {falt} FROM (SELECT {utskrivet} FROM {fran}) rader ORDER BY {", ".join(kolumner)})
                 TO STDOUT (FORMAT csv, DELIMITER ';', ENCODING 'UTF8')"""
