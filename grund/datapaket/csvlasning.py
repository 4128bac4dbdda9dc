"""CSV as rows of text with their physical line. What cannot be read is told, and reading goes on with the next line."""

import csv
from collections.abc import Callable, Iterator
from typing import BinaryIO

Klaga = Callable[[int, str, str], None]  # line, value, what is wrong
Rad = tuple[int, list[str]]

LANGSTA_RAD = 1_000_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class _Rader:
    """Physical lines, decoded. `nummer` is the last one given."""

    def __init__(self, strom: BinaryIO, klaga: Klaga) -> None:
        self.strom, self.klaga, self.nummer = strom, klaga, 0

    def __iter__(self) -> Iterator[str]:
        while rad := self.strom.readline(LANGSTA_RAD + 1):
            self.nummer += 1
            if self.nummer == 1 and rad.startswith(_UTF16):
                self.klaga(1, "", "Filen är sparad som UTF-16. Spara den som ”CSV UTF-8”.")
                return
            if len(rad) > LANGSTA_RAD:
                self.klaga(self.nummer, "", "Raden är orimligt lång. Resten av filen har inte kontrollerats.")
                return
            yield self._text(rad.removeprefix(b"\xef\xbb\xbf") if self.nummer == 1 else rad)

    def _text(self, rad: bytes) -> str:
        try:
            text = rad.decode()
        except UnicodeDecodeError as fel:
            byte = f"Byte {fel.start + 1} på raden (0x{rad[fel.start]:02X})"
            self.klaga(self.nummer, "", f"{byte} är inte UTF-8. Spara filen som ”CSV UTF-8”.")
            text = rad.decode(errors="replace")
        if "\0" in text:
            self.klaga(self.nummer, "", "Raden innehåller ett NUL-tecken. Exportera filen på nytt utan det.")
            text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
        return text


def csvrader(strom: BinaryIO, klaga: Klaga) -> Iterator[Rad]:
    """(line, fields) for each row that is not blank; the line is that on which the row starts."""
    fysiska = _Rader(strom, klaga)
    lasare = csv.reader(fysiska, delimiter=";", strict=True)
    while True:
        start = fysiska.nummer + 1
        try:
            falt = next(lasare)
        except StopIteration:
            return
        except csv.Error as fel:
            if _ar_oppet_citat(fel):
                text = 'Ett citattecken (") som öppnas på raden stängs aldrig. Resten av filen har inte kontrollerats.'
                klaga(start, "", text)
                return
            klaga(start, "", _forklara(fel))
            continue
        if falt:
            yield start, [ett.strip() for ett in falt]


def _ar_oppet_citat(fel: csv.Error) -> bool:
    return "unexpected end of data" in str(fel) or "field larger" in str(fel)


def _forklara(fel: csv.Error) -> str:
    if "expected after" in str(fel):
        return 'Efter ett avslutande citattecken (") ska det komma semikolon. Skriv "" för ett citattecken i en text.'
    return "Raden har ett vagnreturtecken (CR) inne i sig. Rader slutar med LF eller CRLF."
