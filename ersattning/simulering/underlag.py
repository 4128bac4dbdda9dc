"""What a simulering reads: the terms under each variant, and the persons month by month, once for all variants."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType

from ersattning.kalkyl.antagande import Antagande, Planerat, forsta_prisandring, med_dagens_priser
from ersattning.kalkyl.samling import Manadsbok
from ersattning.kalkyl.simulering import Bocker
from ersattning.kalkyl.typer import Person, Verkstallighet
from ersattning.kalkyl.variant import Omfang, Variant
from ersattning.kalkyl.villkor import Villkor
from ersattning.models import Simulering
from ersattning.simulering.bestallda import las_bestallda
from ersattning.simulering.val import variant
from ersattning.underlag import dagens_villkor, fraga, horisont
from ersattning.underlag_manader import las_personmanader
from grund.tid import EN_DAG, Manad

PERSONER_PER_DEL = 100  # small parts: progress is seen, and a cancelled simulering stops soon


def omfang(simulering: Simulering) -> Omfang:
    """What it is about."""
    return Omfang(simulering.insats, frozenset(simulering.utforare.values_list("pk", flat=True)))


def las_varianter(simulering: Simulering) -> list[tuple[int, Variant]]:
    """(primary key, variant) in order; the first is as it is."""
    rader = simulering.varianter.order_by("nummer").values_list("pk", "val")
    return [(pk, variant(val)) for pk, val in rader]


@lru_cache(maxsize=2)
def las_bocker(pk: int, version: tuple[int, datetime]) -> Bocker:  # noqa: ARG001
    """Every variant's books, remembered by a worker while it works on the simulering. `version`: omgång, when begun."""
    simulering = Simulering.objects.get(pk=pk)
    varianter, manader, galler = las_varianter(simulering), simulering.manader, omfang(simulering)
    forsta = las_fran(manader[0], [ett for _, ett in varianter])
    dagar = [ett.prisdag for _, ett in varianter if ett.prisdag]
    till = max([manader[-1].till, *(dag + EN_DAG for dag in dagar)])
    villkor = dagens_villkor(min([forsta, *(Manad.av(dag) for dag in dagar)]), till)
    if simulering.prognos_fran:
        return _prognosens(villkor, manader, [ett.planerat for _, ett in varianter])
    return [ett.med_villkor(villkor, galler).bocker(manader) for _, ett in varianter]


def _prognosens(villkor: Villkor, manader: Sequence[Manad], planerade: Sequence[Planerat | None]) -> Bocker:
    """The same books for all of them, but for one that holds the prices: and for that one as long as they are equal."""
    bocker = villkor.bocker(manader)
    svar: list[Mapping[Manad, Manadsbok]] = []
    for ett in planerade:
        dag = ett and ett.antagande == Antagande.DAGENS_PRISER and forsta_prisandring(villkor, ett.idag)
        if not ett or not dag:
            svar.append(bocker)
            continue
        andra = med_dagens_priser(villkor, ett.idag).bocker([manad for manad in manader if manad.till > dag])
        svar.append({**bocker, **andra})
    return svar


def las_fran(forsta: Manad, varianter: Sequence[Variant]) -> Manad:
    """From which month verkställigheter that have ended may still matter: a variant may pay longer after the end."""
    dagar = max((ett.villkor.get("avslut_dagar", 0) for ett in varianter), default=0)
    return Manad.av(date.fromordinal(max(date(1901, 1, 1).toordinal(), forsta.fran.toordinal() - dagar)))


def personer(simulering: Simulering, forsta: Manad) -> list[int]:
    """Everyone with a verkställighet that the period may pay for."""
    galler = omfang(simulering)
    rader = fraga(
        """SELECT DISTINCT b.person_id
             FROM utforare_verkstallighet v JOIN beslut_beslut b ON b.id = v.beslut_id
             JOIN utforare_enhet e ON e.id = v.enhet_id
            WHERE v.fran < %(till)s AND (v.till IS NULL OR v.till >= %(fran)s)
              AND (%(insats)s = '' OR b.insats = %(insats)s)
              AND (%(alla)s OR e.utforare_id = ANY(%(utforare)s)) ORDER BY 1""",
        {
            "till": simulering.till,
            "fran": horisont(forsta),
            "insats": galler.insats,
            "alla": not galler.utforare,
            "utforare": list(galler.utforare),
        },
    )
    ider = {rad[0] for rad in rader}
    if idag := prognosens_dag(simulering):
        ider |= las_bestallda(idag).keys()
    return sorted(ider)


def prognosens_dag(simulering: Simulering) -> date | None:
    """The day that a prognos is seen from; None when it is none."""
    if simulering.prognos_fran is None:
        return None
    return next((ett.planerat.idag for _, ett in las_varianter(simulering) if ett.planerat), None)


def las_personer(
    manader: Sequence[Manad],
    forsta: Manad,
    ider: Sequence[int],
    aven: Mapping[int, Sequence[Verkstallighet]] = MappingProxyType({}),
) -> tuple[dict[Manad, list[Person]], dict[tuple[int, Manad], int]]:
    """Their months, and the minutes that were registered afterwards by (verkställighet, month).

    `aven`: verkställigheter that are not stored (bestallda).
    """
    alla = las_personmanader(manader, ider, fran=forsta, aven=aven)
    verk = sorted({ett.id for personer in alla.values() for person in personer for ett in person.verkstalligheter})
    rader = fraga(
        """SELECT verkstallighet_id, date_trunc('month', dag)::date,
                  sum(extract(epoch FROM utford_slut - utford_start) / 60)::bigint
             FROM utforare_besok
            WHERE verkstallighet_id = ANY(%(verk)s) AND dag >= %(fran)s AND dag < %(till)s
              AND registrering = 'efterhand' AND utford_start IS NOT NULL GROUP BY 1, 2""",
        {"verk": verk, "fran": manader[0].fran, "till": manader[-1].till},
    )
    return alla, {(id_, Manad.av(dag)): minuter for id_, dag, minuter in rader}
