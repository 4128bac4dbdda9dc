"""The verifikat and the expected invoices as CSV: semicolons, UTF-8, LF. Pure.

A text that a spreadsheet would take for a formula gets an apostrophe before it. Amounts stand as they are.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

from ersattning.filer.sie import belopp_i_text
from ersattning.utbetalning import Utbetalning, post_i_ord
from ersattning.verifikat import Verifikat
from grund.text import ser_ut_som_formel
from grund.tid import Manad
from utforare.ord import orgnr_i_ord
from utforare.regler import Regi

RADER = (
    "manad",
    "verifikat",
    "utforare_id",
    "utforare",
    "avser_manad",
    "insats",
    "artikel",
    "typ",
    "text",
    "antal_rader",
    "konto",
    "ansvar",
    "verksamhet",
    "objekt",
    "motkonto",
    "motansvar",
    "belopp",
)
FAKTUROR = (
    "manad",
    "verifikat",
    "utforare_id",
    "utforare",
    "organisationsnummer",
    "slag",
    "ersattning",
    "oresutjamning",
    "att_betala",
)


def rader(underlag: Utbetalning, regi: Regi) -> bytes:
    """Every post with its kontering. The sum of `belopp` is what is paid."""
    return _skriv(RADER, (rad for nummer, ett in numrerade(underlag, regi) for rad in _poster(underlag, nummer, ett)))


def fakturor(underlag: Utbetalning) -> bytes:
    """One line for each private utförare: what its invoice should be on."""
    return _skriv(FAKTUROR, (_faktura(underlag, nummer, ett) for nummer, ett in numrerade(underlag, Regi.PRIVAT)))


def numrerade(underlag: Utbetalning, regi: Regi) -> list[tuple[int, Verifikat]]:
    """The verifikat with their numbers: year, month, and a running number of three digits."""
    manad = Manad.av(underlag.korning.manad)
    forsta = (manad.ar * 100 + manad.nummer) * 1000 + 1
    return list(enumerate(underlag.i_regi(regi), start=forsta))


def fakturaslag(ett: Verifikat) -> str:
    """What the utförare is expected to send."""
    if not ett.att_betala:
        return "ingen faktura"
    return "faktura" if ett.att_betala > 0 else "kreditfaktura"


def _poster(underlag: Utbetalning, nummer: int, ett: Verifikat) -> Iterable[Sequence[str]]:
    utforare = underlag.utforare[ett.utforare]
    for post in ett.poster:
        summa, rad = post.summa, post.rad
        yield (
            str(underlag.korning),
            str(nummer),
            utforare.nyckel,
            utforare.namn,
            str(Manad.av(summa.avser)),
            summa.insats,
            summa.artikel,
            summa.typ,
            post_i_ord(post),
            str(summa.antal_rader),
            *(rad.strang.konto, rad.strang.ansvar, rad.strang.verksamhet, rad.strang.objekt),
            *(rad.mot.konto, rad.mot.ansvar),
            belopp_i_text(summa.belopp),
        )


def _faktura(underlag: Utbetalning, nummer: int, ett: Verifikat) -> Sequence[str]:
    utforare = underlag.utforare[ett.utforare]
    return (
        str(underlag.korning),
        str(nummer),
        utforare.nyckel,
        utforare.namn,
        orgnr_i_ord(utforare.organisationsnummer),
        fakturaslag(ett),
        *(belopp_i_text(belopp) for belopp in (ett.ersattning, ett.oresutjamning, ett.att_betala)),
    )


def _skriv(kolumner: Sequence[str], alla: Iterable[Sequence[str]]) -> bytes:
    ut = StringIO()
    skrivare = csv.writer(ut, delimiter=";", lineterminator="\n")
    skrivare.writerow(kolumner)
    for rad in alla:
        skrivare.writerow([_ofarlig(namn, varde) for namn, varde in zip(kolumner, rad, strict=True)])
    return ut.getvalue().encode()


_RADBYTE = re.compile(r"[\r\n\t]+")
_TAL = {"belopp", "ersattning", "oresutjamning", "att_betala"}


def _ofarlig(namn: str, varde: str) -> str:
    """On one line: csv quotes no CR, which begins a new row where it is read."""
    rad = _RADBYTE.sub(" ", varde)
    return f"'{rad}" if namn not in _TAL and ser_ut_som_formel(rad) else rad
