"""The formulas of the underlag workbook, and the values that they have. Pure.

A workbook counts with binary numbers of about 16 digits. Rounding is safe with them unless the exact amount lies on, or
next to, half an öre: 220.505 may be held as 220.50499999. Such a row is therefore counted in whole öre, with whole
numbers, which are exact. The formula of every row gives what the calculation gives (R0), and the check can be believed.
"""

from decimal import Decimal
from fractions import Fraction

from ersattning.filer.underlag_rader import Underlag
from grund.arbetsbok import Formel
from grund.pengar import avrunda

STAMMER = "stämmer"
STAMMER_INTE = "stämmer inte"
FLYTTAD = "raderna är flyttade"
_NARA = 10**12  # nearer half an öre than this share of the amount, binary numbers are not to be trusted
_EXAKTA_TAL = 10**15  # whole numbers below this are exact in every spreadsheet


def exakt(underlag: Underlag) -> Fraction:
    """The row's amount in kronor before it is rounded."""
    rad = underlag.rad
    return underlag.mangd / underlag.per_enhet * Fraction(rad.a_pris) * Fraction(rad.faktor)


def mangd(underlag: Underlag, celler: str) -> Formel | int:
    """The sum of the row's lines, which stand in `celler`."""
    varde = underlag.mangd
    return Formel(f"=SUM({celler})", _tal(varde)) if celler else 0


def antal(underlag: Underlag, rad: int) -> Formel:
    """Units of the price."""
    return Formel(f"=N{rad}/P{rad}", _tal(underlag.mangd / underlag.per_enhet))


def belopp(underlag: Underlag, rad: int) -> Formel:
    """antal × price × share, rounded once."""
    varde = avrunda(exakt(underlag))
    if not nara_halva_oren(exakt(underlag)):
        return Formel(f"=ROUND(Q{rad}*S{rad}*T{rad},2)", varde)
    return Formel(_i_hela_oren(underlag, rad), varde)


def kontroll(underlag: Underlag, rad: int, celler: str) -> Formel:
    """Whether the amount is that of the körning, and the row's lines (their numbers are in `celler`) stand in place."""
    lika = f'IF(ROUND((U{rad}-V{rad})*100,0)=0,"{STAMMER}","{STAMMER_INTE}")'
    varde = STAMMER if avrunda(exakt(underlag)) == underlag.rad.belopp else STAMMER_INTE
    if not celler:
        return Formel(f"={lika}", varde)
    antal_rader = len(underlag.dagar) + len(underlag.besok)
    return Formel(f'=IF(COUNTIF({celler},A{rad})<>{antal_rader},"{FLYTTAD}",{lika})', varde)


def nara_halva_oren(kronor: Fraction) -> bool:
    """Whether binary arithmetic may round the amount the wrong way."""
    ore = abs(kronor) * 100
    return abs(ore % 1 - Fraction(1, 2)) * _NARA <= ore


def _i_hela_oren(underlag: Underlag, rad: int) -> str:
    """The same amount as a quotient of whole numbers of öre.

    Numbers too large for that (a share with very many decimals) are counted as others are: it takes a coincidence of
    one in a billion for it to show, and then as `stämmer inte`, never as a false `stämmer`.
    """
    delning, skala = underlag.mangd.denominator, _skala(underlag.rad.faktor)
    if abs(underlag.mangd * delning * int(underlag.rad.a_pris * 100) * int(underlag.rad.faktor * skala)) >= _EXAKTA_TAL:
        return f"=ROUND(Q{rad}*S{rad}*T{rad},2)"
    taljare = [_heltal(f"N{rad}", delning), f"ROUND(S{rad}*100,0)"]
    taljare += [_heltal(f"T{rad}", skala)] if underlag.rad.faktor != 1 else []
    namnare = f"P{rad}" if delning * skala == 1 else f"(P{rad}*{delning * skala})"
    return f"=ROUND({'*'.join(taljare)}/{namnare},0)/100"


def _heltal(cell: str, ganger: int) -> str:
    return cell if ganger == 1 else f"ROUND({cell}*{ganger},0)"


def _skala(faktor: Decimal) -> int:
    """What makes the share a whole number: 0.25 → 100."""
    decimaler = max(0, -int(faktor.normalize().as_tuple().exponent))
    return int(Decimal(1).scaleb(decimaler))


def _tal(varde: Fraction) -> int | float:
    return varde.numerator if varde.denominator == 1 else float(varde)
