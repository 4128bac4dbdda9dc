"""KPB: spread to the öre, whatever the accounts say, and files that say what is wrong with them."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.rapporter.kpb.fordelning import Plats, Post, Utfall, dela_ut, fordela, per_plats
from uppfoljning.rapporter.kpb.pseudonym import pseudonymer
from uppfoljning.rapporter.kpb.rapport import percentiler
from uppfoljning.rapporter.kpb.regler import Gransmatt, Grund
from uppfoljning.rapporter.kpb.siffror import i_enheter
from uppfoljning.rapporter.kpb.underlag import Bokslut, Grans
from uppfoljning.uppgifter.inlasning import UppgifterNekade, las_in_uppgifter
from uppfoljning.uppgifter.kpb import BOKSLUT, YTTERFALL
from utforare.models import Utforare

REGIER = {1: "egen", 2: "privat", 3: "privat"}
DV, BOSTAD = "LSS-10", "LSS-9"
_ore = st.integers(0, 10**9).map(lambda ore: Decimal(ore) / 100)
_plats = st.builds(Plats, st.sampled_from([DV, BOSTAD]), st.sampled_from([1, 2, 3]), st.integers(1, 12))


def _post(nummer: int, netto: str, grund: Grund = Grund.DYGN, **annat: Any) -> Post:
    falt = {"verksamhet": "V", "insats": DV, "utforare": None, "regi": ""} | annat
    return Post(
        nummer=nummer,
        bruttokostnad=Decimal(netto),
        interna_intakter=Decimal(0),
        forsaljning=Decimal(0),
        grund=grund,
        **falt,
    )


def test_the_ore_that_is_left_goes_to_the_one_who_lost_most() -> None:
    assert dela_ut(Decimal("0.10"), {"a": 1, "b": 1, "c": 1}) == {
        "a": Decimal("0.04"),
        "b": Decimal("0.03"),
        "c": Decimal("0.03"),
    }
    assert dela_ut(Decimal("-0.05"), {"a": 1, "b": 2}) == {"a": Decimal("-0.02"), "b": Decimal("-0.03")}


@given(st.integers(-(10**10), 10**10), st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_the_parts_are_all_and_each_within_an_ore_of_its_share(ore: int, vikter: list[int]) -> None:
    belopp = Decimal(ore) / 100
    delar = dela_ut(belopp, dict(enumerate(vikter)))
    assert sum(delar.values()) == belopp
    for nyckel, vikt in enumerate(vikter):
        assert abs(delar[nyckel] * sum(vikter) - belopp * vikt) < Decimal("0.01") * sum(vikter)


@given(
    st.lists(
        st.builds(
            Post,
            nummer=st.integers(),
            verksamhet=st.just("V"),
            insats=st.sampled_from([DV, BOSTAD, "LSS-6"]),
            utforare=st.sampled_from([None, 1, 2]),
            regi=st.sampled_from(["", "egen", "privat"]),
            bruttokostnad=_ore,
            interna_intakter=_ore,
            forsaljning=_ore,
            grund=st.sampled_from(list(Grund)),
        ),
        unique_by=lambda post: post.nummer,
        max_size=6,
    ),
    st.fixed_dictionaries({grund: st.dictionaries(_plats, st.integers(0, 400), max_size=8) for grund in Grund}),
)
def test_nothing_is_lost_and_nothing_is_made(poster: list[Post], volymer: dict[Grund, dict[Plats, int]]) -> None:
    utfall = fordela(poster, volymer, REGIER)
    netto = sum((post.netto for post in poster), Decimal(0))
    assert sum(per_plats(utfall).values(), Decimal(0)) + sum((ett.kvar for ett in utfall), Decimal(0)) == netto
    for ett in utfall:
        assert ett.post.netto + ett.paslag == ett.fordelat + ett.vidare + ett.kvar
        assert bool(ett.varfor) == (not ett.delar and not ett.vidare and not _ar_noll_vidare(ett, utfall))


def _ar_noll_vidare(ett: Utfall, alla: list[Utfall]) -> bool:
    """A shared post of nothing that went on, as nothing."""
    gar = any(annat.delar and annat.post.netto > 0 for annat in alla)
    return ett.post.grund is Grund.GEMENSAM and ett.post.netto == 0 and gar


def test_a_post_is_spread_over_the_volumes_that_it_names() -> None:
    hos = {Plats(DV, 1, 7): 100, Plats(DV, 2, 7): 50, Plats(DV, 2, 8): 50, Plats(BOSTAD, 2, 8): 365}
    poster = [
        _post(2, "1000.00", regi="egen"),
        _post(3, "300.00", utforare=2),
        _post(4, "26.00", Grund.GEMENSAM, insats=""),
        _post(5, "9.00", Grund.INGEN, insats=""),
        _post(6, "5.00", Grund.TIMMAR),
    ]
    utfall = fordela(poster, {Grund.DYGN: hos, Grund.TIMMAR: {}}, REGIER)
    assert per_plats(utfall) == {
        Plats(DV, 1, 7): Decimal("1020.00"),
        Plats(DV, 2, 7): Decimal("153.00"),
        Plats(DV, 2, 8): Decimal("153.00"),
    }
    assert [(ett.kvar, ett.varfor) for ett in utfall[2:]] == [
        (Decimal(0), ""),
        (Decimal("9.00"), "Ska inte fördelas"),
        (Decimal("5.00"), "Inget utfört är registrerat"),
    ]


def test_a_place_of_a_whole_year_is_twelve_months_and_minutes_are_hours() -> None:
    helt, del_ = Bokslut(2025, 12, (), ""), Bokslut(2026, 5, (), "")
    assert i_enheter(365, Grund.PLATSER, helt) == 12
    assert i_enheter(151, Grund.PLATSER, del_) == 5
    assert i_enheter(90, Grund.TIMMAR, helt) == Decimal("1.5")
    assert (helt.namn, del_.namn, Bokslut(2026, 1, (), "").namn) == ("2025", "januari–maj 2026", "januari 2026")


def test_a_limit_is_of_a_year_so_that_part_of_one_is_counted_up() -> None:
    grans = Grans("", Gransmatt.KRONOR, Decimal(1200), Decimal(12000))
    assert not grans.utanfor(Decimal(1200), 12)
    assert grans.utanfor(Decimal("1199.99"), 12)
    assert grans.utanfor(Decimal("5000.01"), 5)
    assert not grans.utanfor(Decimal(5000), 5)


def test_percentiles_lie_between_two_persons_and_one_person_has_none() -> None:
    assert percentiler([Decimal(1)]) == {}
    assert percentiler([Decimal(0), Decimal(100)])[90] == 90


def test_a_pseudonym_is_of_its_own_in_each_report() -> None:
    ett, annat = pseudonymer(range(2000), "2025"), pseudonymer(range(2000), "2026")
    assert len(set(ett.values())) == 2000
    assert not set(ett.values()) & set(annat.values())
    assert ett == pseudonymer(reversed(range(2000)), "2025")


def test_accounts_of_two_years_from_one_source_have_no_name_in_common() -> None:
    """The source is free text, and the same from year to year; each year begins with version 1."""
    ett, annat = (Bokslut(ar, 12, (), "Ekonomisystemet, version 1").markning for ar in (2024, 2025))
    assert not set(pseudonymer(range(50), ett).values()) & set(pseudonymer(range(50), annat).values())


# In the database.

RUBRIK = "verksamhet;insats;utforare_id;regi;bruttokostnad;interna_intakter;forsaljning;fordelas_efter;manader\n"


def _brister(slag: Any, text: str) -> list[str]:
    with pytest.raises(UppgifterNekade) as nekad:
        las_in_uppgifter(
            slag=slag,
            period="2025" if slag is BOKSLUT else "",
            innehall=text.encode(),
            filnamn="b.csv",
            kalla="Ekonomi",
            av=None,
            nu=datetime(2026, 2, 1, 8, tzinfo=UTC),
        )
    return [str(fel).removeprefix("b.csv, ") for fel in nekad.value.fel]


@pytest.mark.django_db
def test_accounts_that_cannot_be_spread_are_refused_line_by_line() -> None:
    Utforare.objects.create(nyckel="U-1", namn="Eken AB", organisationsnummer="5566002373", regi="privat")
    fel = _brister(
        BOKSLUT, f"{RUBRIK}DV;;;;10;0;0;dagar;12\nDV;LSS-10;U-1;egen;10;0;0;dagar;12\nB;LSS-9;;;10;8;3;dygn;12\n"
    )
    assert [ett.split(":")[0] for ett in fel] == ["rad 2, insats", "rad 3, regi ”egen”", "rad 4, bruttokostnad ”10”"]
    assert _brister(BOKSLUT, f"{RUBRIK}A;;;;1;0;0;ingen;12\nB;;;;1;0;0;ingen;5\n") == [
        "rad 3, manader: Den första raden gäller 12 månader. Alla rader ska gälla samma tid."
    ]


@pytest.mark.django_db
def test_limits_that_say_nothing_are_refused() -> None:
    fel = _brister(YTTERFALL, "insats;matt;lagst;hogst\n;kronor;;\n;dygn;1;2\nLSS-9;dygn;9;3\n")
    assert [ett.split(" ”")[0].split(":")[0] for ett in fel] == ["rad 2, lagst", "rad 3, insats", "rad 4, hogst"]
