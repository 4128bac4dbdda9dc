"""The arithmetic of EN 16931: what the totals must be. Each line is rounded first, then summed (BR-CO-10)."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from ersattning.faktura.typer import Avdrag, Brist, Dokument, Rad
from grund.pengar import avrunda, kronor

ORE = Decimal("0.01")
NOLL = Decimal(0)
STORST = 10**12
_SLACK = Decimal("0.02")  # Peppol's own, where a product of three numbers is compared with its rounding


def granska(dok: Dokument) -> Iterator[Brist]:
    """Everything that does not add up."""
    yield from _summor(dok)
    yield from _storlek(dok)
    yield from _decimaler(dok)
    for rad in dok.rader:
        yield from _radbelopp(rad)
    for ett in dok.avdrag:
        yield from _avdrag(ett, "fakturan")


def _summor(dok: Dokument) -> Iterator[Brist]:
    s = dok.summor
    rader = summa(ore(rad.belopp) for rad in dok.rader)
    avdrag = summa(ett.belopp for ett in dok.avdrag if not ett.tillagg)
    tillagg = summa(ett.belopp for ett in dok.avdrag if ett.tillagg)
    momsen = summa(ett.belopp for ett in dok.moms)
    krav: list[tuple[str, str, Decimal | None, Decimal]] = [
        ("BR-CO-10", "Radernas summa", s.rader, rader),
        ("BR-CO-11", "Summan av avdrag", noll(s.avdrag), avdrag),
        ("BR-CO-12", "Summan av tillägg", noll(s.tillagg), tillagg),
        ("BR-CO-13", "Summan utan moms", s.exkl, noll(s.rader) - noll(s.avdrag) + noll(s.tillagg)),
        ("BR-CO-14", "Momsen", s.moms, momsen),
        ("BR-CO-15", "Summan med moms", s.inkl, noll(s.exkl) + noll(s.moms)),
        ("BR-CO-16", "Beloppet att betala", s.att_betala, noll(s.inkl) - noll(s.forskott) + noll(s.avrundning)),
    ]
    for regel, vad, angivet, raknat in krav:
        if angivet is not None and angivet != raknat:
            text = f"{vad} är {kronor(angivet)} men blir {kronor(raknat)} när den räknas efter. Rätta summan."
            yield Brist(regel, "summorna", text)


def _storlek(dok: Dokument) -> Iterator[Brist]:
    """Amounts that nobody invoices, and that would not fit where they are kept."""
    s = dok.summor
    if any(abs(noll(ett)) >= STORST for ett in (s.rader, s.moms, s.avdrag, s.tillagg, s.avrundning, s.att_betala)):
        yield Brist("IK-TAL", "summorna", f"Summan är orimlig: {kronor(Decimal(STORST), 0)} eller mer. Rätta beloppen.")
    for rad in dok.rader:
        if rad.pris is not None and abs(Fraction(rad.pris)) >= STORST * abs(Fraction(rad.prisbas or 1)):
            yield Brist("IK-TAL", rad.plats, "Priset är orimligt. Rätta det, eller antalet som det gäller.")


def _radbelopp(rad: Rad) -> Iterator[Brist]:
    """R120: quantity × price, with the line's own charges and allowances; and the signs that a price may have."""
    if rad.prisbas is not None and rad.prisbas <= 0:
        yield Brist("PEPPOL-EN16931-R121", rad.plats, "Antalet som priset gäller ska vara större än noll.")
        return
    if rad.prisenhet and rad.enhet and rad.prisenhet != rad.enhet:
        text = f"Priset gäller per {rad.prisenhet} men antalet är i {rad.enhet}. Använd samma enhet."
        yield Brist("PEPPOL-EN16931-R130", rad.plats, text)
    if rad.pris is not None and rad.pris < 0:
        yield Brist("BR-27", rad.plats, "Priset är negativt. Skriv ett negativt antal i stället.")
    for ett in rad.avdrag:
        yield from _avdrag(ett, rad.plats)
    if rad.antal is None or rad.pris is None or rad.belopp is None:
        return
    netto = summa(ett.belopp if ett.tillagg else -noll(ett.belopp) for ett in rad.avdrag)
    raknat = avrunda(Fraction(rad.antal) * Fraction(rad.pris) / Fraction(rad.prisbas or 1)) + netto
    if abs(raknat - rad.belopp) > _SLACK:
        text = f"Beloppet är {kronor(rad.belopp)} men antal gånger pris blir {kronor(raknat)}. Rätta raden."
        yield Brist("PEPPOL-EN16931-R120", rad.plats, text)


def _avdrag(ett: Avdrag, var: str) -> Iterator[Brist]:
    """An allowance or charge: a reason, and the amount when it is told as a share of something."""
    vad, regel = ("Tillägget", "BR-CO-22") if ett.tillagg else ("Avdraget", "BR-CO-21")
    if var != "fakturan":
        regel = "BR-CO-24" if ett.tillagg else "BR-CO-23"
    if not ett.orsak:
        yield Brist(regel, var, f"{vad} säger inte varför. Ange orsaken.")
    if ett.procent is not None and ett.bas is None:
        yield Brist("PEPPOL-EN16931-R041", var, f"{vad} har en procentsats men säger inte av vad.")
    elif ett.bas is not None and ett.procent is None:
        yield Brist("PEPPOL-EN16931-R042", var, f"{vad} har en grund men ingen procentsats.")
    elif ett.bas is not None and ett.procent is not None and ett.belopp is not None:
        raknat = avrunda(Fraction(ett.bas) * Fraction(ett.procent) / 100)
        if abs(raknat - ett.belopp) > _SLACK:
            text = f"{vad} är {kronor(ett.belopp)} men procentsatsen ger {kronor(raknat)}."
            yield Brist("PEPPOL-EN16931-R040", var, text)


def _decimaler(dok: Dokument) -> Iterator[Brist]:
    """BR-DEC: amounts have at most two decimals."""
    s = dok.summor
    totaler = {
        "BR-DEC-09": s.rader,
        "BR-DEC-10": s.avdrag,
        "BR-DEC-11": s.tillagg,
        "BR-DEC-12": s.exkl,
        "BR-DEC-13": s.moms,
        "BR-DEC-14": s.inkl,
        "BR-DEC-16": s.forskott,
        "BR-DEC-17": s.avrundning,
        "BR-DEC-18": s.att_betala,
    }
    alla = [(regel, "summorna", belopp) for regel, belopp in totaler.items()]
    alla += [("BR-DEC-23", rad.plats, rad.belopp) for rad in dok.rader]
    alla += [("BR-DEC-19", "momsen", ett.underlag) for ett in dok.moms]
    alla += [("BR-DEC-20", "momsen", ett.belopp) for ett in dok.moms]
    for regel, var, belopp in alla:
        if belopp is not None and belopp != belopp.quantize(ORE):
            yield Brist(regel, var, "Beloppet har fler än två decimaler. Avrunda varje rad till öre innan du summerar.")


def ore(belopp: Decimal | None) -> Decimal:
    """Rounded to öre, half up and away from zero."""
    return avrunda(Fraction(noll(belopp)))


def noll(belopp: Decimal | None) -> Decimal:
    """Nothing said is nothing."""
    return NOLL if belopp is None else belopp


def summa(belopp: Iterable[Decimal | None]) -> Decimal:
    """The sum, where nothing said is nothing."""
    return sum((noll(ett) for ett in belopp), NOLL)
