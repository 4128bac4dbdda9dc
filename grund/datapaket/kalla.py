"""Where a package comes from: a folder, a .zip of it, or an .xlsx workbook. Nothing is unpacked to disk."""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from grund.datapaket.beskrivning import Fil
from grund.datapaket.csvlasning import Klaga, Rad, csvrader
from grund.datapaket.fel import Felsamling
from grund.datapaket.xlsxgranskning import granska
from grund.datapaket.xlsxlasning import xlsxrader

STORSTA_UPPACKAT = 16 * 1024**3
STORSTA_ARBETSBOK = 4 * 1024**3
STORSTA_KOMPRIMERING = 300  # times; real data stays below 60
_LITET = 10 * 1024**2
LASFEL = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Tabell:
    """A file of the package. `oppna` gives its bytes, as often as wanted, when it has any of its own (not a sheet)."""

    namn: str
    visas: str
    rader: Callable[[Klaga], Iterator[Rad]]
    oppna: Callable[[], BinaryIO] | None = None


@contextmanager
def oppna_paket(sokvag: Path, kanda: Mapping[str, Fil], fel: Felsamling) -> Iterator[list[Tabell]]:
    """The files of the package. What is wrong with the package itself goes to `fel`."""
    if sokvag.is_dir():
        yield list(_i_mapp(sokvag, kanda, fel))
    elif not sokvag.is_file():
        fel.lagg(sokvag.name, None, "", "", f"{sokvag} finns inte. Ange en mapp, en .zip eller en .xlsx.")
        yield []
    elif not zipfile.is_zipfile(sokvag):
        fel.lagg(
            sokvag.name, None, "", "", "Filen är varken en mapp, en hel .zip eller en .xlsx. Exportera den på nytt."
        )
        yield []
    else:
        with _arkiv(sokvag, fel) as arkiv:
            yield list(_i_arkiv(sokvag, arkiv, kanda, fel)) if arkiv else []


def _okand(namn: str, kanda: Iterable[str], andelse: str, vad: str) -> str:
    if PurePosixPath(namn).name.startswith((".", "__MACOSX")) or "__MACOSX" in namn:
        return "Dold fil som inte hör till paketet. Ta bort den: ingenting i ett paket hoppas över i tysthet."
    stam = PurePosixPath(namn).stem.lower()
    nara = get_close_matches(stam, list(kanda), n=1)
    forslag = f" Menade du {nara[0]}{andelse}?" if nara else ""
    return f"Okänd {vad}.{forslag} Kända är: {', '.join(f'{en}{andelse}' for en in kanda)}."


def _csv(namn: str, oppna: Callable[[], BinaryIO]) -> Tabell:
    return Tabell(namn, f"{namn}.csv", partial(_csvrader, oppna), oppna)


def _csvrader(oppna: Callable[[], BinaryIO], klaga: Klaga) -> Iterator[Rad]:
    nummer = 0
    try:
        with oppna() as strom:
            for rad in csvrader(strom, klaga):
                nummer = rad[0]
                yield rad
    except LASFEL as brist:
        klaga(nummer + 1, "", f"Filen är skadad och går inte att läsa vidare ({brist}). Gör om paketet.")


def _i_mapp(mapp: Path, kanda: Mapping[str, Fil], fel: Felsamling) -> Iterator[Tabell]:
    innehall = sorted(mapp.iterdir())
    if not innehall:
        fel.lagg(mapp.name, None, "", "", "Mappen är tom. Ett paket har minst en fil.")
    for fil in innehall:
        if fil.is_dir():
            fel.lagg(fil.name, None, "", "", "Mapp inne i paketet. Lägg filerna direkt i paketets mapp.")
        elif not fil.is_file() or fil.suffix != ".csv" or fil.stem not in kanda:
            fel.lagg(fil.name, None, "", "", _okand(fil.name, kanda, ".csv", "fil"))
        else:
            yield _csv(fil.stem, partial(_oppna_fil, fil))


@contextmanager
def _arkiv(sokvag: Path, fel: Felsamling) -> Iterator[zipfile.ZipFile | None]:
    try:
        arkiv = zipfile.ZipFile(sokvag)
    except LASFEL:
        fel.lagg(sokvag.name, None, "", "", "Arkivet är skadat och går inte att öppna. Gör om det.")
        yield None
        return
    with arkiv:
        yield None if _ar_bomb(sokvag, arkiv, fel) else arkiv


def _ar_bomb(sokvag: Path, arkiv: zipfile.ZipFile, fel: Felsamling) -> bool:
    delar = arkiv.infolist()
    storst = STORSTA_ARBETSBOK if _ar_arbetsbok(arkiv) else STORSTA_UPPACKAT
    svalld = any(
        del_.file_size > _LITET and del_.file_size > STORSTA_KOMPRIMERING * max(del_.compress_size, 1) for del_ in delar
    )
    if svalld or sum(del_.file_size for del_ in delar) > storst:
        fel.lagg(sokvag.name, None, "", "", "Arkivet packas upp till orimligt mycket data och läses inte.")
        return True
    return False


def _ar_arbetsbok(arkiv: zipfile.ZipFile) -> bool:
    return "[Content_Types].xml" in arkiv.namelist()


def _i_arkiv(sokvag: Path, arkiv: zipfile.ZipFile, kanda: Mapping[str, Fil], fel: Felsamling) -> Iterator[Tabell]:
    if _ar_arbetsbok(arkiv):
        yield from _i_arbetsbok(sokvag, arkiv, kanda, fel)
        return
    filer = [del_ for del_ in arkiv.infolist() if not del_.is_dir()]
    topp = _gemensam_mapp(filer)
    if not filer:
        fel.lagg(sokvag.name, None, "", "", "Arkivet är tomt. Ett paket har minst en fil.")
    sedda: set[str] = set()
    for del_ in filer:
        text = _hinder(del_, topp, kanda, sedda)
        namn = del_.filename.removeprefix(topp)
        if text:
            fel.lagg(namn, None, "", "", text)
        else:
            sedda.add(namn)
            yield _csv(PurePosixPath(namn).stem, partial(_oppna_del, arkiv, del_))


def _oppna_fil(fil: Path) -> BinaryIO:
    return fil.open("rb")


def _oppna_del(arkiv: zipfile.ZipFile, del_: zipfile.ZipInfo) -> BinaryIO:
    return cast("BinaryIO", arkiv.open(del_))


def _gemensam_mapp(filer: list[zipfile.ZipInfo]) -> str:
    """The one folder that all files lie in, with its slash, or nothing."""
    mappar = {del_.filename.split("/")[0] if "/" in del_.filename else "" for del_ in filer}
    topp = next(iter(mappar), "")
    return f"{topp}/" if len(mappar) == 1 and topp not in {"", ".", ".."} else ""


def _hinder(del_: zipfile.ZipInfo, topp: str, kanda: Mapping[str, Fil], sedda: set[str]) -> str:
    namn = del_.filename.removeprefix(topp)
    if ".." in PurePosixPath(del_.filename).parts or del_.filename.startswith("/") or "\\" in del_.filename:
        return "Otillåten sökväg i arkivet. Filerna ska ligga direkt i arkivet eller i en mapp."
    if del_.flag_bits & 1:
        return "Filen är krypterad. Skicka arkivet utan lösenord."
    if namn in sedda:
        return "Filen finns två gånger i arkivet."
    if "/" in namn and "__MACOSX" not in namn:
        return "Mapp inne i paketet. Lägg filerna direkt i arkivet eller i en enda mapp."
    sokvag = PurePosixPath(namn)
    return "" if sokvag.suffix == ".csv" and sokvag.stem in kanda else _okand(namn, kanda, ".csv", "fil")


def _i_arbetsbok(sokvag: Path, arkiv: zipfile.ZipFile, kanda: Mapping[str, Fil], fel: Felsamling) -> Iterator[Tabell]:
    try:
        bok = CalamineWorkbook.from_path(str(sokvag))
    except (CalamineError, OSError) as brist:
        fel.lagg(sokvag.name, None, "", "", f"Arbetsboken går inte att läsa ({brist}). Spara den på nytt som .xlsx.")
        return
    for namn in bok.sheet_names:
        if namn in kanda:
            yield Tabell(namn, f"bladet {namn}", partial(_bladrader, bok, arkiv, kanda[namn]))
        else:
            fel.lagg(f"bladet {namn}", None, "", "", _okand(namn, kanda, "", "flik"))


def _bladrader(bok: CalamineWorkbook, arkiv: zipfile.ZipFile, fil: Fil, klaga: Klaga) -> Iterator[Rad]:
    try:
        if granska(arkiv, fil.namn, klaga):
            yield from xlsxrader(bok.get_sheet_by_name(fil.namn), fil, klaga)
    except (CalamineError, ElementTree.ParseError, KeyError, StopIteration, *LASFEL) as brist:
        klaga(1, "", f"Bladet är skadat och går inte att läsa ({brist}). Spara arbetsboken på nytt.")
