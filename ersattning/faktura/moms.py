"""The VAT rules of EN 16931, by category: S standard, Z zero rated, E exempt, O outside, AE, K, G, L and M."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ersattning.faktura.belopp import noll
from ersattning.faktura.falt import borjan
from ersattning.faktura.typer import Brist, Dokument, Momsrad, Skatt
from grund.pengar import avrunda, kronor
from grund.text import tal

# The id's part of each category's rules, and what it is called.
KATEGORIER = {
    "S": ("S", "normal moms"),
    "Z": ("Z", "nollmoms"),
    "E": ("E", "undantagen från moms"),
    "AE": ("AE", "omvänd betalningsskyldighet"),
    "K": ("IC", "unionsintern leverans"),
    "G": ("G", "export"),
    "O": ("O", "utanför moms"),
    "L": ("AF", "Kanarieöarna"),
    "M": ("AG", "Ceuta och Melilla"),
}
_MED_SATS = {"S", "L", "M"}
_MED_SKAL = {"E", "AE", "K", "G", "O"}
Nyckel = tuple[str, Decimal | None]


def granska(dok: Dokument) -> Iterator[Brist]:
    """What is wrong with the VAT of the document."""
    if not dok.moms:
        yield Brist("BR-CO-18", "momsen", "Fakturan saknar momsspecifikation. Ange den, också när momsen är noll.")
    for rad in dok.rader:
        if rad.skatt is None or not rad.skatt.kategori:
            yield Brist("BR-CO-04", rad.plats, "Raden säger inte vilken momskategori den har. Ange till exempel E.")
        else:
            yield from _sats(rad.skatt, rad.plats, "05")
    for ett in dok.avdrag:
        if ett.skatt is None or not ett.skatt.kategori:
            yield Brist(
                "BR-37" if ett.tillagg else "BR-32", "fakturan", "Avdraget eller tillägget saknar momskategori."
            )
        else:
            yield from _sats(ett.skatt, "fakturan", "07" if ett.tillagg else "06")
    for momsrad in dok.moms:
        yield from _momsrad(momsrad)
    yield from _fordelning(dok)
    yield from _saljarens_nummer(dok)


def _sats(skatt: Skatt, var: str, nummer: str) -> Iterator[Brist]:
    """BR-x-05 … 07: which rate a category may have."""
    if skatt.kategori not in KATEGORIER:
        yield Brist(
            "BR-CL-18", var, f"Momskategorin ”{borjan(skatt.kategori, 10)}” finns inte. Undantagen omsorg är E."
        )
        return
    kod, namn = KATEGORIER[skatt.kategori]
    regel = f"BR-{kod}-{nummer}"
    if skatt.kategori == "O" and skatt.procent is not None:
        yield Brist(regel, var, "Det som är utanför moms (O) har ingen momssats. Ta bort den.")
    elif skatt.kategori == "S" and not (skatt.procent and skatt.procent > 0):
        yield Brist(
            regel, var, "Normal moms (S) har en momssats över noll. Är raden undantagen från moms ska den vara E."
        )
    elif skatt.kategori not in _MED_SATS | {"O"} and skatt.procent != 0:
        yield Brist(regel, var, f"Kategorin {skatt.kategori} ({namn}) har momssatsen 0.")


def _momsrad(ett: Momsrad) -> Iterator[Brist]:
    """A row of the breakdown by itself."""
    kategori = ett.skatt.kategori
    if ett.underlag is None:
        yield Brist("BR-45", "momsen", "En rad i momsspecifikationen saknar belopp som momsen räknas på.")
    if ett.belopp is None:
        yield Brist("BR-46", "momsen", "En rad i momsspecifikationen saknar momsbelopp.")
    if kategori not in KATEGORIER:
        yield Brist(
            "BR-47" if not kategori else "BR-CL-17", "momsen", "En rad i momsspecifikationen saknar känd kategori."
        )
        return
    yield from _momsbelopp(ett)
    yield from _skal(ett.skatt)


def _momsbelopp(ett: Momsrad) -> Iterator[Brist]:
    """The rate, and what it gives."""
    kategori, procent = ett.skatt.kategori, ett.skatt.procent
    kod, namn = KATEGORIER[kategori]
    if procent is None and kategori != "O":
        yield Brist("BR-48", "momsen", f"Momsspecifikationen för {namn} saknar momssats.")
    raknad = avrunda(Fraction(noll(ett.underlag)) * Fraction(noll(procent)) / 100)
    if kategori not in _MED_SATS and noll(ett.belopp) != 0:
        yield Brist(f"BR-{kod}-09", "momsen", f"Momsen är {kronor(noll(ett.belopp))}, men {namn} har ingen moms.")
    elif abs(noll(ett.belopp) - raknad) >= 1:
        text = (
            f"Momsen är {kronor(noll(ett.belopp))} men {tal(noll(procent), 2, minst=0)} procent blir {kronor(raknad)}."
        )
        yield Brist("BR-CO-17", "momsen", text)


def _skal(skatt: Skatt) -> Iterator[Brist]:
    """BR-x-10: what is not taxed says why, and what is taxed does not."""
    kategori = skatt.kategori
    kod, namn = KATEGORIER[kategori]
    if kategori in _MED_SKAL and not skatt.skal:
        text = (
            f"Det står inte varför momsen är noll ({namn}). Ange skälet, till exempel att social omsorg är undantagen."
        )
        yield Brist(f"BR-{kod}-10", "momsen", text)
    if kategori not in _MED_SKAL and skatt.skal:
        text = f"Kategorin {kategori} har inget skäl till undantag. Ta bort det, eller byt kategori."
        yield Brist(f"BR-{kod}-10", "momsen", text)


def _nyckel(skatt: Skatt) -> Nyckel:
    """What is summed together: for those with a rate also by it."""
    return skatt.kategori, skatt.procent if skatt.kategori in _MED_SATS else None


def _fordelning(dok: Dokument) -> Iterator[Brist]:
    """BR-x-01 and 08: each category that is used has its row in the breakdown, with what it comes to."""
    anvant: dict[Nyckel, Decimal] = defaultdict(Decimal)
    for rad in dok.rader:
        if rad.skatt and rad.skatt.kategori in KATEGORIER:
            anvant[_nyckel(rad.skatt)] += noll(rad.belopp)
    for ett in dok.avdrag:
        if ett.skatt and ett.skatt.kategori in KATEGORIER:
            anvant[_nyckel(ett.skatt)] += noll(ett.belopp) if ett.tillagg else -noll(ett.belopp)
    angivet: dict[Nyckel, list[Momsrad]] = defaultdict(list)
    for momsrad in dok.moms:
        if momsrad.skatt.kategori in KATEGORIER:
            angivet[_nyckel(momsrad.skatt)].append(momsrad)
    for nyckel in sorted({*anvant, *angivet}, key=str):
        yield from _en_fordelning(nyckel, anvant.get(nyckel), angivet.get(nyckel, []))
    if any(kategori == "O" for kategori, _ in angivet) and len(angivet) > 1:
        yield Brist("BR-O-11", "momsen", "En faktura som är utanför moms (O) kan inte ha andra momskategorier också.")


def _en_fordelning(nyckel: Nyckel, anvant: Decimal | None, angivet: list[Momsrad]) -> Iterator[Brist]:
    kod, namn = KATEGORIER[nyckel[0]]
    if (anvant is None) != (not angivet) or len(angivet) > 1:
        hur = "saknas" if not angivet else "finns" if anvant is None else "står flera gånger"
        text = f"Kategorin {nyckel[0]} ({namn}) {hur} i momsspecifikationen, men raderna säger annat. Rätta den."
        yield Brist(f"BR-{kod}-01", "momsen", text)
        return
    underlag = noll(angivet[0].underlag)
    tillats = 1 if nyckel[0] in _MED_SATS else 0  # the official rule lets a rate's rows be a krona apart
    if abs(underlag - noll(anvant)) > 0 and abs(underlag - noll(anvant)) >= tillats:
        text = f"Momsspecifikationen har {kronor(underlag)} för {namn}, men raderna ger {kronor(noll(anvant))}."
        yield Brist(f"BR-{kod}-08", "momsen", text)


def _saljarens_nummer(dok: Dokument) -> Iterator[Brist]:
    """BR-x-02: who must have a VAT number, and who must not."""
    kategorier = {rad.skatt.kategori for rad in dok.rader if rad.skatt}
    for kategori in sorted(kategorier & {"S", "Z", "E"}):
        if not (dok.saljare.momsnr or dok.saljare.skattereg):
            text = "Säljaren saknar momsregistreringsnummer och uppgift om F-skatt. Ange minst en av dem."
            yield Brist(f"BR-{kategori}-02", "säljaren", text)
    if "O" in kategorier and dok.saljare.momsnr:
        text = "Fakturan är utanför moms (O) men har säljarens momsregistreringsnummer. Undantagen omsorg är E."
        yield Brist("BR-O-02", "säljaren", text)
    if dok.saljare.momsnr and not dok.saljare.momsnr[:2].isalpha():
        yield Brist("BR-CO-09", "säljaren", "Momsregistreringsnumret börjar med landets två bokstäver, som SE.")
