"""The individavtal as they are listed: whose, until when, why, and what they cost more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from beslut.ord import insats_i_ord
from beslut.visning import person_i_ord
from ersattning import individavtal
from ersattning.individavtal import Merkostnad
from ersattning.models import Individavtalsmotiv
from ersattning.nivaeffekt import Sida
from ersattning.nivaord import volym_i_ord
from grund.pengar import avrunda
from grund.text import TANKSTRECK, antal_ord, tal
from grund.tid import EN_DAG
from utforare.models import Avtal

PROVAS_DAGAR = 90  # before it ends: time to negotiate


@dataclass(frozen=True, slots=True)
class Individavtalsrad:
    """One of them. `skillnad` None: it cannot be said, and `varfor` says why. Amounts are kronor a year.

    `eget` None: it takes over from another in the list, whose year goes on, and is not to be counted once more.
    """

    pk: int
    nyckel: str
    person_id: int
    person: str
    insats: str
    utforare: str
    fran: date
    sista: date | None
    motiv: str
    eget: Decimal | None
    allmant: Decimal | None
    skillnad: Decimal | None
    varfor: str = ""
    tar_vid: bool = False


def rader(alla: Sequence[Avtal], idag: date) -> list[Individavtalsrad]:
    """Of these, in their order. What the same person has of the same insats at the same utförare is counted once."""
    motiv = individavtal.motiv_for([ett.pk for ett in alla])
    kostnader = individavtal.merkostnader(alla, idag)
    forst: dict[tuple[int, str, int | None], Avtal] = {}
    for ett in sorted(alla, key=lambda ett: (ett.fran, ett.nyckel)):
        forst.setdefault((ett.utforare_id, ett.insats, ett.person_id), ett)
    svar = []
    for ett in alla:
        forsta = forst[ett.utforare_id, ett.insats, ett.person_id]
        rad = _rad(ett, kostnader[ett.pk], motiv.get(ett.pk, ""))
        svar.append(rad if forsta is ett else _tar_vid(rad, forsta))
    return svar


def _tar_vid(rad: Individavtalsrad, forsta: Avtal) -> Individavtalsrad:
    varfor = f"Tar vid efter {forsta.nyckel}, som redan är räknat för ett helt år."
    return replace(rad, eget=None, allmant=None, skillnad=None, tar_vid=True, varfor=varfor)


def _rad(avtal: Avtal, kostnad: Merkostnad, motiv: str) -> Individavtalsrad:
    assert avtal.person is not None  # noqa: S101  a CHECK holds it
    allmant, skillnad = kostnad.allmant, kostnad.skillnad
    return Individavtalsrad(
        pk=avtal.pk,
        nyckel=avtal.nyckel,
        person_id=avtal.person.pk,
        person=person_i_ord(avtal.person),
        insats=avtal.insats,
        utforare=avtal.utforare.namn,
        fran=avtal.fran,
        sista=avtal.till - EN_DAG if avtal.till else None,
        motiv=motiv,
        eget=avrunda(kostnad.eget.kronor),
        allmant=None if allmant is None or allmant.utan_pris else avrunda(allmant.kronor),
        skillnad=None if skillnad is None else avrunda(kostnad.eget.kronor) - avrunda(kostnad.eget.kronor - skillnad),
        varfor=varfor_ingen_skillnad(kostnad),
    )


def varfor_ingen_skillnad(kostnad: Merkostnad) -> str:
    """Why there is nothing to compare with; empty when there is."""
    if kostnad.allmant is None:
        return "Utföraren har inget allmänt avtal om insatsen att jämföra med."
    if kostnad.eget.utan_pris:
        return "Individavtalets prislista saknar pris för en del av det."
    return "Det allmänna avtalets prislista saknar pris för en del av det." if kostnad.allmant.utan_pris else ""


class Sidrad(NamedTuple):
    """What one of the two costs, and of what."""

    namn: str
    volym: str
    snitt: str
    kronor: str


def forklaring(kostnad: Merkostnad) -> Iterator[Sidrad]:
    """The individavtal, and the general avtal that would pay otherwise."""
    yield _sida("Individavtalet", kostnad.eget)
    if kostnad.allmant is not None:
        yield _sida("Det allmänna avtalet", kostnad.allmant)


def _sida(namn: str, sida: Sida) -> Sidrad:
    """The mean price is what a unit comes to with absence and levels in it."""
    snitt = TANKSTRECK
    if len(sida.antal) == 1 and (antal := next(iter(sida.antal.values()))):
        snitt = tal(avrunda(sida.kronor / antal), 2)
    return Sidrad(namn, volym_i_ord(sida) or TANKSTRECK, snitt, tal(avrunda(sida.kronor), 2))


def motiven(avtal: Avtal) -> list[Individavtalsmotiv]:
    """All that has been said, the latest first."""
    return list(avtal.motiv.select_related("av").order_by("-pk"))


def insats_i_rad(rad: Individavtalsrad) -> str:
    """`Daglig verksamhet (LSS)`."""
    return insats_i_ord(rad.insats)


def lage(rad: Individavtalsrad, idag: date) -> str:
    """What is wrong with it, or about to be; empty when nothing is."""
    if rad.sista is None:
        return "Saknar slutdag"
    kvar = (rad.sista - idag).days
    if kvar <= PROVAS_DAGAR:
        return f"Slutar om {antal_ord(kvar, 'dag', 'dagar')}" if kvar > 0 else "Slutar i dag"
    return "" if rad.motiv else "Saknar motivering"
