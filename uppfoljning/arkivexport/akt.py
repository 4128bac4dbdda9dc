"""An akt as XML: the same bytes each time that nothing has changed. Written row by row, so memory stays flat."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path, PurePath
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Model
from lxml import etree

from beslut.models import Beslutshandling, Person
from uppfoljning.arkivexport.ordning import ARKIVERAS, NAMNRYMD, SCHEMAVERSION, elementnamn
from uppfoljning.arkivexport.schema import har_ord
from uppfoljning.gallring.typer import Modellrad
from uppfoljning.personuppgifter.falt import falten
from uppfoljning.personuppgifter.lasning import nummer, strom
from uppfoljning.personuppgifter.varden import Hanvisare, i_ord, namn_i_ord, som_text

# What XML 1.0 cannot hold, such as a form feed within a text: each becomes the mark of a character that is lost.
_OGILTIGT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SAKNAS = "\N{REPLACEMENT CHARACTER}"


class Skrivbar(Protocol):
    """Where the XML goes."""

    def write(self, data: bytes, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Bilaga:
    """A file of a row: where it lies in the package, and where its bytes are."""

    lank: str
    storlek: int
    sha256: str
    las: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Rad:
    """A row as the archive has it: texts by field, None for no value."""

    modell: str
    nummer: str
    varden: dict[str, str | None]
    bilaga: Bilaga | None


VidRad = Callable[[Rad], object]


def mapp(person: Person) -> str:
    """What the akt's file and folder are called: nothing that says whose it is."""
    return f"akt-{person.pk:07d}"


def skriv(ut: Skrivbar, person: Person, vid_rad: VidRad = lambda _: None) -> None:
    """Write the akt; `vid_rad` is told each row as it goes by."""
    hanvisare = Hanvisare(namn_i_ord)
    with etree.xmlfile(ut, encoding="UTF-8") as xml:
        xml.write_declaration()
        rot = {"Systemidentifierare": person.nyckel, "Schemaversion": SCHEMAVERSION}
        with xml.element(_q("Personakt"), rot, nsmap={None: NAMNRYMD}):
            xml.write("\n")
            xml.write(arkivbildare())
            for tabellrad in ARKIVERAS:
                _skriv_lista(xml, tabellrad, person, hanvisare, vid_rad)


def avtryck(person: Person) -> str:
    """The SHA-256 of the akt as it would be written now."""
    summa = _Summa()
    skriv(summa, person)
    return summa.hex()


def arkivbildare() -> "etree._Element":
    """Whose archive it is."""
    element = etree.Element(_q("Arkivbildare"), nsmap={None: NAMNRYMD})
    etree.SubElement(element, _q("Namn")).text = f"{settings.NAMND}, {settings.KOMMUN}"
    etree.SubElement(element, _q("Kommunkod")).text = settings.KOMMUNKOD
    element.tail = "\n"
    return element


def giltig(text: str) -> str:
    """The text with what XML cannot hold replaced."""
    return _OGILTIGT.sub(SAKNAS, text)


def _skriv_lista(xml: Any, tabellrad: Modellrad, person: Person, hanvisare: Hanvisare, vid_rad: VidRad) -> None:
    rader = strom(tabellrad, person.pk)
    forsta = next(rader, None)
    if forsta is None:
        return
    with xml.element(_q(f"{elementnamn(tabellrad)}Lista")):
        xml.write("\n")
        for rad in _kedja(forsta, rader):
            ord_: dict[str, str] = {}
            som_rad = _rad(tabellrad, rad, person, hanvisare, ord_)
            xml.write(_element(elementnamn(tabellrad), som_rad, ord_))
            vid_rad(som_rad)
    xml.write("\n")


def _kedja(forsta: Model, resten: Iterable[Model]) -> Iterator[Model]:
    yield forsta
    yield from resten


def _rad(tabellrad: Modellrad, rad: Model, person: Person, hanvisare: Hanvisare, ord_: dict[str, str]) -> Rad:
    varden: dict[str, str | None] = {}
    for falt in falten(type(rad)):
        varde = getattr(rad, falt.attname)
        text = som_text(varde)
        varden[falt.name] = None if text is None else giltig(text)
        if har_ord(falt) and text:
            ord_[falt.name] = giltig(i_ord(falt, varde, hanvisare))
    return Rad(tabellrad.modell, nummer(rad), varden, _bilaga(tabellrad, rad, person))


def _element(namn: str, rad: Rad, ord_: dict[str, str]) -> "etree._Element":
    element = etree.Element(_q(namn), {"Systemidentifierare": rad.nummer}, nsmap={None: NAMNRYMD})
    for falt, text in rad.varden.items():
        if text is not None:
            ett = etree.SubElement(element, _q(falt))
            ett.text = text
            if falt in ord_:
                ett.set("Ord", ord_[falt])
    if fil := rad.bilaga:
        uppgifter = {"Lank": fil.lank, "Storlek": str(fil.storlek), "ChecksummaMetod": "SHA-256"}
        etree.SubElement(element, _q("Bilaga"), {**uppgifter, "Checksumma": fil.sha256})
    element.tail = "\n"
    return element


def _bilaga(tabellrad: Modellrad, rad: Model, person: Person) -> Bilaga | None:
    """The row's file: a decision that is stored, or what lies on disk. One that is gone from the disk is none."""
    if isinstance(rad, Beslutshandling):
        pdf = bytes(Beslutshandling.objects.values_list("pdf", flat=True).get(pk=rad.pk))
        return Bilaga(f"filer/{mapp(person)}/beslut-{rad.pk}.pdf", len(pdf), sha256(pdf).hexdigest(), lambda: pdf)
    if tabellrad.fil is None or not (plats := getattr(rad, tabellrad.fil.falt)):
        return None
    fil = Path(getattr(settings, tabellrad.fil.rot)) / plats
    if not fil.is_file():
        return None
    namn = f"{elementnamn(tabellrad).lower()}-{nummer(rad)}{PurePath(plats).suffix.lower()}"
    with fil.open("rb") as las:
        summa = file_digest(las, "sha256").hexdigest()
    return Bilaga(f"filer/{mapp(person)}/{namn}", fil.stat().st_size, summa, fil.read_bytes)


def _q(namn: str) -> str:
    return f"{{{NAMNRYMD}}}{namn}"


class _Summa:
    """Counts the SHA-256 of what is written, and keeps nothing."""

    def __init__(self) -> None:
        self._summa = sha256()

    def write(self, data: bytes, /) -> int:
        self._summa.update(data)
        return len(data)

    def hex(self) -> str:
        return self._summa.hexdigest()
