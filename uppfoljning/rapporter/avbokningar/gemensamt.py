"""What the parts of the report share."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from grund.arbetsbok import Slag
from grund.pengar import avrunda
from grund.text import svensk_ordning
from uppfoljning.rapport.innehall import Nyckeltal
from uppfoljning.rapporter.avbokningar.queries import Underlag
from uppfoljning.rapporter.avbokningar.regler import Bomtid, Verk, andel

INGA = "Inga besök i boendestöd är registrerade i perioden."
UTAN_ORSAK = "Orsak inte angiven"


class Hel(NamedTuple):
    """A verkställighet as something about a person, for groups that may be shown."""

    person: int
    verk: Verk
    bomtid: int


def hela(underlag: Underlag) -> list[Hel]:
    """Every verkställighet of the period, with its minutes of bomtid."""
    bomtid: Counter[int] = Counter()
    for bom in underlag.bomtid:
        bomtid[bom.avbokning.verk] += bom.avbokning.minuter
    return [Hel(verk.person, verk, bomtid[verk.id]) for verk in underlag.verk]


def ordnade(alla: Sequence[Hel]) -> list[tuple[int, str]]:
    """Utförare in Swedish order: fixed beforehand, and knows no sizes (ADR 0016)."""
    namnen = {ett.verk.utforare: ett.verk.utforarnamn for ett in alla}
    return sorted(namnen.items(), key=lambda par: (svensk_ordning(par[1]), par[0]))


def om_utforaren(underlag: Underlag, utforare: int) -> str:
    """The same report of one utförare."""
    period = underlag.period
    val = f"fran={period.forsta}&till={period.sista}&varsel={underlag.varsel}&utforare={utforare}"
    return f"?{val}#personer"


def timmar(antal: Fraction | int) -> Decimal:
    """So many minutes, as hours with one decimal."""
    return avrunda(Fraction(antal) / 60, 1)


def minuter(alla: Sequence[Bomtid]) -> int:
    """The planned minutes of all of them."""
    return sum(ett.avbokning.minuter for ett in alla)


def andelstal(nyckel: str, delar: int | Fraction, av: int | Fraction, adress: str) -> Nyckeltal:
    """A share, with what it is of; parts of hours are shown as whole ones."""
    taljare, namnare = (ett if isinstance(ett, int) else avrunda(ett, 0) for ett in (delar, av))
    return Nyckeltal(nyckel, andel(delar, av), Slag.ANDEL, (taljare, namnare), adress)
