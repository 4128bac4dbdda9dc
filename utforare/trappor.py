"""The two small grammars of a contract: the absence staircase and the limits of omfattning. Pure text, no Django.

Both give the canonical spelling, without spaces around the marks, or raise ValueError with a Swedish sentence.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

_STEG = re.compile(r"([0-9]{1,4})\s*-\s*([0-9]{0,4})\s*:\s*([0-9]{1,12})(?:\.([0-9]{1,12}))?")
_GRANS = re.compile(r"([0-9]{1,4})\s*:\s*([^:]{1,40})")


def las_trappa(text: str) -> str:
    """`1-14:100,15-30:50`: steps from day 1 without gaps; the last may be open (`31-:25`)."""
    nasta: int | None = 1
    ut = []
    for del_ in text.split(","):
        traff = _STEG.fullmatch(del_.strip())
        if traff is None:
            msg = f"Steget ”{del_.strip()}” går inte att läsa. Skriv som 1-14:100,15-30:50 (dagar:procent)."
            raise ValueError(msg)
        if nasta is None:
            msg = f"Steget ”{del_.strip()}” kommer efter ett steg utan slut. Bara det sista steget får vara öppet."
            raise ValueError(msg)
        forsta, sista = int(traff[1]), int(traff[2]) if traff[2] else None
        if forsta != nasta or (sista is not None and sista < forsta):
            msg = f"Steget ”{del_.strip()}” ska börja på dag {nasta}: stegen börjar på 1, utan hål och överlapp."
            raise ValueError(msg)
        decimaler = (traff[4] or "").rstrip("0")
        ut.append(f"{forsta}-{sista or ''}:{int(traff[3])}{'.' if decimaler else ''}{decimaler}")
        nasta = None if sista is None else sista + 1
    return ",".join(ut)


def las_granser(text: str) -> str:
    """`0:deltid,360:heltid`: minutes that rise from 0, each with the omfattning from there on."""
    steg = list(_granser(text))
    minuter = [minut for minut, _ in steg]
    if minuter[0] != 0 or any(forra >= nasta for forra, nasta in pairwise(minuter)):
        msg = "Gränserna ska börja på 0 och stiga, som 0:deltid,360:heltid."
        raise ValueError(msg)
    return ",".join(f"{minut}:{omfattning}" for minut, omfattning in steg)


def _granser(text: str) -> Iterator[tuple[int, str]]:
    for del_ in text.split(","):
        traff = _GRANS.fullmatch(del_.strip())
        if traff is None:
            msg = f"Gränsen ”{del_.strip()}” går inte att läsa. Skriv som 0:deltid,360:heltid (minuter:omfattning)."
            raise ValueError(msg)
        yield int(traff[1]), traff[2].strip()
