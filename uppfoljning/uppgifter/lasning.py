"""A file's bytes as typed rows, or every fault in it by line and column. Nothing is stored here."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from grund.datapaket.arkivskydd import hinder_for_arbetsbok
from grund.datapaket.csvlasning import Klaga, Rad
from grund.datapaket.fel import Felsamling
from grund.datapaket.inlasning import Radtolk
from grund.datapaket.kalla import Tabell, oppna_paket
from grund.datapaket.typer import Text
from grund.personnummer import ser_ut_som_personnummer
from uppfoljning.uppgifter.typ import Falt, Uppgiftsslag
from utforare.models import Enhet, Utforare

STORST = 20 * 1024**2
_ZIP = b"PK\x03\x04"
_PEKAR_PA: Mapping[str, type[Enhet | Utforare]] = {"enheter": Enhet, "utforare": Utforare}
Varderad = tuple[int, dict[str, Any]]


def las(slag: Uppgiftsslag, innehall: bytes, filnamn: str) -> tuple[list[Varderad], Felsamling]:
    """(line, values by column) of each row, and what is wrong. A value that refers is the primary key."""
    fel = Felsamling()
    with _oppnad(slag, innehall, filnamn, fel) as tabell:
        rader = list(_tolkade(slag, tabell, fel)) if tabell else []
    if not fel and not rader:
        fel.lagg(filnamn, None, "", "", "Filen har inga rader under rubrikerna.")
    if not fel:
        _prova(slag, rader, filnamn, fel)
    return rader, fel


@contextmanager
def _oppnad(slag: Uppgiftsslag, innehall: bytes, filnamn: str, fel: Felsamling) -> Iterator[Tabell | None]:
    """The file's only table: of a CSV, or the sheet of a workbook that bears the kind's name."""
    if not innehall.startswith(_ZIP):
        yield Tabell(slag.nyckel, filnamn, lambda klaga: slag.lasare(BytesIO(innehall), klaga))
        return
    if hinder := hinder_for_arbetsbok(BytesIO(innehall)):
        fel.lagg(filnamn, None, "", "", hinder[0])
        yield None
        return
    with TemporaryDirectory() as mapp:
        plats = Path(mapp) / f"{slag.nyckel}.xlsx"
        plats.write_bytes(innehall)
        with oppna_paket(plats, {slag.nyckel: slag.fil}, fel) as tabeller:
            yield tabeller[0] if tabeller else None


def _tolkade(slag: Uppgiftsslag, tabell: Tabell, fel: Felsamling) -> Iterator[Varderad]:
    klaga: Klaga = lambda rad, varde, text: fel.lagg(tabell.visas, rad, "", varde, text)  # noqa: E731
    rader: Iterator[Rad] = tabell.rader(klaga)
    nummer, rubriker = next(rader, (1, []))
    if not rubriker:
        text = f"Filen är tom. Första raden ska vara rubriker: {';'.join(slag.fil.namnen)}"
        fel.lagg(tabell.visas, 1, "", "", text)
        return
    tolk = Radtolk(slag.fil, rubriker, nummer, tabell.visas, fel)
    for rad, falt in rader:
        varden = tolk.tolka(rad, falt)
        if varden is not None:
            yield rad, dict(zip(slag.fil.namnen, varden, strict=True))


def _prova(slag: Uppgiftsslag, rader: Sequence[Varderad], filnamn: str, fel: Felsamling) -> None:
    """What the rows say together: each once, nothing that does not exist, no person in the texts."""
    sedda: dict[tuple[Any, ...], int] = {}
    for rad, varden in rader:
        nyckel = tuple(varden[namn] for namn in slag.unikt)
        forsta = sedda.setdefault(nyckel, rad)
        if forsta != rad:
            namnen = ", ".join(slag.unikt)
            fel.lagg(filnamn, rad, slag.unikt[0], "", f"Samma {namnen} står redan på rad {forsta}. Ta bort den ena.")
    for falt in slag.falt:
        _prova_falt(falt, rader, partial(fel.lagg, filnamn))
    if slag.kontroll and not fel:
        for rad, kolumn, text in slag.kontroll(rader):
            fel.lagg(filnamn, rad, kolumn, "", text)


def _prova_falt(falt: Falt, rader: Sequence[Varderad], klaga: Any) -> None:
    """A reference becomes a primary key. A text has no personnummer."""
    if falt.pekar_pa:
        finns = dict(_PEKAR_PA[falt.pekar_pa].objects.values_list("nyckel", "pk"))
        for rad, varden in rader:
            if (nyckel := varden[falt.namn]) is not None:
                varden[falt.namn] = finns.get(nyckel)
                if nyckel not in finns:
                    klaga(rad, falt.namn, nyckel, f"Det finns ingen rad i {falt.pekar_pa} med det id:t.")
    elif isinstance(falt.typ, Text):
        for rad, varden in rader:
            if ser_ut_som_personnummer(varden[falt.namn]):
                klaga(rad, falt.namn, "", "Texten ser ut att ha ett personnummer. Ta bort det.")
