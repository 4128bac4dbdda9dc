"""The loader for a few persons over many months: the same as `underlag`, month by month, in a handful of queries.

For pages that show what a change would do. A verkställighet or a visit outside the month may come along: the core
takes no notice of it (tests/kalkyl/test_manga_manader.py holds the two against each other).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from ersattning.kalkyl import typer
from ersattning.kalkyl.samling import Manadsbok
from ersattning.underlag import (
    dagens_manadsbocker,
    fraga,
    las_franvaro_fore,
    las_personer,
)
from grund.tid import Manad

Personmanad = tuple[typer.Person, Manadsbok]


def las_manader(manader: Sequence[Manad], person_ider: Sequence[int]) -> dict[int, dict[Manad, Personmanad]]:
    """Each person's months (rising), with the books that they are calculated by."""
    manader = list(Manad.till_och_med(manader[0], manader[-1]))
    personer = las_personmanader(manader, person_ider)
    utforare = sorted(
        {verk.utforare_id for alla in personer.values() for person in alla for verk in person.verkstalligheter}
    )
    bocker = dagens_manadsbocker(manader, utforare)
    svar: dict[int, dict[Manad, Personmanad]] = defaultdict(dict)
    for manad, alla in personer.items():
        for person in alla:
            svar[person.id][manad] = person, bocker[manad]
    return dict(svar)


def las_personmanader(
    manader: Sequence[Manad],
    person_ider: Sequence[int],
    *,
    fran: Manad | None = None,
    aven: Mapping[int, Sequence[typer.Verkstallighet]] = MappingProxyType({}),
) -> dict[Manad, list[typer.Person]]:
    """The persons month by month (rising). `fran`: verkställigheter that ended as early as that month come along.

    `aven`: verkställigheter by person, beside those that are stored.
    """
    personer = las_personer(manader[-1], person_ider, fran=fran or manader[0], aven=aven)
    verk = [ett.id for person in personer for ett in person.verkstalligheter]
    narvaro = _las_narvaro(manader, verk)
    fore = las_franvaro_fore(narvaro)
    return {manad: [_i_manaden(person, narvaro[manad], fore[manad]) for person in personer] for manad in manader}


def _i_manaden(
    person: typer.Person, narvaro: dict[int, list[typer.Narvaro]], fore: dict[int, tuple[date, ...]]
) -> typer.Person:
    verk = tuple(
        replace(ett, narvaro=tuple(narvaro.get(ett.id, ())), franvaro_fore=fore.get(ett.id, ()))
        for ett in person.verkstalligheter
    )
    return replace(person, verkstalligheter=verk)


def _las_narvaro(manader: Sequence[Manad], verk_ider: list[int]) -> dict[Manad, dict[int, list[typer.Narvaro]]]:
    """Närvaro by month, alike days together."""
    svar: dict[Manad, dict[int, list[typer.Narvaro]]] = {manad: defaultdict(list) for manad in manader}
    rader = fraga(
        """SELECT date_trunc('month', datum)::date, verkstallighet_id, kod, omfattning, minuter,
                  bit_or(1 << (datum - date_trunc('month', datum)::date))
             FROM utforare_narvaro
            WHERE verkstallighet_id = ANY(%(verk)s) AND datum >= %(fran)s AND datum < %(till)s
            GROUP BY 1, 2, 3, 4, 5""",
        {"verk": verk_ider, "fran": manader[0].fran, "till": manader[-1].till},
    )
    for manad, id_, *resten in rader:
        svar[Manad.av(manad)][id_].append(typer.Narvaro(*resten))
    return svar
