"""The geometry of a simulering's pictures: bars of cost, and the curve of sensitivity. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from grund.text import HART, skillnad, tal

_RADHOJD, _BOTTEN = 52, 22
_LANGST_PA_RADEN, _EXTRA = 26, 18  # letters that fit beside a sum on a phone, and the height of a line more
_MILJON = Decimal(1_000_000)


def mnkr(belopp: Decimal) -> str:
    """`11,7 mnkr`, or whole kronor when it is less than a million."""
    if abs(belopp) >= _MILJON:
        return f"{tal(belopp / _MILJON, 1)}{HART}mnkr"
    return f"{tal(belopp)}{HART}kr"


@dataclass(frozen=True, slots=True)
class Stapel:
    """A bar: its name above, its sum and difference at the right, and where it lies."""

    namn: str
    summa: str
    mot: str
    bredd: str
    y: int
    ar_nu: bool
    extra: int  # how far below its name the sum stands: 0 when both fit on a line

    @property
    def text_y(self) -> int:
        return self.y + 14

    @property
    def summa_y(self) -> int:
        return self.text_y + self.extra

    @property
    def rect_y(self) -> int:
        return self.y + 21 + self.extra

    @property
    def linje_fran(self) -> int:
        return self.rect_y - 3

    @property
    def linje_till(self) -> int:
        return self.rect_y + 21


@dataclass(frozen=True, slots=True)
class Staplar:
    """Bars below each other, with a line at what is."""

    staplar: Sequence[Stapel]
    nu_x: str
    ankare: str
    hojd: int
    text_y: int
    beskrivning: str


def staplar(rader: Sequence[tuple[str, Decimal]]) -> Staplar:
    """`rader`: name and kronor; the first is what is."""
    nu, storst = rader[0][1], max([belopp for _, belopp in rader] + [Decimal(1)])
    extra = _EXTRA if any(len(namn) > _LANGST_PA_RADEN for namn, _ in rader) else 0
    radhojd, alla = _RADHOJD + extra, []
    for plats, (namn, belopp) in enumerate(rader):
        mot = f"{skillnad((belopp - nu) * 100 / nu, 1)}{HART}%" if plats and nu else ""
        bredd = max(Decimal(0), belopp) * 100 / storst
        alla.append(Stapel(namn, mnkr(belopp), mot, f"{bredd:.2f}%", plats * radhojd, not plats, extra))
    text = ". ".join(f"{ett.namn} {ett.summa}{f', {ett.mot} mot i dag' if ett.mot else ''}" for ett in alla)
    x = nu * 100 / storst
    ankare = "start" if x < 12 else "end" if x > 88 else "middle"
    hojd = len(alla) * radhojd
    return Staplar(alla, f"{x:.2f}%", ankare, hojd + _BOTTEN, hojd + 12, f"{text}.")


@dataclass(frozen=True, slots=True)
class Punkt:
    """A point of the curve, in the picture's own units."""

    x: str
    y: str
    etikett: str
    summa: str


@dataclass(frozen=True, slots=True)
class Kurva:
    """Cost against a share. `linjer`: heights with what they mean. `x_tal`: every point's name under the axis."""

    punkter: Sequence[Punkt]
    linje: str
    linjer: Sequence[Punkt]
    nu_y: str
    nu_text: str
    beskrivning: str


_VIDD, _HOJD, _VANSTER, _TOPP, _HOGER, _UNDER = 720, 300, 120, 16, 30, 40


def kurva(punkter: Sequence[tuple[int, Decimal]], nu: Decimal) -> Kurva | None:
    """`punkter`: (per cent, kronor), rising; None when there are none."""
    if not punkter:
        return None
    alla = [belopp for _, belopp in punkter] + [nu]
    lagst, hogst = min(alla), max(alla)
    marginal = (hogst - lagst) / 10 or Decimal(1)
    botten, topp = max(Decimal(0), lagst - marginal), hogst + marginal
    sista = punkter[-1][0] or 1

    def x(punkt: int) -> str:
        return f"{_VANSTER + Decimal(punkt) / sista * (_VIDD - _VANSTER - _HOGER):.1f}"

    def y(belopp: Decimal) -> str:
        return f"{_TOPP + (topp - belopp) / (topp - botten) * (_HOJD - _TOPP - _UNDER):.1f}"

    egna = [Punkt(x(punkt), y(belopp), f"{punkt}{HART}%", mnkr(belopp)) for punkt, belopp in punkter]
    nivaer = [botten + (topp - botten) * del_ / 4 for del_ in range(5)]
    text = ". ".join(f"Vid {ett.etikett} {ett.summa}" for ett in egna)
    return Kurva(
        egna,
        " ".join(f"{ett.x},{ett.y}" for ett in egna),
        [Punkt("0", y(niva), "", mnkr(niva)) for niva in nivaer],
        y(nu),
        f"som det är {mnkr(nu)}",
        f"{text}. Som det är {mnkr(nu)}.",
    )
