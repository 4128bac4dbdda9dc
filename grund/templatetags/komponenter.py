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
_STILMALL = re.compile(r"<style>\.\w+{fill:currentColor}</style>(.*?) class=\"\w+\"")
# FKUI's drawings of these are Font Awesome Pro, which is not free for everyone to use. Ours, on the same grid.
_ARK = '<path fill="none" stroke="currentColor" stroke-width="36" stroke-linejoin="round" d="M96 32h208l112 112v336H96z'
_VARNING = "M256 24 504 480H8zm-26 156v156h52V180zm0 190v52h52v-52"
_EGNA = {
    "error": f'<path fill="currentColor" fill-rule="evenodd" d="{_VARNING}"/>',
    "file": f'{_ARK}"/>',
    "doc": f'{_ARK}M176 240h160M176 320h160M176 400h96"/>',
    "pdf": f'{_ARK}M176 400V240h80a48 48 0 0 1 0 96h-80"/>',
}


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
    text = _STILMALL.sub(r'\1 fill="currentColor"', _STIL.sub(_attribut, sprajt.read_text(encoding="utf-8")))
    alla = {m["namn"]: (m["ruta"], m["figur"]) for m in _SYMBOL.finditer(text)}
    fria = {namn: ikonen for namn, ikonen in alla.items() if "Commercial License" not in ikonen[1]}
    egna = {namn: ("0 0 512 512", figur) for namn, figur in _EGNA.items()}
    return {namn: (ruta, mark_safe(figur)) for namn, (ruta, figur) in (fria | egna).items()}  # noqa: S308 – our files


def _attribut(stil: re.Match[str]) -> str:
    """`style="a:b;c:d"` as ` a="b" c="d"`: the content security policy lets no style attributes through."""
    par = (del_.split(":", 1) for del_ in stil[1].split(";") if del_)
    return "".join(f' {namn.strip()}="{varde.strip()}"' for namn, varde in par)
