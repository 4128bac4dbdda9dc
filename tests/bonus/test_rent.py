"""The pure parts of arbetsbonus: conditions, what happens after, the effect, and kvalitetspeng."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from ersattning.kalkyl import bonus
from ersattning.kalkyl.bonus import Anstallning, Bonusperson, Kand, Regel, Verksamhet, Villkor
from ersattning.kalkyl.bonuseffekt import Betalt, Utan, effekt, per_manad, utan_daglig_verksamhet
from ersattning.kalkyl.bonusuppfoljning import Narvarodag, Slag, skal_att_prova
from ersattning.kvalitetspeng import Resultat, Vikt, fordela
from grund.tid import Manad

START = date(2025, 9, 1)
REGEL = Regel(
    1, Decimal(30000), 6, 12, 6, Fraction(1, 2), frozenset({"tillsvidare"}), Decimal(50), Decimal(40000), START, None
)
JOBB = Anstallning(1, "AN1", START, None, Decimal(75), "tillsvidare")
DV = Verksamhet(1, "V1", 1, 1, 1, date(2025, 1, 7), START)


def _person(*jobb: Anstallning, dv: tuple[Verksamhet, ...] = (DV,), nummer: int = 1) -> Bonusperson:
    return Bonusperson(nummer, f"P{nummer}", jobb or (JOBB,), dv)


def _brister(person: Bonusperson, regel: Regel = REGEL) -> set[Villkor]:
    return {ett for ett, uppfyllt in bonus.prova(person, regel, person.anstallningar[0]).villkor if not uppfyllt}


def test_each_condition_fails_by_itself() -> None:
    assert not _brister(_person())
    assert _brister(_person(replace(JOBB, anstallningsform="praktik"))) == {Villkor.FORM}
    assert _brister(_person(replace(JOBB, sysselsattningsgrad=Decimal(49)))) == {Villkor.GRAD}
    assert _brister(_person(), replace(REGEL, tidigast_manader=8)) == {Villkor.TIDIGAST}
    assert _brister(_person(), replace(REGEL, senast_manader=7)) == {Villkor.SENAST}
    assert _brister(_person(), replace(REGEL, fran=START + timedelta(days=1))) == {Villkor.REGEL}
    assert _brister(_person(dv=())) == {Villkor.VERKSAMHET, Villkor.TIDIGAST, Villkor.SENAST}


def test_what_is_paid_is_what_the_conditions_say() -> None:
    for person in (_person(), _person(replace(JOBB, anstallningsform="praktik")), _person(dv=())):
        provad = bonus.prova(person, REGEL, person.anstallningar[0])
        assert provad.ger_bonus == bool(list(bonus.betalningar(person, REGEL)))


def test_the_rest_falls_away_when_the_work_ends_and_the_cap_is_told() -> None:
    slut = replace(JOBB, till=date(2026, 2, 1))
    assert [ett.forfaller for ett in bonus.delar((slut,), REGEL, START)] == [True, False]
    alla = list(bonus.utfallen([_person(), _person(nummer=2)], [REGEL], {}, Manad(2026, 12)))
    assert [(ett.betald, ett.anvant_fore) for ett in alla] == [
        (True, Decimal(0)),
        (True, Decimal(15000)),
        (True, Decimal(0)),
        (True, Decimal(15000)),
    ]
    trangt = replace(REGEL, arstak=Decimal(20000))
    assert [ett.betald for ett in bonus.utfallen([_person(), _person(nummer=2)], [trangt], {}, Manad(2025, 12))] == [
        True,
        False,
    ]


def test_a_payment_is_made_in_its_month_or_the_next_open_one_and_never_before_the_first() -> None:
    april, maj = Manad(2026, 4), Manad(2026, 5)
    assert bonus.betalas_i(april, frozenset()) == april
    assert bonus.betalas_i(april, frozenset({april, maj})) == Manad(2026, 6)
    assert bonus.betalas_i(Manad(2026, 8), frozenset({april})) == Manad(2026, 8)
    assert bonus.betalas_i(Manad(2026, 3), frozenset({april})) is None


@st.composite
def _personer(draw: st.DrawFn) -> list[Bonusperson]:
    svar = []
    for nummer in range(1, draw(st.integers(1, 4)) + 1):
        jobb = []
        for plats in range(draw(st.integers(1, 3))):
            fran = START + timedelta(days=draw(st.integers(-40, 400)))
            langd = draw(st.none() | st.integers(1, 300))
            till = None if langd is None else fran + timedelta(days=langd)
            form = draw(st.sampled_from(["tillsvidare", "tillsvidare", "praktik"]))
            jobb.append(Anstallning(plats, f"A{plats}", fran, till, Decimal(75), form))
        svar.append(_person(*jobb, dv=(replace(DV, till=None),), nummer=nummer))
    return svar


_STEG = st.lists(
    st.tuples(st.sampled_from(["kor", "kor_igen", "faststall", "aterkrav", "andra"]), st.integers(0, 3)), max_size=40
)


@settings(max_examples=150, deadline=None)
@given(_personer(), _personer(), st.sampled_from([None, Decimal(20000), Decimal(60000)]), _STEG)
def test_a_bonus_is_never_paid_twice_whatever_is_run_settled_and_taken_back(
    personer: list[Bonusperson], andrade: list[Bonusperson], tak: Decimal | None, stegen: list[tuple[str, int]]
) -> None:
    regel = replace(REGEL, arstak=tak, tidigast_manader=None, senast_manader=None, fran=date(2025, 1, 1))
    manad, fasta = Manad(2025, 8), frozenset[Manad]()
    kanda: dict[bonus.Nyckel, Kand] = {}
    stoppade: set[bonus.Bonus] = set()
    betalda: Counter[bonus.Nyckel] = Counter()
    efter_stopp: list[bonus.Nyckel] = []
    for steg, vem in stegen:
        if steg == "andra":
            personer, andrade = andrade, personer
        elif steg == "aterkrav":
            stoppade |= {(regel_id, person) for regel_id, person, _ in kanda if person == vem + 1}
        else:
            for _ in range(2 if steg == "kor_igen" else 1):  # run again, it gives the same and leaves nothing behind
                utfall = bonus.manadens_utfall(personer, [regel], kanda, manad, fasta, stoppade)
            if steg == "faststall":
                efter_stopp += [u.betalning.nyckel for u in utfall if u.betalning.nyckel[:2] in stoppade]
                betalda.update(u.betalning.nyckel for u in utfall if u.betald)
                for u in utfall:
                    b = u.betalning
                    kanda[b.nyckel] = Kand(b.forfallodag, b.belopp, u.betald)
                fasta, manad = fasta | {manad}, manad.plus(1)
    assert all(antal == 1 for antal in betalda.values())
    assert not efter_stopp
    for ar in {kand.forfallodag.year for kand in kanda.values()} if tak else ():
        assert sum(k.belopp for k in kanda.values() if k.betald and k.forfallodag.year == ar) <= (tak or 0)


def test_what_happens_after_is_shown_until_it_no_longer_matters() -> None:
    def slag(person: Bonusperson, *narvaro: Narvarodag, regel: Regel = REGEL) -> list[tuple[Slag, date]]:
        return [(ett.slag, ett.dag) for ett in skal_att_prova(person, regel, START, narvaro)]

    assert slag(_person()) == []
    assert slag(_person(replace(JOBB, till=date(2026, 2, 1)))) == [(Slag.SLUTADE, date(2026, 1, 31))]
    assert slag(_person(replace(JOBB, till=date(2026, 3, 2)))) == []  # employed through the day of the rest
    assert slag(_person(replace(JOBB, anstallningsform="praktik"))) == [(Slag.BORTA, START)]
    tillbaka = Verksamhet(2, "V2", 1, 1, 1, date(2026, 8, 1), None)
    assert slag(_person(dv=(DV, tillbaka))) == [(Slag.VERKSAMHET, date(2026, 8, 1))]
    assert slag(_person(dv=(DV, replace(tillbaka, fran=date(2026, 9, 2))))) == []
    kvar = _person(dv=(replace(DV, till=None),))
    dagar = (Narvarodag(date(2025, 10, 7), "V1"), Narvarodag(date(2025, 10, 6), "V1"), Narvarodag(START, "V1"))
    assert slag(kvar, *dagar) == [(Slag.NARVARO, date(2025, 10, 6))]
    assert slag(_person(replace(JOBB, till=date(2025, 10, 1))), regel=replace(REGEL, kvalificering_manader=0)) == []


def test_a_day_at_679_kronor_pays_for_the_bonus_in_the_third_month() -> None:
    """Täby: level 1, whole day, 679 kr, 21 days a month; 30 000 kr, half at the start and half after six months."""
    utan = [Utan(date(2025, 9, 1), None, per_manad(Decimal(679), 21))]
    betalt = [Betalt(Manad(2025, 9), Decimal(15000)), Betalt(Manad(2026, 3), Decimal(15000))]
    manader = effekt(betalt, utan, Manad(2026, 3))
    assert [str(ett.utebliven) for ett in manader] == ["14259.00"] * 7
    assert [str(ett.netto) for ett in manader[:3]] == ["-741.00", "13518.00", "27777.00"]
    assert str(manader[-1].netto) == "69813.00"  # 7 × 14 259 − 30 000


def test_a_part_of_a_month_counts_by_its_days_and_what_is_taken_back_lowers_the_bonus() -> None:
    utan = [Utan(date(2026, 4, 16), date(2026, 5, 11), per_manad(Decimal(679), 21))]
    april, maj, juni = effekt(
        [Betalt(Manad(2026, 4), Decimal(15000)), Betalt(Manad(2026, 6), Decimal(-15000))], utan, Manad(2026, 6)
    )
    assert (april.utebliven, maj.utebliven, juni.utebliven) == (Decimal("7129.50"), Decimal("4599.68"), Decimal("0.00"))
    assert (juni.bonus_hittills, juni.personer) == (Decimal(0), 0)
    assert effekt([], [], Manad(2026, 6)) == []


def test_the_days_without_daglig_verksamhet_are_those_of_the_work() -> None:
    tillbaka = Verksamhet(2, "V2", 1, 1, 1, date(2026, 8, 1), None)
    assert utan_daglig_verksamhet(_person(), REGEL, START) == (START, None)
    assert utan_daglig_verksamhet(_person(dv=(DV, tillbaka)), REGEL, START) == (START, date(2026, 8, 1))
    slut = replace(JOBB, till=date(2026, 2, 1))
    assert utan_daglig_verksamhet(_person(slut, dv=(DV, tillbaka)), REGEL, START) == (START, date(2026, 2, 1))
    langre = replace(DV, till=date(2025, 10, 1))
    assert utan_daglig_verksamhet(_person(dv=(langre,)), REGEL, START) == (date(2025, 10, 1), None)
    assert utan_daglig_verksamhet(_person(dv=(replace(DV, till=None),)), REGEL, START) is None
    assert utan_daglig_verksamhet(_person(replace(JOBB, anstallningsform="praktik")), REGEL, START) is None


_ENHETER = st.lists(
    st.builds(Resultat, st.text("abc", max_size=3), st.integers(0, 40), st.decimals(0, 100, places=2, allow_nan=False)),
    max_size=12,
)


@given(st.integers(0, 10**9), _ENHETER, st.sampled_from(Vikt))
def test_the_pot_is_spread_to_the_ore_and_nobody_with_few_answers_has_any(
    oren: int, enheter: list[Resultat], vikt: Vikt
) -> None:
    pott = Decimal(oren).scaleb(-2)
    andelar = fordela(pott, enheter, vikt)
    kan_fa = any(ett.svar >= 5 and ett.index > 0 for ett in enheter)
    assert sum(ett.belopp for ett in andelar) == (pott if kan_fa else 0)
    for ett in andelar:
        assert ett.for_fa_svar == (ett.resultat.svar < 5)
        assert abs(Fraction(ett.belopp) - ett.andel * Fraction(pott)) < Fraction(1, 100)
        assert not (ett.for_fa_svar and ett.belopp)


def test_the_ore_that_is_left_goes_to_who_lost_most() -> None:
    enheter = [Resultat("Eken", 9, Decimal(1)), Resultat("Asken", 9, Decimal(1)), Resultat("Alen", 9, Decimal(1))]
    assert [ett.belopp for ett in fordela(Decimal(100), enheter)] == [
        Decimal("33.34"),
        Decimal("33.33"),
        Decimal("33.33"),
    ]
    svar = fordela(Decimal(100), [Resultat("A", 5, Decimal(80)), Resultat("B", 15, Decimal(80))], Vikt.INDEX_SVAR)
    assert [ett.belopp for ett in svar] == [Decimal(25), Decimal(75)]
