"""Recalculates a row from its explanation alone: a reader with pen and paper, who has never seen the system's code.

Nothing of the system is imported but the shape of an explanation. What the page shows is what is used: the days, the
places in the run of absence and the staircase, the visits' minutes, the month's days, the price and the share.
"""

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from ersattning.forklaring.typer import Besokstid, Forklaring, Franvarodag


def rakna_om(f: Forklaring) -> Decimal:
    """belopp, from what the explanation shows; asserts that each step on the way follows from what is shown."""
    if f.rad.typ == "bonus":
        belopp = bonus(f)
    else:
        assert {ruta.dag for ruta in f.dagar if ruta.klass == "har"} == set(dagarna(f))
        belopp = oren(abs(antal(f)) * Fraction(pris(f)) * Fraction(andel(f)))
    if f.rad.typ == "kreditering":
        belopp = -belopp
    assert kronor(f.led[-1].varde) == belopp
    return belopp


def dagarna(f: Forklaring) -> list[date]:
    alla = [dag for del_ in f.delar for dag in del_.dagar]
    if f.rad.enhet != "timme" or f.rad.artikel == "bestalld_tid":
        assert len(alla) == len(set(alla)), "a day counts once"
    return sorted(set(alla))


def antal(f: Forklaring) -> Fraction:
    """The row's antal, from its days or visits."""
    dagar, rad = dagarna(f), f.rad
    assert (dagar[0], dagar[-1]) == (rad.fran, rad.sista)
    if rad.artikel in {"utford_tid", "bomtid"}:
        svar = Fraction(minuter(f), 60)
    elif rad.artikel == "bestalld_tid":
        svar = len(dagar) * per_dag(f) / 60
    elif rad.enhet == "manad":
        svar = Fraction(len(dagar), calendar.monthrange(rad.avser.ar, rad.avser.nummer)[1])
    else:
        svar = Fraction(len(dagar))
    assert svar == abs(rad.antal)
    if rad.artikel == "narvaro":
        assert [(ett.dag, ett.kod) for ett in f.narvaro] == [(dag, "N") for dag in dagar]
    return svar


def per_dag(f: Forklaring) -> Fraction:
    """R23: antal × 60 / 7 for a week, by the month's days for a month."""
    assert f.bestallt is not None
    delat_med = {"timmar_vecka": 7, "timmar_manad": calendar.monthrange(f.rad.avser.ar, f.rad.avser.nummer)[1]}
    assert f.bestallt.delat_med == delat_med[f.bestallt.enhet]
    return f.bestallt.antal * 60 / f.bestallt.delat_med


def minuter(f: Forklaring) -> int:
    """What the row's visits give; each visit's minutes are accounted for, from the clock to the last of them."""
    dagar = dagarna(f)
    for ett in f.besok:
        assert ett.start is not None
        _tid(ett)
    assert len({ett.nyckel for ett in f.besok}) == len(f.besok)
    taket(f)
    assert len(dagar) <= len(f.besok)
    return sum(ett.betalt for ett in f.besok)


def taket(f: Forklaring) -> None:
    """R21, R22: the cap is days × ordered minutes × the avtal's share, floored, and what is paid lies under it."""
    villkor = [ett for ett in f.kedja if ett.vad in {"Tak", "Tak för bomtid"}]
    bestallt = [ett for ett in f.kedja if ett.vad == "Beställt" and "timm" in ett.text]
    if not villkor or not bestallt:
        assert f.tak is None or villkor == []
        return
    assert f.tak
    delat_med = {"timmar_vecka": 7, "timmar_manad": calendar.monthrange(f.rad.avser.ar, f.rad.avser.nummer)[1]}
    per_dag_ = f.tak.bestallt.antal * 60 / delat_med[f.tak.bestallt.enhet]
    assert f"{float(f.tak.bestallt.antal):g}".replace(".", ",") == bestallt[0].text.split()[0]
    summa = Fraction(0)
    for del_ in f.tak.delar:
        assert del_.minuter == len(del_.dagar) * per_dag_ * del_.andel
        summa += del_.minuter
    dagar = [dag for del_ in f.tak.delar for dag in del_.dagar]
    assert len(dagar) == len(set(dagar)), "a day gives minutes once"
    assert {f"{float(del_.andel * 100):g}" for del_ in f.tak.delar} >= {villkor[0].text.split()[1].replace(",", ".")}
    assert f.tak.minuter == summa.numerator // summa.denominator
    assert sum(ett.betalt for ett in f.besok) <= f.tak.betalt <= f.tak.minuter
    if any(ett.over_tak for ett in f.besok):
        assert f.tak.betalt == f.tak.minuter


def _tid(ett: Besokstid) -> None:
    assert ett.start
    assert ett.slut
    gick = (ett.slut - ett.start) // timedelta(minutes=1)
    assert ett.minuter == gick
    if ett.steg:
        nedat = gick // ett.steg * ett.steg
        avrundat = nedat + ett.steg if (gick - nedat) * 2 >= ett.steg else nedat
        assert ett.avrundat == avrundat
    else:
        assert ett.avrundat == gick
    annat = sum(del_.minuter for del_ in ett.annorstades)
    assert ett.betalt > 0
    assert min(ett.over_tak, ett.utan_pris) >= 0
    assert ett.avrundat == ett.betalt + annat + ett.over_tak + ett.utan_pris


def andel(f: Forklaring) -> Decimal:
    """The share: by the staircase for absence, by the avtal for bomtid, else all."""
    if f.rad.artikel == "franvaro":
        assert [ett.dag for ett in f.franvaro] == dagarna(f)
        foljer(f)
        (svar,) = {ur_trappan(ett) for ett in f.franvaro}
        assert svar == f.rad.faktor
        return svar
    if f.rad.artikel == "bomtid":
        (grund,) = [ett for ett in f.kedja if ett.vad == "Bomtid"]
        svar = Decimal(re.match(r"([\d,]+)\s%", grund.text)[1].replace(",", ".")) / 100  # type: ignore[index]
        assert svar == f.rad.faktor
        return svar
    assert f.rad.faktor == 1
    return Decimal(1)


def ur_trappan(ett: Franvarodag) -> Decimal:
    for steg in ett.trappa:
        if steg.fran <= ett.plats <= (steg.till or ett.plats):
            assert steg.andel == ett.andel
            return steg.andel
    msg = f"{ett.dag}, plats {ett.plats}, är inte på trappan"
    raise AssertionError(msg)


def foljer(f: Forklaring) -> None:
    """Places rise by one from each day to the next, by calendar days where a dygn is paid, or a new run begins."""
    for forra, nasta in zip(f.franvaro, f.franvaro[1:], strict=False):
        dagar = (nasta.dag - forra.dag).days
        if f.rad.enhet == "dygn":
            assert (nasta.plats - forra.plats == dagar) or nasta.plats < dagar
        else:
            assert nasta.plats == forra.plats + 1 or nasta.plats <= dagar


def pris(f: Forklaring) -> Decimal:
    """The price that is shown; every part has it."""
    svar = kronor(f.led[1].varde)
    assert {kronor(del_.pris.split(" per ")[0]) for del_ in f.delar} == {svar}
    assert svar == f.rad.a_pris
    return svar


def bonus(f: Forklaring) -> Decimal:
    """R50: the part of the rule's belopp that falls due."""
    assert f.bonus is not None
    if not f.bonus.delas:
        return f.bonus.belopp
    vid_start = oren(Fraction(f.bonus.belopp) * f.bonus.andel_vid_start)
    return vid_start if f.bonus.del_av_bonus == "start" else f.bonus.belopp - vid_start


def oren(exakt: Fraction) -> Decimal:
    """To öre, half up."""
    oren_ = exakt * 100
    hela = oren_.numerator // oren_.denominator
    return Decimal(hela + (oren_ - hela >= Fraction(1, 2))).scaleb(-2)


def kronor(text: str) -> Decimal:
    """`1 962,00 kr` as a number."""
    siffror = text.removesuffix("kr").replace("\N{MINUS SIGN}", "-").replace(",", ".")
    return Decimal("".join(siffror.split()).replace("\xa0", ""))
