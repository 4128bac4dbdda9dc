"""Whether a package is whole: every checksum, every file, every count, and the XML by its schema. Needs no database."""

import csv
from collections import Counter
from collections.abc import Iterator
from hashlib import file_digest
from itertools import islice
from pathlib import Path

from lxml import etree

from uppfoljning.arkivexport.ordning import NAMNRYMD
from uppfoljning.arkivexport.paket import INNEHALL, SUMMOR

_HOGST = 50  # faults that are told
_Q = f"{{{NAMNRYMD}}}"


def brister(mapp: Path) -> list[str]:
    """What is wrong with the package, in Swedish; empty when it is whole. The first fifty."""
    fel: list[str] = []
    try:
        fel.extend(islice(_brister(mapp), _HOGST))
    except (etree.LxmlError, OSError, ValueError) as brott:  # not made by us, though its sums agree
        fel.append(f"Paketet går inte att läsa: {brott}")
    return fel


def summa(fil: Path) -> str:
    """The SHA-256 of a file."""
    with fil.open("rb") as las:
        return file_digest(las, "sha256").hexdigest()


def _brister(mapp: Path) -> Iterator[str]:
    if not (mapp / SUMMOR).is_file():
        yield f"{SUMMOR} saknas: {mapp} är inget arkivpaket."
        return
    fel = list(_summorna(mapp))
    yield from fel
    if fel:
        return  # what is in files that are not as they were says nothing
    schema = _schema(mapp, "innehall.xsd")
    innehall = _las(mapp / INNEHALL)
    if not schema.validate(innehall):
        yield f"{INNEHALL} följer inte sitt schema: {schema.error_log.last_error}"
        return
    fel = list(_listan(mapp, innehall))
    yield from fel or _antalen(mapp, innehall)


def _summorna(mapp: Path) -> Iterator[str]:
    """Each file against its checksum, and that there are no others."""
    listade = {}
    for rad in (mapp / SUMMOR).read_text("utf-8").splitlines():
        vantad, _, sokvag = rad.partition("  ")
        listade[sokvag] = vantad
    for ett in sorted(mapp.rglob("*")):
        sokvag = ett.relative_to(mapp).as_posix()
        if ett.is_symlink():
            yield f"{sokvag} är en länk."
        elif ett.is_file() and sokvag not in {SUMMOR, *listade}:
            yield f"{sokvag} hör inte till paketet."
    for sokvag, vantad in listade.items():
        fil = mapp / sokvag
        if ".." in Path(sokvag).parts or not fil.is_file():
            yield f"{sokvag} saknas."
        elif summa(fil) != vantad:
            yield f"{sokvag} är ändrad: kontrollsumman stämmer inte."


def _listan(mapp: Path, innehall: "etree._ElementTree") -> Iterator[str]:
    """innehall.xml against the files, which are as they were."""
    listade = {ett.get("Sokvag", ""): ett for ett in innehall.getroot().iterchildren(f"{_Q}Fil")}
    finns = {ett.relative_to(mapp).as_posix() for ett in mapp.rglob("*") if ett.is_file()} - {INNEHALL, SUMMOR}
    for sokvag in sorted(finns ^ set(listade)):
        yield f"{sokvag} står inte i både {INNEHALL} och mappen."
    for sokvag in sorted(finns & set(listade)):
        if listade[sokvag].get("Checksumma") != summa(mapp / sokvag):
            yield f"{sokvag} har en annan kontrollsumma i {INNEHALL}."


def _antalen(mapp: Path, innehall: "etree._ElementTree") -> Iterator[str]:
    """The rows of the akter and of the registers against what innehall.xml says there are."""
    vantade = {ett.get("Modell", ""): int(ett.get("Rader", "0")) for ett in innehall.iter(f"{_Q}Antal")}
    rader = {ett.get("Sokvag", ""): int(ett.get("Rader", "-1")) for ett in innehall.iter(f"{_Q}Fil")}
    schema, i_akter = _schema(mapp, "akt.xsd"), Counter[str]()
    akter = sorted((mapp / "akter").glob("*.xml"))
    for fil in akter:
        yield from _akten(mapp, fil, schema, rader[f"akter/{fil.name}"], i_akter)
    if len(akter) != int(innehall.getroot().findtext(f"{_Q}AntalAkter") or -1):
        yield f"Paketet har {len(akter)} akter, men {INNEHALL} säger något annat."
    for modell, antal in vantade.items():
        sokvag = f"register/{modell}.csv"
        i_register = _csvrader(mapp / sokvag) if sokvag in rader else 0
        if not antal == i_register == i_akter[modell.rpartition(".")[2]] == rader.get(sokvag):
            yield f"{modell}: antalet rader skiljer sig mellan {INNEHALL}, register och akter."


def _akten(mapp: Path, fil: Path, schema: "etree.XMLSchema", vantade: int, i_akter: "Counter[str]") -> Iterator[str]:
    akt = _las(fil)
    if not schema.validate(akt):
        yield f"akter/{fil.name} följer inte sitt schema: {schema.error_log.last_error}"
        return
    egna = Counter(etree.QName(rad).localname for lista in akt.getroot() for rad in lista if rad.attrib)
    i_akter.update(egna)
    if sum(egna.values()) != vantade:
        yield f"akter/{fil.name} har {sum(egna.values())} rader, men {INNEHALL} säger {vantade}."
    for bilaga in akt.iter(f"{_Q}Bilaga"):
        lank = mapp / bilaga.get("Lank", "")
        if not lank.is_file() or summa(lank) != bilaga.get("Checksumma"):
            yield f"{bilaga.get('Lank')} saknas eller är en annan än akten säger."


def _csvrader(fil: Path) -> int:
    with fil.open(encoding="utf-8", newline="") as las:
        return sum(1 for _ in csv.reader(las, delimiter=";")) - 1


def _las(fil: Path) -> "etree._ElementTree":
    """XML with nothing fetched and nothing expanded."""
    return etree.parse(fil, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _schema(mapp: Path, namn: str) -> "etree.XMLSchema":
    return etree.XMLSchema(_las(mapp / "schema" / namn))
