"""From one state of a random municipality to the next, and the package that takes it there."""

from .giltighet import fel
from .paket import Nyckel, Paket, nyckel
from .slump_andring import ANDRINGAR
from .slump_grund import Slump

BORTTAGBARA = ["narvaro", "besok", "anstallningar", "nivabedomningar", "verkstalligheter"]


def andringar(s: Slump) -> Paket:
    """A new state; a change that would break a rule of DATAPAKET is not made."""
    fore = s.paket
    for _ in range(s.rnd.randint(12, 30)):
        innan = s.paket
        s.paket = Paket({fil: dict(rader) for fil, rader in innan.filer.items()})
        s.rnd.choice(ANDRINGAR)(s)
        if fel(s.paket) or tagna_med_egna_rader(fore, s.paket):
            s.paket = innan
    return s.paket


def tagna_med_egna_rader(fore: Paket, efter: Paket) -> bool:
    """DATAPAKET borttag.csv: verkställigheter only without närvaro and besök of its own."""
    tagna = {rad["verkstallighet_id"] for vad, rad in fore.filer["verkstalligheter"].items() if borta(efter, vad)}
    return any(rad["verkstallighet_id"] in tagna for fil in ("narvaro", "besok") for rad in fore.rader(fil))


def borta(efter: Paket, vad: Nyckel) -> bool:
    return vad not in efter.filer["verkstalligheter"]


def skillnad(s: Slump, fore: Paket, efter: Paket) -> Paket:
    """New and changed rows, borttag for those gone, and some unchanged rows, which must change nothing."""
    paket = Paket()
    for fil, rader in efter.filer.items():
        for rad in rader.values():
            if fore.filer[fil].get(nyckel(fil, rad)) != rad or s.chans(0.03):
                paket.lagg(fil, rad)
    for fil in BORTTAGBARA:
        for vad in fore.filer[fil]:
            if vad not in efter.filer[fil]:
                paket.lagg("borttag", {"fil": fil, "id": vad[0], "datum": vad[1] if fil == "narvaro" else ""})
    return paket
