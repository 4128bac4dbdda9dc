"""What the components need beyond includes: FKUI's icons, drawn in the page itself."""

import re
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_SYMBOL = re.compile(
    r'<symbol id="f-icon-(?P<namn>[\w-]+)"[^>]*?viewBox="(?P<ruta>[^"]+)"[^>]*>(?P<figur>.*?)</symbol>'
)
_STIL = re.compile(r' style="([^"]*)"')


@register.simple_tag
def ikon(namn: str, klass: str = "") -> SafeString:
    """FKUI's icon `namn` for ornament: read aloud as nothing, so that the text beside it must say what it means."""
    ruta, figur = _ikoner()[namn]
    klasser = f"icon f-icon-{namn} {klass}".strip()
    mall = '<svg class="{}" viewBox="{}" focusable="false" aria-hidden="true">{}</svg>'
    return format_html(mall, klasser, ruta, figur)


@cache
def _ikoner() -> dict[str, tuple[str, SafeString]]:
    """Each icon's view box and shapes, from FKUI's sprite: {"search": ("0 0 512 512", "<path …/>")}."""
    sprajt = Path(settings.BASE_DIR) / "node_modules/@fkui/icon-lib-default/dist/f/spritesheet.svg"
    text = _STIL.sub(_attribut, sprajt.read_text(encoding="utf-8"))
    return {m["namn"]: (m["ruta"], mark_safe(m["figur"])) for m in _SYMBOL.finditer(text)}  # noqa: S308 – FKUI's file


def _attribut(stil: re.Match[str]) -> str:
    """`style="a:b;c:d"` as ` a="b" c="d"`: the content security policy lets no style attributes through."""
    par = (del_.split(":", 1) for del_ in stil[1].split(";") if del_)
    return "".join(f' {namn.strip()}="{varde.strip()}"' for namn, varde in par)
