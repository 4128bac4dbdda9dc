"""A small reader of workbooks that calculates: what the formulas say, in binary numbers as spreadsheets have them."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

Avrundning = Callable[[float, int], float]
_DEL = re.compile(
    r"""'(?P<blad>[^']+)'!(?P<fran>\$?[A-Z]+\$?\d+):(?P<till>\$?[A-Z]+\$?\d+)  # a range of a sheet
      |(?P<text>"[^"]*") |(?P<cell>[A-Z]+\d+) |(?P<namn>[A-Z]{2,})\( |(?P<tecken><>|=|&)""",
    re.VERBOSE,
)


def avrunda_binart(varde: float, decimaler: int) -> float:
    """Half away from zero of the binary number itself: 1.005 is a little less than it looks, and becomes 1.00."""
    return float(Decimal(varde).quantize(Decimal(1).scaleb(-decimaler), ROUND_HALF_UP))


def avrunda_som_det_ser_ut(varde: float, decimaler: int) -> float:
    """Half away from zero of the 15 digits that a spreadsheet shows: 1.005 becomes 1.01."""
    return float(Decimal(f"{varde:.15g}").quantize(Decimal(1).scaleb(-decimaler), ROUND_HALF_UP))


class Antal(int):
    """A count, which `&` (here |) makes a text of."""

    def __or__(self, annan: Any) -> Any:
        return f"{int(self)}{annan}"


class Kalkylblad:
    """A workbook, calculated anew from its formulas when a cell is asked for."""

    def __init__(self, bytes_: bytes, avrunda: Avrundning = avrunda_binart) -> None:
        self.bok: Workbook = openpyxl.load_workbook(BytesIO(bytes_))
        self.sparat: Workbook = openpyxl.load_workbook(BytesIO(bytes_), data_only=True)
        self._funktioner = {
            "SUM": lambda celler: float(sum(celler)),
            "ROUND": avrunda,
            "IF": lambda villkor, ja, nej: ja if villkor else nej,
            "COUNTIF": lambda celler, varde: Antal(celler.count(varde)),
        }

    def varde(self, blad: str, cell: str) -> Any:
        """The value of a cell."""
        innehall = self.bok[blad][cell.replace("$", "")].value
        if not isinstance(innehall, str) or not innehall.startswith("="):
            return float(innehall) if isinstance(innehall, int) else innehall
        return self.rakna(blad, innehall)

    def rakna(self, blad: str, formel: str) -> Any:
        """What a formula on `blad` comes to. Only what is known is calculated; anything else is an error."""
        celler: list[Any] = []

        def python(traff: re.Match[str]) -> str:
            if traff["tecken"]:
                return {"<>": "!=", "=": "==", "&": "|"}[traff["tecken"]]
            if traff["namn"]:
                return f"f['{traff['namn']}']("
            celler.append(self._innehall(blad, traff))
            return f"c[{len(celler) - 1}]"

        uttryck = _DEL.sub(python, formel.removeprefix("="))
        return eval(uttryck, {"__builtins__": {}}, {"c": celler, "f": self._funktioner})  # noqa: S307 our own files

    def _innehall(self, blad: str, traff: re.Match[str]) -> Any:
        if traff["text"]:
            return traff["text"].strip('"')
        if traff["cell"]:
            return self.varde(blad, traff["cell"])
        omrade = f"{traff['fran']}:{traff['till']}".replace("$", "")
        rader = self.bok[traff["blad"]][omrade]
        celler = [cell for rad in rader for cell in rad] if isinstance(rader, tuple) else [rader]
        return [self.varde(traff["blad"], cell.coordinate) for cell in celler]

    def rader(self, blad: str, rubrik: str) -> list[int]:
        """The numbers of the rows below the header whose first cell says `rubrik`, without the sum."""
        kolumn = [cell.value for cell in self.bok[blad]["A"]]
        start = kolumn.index(rubrik) + 2
        return [nummer for nummer in range(start, len(kolumn) + 1) if kolumn[nummer - 1] != "Summa"]

    def formler(self) -> list[tuple[str, str]]:
        """Every cell with a formula, as (sheet, cell), but the sums under the columns."""
        return [
            (blad.title, cell.coordinate)
            for blad in self.bok
            for rad in blad.iter_rows()
            for cell in rad
            if cell.data_type == "f" and "SUBTOTAL" not in str(cell.value)
        ]
