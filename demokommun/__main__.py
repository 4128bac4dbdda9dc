"""`python -m demokommun MAPP --manad 2026-05 [--manader 24] [--skala 1] [--fro 1] [--sent]`"""

import sys
from argparse import ArgumentParser
from fractions import Fraction
from pathlib import Path

from demokommun import skriv_paket, skriv_sent_paket
from demokommun.fall import FALL


def main() -> None:
    tolk = ArgumentParser(
        prog="python -m demokommun", description="Skriver den påhittade kommunen Ekstad som ett datapaket."
    )
    tolk.add_argument("mapp", type=Path, help="mappen som paketets CSV-filer skrivs i")
    tolk.add_argument("--manad", required=True, help="sista månaden med närvaro och besök, t.ex. 2026-05")
    tolk.add_argument("--manader", type=int, default=24, help="hur många månader bakåt")
    tolk.add_argument("--skala", type=Fraction, default=Fraction(1), help="1 = en kommun med omkring 1 300 personer")
    tolk.add_argument("--fro", type=int, default=1, help="slumpfrö: samma frö ger samma paket")
    tolk.add_argument("--sent", action="store_true", help="skriv i stället det lilla paket som kom en månad senare")
    val = tolk.parse_args()
    skriv = skriv_sent_paket if val.sent else skriv_paket
    info = skriv(val.mapp, till_manad=val.manad, manader=val.manader, skala=val.skala, fro=val.fro)
    for fil, antal in info.antal.items():
        sys.stdout.write(f"{fil}: {antal}\n")
    sys.stdout.writelines(f"{fall.person_id}  {fall.vad}\n" for fall in FALL)


if __name__ == "__main__":
    main()
