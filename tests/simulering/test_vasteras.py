"""The Västerås question (boendestöd 2021): ordered or carried-out time, with or without bomtid, or kapitering."""

import itertools
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from ersattning.kalkyl.simulering import Utfall, Volymnyckel, simulera
from ersattning.kalkyl.typer import Person
from ersattning.kalkyl.variant import Omfang
from ersattning.regler import Kanslighet
from ersattning.simulering.val import PUNKTER, med_punkt, variant
from grund.pengar import avrunda
from grund.tid import Manad
from tests.simulering import vasteras

BOMTID = {"bomtid_varsel_timmar": "24", "bomtid_andel": "1", "antagen_bomtid": "0.3"}
KAPITERING = {"modell": "manad", "priser": [{"enhet": "manad", "niva": "", "belopp": "4850.00"}]}


@pytest.fixture(scope="module")
def personer() -> dict[Manad, list[Person]]:
    return vasteras.personer()


def _fraga(personer: Mapping[Manad, Sequence[Person]], *val: dict[str, Any]) -> Utfall:
    omfang = Omfang(vasteras.INSATS)
    varianter = [variant(ett) for ett in ({}, *val)]
    bocker = [ett.med_villkor(vasteras.villkor(), omfang).bocker(vasteras.MANADER) for ett in varianter]
    return simulera(personer, varianter, bocker, omfang, {})


def _kronor(utfall: Utfall, nummer: int, artikel: str = "") -> Decimal:
    egna = [(nyckel, summa) for nyckel, summa in utfall.summor.items() if nyckel.variant == nummer]
    return sum((summa.belopp for nyckel, summa in egna if artikel in {"", nyckel.artikel}), Decimal(0))


def _timmar(utfall: Utfall, nummer: int, artikel: str) -> Fraction:
    egna = [s.antal for n, s in utfall.summor.items() if n.variant == nummer and n.artikel == artikel]
    return sum(egna, Fraction(0))


def test_every_figure_that_the_report_gives(personer: dict[Manad, list[Person]]) -> None:
    """98 360 ordered hours × 436 = 42 884 960; 68 137 carried out are 69,3 %; 551 persons."""
    utfall = _fraga(personer, {"modell": "bestalld_tid"})
    assert _timmar(utfall, 1, "bestalld_tid") == 98_360
    assert _kronor(utfall, 1) == Decimal("42884960.00")
    assert _timmar(utfall, 0, "utford_tid") == 68_137
    assert _kronor(utfall, 0) == 68_137 * Decimal(436) == Decimal("29707732.00")
    hela = utfall.volymer[Volymnyckel(None, None, "")]
    assert hela.personer == 551
    assert (hela.bestallda, hela.utforda) == (98_360 * 60, 68_137 * 60)
    assert avrunda(Fraction(hela.utforda) * 100 / hela.bestallda, 1) == Decimal("69.3")
    assert not utfall.brister


def test_bomtid_assumed_to_be_30_per_cent_of_the_ordered_hours(personer: dict[Manad, list[Person]]) -> None:
    """30 % of 98 360 are 29 508 hours: at the whole price, at half, and with a cap of 20 %."""
    halv, tak = BOMTID | {"bomtid_andel": "0.5"}, BOMTID | {"bomtid_tak_andel": "0.2"}
    utfall = _fraga(personer, BOMTID, halv, tak)
    assert _timmar(utfall, 1, "bomtid") == 29_508
    assert _kronor(utfall, 1) == (68_137 + 29_508) * Decimal(436)
    assert _kronor(utfall, 2, "bomtid") * 2 == _kronor(utfall, 1, "bomtid")
    assert _timmar(utfall, 3, "bomtid") == 19_672
    assert _kronor(utfall, 3, "utford_tid") == _kronor(utfall, 0)


def test_kapitering_is_a_price_a_person_and_month(personer: dict[Manad, list[Person]]) -> None:
    utfall = _fraga(personer, KAPITERING)
    assert _kronor(utfall, 1) == 551 * 12 * Decimal("4850.00")


def test_the_sensitivity_is_a_straight_line_from_no_bomtid_to_all_ordered_hours(
    personer: dict[Manad, list[Person]],
) -> None:
    punkter = [med_punkt(BOMTID, Kanslighet.BOMTID, punkt) for punkt in PUNKTER[Kanslighet.BOMTID]]
    utfall = _fraga({vasteras.MANADER[5]: personer[vasteras.MANADER[5]]}, *punkter)
    kronor = [_kronor(utfall, nummer) for nummer in range(1, len(punkter) + 1)]
    assert kronor[0] == _kronor(utfall, 0)
    assert {senare - forra for forra, senare in itertools.pairwise(kronor)} == {820 * Decimal("436.00")}


def test_more_carried_out_than_ordered_is_capped_when_the_variant_says_so(personer: dict[Manad, list[Person]]) -> None:
    """Assumed to be carried out to 120 %, with a cap at what is ordered: no more than what is ordered is paid."""
    utfall = _fraga(personer, {"antagen_utford": "1.2"}, {"antagen_utford": "1.2", "tak_andel_av_bestallt": "1"})
    assert _timmar(utfall, 1, "utford_tid") == Fraction(98_360 * 12, 10)
    assert _kronor(utfall, 2) == Decimal("42884960.00")
