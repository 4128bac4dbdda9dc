"""What must hold whatever the data: parts make up the whole, and corrections lead to where a recalculation would."""

import itertools
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ersattning.kalkyl import klocka
from ersattning.kalkyl.dagar import Kalender, nummer, sviter
from ersattning.kalkyl.franvaro import platser_i_dygn, platser_i_rader
from ersattning.kalkyl.person import rakna_person
from ersattning.kalkyl.rattelse import Fast, jamfor, netto
from ersattning.kalkyl.samling import radbelopp
from ersattning.kalkyl.tidsband import Bandbok
from ersattning.kalkyl.typer import Bandrad, Beslut, Narvaro, Pris, Rad, Verkstallighet
from ersattning.kalkyl.utford_tid import Bit, avrundade_minuter, kapa
from grund.pengar import avrunda
from grund.tid import STOCKHOLM, Manad, lagg_till_manader
from tests.kalkyl.fran_paket import Brygga
from tests.referens.paket import las_paket
from tests.referens.slump import skriv_slumppaket

MANADER = st.builds(Manad, st.integers(2015, 2035), st.integers(1, 12))
MASKER = st.integers(0, 2**31 - 1)
MINUTER = st.integers(0, 40_000_000)  # 1970–2046
PRIS = Pris(1, "", "", "", Decimal(1), date(2020, 1, 1), None)


@given(st.decimals(-(10**9), 10**9, places=6))
def test_rounding_is_half_up_and_away_from_zero(tal: Decimal) -> None:
    assert avrunda(Fraction(tal)) == tal.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert not str(avrunda(Fraction(tal))).startswith("-0.00")


@given(MANADER, st.dates(date(2014, 1, 1), date(2036, 1, 1)), st.integers(1, 900))
def test_a_mask_holds_exactly_the_days_of_the_period(manad: Manad, fran: date, langd: int) -> None:
    kalender, till = Kalender.for_manad(manad), fran + timedelta(days=langd)
    dagar = {kalender.dag(nr) for nr in nummer(kalender.mask(fran, till))}
    assert dagar == {dag for nr in range(manad.dagar) if fran <= (dag := kalender.dag(nr)) < till}


@given(MASKER)
def test_runs_are_unbroken_apart_and_make_up_the_mask(mask: int) -> None:
    delar = list(sviter(mask))
    assert sum(delar) == mask
    for svit in delar:
        assert len(set(nummer(svit))) == max(nummer(svit)) - min(nummer(svit)) + 1
    for forra, nasta in itertools.pairwise(delar):
        assert forra.bit_length() < (nasta & -nasta).bit_length() - 1


@given(MINUTER)
def test_the_local_clock_is_the_zones(minut: int) -> None:
    verklig = datetime.fromtimestamp(minut * 60, UTC).astimezone(STOCKHOLM)
    lokal = klocka.lokal(minut)
    assert (lokal % 1440) == verklig.hour * 60 + verklig.minute
    assert klocka.lokal_dag(minut) == verklig.date()
    assert klocka.veckodag(lokal) == verklig.isoweekday()


BANDRADER = st.builds(
    lambda dag, fran, langd, prio: Bandrad(f"b{prio}-{dag}-{fran}", prio, dag, fran, min(1440, fran + langd)),
    st.integers(1, 7),
    st.integers(0, 1439),
    st.integers(1, 1440),
    st.integers(1, 50),
)


@given(st.lists(BANDRADER, max_size=12, unique_by=lambda r: r.prioritet), MINUTER, st.integers(1, 4000))
def test_time_bands_are_those_of_each_minutes_own_clock(rader: list[Bandrad], start: int, langd: int) -> None:
    rader.append(Bandrad("storhelg", 25, None, start + langd // 3, start + langd // 2 + 1))
    minut_for_minut: list[tuple[str, int]] = []
    for minut in range(start, start + langd):
        lokal = klocka.lokal(minut)
        tacker = [
            (r.prioritet, r.tidsband)
            for r in rader
            if (r.veckodag is None and r.fran <= minut < r.till)
            or (r.veckodag == klocka.veckodag(lokal) and r.fran <= lokal % 1440 < r.till)
        ]
        band = max(tacker, default=(0, ""))[1]
        antal = minut_for_minut.pop()[1] if minut_for_minut and minut_for_minut[-1][0] == band else 0
        minut_for_minut.append((band, antal + 1))
    assert Bandbok((1, rad) for rad in rader).dela(1, start, start + langd) == minut_for_minut


@given(MANADER, st.sets(st.integers(1, 90)), st.sets(st.integers(1, 90)))
def test_places_in_absence_runs_are_counted_through_earlier_months(
    manad: Manad, franvaro: set[int], narvaro: set[int]
) -> None:
    """Days are counted backwards from the end of the month: 1 = its last day."""
    kalender, slut = Kalender.for_manad(manad), manad.till
    koder = {slut - timedelta(days=nr): "N" for nr in narvaro - franvaro}
    koder |= {slut - timedelta(days=nr): "F" for nr in franvaro}
    verk = _verkstallighet(koder, manad, kalender)
    dygn, rader, plats_dygn, plats_rad, forra = {}, {}, 0, 0, date.min
    for dag in sorted(koder):
        if koder[dag] == "N":
            plats_rad = 0
            continue
        plats_dygn = plats_dygn + 1 if koder.get(dag - timedelta(days=1)) == "F" else 1
        plats_rad = plats_rad + 1 if plats_rad and (dag - forra).days <= 31 else 1
        forra = dag
        if dag >= manad.fran:
            dygn[dag.day - 1], rader[dag.day - 1] = plats_dygn, plats_rad
    assert platser_i_dygn(verk, kalender) == dygn
    assert platser_i_rader(verk, kalender) == rader


def _verkstallighet(koder: dict[date, str], manad: Manad, kalender: Kalender) -> Verkstallighet:
    masker = Counter[str]()
    for dag, kod in koder.items():
        masker[kod] += kalender.bit(dag)
    fore = []
    for dag in sorted((dag for dag in koder if dag < manad.fran), reverse=True):
        if koder[dag] == "N":
            break
        fore.append(dag)
    grupper = tuple(Narvaro(kod, "", None, mask) for kod, mask in masker.items() if mask)
    beslut = Beslut(1, "LSS-9", bifall=True, fran=date.min, till=None)
    return Verkstallighet(1, "V", beslut, 1, 1, "", date.min, None, narvaro=grupper, franvaro_fore=tuple(fore))


@given(st.integers(1, 3000), st.integers(1, 120))
def test_rounded_minutes_are_the_nearest_multiple_halves_up(minuter: int, steg: int) -> None:
    avrundat = avrundade_minuter(minuter, steg)
    assert avrundat % steg == 0
    assert 2 * minuter - steg < 2 * avrundat <= 2 * minuter + steg


@given(st.lists(st.integers(1, 500), max_size=8), st.integers(0, 2000))
def test_a_cap_keeps_the_beginning_and_loses_no_minute(langder: list[int], kvar: int) -> None:
    bitar = [Bit(f"b{nr}", langd, PRIS) for nr, langd in enumerate(langder)]
    betalda, kapat, rest = kapa(bitar, kvar)
    betalt = sum(bit.minuter for bit in betalda)
    assert (betalt, kapat, rest) == (min(kvar, sum(langder)), sum(langder) - betalt, kvar - betalt)
    assert [bit.tidsband for bit in betalda] == [bit.tidsband for bit in bitar[: len(betalda)]]


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=6), min_size=1, max_size=6))
def test_settled_and_corrected_is_always_what_a_recalculation_gives(versioner: list[list[str]]) -> None:
    """Each version of a month is settled and then corrected by the next; the net is the last one, and stays."""
    fasta: list[Fast] = []
    for nya in versioner:
        for _ in range(2):  # the second run has nothing to add
            rattelse = jamfor(fasta, [(rad, rad) for rad in nya])
            gamla = {fast.id: fast.nyckel for fast in fasta}
            for id_ in rattelse.krediteras:
                fasta.append(Fast(len(fasta), gamla[id_], id_))
            for rad in rattelse.tillkommer:
                fasta.append(Fast(len(fasta), rad, None))
            assert Counter(fast.nyckel for fast in netto(fasta)) == Counter(nya)
        assert not jamfor(fasta, [(rad, rad) for rad in nya]).krediteras


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 600))
def test_adding_months_keeps_the_day_or_takes_the_last(dag: date, antal: int) -> None:
    svar = lagg_till_manader(dag, antal)
    assert Manad.av(svar) == Manad.av(dag).plus(antal)
    assert svar.day == min(dag.day, Manad.av(svar).dagar)


@settings(max_examples=6, deadline=None)
@given(st.integers(1000, 9999))
def test_every_row_is_made_up_of_its_own_days_and_visits(fro: int) -> None:
    with TemporaryDirectory() as mapp:
        manader = skriv_slumppaket(Path(mapp), fro)
        brygga = Brygga(las_paket(Path(mapp)))
    for text in manader:
        manad = Manad.las(text)
        bok = brygga.bok(manad)
        for person in brygga.personer(manad):
            for rad in rakna_person(person, bok).rader:
                _krav_att_delarna_blir_raden(rad, bok.kalender)


def _krav_att_delarna_blir_raden(rad: Rad, kalender: Kalender) -> None:
    per = {"timme": 60, "manad": kalender.antal}.get(rad.enhet, 1)
    assert rad.antal == sum((Fraction(del_.mangd) for del_ in rad.delar), Fraction(0)) / per
    assert rad.belopp == radbelopp(rad.antal, rad.a_pris, rad.faktor)
    dagar = [dag for del_ in rad.delar for dag in nummer(del_.dagar)]
    assert (rad.fran, rad.sista) == (kalender.dag(min(dagar)), kalender.dag(max(dagar)))
    for del_ in rad.delar:
        if del_.besok:
            assert del_.mangd == sum(minuter for _, minuter in del_.besok)
        elif rad.enhet != "timme":
            assert del_.mangd == del_.dagar.bit_count()
