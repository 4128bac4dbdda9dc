"""R12: a place or a capitation, by the share of the month's days that are paid. Närvaro has no effect."""

from ersattning.kalkyl.samling import Manadsbok, Samling, Stracka


def rakna(strackor: list[Stracka], bok: Manadsbok, samling: Samling) -> None:
    """Pay each paid day as a part of the month."""
    oms = samling.verkstallighet.omfattning
    for stracka in strackor:
        avtal = stracka.avtal
        priser = bok.priser.dagar(avtal.prislista_id, avtal.insats, "manad", stracka.niva, oms)
        samling.prissatt(stracka.dagar, stracka, priser, artikel="manad", enhet="manad", omfattning=oms)
