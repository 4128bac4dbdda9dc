"""R40: which of the changes since a month was last calculated may have moved a row that was corrected.

A price list or a person has many changes that a row does not rest on. What each corrected row rests on is kept with it
(`grund`), before in the krediteringar and after in the rättelser, so most changes that are no cause are known. Where it
is not known, since new rows are noted together, a change is kept: it may have moved the row.
"""

from collections.abc import Iterable, Set
from datetime import timedelta
from functools import cached_property

from ersattning.forklaring.da import Andringar
from ersattning.forklaring.lasning import BESOKSARTIKLAR, RATTAR, Radunderlag, gradera
from ersattning.kalkyl.typer import Del
from ersattning.models import Ersattningsrad
from ersattning.regler import Artikel, Radtyp
from grund.models import Andring
from grund.tid import EN_DAG

_BARA_FOR = {
    "narvaro": {Artikel.DYGN, Artikel.NARVARO, Artikel.FRANVARO},
    "besok": BESOKSARTIKLAR,
    "tidsband": BESOKSARTIKLAR,
}
_FACK = ("enhet_for_antal", "niva", "omfattning", "tidsband")


def orsaker(u: Radunderlag) -> Andringar:
    """The changes between the two calculations that may have moved the row; none for a row that is no correction."""
    ratt = _Rattelse(u)
    return Andringar(ett for ett in u.mellan.alla if ratt.kan_ha_flyttat(ett))


class _Rattelse:
    """What a verkställighet's month rested on before it was corrected and after."""

    def __init__(self, u: Radunderlag) -> None:
        self.u, self.rad = u, u.rad
        samma = [ett for ett in u.alla_rader if ett.korning_id == u.rad.korning_id and ett.typ in RATTAR]
        self.fore = [ett for ett in samma if ett.typ == Radtyp.KREDITERING]
        self.efter = [ett for ett in samma if ett.typ == Radtyp.RATTELSE]

    def kan_ha_flyttat(self, andring: Andring) -> bool:
        """Whether the row may be another because of the change."""
        bara_for = _BARA_FOR.get(andring.fil)
        if bara_for is not None and self.rad.artikel not in bara_for:
            return False
        fore, efter = self._vilar_pa(andring.fil)
        if fore is None or efter is None:
            return self._ror_dagarna(andring)
        if andring.gammalt is None:
            return bool(efter - fore) and self._ror_dagarna(andring)
        return andring.gammalt["id"] in fore | efter and self._ror_dagarna(andring)

    def _vilar_pa(self, fil: str) -> tuple[Set[int], Set[int]] | tuple[None, None]:
        """Primary keys of the file's rows that were used before and after; None where the rows do not keep them."""
        if fil == "priser":
            fore, efter = (self._i_samma_fack(rader) for rader in (self.fore, self.efter))
            return {d.pris_id for d in _delar(fore)}, {d.pris_id for d in _delar(efter)}
        if fil == "avtal":
            return {d.avtal_id for d in _delar(self.fore)}, {d.avtal_id for d in _delar(self.efter)}
        if fil == "nivabedomningar":
            fore_, efter_ = ({d.niva_id for d in _delar(rader) if d.niva_id} for rader in (self.fore, self.efter))
            return fore_, efter_
        if fil == "beslut":
            return {ett.vems.beslut for ett in self.fore}, {ett.vems.beslut for ett in self.efter}
        if fil == "verkstalligheter" and self.rad.artikel != Artikel.AVSLUT:  # others may stop an avslut (R30)
            return {ett.vems.verkstallighet for ett in self.fore}, {ett.vems.verkstallighet for ett in self.efter}
        return None, None

    def _i_samma_fack(self, rader: Iterable[Ersattningsrad]) -> list[Ersattningsrad]:
        """Those that the same price cells could fit (R4)."""
        return [ett for ett in rader if all(getattr(ett, falt) == getattr(self.rad, falt) for falt in _FACK)]

    @cached_property
    def _dagar(self) -> int:
        mask = 0
        for del_ in _delar([*self.fore, *self.efter]):
            mask |= del_.dagar
        return mask

    def _ror_dagarna(self, andring: Andring) -> bool:
        """Whether a day that is paid before or after is among those of the change. A visit may start the day before."""
        if andring.fran is None:
            return False
        fran = andring.fran - EN_DAG if andring.fil in {"besok", "tidsband"} else andring.fran
        till = andring.till or self.u.kring.manad.till + timedelta(days=1)
        return bool(self._dagar & self.u.kring.kalender.mask(fran, till))


def _delar(rader: Iterable[Ersattningsrad]) -> list[Del]:
    return [del_ for rad in rader for del_ in gradera(rad.grund)]
