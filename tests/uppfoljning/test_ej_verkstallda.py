"""The report of beslut that are not carried out: who is in it, what IVO is told, and what the public may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from beslut.models import Beslut
from beslut.personnummer import ar_kvinna
from grund.behorighet import Roll
from grund.datapaket.actions import las_in
from grund.hinder import Hindrad
from grund.models import Handelse
from tests.uppfoljning.test_sidor import IFYLLT
from tests.webb.varld import Varld
from tests.webb.varld_cecilia import med_cecilia
from uppfoljning.avgift import intervall
from uppfoljning.ivorapporter import notera_ivorapport
from uppfoljning.kvartal import Kvartal
from uppfoljning.models import Ivorapport
from uppfoljning.rapport.definitioner import definitioner
from uppfoljning.rapport.figur import jamn_skala, svg
from uppfoljning.rapport.fordelning import OVRIGA, fordela
from uppfoljning.rapport.innehall import Bild, Lasare, Rapport, Serie
from uppfoljning.rapporter.ej_verkstallda.individ import individrapport
from uppfoljning.rapporter.ej_verkstallda.klockor import Beslutsfakta, Hur, Tid, sluten
from uppfoljning.rapporter.ej_verkstallda.queries import hamta
from uppfoljning.rapporter.ej_verkstallda.rapport import rapport
from uppfoljning.rapporter.ej_verkstallda.regler import TIDSKLASSER, tidsklass
from uppfoljning.undertryckning import MINST
from utforare.frist import FRISTMANADER, Klocka

K1, K2 = Kvartal(2026, 1), Kvartal(2026, 2)
IDAG = date(2026, 6, 3)
FAKTA = Beslutsfakta(1, date(2025, 11, 30), date(2025, 12, 1), None, None, False, (), ())


def _med(**annat: object) -> Beslutsfakta:
    falt = {namn: getattr(FAKTA, namn) for namn in FAKTA.__slots__}
    return Beslutsfakta(**falt | annat)  # type: ignore[arg-type]


def test_a_quarter_has_its_days_and_is_written_as_it_is_read() -> None:
    assert (K1.fran, K1.sista, K1.till) == (date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert K1.plus(-1) == Kvartal(2025, 4)
    assert Kvartal.las(str(K2)) == K2 == Kvartal.av(date(2026, 6, 30))
    with pytest.raises(ValueError, match="2026-K1"):
        Kvartal.las("2026-K5")


def test_what_is_carried_out_on_the_last_day_of_three_months_is_in_time() -> None:
    assert list(sluten(_med(verkstalld=[(date(2026, 2, 28), None)]), K1.fran, K1.sista)) == []
    (slut,) = sluten(_med(verkstalld=[(date(2026, 3, 1), None)]), K1.fran, K1.sista)
    assert (slut.dag, slut.hur, slut.frist.klocka) == (date(2026, 3, 1), Hur.VERKSTALLT, Klocka.BESLUT)


def test_an_interruption_has_a_clock_of_its_own() -> None:
    borta = (date(2026, 1, 10), date(2026, 4, 12))
    fakta = _med(verkstalld=[(date(2025, 12, 1), None)], avbruten=[borta])
    (slut,) = sluten(fakta, K2.fran, K2.sista)
    assert (slut.dag, slut.frist.klocka, slut.frist.fran) == (date(2026, 4, 12), Klocka.AVBROTT, date(2026, 1, 10))


def test_a_beslut_that_ends_or_a_person_who_dies_ends_the_report_too() -> None:
    (slut,) = sluten(_med(till=date(2026, 3, 5)), K1.fran, K1.sista)
    assert (slut.dag, slut.hur) == (date(2026, 3, 5), Hur.UPPHORT)
    (slut,) = sluten(_med(avliden=date(2026, 3, 4), till=date(2026, 3, 5)), K1.fran, K1.sista)
    assert (slut.dag, slut.hur) == (date(2026, 3, 4), Hur.AVLIDEN)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 200)), max_size=4), st.integers(0, 500))
def test_every_clock_that_has_stopped_had_run_for_more_than_three_months(
    tider: list[tuple[int, int]], start: int
) -> None:
    """Counted day by day, without the rules: the days before the end, back to the first when it was not carried out."""
    noll = date(2025, 1, 1)
    verk: list[Tid] = [(noll + timedelta(fran), noll + timedelta(fran + langd)) for fran, langd in tider]
    beslutsdatum = noll + timedelta(start)
    fakta = _med(beslutsdatum=beslutsdatum, fran=beslutsdatum, verkstalld=[t for t in verk if t[0] >= beslutsdatum])
    funna = {slut.dag for slut in sluten(fakta, K1.fran, K2.sista)}
    assert funna == set(_dag_for_dag(fakta, K1.fran, K2.sista))


def _dag_for_dag(fakta: Beslutsfakta, fran: date, sista: date) -> list[date]:
    utan, svar, dag = fakta.beslutsdatum, [], fakta.beslutsdatum
    while dag <= sista:
        utfors = any(start <= dag < (slut or date.max) for start, slut in fakta.verkstalld)
        if utfors:
            manader = (dag.year - utan.year) * 12 + dag.month - utan.month
            sent = manader > FRISTMANADER or (manader == FRISTMANADER and _senare(utan, dag))
            if sent and utan < dag and dag >= fran:
                svar.append(dag)
            utan = dag + timedelta(1)
        dag += timedelta(1)
    return svar


def _senare(fran: date, dag: date) -> bool:
    """Whether `dag` lies after the same day of the month; the 29th–31st are the last of a shorter month."""
    langd = ((dag.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)).day
    return dag.day > min(fran.day, langd)


def test_classes_of_time_begin_where_the_one_before_ended() -> None:
    assert tidsklass(date(2025, 11, 30), date(2026, 5, 30)) == TIDSKLASSER[0][1]
    assert tidsklass(date(2025, 11, 30), date(2026, 5, 31)) == TIDSKLASSER[1][1]
    assert tidsklass(date(2023, 1, 1), date(2026, 5, 31)) == TIDSKLASSER[3][1]


def test_a_fee_can_be_asked_for_during_two_years() -> None:
    svar = intervall([date(2024, 6, 3), date(2024, 6, 2), date(2026, 1, 1)], IDAG)
    assert (svar.lagst, svar.hogst) == (20_000, 2_000_000)


def test_the_number_tells_the_sex() -> None:
    assert ar_kvinna("199002029818") is False
    assert ar_kvinna("199003039824") is True
    assert ar_kvinna("19850202-T123") is True
    assert ar_kvinna("19850202-TF10") is False


@dataclass(frozen=True)
class Sak:
    person: int
    slag: str


@given(st.lists(st.builds(Sak, st.integers(0, 20), st.sampled_from("abcd")), max_size=40))
def test_in_public_no_group_is_of_fewer_than_five_and_the_groups_hold_all(saker: list[Sak]) -> None:
    grupper = fordela(saker, lambda sak: sak.slag, [(ett, ett) for ett in "abcd"], offentlig=True)
    assert all(len({sak.person for sak in grupp.delar}) >= MINST for grupp in grupper)
    alla = {sak.person for sak in saker}
    if grupper:
        assert len(alla) >= MINST
        assert grupper[0].namn != OVRIGA
        assert sorted(map(repr, (sak for grupp in grupper for sak in grupp.delar))) == sorted(map(repr, saker))
    per_slag = {slag: {sak.person for sak in saker if sak.slag == slag} for slag in "abcd"}
    if all(not personer or len(personer) >= MINST for personer in per_slag.values()):
        assert [grupp.namn for grupp in grupper] == [slag for slag, personer in per_slag.items() if personer]


@pytest.mark.parametrize("liggande", [False, True])
def test_a_picture_is_xml_with_a_shape_for_each_known_value(liggande: bool) -> None:
    serier = (Serie("Nu & då", (3, None, 0)), Serie("<B>", (1200, 7, 12)))
    bild = Bild("Rubrik", ("K1", "K2", "K3"), serier, "antal", "tabell", liggande=liggande)
    rot = ElementTree.fromstring(svg(bild))  # noqa: S314  our own
    former = rot.findall("{http://www.w3.org/2000/svg}rect")
    assert len(former) == 2 + 5  # two that say what the shades mean
    assert "K1 3, K2 – och K3 0" in bild.i_ord


@pytest.mark.parametrize(("storst", "steg"), [(0, 1), (4, 1), (5, 2), (9, 5), (100, 50), (101, 50), (999, 500)])
def test_lines_are_at_numbers_that_people_count_with(storst: int, steg: int) -> None:
    assert jamn_skala(Decimal(storst)) == steg


def test_no_column_is_taller_than_the_picture() -> None:
    """12 is above two lines of 5, so there is a third."""
    rot = ElementTree.fromstring(svg(Bild("Rubrik", ("K1",), (Serie("A", (12,)),), "antal", "tabell")))  # noqa: S314
    (stapel,) = rot.findall("{http://www.w3.org/2000/svg}rect")
    linjer = sorted(float(ett.attrib["y1"]) for ett in rot.findall("{http://www.w3.org/2000/svg}line"))
    assert linjer[0] < float(stapel.attrib["y"]) < linjer[1]
    assert len(linjer) == 4


def test_every_figure_says_what_is_counted_when_and_from_where() -> None:
    for ett in definitioner().values():
        assert ett.taljare
        assert ett.tid
        assert ett.kalla
        assert all(mening[-2] not in ".:" and mening[-1] == "." for _, mening in ett.meningar)


# In the database.


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    """Cecilia's beslut of 12 March and the small world, and five more who have waited since November."""
    bygd = med_cecilia(tmp_path)
    mapp = tmp_path / "kon"
    mapp.mkdir()
    personer = "person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden\n"
    beslut = "beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet\n"
    for nr, nummer in enumerate(("199002029818", "199003039824", "198501019809", "199305059819", "19850202-T123")):
        personer += f"P-KO{nr};{nummer};Kö;Person{nr};1;nej;\n"
        beslut += f"B-KO{nr};P-KO{nr};LSS-9;LSS;bifall;2025-11-30;2025-12-01;;;\n"
    (mapp / "personer.csv").write_text(personer, encoding="utf-8")
    (mapp / "beslut.csv").write_text(beslut, encoding="utf-8")
    las_in(mapp, av=None)
    return bygd


def _nycklar(rader: Sequence[object]) -> list[str]:
    return [rad.nyckel for rad in rader]  # type: ignore[attr-defined]


def _gor(kvartal: Kvartal, *, offentlig: bool = False) -> Rapport:
    return rapport(hamta(kvartal, IDAG), Lasare(offentlig, handlagger=True))


def test_who_has_waited_too_long_and_who_still_has_time(varld: Varld) -> None:
    forsta = hamta(K1, IDAG)
    assert forsta.dag == date(2026, 3, 31)
    assert _nycklar(forsta.over) == ["B-UT", *(f"B-KO{nr}" for nr in range(5))]
    assert _nycklar(forsta.inom) == ["B-NY"]
    pagaende = hamta(K2, IDAG)
    assert pagaende.dag == IDAG
    assert _nycklar(pagaende.inom) == ["B-NY"]
    assert [(ett.nyckel, ett.slut.hur) for ett in pagaende.avslutade] == [("B-UT", Hur.UPPHORT)]
    varas = [(K1, tuple(ett.person for ett in forsta.over)), (K2, tuple(ett.person for ett in pagaende.over))]
    assert [(kvartal, sorted(vilka)) for kvartal, vilka in pagaende.trend[-2:]] == [
        (kvartal, sorted(vilka)) for kvartal, vilka in varas
    ]


def test_the_public_report_names_no_beslut_and_sums_to_the_same(varld: Varld) -> None:
    intern, publik = _gor(K1), _gor(K1, offentlig=True)
    assert {tabell.nyckel for tabell in intern.tabeller if tabell.enskilda} == {
        "individrapporter",
        "avslutsrapporter",
        "inom",
    }
    assert not any(tabell.enskilda for tabell in publik.tabeller)
    assert publik.personer == frozenset()
    text = repr(publik)
    assert "B-KO" not in text
    assert "kon" not in {tabell.nyckel for tabell in publik.tabeller}  # 3 women and 3 men: neither may be shown
    assert [rad.celler for rad in next(t for t in intern.tabeller if t.nyckel == "kon").rader] == [
        ("Kvinnor", 3),
        ("Män", 3),
    ]
    assert publik.nyckeltal[0].varde == intern.nyckeltal[0].varde == 6


def test_a_quarter_that_has_not_ended_is_not_told_of_in_public(varld: Varld) -> None:
    """Two documents of the same quarter would differ by what happened in the days between."""
    publik = _gor(K2, offentlig=True)
    assert publik.nyckeltal == ()
    (trend,) = publik.tabeller
    assert [rad.celler[0] for rad in trend.rader][-1] == "Kvartal 1 2026"


def test_the_number_of_queries_does_not_grow_with_the_beslut(varld: Varld) -> None:
    with CaptureQueriesContext(
        connection,
    ) as fragor:
        hamta(K1, IDAG)
    assert len(fragor) <= 20


def test_a_report_is_noted_once_and_stands_in_the_list(varld: Varld) -> None:
    maria = varld.anvandare[Roll.HANDLAGGARE]
    beslut = Beslut.objects.select_related("person").get(nyckel="B-KO0")
    gemensamt = {"beslut": beslut, "kvartal": K1, "referens": "8.1-123", "av": maria, "idag": IDAG}
    gemensamt["nu"] = maria.date_joined
    ett = individrapport(beslut, K1, IDAG)
    assert ("Typ", "Nytt beslut") in ett.beslutet
    assert ett.saknas == ("Orsaken till dröjsmålet är inte skriven.",)
    for dag, varfor in ((date(2025, 12, 31), "före kvartalet"), (date(2026, 6, 4), "inte varit än")):
        with pytest.raises(Hindrad, match=varfor):
            notera_ivorapport(rapport=ett, lamnad=dag, **gemensamt)  # type: ignore[arg-type]
    notera_ivorapport(rapport=ett, lamnad=date(2026, 4, 15), **gemensamt)  # type: ignore[arg-type]
    with pytest.raises(Hindrad, match="redan noterad"):  # what another page still shows as not done
        notera_ivorapport(rapport=ett, lamnad=date(2026, 4, 15), **gemensamt)  # type: ignore[arg-type]
    assert Ivorapport.objects.count() == 1
    assert Handelse.objects.filter(handling="notera_ivorapport", objekt="beslut:B-KO0").count() == 1
    assert hamta(K1, IDAG).over[1].lamnad == date(2026, 4, 15)
    assert hamta(K2, IDAG).over[0].lamnad is None  # reported again each quarter


def test_the_page_the_workbook_and_the_document(varld: Varld, client: Client) -> None:
    sida = reverse("uppfoljning:rapport", args=["ej-verkstallda"])
    client.force_login(varld.anvandare[Roll.GRUPPCHEF])
    svar = client.get(sida, {"kvartal": "2026-K1"}).content.decode()
    assert "B-KO0" in svar
    assert "<svg" in svar
    fil = client.get(reverse("uppfoljning:rapportens_arbetsbok", args=["ej-verkstallda"]), {"kvartal": "2026-K1"})
    bok = openpyxl.load_workbook(BytesIO(fil.content))
    assert "B-KO0" in {rad[0] for rad in bok["Individrapporter till IVO"].iter_rows(values_only=True)}
    for fraga in ({"individrapporter-per_page": "-3"}, {"inom-per_page": "0"}, {"individrapporter-sort": "-k8,k99"}):
        assert client.get(sida, {"kvartal": "2026-K1"} | fraga).status_code == 200
    assert "Kvartalet" not in (client.get(sida, {"kvartal": "1999-K1"}).content.decode())
    client.force_login(varld.anvandare[Roll.NAMNDSEKRETERARE])
    assert "B-KO0" not in client.get(sida, {"kvartal": "2026-K1"}).content.decode()
    utlatande = reverse("uppfoljning:rapportutlatande", args=["ej-verkstallda"])
    pdf = client.post(f"{utlatande}?kvartal=2026-K1", IFYLLT)
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
