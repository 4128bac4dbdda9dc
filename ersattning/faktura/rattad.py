"""Lines that differed, and that a later körning has proved right: the underlag was wrong, and has been corrected."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from ersattning.faktura.kredit import Tidigare
from ersattning.faktura.underlag import Kravrad, Radstatus, Underlag, Underlagsrad, Utfall, summa
from grund.pengar import kronor
from grund.text import manad_i_ord, och


def rattade(avvikande: Iterable[Tidigare], underlag: Underlag) -> list[Utfall]:
    """Those whose difference is just what later months have corrected: they take the corrections too.

    So the difference is closed, and nobody can invoice the corrections once more.
    """
    svar = []
    for ett in sorted(avvikande, key=lambda ett: ett.krav.id):
        rader = _senare(ett.krav, underlag)
        if rader and ett.utfall.differens and summa(rader) == ett.utfall.differens:
            svar.append(_rattad(ett, rader, underlag))
    return svar


def _senare(krav: Kravrad, underlag: Underlag) -> list[Underlagsrad]:
    """What later months have corrected of what the line is about, and nobody has taken."""
    if krav.manad is None or not krav.kand:
        return []
    return [rad for rad in underlag.fria(underlag.om(krav.referens, krav.manad)[0]) if rad.manad > krav.manad]


def _rattad(ett: Tidigare, rader: list[Underlagsrad], underlag: Underlag) -> Utfall:
    nar = och([manad_i_ord(manad) for manad in sorted({rad.manad for rad in rader})])
    return replace(
        ett.utfall,
        status=Radstatus.STAMMER,
        skal=(f"Skillnaden på {kronor(abs(ett.utfall.differens))} är rättad i underlaget i {nar}.",),
        tacker=(*ett.utfall.tacker, *underlag.ta(ett.krav, rader)),
        differens=Decimal(0),
        forslag=(),
    )
