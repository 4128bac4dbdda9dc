"""Codes and rules of ordering: what stands in the way of an order, and what the one who orders must have read.

Pure: functions over a frozen dataclass. The same sentences stand on the page and in the refusal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models

from beslut.regler import Omfattningsenhet
from grund.text import antal_ord, datum_i_ord, och, tal
from grund.tid import EN_DAG
from utforare.regler import Modell

TIDSMODELLER = (Modell.UTFORD_TID, Modell.BESTALLD_TID)  # their prices name no omfattning (R5)


class Bestallningsstatus(models.TextChoices):
    """How far an order has come."""

    SKICKAD = "skickad", "skickad"
    ACCEPTERAD = "accepterad", "accepterad"
    AVBOJD = "avbojd", "avböjd"
    ATERKALLAD = "aterkallad", "återkallad"
    PABORJAD = "paborjad", "påbörjad"


OPPNA = (Bestallningsstatus.SKICKAD, Bestallningsstatus.ACCEPTERAD)


class Erbjudandesvar(models.TextChoices):
    """What the person answered to an offer."""

    JA = "ja", "tackat ja"
    NEJ = "nej", "tackat nej"


class Drojsmalskod(models.TextChoices):
    """Why a beslut is not carried out, in the categories that municipalities report in (LSS 28 f §)."""

    UPPDRAGSTAGARE = "uppdragstagare", "svårt att rekrytera eller hitta uppdragstagare"
    PLATS = "plats", "plats eller resurser saknas"
    TACKAT_NEJ = "tackat_nej", "personen har tackat nej till erbjudande"
    ONSKEMAL = "onskemal", "personen har särskilda önskemål"
    ANNAT = "annat", "annat skäl"


class Slutstatus(models.TextChoices):
    """State of a utförare's report that a verkställighet has ended."""

    ANMALD = "anmald", "väntar på handläggaren"
    BEKRAFTAD = "bekraftad", "bekräftad"
    AVVISAD = "avvisad", "avvisad"


@dataclass(frozen=True, slots=True)
class Priscell:
    """What a price names; empty = any."""

    niva: str
    omfattning: str


@dataclass(frozen=True, slots=True)
class Villkor:
    """The avtal that would pay on the wished day: its modell, and the price cells that hold then."""

    modell: str
    celler: tuple[Priscell, ...]
    dagens_omfattning: bool = False  # the day's omfattning follows from its minutes (R11)

    @property
    def koder(self) -> tuple[str, ...]:
        """The omfattning codes that the price list knows, in order."""
        if self.modell in TIDSMODELLER:
            return ()
        return tuple(sorted({cell.omfattning for cell in self.celler} - {""}))

    @property
    def kraver_niva(self) -> bool:
        """Every price names a level."""
        return bool(self.celler) and all(cell.niva for cell in self.celler)

    def har_pris(self, niva: str, omfattning: str) -> bool:
        """Whether some price fits (R4)."""
        kod = "" if self.modell in TIDSMODELLER else omfattning
        return any(self._passar(cell, niva, kod) for cell in self.celler)

    def _passar(self, cell: Priscell, niva: str, omfattning: str) -> bool:
        fri = self.dagens_omfattning and not omfattning
        return cell.niva in ("", niva) and (fri or cell.omfattning in ("", omfattning))


@dataclass(frozen=True, slots=True)
class Mangd:
    """An amount with its unit. None = none is named."""

    antal: Decimal | None
    enhet: str

    def __str__(self) -> str:
        if self.antal is None:
            return ""
        return f"{tal(self.antal, 4, minst=0)} {Omfattningsenhet(self.enhet).label}"


INGEN_MANGD = Mangd(None, "")


@dataclass(frozen=True, slots=True)
class Bestallningsfakta:
    """What an order asks for and what it meets. `till` is the first day that the beslut no longer holds.

    `villkor` None = the utförare has no avtal for the insats on the wished day. `redan`: what other open orders and
    verkställigheter of the beslut hold then. `lediga` None = nobody has said how many places there are.
    """

    idag: date
    gynnande: bool
    fran: date | None
    till: date | None
    avliden: date | None
    start: date
    utforare: str
    insats: str
    villkor: Villkor | None
    omfattning: str = ""
    mangd: Mangd = INGEN_MANGD
    beslutat: Mangd = INGEN_MANGD
    redan: tuple[Mangd, ...] = ()
    oppna: int = 0
    niva: str = ""
    lediga: int | None = None


def hinder_for_bestallning(f: Bestallningsfakta) -> list[str]:
    """Why the order may not be sent; empty when it may."""
    return [*_om_beslutet(f), *_om_dagen(f), *_om_avtalet(f)]


def hinder_for_beslutet(*, gynnande: bool, till: date | None, avliden: date | None, idag: date) -> list[str]:
    """Why nothing may be ordered for the beslut, whatever the order says."""
    hinder = []
    if not gynnande:
        hinder.append("Beslutet är ett avslag, så det finns inget att beställa.")
    if till is not None and till <= idag:
        hinder.append(f"Beslutet gällde till och med {datum_i_ord(till - EN_DAG)}. Pröva behovet på nytt först.")
    if avliden is not None:
        hinder.append("Personen är avliden.")
    return hinder


def _om_beslutet(f: Bestallningsfakta) -> list[str]:
    return hinder_for_beslutet(gynnande=f.gynnande, till=f.till, avliden=f.avliden, idag=f.idag)


def _om_dagen(f: Bestallningsfakta) -> Iterator[str]:
    if not f.gynnande or (f.till and f.till <= f.idag):
        return  # said already
    if f.start < f.idag:
        yield f"Önskad start {datum_i_ord(f.start)} har redan varit. Välj i dag eller en senare dag."
    elif f.fran and f.start < f.fran:
        yield f"Önskad start ligger före beslutet, som gäller från {datum_i_ord(f.fran)}."
    elif f.till and f.start >= f.till:
        yield f"Önskad start ligger efter beslutet, som gäller till och med {datum_i_ord(f.till - EN_DAG)}."


def _om_avtalet(f: Bestallningsfakta) -> Iterator[str]:
    if f.villkor is None:
        yield (
            f"{f.utforare} har inget avtal om {f.insats} den {datum_i_ord(f.start)}."
            " Det som utförs utan avtal betalas inte (regel R2)."
        )
    elif f.omfattning and f.omfattning not in f.villkor.koder:
        finns = och(f.villkor.koder)
        slut = f"Välj {och(f.villkor.koder, 'eller')}." if finns else "Lämna omfattning tomt."
        yield f"Prislistan för {f.utforare} har ingen omfattning som heter {f.omfattning}. {slut}"


def varningar_for_bestallning(f: Bestallningsfakta) -> list[str]:
    """What the one who orders must have read; nothing here stops the order."""
    return [*_om_mangden(f), *_om_andra(f), *_om_priset(f), *_om_platsen(f)]


def _om_mangden(f: Bestallningsfakta) -> Iterator[str]:
    alla = [f.mangd, *f.redan]
    if f.villkor and f.villkor.modell == Modell.BESTALLD_TID and not any(m.antal for m in (f.mangd, f.beslutat)):
        yield "Avtalet betalar beställd tid, men varken beställningen eller beslutet säger hur mycket (regel R23)."
    if f.beslutat.antal is None:
        return
    hela = [Mangd(f.beslutat.antal, f.beslutat.enhet) if m.antal is None else m for m in alla]
    if annan := next((m for m in hela if m.enhet != f.beslutat.enhet), None):
        yield (
            f"Beställt och beslutat går inte att jämföra: {annan} mot {f.beslutat}."
            " Kontrollera att det inte blir mer än beslutat."
        )
        return
    summa = Mangd(sum((m.antal for m in hela if m.antal), Decimal(0)), f.beslutat.enhet)
    if summa.antal is not None and summa.antal > f.beslutat.antal:
        redan = f" tillsammans med det som redan är beställt ({och([str(m) for m in hela[1:]])})" if f.redan else ""
        yield f"Beställt blir {summa}{redan}, men beslutat är {f.beslutat}."


def _om_andra(f: Bestallningsfakta) -> Iterator[str]:
    if f.oppna:
        finns = antal_ord(f.oppna, "öppen beställning", "öppna beställningar")
        yield f"Det finns redan {finns} för beslutet. Återkalla den som inte ska gälla."


def _om_priset(f: Bestallningsfakta) -> Iterator[str]:
    if f.villkor is None:
        return
    if not f.villkor.celler:
        yield f"Prislistan har inget pris för {f.insats} den {datum_i_ord(f.start)}. Dagarna betalas inte (regel R4)."
    elif f.villkor.kraver_niva and not f.niva:
        yield "Personen har ingen godkänd nivåbedömning, och priset beror på nivån. Dagarna betalas inte (regel R3)."
    elif not f.villkor.har_pris(f.niva, f.omfattning):
        delar = [f"nivå {f.niva}" if f.niva else "", f.omfattning or ("utan omfattning" if f.villkor.koder else "")]
        yield f"Prislistan har inget pris för {och([d for d in delar if d])}. Dagarna betalas inte (regel R4)."


def _om_platsen(f: Bestallningsfakta) -> Iterator[str]:
    if f.lediga is not None and f.lediga <= 0:
        yield f"Enheten har inga lediga platser den {datum_i_ord(f.start)}."
