"""The loader: turns rows of the database into the core's frozen input, in a few set-based queries per batch of persons.

It reads and translates; it decides nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.db import connection

from ersattning.kalkyl import typer
from ersattning.kalkyl.klocka import lokal_dag
from ersattning.kalkyl.samling import Manadsbok
from ersattning.kalkyl.villkor import Villkor
from grund.tid import Manad
from utforare.villkor import omfattningsgranser, trappsteg

_MINUT = "(extract(epoch FROM {})/60)::bigint"


def fraga(sql: str, parametrar: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parametrar)
        return list(cursor.fetchall())


def horisont(manad: Manad) -> date:
    """The earliest end day that may still matter to `manad`: days after the end may reach into it (R30)."""
    ((dagar,),) = fraga("SELECT coalesce(max(avslut_dagar), 0) FROM utforare_avtal", {})
    return date.fromordinal(max(1, manad.fran.toordinal() - dagar))


@lru_cache(maxsize=4)
def las_manadsbok(manad: Manad, version: tuple[int, int, datetime]) -> Manadsbok:  # noqa: ARG001
    """Contracts, prices and time bands of a month, remembered while a körning runs.

    `version` (körning, omgång, when it began) keeps a remembered book from living on, also when a backup is put back
    under a worker.

    What changes while a körning runs has a higher number than the körning has seen, and is corrected later (R40).
    """
    return dagens_manadsbok(manad)


def dagens_manadsbok(manad: Manad) -> Manadsbok:
    """Contracts, prices and time bands of a month as they are now."""
    return dagens_manadsbocker([manad])[manad]


def dagens_manadsbocker(manader: Sequence[Manad], utforare: Sequence[int] | None = None) -> dict[Manad, Manadsbok]:
    """The books of several months (rising), as they are now; of these utförare only, or of all. Four queries."""
    return dagens_villkor(manader[0], manader[-1].till, utforare).bocker(manader)


def dagens_villkor(forsta: Manad, till: date, utforare: Sequence[int] | None = None) -> Villkor:
    """The terms that matter from the month `forsta` to `till`, as they are now."""
    avtal = _las_avtal(horisont(forsta), till, utforare)
    listor = None if utforare is None else list({ett.prislista_id for ett in avtal})
    priser, band = _las_priser(forsta.fran, till, listor), _las_tidsband(listor)
    return Villkor(tuple(avtal), tuple(priser), tuple(band))


@lru_cache(maxsize=4096)
def _brak(varde: Decimal | None) -> Fraction | None:
    return None if varde is None else Fraction(varde)


def _las_avtal(fran: date, till: date, utforare: Sequence[int] | None) -> list[typer.Avtal]:
    rader = fraga(
        """SELECT id, utforare_id, insats, person_id, prislista_id, modell, fran, till, franvaro, omfattning_granser,
                  niva_fran = 'godkand', coalesce(avslut_dagar, 0), avslut_orsaker, bomtid_varsel_timmar,
                  bomtid_andel, bomtid_tak_andel, tak_andel_av_bestallt, avrundning_minuter
             FROM utforare_avtal WHERE fran < %(till)s AND (till IS NULL OR till >= %(fran)s)
              AND (%(utforare)s::bigint[] IS NULL OR utforare_id = ANY(%(utforare)s))""",
        {"till": till, "fran": fran, "utforare": utforare},
    )
    return [
        typer.Avtal(
            id=rad[0],
            utforare_id=rad[1],
            insats=rad[2],
            person_id=rad[3],
            prislista_id=rad[4],
            modell=rad[5],
            fran=rad[6],
            till=rad[7],
            franvaro=trappsteg(rad[8]),
            omfattning_granser=omfattningsgranser(rad[9]),
            niva_fran_godkand=rad[10],
            avslut_dagar=rad[11],
            avslut_orsaker=frozenset(rad[12]),
            bomtid_varsel_timmar=_brak(rad[13]),
            bomtid_andel=rad[14] and rad[14].normalize(),
            bomtid_tak_andel=_brak(rad[15]),
            tak_andel_av_bestallt=_brak(rad[16]),
            avrundning_minuter=rad[17],
        )
        for rad in rader
    ]


def _las_priser(fran: date, till: date, listor: Sequence[int] | None) -> list[tuple[int, str, str, typer.Pris]]:
    rader = fraga(
        """SELECT prislista_id, insats, enhet, id, niva, omfattning, tidsband, belopp, fran, till
             FROM ersattning_pris WHERE fran < %(till)s AND (till IS NULL OR till > %(fran)s)
              AND (%(listor)s::bigint[] IS NULL OR prislista_id = ANY(%(listor)s))""",
        {"till": till, "fran": fran, "listor": listor},
    )
    return [(rad[0], rad[1], rad[2], typer.Pris(*rad[3:])) for rad in rader]


def _las_tidsband(listor: Sequence[int] | None) -> list[tuple[int, typer.Bandrad]]:
    rader = fraga(
        f"""SELECT prislista_id, tidsband, prioritet, veckodag,
                   coalesce(fran_minut, {_MINUT.format("fran_tidpunkt")}),
                   coalesce(till_minut, {_MINUT.format("till_tidpunkt")})
              FROM ersattning_tidsband
             WHERE %(listor)s::bigint[] IS NULL OR prislista_id = ANY(%(listor)s)""",
        {"listor": listor},
    )
    return [(rad[0], typer.Bandrad(*rad[1:])) for rad in rader]


def las_personer(
    manad: Manad,
    person_ider: Sequence[int],
    *,
    fran: Manad | None = None,
    aven: Mapping[int, Sequence[typer.Verkstallighet]] = MappingProxyType({}),
) -> list[typer.Person]:
    """Everything that decides the month of these persons.

    With `fran`: their verkställigheter and visits from that month on, for a caller that adds närvaro month by month.
    `aven`: verkställigheter by person, beside those that are stored.
    """
    forsta, till = fran or manad, _besokens_slut(manad, person_ider)
    verk = fraga(
        """SELECT b.person_id, v.id, v.nyckel, b.id, b.insats, b.utfall <> 'avslag', b.fran, b.till, b.omfattning,
                  b.omfattning_enhet, e.utforare_id, e.id, v.omfattning, v.fran, v.till, v.slutorsak,
                  v.bestallt_antal, v.bestallt_enhet
             FROM utforare_verkstallighet v
             JOIN beslut_beslut b ON b.id = v.beslut_id
             JOIN utforare_enhet e ON e.id = v.enhet_id
            WHERE b.person_id = ANY(%(personer)s) AND v.fran < %(till)s
              AND (v.till IS NULL OR v.till >= %(fran)s OR v.id IN (
                   SELECT verkstallighet_id FROM utforare_besok
                    WHERE utford_slut - utford_start > interval '1 day' AND dag < %(manad)s
                      AND utford_slut > %(manad)s::timestamp AT TIME ZONE 'Europe/Stockholm'))
            ORDER BY v.id""",
        {"personer": list(person_ider), "till": till, "fran": horisont(forsta), "manad": forsta.fran},
    )
    verk_ider = [rad[1] for rad in verk]
    narvaro = _las_narvaro(manad, verk_ider)
    fore = las_franvaro_fore({manad: narvaro})[manad]
    besok = _las_besok(forsta, till, verk_ider)
    per_person: dict[int, list[typer.Verkstallighet]] = defaultdict(list)
    for rad in verk:
        per_person[rad[0]].append(tolka_verkstallighet(rad, narvaro, fore, besok))
    for id_, egna in aven.items():
        per_person[id_] += egna
    nivaer = _las_nivaer(person_ider)
    avlidna = fraga(
        "SELECT id, avliden FROM beslut_person WHERE id = ANY(%(personer)s) ORDER BY id",
        {"personer": list(person_ider)},
    )
    return [
        typer.Person(id_, avliden, tuple(per_person[id_]), nivaer.get(id_, {}))
        for id_, avliden in avlidna
        if id_ in per_person
    ]


def tolka_verkstallighet(
    rad: tuple[Any, ...],
    narvaro: Mapping[int, list[typer.Narvaro]] = MappingProxyType({}),
    fore: Mapping[int, tuple[date, ...]] = MappingProxyType({}),
    besok: Mapping[int, list[typer.Besok]] = MappingProxyType({}),
) -> typer.Verkstallighet:
    """A row of the query above."""
    id_ = rad[1]
    return typer.Verkstallighet(
        id=id_,
        nyckel=rad[2],
        beslut=typer.Beslut(rad[3], rad[4], rad[5], rad[6], rad[7], _brak(rad[8]), rad[9]),
        utforare_id=rad[10],
        enhet_id=rad[11],
        omfattning=rad[12],
        fran=rad[13],
        till=rad[14],
        slutorsak=rad[15],
        bestallt_antal=_brak(rad[16]),
        bestallt_enhet=rad[17],
        narvaro=tuple(narvaro.get(id_, ())),
        franvaro_fore=fore.get(id_, ()),
        besok=tuple(besok.get(id_, ())),
    )


def _las_narvaro(manad: Manad, verk_ider: list[int]) -> dict[int, list[typer.Narvaro]]:
    """The month's närvaro, alike days together: a few groups per verkställighet instead of a row per day."""
    svar: dict[int, list[typer.Narvaro]] = defaultdict(list)
    rader = fraga(
        """SELECT verkstallighet_id, kod, omfattning, minuter, bit_or(1 << (datum - %(fran)s))
             FROM utforare_narvaro
            WHERE verkstallighet_id = ANY(%(verk)s) AND datum >= %(fran)s AND datum < %(till)s
            GROUP BY 1, 2, 3, 4""",
        {"verk": verk_ider, "fran": manad.fran, "till": manad.till},
    )
    for id_, *resten in rader:
        svar[id_].append(typer.Narvaro(*resten))
    return svar


def las_franvaro_fore(
    manader: Mapping[Manad, Mapping[int, list[typer.Narvaro]]],
) -> dict[Manad, dict[int, tuple[date, ...]]]:
    """For those whose first row of a month is absence: the days of absence before it, back to the last `N`."""
    fortsatter = [
        (id_, manad)
        for manad, narvaro in manader.items()
        for id_, grupper in narvaro.items()
        if _borjar_med_franvaro(grupper)
    ]
    svar: dict[Manad, dict[int, tuple[date, ...]]] = {manad: {} for manad in manader}
    if not fortsatter:
        return svar
    rader = fraga(
        """SELECT v.id, v.fran, array_agg(f.datum ORDER BY f.datum DESC)
             FROM unnest(%(verk)s::bigint[], %(fran)s::date[]) v(id, fran)
             LEFT JOIN LATERAL (SELECT datum FROM utforare_narvaro n
                                 WHERE n.verkstallighet_id = v.id AND n.datum < v.fran AND n.kod = 'N'
                                 ORDER BY n.datum DESC LIMIT 1) sista ON true
             JOIN LATERAL (SELECT datum FROM utforare_narvaro n
                            WHERE n.verkstallighet_id = v.id AND n.datum < v.fran AND n.kod = 'F'
                              AND n.datum > coalesce(sista.datum, '-infinity')) f ON true
            GROUP BY v.id, v.fran""",
        {"verk": [id_ for id_, _ in fortsatter], "fran": [manad.fran for _, manad in fortsatter]},
    )
    for id_, fran, dagar in rader:
        svar[Manad.av(fran)][id_] = tuple(dagar)
    return svar


def _borjar_med_franvaro(grupper: list[typer.Narvaro]) -> bool:
    alla = franvaro = 0
    for grupp in grupper:
        alla |= grupp.dagar
        if grupp.kod == "F":
            franvaro |= grupp.dagar
    return bool(alla & -alla & franvaro)


def _besokens_slut(manad: Manad, person_ider: Sequence[int]) -> date:
    """The day after the last that a visit of the month reaches: visits up to then may overlap it (R31)."""
    ((langst,),) = fraga(
        f"""SELECT max({_MINUT.format("s.utford_slut")})
              FROM beslut_beslut b JOIN utforare_verkstallighet v ON v.beslut_id = b.id
              JOIN utforare_besok s ON s.verkstallighet_id = v.id AND s.dag >= %(fran)s AND s.dag < %(till)s
             WHERE b.person_id = ANY(%(personer)s)""",
        {"personer": list(person_ider), "fran": manad.fran, "till": manad.till},
    )
    return manad.till if langst is None else max(manad.till, lokal_dag(langst) + timedelta(days=1))


def _las_besok(manad: Manad, till: date, verk_ider: list[int]) -> dict[int, list[typer.Besok]]:
    """The month's visits, and the visits before `till` that may overlap them (R31).

    A visit may overlap one that started the day before at the earliest, unless it is longer than a day: those few
    have an index of their own.
    """
    kolumner = ", ".join(
        _MINUT.format(kolumn)
        for kolumn in ("planerad_start", "planerad_slut", "utford_start", "utford_slut", "avbokad")
    )
    besoken = f"SELECT verkstallighet_id, id, nyckel, {kolumner}, avbokad_av FROM utforare_besok"
    rader = fraga(
        f"""{besoken} WHERE verkstallighet_id = ANY(%(verk)s) AND dag >= %(fran)s AND dag < %(till)s
            UNION {besoken} WHERE verkstallighet_id = ANY(%(verk)s) AND utford_slut - utford_start > interval '1 day'
                            AND dag < %(fran)s AND utford_slut > %(manad)s""",
        {
            "verk": verk_ider,
            "fran": manad.fran - timedelta(days=2),
            "manad": manad.fran - timedelta(days=1),
            "till": till,
        },
    )
    svar: dict[int, list[typer.Besok]] = defaultdict(list)
    for id_, *resten in rader:
        svar[id_].append(typer.Besok(*resten))
    return svar


def _las_nivaer(person_ider: Sequence[int]) -> dict[int, dict[str, tuple[typer.Nivabedomning, ...]]]:
    """Only godkända assessments move money (R3)."""
    rader = fraga(
        """SELECT person_id, insats, id, nyckel, niva, fran, godkand FROM beslut_nivabedomning
            WHERE status = 'godkand' AND person_id = ANY(%(personer)s)""",
        {"personer": list(person_ider)},
    )
    svar: dict[int, dict[str, tuple[typer.Nivabedomning, ...]]] = defaultdict(dict)
    for person_id, insats, *resten in rader:
        svar[person_id][insats] = (*svar[person_id].get(insats, ()), typer.Nivabedomning(*resten))
    return svar
