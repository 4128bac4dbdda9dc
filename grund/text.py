"""Numbers, days and words as Swedish readers are used to them. Pure; used by documents and pages alike."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from grund.tid import EN_DAG, STOCKHOLM, Manad

HART = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
TANKSTRECK = "\N{EN DASH}"
VECKODAGAR = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_FARLIGA = ("=", "+", "-", "@", "\t", "\r", "\n")
_OSYNLIGA = "\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\N{NO-BREAK SPACE} "
_MANADER = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"]
_MANADER += ["september", "oktober", "november", "december"]


def tal(varde: Decimal | int, decimaler: int = 0, *, minst: int | None = None) -> str:
    """`varde` with a decimal comma and no-break thousands. With `minst`, trailing zeros go, down to that many."""
    avrundat = Decimal(varde).quantize(Decimal(1).scaleb(-decimaler), ROUND_HALF_UP)
    hel, _, brak = f"{abs(avrundat):,.{decimaler}f}".partition(".")
    if minst is not None:
        brak = brak[:minst] + brak[minst:].rstrip("0")
    text = hel.replace(",", HART) + (f",{brak}" if brak else "")
    return f"{MINUS}{text}" if avrundat < 0 else text


def procent(andel: Decimal) -> str:
    """A share as per cent with at most two decimals: 0.5 → `50 %`."""
    return f"{tal(andel * 100, 2, minst=0)}{HART}%"


def antal_ord(antal: Decimal | int, en: str, flera: str, decimaler: int = 0) -> str:
    """`1 rad`, `1 500 rader`, with at most so many decimals `1,5 timmar`. The word follows the number as printed."""
    text = tal(antal, decimaler, minst=0)
    return f"{text}{HART}{en if text.removeprefix(MINUS) == '1' else flera}"


def utrymme(megabyte: int) -> str:
    """Room on a disk: `900 MB`, `1,5 GB`, `470 GB`."""
    if megabyte < 1024:
        return f"{tal(megabyte)}{HART}MB"
    gigabyte = Decimal(megabyte) / 1024
    return f"{tal(gigabyte, 1 if gigabyte < 10 else 0, minst=0)}{HART}GB"


def och(delar: Sequence[str], sist: str = "och") -> str:
    """`a`, `a och b`, `a, b och c`; with another last word, such as "eller"."""
    return f" {sist} ".join(filter(None, [", ".join(delar[:-1]), *delar[-1:]]))


def manad_i_ord(manad: Manad | date) -> str:
    """`maj 2026`."""
    return f"{_namn(manad)} {manad.ar if isinstance(manad, Manad) else manad.year}"


def datum_i_ord(dag: date) -> str:
    """`3 juni 2026`."""
    return f"{dag.day}{HART}{manad_i_ord(dag)}"


def dag_kort(dag: date, idag: date) -> str:
    """`3 juni`; with the year when it is another than today's."""
    return f"{dag.day}{HART}{_namn(dag)}" if dag.year == idag.year else datum_i_ord(dag)


def veckodag_i_ord(dag: date) -> str:
    """`onsdag 3 juni 2026`."""
    return f"{VECKODAGAR[dag.weekday()]} {datum_i_ord(dag)}"


def tidpunkt_i_ord(tidpunkt: datetime) -> str:
    """An aware moment in Swedish time: `3 juni 2026 kl. 07.14`."""
    lokal = tidpunkt.astimezone(STOCKHOLM)
    return f"{datum_i_ord(lokal.date())} kl.{HART}{lokal:%H.%M}"


def tidpunkt_kort(tidpunkt: datetime) -> str:
    """The same where there is little room and the year is plain: `3 juni 07.14`."""
    lokal = tidpunkt.astimezone(STOCKHOLM)
    return f"{lokal.day}{HART}{_namn(lokal.date())} {lokal:%H.%M}"


def skillnad(varde: Decimal | int, decimaler: int = 0) -> str:
    """A difference: with its sign, also when it is a plus."""
    text = tal(varde, decimaler)
    return f"+{text}" if varde > 0 and any(siffra in text for siffra in "123456789") else text


def dagar_i_ord(fran: date, sista: date) -> str:
    """The days from `fran` to `sista`, both included, without year: `1–31 maj`, `20 maj`, `28 april–3 maj`."""
    slut = f"{sista.day}{HART}{_namn(sista)}"
    if fran == sista:
        return slut
    start = f"{fran.day}" if (fran.year, fran.month) == (sista.year, sista.month) else f"{fran.day}{HART}{_namn(fran)}"
    return f"{start}{TANKSTRECK}{slut}"


def giltig_i_ord(fran: date | None, till: date | None) -> str:
    """The days `[fran, till)` as people say them: `1 mars 2026–31 maj 2026`, `från 1 mars 2026, tills vidare`."""
    if fran is None:
        return "inga dagar"
    if till is None:
        return f"från {datum_i_ord(fran)}, tills vidare"
    return f"{datum_i_ord(fran)}{TANKSTRECK}{datum_i_ord(till - EN_DAG)}"


def stor_forsta(text: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def med_punkt(text: str) -> str:
    """As a sentence: with a full stop, unless it ends with one."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def liten_forsta(text: str) -> str:
    """The first letter as a small one, the rest as it is: what begins a line may stand inside one too."""
    return text[:1].lower() + text[1:]


def ser_ut_som_formel(text: str) -> bool:
    """Whether a spreadsheet that reads the text might take it for a formula: also with wide signs (＝), as some do, and
    with what does not show before them."""
    return unicodedata.normalize("NFKC", text.lstrip(_OSYNLIGA)[:1]).startswith(_FARLIGA)


EFTER_Z = {ord(fran): till for fran, till in zip("åäæöøéü", "{||}}ey", strict=True)}  # what follows z in ASCII


def svensk_ordning(text: str) -> tuple[str, str]:
    """Sort key: a–z, then å, ä, ö; capitals do not matter. The text itself breaks ties."""
    return text.casefold().translate(EFTER_Z), text


def _namn(manad: Manad | date) -> str:
    return _MANADER[(manad.nummer if isinstance(manad, Manad) else manad.month) - 1]
