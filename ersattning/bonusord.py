"""Claims for arbetsbonus and what happens after, in words, and the picture of what the bonus gives. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ersattning.aterkrav import ALLT, STARTDELEN, Fall
from ersattning.bonusunderlag import som_regel
from ersattning.kalkyl.bonus import kvalificeringsdag
from ersattning.kalkyl.bonuseffekt import Manadseffekt
from ersattning.kalkyl.bonusuppfoljning import Skal, Slag
from ersattning.models import Bonusansokan
from ersattning.regler import Ansokanstatus
from ersattning.simulering.diagram import mnkr
from grund.pengar import kronor
from grund.text import datum_i_ord, manad_i_ord

MARKE = {
    Ansokanstatus.INSKICKAD: "info",
    Ansokanstatus.KOMPLETTERAS: "warning",
    Ansokanstatus.BEVILJAD: "success",
    Ansokanstatus.AVSLAGEN: "warning",
}


def marke(ansokan: Bonusansokan) -> str:
    """The badge of a claim's state."""
    return MARKE[Ansokanstatus(ansokan.status)]


def skal_i_ord(fall: Fall, skal: Skal) -> str:
    """What has happened."""
    dag = datum_i_ord(skal.dag)
    if skal.slag is Slag.BORTA:
        return f"Ingen anställning som uppfyller regelns krav är längre registrerad {dag}."
    if skal.slag is Slag.SLUTADE:
        rest = datum_i_ord(kvalificeringsdag(som_regel(fall.regel), fall.start))
        return f"Arbetet slutade {dag}, före {rest} då resten av bonusen förfaller."
    if skal.slag is Slag.VERKSAMHET:
        return f"Daglig verksamhet började igen {dag} ({skal.var})."
    return f"Närvaro i daglig verksamhet är registrerad {dag} ({skal.var}), efter att arbetet började."


def aterkravsval(fall: Fall) -> list[tuple[str, str]]:
    """What may be decided of the case."""
    val = [(ALLT, f"Återkräv {kronor(fall.betalt)}, allt som är betalt")]
    start = fall.delar(STARTDELEN)
    if start and len(start) < len(fall.rader):
        val.append((STARTDELEN, f"Återkräv {kronor(start[0].belopp)}, delen vid start"))
    return [*val, ("lat_sta", "Låt bonusen stå")]


_VIDD, _HOJD, _VANSTER, _TOPP, _HOGER, _UNDER = 720, 300, 130, 16, 20, 40
_NAMN = 6  # months that are named under the axis


@dataclass(frozen=True, slots=True)
class Matt:
    """A height or a month of the picture."""

    plats: str
    text: str


@dataclass(frozen=True, slots=True)
class Effektbild:
    """Two curves, month by month: bonus paid and daglig verksamhet not paid for, both so far."""

    bonus: str
    utebliven: str
    nivaer: Sequence[Matt]
    manader: Sequence[Matt]
    beskrivning: str


def effektbild(manader: Sequence[Manadseffekt]) -> Effektbild | None:
    """None when there are too few months for a curve."""
    if len(manader) < 2:
        return None
    hogst = max(max(ett.bonus_hittills, ett.utebliven_hittills) for ett in manader) or Decimal(1)
    vidd, hojd = _VIDD - _VANSTER - _HOGER, _HOJD - _TOPP - _UNDER

    def x(plats: int) -> str:
        return f"{_VANSTER + Decimal(plats) / (len(manader) - 1) * vidd:.1f}"

    def y(belopp: Decimal) -> str:
        return f"{_TOPP + (hogst - belopp) / hogst * hojd:.1f}"

    steg = -(-len(manader) // _NAMN)
    sist = manader[-1]
    return Effektbild(
        " ".join(f"{x(plats)},{y(ett.bonus_hittills)}" for plats, ett in enumerate(manader)),
        " ".join(f"{x(plats)},{y(ett.utebliven_hittills)}" for plats, ett in enumerate(manader)),
        [Matt(y(hogst * del_ / 4), mnkr(hogst * del_ / 4)) for del_ in range(5)],
        [Matt(x(plats), str(ett.manad)) for plats, ett in enumerate(manader) if plats % steg == 0],
        f"Till och med {manad_i_ord(sist.manad)} är {kronor(sist.bonus_hittills)} betalt i bonus, och "
        f"{kronor(sist.utebliven_hittills)} daglig verksamhet har inte betalats.",
    )


def dagar_hittills(fran: date, till: date | None, idag: date) -> int:
    """How many days the person has been without daglig verksamhet."""
    return max(0, (min(till or idag, idag) - fran).days)
