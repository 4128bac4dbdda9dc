"""R11: only days with a närvaro row count; the day's omfattning decides the price."""

from ersattning.kalkyl.franvaro import dagar_per_andel, franvarodagar, platser_i_rader
from ersattning.kalkyl.samling import Manadsbok, Samling, Stracka
from ersattning.kalkyl.typer import Avtal, Narvaro


def rakna(strackor: list[Stracka], bok: Manadsbok, samling: Samling) -> None:
    """Pay each day with `N` in full, and each with `F` by the avtal's staircase."""
    verk = samling.verkstallighet
    platser = platser_i_rader(verk, bok.kalender) if franvarodagar(verk.narvaro) else {}
    for stracka in strackor:
        avtal = stracka.avtal
        for grupp in verk.narvaro:
            dagar = stracka.dagar & grupp.dagar
            if not dagar:
                continue
            oms = dagens_omfattning(grupp, avtal, verk.omfattning)
            priser = bok.priser.dagar(avtal.prislista_id, avtal.insats, "dag", stracka.niva, oms)
            if grupp.kod == "N":
                samling.prissatt(dagar, stracka, priser, artikel="narvaro", enhet="dag", omfattning=oms)
                continue
            for faktor, (mask, var) in dagar_per_andel(dagar, platser, avtal.franvaro).items():
                samling.prissatt(
                    mask, stracka, priser, artikel="franvaro", enhet="dag", omfattning=oms, faktor=faktor, platser=var
                )


def dagens_omfattning(rad: Narvaro, avtal: Avtal, bestalld: str) -> str:
    """The row's own; else by its minutes and the avtal's steps; else what the verkställighet orders."""
    if rad.omfattning:
        return rad.omfattning
    if rad.kod == "N" and rad.minuter is not None and avtal.omfattning_granser:
        return next(kod for gran, kod in reversed(avtal.omfattning_granser) if gran <= rad.minuter)
    return bestalld
