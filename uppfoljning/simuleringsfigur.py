"""The curve of sensitivity for a document: the page's geometry, drawn as an SVG of its own."""

from xml.sax.saxutils import escape

from ersattning.simulering.diagram import Kurva
from uppfoljning.tjansteutlatande.figur import BREDD

_VIDD, _HOJD = 720, 300  # the geometry's own units
_STOR, _LITEN = 15, 14  # letters, so that they are as the document's
_FARG, _SVAG, _LINJE, _RUTA = "#0f5b6f", "#5d6470", "#1b1e23", "#dfe3e8"


def kurva_svg(kurva: Kurva) -> str:
    """The picture."""
    delar = [_ruta(niva.y, niva.summa) for niva in kurva.linjer]
    delar.append(
        f'<line x1="120" x2="690" y1="{kurva.nu_y}" y2="{kurva.nu_y}" stroke="{_LINJE}" stroke-dasharray="5 4"/>'
        f'<text x="690" y="{kurva.nu_y}" dy="-6" text-anchor="end" font-size="{_LITEN}">{escape(kurva.nu_text)}</text>'
        f'<polyline points="{kurva.linje}" fill="none" stroke="{_FARG}" stroke-width="3"/>'
    )
    delar += [
        f'<circle cx="{punkt.x}" cy="{punkt.y}" r="5" fill="{_FARG}"/>'
        f'<text x="{punkt.x}" y="288" text-anchor="middle">{escape(punkt.etikett)}</text>'
        for punkt in kurva.punkter
    ]
    hojd = BREDD * _HOJD / _VIDD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{BREDD}pt" height="{hojd:.1f}pt"'
        f' viewBox="0 0 {_VIDD} {_HOJD}" font-family="Inter, Arial, sans-serif" font-size="{_STOR}"'
        f' fill="{_LINJE}">{"".join(delar)}</svg>'
    )


def _ruta(y: str, text: str) -> str:
    return (
        f'<line x1="120" x2="690" y1="{y}" y2="{y}" stroke="{_RUTA}"/>'
        f'<text x="112" y="{y}" dy="5" text-anchor="end" fill="{_SVAG}">{escape(text)}</text>'
    )
