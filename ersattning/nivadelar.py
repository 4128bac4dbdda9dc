"""Which levels have changed between a month and the one before: what the level part of the difference is made of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from beslut.models import Nivabedomning
from beslut.ord import insats_i_ord, niva_i_ord
from beslut.visning import person_i_ord
from ersattning.models import Korning
from ersattning.summering import manaden_fore, nivadelar
from grund.sortering import pa_svenska
from grund.text import TANKSTRECK, och
from utforare.models import Utforare, Verkstallighet

# The assessments that priced the ordinary rows of the two months.
_BEDOMNINGAR = """
SELECT r.verkstallighet_id, r.korning_id, (d ->> 'niva')::bigint
  FROM ersattning_ersattningsrad r CROSS JOIN LATERAL jsonb_array_elements(r.grund) d
 WHERE r.korning_id = ANY(%(korningar)s) AND r.verkstallighet_id = ANY(%(verk)s) AND r.typ = 'ordinarie'
 GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Nivadel:
    """A verkställighet's share of the level part. `bedomning_id`: the latest assessment that it was paid by."""

    verkstallighet: str
    person: str
    insats: str
    utforare: str
    fore: str
    nu: str
    kronor: Decimal
    bedomning_id: int | None


def las(korning: Korning) -> list[Nivadel]:
    """The largest first. Five queries, however many."""
    delar, innan = nivadelar(korning), manaden_fore(korning)
    if not delar or innan is None:
        return []
    ider = [verk for verk, *_ in delar if verk is not None]
    verk = Verkstallighet.objects.select_related("beslut__person").in_bulk(ider)
    utforare = {ett.pk: ett.namn for ett in Utforare.objects.order_by(*pa_svenska("namn"))}
    per_verk = _bedomningar(ider, (innan.pk, korning.pk))
    svar = []
    for id_, utforare_id, insats, kronor in delar:
        egen, fore = (verk[id_] if id_ else None), per_verk.get((id_, innan.pk), [])
        nu = per_verk.get((id_, korning.pk), [])
        svar.append(
            Nivadel(
                egen.nyckel if egen else TANKSTRECK,
                person_i_ord(egen.beslut.person) if egen else TANKSTRECK,
                insats_i_ord(insats),
                utforare[utforare_id],
                _nivaer(fore),
                _nivaer(nu),
                kronor,
                nu[-1].pk if nu else None,
            )
        )
    return sorted(svar, key=lambda ett: (-abs(ett.kronor), ett.verkstallighet))


def _bedomningar(verk: Sequence[int], korningar: tuple[int, int]) -> dict[tuple[int | None, int], list[Nivabedomning]]:
    """Per verkställighet and körning, in the order in which they hold (R3)."""
    with connection.cursor() as cursor:
        cursor.execute(_BEDOMNINGAR, {"korningar": list(korningar), "verk": list(verk)})
        rader = [rad for rad in cursor.fetchall() if rad[2] is not None]
    bedomningar = Nivabedomning.objects.in_bulk({rad[2] for rad in rader})
    svar: dict[tuple[int | None, int], list[Nivabedomning]] = defaultdict(list)
    for verk_id, korning_id, bedomning_id in rader:
        if bedomning_id in bedomningar:
            svar[verk_id, korning_id].append(bedomningar[bedomning_id])
    for alla in svar.values():
        alla.sort(key=lambda ett: (ett.fran, ett.godkand, ett.nyckel))
    return svar


def _nivaer(bedomningar: Sequence[Nivabedomning]) -> str:
    nivaer = list(dict.fromkeys(niva_i_ord(ett.niva) for ett in bedomningar))
    return och(nivaer) if nivaer else "ingen nivå"
