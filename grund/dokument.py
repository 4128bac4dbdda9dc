"""Documents: HTML becomes a tagged PDF/UA-1, with nothing fetched from the network and the same bytes each time."""

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

import pikepdf
from django.conf import settings
from pikepdf import Dictionary, Name

from grund.skrift import for_dokument

INGA_BILDER: Mapping[str, bytes] = MappingProxyType({})
VIKTER = {400: "Inter-Regular.woff2", 600: "Inter-SemiBold.woff2"}


class TypsnittSaknasFel(RuntimeError):  # noqa: N818
    """The documents' fonts are not installed. A document without them would have empty squares for letters."""


def typsnitt_mapp() -> Path:
    """Where npm puts Inter."""
    return Path(settings.BASE_DIR) / "node_modules" / "@fkui" / "font-default" / "fonts"


def kontrollera_typsnitt() -> None:
    """Raise TypsnittSaknasFel if a document cannot be set."""
    if saknas := [namn for namn in VIKTER.values() if not (typsnitt_mapp() / namn).is_file()]:
        msg = f"Typsnittet Inter saknas ({', '.join(saknas)} i {typsnitt_mapp()}). Hämta det med: npm ci"
        raise TypsnittSaknasFel(msg)


def typsnittets_tecken() -> frozenset[int]:
    """The code points that a document can show, in every weight. Raises TypsnittSaknasFel."""
    kontrollera_typsnitt()
    return frozenset.intersection(*(_tecken_i(typsnitt_mapp() / namn) for namn in VIKTER.values()))


@cache
def _tecken_i(fil: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 – as WeasyPrint below, only for those who make documents

    with TTFont(fil, lazy=True) as typsnitt:
        return frozenset(typsnitt.getBestCmap())


def pdf(html: str, *, stilmallar: Sequence[Path], bilder: Mapping[str, bytes] = INGA_BILDER) -> bytes:
    """`html` (with lang and title) as PDF/UA-1. `bilder`: its images by address, SVG or PNG. Raises TypsnittSaknasFel.

    Text may come from anywhere: what cannot be set is taken care of here (grund.skrift), so that no name stops a file.
    """
    from weasyprint import CSS, HTML  # noqa: PLC0415 – importing it reads the system's fonts
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    html = for_dokument(html, typsnittets_tecken())
    css = _typsnitt_css() + "".join(stilmall.read_text("utf-8") for stilmall in stilmallar)
    typsnitt, hamtare = FontConfiguration(), _bara_eget(bilder)
    bytes_ = HTML(string=html, url_fetcher=hamtare).write_pdf(
        stylesheets=[CSS(string=css, font_config=typsnitt, url_fetcher=hamtare)],
        font_config=typsnitt,
        pdf_variant="pdf/ua-1",
        pdf_identifier=sha256(b"".join([html.encode(), *bilder.values()])).digest()[:16],
    )
    return _med_tabellrubriker(bytes_)


def _typsnitt_css() -> str:
    return "".join(
        f'@font-face {{ font-family: Inter; font-weight: {vikt}; src: url("{(typsnitt_mapp() / namn).as_uri()}"); }}\n'
        for vikt, namn in VIKTER.items()
    )


def _bara_eget(bilder: Mapping[str, bytes]) -> Any:
    """A fetcher of the fonts and `bilder` that refuses all else: text in a document must never fetch anything."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: PLC0415

    tillatna = {(typsnitt_mapp() / namn).resolve() for namn in VIKTER.values()}

    class Hamtare(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  as it is called
            if url in bilder:
                typ = "image/png" if url.endswith(".png") else "image/svg+xml"
                return URLFetcherResponse(url, bilder[url], {"Content-Type": typ})
            fil = Path(unquote(urlsplit(url).path)).resolve()
            if urlsplit(url).scheme != "file" or fil not in tillatna:
                msg = f"Ett dokument får inte hämta {url}"
                raise FatalURLFetchingError(msg)
            return URLFetcherResponse(url, _uppackat(fil), {"Content-Type": "font/ttf"})

    return Hamtare()


@cache
def _uppackat(fil: Path) -> bytes:
    """The font as WeasyPrint uses it. Left to itself it unpacks both anew for each document, which takes longer than to
    set a page."""
    from fontTools.ttLib import woff2  # noqa: PLC0415

    ut = BytesIO()
    woff2.decompress(BytesIO(fil.read_bytes()), ut)
    return ut.getvalue()


def _med_tabellrubriker(bytes_: bytes) -> bytes:
    """Add Scope to the table headers (WeasyPrint 70 leaves it out) and pack the file without a random id."""
    ut = BytesIO()
    with pikepdf.open(BytesIO(bytes_)) as dokument:
        for element in dokument.objects:
            if isinstance(element, Dictionary) and element.get("/S") == Name.TH:
                element.A.Scope = Name.Column if Name.THead == element.P.P.S else Name.Row
        dokument.save(ut, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return ut.getvalue()
