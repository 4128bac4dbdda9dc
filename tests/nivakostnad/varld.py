"""A small world whose levels change: five persons under five models, some prices raised, two months settled."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tests.datapaket.paket import skriv
from tests.kedja import direkt
from tests.niva.fem_modeller import MODELLER, PRIS, paketet

IDAG = date(2026, 6, 3)
PRISHOJNING = date(2026, 4, 1)
EXTRA = 10  # kronor more for each level from then
# person, insats, level, from, approved: after the first at level 1 from New Year
NYA = (
    ("dygn", "2", date(2026, 3, 11), date(2026, 3, 12)),
    ("dygn", "3", date(2026, 4, 21), date(2026, 4, 21)),  # one after another
    ("narvaro", "3", date(2026, 2, 10), date(2026, 5, 4)),  # approved when March and April are settled
    ("manad", "1", date(2026, 3, 1), date(2026, 3, 1)),  # says what holds: no change
    ("utford_tid", "2", date(2026, 4, 6), date(2026, 4, 6)),
    ("bestalld_tid", "2", date(2026, 3, 20), date(2026, 3, 20)),
)
_HUVUD = "nivabedomning_id;person_id;insats;niva;fran;status;bedomd_av;godkand_av;godkand\n"


def filer() -> dict[str, str]:
    """The package of the five models, with prices that are raised once."""
    alla = paketet()
    huvud, *rader = alla["priser"].splitlines(keepends=True)
    sista = PRISHOJNING - timedelta(days=1)
    nya = []
    for rad in rader:
        *falt, belopp, fran, _ = rad.rstrip("\n").split(";")
        nya.append(";".join([*falt, belopp, fran, str(sista)]) + "\n")
        nya.append(";".join([*falt, str(int(belopp) + EXTRA), str(PRISHOJNING), ""]) + "\n")
    return alla | {"priser": huvud + "".join(nya)}


def bygg(mapp: Path) -> None:
    """March and April settled; then a late approval, which May corrects and which is settled too."""
    tidiga = [ett for ett in NYA if ett[3] < date(2026, 5, 1)]
    sena = [ett for ett in NYA if ett not in tidiga]
    alla = filer()
    alla["nivabedomningar"] += _rader(tidiga)
    direkt.las_in(skriv(mapp / "paket", alla))
    for manad in ("2026-03", "2026-04"):
        direkt.kor(manad)
        direkt.faststall(manad)
    direkt.las_in(skriv(mapp / "sent", {"nivabedomningar": _HUVUD + _rader(sena)}))
    direkt.kor("2026-05")
    direkt.faststall("2026-05")


def _rader(nya: object) -> str:
    return "".join(
        f"N-{modell}-{niva};P-{modell};{MODELLER[modell][0]};{niva};{fran};godkand;anna;bo;{godkand}\n"
        for modell, niva, fran, godkand in nya  # type: ignore[attr-defined]
    )


def pris(niva: str, dag: date, tillagg: int = 0) -> Decimal:
    """What a unit costs on the day."""
    return Decimal(PRIS[niva] + tillagg + (EXTRA if dag >= PRISHOJNING else 0))


def per_dag(modell: str, dag: date) -> Mapping[int, Decimal]:
    """What is paid for on a day, by what the price has more than its level's: read from the package, day by day."""
    if modell == "dygn":  # a night away in the middle of each month until April is not paid; later all are at home
        return {} if dag.day == 15 and dag < date(2026, 5, 1) else {0: Decimal(1)}
    if modell == "narvaro":
        return {0: Decimal(1)} if dag.isoweekday() <= 4 and dag < date(2026, 5, 1) else {}
    if modell == "utford_tid":
        if dag >= date(2026, 5, 1):
            return {}
        return {1: {0: Decimal(1)}, 5: {0: Decimal(1), 50: Decimal(1)}}.get(dag.isoweekday(), {})
    raise ValueError(modell)
