"""`python -m tests.referens PAKET MANAD UTMAPP` writes ersattning-MANAD.csv and avvikelser-MANAD.csv."""

import sys
from pathlib import Path

from .rattelse import Referens


def main(paket: str, manad: str, utmapp: str) -> None:
    referens = Referens()
    referens.las_in(paket)
    referens.kor(manad)
    ut = Path(utmapp)
    ut.mkdir(parents=True, exist_ok=True)
    (ut / f"ersattning-{manad}.csv").write_bytes(referens.ersattning_csv(manad).encode())
    (ut / f"avvikelser-{manad}.csv").write_bytes(referens.avvikelser_csv(manad).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
