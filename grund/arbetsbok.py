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

FLEST_RADER = 1_048_576
_FARLIGA = ("=", "+", "-", "@", "\t", "\r", "\n")
_SMALAST = 8
_LINJE = "#1b1e23"
_A4, _A3, _FLEST_PA_A4 = 9, 8, 12


class Slag(Enum):
    """What a column holds: its number format, how it stands, and how many characters wide it may be."""

    TEXT = ("@", "left", 48)
    LANGTEXT = ("@", "left", 100)
    HELTAL = ("#,##0;−#,##0", "right", 20)
    ANTAL = ("#,##0.00##;−#,##0.00##", "right", 20)
    KRONOR = ("#,##0.00;−#,##0.00", "right", 22)
    ANDEL = ("0.00%", "right", 12)
    DATUM = ("yyyy-mm-dd", "left", 16)
    MANAD = ("yyyy-mm", "left", 16)


@dataclass(frozen=True)
class Kolumn:
    """A column of a sheet; `summera` puts its sum under it."""

    rubrik: str
    slag: Slag = Slag.TEXT
    summera: bool = False


class Arbetsbok:
    """A workbook being written to `fil`. Used with `with`; the file is complete when the block ends well."""

    def __init__(self, fil: BinaryIO, *, titel: str, forfattare: str, skapad: datetime) -> None:
        val = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._titel = titel
        self._bok = xlsxwriter.Workbook(fil, val)
        self._bok.set_properties({"title": titel, "author": forfattare, "created": skapad.replace(tzinfo=None)})
        self._format = {slag: self._cellformat(slag) for slag in Slag}
        self._summa = {slag: self._cellformat(slag, bold=True, top=1, top_color=_LINJE) for slag in Slag}
        self._citat = self._cellformat(Slag.TEXT, quote_prefix=True)
        self._rubriker = {slag: self._rubrikformat(slag) for slag in Slag}
        self._fet = self._bok.add_format({"bold": True, "font_size": 14, "indent": 1})
        self._dampad = self._bok.add_format({"font_color": "#565b60", "indent": 1})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, typ: type[BaseException] | None, fel: object, spar: object) -> None:
        if typ is None:
            self._bok.close()

    def _cellformat(self, slag: Slag, **mer: Any) -> Any:
        return self._bok.add_format({"num_format": slag.value[0], **_plats(slag), **mer})

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
        blad = self._bok.add_worksheet(namn)
        rubrikrad = self._ingress(blad, ingress)
        for nummer, kolumn in enumerate(kolumner):
            blad.write_string(rubrikrad, nummer, kolumn.rubrik, self._rubriker[kolumn.slag])
        skrivning = _Skrivning(blad, kolumner, self._format, self._citat)
        sista = skrivning.skriv(rubrikrad + 1, rader)
        self._summor(blad, kolumner, rubrikrad + 1, sista, skrivning.summor)
        self._utskrift(blad, namn, rubrikrad, sista, kolumner)
        for nummer, bredd in enumerate(skrivning.bredder):
            blad.set_column(nummer, nummer, min(max(bredd, _SMALAST), kolumner[nummer].slag.value[2]))
        return sista - rubrikrad

    def _ingress(self, blad: Any, ingress: Sequence[tuple[str, str]]) -> int:
        for rad, (vad, varde) in enumerate(ingress):
            blad.write_string(rad, 0, vad, self._dampad if rad else self._fet)
            if varde:
                blad.write_string(rad, 1, varde, self._citat if varde.startswith(_FARLIGA) else self._format[Slag.TEXT])
        return len(ingress) + 1 if ingress else 0

    def _summor(self, blad: Any, kolumner: Sequence[Kolumn], forsta: int, sista: int, summor: list[Decimal]) -> None:
        """Sums of what the filter shows (SUBTOTAL), with today's value stored for readers that do not calculate."""
        if not any(kolumn.summera for kolumn in kolumner):
            return
        for nummer, kolumn in enumerate(kolumner):
            form = self._summa[kolumn.slag]
            if kolumn.summera and sista >= forsta:
                formel = f"=SUBTOTAL(9,{xl_range(forsta, nummer, sista, nummer)})"
                blad.write_formula(sista + 1, nummer, formel, form, summor[nummer])
            elif kolumn.summera:
                blad.write_number(sista + 1, nummer, 0, form)
            else:
                blad.write_string(sista + 1, nummer, "" if nummer else "Summa", form)

    def _utskrift(self, blad: Any, namn: str, rubrikrad: int, sista: int, kolumner: Sequence[Kolumn]) -> None:
        blad.freeze_panes(rubrikrad + 1, 0)
        blad.autofilter(rubrikrad, 0, max(sista, rubrikrad), len(kolumner) - 1)
        blad.repeat_rows(rubrikrad)
        blad.set_paper(_A4 if len(kolumner) <= _FLEST_PA_A4 else _A3)
        blad.set_landscape()
        blad.fit_to_pages(1, 0)
        blad.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.6)
        sidhuvud = f"{self._titel} · {namn}".replace("&", "&&")
        blad.set_header(f"&L&8{' ' if sidhuvud[0].isdigit() else ''}{sidhuvud}&R&8&P(&N)")


def _plats(slag: Slag) -> dict[str, Any]:
    """Texts stand a little in from the left, so that they do not touch a number before them."""
    _, sida, _ = slag.value
    return {"align": sida, "indent": 0 if sida == "right" else 1}


class _Skrivning:
    """Writes rows below each other, and remembers sums and widths on the way."""

    def __init__(self, blad: Any, kolumner: Sequence[Kolumn], former: dict[Slag, Any], citat: Any) -> None:
        self._blad, self._kolumner, self._former, self._citat = blad, kolumner, former, citat
        self.summor = [Decimal(0)] * len(kolumner)
        self.bredder = [len(kolumn.rubrik) + 4 for kolumn in kolumner]  # room for the filter button
        self._cell: list[Callable[[int, int, Any], int]] = [self._val(kolumn) for kolumn in kolumner]

    def skriv(self, forsta: int, rader: Iterable[Sequence[Any]]) -> int:
        """Write from row `forsta` on. Gives the last row written (the one above `forsta` if there are none)."""
        nummer = forsta - 1
        for nummer, rad in enumerate(rader, forsta):
            if nummer >= FLEST_RADER - 1:
                msg = f"Ett Excelblad rymmer {FLEST_RADER} rader, och det här har fler. Använd CSV-filen i stället."
                raise ValueError(msg)
            for kolumn, (skriv_cell, varde) in enumerate(zip(self._cell, rad, strict=True)):
                if varde is not None and varde != "":
                    self.bredder[kolumn] = max(self.bredder[kolumn], skriv_cell(nummer, kolumn, varde) + 2)
        return nummer

    def _val(self, kolumn: Kolumn) -> Callable[[int, int, Any], int]:
        if kolumn.slag in (Slag.TEXT, Slag.LANGTEXT):
            return self._text
        return self._dag if kolumn.slag in (Slag.DATUM, Slag.MANAD) else self._tal

    def _text(self, rad: int, kolumn: int, varde: str) -> int:
        """Always as a text. One that looks like a formula gets the quote mark that keeps it so when it is edited."""
        form = self._citat if varde.startswith(_FARLIGA) else self._former[self._kolumner[kolumn].slag]
        self._blad.write_string(rad, kolumn, varde, form)
        return len(varde)

    def _dag(self, rad: int, kolumn: int, varde: date) -> int:
        self._blad.write_datetime(rad, kolumn, varde, self._former[self._kolumner[kolumn].slag])
        return 10

    def _tal(self, rad: int, kolumn: int, varde: Decimal | int) -> int:
        self._blad.write_number(rad, kolumn, varde, self._former[self._kolumner[kolumn].slag])
        if self._kolumner[kolumn].summera:
            self.summor[kolumn] += varde
        return len(f"{varde:,.4f}") - 1
