"""The underlag workbook: every row can be counted anew from its days and visits, and the check cannot lie."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from ersattning.filer import queries, underlag_formler, underlag_xlsx
from ersattning.filer.innehall import Rad
from ersattning.filer.underlag_rader import Dagrad, Underlag
from ersattning.models import Ersattningsrad, Korning
from grund.pengar import avrunda
from grund.tid import STOCKHOLM
from tests.filer import fabrik
from tests.filer.kalkylblad import Kalkylblad, avrunda_binart, avrunda_som_det_ser_ut
from tests.kedja import direkt
from utforare.models import Besok, Utforare

EXEMPEL = Path(__file__).parents[1] / "exempel"
SKAPAD = datetime(2026, 6, 8, 7, tzinfo=UTC)
LASARE = (avrunda_binart, avrunda_som_det_ser_ut)


def skriv(korning: Korning, utforare: Utforare) -> bytes:
    ut = BytesIO()
    underlag_xlsx.skriv(korning, utforare, ut, skapad=SKAPAD)
    return ut.getvalue()


def tabell(bytes_: bytes, blad: str) -> list[dict[str, Any]]:
    """The rows below the header, as a reader that does not calculate sees them."""
    rader = [list(rad) for rad in openpyxl.load_workbook(BytesIO(bytes_), data_only=True)[blad].values]
    start = next(nummer for nummer, rad in enumerate(rader) if rad[0] in ("Rad", "Prislista", "Avsnitt"))
    return [dict(zip(rader[start], rad, strict=True)) for rad in rader[start + 1 :] if rad[0] not in (None, "Summa")]


def krav_att_allt_stammer(korning: Korning) -> int:
    """Every provider's workbook, calculated by two readers, says what the körning says. Gives how many rows."""
    antal = 0
    for utforare in queries.utforare_i_korning(korning):
        bytes_ = skriv(korning, utforare)
        for avrundning in LASARE:
            _krav_samma_som_sparat(Kalkylblad(bytes_, avrundning))
        rader = tabell(bytes_, "Rader")
        assert {rad["Kontroll"] for rad in rader} <= {"stämmer"}
        i_databasen = Ersattningsrad.objects.filter(korning=korning, utforare=utforare)
        assert len(rader) == i_databasen.count()
        assert sum(Decimal(str(rad["Belopp, kr"])) for rad in rader) == (
            i_databasen.aggregate(s=Sum("belopp"))["s"] or 0
        )
        antal += len(rader)
    return antal


def _krav_samma_som_sparat(bok: Kalkylblad) -> None:
    for blad, cell in bok.formler():
        raknat, sparat = bok.varde(blad, cell), bok.sparat[blad][cell].value
        if isinstance(sparat, str):
            assert raknat == sparat, (blad, cell)
        else:
            assert raknat == pytest.approx(sparat, rel=1e-12, abs=1e-12), (blad, cell)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fall", sorted(EXEMPEL.glob("*/paket")), ids=lambda mapp: mapp.parent.name)
def test_every_row_of_the_worked_cases_is_counted_anew(fall: Path) -> None:
    direkt.las_in(fall)
    antal = 0
    for facit in sorted(fall.parent.glob("ersattning-*.csv")):
        korning = direkt.kor(facit.stem.removeprefix("ersattning-"))
        raknade = krav_att_allt_stammer(korning)
        assert raknade == len(facit.read_text(encoding="utf-8").splitlines()) - 1
        antal += raknade
    assert antal


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_has_the_same_days_with_a_minus() -> None:
    fall = EXEMPEL / "6-rattelse"
    direkt.las_in(fall / "paket-1")
    direkt.kor("2025-04")
    direkt.faststall("2025-04")
    direkt.las_in(fall / "paket-2")
    korning = direkt.kor("2025-05")
    assert krav_att_allt_stammer(korning) == Ersattningsrad.objects.filter(korning=korning).count()
    krediteringar = 0
    for utforare in queries.utforare_i_korning(korning):
        bytes_ = skriv(korning, utforare)
        dagar = tabell(bytes_, "Dagar")
        for rad in tabell(bytes_, "Rader"):
            if rad["Typ"] == "kreditering":
                krediteringar += 1
                egna = [dag for dag in dagar if dag["Rad"] == rad["Rad"]]
                assert [dag["Mängd"] for dag in egna] == [-1] * len(egna)
                assert rad["Mängd"] == -len(egna)
                assert {dag["Datum"].month for dag in egna} == {4}
    assert krediteringar


@pytest.mark.django_db(transaction=True)
def test_a_visit_that_is_gone_or_changed_is_said_to_be_and_its_minutes_stay() -> None:
    direkt.las_in(EXEMPEL / "3-boendestod-ledsagning-tid" / "paket")
    korning = direkt.kor("2021-03")
    utforare = next(en for en in queries.utforare_i_korning(korning) if tabell(skriv(korning, en), "Besök"))
    fore = tabell(skriv(korning, utforare), "Besök")
    assert {rad["Anmärkning"] for rad in fore} == {None}
    borta, andrat = list(dict.fromkeys(rad["Besök"] for rad in fore))[:2]
    Besok.objects.filter(nyckel=borta).delete()
    flyttat = Besok.objects.get(nyckel=andrat)
    tider = {
        falt: getattr(flyttat, falt) for falt in ("planerad_start", "planerad_slut", "utford_start", "utford_slut")
    }
    Besok.objects.filter(nyckel=andrat).update(
        **{falt: tid.replace(day=31 if tid.day != 31 else 30) for falt, tid in tider.items() if tid}
    )
    efter = tabell(skriv(korning, utforare), "Besök")
    assert [rad["Minuter"] for rad in efter] == [rad["Minuter"] for rad in fore]
    noter = {rad["Besök"]: rad["Anmärkning"] for rad in efter}
    assert noter[borta] == "besöket finns inte längre"
    assert noter[andrat] == "besöket är ändrat sedan raden gjordes"
    assert set(noter.values()) == {None, noter[borta], noter[andrat]}
    assert {rad["Start"] for rad in efter if rad["Besök"] == borta} == {None}
    assert {rad["Kontroll"] for rad in tabell(skriv(korning, utforare), "Rader")} == {"stämmer"}


@pytest.mark.django_db(transaction=True)
def test_times_are_swedish_and_the_rules_are_those_of_what_occurs() -> None:
    direkt.las_in(EXEMPEL / "3-boendestod-ledsagning-tid" / "paket")
    korning = direkt.kor("2021-03")
    texter, besok, priser = [], [], []
    for utforare in queries.utforare_i_korning(korning):
        bytes_ = skriv(korning, utforare)
        texter += tabell(bytes_, "Så räknas det")
        besok += tabell(bytes_, "Besök")
        priser += tabell(bytes_, "Priser")
    i_databasen = Besok.objects.get(nyckel=besok[0]["Besök"])
    start = i_databasen.utford_start or i_databasen.planerad_start
    assert start is not None
    assert besok[0]["Start"].replace(tzinfo=None) == start.astimezone(STOCKHOLM).replace(tzinfo=None)
    numren = {rad["Avsnitt"].removeprefix("Regel ") for rad in texter if rad["Avsnitt"].startswith("Regel ")}
    assert {"R0", "R4", "R20", "R21"} <= numren
    assert not numren & {"R10", "R11", "R12", "R50", "R40"}
    rader = Ersattningsrad.objects.filter(korning=korning)
    assert {Decimal(str(pris["À-pris, kr"])) for pris in priser} == set(rader.values_list("a_pris", flat=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("fall", "manad"), [("7-kanter", "2024-10"), ("3-boendestod-ledsagning-tid", "2021-03")])
def test_the_same_content_gives_the_same_bytes_in_the_same_few_queries(fall: str, manad: str) -> None:
    direkt.las_in(EXEMPEL / fall / "paket")
    korning = direkt.kor(manad)
    (utforare,) = queries.utforare_i_korning(korning)
    with CaptureQueriesContext(connection) as fragor:
        forsta = skriv(korning, utforare)
    assert len(fragor) == 6  # providers, enheter, rows, visits, prices, contracts
    assert skriv(korning, utforare) == forsta


@pytest.mark.django_db
def test_a_row_that_its_days_do_not_come_to_is_said_not_to() -> None:
    korning, utforare = fabrik.blandad_manad()  # its rows have no grund
    bytes_ = skriv(korning, utforare)
    rader = tabell(bytes_, "Rader")
    assert {rad["Kontroll"] for rad in rader} == {"stämmer inte"}
    assert {rad["Mängd"] for rad in rader} == {0}
    assert tabell(bytes_, "Så räknas det")[0]["Så här"] == f"0 av {len(rader)}"


@pytest.mark.django_db
def test_persons_are_shown_as_in_the_specification() -> None:
    korning, utforare = fabrik.blandad_manad()
    bytes_ = skriv(korning, utforare)
    allt = str([list(blad.values) for blad in openpyxl.load_workbook(BytesIO(bytes_))])
    for synligt in ("ÅÖ 1979", "Skyddade uppgifter", "V-1003", "Preliminär – inte fastställd"):
        assert synligt in allt
    for hemligt in ("1991", "HH", "Hemlig", "Öberg", "7903", "2384"):
        assert hemligt not in allt


@pytest.mark.django_db
def test_a_provider_without_rows_has_a_workbook_that_says_so() -> None:
    bytes_ = skriv(fabrik.korning(), fabrik.utforare("U", "Utförarna"))
    assert tabell(bytes_, "Rader") == []
    assert tabell(bytes_, "Så räknas det")[0]["Så här"] == "Utföraren har inga rader i körningen."


@pytest.mark.django_db(transaction=True)
def test_lines_go_on_in_another_sheet_before_one_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    direkt.las_in(EXEMPEL / "1-bostad-dygn" / "paket")
    korning = direkt.kor("2016-02")
    utforare = queries.utforare_i_korning(korning)[0]
    monkeypatch.setattr(underlag_xlsx, "FLEST_RADER", underlag_xlsx._FLEST_I_EN_RAD + 20)
    bok = Kalkylblad(skriv(korning, utforare))
    assert {"Dagar", "Dagar 2"} <= set(bok.bok.sheetnames)
    assert {bok.varde("Rader", f"W{rad}") for rad in bok.rader("Rader", "Rad")} == {"stämmer"}
    assert krav_att_allt_stammer(korning)


@pytest.mark.django_db(transaction=True)
def test_the_check_says_so_when_the_days_have_been_sorted_or_altered() -> None:
    direkt.las_in(EXEMPEL / "1-bostad-dygn" / "paket")
    korning = direkt.kor("2016-02")
    bytes_ = skriv(korning, queries.utforare_i_korning(korning)[0])
    bok = Kalkylblad(bytes_)
    forsta = bok.rader("Rader", "Rad")[0]
    bok.bok["Dagar"]["G2"].value = 2
    assert bok.varde("Rader", f"W{forsta}") == "stämmer inte"
    bok.bok["Dagar"]["A2"].value = 99
    assert bok.varde("Rader", f"W{forsta}") == "raderna är flyttade"


RAD = Rad(
    utforare="U",
    enhet_id="E",
    enhet="Enhet",
    verkstallighet="V",
    person="AB 1980",
    insats="LSS-9",
    artikel="dygn",
    niva="",
    omfattning="",
    tidsband="",
    avser=date(2026, 5, 1),
    typ="ordinarie",
    fran=date(2026, 5, 1),
    sista=date(2026, 5, 31),
    antal=Decimal(0),
    antalsenhet="dygn",
    underlag="",
    a_pris=Decimal("0.01"),
    faktor=Decimal(1),
    belopp=Decimal(0),
)


def ett_underlag(mangd: Fraction, enhet: str, pris: Decimal, faktor: Decimal) -> Underlag:
    rad = RAD._replace(antalsenhet=enhet, a_pris=pris, faktor=faktor)
    ett = Underlag(1, rad, [Dagrad(date(2026, 5, 1), "närvaro", None, mangd)], [])
    return replace(ett, rad=rad._replace(belopp=avrunda(underlag_formler.exakt(ett))))


def krav_rakt(ett: Underlag) -> str:
    """Both readers round the row as the calculation does. Gives the formula."""
    formel = underlag_formler.belopp(ett, 1)
    assert formel.varde == ett.rad.belopp
    for avrundning in LASARE:
        bok = Kalkylblad(_tom_bok(ett), avrundning)
        assert Decimal(str(bok.rakna("Rader", formel.formel))) == ett.rad.belopp, formel.formel
    return formel.formel


def _tom_bok(ett: Underlag) -> bytes:
    bok = openpyxl.Workbook()
    blad = bok.active
    assert blad is not None
    blad.title = "Rader"
    blad["N1"], blad["P1"], blad["Q1"] = float(ett.mangd), ett.per_enhet, "=N1/P1"
    blad["S1"], blad["T1"] = float(ett.rad.a_pris), float(ett.rad.faktor)
    ut = BytesIO()
    bok.save(ut)
    return ut.getvalue()


@pytest.mark.parametrize(
    ("mangd", "enhet", "pris", "faktor"),
    [
        ("1", "dygn", "441.01", "0.5"),  # 220.505: held as 220.50499999999999
        ("-1", "dygn", "441.01", "0.5"),
        ("1", "dygn", "2.01", "0.5"),
        ("3", "dag", "0.01", "0.5"),
        ("7", "timme", "0.30", "1"),
        ("600/7", "timme", "0.49", "0.75"),
        ("18600/7", "timme", "436.17", "0.125"),
        ("31", "dygn", "1863.37", "0.0005"),
    ],
)
def test_half_an_ore_is_rounded_as_the_rules_say_by_every_reader(
    mangd: str, enhet: str, pris: str, faktor: str
) -> None:
    krav_rakt(ett_underlag(Fraction(mangd), enhet, Decimal(pris), Decimal(faktor)))


def test_a_row_on_half_an_ore_is_counted_in_whole_ore_and_others_as_people_would() -> None:
    pa_halvan = ett_underlag(Fraction(1), "dygn", Decimal("441.01"), Decimal("0.5"))
    assert krav_rakt(pa_halvan) == "=ROUND(N1*ROUND(S1*100,0)*ROUND(T1*10,0)/(P1*10),0)/100"
    assert krav_rakt(ett_underlag(Fraction(531), "timme", Decimal("441.00"), Decimal(1))) == "=ROUND(Q1*S1*T1,2)"
    assert (
        krav_rakt(ett_underlag(Fraction(3), "timme", Decimal("0.10"), Decimal(1)))
        == "=ROUND(N1*ROUND(S1*100,0)/P1,0)/100"
    )


@given(
    mangd=st.one_of(
        st.integers(1, 44_640).map(Fraction),
        st.fractions(min_value=Fraction(1, 7), max_value=44_640, max_denominator=31),
    ),
    enhet=st.sampled_from(["dygn", "timme", "manad"]),
    ore=st.integers(1, 10_000_000),
    faktor=st.decimals(min_value=Decimal("0.01"), max_value=Decimal(1), places=2),
    tecken=st.sampled_from([1, -1]),
)
def test_any_row_is_rounded_as_the_rules_say_by_every_reader(
    mangd: Fraction, enhet: str, ore: int, faktor: Decimal, tecken: int
) -> None:
    krav_rakt(ett_underlag(mangd * tecken, enhet, Decimal(ore).scaleb(-2), faktor))
