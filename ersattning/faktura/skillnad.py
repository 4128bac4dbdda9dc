"""Why a line differs from the underlag, in words that a utförare can be asked about."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ersattning.faktura.underlag import Kravrad, Underlagsrad, summa
from grund.pengar import kronor
from grund.text import antal_ord, manad_i_ord

_ENHETER = {
    "dygn": ("dygn", "dygn"),
    "dag": ("dag", "dagar"),
    "timme": ("timme", "timmar"),
    "manad": ("månad", "månader"),
    "styck": ("styck", "stycken"),
}


def skillnad(krav: Kravrad, rader: Sequence[Underlagsrad]) -> tuple[str, ...]:
    """What is alike, what is not, and what it comes to."""
    return (_vem(krav, rader), *_antal_och_pris(krav, rader), _belopp(krav, rader))


def _vem(krav: Kravrad, rader: Sequence[Underlagsrad]) -> str:
    samma_verk = {rad.verk for rad in rader} == {krav.referens}
    manader = {rad.avser for rad in rader}
    if samma_verk and manader == {krav.manad}:
        return "Samma person och period."
    if samma_verk:
        return f"Samma person, men underlaget gäller {_manader(manader)}."
    return "Samma utförare och period, men raden säger inte vem den gäller."


def _manader(manader: set[date]) -> str:
    return ", ".join(manad_i_ord(ett) for ett in sorted(manader))


def _antal_och_pris(krav: Kravrad, rader: Sequence[Underlagsrad]) -> list[str]:
    """The units and the price, where the rows have one of each to compare with."""
    if len({rad.antalsenhet for rad in rader}) != 1:
        return []
    enhet, antal = rader[0].antalsenhet, sum((rad.antal for rad in rader), Decimal(0))
    priser = {rad.pris for rad in rader}
    svar, mer = [], krav.antal - antal
    if mer:
        hur = "mer" if mer > 0 else "mindre"
        svar.append(f"{antal_i_ord(abs(mer), enhet)} {hur} än underlaget.")
    if len(priser) == 1 and (pris := next(iter(priser))) != krav.pris:
        svar.append(f"À-priset är {kronor(krav.pris)} på fakturan och {kronor(pris)} i underlaget.")
    return svar


def _belopp(krav: Kravrad, rader: Sequence[Underlagsrad]) -> str:
    mer = krav.belopp - summa(rader)
    if not mer:
        return "Beloppet är detsamma."
    return f"Fakturan är {kronor(abs(mer))} {'högre' if mer > 0 else 'lägre'} än underlaget."


def antal_i_ord(antal: Decimal, enhet: str) -> str:
    """`2 dagar`, `1,5 timmar`."""
    en, flera = _ENHETER.get(enhet, (enhet, enhet))
    return antal_ord(antal, en, flera, 4)
