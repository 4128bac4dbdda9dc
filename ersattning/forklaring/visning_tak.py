"""The month's cap as a sum that a reader can repeat: so many days × ordered minutes × share, down to whole minutes."""

from typing import NamedTuple

from ersattning.forklaring.ord import bestallt_i_ord, dagar_i_rad, decimaltal
from ersattning.forklaring.typer import Bestallt, Tak, Takdel
from ersattning.forklaring.visning import adress
from ersattning.regler import Artikel
from grund.pengar import avrunda
from grund.text import procent, tal


class Takdelsvy(NamedTuple):
    """The days under one avtal, as a sum: `31 × 2 × 60 ÷ 7 × 100 %`."""

    dagar: str
    utrakning: str
    avtal: str
    adress: str
    minuter: str


class Takvy(NamedTuple):
    """A cap and what is paid under it, in minutes."""

    rubrik: str
    bestallt: str
    varifran: str
    adress: str
    delar: list[Takdelsvy]
    exakt: str
    minuter: str
    betalt: str
    kvar: str


def takvy(artikel: str, tak: Tak | None) -> Takvy | None:
    """What the page and the document show of the cap."""
    if tak is None:
        return None
    return Takvy(
        rubrik="Taket för månadens bomtid" if artikel == Artikel.BOMTID else "Taket för månadens besök",
        bestallt=bestallt_i_ord(tak.bestallt.antal, tak.bestallt.enhet),
        varifran=tak.bestallt.varifran,
        adress=adress(tak.bestallt_mal),
        delar=[_del(ett, tak.bestallt) for ett in tak.delar],
        exakt=decimaltal(tak.exakt),
        minuter=tal(tak.minuter),
        betalt=tal(tak.betalt),
        kvar=tal(tak.minuter - tak.betalt),
    )


def _del(del_: Takdel, ordnat: Bestallt) -> Takdelsvy:
    andel = procent(avrunda(del_.andel, 12))
    utrakning = f"{len(del_.dagar)} × {decimaltal(ordnat.antal, 12)} × 60 ÷ {ordnat.delat_med} × {andel}"
    return Takdelsvy(dagar_i_rad(del_.dagar), utrakning, del_.avtal, adress(del_.avtal_mal), decimaltal(del_.minuter))
