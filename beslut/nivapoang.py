"""How answers become a level: weighted points, summed, against the instrument's limits. Pure.

ICF's qualifiers 0–4 are numbers. 8 (ej specificerat) and 9 (ej tillämpbart) are not: an area with one of them is left
out of the sum, never given a mean of the others, and too many of them give no level at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grund.text import antal_ord, och, tal

TAL = (0, 1, 2, 3, 4)
EJ_SPECIFICERAT, EJ_TILLAMPBART = 8, 9
UTAN_TAL = (EJ_SPECIFICERAT, EJ_TILLAMPBART)
SVAR = (*TAL, *UTAN_TAL)
HOGST = max(TAL)

BESKRIVNING = {
    0: "inget stödbehov",
    1: "lätt stödbehov",
    2: "måttligt stödbehov",
    3: "stort stödbehov",
    4: "totalt stödbehov",
    EJ_SPECIFICERAT: "ej specificerat",
    EJ_TILLAMPBART: "ej tillämpbart",
}


@dataclass(frozen=True, slots=True)
class Omrade:
    """An area of life, and how much it counts."""

    kod: str
    namn: str
    vikt: Decimal


@dataclass(frozen=True, slots=True)
class Grans:
    """The level that a sum of at least `minst` gives."""

    minst: Decimal
    niva: str


@dataclass(frozen=True, slots=True)
class Skala:
    """What decides a level. At most `hogst_utan_tal` areas may be 8 or 9."""

    omraden: tuple[Omrade, ...]
    granser: tuple[Grans, ...]
    hogst_utan_tal: int

    def niva_for(self, summa: Decimal) -> str:
        """The level of the highest limit at or below `summa`; empty below them all."""
        natt = [grans for grans in self.granser if grans.minst <= summa]
        return max(natt, key=lambda grans: grans.minst).niva if natt else ""


@dataclass(frozen=True, slots=True)
class Poang:
    """What the answers came to. `niva` is empty when there is none, and `skal` says why.

    `poang`: area → weighted points; None where the answer is no number, or missing. `kan_bli`: the level if what is
    ej specificerat were as great as it can be, when that is another; the deciding person is to know.
    """

    poang: dict[str, Decimal | None]
    summa: Decimal
    niva: str
    skal: str
    kan_bli: str = ""


def berakna(skala: Skala, svar: Mapping[str, int | None]) -> Poang:
    """Points, sum and level of `svar` (area's kod → 0–4, 8, 9 or None)."""
    poang = {ett.kod: _poang(ett, svar.get(ett.kod)) for ett in skala.omraden}
    summa = sum((ett for ett in poang.values() if ett is not None), Decimal(0))
    skal = _skal(skala, svar, summa)
    if skal:
        return Poang(poang, summa, "", skal)
    niva = skala.niva_for(summa)
    okant = sum((HOGST * ett.vikt for ett in skala.omraden if svar[ett.kod] == EJ_SPECIFICERAT), Decimal(0))
    hogst = skala.niva_for(summa + okant)
    return Poang(poang, summa, niva, "", hogst if hogst != niva else "")


def _poang(omrade: Omrade, svar: int | None) -> Decimal | None:
    if svar is not None and svar not in SVAR:
        msg = f"{svar} är inget svar"
        raise ValueError(msg)
    return None if svar is None or svar in UTAN_TAL else svar * omrade.vikt


def _skal(skala: Skala, svar: Mapping[str, int | None], summa: Decimal) -> str:
    """Why there is no level; empty when there is one."""
    obesvarade = [ett.namn for ett in skala.omraden if svar.get(ett.kod) is None]
    if obesvarade:
        return f"{_omraden(obesvarade)} är inte besvarade." if len(obesvarade) > 1 else f"{obesvarade[0]} är obesvarat."
    utan_tal = [ett.namn for ett in skala.omraden if svar[ett.kod] in UTAN_TAL]
    if len(utan_tal) > skala.hogst_utan_tal:
        hogst = antal_ord(skala.hogst_utan_tal, "område", "områden")
        return f"{och(utan_tal)} är bedömda som 8 eller 9. Högst {hogst} får vara det för att ge en nivå."
    if not skala.niva_for(summa):
        return f"Summan {tal(summa, 2, minst=0)} når inte instrumentets lägsta nivå."
    return ""


def _omraden(namn: Sequence[str]) -> str:
    return och(namn) if len(namn) <= 3 else antal_ord(len(namn), "område", "områden")
