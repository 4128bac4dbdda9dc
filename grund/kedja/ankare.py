"""Anchors: what the chain's last link was, written down outside the database.

Whoever owns the database can recompute the whole chain after a change. The anchors then say something else: a line in
a file of the data folder, and the same in the log of the process, which goes to wherever the municipality keeps logs.
"""

import logging
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from grund.models import Logglank

logg = logging.getLogger(__name__)
MELLAN = timedelta(minutes=10)  # a line each time would be millions a year
_ANKARE, _ATERSTALLD = "ankare", "återställd"
ATERSTALLD = "logg_aterstalld"  # the event of a person's word that the database has been restored


@dataclass(frozen=True)
class Ankare:
    """`aterstalld`: not an anchor but a person's word that the database has been restored. `nr` is then the last link
    that an anchor and the chain agree on; what earlier anchors say of later ones is no longer asked about. `skal` says
    who and why."""

    tid: datetime
    nr: int
    summa: str
    aterstalld: bool = False
    skal: str = ""

    @property
    def rad(self) -> str:
        delar = [self.tid.isoformat(), _ATERSTALLD if self.aterstalld else _ANKARE, str(self.nr), self.summa, self.skal]
        return " ".join(" ".join(delar).split())


def plats() -> Path:
    return Path(settings.DATA_DIR) / "loggankare.txt"


def alla() -> list[Ankare]:
    """In the order that they were written. A line that cannot be read is an error, which tells its number."""
    if not plats().exists():
        return []
    rader = plats().read_text(encoding="utf-8").splitlines()
    return [_las(nummer, rad) for nummer, rad in enumerate(rader, 1) if rad]


def giltiga() -> list[Ankare]:
    """Those that the chain must agree with."""
    svar: list[Ankare] = []
    for ett in alla():
        svar = [tidigare for tidigare in svar if tidigare.nr <= ett.nr] if ett.aterstalld else [*svar, ett]
    return svar


def kedjans_summor(kanda: list[Ankare]) -> dict[int, str]:
    """What the chain says of the links that anchors tell of."""
    rader = Logglank.objects.filter(nr__in=[ett.nr for ett in kanda]).values_list("nr", "summa")
    return {nr: bytes(summa).hex() for nr, summa in rader}


def lagg_ankare(nu: datetime, *, genast: bool = False) -> Ankare | None:
    """Write down where the chain is, unless that was done a moment ago or nothing has come since."""
    sista = Logglank.objects.order_by("-nr").first()
    senast = _senast()
    if sista is None or (senast and senast.nr == sista.nr) or (senast and not genast and nu - senast.tid < MELLAN):
        return None
    return _skriv(Ankare(nu, sista.nr, bytes(sista.summa).hex()))


def anteckna_aterstallning(nu: datetime, *, skal: str) -> Ankare:
    """Note a person's word that the database has been restored, and that the chain goes on from there."""
    kanda = giltiga()
    summor = kedjans_summor(kanda)
    ense = max((ett for ett in kanda if summor.get(ett.nr) == ett.summa), key=lambda ett: ett.nr, default=None)
    return _skriv(Ankare(nu, ense.nr if ense else 0, ense.summa if ense else "-", aterstalld=True, skal=skal))


def _senast() -> Ankare | None:
    """The file's last line, without reading the others."""
    try:
        with plats().open("rb") as fil:
            fil.seek(max(0, fil.seek(0, os.SEEK_END) - 2000))
            rader = fil.read().decode(errors="replace").splitlines()
    except FileNotFoundError:
        return None
    return _las(0, rader[-1]) if rader else None


def _las(nummer: int, rad: str) -> Ankare:
    try:
        tid, sort, nr, summa, *skal = rad.split(" ", 4)
        if sort not in {_ANKARE, _ATERSTALLD}:
            raise ValueError(sort)
        return Ankare(datetime.fromisoformat(tid), int(nr), summa, sort == _ATERSTALLD, "".join(skal))
    except ValueError as fel:
        msg = f"Rad {nummer} i {plats().name} går inte att läsa."
        raise ValueError(msg) from fel


def _skriv(ankare: Ankare) -> Ankare:
    with plats().open("a", encoding="utf-8") as fil:
        fil.write(ankare.rad + "\n")
        fil.flush()
        os.fsync(fil.fileno())
    logg.warning("loggkedja %s", ankare.rad)
    return ankare
