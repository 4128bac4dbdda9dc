"""Reads the months of a document: five queries, whatever the size of the municipality."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from ersattning.models import Korning
from ersattning.regler import Status
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.tid import Manad, lokal_dag
from uppfoljning.tjansteutlatande.underlag import (
    Avvikelseslag,
    Korningsfakta,
    Manadsdata,
    Tillagg,
    Underlag,
    Volym,
)
from uppfoljning.undertryckning import Cell

# A row's form of contract is that of the avtal which its first part was paid under.
_CELLER = """
SELECT r.korning_id, r.insats, a.avtalsform, array_agg(DISTINCT r.person_id), sum(r.belopp)
  FROM ersattning_ersattningsrad r LEFT JOIN utforare_avtal a ON a.id = (r.grund -> 0 ->> 'avtal')::bigint
 WHERE r.korning_id = ANY(%s) AND r.typ = 'ordinarie' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_VOLYMER = """
SELECT korning_id, insats, enhet_for_antal, array_agg(DISTINCT person_id), sum(antal)
  FROM ersattning_ersattningsrad
 WHERE korning_id = ANY(%s) AND typ = 'ordinarie' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_TILLAGG = """
SELECT CASE WHEN typ IN ('kreditering', 'rattelse') THEN avser_manad END,
       coalesce(array_agg(DISTINCT person_id) FILTER (WHERE person_id IS NOT NULL), '{}'), sum(belopp),
       typ = 'justering'
  FROM ersattning_ersattningsrad WHERE korning_id = %s AND typ <> 'ordinarie'
 GROUP BY 1, 4, person_id IS NULL ORDER BY 1, 4, person_id IS NULL
"""
_AVVIKELSER = """
SELECT kod, array_agg(DISTINCT person_id), count(*)
  FROM ersattning_avvikelse WHERE korning_id = %s AND ny GROUP BY 1 ORDER BY 1
"""


def manader_att_redovisa() -> list[Korning]:
    """Months that there is something to say of, newest first."""
    alla = Korning.objects.exclude(status=Status.BERAKNAS).order_by("-manad")
    return list(alla.select_related("beraknad_av", "granskad_av", "faststalld_av"))


def hamta_underlag(manad: Manad) -> Underlag:
    """Everything about `manad`, as at one moment. Raises Hindrad when the month has not been calculated."""
    with transaction.atomic():
        _lasa_som_ett()
        korningar = _korningar([manad, manad.plus(-1), manad.plus(-12)])
        if manad not in korningar:
            raise Hindrad([_varfor_inte(manad)])
        data = _manadsdata(list(korningar.values()))
        korning_id = korningar[manad].pk
        return Underlag(
            manad=manad,
            data=data.pop(manad),
            jamforda=data,
            tillagg=tuple(
                Tillagg(avser and Manad.av(avser), _mangd(personer), belopp, justering)
                for avser, personer, belopp, justering in _tillagg(korning_id)
            ),
            avvikelser=tuple(Avvikelseslag(rad[0], _mangd(rad[1]), rad[2]) for rad in _avvikelser(korning_id)),
        )


def _lasa_som_ett() -> None:
    """The queries see the same rows, also if the month is settled or calculated anew between them."""
    if not connection.in_atomic_block or connection.savepoint_ids:
        return  # inside somebody else's transaction its own isolation holds
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _korningar(manader: Sequence[Manad]) -> dict[Manad, Korning]:
    urval = Korning.objects.filter(manad__in=[manad.fran for manad in manader]).exclude(status=Status.BERAKNAS)
    med_namn = urval.select_related("beraknad_av", "granskad_av", "faststalld_av")
    hittade = {Manad.av(korning.manad): korning for korning in med_namn}
    return {manad: hittade[manad] for manad in manader if manad in hittade}


def _varfor_inte(manad: Manad) -> str:
    if Korning.objects.filter(manad=manad.fran).exists():
        return f"{manad} är inte färdigberäknad. Vänta, eller kör månaden igen om beräkningen avbröts."
    return f"{manad} är inte körd. Kör månaden först: kor_manad {manad}."


def _manadsdata(korningar: Sequence[Korning]) -> dict[Manad, Manadsdata]:
    ider = [korning.pk for korning in korningar]
    celler: dict[int, list[Cell]] = defaultdict(list)
    volymer: dict[int, list[Volym]] = defaultdict(list)
    for korning_id, insats, regi, personer, belopp in _rader(_CELLER, ider):
        if regi is None:
            msg = f"Rader för {insats} säger inte vilket avtal de vilar på."
            raise ValueError(msg)
        celler[korning_id].append(Cell(insats, regi, _mangd(personer), belopp))
    for korning_id, insats, enhet, personer, antal in _rader(_VOLYMER, ider):
        volymer[korning_id].append(Volym(insats, enhet, _mangd(personer), antal))
    return {Manad.av(k.manad): Manadsdata(_fakta(k), tuple(celler[k.pk]), tuple(volymer[k.pk])) for k in korningar}


def _tillagg(korning_id: int) -> list[tuple[Any, ...]]:
    return _rader(_TILLAGG, korning_id)


def _avvikelser(korning_id: int) -> list[tuple[Any, ...]]:
    return _rader(_AVVIKELSER, korning_id)


def _rader(sql: str, parameter: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [parameter])
        return list(cursor.fetchall())


def _mangd(ider: Sequence[int]) -> frozenset[int]:
    return frozenset(ider)


def _fakta(korning: Korning) -> Korningsfakta:
    """The körning and the last step that has been taken with it."""
    steg = [
        ("fastställd", korning.faststalld, korning.faststalld_av),
        ("granskad", korning.granskad, korning.granskad_av),
        ("beräknad", korning.beraknad or korning.startad, korning.beraknad_av),
    ]
    namn, nar, vem = next((ett for ett in steg if ett[1]), steg[-1])
    return Korningsfakta(
        manad=Manad.av(korning.manad),
        omgang=korning.omgang,
        ar_fast=korning.ar_fast,
        steg=namn,
        steg_dag=lokal_dag(nar or korning.startad),
        steg_av=_namn(vem),
    )


def _namn(vem: Anvandare | None) -> str:
    return (vem.get_full_name() or vem.get_username()) if vem else ""
