"""R31: things that cannot both be true. Pay is not affected; a person decides."""

from collections.abc import Sequence
from typing import NamedTuple

from ersattning.kalkyl.franvaro import franvarodagar
from ersattning.kalkyl.klocka import lokal_dag
from ersattning.kalkyl.samling import Manadsbok, Samling, Stracka
from ersattning.kalkyl.typer import Besok, Person

_BOENDEMODELLER = ("dygn", "manad")


class Utfort(NamedTuple):
    """A carried-out visit in elapsed minutes, with its verkställighet's place in the list."""

    start: int
    slut: int
    plats: int
    besok: Besok


def rapportera(person: Person, samlingar: Sequence[Samling], strackor: Sequence[list[Stracka]], bok: Manadsbok) -> None:
    """Report the person's conflicts of the month to each verkställighet concerned (same order in all three)."""
    besok = [
        Utfort(ett.utford_start, ett.utford_slut, plats, ett)
        for plats, samling in enumerate(samlingar)
        for ett in samling.verkstallighet.besok
        if ett.utford_start is not None and ett.utford_slut is not None
    ]
    besok.sort(key=lambda ett: (ett.start, ett.slut))
    if besok:
        _overlappande(besok, samlingar, bok)
        _vid_franvaro(besok, person, samlingar, bok)
    if len(samlingar) > 1:
        _dubbla(samlingar, strackor)


def _overlappande(besok: list[Utfort], samlingar: Sequence[Samling], bok: Manadsbok) -> None:
    """Two visits that overlap, half-open: each is reported, in its own month."""
    krockar: set[int] = set()
    langst = 0  # place of the visit so far that ends last
    for plats, ett in enumerate(besok[1:], 1):
        if ett.start < besok[langst].slut:
            krockar |= {plats, langst}
        if ett.slut > besok[langst].slut:
            langst = plats
    for plats in sorted(krockar):
        _rapportera_besok("overlappande_besok", besok[plats], samlingar, bok)


def _vid_franvaro(besok: list[Utfort], person: Person, samlingar: Sequence[Samling], bok: Manadsbok) -> None:
    """A visit on a day when the person is registered as absent where it lives (modell dygn)."""
    borta = 0
    for samling in samlingar:
        verk = samling.verkstallighet
        franvaro = franvarodagar(verk.narvaro)
        if franvaro:
            for mask, avtal in bok.avtal.dagar(verk.utforare_id, verk.beslut.insats, person.id):
                if avtal.modell == "dygn":
                    borta |= mask & franvaro
    for ett in besok:
        if bok.kalender.bit(lokal_dag(ett.start)) & borta:
            _rapportera_besok("besok_vid_franvaro", ett, samlingar, bok)


def _rapportera_besok(kod: str, ett: Utfort, samlingar: Sequence[Samling], bok: Manadsbok) -> None:
    mask = bok.kalender.bit(lokal_dag(ett.start))
    if mask:
        samlingar[ett.plats].avvik_besok(kod, ett.besok.nyckel, mask.bit_length() - 1)


def _dubbla(samlingar: Sequence[Samling], strackor: Sequence[list[Stracka]]) -> None:
    """Two verkställigheter of one insats on the same paid day, both paid by day or month."""
    en: dict[str, int] = {}
    flera: dict[str, int] = {}
    boende = []
    for samling, egna in zip(samlingar, strackor, strict=True):
        insats = samling.verkstallighet.beslut.insats
        dagar = 0
        for stracka in egna:
            if stracka.avtal.modell in _BOENDEMODELLER:
                dagar |= stracka.dagar
        boende.append((insats, dagar))
        flera[insats] = flera.get(insats, 0) | en.get(insats, 0) & dagar
        en[insats] = en.get(insats, 0) | dagar
    for samling, (insats, dagar) in zip(samlingar, boende, strict=True):
        samling.avvik("dubbel_verkstallighet", dagar & flera[insats])
