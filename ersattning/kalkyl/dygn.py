"""R10: who lives there, lives there; a day counts as presence unless it is registered as absence."""

from ersattning.kalkyl.franvaro import dagar_per_andel, franvarodagar, platser_i_dygn
from ersattning.kalkyl.samling import Manadsbok, Samling, Stracka


def rakna(strackor: list[Stracka], bok: Manadsbok, samling: Samling) -> None:
    """Pay each paid day: presence in full, absence by the avtal's staircase."""
    verk = samling.verkstallighet
    borta = franvarodagar(verk.narvaro)
    platser = platser_i_dygn(verk, bok.kalender) if borta else {}
    for stracka in strackor:
        avtal, oms = stracka.avtal, verk.omfattning
        priser = bok.priser.dagar(avtal.prislista_id, avtal.insats, "dygn", stracka.niva, oms)
        samling.prissatt(stracka.dagar & ~borta, stracka, priser, artikel="dygn", enhet="dygn", omfattning=oms)
        for faktor, (dagar, var) in dagar_per_andel(stracka.dagar & borta, platser, avtal.franvaro).items():
            samling.prissatt(
                dagar, stracka, priser, artikel="franvaro", enhet="dygn", omfattning=oms, faktor=faktor, platser=var
            )
