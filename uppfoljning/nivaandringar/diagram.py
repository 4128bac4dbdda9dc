"""The curve of what level changes have come to, month by month: the geometry alone. Pure."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from ersattning.simulering.diagram import Kurva, Punkt, mnkr
from grund.text import manad_i_ord
from uppfoljning.nivaandringar.rapport import Manadsrad

_VANSTER, _BREDD, _TOPP, _HOJD = 120, 570, 16, 244  # as templates/ersattning/simulering/_kurva.html draws it
_LINJER = 4
_FLEST_NAMN = 13  # months whose names fit under the axis


def _jamnt(belopp: Decimal) -> Decimal:
    """The nearest even amount above: 1, 2 or 5 and noughts."""
    tiopotens = Decimal(1).scaleb(belopp.adjusted())
    return next(steg * tiopotens for steg in (1, 2, 5, 10) if steg * tiopotens >= belopp)


def kurva(manader: Sequence[Manadsrad]) -> Kurva | None:
    """The yearly cost that has been added after each month. None when there is nothing to draw: also when each month's
    changes take each other out.
    """
    if len(manader) < 2 or not any(ett.hittills for ett in manader):
        return None
    alla = [ett.hittills for ett in manader]
    lagst, hogst = min([*alla, Decimal(0)]), max([*alla, Decimal(0)])
    steg_y = _jamnt((hogst - lagst) / _LINJER)
    botten, topp = (lagst / steg_y).to_integral_value(ROUND_FLOOR), (hogst / steg_y).to_integral_value(ROUND_CEILING)
    nivaer = [steg_y * nummer for nummer in range(int(botten), int(topp) + 1)]
    botten, topp = nivaer[0], nivaer[-1]

    def y(belopp: Decimal) -> str:
        return f"{_TOPP + (topp - belopp) / (topp - botten) * _HOJD:.1f}"

    steg, glest = Decimal(_BREDD) / (len(manader) - 1), -(-len(manader) // _FLEST_NAMN)
    punkter = [
        Punkt(
            f"{_VANSTER + plats * steg:.1f}",
            y(ett.hittills),
            manad_i_ord(ett.manad)[:3] if plats % glest == 0 else "",
            mnkr(ett.hittills),
        )
        for plats, ett in enumerate(manader)
    ]
    text = ". ".join(f"Efter {manad_i_ord(ett.manad)} {mnkr(ett.hittills)}" for ett in manader)
    return Kurva(
        punkter,
        " ".join(f"{ett.x},{ett.y}" for ett in punkter),
        [Punkt("0", y(niva), "", mnkr(niva)) for niva in nivaer],
        y(Decimal(0)),
        "",
        f"Mer per år, hopräknat. {text}.",
    )
