"""Workbooks: real numbers and days, texts that can never become formulas, and the same bytes for the same content.

Rows are streamed to disk as they are written, so a sheet takes the same memory whatever its length.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, BinaryIO, Self

import xlsxwriter
from xlsxwriter.utility import xl_range

from grund.text import ser_ut_som_formel

FLEST_RADER = 1_048_576
_SMALAST = 8
_LINJE = "#1b1e23"
_A4, _A3, _FLEST_PA_A4 = 9, 8, 12
_RADHOJD, _TECKEN_PER_RAD = 15, 92  # of a paragraph: points, and characters that surely fit


class Slag(Enum):
    """What a column holds: its number format, how it stands, and how many characters wide it may be."""

    TEXT = ("@", "left", 48)
    LANGTEXT = ("@", "left", 100)
    STYCKE = ("@", "left", 90)  # broken over lines
    SVAR = ("General", "left", 30)  # a text that a formula gives: "@" would make it a text when it is edited
    HELTAL = ("#,##0;−#,##0", "right", 20)
    ANTAL = ("#,##0.00##;−#,##0.00##", "right", 20)
    KRONOR = ("#,##0.00;−#,##0.00", "right", 22)
    ANDEL = ("0.00%", "right", 12)
    DATUM = ("yyyy-mm-dd", "left", 16)
    TIDPUNKT = ("yyyy-mm-dd hh:mm", "left", 20)
    MANAD = ("yyyy-mm", "left", 16)


_TEXTER = (Slag.TEXT, Slag.LANGTEXT, Slag.STYCKE, Slag.SVAR)
_TIDER = (Slag.DATUM, Slag.TIDPUNKT, Slag.MANAD)


@dataclass(frozen=True)
class Kolumn:
    """A column of a sheet; `summera` puts its sum under it."""

    rubrik: str
    slag: Slag = Slag.TEXT
    summera: bool = False


@dataclass(frozen=True, slots=True)
class Formel:
    """A cell that is calculated, and the value that it has now, for readers that do not calculate."""

    formel: str
    varde: Any


class Arbetsbok:
    """A workbook being written to `fil`. Used with `with`; the file is complete when the block ends well."""

    def __init__(self, fil: BinaryIO, *, titel: str, forfattare: str, skapad: datetime) -> None:
        val = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.titel = titel
        self._bok = xlsxwriter.Workbook(fil, val)
        self._bok.set_properties({"title": titel, "author": forfattare, "created": skapad.replace(tzinfo=None)})
        self.format = {slag: self._cellformat(slag) for slag in Slag}
        self.summa = {slag: self._cellformat(slag, bold=True, top=1, top_color=_LINJE) for slag in Slag}
        self.citat = self._cellformat(Slag.TEXT, quote_prefix=True)
        self.rubriker = {slag: self._rubrikformat(slag) for slag in Slag}
        self.fet = self._bok.add_format({"bold": True, "font_size": 14, "indent": 1})
        self.dampad = self._bok.add_format({"font_color": "#565b60", "indent": 1})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, typ: type[BaseException] | None, fel: object, spar: object) -> None:
        if typ is None:
            self._bok.close()

    def nytt_blad(self, namn: str) -> Any:
        """An empty sheet."""
        return self._bok.add_worksheet(namn)

    def _cellformat(self, slag: Slag, **mer: Any) -> Any:
        utseende = {"num_format": slag.value[0], "valign": "top", "text_wrap": slag == Slag.STYCKE}
        return self._bok.add_format({**utseende, **_plats(slag), **mer})

    def _rubrikformat(self, slag: Slag) -> Any:
        utseende = {"bold": True, "bottom": 1, "bottom_color": _LINJE, "bg_color": "#e6eef0"}
        return self._bok.add_format({**utseende, **_plats(slag)})

    def blad(
        self,
        namn: str,
        kolumner: Sequence[Kolumn],
        rader: Iterable[Sequence[Any]],
        *,
        ingress: Sequence[tuple[str, str]] = (),
    ) -> int:
        """Add a sheet with a header, `rader` and sums; gives the number of rows.

        `ingress` = lines above the header, each a name and a value; the first is the title.
        """
        blad = self.oppna(namn, kolumner, ingress=ingress)
        for rad in rader:
            blad.skriv(rad)
        return blad.stang()

    def oppna(self, namn: str, kolumner: Sequence[Kolumn], *, ingress: Sequence[tuple[str, str]] = ()) -> "Blad":
        """Add a sheet to write row by row, several at a time if need be. Each must be closed."""
        return Blad(self, namn, kolumner, ingress)


class Blad:
    """A sheet being written. Rows go below each other; sums and widths are remembered on the way."""

    def __init__(
        self, bok: Arbetsbok, namn: str, kolumner: Sequence[Kolumn], ingress: Sequence[tuple[str, str]]
    ) -> None:
        self.namn = namn
        self._bok, self._kolumner = bok, kolumner
        self._blad = bok.nytt_blad(namn)
        self._rubrikrad = self._ingress(ingress)
        for nummer, kolumn in enumerate(kolumner):
            self._blad.write_string(self._rubrikrad, nummer, kolumn.rubrik, bok.rubriker[kolumn.slag])
        self._sista = self._rubrikrad
        self._summor = [Decimal(0)] * len(kolumner)
        self._bredder = [len(kolumn.rubrik) + 4 for kolumn in kolumner]  # room for the filter button
        self._cell: list[Callable[[int, int, Any], int]] = [self._val(kolumn) for kolumn in kolumner]
        self._stycken = [nummer for nummer, kolumn in enumerate(kolumner) if kolumn.slag == Slag.STYCKE]

    @property
    def nasta(self) -> int:
        """The number, as people count, of the row that is written next."""
        return self._sista + 2

    def skriv(self, rad: Sequence[Any]) -> None:
        """Write a row. An empty text and None leave the cell empty."""
        self._sista += 1
        if self._sista >= FLEST_RADER - 1:
            msg = f"Ett Excelblad rymmer {FLEST_RADER} rader, och det här har fler. Använd CSV-filen i stället."
            raise ValueError(msg)
        if self._stycken and (rader := max(_antal_rader(rad[kolumn]) for kolumn in self._stycken)) > 1:
            self._blad.set_row(self._sista, rader * _RADHOJD)
        for kolumn, (skriv_cell, varde) in enumerate(zip(self._cell, rad, strict=True)):
            if varde is not None and varde != "":
                bredd = skriv_cell(self._sista, kolumn, varde) + 2
                self._bredder[kolumn] = max(self._bredder[kolumn], bredd)

    def stang(self) -> int:
        """Put sums under the rows, and set up how the sheet is seen and printed. Gives the number of rows."""
        self._skriv_summor()
        self._utskrift()
        for nummer, bredd in enumerate(self._bredder):
            smalast, bredast = _SMALAST, self._kolumner[nummer].slag.value[2]
            self._blad.set_column(nummer, nummer, min(max(bredd, smalast), bredast))
        return self._sista - self._rubrikrad

    def _ingress(self, ingress: Sequence[tuple[str, str]]) -> int:
        bok = self._bok
        for rad, (vad, varde) in enumerate(ingress):
            self._blad.write_string(rad, 0, vad, bok.dampad if rad else bok.fet)
            if varde:
                form = bok.citat if ser_ut_som_formel(varde) else bok.format[Slag.TEXT]
                self._blad.write_string(rad, 1, varde, form)
        return len(ingress) + 1 if ingress else 0

    def _skriv_summor(self) -> None:
        """Sums of what the filter shows (SUBTOTAL), with today's value stored for readers that do not calculate."""
        if not any(kolumn.summera for kolumn in self._kolumner):
            return
        forsta, sista = self._rubrikrad + 1, self._sista
        for nummer, kolumn in enumerate(self._kolumner):
            form = self._bok.summa[kolumn.slag]
            if kolumn.summera and sista >= forsta:
                formel = f"=SUBTOTAL(9,{xl_range(forsta, nummer, sista, nummer)})"
                self._blad.write_formula(sista + 1, nummer, formel, form, self._summor[nummer])
            elif kolumn.summera:
                self._blad.write_number(sista + 1, nummer, 0, form)
            else:
                self._blad.write_string(sista + 1, nummer, "" if nummer else "Summa", form)

    def _utskrift(self) -> None:
        blad, antal = self._blad, len(self._kolumner)
        blad.freeze_panes(self._rubrikrad + 1, 0)
        blad.autofilter(self._rubrikrad, 0, self._sista, antal - 1)
        blad.repeat_rows(self._rubrikrad)
        blad.set_paper(_A4 if antal <= _FLEST_PA_A4 else _A3)
        blad.set_landscape()
        blad.fit_to_pages(1, 0)
        blad.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.6)
        sidhuvud = f"{self._bok.titel} · {self.namn}".replace("&", "&&")
        blad.set_header(f"&L&8{' ' if sidhuvud[0].isdigit() else ''}{sidhuvud}&R&8&P(&N)")

    def _val(self, kolumn: Kolumn) -> Callable[[int, int, Any], int]:
        if kolumn.slag in _TEXTER:
            return self._text
        return self._dag if kolumn.slag in _TIDER else self._tal

    def _text(self, rad: int, kolumn: int, varde: str | Formel) -> int:
        """Always as a text. One that looks like a formula gets the quote mark that keeps it so when it is edited."""
        form = self._bok.format[self._kolumner[kolumn].slag]
        if isinstance(varde, Formel):
            self._blad.write_formula(rad, kolumn, varde.formel, form, varde.varde)
            return len(varde.varde)
        self._blad.write_string(rad, kolumn, varde, self._bok.citat if ser_ut_som_formel(varde) else form)
        return len(varde)

    def _dag(self, rad: int, kolumn: int, varde: date) -> int:
        self._blad.write_datetime(rad, kolumn, varde, self._bok.format[self._kolumner[kolumn].slag])
        return 16 if isinstance(varde, datetime) else 10

    def _tal(self, rad: int, kolumn: int, varde: Decimal | float | Formel) -> int:
        form = self._bok.format[self._kolumner[kolumn].slag]
        if isinstance(varde, Formel):
            self._blad.write_formula(rad, kolumn, varde.formel, form, varde.varde)
            varde = varde.varde
        else:
            self._blad.write_number(rad, kolumn, varde, form)
        if self._kolumner[kolumn].summera:
            self._summor[kolumn] += varde  # type: ignore[operator]  # a column that is summed has no floats
        return len(f"{varde:,.4f}") - 1


def _antal_rader(text: str | Formel) -> int:
    """How many lines a paragraph takes. Not every program finds that out by itself."""
    return 1 if isinstance(text, Formel) else -(-len(text) // _TECKEN_PER_RAD)


def _plats(slag: Slag) -> dict[str, Any]:
    """Texts stand a little in from the left, so that they do not touch a number before them."""
    _, sida, _ = slag.value
    return {"align": sida, "indent": 0 if sida == "right" else 1}
