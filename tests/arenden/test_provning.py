"""What is wrong with a draft of a decision, or may be: each rule with a reason that people read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from beslut.provning import ENHETER, Gallande, Lage, Utkast, hinder, prova, saknas
from beslut.regler import Insats, Omfattningsenhet, Utfall

IDAG = date(2026, 6, 3)
BRA = Utkast(
    Insats.DAGLIG_VERKSAMHET,
    Utfall.BIFALL,
    ansokan=date(2026, 5, 1),
    fran=date(2026, 7, 1),
    sista=date(2027, 6, 30),
    omfattning=Decimal(5),
    enhet=Omfattningsenhet.DAGAR_VECKA,
    uppfoljning=date(2027, 6, 1),
    motivering="Behovet är stort.",
)
EN = Lage(personkrets=1)


def _koder(utkast: Utkast, lage: Lage = EN) -> dict[str, bool]:
    return {ett.kod: ett.hindrar for ett in prova(utkast, lage, IDAG)}


def _andra(insats: Insats, fran: date, sista: date | None) -> Lage:
    return replace(EN, andra=(Gallande("B1", insats, fran, sista),))


def test_a_good_draft_has_nothing_against_it() -> None:
    assert prova(BRA, EN, IDAG) == []
    assert hinder(BRA, EN, IDAG, frozenset()) == []


def test_what_is_not_written_yet_is_not_asked_for_while_one_types() -> None:
    assert prova(Utkast(Insats.DAGLIG_VERKSAMHET), Lage(), IDAG) == []


def test_what_is_missing_stops_the_proposal() -> None:
    assert [ett.falt for ett in saknas(Utkast(Insats.BOENDESTOD))] == ["utfall", "motivering"]
    assert [ett.falt for ett in saknas(replace(BRA, fran=None, motivering=" "))] == ["fran", "motivering"]
    assert [ett.falt for ett in saknas(replace(BRA, forbehall=True))] == ["forbehall_text"]


def test_a_refusal_of_anything_must_say_why() -> None:
    (ett,) = saknas(replace(BRA, utfall=Utfall.AVSLAG, motivering=""))
    assert "32 §" in ett.text
    assert "inte får allt" in ett.text


def test_an_end_before_the_start_is_refused() -> None:
    assert _koder(replace(BRA, sista=date(2026, 6, 30))) == {"slut_fore_start": True}
    assert _koder(replace(BRA, sista=BRA.fran)) == {}  # a decision of one day


def test_nothing_is_decided_for_one_who_is_dead() -> None:
    (ett,) = prova(BRA, replace(EN, avliden=date(2026, 5, 20)), IDAG)
    assert (ett.kod, ett.hindrar) == ("avliden", True)
    assert "20\N{NO-BREAK SPACE}maj 2026" in ett.text


@pytest.mark.parametrize(
    ("insats", "personkrets", "stopp"),
    [
        (Insats.DAGLIG_VERKSAMHET, 1, False),
        (Insats.DAGLIG_VERKSAMHET, 2, False),
        (Insats.DAGLIG_VERKSAMHET, 3, True),
        (Insats.DAGLIG_VERKSAMHET, None, True),
        (Insats.LEDSAGARSERVICE, 3, False),
        (Insats.LEDSAGARSERVICE, None, True),
        (Insats.BOENDESTOD, None, False),
    ],
)
def test_personkrets_decides_what_lss_gives(insats: Insats, personkrets: int | None, stopp: bool) -> None:
    enhet = ENHETER[insats][0]
    assert _koder(replace(BRA, insats=insats, enhet=enhet), Lage(personkrets)) == (
        {"personkrets": True} if stopp else {}
    )


def test_an_avslag_needs_no_personkrets() -> None:
    assert _koder(replace(BRA, utfall=Utfall.AVSLAG), Lage()) == {}


@pytest.mark.parametrize("utfall", [Utfall.AVSLAG, Utfall.DELVIS])
def test_what_does_not_give_all_is_communicated_first(utfall: Utfall) -> None:
    assert _koder(replace(BRA, utfall=utfall), replace(EN, kommunicerat=False)) == {"kommunicering": True}
    assert _koder(BRA, replace(EN, kommunicerat=False)) == {}


@pytest.mark.parametrize(
    ("fran", "sista", "overlappar"),
    [
        (date(2025, 1, 1), None, True),
        (date(2025, 1, 1), date(2026, 7, 1), True),
        (date(2025, 1, 1), date(2026, 6, 30), False),
        (date(2027, 6, 30), None, True),
        (date(2027, 7, 1), None, False),
    ],
)
def test_another_decision_on_the_insats_in_the_same_time_is_warned_of(
    fran: date, sista: date | None, overlappar: bool
) -> None:
    lage = _andra(Insats.DAGLIG_VERKSAMHET, fran, sista)
    assert _koder(BRA, lage) == ({"overlapp": False} if overlappar else {})
    assert "B1" in "".join(ett.text for ett in prova(BRA, lage, IDAG)) or not overlappar


def test_a_decision_on_something_else_does_not_overlap() -> None:
    assert _koder(BRA, _andra(Insats.KONTAKTPERSON, date(2025, 1, 1), None)) == {}


@pytest.mark.parametrize(
    ("insats", "annan", "enhet"),
    [
        (Insats.DAGLIG_VERKSAMHET, Insats.SYSSELSATTNING, Omfattningsenhet.DAGAR_VECKA),
        (Insats.SYSSELSATTNING, Insats.DAGLIG_VERKSAMHET, Omfattningsenhet.DAGAR_VECKA),
    ],
)
def test_daglig_verksamhet_and_sysselsattning_are_kept_apart(
    insats: Insats, annan: Insats, enhet: Omfattningsenhet
) -> None:
    assert _koder(replace(BRA, insats=insats, enhet=enhet), _andra(annan, date(2025, 1, 1), None)) == {
        "tva_lagar": False
    }


def test_a_start_before_the_application_or_today_is_warned_of() -> None:
    assert _koder(replace(BRA, fran=date(2026, 4, 1))) == {"fore_ansokan": False, "retroaktivt": False}
    assert _koder(replace(BRA, fran=date(2026, 5, 10))) == {"retroaktivt": False}
    assert _koder(replace(BRA, fran=IDAG)) == {}


def test_a_decision_without_a_follow_up_is_warned_of() -> None:
    assert _koder(replace(BRA, uppfoljning=None)) == {"uppfoljning_saknas": False}
    assert _koder(replace(BRA, uppfoljning=date(2026, 6, 30))) == {"uppfoljning_fore": False}


def test_an_odd_unit_is_warned_of_and_so_is_none() -> None:
    assert _koder(replace(BRA, enhet=Omfattningsenhet.DYGN_MANAD)) == {"enhet": False}
    assert _koder(replace(BRA, omfattning=None, enhet=None)) == {"omfattning_saknas": False}
    assert _koder(replace(BRA, insats=Insats.BOSTAD_VUXNA, omfattning=None, enhet=None)) == {}
    (ett,) = prova(replace(BRA, insats=Insats.BOSTAD_VUXNA), EN, IDAG)
    assert "ges utan omfattning" in ett.text


def test_a_warning_stops_until_it_is_acknowledged_and_a_refusal_always() -> None:
    varning = replace(BRA, fran=date(2026, 5, 10))
    assert [ett.kod for ett in hinder(varning, EN, IDAG, frozenset())] == ["retroaktivt"]
    assert hinder(varning, EN, IDAG, frozenset({"retroaktivt"})) == []
    avliden = replace(EN, avliden=IDAG)
    assert [ett.kod for ett in hinder(BRA, avliden, IDAG, frozenset({"avliden"}))] == ["avliden"]


def test_every_insats_says_its_units() -> None:
    assert set(ENHETER) == set(Insats)
