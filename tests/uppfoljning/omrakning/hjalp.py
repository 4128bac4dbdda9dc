"""What the recounts share: halves up, half-open days, and a report in the same shape as a recount."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from uppfoljning.rapport.innehall import Rapport

SLUTEN = ("faststalld", "utbetald")


def avrunda(varde: Fraction | int, decimaler: int) -> Decimal:
    """Half up, away from zero."""
    tiopotens = 10**decimaler
    tal = abs(Fraction(varde)) * tiopotens
    hel = tal.numerator // tal.denominator
    if (tal - hel) * 2 >= 1:
        hel += 1
    svar = Decimal(hel).scaleb(-decimaler)
    return -svar if varde < 0 else svar


def manader(fran: str, till: str) -> list[date]:
    """The first days of the months `AAAA-MM`."""
    dag, slut, svar = date.fromisoformat(f"{fran}-01"), date.fromisoformat(f"{till}-01"), []
    while dag <= slut:
        svar.append(dag)
        dag = (dag + timedelta(31)).replace(day=1)
    return svar


def perioden(urval: dict[str, str], idag: date) -> tuple[date, date, list[date]]:
    """First day, the day after the last, and the months; without a choice the month that ended last."""
    forra = f"{idag.replace(day=1) - timedelta(1):%Y-%m}"
    till = urval.get("till") or urval.get("fran") or forra
    alla = manader(urval.get("fran") or till, till)
    return alla[0], (alla[-1] + timedelta(31)).replace(day=1), alla


def galler(fran: date | None, till: date | None, dag: date) -> bool:
    """Whether [fran, till) has the day."""
    return fran is not None and fran <= dag and (till is None or dag < till)


def dagarna(fran: date, till: date) -> Iterable[date]:
    """Each day of [fran, till)."""
    return (fran + timedelta(nummer) for nummer in range((till - fran).days))


def procent(varde: Fraction | Decimal | None) -> str | None:
    """A share as the page prints it."""
    if varde is None:
        return None
    hel = (Decimal(varde.numerator) / varde.denominator if isinstance(varde, Fraction) else varde) * 100
    return f"{hel.quantize(Decimal(1), ROUND_HALF_UP)} %"


def i_form(rapport: Rapport) -> dict[str, object]:
    """Every figure and every cell, as a recount gives them: shares as printed, other numbers as they are."""
    svar: dict[str, object] = {}
    for ett in rapport.nyckeltal:
        svar[ett.nyckel] = (_jamfort(ett.varde, ett.text), ett.av)
    for tabell in rapport.tabeller:
        rader = [*tabell.rader, *([tabell.summa] if tabell.summa else [])]
        svar[f"tabell:{tabell.nyckel}"] = sorted(
            (
                tuple(
                    procent(cell) if kolumn.slag.name == "ANDEL" and isinstance(cell, Decimal) else cell
                    for cell, kolumn in zip(rad.celler, tabell.kolumner, strict=True)
                )
                for rad in rader
            ),
            key=repr,
        )
    return svar


def _jamfort(varde: object, text: str) -> object:
    return text.replace("\N{NO-BREAK SPACE}", " ") if text.endswith("%") else varde
