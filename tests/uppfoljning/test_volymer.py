"""Volymer: who came, left and moved between two days; and how many places there will have to be."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.models import Planantagande
from uppfoljning.rapporter.volymer.forms import Volymform, senaste_matdag
from uppfoljning.rapporter.volymer.plan import (
    ANTAGANDEN,
    Elever,
    Kapacitet,
    Ko,
    Nyckel,
    Plan,
    Planar,
    Planunderlag,
    rakna,
    som_galler,
)
from uppfoljning.rapporter.volymer.planfakta import antagandena
from uppfoljning.rapporter.volymer.rorelse import Tid, forandringar, hos_utforarna, pa_dagen, trend
from uppfoljning.uppgifter.inlasning import UppgifterNekade, las_in_uppgifter
from uppfoljning.uppgifter.planering import PLANANTAGANDEN, SKOLELEVER
from uppfoljning.uppgifter.typ import Uppgiftsslag

DV = "LSS-10"
D1, D2 = date(2025, 10, 1), date(2026, 6, 3)
_dagar = st.dates(date(2025, 1, 1), date(2026, 12, 31))
_tid = st.builds(
    lambda person, insats, utforare, fran, langd: Tid(
        person, insats, utforare, fran, fran + timedelta(langd) if langd else None
    ),
    st.integers(1, 8),
    st.sampled_from([DV, "LSS-9"]),
    st.integers(1, 3),
    _dagar,
    st.integers(0, 500),
)


@given(st.lists(_tid, max_size=25))
def test_those_of_then_and_what_has_happened_make_those_of_now(tider: list[Tid]) -> None:
    da, nu = pa_dagen(tider, D1), pa_dagen(tider, D2)
    for insats, ett in forandringar(da, nu).items():
        assert len(ett.da) + len(ett.nya) - len(ett.slutade) == len(ett.nu)
        assert ett.bytt <= ett.da & ett.nu
        assert ett.nu == {t.person for t in tider if t.insats == insats and t.fran <= D2 < (t.till or date.max)}
    for hos in hos_utforarna(da, nu).values():
        kom, gick = len(hos.nya) + len(hos.hit), len(hos.slutade) + len(hos.harifran)
        assert len(hos.da) + kom - gick == len(hos.nu)
        assert not hos.nya & hos.hit
        assert not hos.slutade & hos.harifran


def test_one_who_changes_utforare_is_neither_new_nor_gone() -> None:
    tider = [Tid(1, DV, 1, D1, D2), Tid(1, DV, 2, D2, None), Tid(2, DV, 1, D1, None)]
    (ett,) = forandringar(pa_dagen(tider, D1), pa_dagen(tider, D2)).values()
    assert (ett.nya, ett.slutade, ett.bytt) == (frozenset(), frozenset(), {1})
    hos = hos_utforarna(pa_dagen(tider, D1), pa_dagen(tider, D2))
    assert (hos[1, DV].harifran, hos[2, DV].hit) == ({1}, {1})


@given(st.lists(_tid, max_size=25))
def test_each_month_ends_where_the_next_begins(tider: list[Tid]) -> None:
    dagar = [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    punkter = trend(sorted(tider, key=lambda ett: ett.person), dagar)
    for punkt, nasta in itertools.pairwise(punkter):
        assert punkt.insatser + punkt.nya - punkt.slutade == nasta.insatser
    for punkt in punkter:
        lage = pa_dagen(tider, punkt.fran)
        assert punkt.insatser == sum(map(len, lage.values()))
        assert punkt.personer == len({person for ett in lage.values() for person in ett})
    for punkt, nasta in zip(punkter, dagar[1:], strict=True):
        allt = forandringar(pa_dagen(tider, punkt.fran), pa_dagen(tider, nasta)).values()
        for falt in ("nya", "slutade", "bytt"):
            assert getattr(punkt, falt) == sum(len(getattr(ett, falt)) for ett in allt)


def test_the_day_of_the_statistics_is_the_latest_first_of_october() -> None:
    assert senaste_matdag(date(2025, 10, 1)) == date(2025, 10, 1)
    assert senaste_matdag(date(2025, 9, 30)) == date(2024, 10, 1)


# The plans.

TOMT = Planunderlag(Plan.DV, date(2026, 12, 31), {}, (), {}, (), {}, ())
INGET = {nyckel.value: (Fraction(0), "") for nyckel in Nyckel}


def _tal(**annat: int) -> Any:
    return som_galler(INGET | {"dv_slutalder": (Fraction(67), "")} | {k: (Fraction(v), "") for k, v in annat.items()})


def _behov(aren: list[Planar]) -> list[Fraction]:
    return [ett.behov for ett in aren]


def test_dv_ends_at_the_age_that_is_assumed() -> None:
    aren = rakna(replace(TOMT, fodda={1961: 2, 1990: 3}), _tal())
    assert [(ett.ar, ett.alder) for ett in aren[:3]] == [(2026, 0), (2027, 0), (2028, 2)]
    assert _behov(aren) == [5, 5, 3, 3, 3, 3]


def test_who_waits_comes_when_three_months_have_passed_and_never_before_this_year() -> None:
    aren = rakna(replace(TOMT, ko=(Ko(2024, 2000), Ko(2027, 2000))), _tal())
    assert _behov(aren)[:2] == [1, 2]


def test_pupils_come_to_dv_the_same_year_and_to_a_home_after_the_years_that_are_assumed() -> None:
    elever = (Elever(2027, "Skolan", 10, 4),)
    dv = rakna(replace(TOMT, elever=elever), _tal(elever_till_dv=50, elevalder=20))
    assert [ett.elever for ett in dv] == [0, 5, 0, 0, 0, 0]
    boende = replace(TOMT, plan=Plan.BOENDE, elever=elever)
    aren = rakna(boende, _tal(elever_till_boende=50, ar_till_boende=2))
    assert [ett.elever for ett in aren] == [0, 0, 0, 3, 0, 0]  # of the six who have no insats and are not known


def test_those_who_left_school_in_spring_are_known_in_autumn() -> None:
    elever = (Elever(2026, "Skolan", 10, 0),)
    for dag, kommer in ((date(2026, 6, 3), 10), (date(2026, 9, 1), 0)):
        assert rakna(replace(TOMT, dag=dag, elever=elever), _tal(elever_till_dv=100))[0].elever == kommer


def test_young_people_come_to_a_home_at_the_age_that_is_assumed() -> None:
    unga = replace(TOMT, plan=Plan.BOENDE, unga={2005: 3, 1999: 9})
    assert [ett.unga for ett in rakna(unga, _tal(flyttalder=22, flyttar=50))] == [0, Fraction(3, 2), 0, 0, 0, 0]


def test_the_old_leave_their_homes_oftener_and_this_year_only_for_what_is_left_of_it() -> None:
    bor = replace(TOMT, plan=Plan.BOENDE, dag=date(2026, 7, 1), fodda={1960: 10, 2000: 10})
    aren = rakna(bor, _tal(aldre_fran=65, avgang_boende=1, avgang_boende_aldre=10))
    assert aren[0].avgang == (1 + Fraction(1, 10)) * Fraction(183, 365)
    assert (
        aren[1].avgang == (aren[0].behov - 10 * (1 - Fraction(183, 36500))) / 10 + 10 * (1 - Fraction(183, 36500)) / 100
    )


def test_places_are_as_today_until_the_plan_says_another_number() -> None:
    kapacitet = (Kapacitet(2028, 7, "Eken", 0), Kapacitet(2027, None, "Ny", 6), Kapacitet(2027, 7, "Eken", 9))
    aren = rakna(replace(TOMT, platser={7: 8, 8: 4}, kapacitet=kapacitet), _tal())
    assert [ett.platser for ett in aren] == [12, 19, 10, 10, 10, 10]
    assert aren[0].saknas == -12


@given(
    st.dictionaries(st.integers(1930, 2010), st.integers(0, 50)),
    st.dictionaries(st.sampled_from(list(Nyckel)), st.integers(0, 100)),
    st.sampled_from(list(Plan)),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
)
def test_each_year_begins_where_the_one_before_ended_and_nobody_is_below_zero(
    fodda: dict[int, int], tal: dict[Nyckel, int], plan: Plan, dag: date
) -> None:
    underlag = replace(TOMT, plan=plan, dag=dag, fodda=fodda, unga=fodda, elever=(Elever(2028, "S", 9, 2),))
    aren = rakna(underlag, som_galler({nyckel.value: (Fraction(varde), "") for nyckel, varde in tal.items()}))
    assert aren[0].forst == sum(fodda.values())
    for ett, nasta in itertools.pairwise(aren):
        assert ett.behov == nasta.forst
    assert all(min(ett.forst, ett.alder, ett.avgang, ett.behov) >= 0 for ett in aren)


def test_every_assumption_has_a_name_a_unit_and_a_number() -> None:
    assert set(ANTAGANDEN) == set(Nyckel)
    assert all(ett.namn and ett.enhet in {"år", "procent"} for ett in ANTAGANDEN.values())


# In the database.


def _las(slag: Uppgiftsslag, text: str) -> None:
    las_in_uppgifter(
        slag=slag,
        period="",
        innehall=text.encode(),
        filnamn="f.csv",
        kalla="Planen",
        av=None,
        nu=datetime(2026, 3, 1, 8, tzinfo=UTC),
    )


@pytest.mark.django_db
def test_an_assumption_that_is_written_holds_and_says_why() -> None:
    _las(PLANANTAGANDEN, "antagande;varde;motiv\navgang_dv;2.5;Få slutar\nflyttar;55;\n")
    alla = antagandena()
    assert (alla[Nyckel.AVGANG_DV].varde, alla[Nyckel.AVGANG_DV].kalla) == (Fraction(5, 2), "Få slutar")
    assert alla[Nyckel.FLYTTAR].kalla == "Planen"
    assert alla[Nyckel.DV_SLUTALDER].forval
    assert Planantagande.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slag", "text", "fel"),
    [
        (PLANANTAGANDEN, "antagande;varde;motiv\navgang_dv;101;\n", "högst 100 procent"),
        (PLANANTAGANDEN, "antagande;varde;motiv\nflyttalder;21.5;\n", "hela år"),
        (PLANANTAGANDEN, "antagande;varde;motiv\nannat;1;\n", "Okänd kod"),
        (SKOLELEVER, "ar;skola;antal;har_insats\n2027;Skolan;3;4\n", "fler än eleverna"),
    ],
)
def test_what_cannot_be_is_refused(slag: Uppgiftsslag, text: str, fel: str) -> None:
    with pytest.raises(UppgifterNekade) as nekad:
        _las(slag, text)
    assert fel in str(next(iter(nekad.value.fel)))


@pytest.mark.django_db
def test_days_that_have_not_been_or_stand_in_the_wrong_order_are_told_of() -> None:
    idag = date(2026, 6, 3)
    assert Volymform({}, idag=idag).is_valid()
    form = Volymform({"dag": "2026-06-04"}, idag=idag)
    assert "har inte varit" in str(form.errors["dag"])
    assert "före dagen" in str(Volymform({"dag": "2026-06-01", "mot": "2026-06-01"}, idag=idag).errors["mot"])
    assert "insats" in Volymform({"insats": "LSS-99"}, idag=idag).errors
