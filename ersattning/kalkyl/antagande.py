"""What is assumed of months to come, on top of what is decided; or taken away from it, to see what it is worth.

Each assumption changes the person a little more or less. One that changes nothing of a month gives the same object
back, so that nobody has to be calculated twice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ersattning.kalkyl.typer import Person, Verkstallighet
from ersattning.kalkyl.villkor import Villkor
from ersattning.kalkyl.vistelser import ar_vistelse
from grund.tid import Manad

_SJALVKLARA_SLUT = {"", "beslut_upphor"}  # a verkställighet that ends with its decision, and for no other reason


class Antagande(StrEnum):
    """What is assumed of what is not decided, or taken away to see what it is worth."""

    BESLUTAT = "beslutat"  # all as decided: what ends, ends
    FORLANGT = "forlangt"  # a decision that ends is decided anew, on the same terms
    UTAN_STARTER = "utan_starter"  # nobody begins who has not begun
    UTAN_SLUT = "utan_slut"  # nobody ends who has not ended
    DAGENS_PRISER = "dagens_priser"  # prices stay as they are today
    DAGENS_NIVAER = "dagens_nivaer"  # levels stay as they are today


@dataclass(frozen=True, slots=True)
class Planerat:
    """An assumption, seen from the day when it was made."""

    antagande: Antagande
    idag: date


def antag(person: Person, planerat: Planerat, manad: Manad) -> Person:
    """The person under the assumption. The very same object when the month is the same without it."""
    andra = _ANDRA.get(planerat.antagande)
    return person if andra is None else andra(person, planerat.idag, manad)


def _forlangd(person: Person, idag: date, manad: Manad) -> Person:
    """Decisions that end after today, with what ends only because of them; not those that something takes over."""

    def ett(verk: Verkstallighet) -> Verkstallighet:
        beslut = verk.beslut
        if beslut.till is None or not idag < beslut.till < manad.till or not beslut.bifall:
            return verk
        foljer = verk.till is None or verk.till > beslut.till or (verk.till == beslut.till and _sjalvklart(verk))
        if not foljer or _tas_over(verk, beslut.till, person):
            return verk
        till = None if verk.till == beslut.till else verk.till
        return replace(verk, beslut=replace(beslut, till=None), till=till, slutorsak="")

    return _bytt(person, ett)


def _sjalvklart(verk: Verkstallighet) -> bool:
    return verk.slutorsak in _SJALVKLARA_SLUT


def _tas_over(verk: Verkstallighet, slut: date, person: Person) -> bool:
    """Whether the person has the insats also after the day, by something else."""
    return any(
        annan.id != verk.id and annan.beslut.insats == verk.beslut.insats and (slutet(annan) or date.max) > slut
        for annan in person.verkstalligheter
    )


def _utan_slut(person: Person, idag: date, manad: Manad) -> Person:
    """Nothing that is known to end does, but for what goes on at the same utförare anyway."""

    def ett(verk: Verkstallighet) -> Verkstallighet:
        slut = slutet(verk)
        if slut is None or not idag < slut < manad.till or ar_fortsatt(verk, person):
            return verk
        if ar_vistelse(verk):
            return replace(verk, beslut=replace(verk.beslut, till=None))
        return replace(verk, beslut=replace(verk.beslut, till=None), till=None, slutorsak="")

    return _bytt(person, ett)


def _utan_starter(person: Person, idag: date, manad: Manad) -> Person:
    del manad
    kvar = tuple(ett for ett in person.verkstalligheter if starten(ett) <= idag or ar_fortsattning(ett, person))
    return person if len(kvar) == len(person.verkstalligheter) else replace(person, verkstalligheter=kvar)


def _dagens_nivaer(person: Person, idag: date, manad: Manad) -> Person:
    if not any(idag < ett.fran < manad.till for alla in person.nivaer.values() for ett in alla):
        return person
    nivaer = {insats: tuple(ett for ett in alla if ett.fran <= idag) for insats, alla in person.nivaer.items()}
    return replace(person, nivaer=nivaer)


_ANDRA: dict[Antagande, Callable[[Person, date, Manad], Person]] = {
    Antagande.FORLANGT: _forlangd,
    Antagande.UTAN_SLUT: _utan_slut,
    Antagande.UTAN_STARTER: _utan_starter,
    Antagande.DAGENS_NIVAER: _dagens_nivaer,
}


def _bytt(person: Person, byt: Callable[[Verkstallighet], Verkstallighet]) -> Person:
    nya = tuple(map(byt, person.verkstalligheter))
    if all(ny is verk for ny, verk in zip(nya, person.verkstalligheter, strict=True)):
        return person
    return replace(person, verkstalligheter=nya)


def starten(verk: Verkstallighet) -> date:
    """The first day that both the decision and the verkställighet cover."""
    return max(verk.fran, verk.beslut.fran or verk.fran)


def slutet(verk: Verkstallighet) -> date | None:
    """The day after the last that both cover; None = no end is known."""
    return min((dag for dag in (verk.till, verk.beslut.till) if dag is not None), default=None)


def ar_fortsattning(verk: Verkstallighet, person: Person) -> bool:
    """Whether nobody has begun: it begins the day when another of the same insats at the same utförare ends, or is one
    stay of several."""
    return ar_vistelse(verk) or any(slutet(annan) == starten(verk) for annan in _samma(verk, person))


def ar_fortsatt(verk: Verkstallighet, person: Person) -> bool:
    """Whether nobody has ended: it goes on as another of the same insats at the same utförare."""
    return any(slutet(verk) == starten(annan) for annan in _samma(verk, person))


def _samma(verk: Verkstallighet, person: Person) -> Iterator[Verkstallighet]:
    for annan in person.verkstalligheter:
        samma = annan.utforare_id == verk.utforare_id and annan.beslut.insats == verk.beslut.insats
        if annan.id != verk.id and samma:
            yield annan


def forsta_prisandring(villkor: Villkor, idag: date) -> date | None:
    """The first day after today when a price cell begins or ends; None = prices are as today all along."""
    dagar_ = (dag for *_, pris in villkor.priser for dag in (pris.fran, pris.till) if dag is not None and dag > idag)
    return min(dagar_, default=None)


def med_dagens_priser(villkor: Villkor, idag: date) -> Villkor:
    """Prices as they are today, for good. A list that has none today keeps its own: there is nothing to go by."""

    def galler(fran: date, till: date | None) -> bool:
        return fran <= idag and (till is None or idag < till)

    idag_har = {lista for lista, _, _, pris in villkor.priser if galler(pris.fran, pris.till)}
    priser = tuple(
        (lista, insats, enhet, replace(pris, till=None) if lista in idag_har else pris)
        for lista, insats, enhet, pris in villkor.priser
        if lista not in idag_har or galler(pris.fran, pris.till)
    )
    return Villkor(villkor.avtal, priser, villkor.band)
