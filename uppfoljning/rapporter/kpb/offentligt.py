"""What a public document says of KPB: whole years, by insats, and nothing of fewer than five persons. Pure.

How many different persons there are in all is not told, nor what they cost on average: beside the insatser it would
tell how many have several, or only another (ADR 0016).

Of part of a year nothing is said: two parts could be subtracted, and what is left may rest on one person.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from grund.arbetsbok import Kolumn, Slag
from grund.pengar import avrunda
from grund.text import och
from uppfoljning.rapport.fordelning import FARRE, OVRIGA
from uppfoljning.rapport.innehall import Del, Nyckeltal, Rad, Tabell
from uppfoljning.rapporter.kpb.queries import Underlag
from uppfoljning.rapporter.kpb.siffror import NOLL, per_insats
from uppfoljning.regler import FYLLNADSORDNING
from uppfoljning.undertryckning import ar_litet, avrunda_till_summa, gruppera

_DEL_AV_ARET = "Bokslutet gäller en del av ett år. Kostnaden visas när hela året är bokslutat."
_RUBRIK = "Kostnad"
Insatsens = dict[str, dict[int, Decimal]]


def i_offentligheten(underlag: Underlag) -> Del:
    """The part."""
    period = underlag.period
    personer = dict(period.personer)
    if not period.bokslut.helt:
        return Del("kostnad", _RUBRIK, (_DEL_AV_ARET,))
    if ar_litet(frozenset(personer)):
        return Del("kostnad", _RUBRIK, (FARRE,))
    netto, kvar = sum((ett.post.netto for ett in period.utfall), NOLL), sum((ett.kvar for ett in period.utfall), NOLL)
    fordelat = sum(personer.values(), NOLL)
    return Del(
        "kostnad",
        _RUBRIK,
        (
            (
                "Bruttokostnad minus interna intäkter minus försäljning till andra, fördelad på det som har utförts. En"
                " person räknas en gång på varje rad i tabellen."
            ),
        ),
        nyckeltal=(
            Nyckeltal("kpb_kostnad", netto, Slag.KRONOR),
            Nyckeltal("kpb_fordelat", fordelat, Slag.KRONOR),
            Nyckeltal("kpb_inte_fordelat", kvar, Slag.KRONOR),
        ),
        tabeller=tuple(_tabell(per_insats(period.platser), fordelat)),
    )


def _tabell(alla: Insatsens, fordelat: Decimal) -> Iterator[Tabell]:
    """By insats, in whole kronor that add up. Nothing when all would be in one."""
    grupperat = gruppera({kod: frozenset(alla.get(kod, {})) for kod in FYLLNADSORDNING})
    egna = [kod for kod in Insats.values if kod in grupperat.egna and alla.get(kod)]
    if grupperat.dolt or not egna:
        return
    samman = [kod for kod in Insats.values if kod in grupperat.samman and alla.get(kod)]
    grupper = [(insats_i_ord(kod), [kod]) for kod in egna] + ([(OVRIGA, samman)] if samman else [])
    exakta = [sum((sum(alla[kod].values(), NOLL) for kod in koder), NOLL) for _, koder in grupper]
    hela = avrunda_till_summa(exakta, fordelat.quantize(Decimal(1), "ROUND_HALF_UP"))
    rader = []
    for (namn, koder), belopp in zip(grupper, hela, strict=True):
        antal = None if koder == samman else len(alla[koder[0]])  # a group never says how many it has
        rader.append(Rad((namn, antal, belopp, antal and avrunda(Fraction(belopp) / antal, 0))))
    yield Tabell(
        "kpb_insatser",
        "Kostnad per insats",
        (
            Kolumn("Insats"),
            Kolumn("Personer", Slag.HELTAL),
            Kolumn("Kostnad, kr", Slag.KRONOR, summera=True),
            Kolumn("Kr per person", Slag.KRONOR),
        ),
        tuple(rader),
        noter=(f"I {OVRIGA.lower()} ingår {och([insats_i_ord(kod) for kod in samman])}.",) if samman else (),
    )
