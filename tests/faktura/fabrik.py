"""Invoices of our own making, in the shape of Peppol BIS Billing 3."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from demokommun.fakturaxml import Fakturaspec, Radspec, skriv

RAD = Radspec(
    referens="V-1",
    benamning="Daglig verksamhet, nivå 3",
    antal=Decimal(20),
    enhet="DAY",
    pris=Decimal("1164.00"),
    fran=date(2026, 5, 1),
    sista=date(2026, 5, 31),
)
SPEC = Fakturaspec(
    nummer="1001",
    datum=date(2026, 6, 8),
    forfaller=date(2026, 7, 8),
    namn="Eken AB",
    orgnr="5566002373",
    kund="Ekstads kommun",
    fran=date(2026, 5, 1),
    sista=date(2026, 5, 31),
    rader=[RAD, replace(RAD, referens="V-2", antal=Decimal("7.5"), pris=Decimal("582.50"))],
)


def xml(**andrat: Any) -> str:
    """The invoice, with something else in it."""
    return skriv(replace(SPEC, **andrat))


def rad(**andrat: Any) -> Radspec:
    """A line, with something else in it."""
    return replace(RAD, **andrat)
