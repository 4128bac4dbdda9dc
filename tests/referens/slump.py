"""Random but valid datapaket: small municipalities where every rule of ERSATTNING has something to do.

The same frö always gives the same packages. Step 1 is a whole municipality; each later step is a package that changes
what the steps before it left: late närvaro, new levels, other prices, moved ends, rows taken back.
"""

import csv
from pathlib import Path

from .paket import Paket, kolumner
from .slump_avtal import skapa_avtal, skapa_prislistor
from .slump_grund import Slump, manader_att_kora, skapa_utforare
from .slump_manniskor import skapa_anstallningar, skapa_bonusregler, skapa_manniskor
from .slump_steg import andringar, skillnad
from .slump_tid import skapa_besok, skapa_narvaro


def slumpkommun(fro: int) -> Slump:
    s = Slump(fro)
    skapa_utforare(s)
    skapa_prislistor(s)
    skapa_avtal(s)
    skapa_manniskor(s)
    for verkstallighet in s.paket.rader("verkstalligheter"):
        skapa_narvaro(s, verkstallighet)
        skapa_besok(s, verkstallighet)
    skapa_bonusregler(s)
    skapa_anstallningar(s)
    return s


def slumppaket(fro: int, steg: int = 1) -> tuple[Slump, Paket]:
    """The municipality as it is after the step, and the package of that step."""
    s = slumpkommun(fro)
    paket = s.paket
    for _ in range(1, steg):
        fore = s.paket
        s.paket = andringar(s)
        paket = skillnad(s, fore, s.paket)
    return s, paket


def skriv_slumppaket(mapp: Path | str, fro: int, *, steg: int = 1) -> list[str]:
    """Writes the package of the step and returns the months to run, in order."""
    s, paket = slumppaket(fro, steg)
    skriv(s, paket, Path(mapp))
    return manader_att_kora(s)


def skriv_andringspaket(mapp: Path | str, fro: int, *, steg: int = 2) -> list[str]:
    """Writes a package that changes what package 1 (and those between) left."""
    return skriv_slumppaket(mapp, fro, steg=steg)


def skriv(s: Slump, paket: Paket, mapp: Path) -> None:
    """DATAPAKET general rules: with or without BOM, columns in any order, a file may be left out."""
    mapp.mkdir(parents=True, exist_ok=True)
    for fil in paket.filer:
        rader = paket.rader(fil)
        if not rader:
            continue
        ordning = kolumner(fil)
        if s.chans(0.3):
            s.rnd.shuffle(ordning)
        kodning = s.rnd.choice(["utf-8", "utf-8-sig"])
        with (mapp / f"{fil}.csv").open("w", encoding=kodning, newline="") as oppen:
            skrivare = csv.DictWriter(oppen, ordning, delimiter=";", lineterminator="\n")
            skrivare.writeheader()
            skrivare.writerows(s.rnd.sample(rader, len(rader)))
