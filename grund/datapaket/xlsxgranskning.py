"""What the workbook reader would pass over in silence: cells that show an error, formulas without a value, and a stray
cell far out, which would make it set aside room for every cell before it. Found in the sheet's own XML, as a stream.
"""

import re
import zipfile
from collections.abc import Iterator
from posixpath import normpath
from xml.etree import ElementTree

from grund.datapaket.csvlasning import Klaga

_BLAD = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_RID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BIT = 1 << 20
_MISSTANKT = re.compile(
    rb'<c r="(?:'
    rb'(?P<utanfor>[A-Z]{2,}[0-9]+)"[^>/]*>'
    rb'|(?P<fel>[A-Z][0-9]+)"[^>]* t="e"'
    rb'|(?P<formel>[A-Z][0-9]+)"[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v */>|<v></v>|</c>)'
    rb")"
)
_TEXTER = {
    "utanfor": "En cell långt till höger om tabellen har innehåll. Ta bort det. Bladet har inte lästs.",
    "fel": "Cellen visar ett formelfel. Rätta formeln eller skriv värdet.",
    "formel": "Cellen har en formel utan uträknat värde. Öppna och spara arbetsboken i Excel, eller skriv värdet.",
}


def granska(arkiv: zipfile.ZipFile, blad: str, klaga: Klaga) -> bool:
    """Tell of cells that cannot be trusted. False when the sheet must not be read at all."""
    gar_att_lasa = True
    for traff in _traffar(arkiv, blad):
        sort = traff.lastgroup or ""
        cell = traff[sort].decode()
        klaga(int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), cell, _TEXTER[sort])
        gar_att_lasa = gar_att_lasa and sort != "utanfor"
    return gar_att_lasa


def _traffar(arkiv: zipfile.ZipFile, blad: str) -> Iterator[re.Match[bytes]]:
    with arkiv.open(_sokvag(arkiv, blad)) as strom:
        rest = b""
        while bit := strom.read(_BIT):
            bit = rest + bit
            slut = max(bit.rfind(b"<c "), 0)
            yield from _MISSTANKT.finditer(bit, 0, slut)
            rest = bit[slut:][-_BIT:]
        yield from _MISSTANKT.finditer(rest)


def _sokvag(arkiv: zipfile.ZipFile, blad: str) -> str:
    """Where in the archive the sheet lies."""
    bok = ElementTree.fromstring(arkiv.read("xl/workbook.xml"))  # noqa: S314  expat refuses entities that grow
    rid = next(ett.get(_RID) for ett in bok.iter(_BLAD) if ett.get("name") == blad)
    lankar = ElementTree.fromstring(arkiv.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    mal = next(lank.get("Target", "") for lank in lankar if lank.get("Id") == rid)
    return mal.removeprefix("/") if mal.startswith("/") else normpath(f"xl/{mal}")
