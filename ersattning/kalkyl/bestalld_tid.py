"""R23: ordered time, day by day."""

from fractions import Fraction

from ersattning.kalkyl.samling import Manadsbok, Samling, Stracka
from ersattning.kalkyl.typer import Verkstallighet


def minuter_per_dag(verkstallighet: Verkstallighet, dagar_i_manaden: int) -> Fraction | None:
    """The ordered minutes of a day, exact; None when there are none to be had (nothing ordered, or another unit).

    What the verkställighet orders goes before the decision's omfattning, also when its unit is another.
    """
    antal, enhet = verkstallighet.bestallt_antal, verkstallighet.bestallt_enhet
    if antal is None:
        antal, enhet = verkstallighet.beslut.omfattning, verkstallighet.beslut.omfattning_enhet
    if antal is None or enhet not in ("timmar_vecka", "timmar_manad"):
        return None
    return antal * 60 / (7 if enhet == "timmar_vecka" else dagar_i_manaden)


def rakna(strackor: list[Stracka], bok: Manadsbok, samling: Samling) -> None:
    """Pay each paid day its ordered minutes; 0 is a number and pays nothing."""
    per_dag = minuter_per_dag(samling.verkstallighet, bok.kalender.antal)
    for stracka in strackor:
        if per_dag is None:
            samling.avvik("omfattning_saknas", stracka.dagar)
        elif per_dag:
            avtal = stracka.avtal
            priser = bok.priser.dagar(avtal.prislista_id, avtal.insats, "timme", stracka.niva)
            samling.prissatt(stracka.dagar, stracka, priser, artikel="bestalld_tid", enhet="timme", per_dag=per_dag)
