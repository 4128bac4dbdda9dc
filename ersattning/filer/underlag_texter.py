"""How the underlag workbook is read, and the contracts and rules that its rows rest on, in words."""

from collections.abc import Iterable, Iterator

from beslut.ord import insats_i_ord
from ersattning.filer.underlag_las import Anvant
from ersattning.regeltexter import REGELTEXTER
from ersattning.regler import Artikel, Justeringsslag, Radtyp
from grund.text import giltig_i_ord
from utforare.models import Avtal
from utforare.ord import villkor
from utforare.regler import Modell

Rad = tuple[str, str, str]

_ALLTID = ("R0", "R1", "R2", "R3", "R4", "R5")
_AV_ARTIKEL = {
    Artikel.DYGN: ("R10",),
    Artikel.NARVARO: ("R11",),
    Artikel.FRANVARO: (),  # by the contract's modell
    Artikel.MANAD: ("R12",),
    Artikel.AVSLUT: ("R30",),
    Artikel.UTFORD_TID: ("R20", "R21"),
    Artikel.BOMTID: ("R22",),
    Artikel.BESTALLD_TID: ("R23",),
    Artikel.ARBETSBONUS: ("R50",),
    **dict.fromkeys((Artikel(slag) for slag in Justeringsslag), ("R51",)),
}
_AV_MODELL = {Modell.DYGN: ("R10",), Modell.NARVARO: ("R11",)}
_AV_TYP = {Radtyp.KREDITERING: ("R40",), Radtyp.RATTELSE: ("R40",)}
_RADER = (
    "Alla rader i specifikationen, i samma ordning. Mängden är summan av radens dagar eller minuter på de andra bladen."
    " Antal = mängd / delas med. Belopp = antal × à-pris × andel, avrundat till hela ören."
)
_BESOK = (
    "En rad för varje besök som räknas i en rad, med de minuter som betalas. Ett besök som ligger i flera tidsband står"
    " en gång för varje. Start och slut är svensk tid, så som besöket är registrerat när filen görs. Är det borttaget"
    " eller ändrat sedan raden gjordes står det i anmärkningen. Minuterna är alltid radens."
)
_KONTROLL = (
    "Jämför det uträknade beloppet med det i körningen, till öret. Ligger ett belopp på, eller mycket nära, ett halvt"
    " öre räknas det i hela ören, så att avrundningen blir den rätta (R0). Filtrera gärna bladen Dagar och Besök, men"
    " sortera dem inte: då säger kontrollen ”raderna är flyttade”."
)
LASANVISNING = (
    ("Rader", _RADER),
    ("Dagar", "En rad för varje dag som räknas i en rad. Frånvarodag är dagens plats i den obrutna frånvaron."),
    ("Besök", _BESOK),
    ("Priser", "De priser som raderna har betalats med."),
    ("Kontroll", _KONTROLL),
    ("Avtal", "Villkoren nedan är avtalens, så som de är inlästa när filen görs."),
    ("Minus", "En kreditering tar tillbaka en tidigare rad. Den har samma dagar och besök, med minus."),
)


def forklaringar(anvant: Anvant, avtal: Iterable[Avtal]) -> Iterator[Rad]:
    """How to read, then each contract's terms, then the rules of what occurs."""
    yield from (("Så läser du", rubrik, text) for rubrik, text in LASANVISNING)
    avtal = list(avtal)
    for ett in avtal:
        namn = f"Avtal {ett.nyckel}"
        yield namn, insats_i_ord(ett.insats), f"Gäller {giltig_i_ord(ett.fran, ett.till)}. {ett.prislista.namn}."
        yield from ((namn, rad.rubrik, f"{rad.text} ({rad.regel})") for rad in villkor(ett))
    for nummer in _regler(anvant, avtal):
        regel = REGELTEXTER[nummer]
        yield f"Regel {nummer}", regel.rubrik, " ".join(filter(None, [regel.text, _exempel(regel.exempel)]))


def _exempel(text: str) -> str:
    return f"Exempel: {text}" if text else ""


def _regler(anvant: Anvant, avtal: Iterable[Avtal]) -> list[str]:
    """The numbers of the rules for the articles that occur, in order."""
    numren = set(_ALLTID)
    for artikel in anvant.artiklar:
        numren.update(_AV_ARTIKEL[Artikel(artikel)])
    for typ in anvant.typer:
        numren.update(_AV_TYP.get(Radtyp(typ), ()))
    if Artikel.FRANVARO in anvant.artiklar:
        for ett in avtal:
            numren.update(_AV_MODELL.get(Modell(ett.modell), ()))
    return [nummer for nummer in REGELTEXTER if nummer in numren]
