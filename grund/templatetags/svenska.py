"""Filters that print numbers and days as Swedish readers are used to them (grund.text)."""

from decimal import Decimal

from django import template

from grund import pengar, text

register = template.Library()

register.filter("kronor", pengar.kronor)
register.filter("tal", text.tal)
register.filter("procent", text.procent)
register.filter("manad_i_ord", text.manad_i_ord)
register.filter("datum_i_ord", text.datum_i_ord)
register.filter("stor_forsta", text.stor_forsta)


@register.filter
def upp_till(varde: Decimal, decimaler: int) -> str:
    """A number with at most `decimaler` decimals: `31`, `8,85`."""
    return text.tal(varde, decimaler, minst=0)
