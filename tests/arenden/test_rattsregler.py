"""The pure rules of law: lagrum by day, time limits, omprövning and delegation."""

from datetime import date
from decimal import Decimal

import pytest

from beslut.delegation import Delegationsregel, Fraga, grundforslag, hinder_for_att_underteckna, hinder_for_regel
from beslut.frister import hinder_for_rattid, nasta_vardag, sista_dag_att_overklaga
from beslut.koder import Andringsgrund
from beslut.lagrum import lagrum_i_ord
from beslut.omprovning import Innehall, hinder_for_andring, mojligheter, till_nackdel
from beslut.regler import Insats, Omfattningsenhet, Utfall
from grund.behorighet import Roll

IDAG = date(2026, 6, 3)
CHEF, HANDLAGGARE = [Roll.GRUPPCHEF], [Roll.HANDLAGGARE]


@pytest.mark.parametrize(
    ("insats", "dag", "lagrum"),
    [
        (Insats.DAGLIG_VERKSAMHET, date(2026, 6, 3), "9 § 10 LSS"),
        (Insats.PERSONLIG_ASSISTANS, date(2020, 1, 1), "9 § 2 LSS"),
        (Insats.BOENDESTOD, date(2025, 6, 30), "4 kap. 1 § socialtjänstlagen (2001:453)"),
        (Insats.BOENDESTOD, date(2025, 7, 1), "11 kap. 1 § socialtjänstlagen (2025:400)"),
    ],
)
def test_the_paragraph_follows_from_the_insats_and_the_day(insats: Insats, dag: date, lagrum: str) -> None:
    assert lagrum_i_ord(insats, dag) == lagrum


@pytest.mark.parametrize(
    ("fick_del", "sista"),
    [
        (date(2026, 6, 3), date(2026, 6, 24)),
        (date(2026, 5, 29), date(2026, 6, 22)),  # Friday midsommarafton, then a weekend
        (date(2026, 5, 23), date(2026, 6, 15)),  # Saturday + three weeks is a Saturday
        (date(2026, 12, 3), date(2026, 12, 28)),  # julafton, juldagen, and a weekend
        (date(2026, 12, 10), date(2027, 1, 4)),  # nyårsafton, nyårsdagen, and a weekend
    ],
)
def test_the_time_to_appeal_ends_on_a_working_day(fick_del: date, sista: date) -> None:
    assert sista_dag_att_overklaga(fick_del) == sista


def test_an_appeal_is_in_time_up_to_the_last_day() -> None:
    assert hinder_for_rattid(date(2026, 6, 3), date(2026, 6, 24)) == []
    (hinder,) = hinder_for_rattid(date(2026, 6, 3), date(2026, 6, 25))
    assert "Sista dagen var 2026-06-24" in hinder
    assert hinder_for_rattid(None, date(2030, 1, 1)) == []


def test_a_working_day_stays_as_it_is() -> None:
    assert nasta_vardag(date(2026, 6, 3)) == date(2026, 6, 3)


TILLS_VIDARE = Innehall(Utfall.BIFALL, date(2025, 1, 1), None, Decimal(10), Omfattningsenhet.TIMMAR_VECKA)
TIDSBEGRANSAT = Innehall(Utfall.BIFALL, date(2025, 7, 1), date(2026, 6, 30), Decimal(10), Omfattningsenhet.TIMMAR_VECKA)


def _nytt(fran: date, sista: date | None = None, omfattning: int | None = 10, enhet: str = "timmar_vecka") -> Innehall:
    return Innehall(Utfall.BIFALL, fran, sista, None if omfattning is None else Decimal(omfattning), enhet)


def _hinder(gammalt: Innehall, nytt: Innehall, grund: Andringsgrund | None, forbehall: str = "") -> list[str]:
    return hinder_for_andring(gammalt, nytt, grund, forbehall=forbehall, idag=IDAG)


JULI = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("nytt", "skal"),
    [
        (_nytt(JULI, omfattning=8), "Omfattningen blir mindre."),
        (_nytt(JULI, date(2027, 6, 30)), "Beslutet slutar tidigare."),
        (_nytt(JULI, omfattning=40, enhet="timmar_manad"), "annan enhet"),
        (_nytt(JULI, omfattning=None, enhet=""), "går inte att jämföra"),
        (Innehall(Utfall.AVSLAG, JULI, None), "upphör"),
    ],
)
def test_a_tills_vidare_decision_cannot_be_lowered_by_a_look_alone(nytt: Innehall, skal: str) -> None:
    assert skal in " ".join(till_nackdel(TILLS_VIDARE, nytt))
    (hinder,) = _hinder(TILLS_VIDARE, nytt, Andringsgrund.FORDEL)
    assert skal in hinder
    assert "37 §" in hinder
    for grund in (Andringsgrund.EGEN_BEGARAN, Andringsgrund.SAKERHET, Andringsgrund.ORIKTIGT):
        assert _hinder(TILLS_VIDARE, nytt, grund) == []


def test_a_forbehall_opens_the_way_only_where_there_is_one() -> None:
    mindre = _nytt(JULI, omfattning=8)
    assert "inget förbehåll" in _hinder(TILLS_VIDARE, mindre, Andringsgrund.FORBEHALL)[0]
    assert _hinder(TILLS_VIDARE, mindre, Andringsgrund.FORBEHALL, "om behovet minskar") == []


def test_what_is_better_for_the_person_is_always_open() -> None:
    assert till_nackdel(TILLS_VIDARE, _nytt(JULI, omfattning=12)) == []
    assert _hinder(TILLS_VIDARE, _nytt(JULI, omfattning=12), Andringsgrund.FORDEL) == []


def test_a_decision_that_runs_out_is_followed_by_another_the_day_after() -> None:
    mindre = _nytt(JULI, date(2027, 6, 30), omfattning=6)
    assert _hinder(TIDSBEGRANSAT, mindre, Andringsgrund.NY_TID) == []
    assert (
        "går ut 30\N{NO-BREAK SPACE}juni 2026"
        in _hinder(TIDSBEGRANSAT, _nytt(date(2026, 6, 30)), Andringsgrund.NY_TID)[0]
    )
    assert "tills vidare" in _hinder(TILLS_VIDARE, mindre, Andringsgrund.NY_TID)[0]


def test_nothing_is_worse_when_the_old_one_has_already_ended() -> None:
    assert till_nackdel(TIDSBEGRANSAT, _nytt(JULI, omfattning=1)) == []
    assert till_nackdel(TIDSBEGRANSAT, Innehall(Utfall.AVSLAG, None, None)) == []


def test_a_ground_must_be_chosen() -> None:
    assert _hinder(TILLS_VIDARE, _nytt(JULI), None) == ["Välj vilken grund som låter beslutet ändras."]


def test_every_way_says_whether_it_is_open_and_why() -> None:
    vagar = mojligheter(TIDSBEGRANSAT, forbehall="", idag=IDAG)
    assert [ett.grund for ett in vagar] == list(Andringsgrund)
    assert {ett.grund for ett in vagar if not ett.oppen} == {Andringsgrund.FORBEHALL}
    assert {ett.grund for ett in mojligheter(TILLS_VIDARE, forbehall="om …", idag=IDAG) if not ett.oppen} == {
        Andringsgrund.NY_TID
    }
    assert "gick ut" in mojligheter(TIDSBEGRANSAT, forbehall="", idag=date(2027, 1, 1))[0].text


ASSISTANS = Fraga(Insats.PERSONLIG_ASSISTANS, Utfall.BIFALL, Decimal(40), "timmar_vecka")
BOENDESTOD = Fraga(Insats.BOENDESTOD, Utfall.BIFALL, Decimal(6), "timmar_vecka", Decimal(9000))


def _far(fraga: Fraga, *regler: Delegationsregel, roller: list[Roll] = HANDLAGGARE, eget: bool = False) -> list[str]:
    return hinder_for_att_underteckna(fraga, regler, roller, eget_forslag=eget)


def test_personlig_assistans_is_for_the_gruppchef_only() -> None:
    (hinder,) = _far(ASSISTANS, *grundforslag())
    assert "beslutar gruppchef om personlig assistans (LSS)" in hinder
    assert _far(ASSISTANS, *grundforslag(), roller=CHEF) == []
    fel = Delegationsregel(Roll.HANDLAGGARE, Insats.PERSONLIG_ASSISTANS)
    assert hinder_for_regel(fel) == ["Bara gruppchef kan få delegation för personlig assistans."]


def test_a_limit_of_omfattning_holds_in_its_own_unit() -> None:
    regel = Delegationsregel(
        Roll.HANDLAGGARE, Insats.BOENDESTOD, hogst_omfattning=Decimal(6), enhet=Omfattningsenhet.TIMMAR_VECKA
    )
    assert _far(BOENDESTOD, regel) == []
    mer = Fraga(Insats.BOENDESTOD, Utfall.BIFALL, Decimal("6.5"), "timmar_vecka")
    assert "högst 6 timmar per vecka" in _far(mer, regel)[0]
    assert _far(Fraga(Insats.BOENDESTOD, Utfall.BIFALL, Decimal(6), "timmar_manad"), regel)
    assert _far(Fraga(Insats.BOENDESTOD, Utfall.BIFALL), regel)
    assert _far(Fraga(Insats.BOENDESTOD, Utfall.AVSLAG), regel) == []


def test_a_limit_of_kronor_needs_to_know_what_it_costs() -> None:
    regel = Delegationsregel(Roll.HANDLAGGARE, Insats.BOENDESTOD, hogst_kostnad=Decimal(10000))
    assert _far(BOENDESTOD, regel) == []
    assert "Skriv vad beslutet kostar" in _far(Fraga(Insats.BOENDESTOD, Utfall.BIFALL), regel)[0]
    dyrt = Fraga(Insats.BOENDESTOD, Utfall.BIFALL, kostnad=Decimal("10000.01"))
    assert "högst 10\N{NO-BREAK SPACE}000 kr" in _far(dyrt, regel)[0]


def test_four_eyes_stop_the_one_who_proposed() -> None:
    regel = Delegationsregel(Roll.HANDLAGGARE, Insats.BOENDESTOD, fyra_ogon=True)
    assert _far(BOENDESTOD, regel) == []
    assert "fyra ögon" in _far(BOENDESTOD, regel, eget=True)[0]


def test_what_no_row_covers_is_for_the_namnd() -> None:
    assert "Nämnden beslutar" in _far(BOENDESTOD, roller=CHEF)[0]
    assert _far(BOENDESTOD, Delegationsregel(Roll.GRUPPCHEF, Insats.LEDSAGNING), roller=CHEF)


def test_the_proposal_of_the_house_may_stand_and_covers_every_insats() -> None:
    assert [hinder for regel in grundforslag() for hinder in hinder_for_regel(regel)] == []
    assert {regel.insats for regel in grundforslag() if regel.roll is Roll.GRUPPCHEF} == set(Insats)
