"""The absence staircase: a day's place in its unbroken run of absence gives the share that it pays (R10, R11)."""

from datetime import date
from decimal import Decimal

from ersattning.kalkyl.dagar import Kalender, nummer
from ersattning.kalkyl.typer import Narvaro, Verkstallighet
from utforare.villkor import Trappsteg

NYTT_EFTER_DAGAR = 31  # R11: a longer gap than this between two rows starts a new run
_NOLL = Decimal(0)


def franvarodagar(narvaro: tuple[Narvaro, ...]) -> int:
    """The month's days with kod `F`."""
    mask = 0
    for grupp in narvaro:
        if grupp.kod == "F":
            mask |= grupp.dagar
    return mask


def platser_i_dygn(verkstallighet: Verkstallighet, kalender: Kalender) -> dict[int, int]:
    """R10: day number → place in its run of calendar days with `F`, earlier months counted."""
    plats = _obrutna_dagar_fore(verkstallighet.franvaro_fore, kalender.forsta)
    svar, forra = {}, -1
    for dag in nummer(franvarodagar(verkstallighet.narvaro)):
        plats = plats + 1 if dag == forra + 1 else 1
        svar[dag] = plats
        forra = dag
    return svar


def _obrutna_dagar_fore(fore: tuple[date, ...], forsta: int) -> int:
    antal = 0
    for dag in fore:
        if dag.toordinal() != forsta - antal - 1:
            break
        antal += 1
    return antal


def platser_i_rader(verkstallighet: Verkstallighet, kalender: Kalender) -> dict[int, int]:
    """R11: day number → place in its run of rows with `F`; a row with `N` or a gap of over 31 days breaks it."""
    franvaro = franvarodagar(verkstallighet.narvaro)
    alla = 0
    for grupp in verkstallighet.narvaro:
        alla |= grupp.dagar
    plats, forra = _obrutna_rader_fore(verkstallighet.franvaro_fore, kalender.forsta)
    svar = {}
    for dag in nummer(alla):
        if not franvaro >> dag & 1:
            plats = 0
            continue
        plats = plats + 1 if plats and kalender.forsta + dag - forra <= NYTT_EFTER_DAGAR else 1
        svar[dag], forra = plats, kalender.forsta + dag
    return svar


def _obrutna_rader_fore(fore: tuple[date, ...], forsta: int) -> tuple[int, int]:
    """The length of the run that the last rows before the month make, and the ordinal of its last day."""
    antal, senare = 0, forsta
    for dag in fore:
        if antal and senare - dag.toordinal() > NYTT_EFTER_DAGAR:
            break
        antal, senare = antal + 1, dag.toordinal()
    return antal, fore[0].toordinal() if fore else forsta


def andel(trappa: tuple[Trappsteg, ...], plats: int) -> Decimal:
    """The share that the `plats`-th day of absence pays; 0 past the last step, or with no staircase."""
    for steg in trappa:
        if steg.fran <= plats and (steg.till is None or plats <= steg.till):
            return steg.andel
    return _NOLL


def dagar_per_andel(
    dagar: int, platser: dict[int, int], trappa: tuple[Trappsteg, ...]
) -> dict[Decimal, tuple[int, tuple[tuple[int, int], ...]]]:
    """`dagar` by the share they pay (over 0): the mask, and each day of the month with its place."""
    svar: dict[Decimal, tuple[int, tuple[tuple[int, int], ...]]] = {}
    for dag in nummer(dagar):
        betalar = andel(trappa, platser[dag])
        if betalar:
            mask, lista = svar.get(betalar, (0, ()))
            svar[betalar] = (mask | 1 << dag, (*lista, (dag + 1, platser[dag])))
    return svar
