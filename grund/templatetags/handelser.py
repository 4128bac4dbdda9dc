"""The way from a thing to what has been done with it, for those who may read the event log."""

from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from grund.behorighet import Ratt, har_ratt

register = template.Library()


@register.simple_tag(takes_context=True)
def handelselank(context: Context, slag: str, nyckel: Any, text: str = "Händelser", klass: str = "") -> SafeString:
    """A link to the events of the thing, in a paragraph of the class `klass` if one is given; nothing for others."""
    roller = getattr(context.get("user"), "roller", [])
    try:
        adress = reverse("uppfoljning:objekt", args=[slag, str(nyckel)])
    except NoReverseMatch:  # the key has nothing that can stand in an address
        return mark_safe("")
    if not har_ratt(roller, Ratt.SE_HANDELSER):
        return mark_safe("")
    lank = format_html('<a class="anchor" href="{}">{}</a>', adress, text)
    return format_html('<p class="{}">{}</p>', klass, lank) if klass else lank
