"""The same explanation for the utförare: what it may not see is taken out before anything is set.

An utförare sees its own days, visits, avtal and prices, that a beslut covers the days, and that a level is approved.
It does not see the beslut itself, who assessed or approved, which other prices there are, what other utförare were
paid, or what the municipality has done with the month since.
"""

from dataclasses import replace

from ersattning.forklaring.typer import Forklaring, Grund, Rattelsepar, Syskonrad

_BARA_ATT_DEN_FINNS = {"Beslut", "Anställning"}


def utforarens(f: Forklaring) -> Forklaring:
    """`f` without what is not the utförare's to see."""
    return replace(
        f,
        kedja=tuple(_grund(ett) for ett in f.kedja),
        priser=(),
        syskon=_egna(f.syskon, f.rad.utforare_id),
        rattelse=_rattelse(f),
        historia=(),
        observationer=(),
    )


def _grund(ett: Grund) -> Grund:
    if ett.utat is None:
        return ett
    if ett.vad in _BARA_ATT_DEN_FINNS:
        return replace(ett, text="Finns", forklaring=ett.utat)
    return replace(ett, forklaring=ett.utat)


def _egna(rader: tuple[Syskonrad, ...], utforare_id: int) -> tuple[Syskonrad, ...]:
    return tuple(ett for ett in rader if ett.utforare_id == utforare_id)


def _rattelse(f: Forklaring) -> Rattelsepar | None:
    if f.rattelse is None:
        return None
    egna = f.rad.utforare_id
    return Rattelsepar(_egna(f.rattelse.krediterade, egna), _egna(f.rattelse.tillkomna, egna))
