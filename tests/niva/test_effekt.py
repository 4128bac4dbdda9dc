"""What the page promises is what the next run does, to the öre; and what is to come is an estimate that says so."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beslut.actions.nivaprovning import godkann
from beslut.models import Nivaarende, Nivabedomning, Person
from ersattning.kalkyl import framtid
from ersattning.kalkyl.person import rakna_person
from ersattning.kalkyl.typer import Resultat
from ersattning.models import Ersattningsrad, Pris
from ersattning.nivaeffekt import Effekt, Forslag, effekt, helar
from ersattning.regler import Radtyp
from ersattning.underlag import dagens_manadsbok, las_personer
from ersattning.underlag_manader import las_manader
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.tid import Manad
from tests.datapaket.paket import skriv
from tests.kedja import direkt
from tests.niva.fem_modeller import MODELLER, paketet
from tests.niva.hus import anvandare, inskickad, instrument_i_bruk, klockan

EXEMPEL = Path(__file__).parents[1] / "exempel"
IDAG = date(2025, 6, 3)
FRAN = date(2025, 4, 10)

pytestmark = pytest.mark.django_db


@pytest.fixture
def maria() -> Anvandare:
    return anvandare("maria", Roll.HANDLAGGARE, fornamn="Maria", efternamn="Lindqvist")


@pytest.fixture
def eva() -> Anvandare:
    return anvandare("eva", Roll.AVTALSSAMORDNARE, fornamn="Eva", efternamn="Sandström")


@pytest.fixture
def april(maria: Anvandare) -> None:
    """April is settled, and there is an instrument."""
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-1")
    direkt.kor("2025-04")
    direkt.faststall("2025-04")
    instrument_i_bruk("LSS-9", "LSS-10", fran=date(2025, 1, 1))


def _arende(nyckel: str, insats: str, niva: str, av: Anvandare, fran: date = FRAN) -> Nivaarende:
    person = Person.objects.get(nyckel=nyckel)
    return inskickad(person, insats, niva=niva, fran=fran, av=av, idag=IDAG)


def _effekt(arende: Nivaarende, fran: date = FRAN) -> Effekt:
    svar = effekt(Forslag.av(arende, fran, IDAG), IDAG)
    assert svar is not None
    return svar


def _utfall(manad: str, avser: str, person: str) -> dict[str, Decimal]:
    rader = Ersattningsrad.objects.filter(
        korning__manad=Manad.las(manad).fran, avser_manad=Manad.las(avser).fran, person__nyckel=person
    )
    return {
        typ: sum(rader.filter(typ=typ).values_list("belopp", flat=True), Decimal(0))
        for typ in (Radtyp.KREDITERING, Radtyp.RATTELSE)
    }


@pytest.mark.parametrize(("person", "insats", "niva"), [("P1", "LSS-9", "3"), ("P2", "LSS-10", "4")])
def test_the_promise_is_what_the_next_run_does(
    person: str, insats: str, niva: str, april: None, maria: Anvandare, eva: Anvandare
) -> None:
    arende = _arende(person, insats, niva, maria)
    (lovat,) = _effekt(arende).rattas
    assert (lovat.manad, lovat.redan) == (Manad(2025, 4), 0)
    assert lovat.netto > 0
    fore = Ersattningsrad.objects.count()
    godkann(arende=arende, fran=FRAN, motiv="Välgrundad.", av=eva, nu=klockan(IDAG), idag=IDAG, version=arende.version)
    assert Ersattningsrad.objects.count() == fore
    direkt.kor("2025-05")
    assert _utfall("2025-05", "2025-04", person) == {
        Radtyp.KREDITERING: lovat.kreditering,
        Radtyp.RATTELSE: lovat.rattelse,
    }


def test_what_other_changes_correct_anyway_is_told_apart(april: None, maria: Anvandare) -> None:
    arende = _arende("P2", "LSS-10", "4", maria)
    fore = _effekt(arende)
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-2")
    efter = _effekt(arende)
    assert fore.rattas[0].redan == 0
    assert efter.rattas[0].redan != 0
    assert efter.lofte != fore.lofte


def test_a_level_from_a_later_day_corrects_less(april: None, maria: Anvandare) -> None:
    arende = _arende("P1", "LSS-9", "3", maria)
    hela, halva = _effekt(arende, date(2025, 4, 1)).rattas_netto, _effekt(arende, date(2025, 4, 16)).rattas_netto
    assert hela == 2 * halva == 30 * (Decimal(2933) - Decimal(1863))
    assert _effekt(arende, date(2025, 5, 1)).rattas == []


def test_months_that_have_been_are_exact_and_those_to_come_are_as_ordered(april: None, maria: Anvandare) -> None:
    """P1 lives at a group home: dygn, present each day, so each of the 365 days costs the difference."""
    svar = _effekt(_arende("P1", "LSS-9", "3", maria), date(2025, 4, 1))
    assert svar.helar.skillnad == 365 * (2933 - 1863)
    assert svar.i_ar is not None
    assert svar.i_ar.skillnad == 275 * (2933 - 1863)
    assert svar.helar.uppskattad
    assert [(pris.enhet, pris.fore, pris.efter) for pris in svar.priser] == [("dygn", Decimal(1863), Decimal(2933))]
    assert (svar.niva_fore, svar.niva_efter) == ("2", "3")


def test_a_level_without_a_price_is_said_and_is_no_zero(april: None, maria: Anvandare) -> None:
    Pris.objects.filter(insats="LSS-9", niva="3").delete()
    svar = _effekt(_arende("P1", "LSS-9", "3", maria))
    assert svar.saknar_pris
    assert not svar.helar.fore.utan_pris
    assert svar.priser[0].efter is None


def test_nothing_is_written(april: None, maria: Anvandare) -> None:
    arende = _arende("P1", "LSS-9", "3", maria)
    with CaptureQueriesContext(
        connection,
    ) as fragor:
        _effekt(arende)
    assert all(fraga["sql"].lstrip().startswith(("SELECT", "WITH")) for fraga in fragor.captured_queries)
    assert len(fragor) <= 14


def test_many_cost_no_more_queries_than_one(april: None, maria: Anvandare) -> None:
    arenden = [_arende("P1", "LSS-9", "3", maria), _arende("P2", "LSS-10", "4", maria)]
    with CaptureQueriesContext(connection) as fragor:
        svar = helar([Forslag.av(ett, FRAN, IDAG) for ett in arenden], IDAG)
    assert len(fragor) <= 14
    assert svar == {ett.bedomning_id: _effekt(ett).helar for ett in arenden}


@pytest.fixture
def fem(maria: Anvandare, tmp_path: Path) -> None:
    """A person under each model; March and April 2026 are settled."""
    direkt.las_in(skriv(tmp_path / "fem", paketet()))
    for manad in ("2026-03", "2026-04"):
        direkt.kor(manad)
        direkt.faststall(manad)
    instrument_i_bruk(*(insats for insats, _, _ in MODELLER.values()), fran=date(2026, 1, 1))


@pytest.mark.parametrize("modell", MODELLER)
def test_under_every_model_the_promise_is_what_the_next_run_does(
    modell: str, fem: None, maria: Anvandare, eva: Anvandare
) -> None:
    idag, fran = date(2026, 5, 12), date(2026, 3, 17)
    person = Person.objects.get(nyckel=f"P-{modell}")
    arende = inskickad(person, MODELLER[modell][0], niva="3", fran=fran, av=maria, idag=idag)
    svar = effekt(Forslag.av(arende, fran, idag), idag)
    assert svar is not None
    lovat = {str(ett.manad): ett for ett in svar.rattas}
    assert set(lovat) == {"2026-03", "2026-04"}
    godkann(
        arende=arende, fran=fran, motiv="Ja, så är det.", av=eva, nu=klockan(idag), idag=idag, version=arende.version
    )
    direkt.kor("2026-05")
    for manad, ett in lovat.items():
        assert _utfall("2026-05", manad, person.nyckel) == {"kreditering": ett.kreditering, "rattelse": ett.rattelse}
        assert ett.netto > 0


VANTAT_EFTER = {  # a month to come at level 3: June 2026, with 30 days and 22 weekdays
    # present but for 4 of 120 days
    "dygn": Fraction(30 * 116, 120) * 300,
    # four days of five: 69 of 86 weekdays
    "narvaro": 22 * Fraction(69, 86) * 300,
    "manad": Fraction(300),
    # 40 hours ordered in each of four months; 17 Mondays and 17 Fridays by day, 17 by night
    "utford_tid": 40 * (Fraction(34, 160) * 300 + Fraction(17, 160) * 350),
    "bestalld_tid": Fraction(40 * 300),
}


@pytest.mark.parametrize("modell", MODELLER)
def test_a_month_to_come_is_what_is_ordered_used_as_lately(modell: str, fem: None, maria: Anvandare) -> None:
    idag, fran = date(2026, 5, 1), date(2026, 6, 1)
    person = Person.objects.get(nyckel=f"P-{modell}")
    arende = inskickad(person, MODELLER[modell][0], niva="3", fran=fran, av=maria, idag=idag)
    monster = las_manader([Manad(2026, 1), Manad(2026, 6)], [person.pk])[person.pk]
    juni, bok = monster[Manad(2026, 6)]
    insats = MODELLER[modell][0]
    bedomning = Forslag.av(arende, fran, idag).bedomning
    med = replace(juni, nivaer={insats: (*juni.nivaer[insats], bedomning)})
    historia = [monster[manad] for manad in Manad(2026, 1).till_och_med(Manad(2026, 4))]
    poster = framtid.uppskatta(med, insats, bok, framtid.monster(insats, historia))
    assert sum(post.kronor for post in poster if post.kronor is not None) == VANTAT_EFTER[modell]


@pytest.mark.parametrize(
    ("paket", "fran", "till"),
    [
        ("1-bostad-dygn", "2016-01", "2016-06"),
        ("2-daglig-verksamhet-narvaro", "2020-01", "2020-06"),
        ("3-boendestod-ledsagning-tid", "2021-01", "2021-06"),
        ("4-manad-plats-kapitering", "2020-01", "2020-06"),
        ("7-kanter", "2024-08", "2025-01"),
    ],
)
def test_many_months_at_once_pay_as_each_month_by_itself(paket: str, fran: str, till: str) -> None:
    direkt.las_in(EXEMPEL / paket / "paket")
    personer = list(Person.objects.values_list("pk", flat=True))
    manader = list(Manad.las(fran).till_och_med(Manad.las(till)))
    alla = las_manader(manader, personer)
    antal = 0
    for manad in manader:
        bok = dagens_manadsbok(manad)
        for person in las_personer(manad, personer):
            var_for_sig = _rader(rakna_person(person, bok))
            antal += len(var_for_sig)
            assert _rader(rakna_person(*alla[person.id][manad])) == var_for_sig
    assert antal


def _rader(resultat: Resultat) -> list[tuple[object, ...]]:
    return sorted(
        (
            (rad.verkstallighet.nyckel, rad.artikel, rad.niva, rad.omfattning, rad.tidsband, rad.fran, rad.sista),
            (rad.antal, rad.a_pris, rad.faktor, rad.belopp, rad.underlag),
        )
        for rad in resultat.rader
    )


def test_the_volume_does_not_hang_on_there_having_been_a_price(april: None, maria: Anvandare) -> None:
    """Somebody without any level so far has been paid nothing; the pattern of attendance is there all the same."""
    arende = _arende("P2", "LSS-10", "4", maria)
    med = _effekt(arende)
    Nivabedomning.objects.filter(person__nyckel="P2", status="godkand").delete()
    utan = _effekt(arende)
    assert utan.monster == med.monster
    assert utan.helar.efter == med.helar.efter
    assert utan.niva_fore == ""
    assert utan.helar.fore.utan_pris
    assert med.monster["narvaro"].andel is not None
    assert 0 < med.monster["narvaro"].andel < Fraction(1)
