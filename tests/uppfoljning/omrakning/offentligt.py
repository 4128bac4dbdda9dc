"""Everything that may stand in public, of every report and selection, as a reader takes it: tables, figures, sentences.

The reader makes equations: a printed number is the sum of some *cells*, of which there is one for each kind of thing
that there is (generous: he is taken to know which kinds there are). Then he looks for a group of one to four persons
that can only have one size: by adding and subtracting, and by linear programming in exact fractions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from grund.tid import Manad
from tests.uppfoljning.lp import storst
from uppfoljning.kvartal import Kvartal
from uppfoljning.rapport.fordelning import OVRIGA
from uppfoljning.rapport.innehall import Lasare, Rapport, Tabell
from uppfoljning.rapporter.register import RAPPORTER
from uppfoljning.undertryckning import MINST

Cell = frozenset[str]  # what is true of a thing: its insats, its reason …


@dataclass(frozen=True)
class Sak:
    """One of what is counted, whose it is, and what is true of it."""

    person: int
    cell: Cell


@dataclass(frozen=True)
class Sagt:
    """A printed number: of which cells, and where it stands."""

    celler: frozenset[Cell]
    antal: int
    var: str


def tryckta(nyckel: str, urval: Iterable[Mapping[str, str]], idag: date) -> list[Rapport]:
    """The public version of each selection that the form takes."""
    typ, svar = RAPPORTER[nyckel], []
    for falt in urval:
        form = typ.form(falt, idag=idag)  # type: ignore[call-arg]
        assert form.is_valid(), (nyckel, falt, form.errors)
        svar.append(typ.gor(form, idag, Lasare(offentlig=True)))
    return svar


def alla_urval(idag: date, manader: int) -> dict[str, list[dict[str, str]]]:
    """What a reader may choose: months beside each other, quarters, years, days, and fields that must not matter."""
    man = [str(Manad.av(idag).plus(-steg)) for steg in range(manader)]
    slutade = man[1:]
    ar = [{"ar": str(idag.year - steg)} for steg in range(3)]
    dagar = [str(idag), "2025-12-31", "2025-10-02", "2025-10-01", "2025-09-30", "2024-10-01"]
    return {
        "ej-verkstallda": [{"kvartal": str(Kvartal.av(idag).plus(-steg))} for steg in range(6)],
        "omprovning-och-uppfoljning": [
            {"dag": str(dag), "steg": steg} for dag in (idag, *_manadsslut(idag)) for steg in ("kvartal", "manad")
        ],
        "narvaro": [{"fran": ett, "till": ett} for ett in slutade] + [{"fran": slutade[2], "till": slutade[0]}],
        "avbokningar": [{"fran": ett, "till": ett, "varsel": varsel} for ett in slutade[:3] for varsel in ("24", "25")],
        "kpb": ar[:2],
        "behov-mot-bemanning": [{"manad": ett, "insats": kod} for ett in man[:3] for kod in ("LSS-9", "LSS-10")],
        "volymer": [{"dag": dag, "mot": "2023-10-01", "insats": "LSS-9"} for dag in dagar],
        "brukarundersokning": ar,
        "datakvalitet": [{"manad": ett} for ett in man[:3]],
        "fusk-och-fel": [{"manad": ett} for ett in man[:3]],
        "nationella-leveranser": ar,
        "kolada": [{}],
        "avtalsuppfoljning": ar,
        "handlingsplan": [{}],
    }


def _manadsslut(idag: date) -> list[date]:
    return [Manad.av(idag).plus(-steg).sista for steg in range(1, 4)]


# ---- what the numbers say ---------------------------------------------------------------------------------------


def hela(saker: Sequence[Sak]) -> frozenset[Cell]:
    return frozenset(ett.cell for ett in saker)


def med(saker: Sequence[Sak], drag: str) -> frozenset[Cell]:
    """The cells that this is true of."""
    return frozenset(cell for cell in hela(saker) if drag in cell)


def ur_tabell(tabell: Tabell, saker: Sequence[Sak], bland: frozenset[Cell]) -> Iterator[Sagt]:
    """A table of one division: its rows, what is merged (all that has no row), and the sum."""
    kvar = bland
    for rad in (*tabell.rader, *([tabell.summa] if tabell.summa else [])):
        namn, antal = str(rad.celler[0]), rad.celler[1]
        celler = bland if rad is tabell.summa else kvar if namn == OVRIGA else bland & med(saker, namn)
        kvar -= celler
        if isinstance(antal, int):
            yield Sagt(celler, antal, f"{tabell.nyckel}: {namn}")


# ---- the attack -------------------------------------------------------------------------------------------------


def rojda(saker: Sequence[Sak], sagt: Sequence[Sagt]) -> Iterator[str]:
    """Groups of one to four persons whose size is told."""
    unika = list({ett.celler: ett for ett in sagt if ett.celler}.values())
    for celler, varfor in _sokta(saker, unika):
        if _ar_fa(saker, celler) and _gar_att_rakna_ut(saker, unika, celler):
            yield varfor


def _sokta(saker: Sequence[Sak], sagt: Sequence[Sagt]) -> Iterator[tuple[frozenset[Cell], str]]:
    """What one would want to know: each cell, each two things that are true, and what is left of printed numbers."""
    alla, sedda = hela(saker), set()
    drag = sorted({ett for cell in alla for ett in cell})
    grupper = [(frozenset({cell}), f"bara {sorted(cell)}") for cell in sorted(alla, key=sorted)]
    grupper += [(med(saker, ett), ett) for ett in drag] + [(alla - med(saker, ett), f"inte {ett}") for ett in drag]
    grupper += [(med(saker, a) & med(saker, b), f"{a} och {b}") for a, b in combinations(drag, 2)]
    grupper += [(a.celler - b.celler, f"{a.var} minus {b.var}") for a in sagt for b in sagt]
    for celler, namn in grupper:
        if celler and celler not in sedda:
            sedda.add(celler)
            yield celler, namn


def _ar_fa(saker: Sequence[Sak], celler: frozenset[Cell]) -> bool:
    return 0 < len({ett.person for ett in saker if ett.cell in celler}) < MINST


def _gar_att_rakna_ut(saker: Sequence[Sak], sagt: Sequence[Sagt], celler: frozenset[Cell]) -> bool:
    """Whether the least and the most that they can be are the same, when no number is negative."""
    plats = {cell: nr for nr, cell in enumerate(sorted(hela(saker), key=sorted))}
    rader = [{plats[cell]: 1 for cell in ett.celler} for ett in sagt]
    hoger = [ett.antal for ett in sagt]
    mal = {plats[cell]: 1 for cell in celler}
    if not all(any(nr in rad for rad in rader) for nr in mal) or _kan_andras(rader, mal, saker, plats):
        return False
    mest, _ = storst(rader, hoger, len(plats), mal)
    minst, _ = storst(rader, hoger, len(plats), dict.fromkeys(mal, -1))
    return mest == -minst


def _kan_andras(
    rader: Sequence[Mapping[int, int]], mal: Mapping[int, int], saker: Sequence[Sak], plats: Mapping[Cell, int]
) -> bool:
    """Whether one thing could be moved from a cell to another, in or out of the group, and no number would change."""
    antal = {nr: sum(ett.cell == cell for ett in saker) for cell, nr in plats.items()}
    spar = {nr: tuple(nr in rad for rad in rader) for nr in antal}
    return any(antal[ut] and spar[ut] == spar[in_] for ut in mal for in_ in antal if in_ not in mal)


def ar_litet_tal(varde: object) -> bool:
    return isinstance(varde, int | Decimal) and 0 < varde < MINST
