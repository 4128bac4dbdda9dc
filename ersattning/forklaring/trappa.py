"""The absence staircase and a run of absence, in words. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from ersattning.forklaring.typer import Franvarodag
from grund.text import TANKSTRECK, procent
from utforare.villkor import Trappsteg


def trappa_i_ord(trappa: Sequence[Trappsteg], ord_for_dag: str = "dag") -> str:
    """`dag 1–14: 100 %, dag 15–30: 50 %, därefter 0 %`."""
    if not trappa:
        return "frånvaro ersätts inte"
    delar = [f"{ord_for_dag} {_steg(steg)}: {procent(steg.andel)}" for steg in trappa]
    return ", ".join(delar if trappa[-1].till is None else [*delar, "därefter 0\xa0%"])


def _steg(steg: Trappsteg) -> str:
    if steg.till is None:
        return f"{steg.fran} och framåt"
    return str(steg.fran) if steg.till == steg.fran else f"{steg.fran}{TANKSTRECK}{steg.till}"


def sviter(dagar: Sequence[Franvarodag]) -> list[list[Franvarodag]]:
    """The row's days by run: the places of a run rise by one."""
    svar: list[list[Franvarodag]] = []
    for ett in dagar:
        if svar and ett.plats == svar[-1][-1].plats + 1:
            svar[-1].append(ett)
        else:
            svar.append([ett])
    return svar


def svitens_borjan(ett: Franvarodag) -> date:
    """R10: the first day of an unbroken run of calendar days."""
    return ett.dag - timedelta(days=ett.plats - 1)
