"""A provider's underlag: a workbook that counts every row anew from its days and visits, and checks the sum.

Rows, days and visits are written side by side from one stream, so the memory does not grow with the month.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO

from beslut.ord import insats_i_ord
from ersattning.filer import blad, underlag_formler, underlag_las, underlag_texter
from ersattning.filer.text import kommun, statustext
from ersattning.filer.underlag_las import Anvant, Besokstid
from ersattning.filer.underlag_rader import Besoksrad, Dagrad, Underlag
from ersattning.models import Korning, Pris
from ersattning.ord import tidsband_i_ord
from ersattning.regler import Artikel, Prisenhet, Radtyp
from grund.arbetsbok import FLEST_RADER, Arbetsbok, Blad, Formel, Kolumn, Slag
from grund.text import manad_i_ord
from grund.tid import EN_DAG
from utforare.models import Utforare

# The formulas name the columns by letter: N mängd … V belopp i körningen (underlag_formler).
_RADER = (
    Kolumn("Rad", Slag.HELTAL),  # A
    Kolumn("Verkställighet"),
    Kolumn("Person"),
    Kolumn("Enhet"),
    Kolumn("Insats"),
    Kolumn("Artikel"),  # F
    Kolumn("Nivå"),
    Kolumn("Omfattning"),
    Kolumn("Tidsband"),
    Kolumn("Avser månad", Slag.MANAD),
    Kolumn("Typ"),  # K
    Kolumn("Från", Slag.DATUM),
    Kolumn("Till och med", Slag.DATUM),
    Kolumn("Mängd", Slag.ANTAL),
    Kolumn("Mängden är"),
    Kolumn("Delas med", Slag.HELTAL),  # P
    Kolumn("Antal", Slag.ANTAL),
    Kolumn("Per"),
    Kolumn("À-pris, kr", Slag.KRONOR),
    Kolumn("Andel", Slag.ANDEL),
    Kolumn("Belopp, kr", Slag.KRONOR, summera=True),  # U
    Kolumn("I körningen, kr", Slag.KRONOR, summera=True),
    Kolumn("Kontroll", Slag.SVAR),
)
_DAGAR = (
    Kolumn("Rad", Slag.HELTAL),
    Kolumn("Verkställighet"),
    Kolumn("Datum", Slag.DATUM),
    Kolumn("Dagen är"),
    Kolumn("Frånvarodag", Slag.HELTAL),
    Kolumn("Andel", Slag.ANDEL),
    Kolumn("Mängd", Slag.ANTAL),
    Kolumn("Mängden är"),
)
_BESOK = (
    Kolumn("Rad", Slag.HELTAL),
    Kolumn("Verkställighet"),
    Kolumn("Besök"),
    Kolumn("Datum", Slag.DATUM),
    Kolumn("Start", Slag.TIDPUNKT),
    Kolumn("Slut", Slag.TIDPUNKT),
    Kolumn("Minuter", Slag.HELTAL),
    Kolumn("Tidsband"),
    Kolumn("Anmärkning"),
)
_PRISER = (
    Kolumn("Prislista"),
    Kolumn("Insats"),
    Kolumn("Nivå"),
    Kolumn("Omfattning"),
    Kolumn("Tidsband"),
    Kolumn("Per"),
    Kolumn("À-pris, kr", Slag.KRONOR),
    Kolumn("Från", Slag.DATUM),
    Kolumn("Till och med", Slag.DATUM),
    Kolumn("Anmärkning"),
)
_TEXTER = (Kolumn("Avsnitt"), Kolumn("Vad"), Kolumn("Så här", Slag.STYCKE))
_FLEST_I_EN_RAD = 50_000  # lines of one row stand on one sheet; a row of more does not come about in a month


@dataclass
class _Linjer:
    """A sheet of lines that goes on in another ("Dagar 2") before it is full."""

    bok: Arbetsbok
    namn: str
    kolumner: Sequence[Kolumn]
    blad: list[Blad] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.blad.append(self.bok.oppna(self.namn, self.kolumner))

    def skriv(self, linjer: Sequence[Sequence[Any]]) -> tuple[str, str]:
        """Write the lines of a row; gives the cells of their units (G) and of their row number (A), empty if none."""
        if not linjer:
            return "", ""
        if self.blad[-1].nasta > FLEST_RADER - _FLEST_I_EN_RAD:
            self.blad.append(self.bok.oppna(f"{self.namn} {len(self.blad) + 1}", self.kolumner))
        har = self.blad[-1]
        forsta, sista = har.nasta, har.nasta + len(linjer) - 1
        for linje in linjer:
            har.skriv(linje)
        celler = f"'{har.namn}'!${{0}}${forsta}:${{0}}${sista}"
        return celler.format("G"), celler.format("A")


def skriv(korning: Korning, utforare: Utforare, fil: BinaryIO, *, skapad: datetime) -> None:
    """Write the workbook to `fil`."""
    titel = f"Underlag {manad_i_ord(korning.manad)}, {utforare.namn}"
    with Arbetsbok(fil, titel=titel, forfattare=kommun(), skapad=skapad) as bok:
        _Skrivning(bok, korning, utforare).skriv()


class _Skrivning:
    """The workbook on its way."""

    def __init__(self, bok: Arbetsbok, korning: Korning, utforare: Utforare) -> None:
        self.bok, self.korning, self.utforare = bok, korning, utforare
        self.anvant = Anvant()
        self.rader = bok.oppna("Rader", _RADER, ingress=self._ingress())
        self.dagar = _Linjer(bok, "Dagar", _DAGAR)
        self.besok = _Linjer(bok, "Besök", _BESOK)
        self.priser = bok.oppna("Priser", _PRISER)
        self.texter = bok.oppna("Så räknas det", _TEXTER)

    def skriv(self) -> None:
        forsta, antal, stammer = self.rader.nasta, 0, 0
        for ett, tider in underlag_las.las(self.korning, self.utforare, self.anvant):
            antal += 1
            stammer += self._rad(ett, tider)
        for cell, belopp in underlag_las.priser(self.anvant):
            self.priser.skriv(_prisceller(cell, belopp))
        self.texter.skriv(("Kontroll", "Rader som stämmer", _sammanfattning(forsta, antal, stammer)))
        for rad in underlag_texter.forklaringar(self.anvant, underlag_las.avtal(self.anvant)):
            self.texter.skriv(rad)
        for ett_blad in (self.rader, *self.dagar.blad, *self.besok.blad, self.priser, self.texter):
            ett_blad.stang()

    def _rad(self, ett: Underlag, tider: Mapping[str, Besokstid]) -> bool:
        """Write a row with its days and visits; whether it comes to what the körning says."""
        celler, nummer = self.dagar.skriv([_dagceller(ett, dag) for dag in ett.dagar])
        if ett.besok:
            celler, nummer = self.besok.skriv(
                [_besoksceller(ett, besok, tider.get(besok.nyckel)) for besok in ett.besok]
            )
        rad = self.rader.nasta
        svar = underlag_formler.kontroll(ett, rad, nummer)
        self.rader.skriv((*_radceller(ett), *_raknade(ett, rad, celler), svar))
        return bool(svar.varde == underlag_formler.STAMMER)

    def _ingress(self) -> list[tuple[str, str]]:
        return [
            (f"Underlag till ersättning {manad_i_ord(self.korning.manad)}", ""),
            ("Utförare", self.utforare.namn),
            ("Kommun", kommun()),
            ("Status", statustext(self.korning)),
        ]


def _radceller(ett: Underlag) -> tuple[Any, ...]:
    rad = ett.rad
    return (
        ett.nummer,
        rad.verkstallighet,
        rad.person,
        rad.enhet,
        insats_i_ord(rad.insats),
        blad.artikel_i_ord(rad.artikel),
        rad.niva,
        rad.omfattning,
        tidsband_i_ord(rad.tidsband),
        rad.avser,
        Radtyp(rad.typ).label,
        rad.fran,
        rad.sista,
    )


def _raknade(ett: Underlag, rad: int, celler: str) -> tuple[Any, ...]:
    """From Mängd to I körningen."""
    return (
        underlag_formler.mangd(ett, celler),
        ett.mangden_ar(ett.mangd),
        ett.per_enhet,
        underlag_formler.antal(ett, rad),
        ett.rad.antalsenhet_i_ord,
        ett.rad.a_pris,
        ett.rad.faktor,
        underlag_formler.belopp(ett, rad),
        ett.rad.belopp,
    )


def _dagceller(ett: Underlag, dag: Dagrad) -> tuple[Any, ...]:
    mangd = dag.mangd.numerator if dag.mangd.denominator == 1 else float(dag.mangd)
    rad = ett.rad
    return (ett.nummer, rad.verkstallighet, dag.dag, dag.vad, dag.plats, rad.faktor, mangd, ett.mangden_ar(dag.mangd))


def _besoksceller(ett: Underlag, besok: Besoksrad, tid: Besokstid | None) -> tuple[Any, ...]:
    utford = ett.rad.artikel == Artikel.UTFORD_TID
    if tid is None:
        start, slut, anmarkning = None, None, "besöket finns inte längre"
    else:
        start, slut = tid.start, tid.slut
        anmarkning = "" if (tid.dag, tid.utford) == (besok.dag, utford) else "besöket är ändrat sedan raden gjordes"
    rad = ett.rad
    celler = (ett.nummer, rad.verkstallighet, besok.nyckel, besok.dag, start, slut)
    return (*celler, besok.minuter, tidsband_i_ord(rad.tidsband), anmarkning)


def _prisceller(pris: Pris, belopp: Any) -> tuple[Any, ...]:
    anmarkning = "" if pris.belopp == belopp else "priset är ändrat sedan raden gjordes"
    celler = (pris.prislista.namn, insats_i_ord(pris.insats), pris.niva, pris.omfattning, tidsband_i_ord(pris.tidsband))
    sista = pris.till - EN_DAG if pris.till else None
    return (*celler, Prisenhet(pris.enhet).label, belopp, pris.fran, sista, anmarkning)


def _sammanfattning(forsta: int, antal: int, stammer: int) -> Formel | str:
    """`12 av 12 rader`, counted from the sheet."""
    if not antal:
        return "Utföraren har inga rader i körningen."
    raknat = f"COUNTIF('Rader'!W{forsta}:W{forsta + antal - 1},\"{underlag_formler.STAMMER}\")"
    return Formel(f'={raknat}&" av {antal}"', f"{stammer} av {antal}")
