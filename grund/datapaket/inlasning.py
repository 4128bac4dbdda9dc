"""From rows of text to typed rows in a temporary table `paket_<fil>`: every value read by its column's type.

The table has the file's columns, the line (`rad`) and whether the row was free of faults (`giltig`). A faulty row is
there with its key, so that what refers to it is not called missing too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from grund.datapaket.beskrivning import Cursor, Fil, Kolumn
from grund.datapaket.csvlasning import Rad
from grund.datapaket.fel import Felsamling
from grund.datapaket.framsteg import Framsteg
from grund.datapaket.kalla import Tabell
from grund.datapaket.typer import Formfel

_MINNE = 50_000  # texts remembered per column
_SAKNAS = "Värdet saknas. Kolumnen får inte vara tom."


def skapa_tabell(cursor: Cursor, fil: Fil) -> None:
    kolumner = ", ".join(f"{kolumn.namn} {kolumn.typ.sql}" for kolumn in fil.kolumner)
    cursor.execute(f"CREATE TEMP TABLE paket_{fil.namn} (rad integer, giltig boolean, {kolumner}) ON COMMIT DROP")


@dataclass
class _Kolumnlasare:
    """Reads the texts of a column, and remembers what it has read: most texts come many times."""

    kolumn: Kolumn
    minne: dict[str, tuple[Any, str]] = field(default_factory=dict)

    def las(self, text: str) -> tuple[Any, str]:
        """(value, what is wrong)."""
        svar = self.minne.get(text)
        if svar is None:
            if len(self.minne) >= _MINNE:
                self.minne.clear()
            svar = self.minne[text] = self._las(text)
        return svar

    def _las(self, text: str) -> tuple[Any, str]:
        typ = self.kolumn.typ
        if not text:
            return typ.tomt, _SAKNAS if self.kolumn.kravs else ""
        try:
            return typ.las(text), ""
        except Formfel as fel:
            return None, str(fel)


class Radtolk:
    """Reads rows under a given header."""

    def __init__(self, fil: Fil, rubriker: list[str], rad: int, visas: str, fel: Felsamling) -> None:
        self.fil, self.visas, self.fel = fil, visas, fel
        self.bredd = len(rubriker)
        self.hel = self._kontrollera(rubriker, rad)
        plats = {namn: rubriker.index(namn) for namn in fil.namnen if namn in rubriker}
        self.plats = [plats.get(namn, -1) for namn in fil.namnen]
        self.lasare = [_Kolumnlasare(kolumn) for kolumn in fil.kolumner]

    def _kontrollera(self, rubriker: list[str], rad: int) -> bool:
        fore = self.fel.antal
        finns = ", ".join(self.fil.namnen)
        for rubrik in dict.fromkeys(rubriker):
            if rubrik not in self.fil.namnen:
                rad_ = " Fälten ska skiljas åt med semikolon." if "," in rubrik or "\t" in rubrik else ""
                namnlos = "" if rubrik else " Kolumnen saknar namn."
                text = f"Okänd kolumn.{namnlos}{rad_} Kolumnerna i {self.fil.namn} är: {finns}."
                self.fel.lagg(self.visas, rad, rubrik[:40], rubrik, text)
            elif rubriker.count(rubrik) > 1:
                self.fel.lagg(self.visas, rad, rubrik, rubrik, "Kolumnen finns två gånger. Ta bort den ena.")
        for kolumn in self.fil.kolumner:
            if kolumn.kravs and kolumn.namn not in rubriker:
                self.fel.lagg(self.visas, rad, kolumn.namn, "", "Kolumnen saknas i rubrikraden.")
        return self.fel.antal == fore

    def tolka(self, rad: int, falt: list[str]) -> list[Any] | None:
        """The row's values in the order of the file's columns, or None when it has been told what is wrong."""
        if len(falt) != self.bredd:
            text = (
                f"Raden har {len(falt)} fält, men rubrikraden har {self.bredd}. Kontrollera semikolon och citattecken."
            )
            self.fel.lagg(self.visas, rad, "", "", text)
            return None
        svar = [
            lasare.las(falt[plats]) if plats >= 0 else (lasare.kolumn.typ.tomt, "")
            for lasare, plats in zip(self.lasare, self.plats, strict=True)
        ]
        if any(text for _, text in svar):
            self._klaga(
                rad, falt, {lasare.kolumn.namn: text for lasare, (_, text) in zip(self.lasare, svar, strict=True)}
            )
            return None
        if not self.hel:  # told already, and a rule may need the column that is not there
            return None
        varden = [varde for varde, _ in svar]
        brott = self._bryter_regel(varden)
        if brott:
            self._klaga(rad, falt, brott)
            return None
        return varden

    def _bryter_regel(self, varden: list[Any]) -> dict[str, str]:
        rad = dict(zip(self.fil.namnen, varden, strict=True))
        return {kolumn: text for regel in self.fil.regler for kolumn, text in regel(rad)}

    def _klaga(self, rad: int, falt: list[str], texter: dict[str, str]) -> None:
        for kolumn, plats in zip(self.fil.kolumner, self.plats, strict=True):
            text = texter.get(kolumn.namn)
            if text:
                varde = falt[plats] if plats >= 0 else ""
                self.fel.lagg(self.visas, rad, kolumn.namn, kolumn.typ.visa(varde) if varde else "", text)

    def nyckel(self, falt: list[str]) -> list[Any]:
        """A faulty row: its key and what it refers to, where that can be read, and nothing else."""
        behovs = {*self.fil.nyckel, *(kolumn.namn for kolumn in self.fil.referenser if len(falt) == self.bredd)}
        return [
            lasare.las(falt[plats])[0] if lasare.kolumn.namn in behovs and 0 <= plats < len(falt) else None
            for lasare, plats in zip(self.lasare, self.plats, strict=True)
        ]


def las_rader(cursor: Cursor, fil: Fil, tabell: Tabell, fel: Felsamling, framsteg: Framsteg) -> bool:
    """Read `tabell` into `paket_<fil>`. False when the file's header does not hold, so that its ids are unknown."""
    antal = 0

    def klaga(rad: int, varde: str, text: str) -> None:
        fel.lagg(tabell.visas, rad, "", varde, text)

    rader = tabell.rader(klaga)
    nummer, rubriker = next(rader, (1, []))
    if not rubriker:
        fel.lagg(tabell.visas, 1, "", "", f"Filen är tom. Första raden ska vara rubriker: {';'.join(fil.namnen)}")
        return False
    tolk = Radtolk(fil, rubriker, nummer, tabell.visas, fel)
    with cursor.copy(f"COPY paket_{fil.namn} FROM STDIN") as kopia:
        for rad in _tolkade(rader, tolk):
            kopia.write_row(rad)
            antal += 1
            if antal % 2000 == 0:
                framsteg.rader(2000)
    cursor.execute(f"ANALYZE paket_{fil.namn}")
    return tolk.hel


def _tolkade(rader: Iterator[Rad], tolk: Radtolk) -> Iterator[list[Any]]:
    for rad, falt in rader:
        varden = tolk.tolka(rad, falt)
        yield [rad, True, *varden] if varden is not None else [rad, False, *tolk.nyckel(falt)]
