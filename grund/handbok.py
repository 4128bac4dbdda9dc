"""The user guide (docs/handbok/*.md) as HTML: Markdown without raw HTML, in the look of the pages, with pictures."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

DOCS = Path(settings.BASE_DIR) / "docs"
MAPP = DOCS / "handbok"
BILDER = Path(settings.DATA_DIR) / "handbok"
INDEX, ORDLISTA = "index", "ordlista"
LISTAN = "Avsnitten"  # the index's own list of what there is, which the page makes by role instead
_LANK = re.compile(r"^(?:\.\./)?(?P<namn>[a-z0-9-]+)\.md$")


class Rubrik(NamedTuple):
    """A heading of the second level, for the table of contents."""

    ankare: str
    text: str


@dataclass(frozen=True, slots=True)
class Bild:
    """A picture of a page of the demo, and where in the guide it stands (docs/handbok/bilder.toml)."""

    namn: str
    avsnitt: str
    under: str
    text: str
    adress: str
    som: str

    @property
    def fil(self) -> Path:
        """Where it lies when it has been made."""
        return BILDER / f"{self.namn}.png"


@dataclass(frozen=True, slots=True)
class Avsnitt:
    """A part of the guide: its title, its first paragraph, and the rest as HTML."""

    namn: str
    titel: str
    ingress: str
    html: SafeString
    rubriker: Sequence[Rubrik] = field(default_factory=tuple)


def avsnittsnamn() -> list[str]:
    """The parts that there are, the index not among them; the word list is one."""
    return [*sorted(fil.stem for fil in MAPP.glob("*.md") if fil.stem != INDEX), ORDLISTA]


def hamta(namn: str) -> Avsnitt | None:
    """The part, when there is one."""
    if namn not in {INDEX, *avsnittsnamn()}:
        return None
    fil = (DOCS if namn == ORDLISTA else MAPP) / f"{namn}.md"
    med_bild = tuple(bild for bild in bilder() if bild.avsnitt == namn and bild.fil.exists())
    return _last(namn, fil, fil.stat().st_mtime_ns, med_bild)


@cache
def bilder() -> tuple[Bild, ...]:
    """Every picture that the guide has a place for, made or not."""
    return tuple(Bild(**ett) for ett in tomllib.loads((MAPP / "bilder.toml").read_text(encoding="utf-8"))["bild"])


@cache
def _last(namn: str, fil: Path, _andrad: int, med_bild: tuple[Bild, ...]) -> Avsnitt:
    tecken = _markdown().parse(fil.read_text(encoding="utf-8"))
    titel, ingress, resten = _dela(tecken)
    rubriker = tuple(Rubrik(slugify(text), text) for text in _rubriker(resten))
    html = _markdown().renderer.render(list(_med_bilder(resten, med_bild)), _markdown().options, {})
    return Avsnitt(namn, titel, ingress, mark_safe(html), rubriker)  # noqa: S308 – raw HTML in the text is escaped


def _dela(tecken: list[Token]) -> tuple[str, str, list[Token]]:
    """The heading, the first paragraph as plain text, and what follows it; the index's list is left out."""
    titel = tecken[1].content
    ingress = " ".join(_ren(tecken[4]).split()) if tecken[3].type == "paragraph_open" else ""
    resten = tecken[6:] if ingress else tecken[3:]
    for plats, ett in enumerate(resten):
        if ett.type == "heading_open" and resten[plats + 1].content == LISTAN:
            return titel, ingress, resten[:plats]
    return titel, ingress, resten


def _ren(inline: Token) -> str:
    """As plain text: breaks of lines as spaces."""
    return "".join(" " if barn.type.endswith("break") else barn.content for barn in inline.children or [])


def _rubriker(tecken: Sequence[Token]) -> Iterator[str]:
    for plats, ett in enumerate(tecken):
        if ett.type == "heading_open" and ett.tag == "h2":
            yield _ren(tecken[plats + 1])


def _med_bilder(tecken: Sequence[Token], med_bild: Sequence[Bild]) -> Iterator[Token]:
    """The tokens: headings with ids, tables with names of their own, and pictures after what they stand under."""
    under: list[Bild] = []
    text, tabeller = "", 0
    for plats, ett in enumerate(tecken):
        if ett.type == "heading_open":
            text = _ren(tecken[plats + 1])
            ett.attrSet("id", slugify(text))
            under = [bild for bild in med_bild if bild.under == text]
        elif ett.type == "table_open":
            tabeller += 1
            ett.meta["namn"] = f"Tabell {tabeller}: {text}" if text else f"Tabell {tabeller}"
        elif ett.type == "th_open":
            ett.attrSet("scope", "col")
        yield ett
        if ett.type == "heading_close":
            for bild in under:
                yield Token("bild", "", 0, meta={"bild": bild})


@cache
def _markdown() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False}).enable("table")
    md.add_render_rule("table_open", _tabell)
    md.add_render_rule("table_close", lambda *_: "</table></div>\n")
    md.add_render_rule("link_open", _lank)
    md.add_render_rule("link_close", lambda *_: "</a>")
    md.add_render_rule("fence", _kod)
    md.add_render_rule("bild", lambda _self, tecken, nr, *_: _bild(tecken[nr].meta["bild"]))
    return md


def _tabell(_self: Any, tecken: Sequence[Token], nummer: int, *_: Any) -> str:
    """A table in a box that can be rolled with the keyboard."""
    etikett = escape(tecken[nummer].meta["namn"])
    return f'<div class="rulla" role="region" tabindex="0" aria-label="{etikett}"><table class="table tabell">'


def _lank(_self: Any, tecken: Sequence[Token], nummer: int, *_: Any) -> str:
    """To another part of the guide, or elsewhere; what only lies among the source is not a link on a page."""
    mal = str(tecken[nummer].attrGet("href") or "")
    if traff := _LANK.match(mal):
        if traff["namn"] in avsnittsnamn():
            return f'<a class="anchor" href="/hjalp/{traff["namn"]}/">'
        return "<a>"
    return f'<a class="anchor" href="{escape(mal)}">' if mal.startswith(("/", "#", "https://")) else "<a>"


def _kod(_self: Any, tecken: Sequence[Token], nummer: int, *_: Any) -> str:
    return f'<pre class="kod" tabindex="0"><code>{escape(tecken[nummer].content)}</code></pre>\n'


def _bild(bild: Bild) -> str:
    return render_to_string("hjalp/_bild.html", {"bild": bild})
