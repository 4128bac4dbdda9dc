"""The pure rules of reporting: what a cell says, who is expected when, when a month is locked, what bomtid is."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from grund.helgdagar import ar_arbetsdag, arbetsdag_efter, helgdag
from grund.tid import Manad
from utforare import bomtidssvar
from utforare.besoksregler import Tid, anmarkningar, hinder_for_tid, registrering
from utforare.dagvarde import Dagvarde, i_ord, slag, tecken
from utforare.models import Avtal
from utforare.planering import ar_last, hinder_for_dag, lasdag, plan, vantade
from utforare.regler import Modell
from utforare.tolkning import tolka

MAJ = Manad(2026, 5)
START = datetime(2026, 5, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize("text", ["N", "N|halvtid", "N||300", "F", "F|||sjuk", "N|halvtid|90"])
def test_a_cell_is_written_as_it_was_read(text: str) -> None:
    varde = Dagvarde.las(text)
    assert varde is not None
    assert varde.text == text


@pytest.mark.parametrize("text", ["X", "N|a|b|c|d", "N||många"])
def test_what_is_no_cell_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Dagvarde.las(text)


@pytest.mark.parametrize(
    ("skrivet", "blir"),
    [
        ("360", "N||360"),
        ("6.30", "N||390"),
        ("H", "N"),
        ("½", "N|halvtid"),
        ("fs", "F|||sjuk"),
        ("Fo", "F|||oanmald"),
        ("N|heltid", "N|heltid"),
        (" ", ""),
    ],
)
def test_what_one_types_is_understood(skrivet: str, blir: str) -> None:
    varde = tolka(skrivet)
    assert (varde.text if varde else "") == blir


@pytest.mark.parametrize("skrivet", ["hej", "0", "1441", "25.00", "Fz"])
def test_what_one_types_is_refused_with_what_to_type(skrivet: str) -> None:
    with pytest.raises(ValueError, match=r"(Skriv|närvarodag)"):
        tolka(skrivet)


def test_a_cell_shows_what_the_order_makes_of_it() -> None:
    narvaro = Dagvarde("N")
    assert [tecken(narvaro, ett) for ett in ("heltid", "halvtid", "")] == ["H", "½", "H"]
    assert [slag(narvaro, ett) for ett in ("heltid", "halvtid")] == ["hel", "del"]
    assert tecken(Dagvarde("F", orsak="sjuk"), "heltid") == "Fs"
    assert i_ord(Dagvarde("F")) == "frånvaro utan orsak"
    assert i_ord(None) == "inget registrerat"


def test_five_ordered_days_are_the_working_days() -> None:
    assert plan(Decimal(5), {}).veckodagar == {1, 2, 3, 4, 5}


def test_fewer_ordered_days_are_the_most_usual_ones_and_the_page_says_so() -> None:
    svar = plan(Decimal(3), {2: 8, 3: 8, 4: 7, 5: 1})
    assert svar.veckodagar == {2, 3, 4}
    assert svar.kalla.replace("\xa0", " ") == "beställt 3 dagar, brukar tis–tor"


def test_days_that_nobody_knows_are_not_expected() -> None:
    svar = plan(Decimal(3), {})
    assert not svar.veckodagar
    assert "okänt vilka" in svar.kalla


def test_without_an_order_the_usual_days_are_expected_and_without_those_all_working_days() -> None:
    assert plan(None, {1: 8, 3: 7, 5: 2}).veckodagar == {1, 3}
    assert plan(None, {}).veckodagar == {1, 2, 3, 4, 5}


def test_holidays_and_days_to_come_are_not_expected() -> None:
    alla = plan(None, {})
    dagar = vantade(alla, MAJ, date(2026, 1, 1), None, None, date(2026, 5, 15))
    assert date(2026, 5, 1) not in dagar
    assert date(2026, 5, 14) not in dagar
    assert dagar[-1] == date(2026, 5, 15)
    assert len(dagar) == 9
    assert vantade(alla, MAJ, date(2026, 1, 1), None, date(2026, 5, 6), date(2026, 5, 31))[-1] == date(2026, 5, 5)


def test_swedish_holidays_have_their_names() -> None:
    assert helgdag(date(2026, 5, 14)) == "Kristi himmelsfärdsdag"
    assert helgdag(date(2026, 6, 19)) == "Midsommarafton"
    assert not helgdag(date(2026, 5, 15))
    assert not ar_arbetsdag(date(2026, 5, 16))


def test_the_month_is_locked_after_the_fifth_working_day() -> None:
    assert lasdag(MAJ, 5) == date(2026, 6, 5)
    assert not ar_last(MAJ, 5, date(2026, 6, 5))
    assert ar_last(MAJ, 5, date(2026, 6, 6))
    assert arbetsdag_efter(Manad(2026, 4), 5) == date(2026, 5, 8)  # the first of May is none


@pytest.mark.parametrize(
    ("dag", "mening"),
    [
        (date(2026, 4, 30), "började 1 maj 2026"),
        (date(2026, 5, 21), "avslutades 20 maj 2026"),
        (date(2026, 5, 15), "avled 12 maj 2026"),
    ],
)
def test_a_day_that_cannot_be_says_why(dag: date, mening: str) -> None:
    avliden = date(2026, 5, 12) if dag.day == 15 else None
    (svar,) = hinder_for_dag(
        Dagvarde("N"), dag, fran=date(2026, 5, 1), till=date(2026, 5, 21), avliden=avliden, idag=date(2026, 6, 3)
    )
    assert mening in svar.replace("\xa0", " ")


def test_tomorrow_may_have_absence_but_no_narvaro() -> None:
    def hinder(varde: Dagvarde | None) -> list[str]:
        return hinder_for_dag(varde, date(2026, 6, 4), fran=MAJ.fran, till=None, avliden=None, idag=date(2026, 6, 3))

    assert hinder(Dagvarde("N"))
    assert not hinder(Dagvarde("F", orsak="semester"))
    assert not hinder(None)


def _avtal(**annat: object) -> Avtal:
    villkor = {"modell": Modell.UTFORD_TID, "bomtid_varsel_timmar": Decimal(24), "bomtid_andel": Decimal(1)}
    return Avtal(**(villkor | annat))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("timmar", "ar", "borjar"),
    [
        (11, True, "Avbokat 11 timmar före. Avtalet kräver 24 timmar: bomtid, betalas med 100 % av priset"),
        (24, False, "Avbokat 24 timmar före. Avtalet kräver 24 timmar: ingen bomtid."),
        (-2, True, "Avbokat 2 timmar efter att besöket skulle ha börjat."),
        (None, True, "Aldrig avbokat. Avtalet kräver 24 timmar: bomtid"),
    ],
)
def test_bomtid_is_said_with_the_figures_of_the_visit(timmar: int | None, ar: bool, borjar: str) -> None:
    avbokad = None if timmar is None else START.fromtimestamp(START.timestamp() - timmar * 3600, UTC)
    svar = bomtidssvar.svar(_avtal(), START, avbokad, "brukare")
    assert svar.ar_bomtid is ar
    assert svar.text.replace("\xa0", " ").startswith(borjar)


def test_what_the_utforare_cancels_or_the_avtal_does_not_pay_is_no_bomtid() -> None:
    assert not bomtidssvar.svar(_avtal(), START, START, "utforare").ar_bomtid
    assert not bomtidssvar.svar(_avtal(bomtid_andel=None), START, None, "brukare").ar_bomtid
    assert not bomtidssvar.svar(_avtal(modell=Modell.BESTALLD_TID), START, None, "brukare").ar_bomtid
    assert not bomtidssvar.svar(None, START, None, "brukare").ar_bomtid


def _tid(fran: str, till: str) -> Tid:
    return Tid(
        datetime.fromisoformat(f"2026-05-20T{fran}:00+02:00"), datetime.fromisoformat(f"2026-05-20T{till}:00+02:00")
    )


def test_a_visit_that_overlaps_or_is_far_longer_than_planned_is_asked_about() -> None:
    tid = _tid("09:00", "10:30")
    assert not anmarkningar(tid, _tid("09:00", "10:15"), [_tid("10:30", "11:00")])
    (langre,) = anmarkningar(tid, _tid("09:00", "09:45"), [])
    assert "90 minuter mot 45" in langre
    (over,) = anmarkningar(tid, None, [_tid("10:29", "11:00")])
    assert "överlappar" in over


def test_a_visit_that_cannot_be_says_why() -> None:
    assert "slutar före" in hinder_for_tid(_tid("10:00", "10:00"), MAJ.fran, None, None)[0]
    assert "började" in hinder_for_tid(_tid("10:00", "11:00"), date(2026, 5, 21), None, None)[0]
    assert "avled" in hinder_for_tid(_tid("10:00", "11:00"), MAJ.fran, None, date(2026, 5, 19))[0]


def test_what_is_written_on_the_day_is_on_the_spot_and_later_is_afterwards() -> None:
    tid = _tid("09:00", "10:00")
    assert registrering(tid, datetime(2026, 5, 20, 21, 59, tzinfo=UTC)) == "pa_plats"
    assert registrering(tid, datetime(2026, 5, 20, 22, 0, tzinfo=UTC)) == "efterhand"
