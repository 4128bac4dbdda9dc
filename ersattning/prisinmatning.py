"""Typing a price list: what is pasted from a spreadsheet as rows, amounts as Swedes write them, and uppräkning. Pure.

Uppräkning and momskompensation are aids: they propose an amount, which a person sees and may change. What is stored is
the amount, never how it came about.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from beslut.regler import Insats
from ersattning.regler import Prisenhet
from grund.pengar import avrunda
from grund.text import tal

NYCKEL = ("insats", "niva", "omfattning", "tidsband", "enhet")
FLEST = 500  # rows at a time
_MELLANRUM = re.compile(r"[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]")
_BELOPP = re.compile(r"([0-9]{1,10})(?:[.,]([0-9]{1,2}))?")
_TUSENPUNKT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_GRUPPER = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?")
# What a column may be called. The format's own names first.
_KOLUMNER = {
    "insats": "insats",
    "niva": "niva",
    "nivå": "niva",
    "omfattning": "omfattning",
    "tidsband": "tidsband",
    "enhet": "enhet",
    "per": "enhet",
    "belopp": "belopp",
    "pris": "belopp",
    "kronor": "belopp",
    "kr": "belopp",
    "nytt pris": "belopp",
}


class Avrundning(StrEnum):
    """To what a proposed amount is rounded, half up."""

    ORE = "ore"
    KRONA = "krona"
    TIOKRONA = "tiokrona"


_DECIMALER = {Avrundning.ORE: 2, Avrundning.KRONA: 0, Avrundning.TIOKRONA: -1}


@dataclass(frozen=True, slots=True)
class Inklistrat:
    """A pasted row: its values as texts in the format's spelling, and what is wrong with it."""

    nummer: int
    varden: Mapping[str, str]
    fel: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Tolkning:
    """All that was pasted. `fel` is of the whole; then there are no rows."""

    rader: Sequence[Inklistrat] = ()
    fel: Sequence[str] = ()


def las_belopp(text: str) -> Decimal:
    """`1 234,50` → 1234.50. ValueError with a Swedish sentence; a point that may be of thousands is never guessed."""
    rent = _MELLANRUM.sub(" ", text).strip().removesuffix("kr").removesuffix(":-").strip()
    if _TUSENPUNKT.fullmatch(rent) and not re.fullmatch(r"[0-9]+\.[0-9]{1,2}", rent):
        msg = f"”{text.strip()}” kan läsas på två sätt. Skriv utan punkt: 1234 eller 1 234,50."
        raise ValueError(msg)
    if _GRUPPER.fullmatch(rent):
        rent = rent.replace(" ", "")
    traff = _BELOPP.fullmatch(rent)
    if traff is None:
        msg = f"”{text.strip()}” är inget belopp. Skriv kronor med högst två decimaler, som 1 234,50."
        raise ValueError(msg)
    return Decimal(f"{traff[1]}.{traff[2] or '00'}").quantize(Decimal("0.01"))


def rakna_upp(
    belopp: Decimal, procent: Decimal, avrundning: Avrundning, momskompensation: Decimal = Decimal(0)
) -> Decimal:
    """`belopp` raised by `procent` per cent, and what that comes to by `momskompensation` per cent more.

    Rounded once, half up: the amount that is proposed.
    """
    nytt = Fraction(belopp) * (100 + Fraction(procent)) / 100 * (100 + Fraction(momskompensation)) / 100
    decimaler = _DECIMALER[avrundning]
    if decimaler < 0:
        return avrunda(nytt / 10, 0) * 10
    return avrunda(nytt, decimaler)


def utrakning(belopp: Decimal, procent: Decimal, momskompensation: Decimal) -> str:
    """How a proposed amount came about, before it was rounded: `1 164,00 × 1,032 × 1,06`."""
    faktorer = [(100 + ett) / 100 for ett in (procent, momskompensation) if ett]
    return " × ".join([tal(belopp, 2), *(f"{ett.normalize():f}".replace(".", ",") for ett in faktorer)])


def skillnad_i_procent(fore: Decimal, efter: Decimal) -> Decimal | None:
    """How much more `efter` is, per cent with one decimal; None from nothing."""
    return avrunda(Fraction(efter - fore) * 100 / Fraction(fore), 1) if fore else None


def las_klistrat(text: str) -> Tolkning:
    """Rows of cells with tabs (a spreadsheet) or semicolons between, after headings. Empty rows are skipped."""
    rader = [(nummer, rad) for nummer, rad in enumerate(text.splitlines(), 1) if rad.strip(" \t;")]
    if len(rader) < 2:
        return Tolkning(fel=["Klistra in minst två rader: rubrikerna och en rad med ett pris."])
    if len(rader) > FLEST + 1:
        return Tolkning(fel=[f"Klistra in högst {FLEST} priser i taget."])
    tecken = "\t" if "\t" in rader[0][1] else ";"
    rubriker = [_rubrik(cell) for cell in rader[0][1].split(tecken)]
    if fel := _rubrikfel(rubriker):
        return Tolkning(fel=fel)
    return Tolkning([_rad(nummer, rad.split(tecken), rubriker) for nummer, rad in rader[1:]])


def _rubrik(cell: str) -> str:
    namn = cell.strip().strip('"').casefold()
    return _KOLUMNER.get(namn, namn)


def _rubrikfel(rubriker: Sequence[str]) -> list[str]:
    fel = [f"Rubriken {namn} saknas." for namn in ("insats", "enhet", "belopp") if namn not in rubriker]
    kanda = set(_KOLUMNER.values())
    okanda = [namn for namn in rubriker if namn and namn not in kanda]
    fel += [
        f"Rubriken ”{namn}” är okänd. Rubriker: insats, nivå, omfattning, tidsband, enhet, belopp." for namn in okanda
    ]
    dubbla = sorted({namn for namn in rubriker if namn and rubriker.count(namn) > 1})
    return fel + [f"Rubriken {namn} finns flera gånger." for namn in dubbla]


def _rad(nummer: int, celler: Sequence[str], rubriker: Sequence[str]) -> Inklistrat:
    celler = [cell.strip().strip('"').strip() for cell in celler]
    fel = ["Raden har fler celler än rubriker."] if any(celler[len(rubriker) :]) else []
    varden = {namn: cell for namn, cell in zip(rubriker, celler, strict=False) if namn}
    svar = {namn: varden.get(namn, "") for namn in (*NYCKEL, "belopp")}
    svar["insats"] = _kod(svar["insats"], _INSATSORD)
    svar["enhet"] = _kod(svar["enhet"].removeprefix("per "), _ENHETSORD)
    return Inklistrat(nummer, svar, [*fel, *_varde_fel(svar)])


def _kod(text: str, ord_: Mapping[str, str]) -> str:
    return ord_.get(text.casefold(), text)


def _entydiga() -> Iterator[tuple[str, str]]:
    """Names of insatser that only one law has; others are known by `Ledsagning (SoL)`, or by their code."""
    namnen = [str(kod.label).casefold() for kod in Insats]
    for kod in Insats:
        namn = str(kod.label).casefold()
        yield kod.value.casefold(), kod.value
        yield f"{namn} ({kod.lag.casefold()})", kod.value
        if namnen.count(namn) == 1:
            yield namn, kod.value


_INSATSORD = dict(_entydiga())
_ENHETSORD = {
    ord_.casefold(): enhet.value
    for enhet in Prisenhet
    for ord_ in (enhet.value, str(enhet.label), str(enhet.label)[:3])
} | {"tim": "timme", "h": "timme", "mån": "manad"}


def _varde_fel(varden: Mapping[str, str]) -> Iterator[str]:
    if varden["insats"] not in Insats.values:
        yield f"Insatsen ”{varden['insats']}” är okänd. Skriv koden, som LSS-10, eller namnet."
    if varden["enhet"] not in Prisenhet.values:
        yield f"Enheten ”{varden['enhet']}” är okänd. Skriv dygn, dag, timme eller månad."
    try:
        las_belopp(varden["belopp"])
    except ValueError as fel:
        yield str(fel)
