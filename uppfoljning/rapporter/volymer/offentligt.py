"""Persons on two 1 October, as a public document may tell of them. Pure.

Insatser and regi are both margins of one table, so they are protected together (ADR 0016), and what one of the days
merges is merged in both.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from grund.arbetsbok import Kolumn, Slag
from grund.text import datum_i_ord, och
from uppfoljning.rapport.fordelning import FARRE, OVRIGA
from uppfoljning.rapport.innehall import Bild, Del, Nyckeltal, Rad, Serie, Tabell
from uppfoljning.rapporter.volymer.queries import Underlag
from uppfoljning.rapporter.volymer.rorelse import Lage
from uppfoljning.regler import FYLLNADSORDNING
from uppfoljning.undertryckning import Cell, Personer, forena, gemensamt, skydda
from utforare.models import Utforare
from utforare.regler import Regi

NOLL = Decimal(0)
_REGIER = (({Regi.EGEN.value}, {Regi.PRIVAT.value}),)
_REGINAMN = {Regi.EGEN.value: "Egen regi", Regi.PRIVAT.value: "Privat regi"}


def personer_i_offentligheten(underlag: Underlag) -> Del:
    """The part. Nothing but a sentence when too few persons have anything at all."""
    urval = underlag.urval
    lagen = {urval.mot: underlag.da, urval.dag: underlag.nu}
    dagar = {dag: _celler(lage, underlag.utforare) for dag, lage in lagen.items()}
    skydden = [skydda(celler, insatser=FYLLNADSORDNING, regier=_REGIER) for celler in dagar.values()]
    if any(skydd.dold for skydd in skydden):
        return Del("personer", "Personer med insats", (FARRE,))
    skydd = gemensamt(skydden)
    per_insats = list(_per_insats(dagar, skydd.ovriga))
    tabeller = [_tabell("insatser", "Personer per insats", "Insats", dagar, per_insats)]
    if skydd.regier:
        regier = [(_REGINAMN[ett], _antal(dagar, regi={ett})) for ett in _REGINAMN]
        tabeller.append(_tabell("regi", "Personer per regi", "Regi", dagar, regier))
    serier = tuple(Serie(datum_i_ord(dag), tuple(tal[nr] for _, tal in per_insats)) for nr, dag in enumerate(dagar))
    namnen = tuple(namn for namn, _ in per_insats)
    ovriga = sorted(skydd.ovriga, key=list(Insats.values).index)
    noter = [f"I {OVRIGA.lower()} ingår {och([insats_i_ord(kod) for kod in ovriga])}."] if ovriga else []
    return Del(
        "personer",
        "Personer med insats",
        (
            (
                f"Den {datum_i_ord(urval.dag)} jämförs med den {datum_i_ord(urval.mot)}. En person räknas en gång på"
                " varje rad. Den som har flera insatser, eller insatser i båda regierna, står på flera rader."
            ),
            *noter,
        ),
        nyckeltal=(Nyckeltal("volym_personer", len(forena(cell.personer for cell in dagar[urval.dag]))),),
        bild=Bild("Personer per insats", namnen, serier, "antal personer", "insatser", liggande=True),
        tabeller=tuple(tabeller),
    )


def _celler(lage: Lage, utforare: Mapping[int, Utforare]) -> list[Cell]:
    per: dict[tuple[str, str], set[int]] = {}
    for insats, personer in lage.items():
        for person, vilka in personer.items():
            for pk in vilka:
                per.setdefault((insats, utforare[pk].regi), set()).add(person)
    return [Cell(insats, regi, frozenset(personer), NOLL) for (insats, regi), personer in per.items()]


def _per_insats(dagar: Mapping[date, list[Cell]], ovriga: frozenset[str]) -> Iterable[tuple[str, list[int]]]:
    for kod in Insats.values:
        if kod not in ovriga and any(tal := _antal(dagar, insatser={kod})):
            yield insats_i_ord(kod), tal
    if any(tal := _antal(dagar, insatser=ovriga)):
        yield OVRIGA, tal


def _antal(
    dagar: Mapping[date, list[Cell]], *, insatser: Iterable[str] | None = None, regi: Iterable[str] | None = None
) -> list[int]:
    """Persons on each day, of these insatser or forms."""
    return [len(_personer(celler, insatser, regi)) for celler in dagar.values()]


def _personer(celler: list[Cell], insatser: Iterable[str] | None, regi: Iterable[str] | None) -> Personer:
    return forena(
        cell.personer
        for cell in celler
        if (insatser is None or cell.insats in insatser) and (regi is None or cell.regi in regi)
    )


def _tabell(
    nyckel: str, rubrik: str, vad: str, dagar: Mapping[date, object], rader: Iterable[tuple[str, list[int]]]
) -> Tabell:
    kolumner = (Kolumn(vad), *(Kolumn(f"{dag}", Slag.HELTAL) for dag in dagar))
    return Tabell(nyckel, rubrik, kolumner, tuple(Rad((namn, *tal)) for namn, tal in rader))
