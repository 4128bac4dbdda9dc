"""How figures are said in a document: amounts, changes and lists. Pure."""

from decimal import Decimal

from ersattning.regler import Radenhet
from grund.text import HART, antal_ord, manad_i_ord, och, tal
from grund.tid import Manad
from utforare.regler import Avtalsform

_MILJON = Decimal(1_000_000)
_ENHETER = {
    Radenhet.DYGN: ("dygn", "dygn"),
    Radenhet.DAG: ("dag", "dagar"),
    Radenhet.TIMME: ("timme", "timmar"),
    Radenhet.MANAD: ("månad", "månader"),
    Radenhet.STYCK: ("styck", "styck"),
}
_REGIER = {
    Avtalsform.EGENREGI: "egen regi",
    Avtalsform.LOV: "valfrihetssystem (LOV)",
    Avtalsform.RAMAVTAL: "ramavtal",
    Avtalsform.INDIVIDAVTAL: "individavtal",
}
_TALORD = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def stort(belopp: Decimal) -> str:
    """An amount as it is said in a sentence, without sign: `50,8 miljoner kronor`, `512 tkr`, `850 kronor`."""
    absolut = abs(belopp)
    if absolut >= _MILJON:
        return f"{tal(absolut / _MILJON, 1)}{HART}miljoner kronor"
    if absolut >= 10_000:
        return f"{tal(absolut / 1000)}{HART}tkr"
    return f"{tal(absolut)}{HART}{'krona' if round(absolut) == 1 else 'kronor'}"


def i_procent(nu: Decimal, da: Decimal) -> str:
    """How much `nu` is above or below `da`, without sign: `2,4 procent`. Empty where it cannot be said."""
    if da <= 0 or nu == da:
        return ""
    andel = abs(nu - da) * 100 / da
    return f"{tal(andel, 1)}{HART}procent" if andel >= Decimal("0.05") else f"mindre än 0,1{HART}procent"


def mot(nu: Decimal, da: Decimal) -> str:
    """`1,2 miljoner kronor (2,4 procent) mer än`, `lika mycket som`: goes before what it is compared with."""
    if nu == da:
        return "lika mycket som"
    andel = f" ({i_procent(nu, da)})" if i_procent(nu, da) else ""
    return f"{stort(nu - da)}{andel} {'mer' if nu > da else 'mindre'} än"


def antal_mot(nu: int, da: int) -> str:
    """`12 fler än`, `lika många som`."""
    return "lika många som" if nu == da else f"{tal(abs(nu - da))} {'fler' if nu > da else 'färre'} än"


def litet_antal(antal: int, en: str, flera: str) -> str:
    """Up to twelve in letters, more in figures: `fem personer`, `17 personer`."""
    if antal == 1:
        return f"{'ett' if en in ETT_ORD else 'en'} {en}"
    return f"{_TALORD[antal]} {flera}" if antal < len(_TALORD) else antal_ord(antal, en, flera)


ETT_ORD = frozenset({"dygn", "styck"})


def enhet(varde: Radenhet) -> str:
    """The unit of a volume, in plural."""
    return _ENHETER[varde][1]


def regier(grupp: frozenset[str]) -> str:
    """`egen regi`; `ramavtal och individavtal`."""
    return och([namn for regi, namn in _REGIER.items() if regi in grupp])


def manaden(manad: Manad, annan: Manad) -> str:
    """`april`, with its year where that is not the year of `annan`."""
    i_ord = manad_i_ord(manad)
    return i_ord.rpartition(" ")[0] if manad.ar == annan.ar else i_ord
