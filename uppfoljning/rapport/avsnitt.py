"""A report as sections of a tjänsteutlåtande: no table of single persons ever stands there. Pure."""

from collections.abc import Iterator

from grund.text import HART
from uppfoljning.rapport.definitioner import definitioner
from uppfoljning.rapport.figur import svg
from uppfoljning.rapport.innehall import TEXTER, Del, Rad, Rapport, Tabell, som_text
from uppfoljning.tjansteutlatande import innehall
from uppfoljning.tjansteutlatande.tabeller import Numrering


def avsnitt(rapport: Rapport, nr: Numrering, figurer: Numrering | None = None) -> Iterator[innehall.Avsnitt]:
    """Each part that has something to say in public. `figurer`: where the numbers of a longer document have come."""
    figurer = figurer or Numrering()
    for del_ in rapport.delar:
        tabeller = tuple(_tabell(ett, nr) for ett in del_.tabeller if not ett.enskilda and ett.rader)
        stycken = (*del_.stycken, *_nyckeltal(del_))
        if stycken or tabeller:
            yield innehall.Avsnitt(del_.rubrik, stycken, tabeller, _figur(del_, figurer))


def _nyckeltal(del_: Del) -> Iterator[str]:
    for ett in del_.nyckeltal:
        not_ = f" ({ett.not_})" if ett.not_ else ""
        yield f"{definitioner()[ett.nyckel].namn}: {ett.text}{not_}."


def _figur(del_: Del, nr: Numrering) -> innehall.Figur | None:
    if del_.bild is None:
        return None
    nummer = nr.nasta()
    rubrik = f"{del_.bild.rubrik}, {del_.bild.enhet}"
    return innehall.Figur(nummer, rubrik, f"bild:{nummer}-{del_.nyckel}.svg", svg(del_.bild), del_.bild.i_ord)


def _tabell(tabell: Tabell, nr: Numrering) -> innehall.Tabell:
    kolumner = [tabell.kolumner[plats] for plats in tabell.visade]
    texter = 0
    while texter + 1 < len(kolumner) and kolumner[texter + 1].slag in TEXTER:
        texter += 1
    return innehall.Tabell(
        nr.nasta(),
        tabell.rubrik,
        tuple(kolumn.rubrik for kolumn in kolumner),
        tuple(_rad(tabell, rad) for rad in tabell.rader),
        _rad(tabell, tabell.summa) if tabell.summa else None,
        tabell.noter,
        textkolumner=texter,
    )


def _rad(tabell: Tabell, rad: Rad) -> innehall.Rad:
    namn, *celler = (som_text(rad.celler[plats], tabell.kolumner[plats].slag) for plats in tabell.visade)
    return innehall.Rad(namn.replace(HART, " "), tuple(celler))
