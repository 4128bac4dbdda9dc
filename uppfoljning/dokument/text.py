"""Free text in a simple markup: paragraphs, lists, bold, italic, subheadings and tables, and nothing else. Pure.

Markdown-it reads it with every other rule off: raw HTML, links, images and code stay as they were typed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from grund.text import HART
from uppfoljning.tjansteutlatande.innehall import Rad, Tabell

_REGLER = ("heading", "list", "table", "emphasis", "escape", "newline")
_RUBRIK = "h3"
_SIFFROR = re.compile(r"\[Siffror (\d{1,4})\]", re.IGNORECASE)
_TABELLRUBRIK = re.compile(r"Tabell:\s*(?P<rubrik>.+)", re.IGNORECASE | re.DOTALL)
_TAL = re.compile(r"[-+−]?[\d ]+(?:[.,]\d+)?(?: ?(?:%|kr|tkr|mnkr))?")
RAD = 92  # characters of the document's measure; a line of it seldom holds more


@dataclass(frozen=True, slots=True)
class Stycken:
    """Paragraphs, lists and subheadings, as HTML."""

    html: str


@dataclass(frozen=True, slots=True)
class Siffror:
    """Where the figures with this number stand."""

    nr: int


@dataclass(frozen=True, slots=True)
class Texttabell:
    """A table; `rad` is the line of the text where it begins."""

    rubrik: str
    kolumner: tuple[str, ...]
    rader: tuple[tuple[str, ...], ...]
    textkolumner: int
    rad: int

    def som_tabell(self, nummer: int) -> Tabell:
        """As documents draw tables."""
        rader = tuple(Rad(namn, tuple(map(_helt_tal, celler))) for namn, *celler in self.rader)
        return Tabell(nummer, self.rubrik, self.kolumner, rader, textkolumner=self.textkolumner)


def _helt_tal(cell: str) -> str:
    """A number is not divided at the end of a line; other text may be."""
    return cell.replace(" ", HART) if _TAL.fullmatch(cell) else cell


Block = Stycken | Siffror | Texttabell


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False, "maxNesting": 12}).enable(list(_REGLER))


def block(text: str) -> list[Block]:
    """`text` as what a document is set from, in order."""
    return list(_block(_med_rubriker(_markdown().parse(text))))


def siffernummer(text: str) -> list[int]:
    """The figures that `text` places, in order, as often as it does."""
    return [ett.nr for ett in block(text) if isinstance(ett, Siffror)]


def siffrornas_rad(nr: int) -> str:
    """The line that places the figures."""
    return f"[Siffror {nr}]"


def antal_rader(text: str) -> int:
    """About how many lines `text` takes in the document."""
    return sum(-(-len(rad) // RAD) for rad in text.splitlines() if rad.strip())


def _med_rubriker(tecken: list[Token]) -> list[Token]:
    """The headings of the document are the mall's; whoever writes has one level below them."""
    for ett in tecken:
        if ett.type in {"heading_open", "heading_close"}:
            ett.tag = _RUBRIK
    return tecken


def _block(tecken: Sequence[Token]) -> Iterator[Block]:
    samlat: list[Token] = []
    plats = 0
    while plats < len(tecken):
        ett = tecken[plats]
        slut = plats + 1
        eget: Block | None = None
        if ett.type == "table_open":
            slut = _slut(tecken, plats)
            eget = _tabell(tecken[plats:slut], _ta_rubrik(samlat))
        elif ett.type == "paragraph_open" and not ett.level:
            slut = plats + 3
            traff = _SIFFROR.fullmatch(tecken[plats + 1].content.strip())
            eget = Siffror(int(traff[1])) if traff else None
        if eget is None:
            samlat += tecken[plats:slut]
        else:
            yield from _stycken(samlat)
            samlat = []
            yield eget
        plats = slut
    yield from _stycken(samlat)


def _slut(tecken: Sequence[Token], plats: int) -> int:
    return next(nr for nr in range(plats, len(tecken)) if tecken[nr].type == "table_close") + 1


def _stycken(tecken: Sequence[Token]) -> Iterator[Stycken]:
    if tecken:
        yield Stycken(_markdown().renderer.render(list(tecken), _markdown().options, {}))


def _ta_rubrik(samlat: list[Token]) -> str:
    """`Tabell: …` in the paragraph before a table is its caption, and no paragraph."""
    if len(samlat) < 3 or samlat[-3].type != "paragraph_open" or samlat[-3].level:
        return ""
    if traff := _TABELLRUBRIK.fullmatch(_ren(samlat[-2]).strip()):
        del samlat[-3:]
        return " ".join(traff["rubrik"].split())
    return ""


def _tabell(tecken: Sequence[Token], rubrik: str) -> Texttabell:
    rader: list[list[str]] = []
    hoger: list[bool] = []
    for plats, ett in enumerate(tecken):
        if ett.type == "tr_open":
            rader.append([])
        elif ett.type in {"th_open", "td_open"}:
            rader[-1].append(_ren(tecken[plats + 1]))
            if ett.type == "th_open":
                hoger.append("right" in str(ett.attrGet("style") or ""))
    texter = next((nr for nr, ett in enumerate(hoger[1:]) if ett), len(hoger) - 1)
    karta = tecken[0].map or [0, 0]
    return Texttabell(rubrik, tuple(rader[0]), tuple(map(tuple, rader[1:])), texter, karta[0] + 1)


def _ren(inline: Token) -> str:
    """Its words, without markup."""
    return "".join(" " if barn.type.endswith("break") else barn.content for barn in inline.children or [])
