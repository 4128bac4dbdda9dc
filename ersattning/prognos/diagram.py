"""The geometry of a prognos' picture: a bar a month, what is settled filled and what is to come hatched. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ersattning.prognos.resultat import Manadspunkt
from ersattning.regler import Prognoskalla
from ersattning.simulering.diagram import mnkr
from grund.text import manad_i_ord

_VIDD, _HOJD, _VANSTER, _TOPP, _HOGER, _UNDER = Decimal(720), Decimal(300), Decimal(124), Decimal(14), Decimal(8), 34
_LUFT = Decimal("0.22")  # of a month's width
_LINJER = 4
_Hojd = Callable[[Decimal], Decimal]
KLASS = {Prognoskalla.UTFALL: "utfall", Prognoskalla.KORNING: "korning", Prognoskalla.RAKNAD: "raknad"}


@dataclass(frozen=True, slots=True)
class Stapel:
    """A month's bar, in the picture's own units. `beslutat_y`: as decided, where it is lower."""

    x: str
    y: str
    bredd: str
    hojd: str
    klass: str
    mitt: str
    slut: str
    namn: str
    ar: str
    beslutat_y: str = ""


@dataclass(frozen=True, slots=True)
class Linje:
    """A height with what it means."""

    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Bild:
    """The picture. `budget`: the points of its line, empty when there is none."""

    staplar: Sequence[Stapel]
    linjer: Sequence[Linje]
    budget: Sequence[str]
    bas: str
    beskrivning: str


def bild(manader: Sequence[Manadspunkt]) -> Bild | None:
    """Months, rising; None when there are none."""
    if not manader:
        return None
    hogst = max([ett.prognos for ett in manader] + [ett.budget or Decimal(0) for ett in manader] + [Decimal(1)])
    topp, steg = hogst * Decimal("1.05"), (_VIDD - _VANSTER - _HOGER) / len(manader)

    def y(belopp: Decimal) -> Decimal:
        return _TOPP + (topp - max(belopp, Decimal(0))) / topp * (_HOJD - _TOPP - _UNDER)

    return Bild(
        staplar=[_stapel(ett, _VANSTER + steg * plats, steg, y) for plats, ett in enumerate(manader)],
        linjer=[Linje(_tal(y(topp * del_ / _LINJER)), mnkr(topp * del_ / _LINJER)) for del_ in range(_LINJER)],
        budget=list(_budget(manader, steg, y)),
        bas=_tal(_HOJD - _UNDER),
        beskrivning=" ".join(_beskrivning(manader)),
    )


def _stapel(punkt: Manadspunkt, x: Decimal, steg: Decimal, y: _Hojd) -> Stapel:
    manad, topp = punkt.manad, y(punkt.prognos)
    visa_beslutat = punkt.ar_prognos and punkt.beslutat < punkt.prognos
    return Stapel(
        x=_tal(x + steg * _LUFT / 2),
        y=_tal(topp),
        bredd=_tal(steg * (1 - _LUFT)),
        hojd=_tal(_HOJD - _UNDER - topp),
        klass=KLASS.get(Prognoskalla(punkt.kalla), "prognos"),
        mitt=_tal(x + steg / 2),
        slut=_tal(x + steg),
        namn=manad_i_ord(manad.fran)[:3],
        ar=str(manad.ar) if manad.fran.month == 1 else "",
        beslutat_y=_tal(y(punkt.beslutat)) if visa_beslutat else "",
    )


def _budget(manader: Sequence[Manadspunkt], steg: Decimal, y: _Hojd) -> Iterator[str]:
    """The budget as steps: one line for each stretch of months that have one."""
    punkter: list[str] = []
    for plats, ett in enumerate(manader):
        if ett.budget is None:
            if punkter:
                yield " ".join(punkter)
            punkter = []
            continue
        hojd = _tal(y(ett.budget))
        punkter += [f"{_tal(_VANSTER + steg * plats)},{hojd}", f"{_tal(_VANSTER + steg * (plats + 1))},{hojd}"]
    if punkter:
        yield " ".join(punkter)


def _beskrivning(manader: Sequence[Manadspunkt]) -> Iterator[str]:
    for ett in manader:
        mot = "" if ett.budget is None else f", budget {mnkr(ett.budget)}"
        vad = "prognos" if ett.ar_prognos else "utfall"
        yield f"{manad_i_ord(ett.manad)}: {vad} {mnkr(ett.prognos)}{mot}."


def _tal(varde: Decimal) -> str:
    return f"{varde:.1f}"
