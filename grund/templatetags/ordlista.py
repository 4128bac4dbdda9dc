"""A term of art with its explanation, from docs/ordlista.md: `{% term "bomtid" %}`."""

from itertools import count

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grund.ordlista import ordlista
from grund.text import stor_forsta

register = template.Library()
_NUMMER = count(1)  # an id of its own for each, also where parts of a page come later


@register.simple_tag
def term(ord_: str, visas: str = "") -> SafeString:
    """The word (or `visas`, its form in the sentence) as a button that opens what it means. KeyError: not in the list.

    The browser's own popover: no script, works with the keyboard, and closes with Esc.
    """
    betyder, nyckel = ordlista()[ord_], f"ord-{next(_NUMMER)}"
    return format_html(
        '<button type="button" class="ord" popovertarget="{}">{}</button>'
        '<span class="ord__text" id="{}" popover><b>{}</b>{}.</span>',
        nyckel,
        visas or ord_,
        nyckel,
        stor_forsta(ord_),
        stor_forsta(betyder).removesuffix("."),
    )
