"""The report: who has beslut, how much they are there, and places that stand empty. Pure but for the addresses of rows.

LSS and SoL stand in parts and tables of their own: no row, figure or sum has both.
"""

from collections.abc import Iterator, Sequence

from grund.text import datum_i_ord
from uppfoljning.rapport.innehall import Del, Lasare, Rapport
from uppfoljning.rapporter.narvaro.gemensamt import LAGARNA, insatsnamn
from uppfoljning.rapporter.narvaro.lagdel import lagens_del
from uppfoljning.rapporter.narvaro.personer import personlista, utan
from uppfoljning.rapporter.narvaro.platser import PRISET, kapacitet
from uppfoljning.rapporter.narvaro.queries import Underlag
from uppfoljning.rapporter.perioden import INTE_OFFENTLIG


def rapport(underlag: Underlag, lasare: Lasare) -> Rapport:
    """The report."""
    offentlig, period = lasare.offentlig, underlag.period
    delar: list[Del] = []
    if offentlig and not period.ar_en_manad:
        delar.append(Del("laget", "Läget", (INTE_OFFENTLIG,)))
    else:
        delar += [lagens_del(underlag, lag, offentlig=offentlig) for lag in LAGARNA]
        delar += [kapacitet(underlag, lag, offentlig=offentlig) for lag in LAGARNA]
    if not offentlig:
        delar += [ett for lag in LAGARNA for ett in (personlista(underlag, lag, lasare), utan(underlag, lag, lasare))]
    return Rapport(
        rubrik=f"Närvaro i daglig verksamhet och sysselsättning, {period.i_ord}",
        per=period.sista_dagen,
        urval=(("Period", period.i_ord), ("Beslut som gäller den", datum_i_ord(period.sista_dagen))),
        delar=tuple(delar),
        forslag=("{namnd} godkänner redovisningen av närvaro i daglig verksamhet och sysselsättning.",),
        ekonomi=(*_ekonomi(delar), PRISET),
        personer=frozenset() if offentlig else _personer(underlag),
    )


def _ekonomi(delar: Sequence[Del]) -> Iterator[str]:
    """What the places that nobody used are worth, as sentences."""
    tal = {ett.nyckel: ett for del_ in delar for ett in del_.nyckeltal}
    for lag in LAGARNA:
        if ett := tal.get(f"narvaro_{lag.nyckel}_outnyttjade_kr"):
            yield f"De outnyttjade platserna i {insatsnamn(lag.insats)} motsvarade {ett.text} kronor."


def _personer(underlag: Underlag) -> frozenset[int]:
    return frozenset(ett.person for ett in underlag.boende) | {ett.person for ett in underlag.dagverksamma}
