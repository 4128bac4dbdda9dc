"""R20 visits carried out, R21 their cap, R22 bomtid for visits that the brukare cancelled too late."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import NamedTuple

from ersattning.kalkyl.bestalld_tid import minuter_per_dag
from ersattning.kalkyl.klocka import lokal_dag
from ersattning.kalkyl.samling import Manadsbok, Radnyckel, Samling, Stracka
from ersattning.kalkyl.typer import ETT, Besok, Del, Pris
from utforare import bomtid


class Bit(NamedTuple):
    """Minutes of a visit in one time band, with their price."""

    tidsband: str
    minuter: int
    pris: Pris


@dataclass(frozen=True, slots=True)
class Pass:
    """A visit ready to pay: its day number, the terms of that day, and its priced minutes in time order."""

    besok: Besok
    dag: int
    stracka: Stracka
    bitar: list[Bit]


def rakna(strackor: list[Stracka], bok: Manadsbok, samling: Samling) -> None:
    """Pay the month's visits and bomtid of one verkställighet."""
    utforda, bom = [], []
    for besok in samling.verkstallighet.besok:
        start = besok.planerad_start if besok.utford_start is None else besok.utford_start
        assert start is not None  # noqa: S101  a visit not carried out has planned times (database constraint)
        mask = bok.kalender.bit(lokal_dag(start))
        stracka = next((s for s in strackor if s.dagar & mask), None)
        if stracka is None:
            continue
        if besok.utford_start is not None:
            utforda.append((besok, mask.bit_length() - 1, stracka))
        elif ar_bomtid(besok, stracka):
            bom.append((besok, mask.bit_length() - 1, stracka))
    _betala_utfort([_utfort_pass(*ett, bok, samling) for ett in utforda], strackor, bok, samling)
    _betala_bomtid([_bompass(*ett, bok, samling) for ett in bom], strackor, bok, samling)


def ar_bomtid(besok: Besok, stracka: Stracka) -> bool:
    """R22, by the terms of the visit's day."""
    return bomtid.ar_bomtid(
        planerad_start=besok.planerad_start,
        avbokad=besok.avbokad,
        avbokad_av=besok.avbokad_av,
        varsel_timmar=stracka.avtal.bomtid_varsel_timmar,
        andel=stracka.avtal.bomtid_andel,
    )


def _utfort_pass(besok: Besok, dag: int, stracka: Stracka, bok: Manadsbok, samling: Samling) -> Pass:
    """R20 (1)–(3): round, split by tidsband, drop the minutes that have no price."""
    start, slut = besok.utford_start, besok.utford_slut
    assert start is not None  # noqa: S101  the caller has looked
    assert slut is not None  # noqa: S101  a visit carried out has an end (database constraint)
    minuter = avrundade_minuter(slut - start, stracka.avtal.avrundning_minuter)
    if not minuter:
        samling.avvik_besok("besok_utan_tid", besok.nyckel, dag)
        return Pass(besok, dag, stracka, [])
    bitar = bok.band.dela(stracka.avtal.prislista_id, start, min(slut, start + minuter))
    utover = minuter - (slut - start)
    if utover > 0:
        bitar[-1] = (bitar[-1][0], bitar[-1][1] + utover)
    return Pass(besok, dag, stracka, _prissatta(bitar, besok, dag, stracka, bok, samling))


def avrundade_minuter(minuter: int, steg: int | None) -> int:
    """R20 (1): to the nearest multiple of `steg`, halves up."""
    return minuter if steg is None else (2 * minuter + steg) // (2 * steg) * steg


def _bompass(besok: Besok, dag: int, stracka: Stracka, bok: Manadsbok, samling: Samling) -> Pass:
    """R22: the planned minutes, not rounded."""
    start, slut = besok.planerad_start, besok.planerad_slut
    assert start is not None  # noqa: S101  ar_bomtid has looked
    assert slut is not None  # noqa: S101  planned times come together (database constraint)
    bitar = bok.band.dela(stracka.avtal.prislista_id, start, slut)
    return Pass(besok, dag, stracka, _prissatta(bitar, besok, dag, stracka, bok, samling))


def _prissatta(
    bitar: list[tuple[str, int]], besok: Besok, dag: int, stracka: Stracka, bok: Manadsbok, samling: Samling
) -> list[Bit]:
    """R20 (3): each band's minutes with the price of the visit's day; one avvikelse per code and visit."""
    svar, fel, avtal = [], set(), stracka.avtal
    for tidsband, minuter in bitar:
        priser = bok.priser.dagar(avtal.prislista_id, avtal.insats, "timme", stracka.niva, "", tidsband)
        pris = next((pris for mask, pris in priser.priser if mask >> dag & 1), None)
        if pris is None:
            fel.add("niva_saknas" if priser.niva_saknas >> dag & 1 else "pris_saknas")
        else:
            svar.append(Bit(tidsband, minuter, pris))
    for kod in sorted(fel):
        samling.avvik_besok(kod, besok.nyckel, dag)
    return svar


def tak(andelar: Iterable[tuple[int, Fraction | None]], bok: Manadsbok, samling: Samling) -> int | None:
    """R21: the floor of share × ordered minutes over the days that have a share; None = no cap. In minutes."""
    per_dag = minuter_per_dag(samling.verkstallighet, bok.kalender.antal)
    if per_dag is None:
        return None
    return floor(
        sum((andel * per_dag * dagar.bit_count() for dagar, andel in andelar if andel is not None), Fraction(0))
    )


def _betala_utfort(passen: list[Pass], strackor: list[Stracka], bok: Manadsbok, samling: Samling) -> None:
    """R20 (4)–(5): visits in order of (utford_start, besok_id), those under a share cut at the cap."""
    kvar = tak(((s.dagar, s.avtal.tak_andel_av_bestallt) for s in strackor), bok, samling)
    for ett in sorted(passen, key=lambda p: (p.besok.utford_start, p.besok.nyckel)):
        bitar = ett.bitar
        if kvar is not None and ett.stracka.avtal.tak_andel_av_bestallt is not None:
            bitar, kapat, kvar = kapa(bitar, kvar)
            if kapat:
                samling.avvik_besok("over_bestalld_tid", ett.besok.nyckel, ett.dag, str(kapat))
        _lagg(ett, bitar, "utford_tid", samling)


def _betala_bomtid(passen: list[Pass], strackor: list[Stracka], bok: Manadsbok, samling: Samling) -> None:
    """R22: in order of (planerad_start, besok_id), under a cap of its own, without avvikelse."""
    kvar = tak(((s.dagar, s.avtal.bomtid_tak_andel) for s in strackor), bok, samling)
    for ett in sorted(passen, key=lambda p: (p.besok.planerad_start, p.besok.nyckel)):
        bitar = ett.bitar
        if kvar is not None and ett.stracka.avtal.bomtid_tak_andel is not None:
            bitar, _, kvar = kapa(bitar, kvar)
        _lagg(ett, bitar, "bomtid", samling)


def kapa(bitar: list[Bit], kvar: int) -> tuple[list[Bit], int, int]:
    """R21: what of `bitar` fits in `kvar` minutes, cut from the end; the minutes cut; what then is left."""
    svar, kapat = [], 0
    for bit in bitar:
        ryms = min(bit.minuter, kvar)
        kvar -= ryms
        kapat += bit.minuter - ryms
        if ryms:
            svar.append(bit._replace(minuter=ryms))
    return svar, kapat, kvar


def _lagg(ett: Pass, bitar: list[Bit], artikel: str, samling: Samling) -> None:
    stracka = ett.stracka
    faktor = ETT if artikel == "utford_tid" else stracka.avtal.bomtid_andel or ETT
    for bit in bitar:
        samling.lagg(
            Radnyckel(artikel, stracka.niva, "", bit.tidsband, bit.pris.belopp, faktor, "timme"),
            Del(
                dagar=1 << ett.dag,
                mangd=bit.minuter,
                avtal_id=stracka.avtal.id,
                pris_id=bit.pris.id,
                niva_id=stracka.bedomning.id if stracka.bedomning else None,
                besok=((ett.besok.nyckel, bit.minuter),),
            ),
        )
