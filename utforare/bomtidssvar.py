"""Whether a cancelled visit is bomtid by the terms of its day, said with the visit's own figures (R22)."""

from datetime import datetime
from typing import NamedTuple

from grund.text import antal_ord, procent, tal
from utforare import bomtid
from utforare.models import Avtal
from utforare.regler import AvbokadAv, Modell

_MINUT = 60


class Bomtidssvar(NamedTuple):
    """`ar_bomtid`, and a sentence that says why or why not."""

    ar_bomtid: bool
    text: str


def svar(avtal: Avtal | None, planerad_start: datetime, avbokad: datetime | None, avbokad_av: str) -> Bomtidssvar:
    """By the same rule as the calculation. `avtal` is that of the planned day."""
    if avbokad_av != AvbokadAv.BRUKARE:
        return Bomtidssvar(False, "Utföraren avbokade: besöket betalas inte.")
    if avtal is None or avtal.modell != Modell.UTFORD_TID:
        return Bomtidssvar(False, "Avtalet betalar inte efter utförd tid, så bomtid finns inte.")
    varsel, andel = avtal.bomtid_varsel_timmar, avtal.bomtid_andel
    if varsel is None or not andel:
        return Bomtidssvar(False, "Avtalet betalar inte bomtid.")
    ar = bomtid.ar_bomtid(
        planerad_start=_minuter(planerad_start),
        avbokad=None if avbokad is None else _minuter(avbokad),
        avbokad_av=avbokad_av,
        varsel_timmar=varsel,
        andel=andel,
    )
    blir = f"bomtid, betalas med {procent(andel)} av priset för den planerade tiden" if ar else "ingen bomtid"
    tak = avtal.bomtid_tak_andel
    hogst = f" Högst {procent(tak)} av månadens beställda tid betalas som bomtid." if ar and tak is not None else ""
    return Bomtidssvar(ar, f"{_nar(planerad_start, avbokad)} Avtalet kräver {_timmar(varsel)}: {blir}.{hogst}")


def _nar(planerad_start: datetime, avbokad: datetime | None) -> str:
    if avbokad is None:
        return "Aldrig avbokat."
    minuter = _minuter(planerad_start) - _minuter(avbokad)
    if minuter < 0:
        return f"Avbokat {langd_i_ord(-minuter)} efter att besöket skulle ha börjat."
    return f"Avbokat {langd_i_ord(minuter)} före."


def _timmar(varsel: object) -> str:
    return f"{tal(varsel, 2, minst=0)} timmar"  # type: ignore[arg-type]  # a DecimalField's value


def _minuter(tidpunkt: datetime) -> int:
    return int(tidpunkt.timestamp()) // _MINUT


def langd_i_ord(minuter: int) -> str:
    """`11 timmar`, `1 timme 25 minuter`, `40 minuter`, `0 minuter`."""
    timmar, rest = divmod(minuter, _MINUT)
    delar = [antal_ord(timmar, "timme", "timmar")] if timmar else []
    if rest or not timmar:
        delar.append(antal_ord(rest, "minut", "minuter"))
    return " ".join(delar)
