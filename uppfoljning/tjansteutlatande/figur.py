"""The chart: bars for each insats, as an SVG file of its own. One unit is one point, so its text is the document's."""

from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from grund.text import HART, tal

BREDD = 402
_RAD, _STAPEL, _TECKEN, _TALRUM = 24, 8, 4.4, 30
_NU, _DA = "#0f5b6f", "#8db8c2"
_MILJON = Decimal(1_000_000)


def staplar(rader: Sequence[tuple[str, Sequence[Decimal]]], forklaring: Sequence[str]) -> str:
    """Bars of `rader` (a name and one or two amounts), in millions; `forklaring` names the bars."""
    etikett = min(190, 10 + max(len(namn) for namn, _ in rader) * _TECKEN)
    storst = max(max(belopp) for _, belopp in rader) or Decimal(1)
    skala = Decimal(str(BREDD - etikett - _TALRUM)) / storst
    delar = [_forklaring(forklaring, etikett)]
    for nummer, (namn, belopp) in enumerate(rader):
        delar.append(_rad(18 + nummer * _RAD, namn, belopp, etikett, skala))
    hojd = 18 + len(rader) * _RAD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{BREDD}pt" height="{hojd}pt" viewBox="0 0 {BREDD} {hojd}"'
        f' font-family="Inter, Arial, sans-serif" font-size="8.2" fill="#1b1e23">{"".join(delar)}</svg>'
    )


def miljoner(belopp: Decimal) -> str:
    """An amount in the chart: `27,3`; what would be 0,0 with two decimals."""
    return tal(belopp / _MILJON, 1 if abs(belopp) >= 50_000 or not belopp else 2)


def i_ord(rader: Sequence[tuple[str, Sequence[Decimal]]], forklaring: Sequence[str]) -> str:
    """The chart for those who do not see it."""
    delar = []
    for namn, belopp in rader:
        tal_ = [f"{miljoner(varde)} i {manad}" for varde, manad in zip(belopp, forklaring, strict=True)]
        delar.append(f"{namn} {', '.join(tal_)}.")
    return f"Liggande stapeldiagram, miljoner kronor. {' '.join(delar)}".replace(HART, " ")


def _forklaring(namn: Sequence[str], x: float) -> str:
    svar = ""
    for text, farg in zip(namn, (_NU, _DA), strict=False):
        svar += f'<rect x="{x:.1f}" y="1" width="8" height="8" fill="{farg}"/>'
        svar += f'<text x="{x + 12:.1f}" y="8.2">{escape(text)}</text>'
        x += 24 + len(text) * _TECKEN
    return svar


def _rad(y: int, namn: str, belopp: Sequence[Decimal], x: float, skala: Decimal) -> str:
    mitt = y + (_STAPEL * len(belopp)) / 2 + 3
    svar = f'<text x="0" y="{mitt:.1f}">{escape(namn)}</text>'
    for nummer, (varde, farg) in enumerate(zip(belopp, (_NU, _DA), strict=False)):
        bredd, topp = max(Decimal(0), varde) * skala, y + nummer * _STAPEL
        svar += f'<rect x="{x:.1f}" y="{topp}" width="{bredd:.1f}" height="{_STAPEL}" fill="{farg}"/>'
        svar += f'<text x="{Decimal(str(x)) + bredd + 4:.1f}" y="{topp + 7}" font-size="7">{miljoner(varde)}</text>'
    return svar
