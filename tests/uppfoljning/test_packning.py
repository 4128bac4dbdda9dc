"""Many rows are packed: they read as they were, and no more of them are made than are asked for."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from grund.arbetsbok import Kolumn, Slag
from uppfoljning.rapport import packning
from uppfoljning.rapport.innehall import Del, Rad, Rapport, Tabell, Varde
from uppfoljning.rapport.packning import BUNT, Packade, packa
from uppfoljning.rapport.tabell import Rapporttabell

ANTAL = 2 * BUNT + 7
RADER = tuple(
    Rad((f"V-{nr}", nr % 3, Decimal(nr) / 4 if nr % 5 else None, date(2026, 5, 1 + nr % 31)), f"/verk/{nr}/")
    for nr in range(ANTAL)
)
KOLUMNER = (Kolumn("Nyckel"), Kolumn("Antal", Slag.HELTAL), Kolumn("Timmar", Slag.ANTAL), Kolumn("Dag", Slag.DATUM))


def _tabell(rader: Any) -> Tabell:
    return Tabell("t", "Tabell", KOLUMNER, rader, enskilda=True)


def _rapport(*tabeller: Tabell) -> Rapport:
    return Rapport("Rapport", date(2026, 6, 3), (), (Del("d", "Del", tabeller=tabeller),), (), ())


def test_packed_rows_read_as_they_were_also_after_having_been_kept() -> None:
    for packade in (Packade(RADER), deepcopy(Packade(RADER))):
        assert (len(packade), tuple(packade)) == (ANTAL, RADER)
        for plats in (0, BUNT - 1, BUNT, ANTAL - 1, -1, -ANTAL):
            assert packade[plats] == RADER[plats]
        for del_ in (slice(0, 20), slice(BUNT - 5, BUNT + 5), slice(-9, None), slice(5, 5), slice(None, None, -300)):
            assert tuple(packade[del_]) == RADER[del_]
        with pytest.raises(IndexError):
            packade[ANTAL]


def test_only_long_tables_are_packed() -> None:
    kort = _tabell(RADER[:BUNT])
    packad, orord = packa(_rapport(_tabell(RADER), kort)).tabeller
    assert isinstance(packad.rader, Packade)
    assert tuple(packad.rader) == RADER
    assert orord == kort


def test_a_page_of_a_long_table_makes_only_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    uppackade = []
    packa_upp = packning._packa_upp
    monkeypatch.setattr(packning, "_packa_upp", lambda bunt: uppackade.append(bunt) or packa_upp(bunt))
    tabell = Rapporttabell(_tabell(Packade(RADER)))
    tabell.paginate(per_page=20, page=2)
    assert [rad.record["k0"] for rad in tabell.paginated_rows] == [f"V-{nr}" for nr in range(20, 40)]
    assert tabell.paginator.count == ANTAL
    assert len(uppackade) == 1


@pytest.mark.parametrize("ordning", ["k2", "-k2", "k3", "-k1,k3", "k0"])
def test_a_packed_table_is_sorted_with_nothing_first_and_equal_rows_as_they_stood(ordning: str) -> None:
    tabell = Rapporttabell(_tabell(Packade(RADER)))
    tabell.order_by = ordning
    vantade = list(RADER)
    for ett in reversed(ordning.split(",")):
        plats = int(ett[-1])

        def nyckel(rad: Rad, plats: int = plats) -> tuple[bool, Varde]:
            return rad.celler[plats] is not None, rad.celler[plats] if rad.celler[plats] is not None else 0

        vantade.sort(key=nyckel, reverse=ett.startswith("-"))
    assert [rad.record["k0"] for rad in tabell.rows] == [rad.celler[0] for rad in vantade]
