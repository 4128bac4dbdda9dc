"""A package for the archive: an XML for each person's akt, a CSV for each kind of row, the files, and what is in it."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from lxml import etree

from beslut.models import Person
from uppfoljning.arkivexport import akt
from uppfoljning.arkivexport.filer import Paketfil, hel_mapp
from uppfoljning.arkivexport.lasmig import LAS_MIG
from uppfoljning.arkivexport.ordning import ARKIVERAS, NAMNRYMD, SCHEMAVERSION
from uppfoljning.arkivexport.schema import akt_xsd, innehall_xsd, om_faltet, typ
from uppfoljning.personuppgifter.falt import falten, modellen
from uppfoljning.personuppgifter.varden import som_text

INNEHALL, SUMMOR = "innehall.xml", "kontrollsummor.sha256"
INGET_VARDE = r"\N"


@dataclass(slots=True)
class Paket:
    """What was written: files with size and SHA-256, rows by model, and each akt's SHA-256 by the person's key."""

    filer: dict[str, tuple[int, str, int | None]] = field(default_factory=dict)
    rader: Counter[str] = field(default_factory=Counter)
    akter: dict[int, str] = field(default_factory=dict)
    sha256: str = ""


def skriv_paket(
    mapp: Path, personer: Iterable[Person], *, andamal: str, nu: datetime, vid_akt: Callable[[], object] = lambda: None
) -> Paket:
    """Write the akter of `personer` to `mapp`, whole or not at all. One akt's row in memory at a time."""
    paket = Paket()
    with hel_mapp(mapp) as rot:
        skrivare = _Skrivare(rot, paket)
        with ExitStack() as oppna:
            register = {rad.modell: oppna.enter_context(_Register(rot, rad.modell)) for rad in ARKIVERAS}
            for person in personer:
                skrivare.akten(person, register)
                vid_akt()
        for modell, ett in register.items():
            skrivare.registret(modell, ett)
        skrivare.fast("schema/akt.xsd", akt_xsd())
        skrivare.fast("schema/innehall.xsd", innehall_xsd())
        skrivare.fast("schema/falt.csv", _faltlista())
        skrivare.fast("LÄS_MIG.txt", LAS_MIG.encode())
        skrivare.fast(INNEHALL, _innehall(paket, andamal, nu))
        paket.sha256 = skrivare.summor()
    return paket


class _Register:
    """The CSV of a model, made when the first row comes."""

    def __init__(self, rot: Path, modell: str) -> None:
        self.sokvag, self._fil = f"register/{modell}.csv", rot / f"register/{modell}.csv"
        self.ut: Paketfil | None = None
        self.rader = 0

    def __enter__(self) -> "_Register":
        return self

    def __exit__(self, *_: object) -> None:
        if self.ut:
            self.ut.close()

    def skriv(self, person: Person, rad: akt.Rad) -> None:
        if self.ut is None:
            self.ut = Paketfil(self._fil)
            self.ut.write(csvrad(["akt", "systemidentifierare", *rad.varden]))
        self.ut.write(csvrad([person.nyckel, rad.nummer, *map(csvtext, rad.varden.values())]))
        self.rader += 1


class _Skrivare:
    """Writes the files of a package below `rot`, and notes each in `paket`."""

    def __init__(self, rot: Path, paket: Paket) -> None:
        self._rot, self._paket = rot, paket

    def akten(self, person: Person, register: dict[str, _Register]) -> None:
        """The akt's XML, its rows in the registers, and its files."""
        antal = 0

        def vid_rad(rad: akt.Rad) -> None:
            nonlocal antal
            antal += 1
            register[rad.modell].skriv(person, rad)
            if rad.bilaga:
                self.fast(rad.bilaga.lank, rad.bilaga.las())

        sokvag = f"akter/{akt.mapp(person)}.xml"
        with Paketfil(self._rot / sokvag) as ut:
            akt.skriv(ut, person, vid_rad)
        self._paket.filer[sokvag] = (ut.storlek, ut.hex(), antal)
        self._paket.akter[person.pk] = ut.hex()

    def registret(self, modell: str, ett: _Register) -> None:
        """Note a register that has rows."""
        if ett.ut:
            self._paket.filer[ett.sokvag] = (ett.ut.storlek, ett.ut.hex(), ett.rader)
            self._paket.rader[modell] = ett.rader

    def fast(self, sokvag: str, innehall: bytes) -> None:
        """A file whose bytes are at hand."""
        with Paketfil(self._rot / sokvag) as ut:
            ut.write(innehall)
        self._paket.filer[sokvag] = (ut.storlek, ut.hex(), None)

    def summor(self) -> str:
        """The list of checksums, as `sha256sum -c` reads it; gives its own."""
        with Paketfil(self._rot / SUMMOR) as ut:
            for sokvag, (_, summa, _) in sorted(self._paket.filer.items()):
                ut.write(f"{summa}  {sokvag}\n".encode())
        return ut.hex()


def csvtext(text: str | None) -> str:
    r"""A value in a CSV: `\N` is no value, and a text that begins with a backslash gets one more."""
    if text is None:
        return INGET_VARDE
    return f"\\{text}" if text.startswith("\\") else text


def csvrad(celler: Iterable[str]) -> bytes:
    """A line: semicolons, quotes where needed (RFC 4180), UTF-8."""
    ut = io.StringIO()
    csv.writer(ut, delimiter=";").writerow(celler)
    return ut.getvalue().encode()


def _faltlista() -> bytes:
    return b"".join(_falten())


def _falten() -> Iterator[bytes]:
    yield csvrad(["modell", "namn", "falt", "typ", "kan_sakna_varde", "beskrivning"])
    for rad in ARKIVERAS:
        modell = modellen(rad)
        namn = str(modell._meta.verbose_name)
        for falt in falten(modell):
            tomt = "ja" if falt.null else "nej"
            yield csvrad([rad.modell, namn, falt.name, typ(falt), tomt, om_faltet(falt)])


def _innehall(paket: Paket, andamal: str, nu: datetime) -> bytes:
    rot = etree.Element(f"{{{NAMNRYMD}}}Leveransobjekt", nsmap={None: NAMNRYMD})
    rot.attrib.update({"Systemnamn": "Insatskollen", "Schemaversion": SCHEMAVERSION})
    rot.append(akt.arkivbildare())
    for namn, text in (("Andamal", andamal), ("Skapad", som_text(nu)), ("AntalAkter", str(len(paket.akter)))):
        etree.SubElement(rot, f"{{{NAMNRYMD}}}{namn}").text = akt.giltig(text or "")
    for modell, antal in sorted(paket.rader.items()):
        etree.SubElement(rot, f"{{{NAMNRYMD}}}Antal", {"Modell": modell, "Rader": str(antal)})
    for sokvag, (storlek, summa, rader) in sorted(paket.filer.items()):
        uppgifter = {"Sokvag": sokvag, "Storlek": str(storlek), "ChecksummaMetod": "SHA-256", "Checksumma": summa}
        extra = {} if rader is None else {"Rader": str(rader)}
        etree.SubElement(rot, f"{{{NAMNRYMD}}}Fil", {**uppgifter, **extra})
    return bytes(etree.tostring(rot, xml_declaration=True, encoding="UTF-8", pretty_print=True))
