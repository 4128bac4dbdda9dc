"""How a file looks: a definition kept as data, read and checked here, and the engine that prints rows by it. Pure.

The official layouts are not known to us: what stands in `grundlayouter/` is how we have read the regulations. A layout
is therefore a versioned row in the database with a mark of who has confirmed it against what; the engine knows none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from uppfoljning.leveranser.regler import UPPGIFTER, Allvar, Anmarkning, Leveransslag, Rad, Varde

_KODNINGAR = {"utf-8": "utf-8", "utf-8-bom": "utf-8-sig", "iso-8859-1": "iso-8859-1"}
_RADSLUT = {"crlf": "\r\n", "lf": "\n"}
_FALT = {"avskiljare", "teckenkodning", "radslut", "rubrikrad", "kolumner"}
_KOLUMNFALT = {"namn", "uppgift", "form", "kravs", "koder", "bredd"}
_FLEST_KOLUMNER, _LANGST = 200, 100
_STYR = re.compile(r"[\x00-\x1f\x7f]")


class Form(StrEnum):
    """How a value is written."""

    TEXT = "text"
    PERSONNUMMER = "personnummer"  # ÅÅÅÅMMDD-NNNN
    PERSONNUMMER_12 = "personnummer_12"  # ÅÅÅÅMMDDNNNN
    DATUM = "datum"  # ÅÅÅÅ-MM-DD
    DATUM_8 = "datum_8"  # ÅÅÅÅMMDD
    TAL = "tal"  # 12,5
    KOD = "kod"  # by `koder`; ja and nej are the codes of a yes or no


@dataclass(frozen=True, slots=True)
class Kolumn:
    """A column. `uppgift`: what it holds. `bredd`: filled up with spaces to so many characters; 0 = not."""

    namn: str
    uppgift: str
    form: Form
    kravs: bool
    koder: Mapping[str, str]
    bredd: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A file's look. With `avskiljare` between fields, and never after the last of a row."""

    slag: Leveransslag
    avskiljare: str
    teckenkodning: str
    radslut: str
    rubrikrad: bool
    kolumner: tuple[Kolumn, ...]


@dataclass(frozen=True, slots=True)
class Sattrad:
    """A row as it is printed, field by field."""

    nyckel: str
    person: int
    varden: tuple[str, ...]


def las(slag: Leveransslag, definition: Any) -> Layout:
    """The layout; ValueError with a Swedish sentence a line for what is wrong with it."""
    if fel := list(fel_i_definition(slag, definition)):
        raise ValueError("\n".join(fel))
    return Layout(
        slag,
        definition["avskiljare"],
        _KODNINGAR[definition["teckenkodning"]],
        _RADSLUT[definition["radslut"]],
        definition["rubrikrad"],
        tuple(_kolumn(ett) for ett in definition["kolumner"]),
    )


def _kolumn(ett: Mapping[str, Any]) -> Kolumn:
    return Kolumn(
        ett["namn"],
        ett["uppgift"],
        Form(ett["form"]),
        bool(ett.get("kravs", False)),
        dict(ett.get("koder", {})),
        ett.get("bredd", 0),
    )


def fel_i_definition(slag: Leveransslag, definition: Any) -> Iterator[str]:
    """What is wrong with it, a sentence each."""
    if not isinstance(definition, dict) or set(definition) != _FALT:
        yield f"Definitionen ska ha fälten {', '.join(sorted(_FALT))}, och inga andra."
        return
    avskiljare = definition["avskiljare"]
    if not isinstance(avskiljare, str) or len(avskiljare) > 1 or avskiljare in ('"', "\r", "\n"):
        yield "Avskiljaren är ett tecken, eller tom när kolumnerna har fast bredd."
    if definition["teckenkodning"] not in _KODNINGAR:
        yield f"Teckenkodningen är en av {', '.join(_KODNINGAR)}."
    if definition["radslut"] not in _RADSLUT:
        yield f"Radslutet är ett av {', '.join(_RADSLUT)}."
    if not isinstance(definition["rubrikrad"], bool):
        yield "Skriv true eller false för rubrikraden."
    yield from _fel_i_kolumner(slag, definition["kolumner"], avskiljare)


def _fel_i_kolumner(slag: Leveransslag, kolumner: Any, avskiljare: Any) -> Iterator[str]:
    if not isinstance(kolumner, list) or not 0 < len(kolumner) <= _FLEST_KOLUMNER:
        yield f"Layouten ska ha mellan 1 och {_FLEST_KOLUMNER} kolumner."
        return
    fel = [ett for nummer, kolumn in enumerate(kolumner, 1) for ett in _fel_i_kolumn(slag, nummer, kolumn)]
    yield from fel
    if fel:
        return
    namnen = [kolumn["namn"] for kolumn in kolumner]
    if len(set(namnen)) != len(namnen):
        yield "Två kolumner har samma namn."
    if avskiljare == "" and not all(kolumn.get("bredd") for kolumn in kolumner):
        yield "Utan avskiljare måste varje kolumn ha en bredd."
    if avskiljare and not kolumner[-1].get("kravs") and not kolumner[-1].get("bredd"):
        yield "Sista kolumnen måste alltid vara ifylld: en rad får inte sluta med avskiljaren."


def _fel_i_kolumn(slag: Leveransslag, nummer: int, kolumn: Any) -> Iterator[str]:
    if not isinstance(kolumn, dict) or not {"namn", "uppgift", "form"} <= set(kolumn) <= _KOLUMNFALT:
        yield f"Kolumn {nummer}: ange namn, uppgift och form, och om det behövs kravs, koder och bredd."
        return
    if not isinstance(kolumn["namn"], str) or not 0 < len(kolumn["namn"]) <= _LANGST or _STYR.search(kolumn["namn"]):
        yield f"Kolumn {nummer}: skriv ett namn med högst {_LANGST} tecken."
    if not isinstance(kolumn["uppgift"], str) or kolumn["uppgift"] not in UPPGIFTER[slag]:
        yield f"Kolumn {nummer}: uppgiften finns inte. Välj en av {', '.join(UPPGIFTER[slag])}."
    if kolumn["form"] not in list(Form):
        yield f"Kolumn {nummer}: formen är en av {', '.join(Form)}."
    if not isinstance(kolumn.get("kravs", False), bool):
        yield f"Kolumn {nummer}: skriv true eller false för om den krävs."
    koder = kolumn.get("koder", {})
    if not isinstance(koder, dict) or not all(isinstance(ett, str) and not _STYR.search(ett) for ett in koder.values()):
        yield f"Kolumn {nummer}: koderna skrivs som par av text."
    if (kolumn["form"] == Form.KOD) != bool(koder):
        yield f"Kolumn {nummer}: koder hör till formen kod, och bara till den."
    bredd = kolumn.get("bredd", 0)
    if isinstance(bredd, bool) or not isinstance(bredd, int) or not 0 <= bredd <= _LANGST:
        yield f"Kolumn {nummer}: bredden är ett heltal från 0 till {_LANGST}."


# ---- The engine --------------------------------------------------------------------------------------------------


def satt(layout: Layout, rader: Iterable[Rad]) -> tuple[list[Sattrad], list[Anmarkning]]:
    """Every row as it is printed, in the order of keys, and what of it may not be printed so."""
    satta, anmarkningar = [], []
    for rad in sorted(rader, key=lambda ett: ett.nyckel):
        varden = []
        for kolumn in layout.kolumner:
            text, fel = _varde(layout, kolumn, rad.uppgifter[kolumn.uppgift])
            varden.append(text)
            if fel:
                anmarkningar.append(Anmarkning(Allvar.STOPPAR, fel, rad.nyckel, kolumn.namn, rad.person))
        satta.append(Sattrad(rad.nyckel, rad.person, tuple(varden)))
    return satta, anmarkningar


def _varde(layout: Layout, kolumn: Kolumn, varde: Varde) -> tuple[str, str]:
    """The text, and what is wrong with it."""
    if kolumn.form is Form.KOD:
        kod = _kod(varde)
        if kod and kod not in kolumn.koder:
            return "", f"Layouten har ingen kod för ”{kod}”."
        text = kolumn.koder[kod] if kod else ""
    else:
        text = _skriv(kolumn.form, varde)
    if kolumn.kravs and not text:
        return "", "Uppgiften saknas, och måste finnas."
    return text, _fel_i_text(layout, kolumn, text)


def _kod(varde: Varde) -> str:
    """What `koder` knows it by; empty = there is nothing."""
    if isinstance(varde, bool):
        return "ja" if varde else "nej"
    return "" if varde is None else str(varde)


def _skriv(form: Form, varde: Varde) -> str:
    if varde is None:
        return ""
    if isinstance(varde, bool):
        return "1" if varde else "0"
    if isinstance(varde, date):
        return f"{varde:%Y%m%d}" if form is Form.DATUM_8 else varde.isoformat()
    if isinstance(varde, Decimal):
        return f"{varde.normalize():f}".replace(".", ",")
    text = str(varde)
    if form is Form.PERSONNUMMER:
        return text if "-" in text or not text else f"{text[:8]}-{text[8:]}"
    return text.replace("-", "") if form is Form.PERSONNUMMER_12 else text


def _fel_i_text(layout: Layout, kolumn: Kolumn, text: str) -> str:
    if _STYR.search(text) or (layout.avskiljare and layout.avskiljare in text):
        return "Uppgiften innehåller ett tecken som inte får stå i filen."
    if kolumn.bredd and len(text) > kolumn.bredd:
        return f"Uppgiften är längre än {kolumn.bredd} tecken."
    try:
        text.encode(layout.teckenkodning)
    except UnicodeEncodeError:
        return f"Uppgiften har ett tecken som inte finns i {layout.teckenkodning}."
    return ""


def rendera(layout: Layout, rader: Iterable[Sequence[str]]) -> bytes:
    """The file's bytes, from rows as they are printed: the same rows always give the same."""
    alla = [[kolumn.namn for kolumn in layout.kolumner]] if layout.rubrikrad else []
    alla += [list(rad) for rad in rader]
    text = "".join(_radtext(layout, rad) + layout.radslut for rad in alla)
    return text.encode(layout.teckenkodning)


def _radtext(layout: Layout, rad: Sequence[str]) -> str:
    return layout.avskiljare.join(text.ljust(kol.bredd) for text, kol in zip(rad, layout.kolumner, strict=True))
