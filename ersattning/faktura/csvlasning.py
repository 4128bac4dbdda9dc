"""Invoices as CSV, in a layout of ours: a row for each line of an invoice, with what is said of the whole repeated.

Described in docs/handbok/fakturor.md. Separated by semicolon or comma; decimal comma or point; days as 2026-05-31.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from ersattning.faktura.belopp import ore, summa
from ersattning.faktura.falt import Faltlasare, borjan, stadad
from ersattning.faktura.typer import Brist, Dokument, Format, Momsrad, Otydlig, Part, Period, Rad, Skatt, Slag, Summor
from ersattning.faktura.xmllasning import for_stor, som_text
from grund.pengar import avrunda

KRAVDA = ("fakturanummer", "fakturadatum", "organisationsnummer", "referens", "benamning", "antal", "a_pris", "belopp")
FRIA = (
    "typ",
    "forfallodatum",
    "saljare",
    "kopares_referens",
    "avser_faktura",
    "period_fran",
    "period_till",
    "rad",
    "enhet",
    "momskategori",
    "moms_procent",
    "att_betala",
)
_HELA = (
    *("typ", "fakturadatum", "forfallodatum", "organisationsnummer", "saljare"),
    *("kopares_referens", "avser_faktura", "att_betala"),
)
FLEST_RADER, FLEST_KOLUMNER = 50_000, 100
_TYPER = {
    "": Slag.FAKTURA,
    "faktura": Slag.FAKTURA,
    "380": Slag.FAKTURA,
    "kredit": Slag.KREDITNOTA,
    "kreditnota": Slag.KREDITNOTA,
    "381": Slag.KREDITNOTA,
}
SKAL_E = "Social omsorg är undantagen från moms"
Csvrad = dict[str, str]


def las(innehall: bytes) -> list[Dokument]:
    """The file's invoices, in its order. Raises Otydlig."""
    for_stor(innehall)
    rader = _rader(som_text(innehall))
    return [_dokument(nummer, list(gruppen)) for nummer, gruppen in _grupper(rader)]


def _rader(text: str) -> list[tuple[int, Csvrad]]:
    forsta = text.split("\n", 1)[0]
    tecken = ";" if forsta.count(";") >= forsta.count(",") else ","
    if forsta.count(tecken) > FLEST_KOLUMNER:
        raise Otydlig(Brist("IK-CSV", "rubrikraden", f"Rubrikraden har fler än {FLEST_KOLUMNER} kolumner."))
    try:
        rader = list(csv.reader(io.StringIO(text, newline=""), delimiter=tecken, strict=True))
    except csv.Error as fel:
        raise Otydlig(Brist("IK-CSV", "", f"Filen går inte att läsa som CSV: {fel}.")) from None
    rubriker = [stadad(ett).casefold().replace(" ", "_") for ett in rader[0]] if rader else []
    _granska_rubriker(rubriker)
    if len(rader) - 1 > FLEST_RADER:
        raise Otydlig(Brist("IK-STORLEK", "", f"Filen har fler än {FLEST_RADER} rader. Dela upp den."))
    svar = []
    for nummer, rad in enumerate(rader[1:], 2):
        if not any(ett.strip() for ett in rad):
            continue
        if len(rad) != len(rubriker):
            text = f"Raden har {len(rad)} fält men rubrikraden har {len(rubriker)}."
            raise Otydlig(Brist("IK-CSV", f"rad {nummer} i filen", text))
        svar.append((nummer, dict(zip(rubriker, map(stadad, rad), strict=True))))
    if not svar:
        raise Otydlig(Brist("IK-CSV", "", "Filen har inga rader under rubrikraden."))
    return svar


def _granska_rubriker(rubriker: list[str]) -> None:
    saknas = [ett for ett in KRAVDA if ett not in rubriker]
    okanda = [ett for ett in rubriker if ett not in {*KRAVDA, *FRIA}]
    if len(saknas) == len(KRAVDA):
        raise Otydlig(Brist("IK-SLAG", "", "Filen är varken en faktura i XML eller en CSV-fil med fakturor."))
    if saknas:
        raise Otydlig(Brist("IK-CSV", "rubrikraden", f"Kolumner saknas: {', '.join(saknas)}."))
    if okanda:
        raise Otydlig(
            Brist("IK-CSV", "rubrikraden", f"Kolumner är okända: {', '.join(borjan(ett, 30) for ett in okanda)}.")
        )
    if len(set(rubriker)) < len(rubriker):
        raise Otydlig(Brist("IK-CSV", "rubrikraden", "En kolumn står flera gånger."))


def _grupper(rader: list[tuple[int, Csvrad]]) -> Iterator[tuple[str, Iterable[tuple[int, Csvrad]]]]:
    """The rows of each invoice, by seller and number, in the order that the file has them first."""
    ordning: dict[tuple[str, str], int] = {}
    for _, rad in rader:
        ordning.setdefault(_vilken(rad), len(ordning))
    for (_, nummer), gruppen in groupby(
        sorted(rader, key=lambda ett: ordning[_vilken(ett[1])]), lambda ett: _vilken(ett[1])
    ):
        yield nummer, gruppen


def _vilken(rad: Csvrad) -> tuple[str, str]:
    return rad["organisationsnummer"], rad["fakturanummer"]


def _dokument(nummer: str, rader: list[tuple[int, Csvrad]]) -> Dokument:
    falt, (forsta_nummer, forsta) = Faltlasare(), rader[0]
    var = f"rad {forsta_nummer} i filen"
    falt.brister += _olika(rader)
    slag = _slag(falt, forsta, var)
    fakturarader = tuple(_rad(falt, nr, rad) for nr, rad in rader)
    moms = _moms(fakturarader)
    netto, skatt = summa(rad.belopp for rad in fakturarader), summa(ett.belopp for ett in moms)
    att_betala = _tal(falt, forsta.get("att_betala", ""), var, "Beloppet att betala")
    return Dokument(
        format=Format.CSV,
        slag=slag,
        nummer=nummer,
        datum=falt.dag(forsta["fakturadatum"], var, "Fakturadatum"),
        forfaller=falt.dag(forsta.get("forfallodatum", ""), var, "Förfallodagen"),
        villkor="enligt avtal",
        typkod="381" if slag is Slag.KREDITNOTA else "380",
        valuta="SEK",
        saljare=Part(namn=forsta.get("saljare", ""), orgnr=forsta["organisationsnummer"], land="SE", skattereg=""),
        kopare=Part(),
        kopares_referens=forsta.get("kopares_referens", ""),
        avser=tuple(filter(None, [forsta.get("avser_faktura", "")])),
        rader=fakturarader,
        moms=moms,
        summor=Summor(
            rader=netto,
            exkl=netto,
            moms=skatt,
            inkl=netto + skatt,
            att_betala=netto + skatt if att_betala is None else att_betala,
        ),
        brister=tuple(falt.brister),
    )


def _slag(falt: Faltlasare, rad: Csvrad, var: str) -> Slag:
    """What it is; a word that is neither is not taken for an invoice unseen."""
    typ = rad.get("typ", "").casefold()
    if typ not in _TYPER:
        falt.brister.append(Brist("IK-CSV", var, f"typ är ”{borjan(typ, 20)}”. Skriv faktura eller kreditnota."))
    return _TYPER.get(typ, Slag.FAKTURA)


def _olika(rader: list[tuple[int, Csvrad]]) -> Iterator[Brist]:
    """What is said of the whole invoice must be the same on all its rows."""
    forsta = rader[0][1]
    for nummer, rad in rader[1:]:
        for kolumn in _HELA:
            if rad.get(kolumn, "") != forsta.get(kolumn, ""):
                text = f"{kolumn} är en annan än på fakturans första rad. Det ska vara samma på alla."
                yield Brist("IK-CSV", f"rad {nummer} i filen", text)


def _rad(falt: Faltlasare, nummer: int, rad: Csvrad) -> Rad:
    var = f"rad {nummer} i filen"
    kategori = rad.get("momskategori", "").upper() or "E"
    procent = _tal(falt, rad.get("moms_procent", "") or "0", var, "Momssatsen")
    fran = falt.dag(rad.get("period_fran", ""), var, "Periodens första dag")
    till = falt.dag(rad.get("period_till", ""), var, "Periodens sista dag")
    return Rad(
        id=rad.get("rad", "") or str(nummer),
        benamning=rad["benamning"],
        referenser=tuple(filter(None, [rad["referens"]])),
        antal=_tal(falt, rad["antal"], var, "Antalet"),
        enhet=rad.get("enhet", "") or "styck",
        pris=_tal(falt, rad["a_pris"], var, "À-priset"),
        belopp=_tal(falt, rad["belopp"], var, "Beloppet"),
        skatt=Skatt(kategori, None if kategori == "O" else procent),
        period=Period(fran, till) if fran or till else None,
    )


def _tal(falt: Faltlasare, text: str, var: str, vad: str) -> Decimal | None:
    """A number as a spreadsheet writes it: `1 234,50`, `1.234,50` or `1234.50`."""
    text = text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace("\N{MINUS SIGN}", "-")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    return falt.tal(text, var, vad)


def _moms(rader: tuple[Rad, ...]) -> tuple[Momsrad, ...]:
    """The breakdown that the lines give: the layout has none of its own."""
    summor: dict[tuple[str, Decimal | None], Decimal] = {}
    for rad in rader:
        if rad.skatt:
            nyckel = rad.skatt.kategori, rad.skatt.procent
            summor[nyckel] = summor.get(nyckel, Decimal(0)) + ore(rad.belopp)
    return tuple(
        Momsrad(
            underlag,
            avrunda(Fraction(underlag) * Fraction(procent or 0) / 100),
            Skatt(kategori, procent, SKAL_E if kategori in {"E", "O", "AE", "K", "G"} else ""),
        )
        for (kategori, procent), underlag in summor.items()
    )
