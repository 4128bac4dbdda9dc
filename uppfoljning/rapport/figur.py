"""A report's pictures as SVG, with shades that can be told apart in grey. One unit is one point. Pure.

The page shows the same file as the document, so colours and sizes stand as attributes and need no style of a page.
"""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil
from xml.sax.saxutils import escape

from grund.text import tal
from uppfoljning.rapport.innehall import Bild, Serie

BREDD = 402
_FARGER = ("#0f5b6f", "#8db8c2", "#b8862b", "#d9d2c0")
_TEXT, _SVAG, _LINJE = "#1b1e23", "#565b60", "#d5dadd"
_HOJD, _TOPP, _BOTTEN, _VANSTER = 150, 22, 18, 34
_STEG = (1, 2, 5)
_TECKEN = 4.4
_LINJER = 4
_NOLL = Decimal(0)


def svg(bild: Bild) -> str:
    """The picture."""
    return _liggande(bild) if bild.liggande else _staende(bild)


def _ram(hojd: float, delar: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{BREDD}pt" height="{hojd:.0f}pt"'
        f' viewBox="0 0 {BREDD} {hojd:.0f}" font-family="Inter, Arial, sans-serif" font-size="8.2" fill="{_TEXT}">'
        f"{''.join(delar)}</svg>"
    )


def _forklaring(serier: Sequence[Serie], x: float = 0) -> str:
    """What each shade means; one thing alone needs none."""
    svar = ""
    for serie, farg in zip(serier, _FARGER, strict=False):
        svar += f'<rect x="{x:.1f}" y="1" width="8" height="8" fill="{farg}"/>'
        svar += f'<text x="{x + 12:.1f}" y="8.2">{escape(serie.namn)}</text>'
        x += 24 + len(serie.namn) * _TECKEN
    return svar if len(serier) > 1 else ""


def _storst(bild: Bild) -> Decimal:
    varden = (Decimal(varde) for serie in bild.serier for varde in serie.varden if varde is not None)
    return max(varden, default=_NOLL)


def jamn_skala(storst: Decimal) -> Decimal:
    """The step between lines, a number that people count with, so that at most four reach `storst`."""
    steg = Decimal(1)
    while True:
        for ett in _STEG:
            if ett * steg * _LINJER >= storst:
                return steg * ett
        steg *= 10


def _staende(bild: Bild) -> str:
    steg = jamn_skala(_storst(bild))
    topp = steg * max(1, ceil(_storst(bild) / steg))
    yta = _HOJD - _TOPP - _BOTTEN
    bredd = (BREDD - _VANSTER) / max(1, len(bild.platser))
    delar = [_forklaring(bild.serier, _VANSTER)]
    for nummer in range(int(topp / steg) + 1):
        y = _HOJD - _BOTTEN - float(nummer * steg / topp) * yta
        delar.append(f'<line x1="{_VANSTER}" x2="{BREDD}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_LINJE}"/>')
        delar.append(
            f'<text x="{_VANSTER - 5}" y="{y + 2.8:.1f}" text-anchor="end" fill="{_SVAG}">{tal(nummer * steg)}</text>'
        )
    for plats, namn in enumerate(bild.platser):
        mitt = _VANSTER + (plats + 0.5) * bredd
        delar.append(_kolumner(bild, plats, mitt, bredd, float(yta) / float(topp)))
        delar.append(f'<text x="{mitt:.1f}" y="{_HOJD - 5}" text-anchor="middle" fill="{_SVAG}">{escape(namn)}</text>')
    return _ram(_HOJD, delar)


def _kolumner(bild: Bild, plats: int, mitt: float, bredd: float, skala: float) -> str:
    """The columns of one place, beside each other; the number above when there is room."""
    antal = len(bild.serier)
    en = min(22.0, bredd * 0.72 / antal)
    svar = ""
    for nummer, (serie, farg) in enumerate(zip(bild.serier, _FARGER, strict=False)):
        varde = serie.varden[plats]
        if varde is None:
            continue
        hojd = max(0.0, float(varde)) * skala
        x, y = mitt + (nummer - antal / 2) * en, _HOJD - _BOTTEN - hojd
        svar += f'<rect x="{x:.1f}" y="{y:.1f}" width="{en - 1:.1f}" height="{hojd:.1f}" fill="{farg}"/>'
        if len(tal(varde)) * _TECKEN <= en + 8:
            under = f'x="{x + en / 2 - 0.5:.1f}" y="{y - 3:.1f}" text-anchor="middle" font-size="7"'
            svar += f"<text {under}>{tal(varde)}</text>"
    return svar


def _liggande(bild: Bild) -> str:
    etikett = min(190.0, 10 + max((len(namn) for namn in bild.platser), default=0) * _TECKEN)
    langst = max((len(tal(ett)) for serie in bild.serier for ett in serie.varden if ett is not None), default=0)
    skala = (BREDD - etikett - 8 - langst * _TECKEN) / (float(_storst(bild)) or 1.0)
    rad = 8.0 * len(bild.serier) + 8
    borjan = 16 if len(bild.serier) > 1 else 2
    delar = [_forklaring(bild.serier, etikett)]
    for plats, namn in enumerate(bild.platser):
        y = borjan + plats * rad
        delar.append(f'<text x="0" y="{y + rad / 2:.1f}">{escape(namn)}</text>')
        for nummer, (serie, farg) in enumerate(zip(bild.serier, _FARGER, strict=False)):
            varde, topp = serie.varden[plats], y + nummer * 8
            if varde is None:
                continue
            langd = max(0.0, float(varde)) * skala
            delar.append(f'<rect x="{etikett:.1f}" y="{topp:.1f}" width="{langd:.1f}" height="7.5" fill="{farg}"/>')
            delar.append(f'<text x="{etikett + langd + 4:.1f}" y="{topp + 6.6:.1f}" font-size="7">{tal(varde)}</text>')
    return _ram(borjan + rad * len(bild.platser), delar)
