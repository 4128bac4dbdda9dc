"""Each visit's way from the clock to the minutes that a row pays (R20–R22)."""

from collections import Counter
from datetime import datetime, timedelta

from ersattning.forklaring import mal
from ersattning.forklaring.lasning import BESOKSARTIKLAR, Radunderlag, gradera
from ersattning.forklaring.ord import langd_i_ord, nar
from ersattning.forklaring.typer import Annorstades, Besokstid
from ersattning.kalkyl.utford_tid import avrundade_minuter
from ersattning.models import Ersattningsrad
from ersattning.regler import Avvikelsekod
from utforare.models import Avtal, Besok

EN_MINUT = timedelta(minutes=1)


def besokstider(u: Radunderlag) -> tuple[Besokstid, ...]:
    """The visits that the row pays, in time order."""
    betalt: Counter[str] = Counter()
    avtal: dict[str, Avtal | None] = {}
    for del_ in u.delar:
        for nyckel, minuter in del_.besok:
            betalt[nyckel] += minuter
            avtal[nyckel] = u.kring.avtal.get(del_.avtal_id)
    tider = [_tid(u, nyckel, minuter, avtal[nyckel]) for nyckel, minuter in betalt.items()]
    return tuple(sorted(tider, key=lambda ett: (ett.start is None, ett.start, ett.nyckel)))


def _tid(u: Radunderlag, nyckel: str, betalt: int, avtal: Avtal | None) -> Besokstid:
    besok, annat = u.kring.besok.get(nyckel), _annorstades(u, nyckel)
    if besok is None:
        return Besokstid(nyckel, None, None, None, None, None, betalt, annat)
    start, slut = besokets_tider(besok)
    minuter = (slut - start) // EN_MINUT
    steg = avtal.avrundning_minuter if avtal and besok.utford_start else None
    avrundat = avrundade_minuter(minuter, steg)
    rest = avrundat - betalt - sum(ett.minuter for ett in annat)
    over_tak = _over_tak(u, besok, rest)
    return Besokstid(
        nyckel=nyckel,
        start=start,
        slut=slut,
        minuter=minuter,
        steg=steg,
        avrundat=avrundat,
        betalt=betalt,
        annorstades=annat,
        over_tak=over_tak,
        utan_pris=rest - over_tak,
        avbokat=avbokning(besok) if besok.utford_start is None else "",
    )


def besokets_tider(besok: Besok) -> tuple[datetime, datetime]:
    """Start and end: as carried out, else as planned."""
    start, slut = besok.utford_start or besok.planerad_start, besok.utford_slut or besok.planerad_slut
    assert start is not None  # noqa: S101  database constraint
    assert slut is not None  # noqa: S101  database constraint
    return start, slut


def _annorstades(u: Radunderlag, nyckel: str) -> tuple[Annorstades, ...]:
    return tuple(
        Annorstades(rad.tidsband, minuter, mal.rad(rad.pk))
        for rad in u.rader
        if rad.pk != u.ursprung.pk and rad.artikel == u.rad.artikel
        for minuter in [_minuter(rad, nyckel)]
        if minuter
    )


def _minuter(rad: Ersattningsrad, nyckel: str) -> int:
    return sum(minuter for del_ in gradera(rad.grund) for vilket, minuter in del_.besok if vilket == nyckel)


def _over_tak(u: Radunderlag, besok: Besok, rest: int) -> int:
    """What the cap cut: said by an avvikelse for visits; for bomtid it is what is left, unless a price is missing."""
    egna = [ett for ett in u.avvikelser if ett.besok_nyckel == besok.nyckel]
    if besok.utford_start is None:
        saknar_pris = any(ett.kod in {Avvikelsekod.PRIS_SAKNAS, Avvikelsekod.NIVA_SAKNAS} for ett in egna)
        return 0 if saknar_pris else rest
    return sum(int(ett.varde) for ett in egna if ett.kod == Avvikelsekod.OVER_BESTALLD_TID)


def avbokning(besok: Besok) -> str:
    """When the brukare cancelled, and how long before the planned start."""
    if besok.avbokad is None or besok.planerad_start is None:
        return "avbokades aldrig"
    fore = (besok.planerad_start - besok.avbokad) // EN_MINUT
    if fore < 0:
        return f"avbokat {nar(besok.avbokad)}, efter att besöket skulle ha börjat"
    return f"avbokat {nar(besok.avbokad)}, {langd_i_ord(fore)} före"


def ar_besoksrad(artikel: str) -> bool:
    """Whether the article pays visits."""
    return artikel in BESOKSARTIKLAR
