"""Filters that print numbers and days as Swedish readers are used to them (grund.text)."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString, mark_safe

from grund import pengar, text
from grund.giltighet import Giltighet

register = template.Library()

register.filter("kronor", pengar.kronor)
register.filter("tal", text.tal)
register.filter("procent", text.procent)
register.filter("manad_i_ord", text.manad_i_ord)
register.filter("datum_i_ord", text.datum_i_ord)
register.filter("veckodag_i_ord", text.veckodag_i_ord)
register.filter("tidpunkt_i_ord", text.tidpunkt_i_ord)
register.filter("skillnad", text.skillnad)
register.filter("stor_forsta", text.stor_forsta)
register.filter("med_punkt", text.med_punkt)


@register.filter
def paragraf(hjalp: str) -> str:
    """Help in one piece: `8 §` is not torn apart at the end of a line. What is safe stays safe."""
    hel = str(hjalp).replace(" §", f"{text.HART}§")
    return mark_safe(hel) if isinstance(hjalp, SafeString) else hel  # noqa: S308


@register.filter
def upp_till(varde: Decimal, decimaler: int) -> str:
    """A number with at most `decimaler` decimals: `31`, `8,85`."""
    return text.tal(varde, decimaler, minst=0)


@register.filter
def antal(varde: int, ord_: str) -> str:
    """A number with its word: `{{ 2|antal:"rad,rader" }}` is `2 rader`."""
    en, flera = ord_.split(",")
    return text.antal_ord(varde, en, flera)


@register.filter
def giltig(rad: Giltighet) -> str:
    """The days of a dated row: `från 1 mars 2026, tills vidare`."""
    return text.giltig_i_ord(rad.fran, rad.till)
