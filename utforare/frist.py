"""When a gynnande beslut must be carried out before it is reported: the two clocks of LSS 28 f § and SoL 34 kap.

Pure: a function over frozen dataclasses. Who asks gathers the facts (utforare/arbetslistor.py).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from grund.tid import lagg_till_manader

FRISTMANADER = 3
NARA_DAGAR = 14  # so close to the limit that it is shown in red
MELLAN_PERIODER = 30  # days left when what comes in periods is no longer just between two of them


# LSS 28 f § asks for the nämnd's own decisions only; särskild avgift (28 a §) may be for a judgment too.
DOM_I_ORD = "Dom, rapporteras inte till IVO, men kan ge särskild avgift"


class Klocka(StrEnum):
    """What set the clock going."""

    BESLUT = "beslut"
    AVBROTT = "avbrott"
    DELVIS = "delvis"


@dataclass(frozen=True, slots=True)
class Beslutslage:
    """A beslut and how far it is carried out on the day that is asked about.

    `till` is the first day that the beslut no longer holds. `utfors`: somebody carries it out that day. `avbrott`: the
    first day after the latest verkställighet that has ended. `delvis_fran`: since when less is carried out than is
    decided. `fortsatter`: it takes over later from a beslut that is carried out now. `dom`: a court has decided.
    `i_perioder`: stays come and go, as in korttidsvistelse, so the days between two are no avbrott at first.
    """

    beslutsdatum: date
    fran: date | None
    till: date | None
    gynnande: bool
    utfors: bool = False
    avbrott: date | None = None
    delvis_fran: date | None = None
    avliden: date | None = None
    fortsatter: bool = False
    dom: bool = False
    i_perioder: bool = False


@dataclass(frozen=True, slots=True)
class Frist:
    """A clock: from `fran`, with `sista` as the last day in time. A judgment has a clock but is not reported."""

    klocka: Klocka
    fran: date
    sista: date
    rapporteras: bool

    def dagar_kvar(self, idag: date) -> int:
        """Days left; 0 on the last day in time, negative when it has passed."""
        return (self.sista - idag).days

    def har_gatt_ut(self, idag: date) -> bool:
        """Whether the last day in time has passed."""
        return self.dagar_kvar(idag) < 0

    def ar_nara(self, idag: date) -> bool:
        """Past the limit, or soon."""
        return self.dagar_kvar(idag) <= NARA_DAGAR

    def andel(self, idag: date) -> int:
        """How much of the time has gone, 0–100."""
        gatt = (idag - self.fran).days * 100 // (self.sista - self.fran).days
        return max(0, min(100, gatt))


def frist(lage: Beslutslage, idag: date) -> Frist | None:
    """The clock that runs on `idag`; None when none does.

    Counted from the day of the beslut, never from when it may no longer be appealed (LSS 27 §). That the person has
    declined an offer does not stop it. Carried out only in part counts as an avbrott once three months have gone, so
    that clock runs from the day that it became less than decided.
    """
    if not _galler(lage, idag):
        return None
    if lage.utfors:
        return _frist(Klocka.DELVIS, lage.delvis_fran, lage) if lage.delvis_fran else None
    if lage.avbrott:
        avbrott = _frist(Klocka.AVBROTT, lage.avbrott, lage)
        mellan = lage.i_perioder and avbrott.dagar_kvar(idag) > MELLAN_PERIODER
        return None if mellan else avbrott
    return _frist(Klocka.BESLUT, lage.beslutsdatum, lage)


def _galler(lage: Beslutslage, idag: date) -> bool:
    """Whether there is anything left to carry out."""
    slut = lage.till is not None and lage.till <= idag
    dod = lage.avliden is not None and lage.avliden <= idag
    return lage.gynnande and not slut and not dod and not lage.fortsatter and lage.beslutsdatum <= idag


def _frist(klocka: Klocka, fran: date, lage: Beslutslage) -> Frist:
    return Frist(klocka, fran, lagg_till_manader(fran, FRISTMANADER), rapporteras=not lage.dom)
