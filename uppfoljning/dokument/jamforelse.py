"""What differs between two versions of a document, and between two readings of the same figures. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from uppfoljning.dokument.innehall import Innehall, Mall
from uppfoljning.rapport.definitioner import definitioner
from uppfoljning.rapport.innehall import TEXTER, Rapport, Tabell, som_text

_LANGT = 1_000_000  # pairs to compare


class Andrat(Enum):
    """What has become of a line."""

    LIKA = "lika"
    NY = "tillagt"
    BORTA = "borttaget"


@dataclass(frozen=True, slots=True)
class Rad:
    """A line of either version. `ord` is its words, each with whether it differs."""

    andrat: Andrat
    ord: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Skillnad:
    """A figure that has changed. An empty text: there was none."""

    vad: str
    fore: str
    efter: str


def rader(innehall: Innehall, mall: Mall, bilagor: Mapping[int, str], siffror: Mapping[int, str]) -> list[str]:
    """All that a version says, line by line. `bilagor` and `siffror`: what the keys stand for."""
    svar = [
        f"Titel: {innehall.titel}",
        f"Diarienummer: {innehall.diarienummer}",
        f"Datum: {innehall.datum}",
        f"Sammanträde: {innehall.sammantrade}",
        f"Handläggare: {innehall.handlaggare}, {innehall.handlaggare_titel} {innehall.epost}".rstrip(),
        f"Undertecknare: {innehall.undertecknare}, {innehall.undertecknare_titel}",
        *(f"Förslag {nr}: {ett}" for nr, ett in enumerate(innehall.forslag, 1)),
    ]
    namn = {ett.nyckel: ett.rubrik for ett in mall.rubriker}
    texter = dict(innehall.texter)
    for nyckel in dict.fromkeys([*namn, *texter]):  # in the order of the mall
        text = texter.get(nyckel, "")
        if text:
            svar += [f"{namn.get(nyckel, nyckel)}:", *(rad for rad in text.splitlines() if rad.strip())]
    svar += [f"Beslutsunderlag: {ett.text}, {ett.datum}" for ett in innehall.underlag]
    svar += [f"Bilaga {nr}: {bilagor[ett]}" for nr, ett in enumerate(innehall.bilagor, 1)]
    svar += [f"Skickas till: {ett}" for ett in innehall.skickas_till]
    return svar + [f"Siffror {ett.nr}: {siffror[ett.siffror]}, {', '.join(ett.delar)}" for ett in innehall.infogade]


def jamfor(fore: list[str], efter: list[str]) -> list[Rad]:
    """Both, line by line; in a line that has been changed the words that differ are marked."""
    svar: list[Rad] = []
    for vad, i1, i2, j1, j2 in _lika(fore, efter):
        if vad == "equal":
            svar += [_hel(Andrat.LIKA, rad) for rad in fore[i1:i2]]
            continue
        par = list(zip(fore[i1:i2], efter[j1:j2], strict=False))
        for gammal, ny in par:
            svar += _ordvis(gammal, ny)
        svar += [_hel(Andrat.BORTA, rad) for rad in fore[i1 + len(par) : i2]]
        svar += [_hel(Andrat.NY, rad) for rad in efter[j1 + len(par) : j2]]
    return svar


def _lika(fore: list[str], efter: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """What is the same and what is not. In long texts the commonest words are passed over, or it takes minutes."""
    lang = len(fore) * len(efter) > _LANGT
    return SequenceMatcher(None, fore, efter, autojunk=lang).get_opcodes()


def _hel(andrat: Andrat, rad: str) -> Rad:
    return Rad(andrat, ((rad, False),))


def _ordvis(fore: str, efter: str) -> Iterator[Rad]:
    gamla, nya = fore.split(" "), efter.split(" ")
    koder = _lika(gamla, nya)
    delar = [(" ".join(gamla[i1:i2]), " ".join(nya[j1:j2]), vad != "equal") for vad, i1, i2, j1, j2 in koder]
    yield Rad(Andrat.BORTA, tuple((gammal, skild) for gammal, _, skild in delar if gammal))
    yield Rad(Andrat.NY, tuple((ny, skild) for _, ny, skild in delar if ny))


def andrade_siffror(fore: Rapport, efter: Rapport) -> list[Skillnad]:
    """Each figure, sentence, note and cell that is not the same in both."""
    gammalt, nytt = _numrerade(_siffror(fore)), _numrerade(_siffror(efter))
    return [
        Skillnad(vad, gammalt.get((vad, nr), ""), nytt.get((vad, nr), ""))
        for vad, nr in dict.fromkeys([*gammalt, *nytt])
        if gammalt.get((vad, nr)) != nytt.get((vad, nr))
    ]


def _numrerade(siffror: Iterable[tuple[str, str]]) -> dict[tuple[str, int], str]:
    """By what they are, and which of those of the same name: rows may be called alike."""
    antal: Counter[str] = Counter()
    svar = {}
    for vad, varde in siffror:
        svar[vad, antal[vad]] = varde
        antal[vad] += 1
    return svar


def _siffror(rapport: Rapport) -> Iterator[tuple[str, str]]:
    yield "Rubrik", rapport.rubrik
    yield "Läget den", rapport.per.isoformat()
    yield from rapport.urval
    for del_ in rapport.delar:
        yield "Avsnitt", del_.rubrik
        yield from ((f"{del_.rubrik}, mening {nr}", ett) for nr, ett in enumerate(del_.stycken, 1))
        for tal in del_.nyckeltal:
            yield definitioner()[tal.nyckel].namn, f"{tal.text} ({tal.not_})" if tal.not_ else tal.text
        if del_.bild:
            yield f"{del_.bild.rubrik}, diagram", f"{del_.bild.rubrik}. {del_.bild.i_ord}"
        for tabell in del_.tabeller:
            yield from _celler(tabell)
    yield from (("Förslag", ett) for ett in rapport.forslag)
    yield from (("Ekonomi", ett) for ett in rapport.ekonomi)


def _celler(tabell: Tabell) -> Iterator[tuple[str, str]]:
    """Each cell by its row's name: the first column, and those after it that hold words too."""
    forst = tabell.visade[:1]
    resten = tabell.visade[1:]
    while len(resten) > 1 and tabell.kolumner[resten[0]].slag in TEXTER:
        forst, resten = (*forst, resten[0]), resten[1:]
    rubriker = "; ".join(tabell.kolumner[plats].rubrik for plats in tabell.visade)
    yield f"{tabell.rubrik}: kolumner", rubriker
    for rad in (*tabell.rader, *([tabell.summa] if tabell.summa else [])):
        namn = ", ".join(som_text(rad.celler[plats], tabell.kolumner[plats].slag) for plats in forst)
        if not resten:
            yield f"{tabell.rubrik}: rad", namn
        for plats in resten:
            kolumn = tabell.kolumner[plats]
            yield f"{tabell.rubrik}: {namn}, {kolumn.rubrik.lower()}", som_text(rad.celler[plats], kolumn.slag)
    yield from ((f"{tabell.rubrik}: not", ett) for ett in tabell.noter)
