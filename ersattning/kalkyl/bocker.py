"""The month's contracts and prices, looked up by rule: R2 (which avtal), R3 (which level) and R4 (which price).

A book answers for whole stretches of days at a time and remembers its answers, since thousands of persons ask the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from ersattning.kalkyl.dagar import Kalender
from ersattning.kalkyl.typer import Avtal, Nivabedomning, Pris

Avtalsnyckel: TypeAlias = tuple[int, str, int | None]  # utförare, insats, person (None = the general one)


class Avtalsbok:
    """R2: the avtal of the utförare for the insats on a day; an individavtal for the person goes first."""

    def __init__(self, avtal: Iterable[Avtal], kalender: Kalender) -> None:
        self._kalender = kalender
        self._avtal: dict[Avtalsnyckel, list[Avtal]] = {}
        for ett in avtal:
            self._avtal.setdefault((ett.utforare_id, ett.insats, ett.person_id), []).append(ett)
        self._dagar: dict[Avtalsnyckel, tuple[tuple[int, Avtal], ...]] = {}

    def dagar(self, utforare_id: int, insats: str, person_id: int) -> tuple[tuple[int, Avtal], ...]:
        """Each avtal of the month with its days; days in none of them have no avtal."""
        allmanna = self._nyckels_dagar((utforare_id, insats, None))
        if (utforare_id, insats, person_id) not in self._avtal:
            return allmanna
        egna = self._nyckels_dagar((utforare_id, insats, person_id))
        upptagna = sum(mask for mask, _ in egna)
        return egna + tuple((mask & ~upptagna, ett) for mask, ett in allmanna if mask & ~upptagna)

    def pa_dag(self, utforare_id: int, insats: str, person_id: int, dag: date) -> Avtal | None:
        """The avtal on any one day, also outside the month."""
        for vems in (person_id, None):
            for ett in self._avtal.get((utforare_id, insats, vems), ()):
                if ett.fran <= dag and (ett.till is None or dag < ett.till):
                    return ett
        return None

    def _nyckels_dagar(self, nyckel: Avtalsnyckel) -> tuple[tuple[int, Avtal], ...]:
        svar = self._dagar.get(nyckel)
        if svar is None:
            alla = ((self._kalender.mask(ett.fran, ett.till), ett) for ett in self._avtal.get(nyckel, ()))
            svar = self._dagar[nyckel] = tuple((mask, ett) for mask, ett in alla if mask)
        return svar


def _raknas(bedomning: Nivabedomning, *, fran_godkand: bool) -> tuple[date, date, str]:
    """R3: the day from which it counts, then what decides between those that count from the same day."""
    dag = max(bedomning.fran, bedomning.godkand) if fran_godkand else bedomning.fran
    return dag, bedomning.godkand, bedomning.nyckel


def nivadagar(
    bedomningar: tuple[Nivabedomning, ...], kalender: Kalender, *, fran_godkand: bool
) -> list[tuple[int, Nivabedomning | None]]:
    """R3: each level of the month with its days. None = no level yet."""
    kvar = kalender.alla
    svar: list[tuple[int, Nivabedomning | None]] = []
    for ett in sorted(bedomningar, key=lambda b: _raknas(b, fran_godkand=fran_godkand), reverse=True):
        mask = kvar & kalender.mask(_raknas(ett, fran_godkand=fran_godkand)[0], None)
        if mask:
            svar.append((mask, ett))
            kvar &= ~mask
    if kvar:
        svar.append((kvar, None))
    return svar


def niva_pa_dag(bedomningar: tuple[Nivabedomning, ...], dag: date, *, fran_godkand: bool) -> Nivabedomning | None:
    """R3 on one day, also outside the month."""
    gallande = [b for b in bedomningar if _raknas(b, fran_godkand=fran_godkand)[0] <= dag]
    return max(gallande, key=lambda b: _raknas(b, fran_godkand=fran_godkand), default=None)


@dataclass(frozen=True, slots=True)
class Prisdagar:
    """R4 for every day of a month: the prices with their days, and the days that lack one, by avvikelse."""

    priser: tuple[tuple[int, Pris], ...]
    niva_saknas: int
    pris_saknas: int


class Prisbok:
    """R4: the price of an insats and enhet for a level, an omfattning and a tidsband, day by day."""

    def __init__(self, priser: Iterable[tuple[int, str, str, Pris]], kalender: Kalender) -> None:
        """`priser`: (prislista_id, insats, enhet, Pris)."""
        self._kalender = kalender
        self._celler: dict[tuple[int, str, str], list[tuple[int, Pris]]] = {}
        for prislista_id, insats, enhet, pris in priser:
            mask = kalender.mask(pris.fran, pris.till)
            if mask:
                self._celler.setdefault((prislista_id, insats, enhet), []).append((mask, pris))
        self._svar: dict[tuple[int, str, str, str, str, str], Prisdagar] = {}

    def dagar(
        self, prislista_id: int, insats: str, enhet: str, niva: str = "", omfattning: str = "", tidsband: str = ""
    ) -> Prisdagar:
        """What each day of the month costs, or why it has no price."""
        nyckel = (prislista_id, insats, enhet, niva, omfattning, tidsband)
        svar = self._svar.get(nyckel)
        if svar is None:
            svar = self._svar[nyckel] = self._valj(*nyckel)
        return svar

    def _valj(self, prislista_id: int, insats: str, enhet: str, niva: str, omfattning: str, tidsband: str) -> Prisdagar:
        celler = self._celler.get((prislista_id, insats, enhet), [])
        passar = [
            (mask, pris)
            for mask, pris in celler
            if pris.niva in ("", niva) and pris.omfattning in ("", omfattning) and pris.tidsband in ("", tidsband)
        ]
        passar.sort(key=lambda par: (par[1].niva == "", par[1].omfattning == "", par[1].tidsband == ""))
        kvar, priser = self._kalender.alla, []
        for mask, pris in passar:
            if mask & kvar:
                priser.append((mask & kvar, pris))
                kvar &= ~mask
        niva_saknas = 0 if niva else kvar & self._bara_med_niva(celler)
        return Prisdagar(tuple(priser), niva_saknas, kvar & ~niva_saknas)

    @staticmethod
    def _bara_med_niva(celler: list[tuple[int, Pris]]) -> int:
        """The days when there are cells and every one names a level."""
        med = utan = 0
        for mask, pris in celler:
            if pris.niva:
                med |= mask
            else:
                utan |= mask
        return med & ~utan
