"""Persons on two 1 October, as a public document may tell of them. Pure.

By insats only, and what one of the days merges is merged in both. What is merged says not how many it has, and nothing
says how many different persons there are over several insatser or forms of contract: beside the rows it would tell how
many have two (ADR 0016).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from grund.arbetsbok import Kolumn, Slag
from grund.text import datum_i_ord, och
from uppfoljning.rapport.fordelning import FARRE, OVRIGA
from uppfoljning.rapport.innehall import Bild, Del, Rad, Serie, Tabell
from uppfoljning.rapporter.volymer.queries import Underlag
from uppfoljning.regler import FYLLNADSORDNING
from uppfoljning.undertryckning import Personer, gruppera


def personer_i_offentligheten(underlag: Underlag) -> Del:
    """The part. Nothing but a sentence when too few persons have anything at all."""
    urval = underlag.urval
    lagen = {urval.mot: underlag.da, urval.dag: underlag.nu}
    dagar = {dag: {str(kod): frozenset(lage.get(kod, {})) for kod in FYLLNADSORDNING} for dag, lage in lagen.items()}
    grupperade = [gruppera(per_insats) for per_insats in dagar.values()]
    if any(grupperat.dolt for grupperat in grupperade):
        return Del("personer", "Personer med insats", (FARRE,))
    samman = frozenset().union(*(grupperat.samman for grupperat in grupperade))
    per_insats = list(_per_insats(dagar, samman))
    synliga = [(namn, tal) for namn, tal in per_insats if namn != OVRIGA]
    serier = tuple(Serie(datum_i_ord(dag), tuple(tal[nr] for _, tal in synliga)) for nr, dag in enumerate(dagar))
    namnen = tuple(namn for namn, _ in synliga)
    ovriga = sorted(samman, key=list(Insats.values).index)
    namnen_i_ovriga = och([insats_i_ord(kod) for kod in ovriga])
    noter = [f"I {OVRIGA.lower()} ingår {namnen_i_ovriga}. Hur många de är visas inte."] if ovriga else []
    return Del(
        "personer",
        "Personer med insats",
        (
            (
                f"Den {datum_i_ord(urval.dag)} jämförs med den {datum_i_ord(urval.mot)}. En person räknas en gång på"
                " varje rad. Den som har flera insatser står på flera rader."
            ),
            *noter,
        ),
        bild=Bild("Personer per insats", namnen, serier, "antal personer", "insatser", liggande=True)
        if namnen
        else None,
        tabeller=(_tabell("insatser", "Personer per insats", "Insats", dagar, per_insats),),
    )


def _per_insats(
    dagar: Mapping[date, Mapping[str, Personer]], samman: frozenset[str]
) -> Iterable[tuple[str, list[int | None]]]:
    for kod in Insats.values:
        tal: list[int | None] = [len(per_insats.get(kod, ())) for per_insats in dagar.values()]
        if kod not in samman and any(tal):
            yield insats_i_ord(kod), tal
    if samman:
        yield OVRIGA, [None for _ in dagar]


def _tabell(
    nyckel: str, rubrik: str, vad: str, dagar: Mapping[date, object], rader: Iterable[tuple[str, list[int | None]]]
) -> Tabell:
    kolumner = (Kolumn(vad), *(Kolumn(f"{dag}", Slag.HELTAL) for dag in dagar))
    return Tabell(nyckel, rubrik, kolumner, tuple(Rad((namn, *tal)) for namn, tal in rader))
