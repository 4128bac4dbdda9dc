"""National deliveries: who is in the file, how it is printed, what is checked, and that what is delivered stands."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from beslut.models import Beslut, Person
from grund.behorighet import Roll
from grund.datapaket.actions import las_in
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from uppfoljning.leveranser import atgarder, queries
from uppfoljning.leveranser.attgora import grupper
from uppfoljning.leveranser.jamforelse import Andrat, Hur, jamfor
from uppfoljning.leveranser.layout import Layout, Sattrad, fel_i_definition, las, rendera, satt
from uppfoljning.leveranser.regler import Boendeform, Leveransslag, Rad, dagen, senast
from uppfoljning.leveranser.skillnad import alla_som_skiljer_sig, skiljer_sig
from uppfoljning.leveranser.underlag import AVLIDEN, EJ_VERKSTALLT, Enhetsuppgift
from uppfoljning.models import Leverans, Leveranslayout, Leveransrad
from utforare.models import Enhet

LSS, B1, B2 = Leveransslag.LSS, Leveransslag.SOL_PAGAENDE, Leveransslag.SOL_FORANDRADE
OKT, MARS, APRIL = date(2025, 10, 1), date(2026, 3, 31), date(2026, 4, 30)
IDAG = date(2026, 6, 3)
NU = datetime(2026, 6, 3, 10, tzinfo=ZoneInfo("Europe/Stockholm"))
GRUND = Path(atgarder.__file__).parent / "grundlayouter"


def _definition(**annat: Any) -> dict[str, Any]:
    kolumner = [
        {"namn": "Nr", "uppgift": "personnummer", "form": "personnummer", "kravs": True},
        {"namn": "DV", "uppgift": "LSS-10", "form": "kod", "kravs": True, "koder": {"ja": "1", "nej": "0"}},
        {"namn": "Kommun", "uppgift": "boendekommun", "form": "text"},
        {"namn": "År", "uppgift": "ar", "form": "text", "kravs": True},
    ]
    grund = {"avskiljare": ";", "teckenkodning": "iso-8859-1", "radslut": "crlf", "rubrikrad": True}
    return {**grund, "kolumner": kolumner, **annat}


def _rad(nyckel: str, nummer: str = "199002029818", **annat: Any) -> Rad:
    return Rad(nyckel, 1, {"personnummer": nummer, "LSS-10": True, "boendekommun": "", "ar": "2025", **annat})


def _fel(slag: Leveransslag = LSS, **annat: Any) -> str:
    return " ".join(fel_i_definition(slag, _definition(**annat)))


# The engine.


def test_rows_are_printed_in_fixed_places_and_no_row_ends_with_the_separator() -> None:
    layout = las(LSS, _definition())
    satta, fel = satt(layout, [_rad("B", boendekommun="0180"), _rad("A", "19850202-T123", **{"LSS-10": False})])
    assert fel == []
    assert rendera(layout, [ett.varden for ett in satta]) == (
        "Nr;DV;Kommun;År\r\n19850202-T123;0;;2025\r\n19900202-9818;1;0180;2025\r\n".encode("iso-8859-1")
    )


def test_what_cannot_be_printed_is_said_with_its_row_and_column() -> None:
    layout = las(LSS, _definition())
    _, fel = satt(layout, [_rad("A", "", boendekommun="1;2"), _rad("B", boendekommun="Łódź"), _rad("C", ar="20\n25")])
    assert [(ett.nyckel, ett.kolumn) for ett in fel] == [("A", "Nr"), ("A", "Kommun"), ("B", "Kommun"), ("C", "År")]
    assert all(not any(tecken.isdigit() for tecken in ett.text.replace("8859-1", "")) for ett in fel)  # no number in it


def test_a_layout_of_fixed_widths_has_no_separator() -> None:
    kolumner = [{"namn": "År", "uppgift": "ar", "form": "text", "kravs": True, "bredd": 6}]
    layout = las(LSS, _definition(avskiljare="", rubrikrad=False, radslut="lf", kolumner=kolumner))
    assert rendera(layout, [("2025",)]) == b"2025  \n"
    assert satt(layout, [_rad("A", ar="2025-10")])[1][0].text == "Uppgiften är längre än 6 tecken."


@pytest.mark.parametrize(
    ("annat", "text"),
    [
        ({"avskiljare": ";;"}, "Avskiljaren är ett tecken"),
        ({"teckenkodning": "ebcdic"}, "Teckenkodningen"),
        ({"radslut": "cr"}, "Radslutet"),
        ({"rubrikrad": "ja"}, "true eller false"),
        ({"kolumner": []}, "mellan 1 och"),
        ({"kolumner": _definition()["kolumner"][:3]}, "Sista kolumnen måste alltid vara ifylld"),
        ({"kolumner": _definition()["kolumner"] * 2}, "samma namn"),
        ({"avskiljare": ""}, "måste varje kolumn ha en bredd"),
        ({"kolumner": [{"namn": "X", "uppgift": "skostorlek", "form": "text"}]}, "uppgiften finns inte"),
        ({"kolumner": [{"namn": "X", "uppgift": "ar", "form": "rot13"}]}, "formen är en av"),
        ({"kolumner": [{"namn": "X", "uppgift": "ar", "form": "kod"}]}, "koder hör till formen kod"),
        ({"kolumner": [{"namn": "X", "uppgift": "ar", "form": "text", "bredd": -1}]}, "bredden är ett heltal"),
        ({"kolumner": ["X"]}, "ange namn, uppgift och form"),
        ({"hemligt": 1}, "inga andra"),
    ],
)
def test_a_layout_that_is_wrong_says_why(annat: dict[str, Any], text: str) -> None:
    assert text in _fel(**annat)


@pytest.mark.parametrize("slag", Leveransslag)
def test_our_reading_of_each_form_is_a_valid_layout(slag: Leveransslag) -> None:
    definition = json.loads((GRUND / f"{slag}.json").read_text(encoding="utf-8"))
    assert list(fel_i_definition(slag, definition)) == []
    assert las(slag, definition).kolumner[-1].kravs


def test_days_and_deadlines() -> None:
    assert (dagen(LSS, 2025, 1), senast(LSS, OKT)) == (OKT, date(2025, 10, 25))
    assert (dagen(B1, 2026, 4), senast(B1, APRIL)) == (APRIL, date(2026, 5, 15))
    assert senast(B2, date(2025, 12, 31)) == date(2026, 1, 15)


# The difference.


def _satta(*rader: tuple[str, ...]) -> tuple[Layout, list[Sattrad]]:
    return las(LSS, _definition()), [Sattrad(nyckel, 1, tuple(varden)) for nyckel, *varden in rader]


def test_a_difference_tells_rows_and_columns_but_never_a_number() -> None:
    fore = _satta(("A", "1", "1", "", "2024"), ("B", "2", "1", "", "2024"), ("C", "3", "1", "", "2024"))
    efter = _satta(("B", "22", "0", "", "2025"), ("C", "3", "1", "", "2025"), ("D", "4", "1", "", "2025"))
    svar = jamfor(fore, efter, bortse=frozenset({"ar"}))
    assert [(ett.nyckel, ett.hur) for ett in svar.rader] == [("D", Hur.NY), ("A", Hur.BORTA), ("B", Hur.ANDRAD)]
    assert svar.av(Hur.ANDRAD)[0].andrat == (Andrat("Nr", "", ""), Andrat("DV", "1", "0"))
    assert (svar.antal, svar.per_kolumn) == (3, {"Nr": 1, "DV": 1})


def test_columns_that_only_one_layout_has_are_named_and_not_compared() -> None:
    smal = las(LSS, _definition(kolumner=_definition()["kolumner"][-1:]))
    svar = jamfor((smal, [Sattrad("A", 1, ("2025",))]), _satta(("A", "1", "1", "", "2025")))
    assert (svar.antal, svar.nya_kolumner, svar.borta_kolumner) == (0, ("Nr", "DV", "Kommun"), ())
    assert jamfor(_satta(), (smal, [])).borta_kolumner == ("Nr", "DV", "Kommun")


# In the database.

PERSONER = """\
P1;199002029818;Anna;Ek;1;nej;
P2;199003039824;Bo;Gran;2;ja;
P3;198501019809;Cai;Al;3;nej;2025-09-30
P4;199305059819;Di;Asp;;nej;
P5;19850202-T123;Eva;Lönn;1;nej;2026-04-10
"""
BESLUT = """\
L1;P1;LSS-10;LSS;bifall;2025-01-01;2025-01-01;;;
L2;P1;LSS-9;LSS;delvis;2025-01-01;2025-01-01;;;
L3;P2;LSS-9;LSS;bifall;2025-01-01;2025-01-01;;;
L4;P3;LSS-4;LSS;bifall;2025-01-01;2025-01-01;;;
L5;P2;LSS-4;LSS;bifall;2025-01-01;2025-01-01;;;
L6;P2;LSS-3;LSS;avslag;2025-01-01;;;;
S1;P4;SOL-BOSTOD;SoL;bifall;2026-01-01;2026-01-01;;10;timmar_vecka
S2;P4;SOL-SYSS;SoL;bifall;2026-01-01;2026-01-01;2026-03-31;;
S3;P1;SOL-KONT;SoL;bifall;2026-04-10;2026-04-15;;;
S4;P5;SOL-LEDS;SoL;bifall;2026-01-01;2026-01-01;;2.5;timmar_manad
S5;P1;SOL-AVLOS;SoL;bifall;2026-01-01;2026-02-01;2026-02-28;;
"""
BESLUTSRUBRIK = "beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet"
VERK = """\
V1;L1;E1;2025-01-01;;2025-01-01;;
V2;L2;E2;2025-01-01;;2025-01-01;;
V3;L3;E2;2025-01-01;;2025-01-01;;
V4;L4;E1;2025-01-01;;2025-01-01;;
V5;S1;E1;2026-01-01;;2026-01-01;;
V6;S5;E1;2026-02-01;;2026-02-01;;
"""


def paketet() -> dict[str, str]:
    """Five persons; `E2` is a home."""
    return {
        "utforare": "utforare_id;namn;organisationsnummer;regi\nU;Eken AB;5566002373;privat\n",
        "enheter": "enhet_id;utforare_id;namn;platser\nE1;U;Eken;6\nE2;U;Asken;6\nE3;U;Linden;6\n",
        "personer": "person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden\n" + PERSONER,
        "beslut": f"{BESLUTSRUBRIK}\n{BESLUT}",
        "verkstalligheter": "verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;fran;till;slutorsak\n" + VERK,
    }


@pytest.fixture
def klara(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Anvandare:
    """Five persons, and a controller who has laid in the layouts. `E2` is a home in another kommun."""
    for namn, text in paketet().items():
        (tmp_path / f"{namn}.csv").write_text(text, encoding="utf-8")
    las_in(tmp_path, av=None)
    vem = Anvandare.objects.create_user("klara", roller=[Roll.CONTROLLER])
    atgarder.lagg_in_grundlayouter(av=vem, nu=NU)
    _bostader(monkeypatch, {"E2": Enhetsuppgift(Boendeform.BOSTAD, "0180")})
    return vem


def _bostader(monkeypatch: pytest.MonkeyPatch, per_nyckel: Mapping[str, Enhetsuppgift]) -> None:
    svar = {Enhet.objects.get(nyckel=nyckel).pk: ett for nyckel, ett in per_nyckel.items()}
    monkeypatch.setattr(queries, "enhetsuppgifter", lambda: svar)


def _gor(klara: Anvandare, slag: Leveransslag = LSS, dag: date = OKT) -> Leverans:
    return atgarder.gor_leverans(slag=slag, dag=dag, av=klara, idag=IDAG, nu=NU)


def _lamna(leverans: Leverans, klara: Anvandare, **annat: Any) -> None:
    val = {"lamnad": IDAG, "kvittens": "FILIP-1", "varningar_lasta": True, "av": klara, "idag": IDAG, "nu": NU}
    atgarder.lamna(leverans=leverans, **{**val, **annat})
    leverans.refresh_from_db()


def _text(leverans: Leverans) -> list[str]:
    return queries.innehall(leverans).decode("iso-8859-1").splitlines()


def test_the_file_of_1_october_has_those_with_a_decision_that_is_carried_out(klara: Anvandare) -> None:
    leverans = _gor(klara)
    assert _text(leverans) == [
        "19900202-9818;1;0;0;0;0;0;0;0;0;1;0;0180;1",
        "19900303-9824;2;0;0;0;0;0;0;0;0;1;0;0180;0",
    ]
    prot = queries.las_protokoll(leverans)
    assert (prot.rader, prot.personer, prot.skyddade) == (2, 2, 1)
    assert prot.utelamnade == ((AVLIDEN, ("L4",)), (EJ_VERKSTALLT, ("L5",)))
    dv = next(ett for ett in prot.kolumner if ett.namn == "Daglig verksamhet 9 § 10")
    assert (dv.ifyllda, dv.tomma, dv.koder) == (2, 0, (("0", 1), ("1", 1)))
    assert prot.stoppar == ()
    (varning,) = prot.varnar
    assert varning.text.startswith("Filens layout är inte bekräftad mot Socialstyrelsens beskrivning.")


def test_the_files_of_a_month_have_what_goes_on_and_what_began_or_ended(klara: Anvandare) -> None:
    mars, april, forandrat = _gor(klara, B1, MARS), _gor(klara, B1, APRIL), _gor(klara, B2, APRIL)
    assert [rad.nyckel for rad in mars.rader.order_by("nummer")] == ["S1", "S2", "S4"]
    assert [rad.nyckel for rad in april.rader.order_by("nummer")] == ["S1", "S3"]
    assert _text(april) == [
        "9990;199305059819;BOSTOD;20260101;20260101;;10;TV;2;1;202604",
        "9990;199002029818;KONT;20260410;20260415;;;;;0;202604",
    ]
    assert _text(forandrat) == [  # S4: the person died on the 10th
        "9990;199002029818;KONT;20260410;20260415;;;;;1;0;202604",
        "9990;19850202T123;LEDS;20260101;20260101;20260410;2,5;TM;;0;1;202604",
    ]
    assert [rad.nyckel for rad in _gor(klara, B2, MARS).rader.all()] == ["S2"]  # its last day is 31 March


def test_what_a_month_does_not_follow_from_is_said(klara: Anvandare) -> None:
    _lamna(_gor(klara, B1, MARS), klara)
    assert {ett.nyckel for ett in queries.las_protokoll(_gor(klara, B1, APRIL)).varnar} == {"", "S5"}  # it goes on
    Beslut.objects.filter(nyckel="S3").update(fran=date(2026, 3, 20))
    Beslut.objects.filter(nyckel="S1").update(till=date(2026, 2, 1))
    varnar = {
        ett.nyckel: ett.text
        for ett in queries.las_protokoll(_gor(klara, B1, APRIL)).varnar
        if ett.nyckel not in ("", "S5")
    }
    assert "nytt i filen men började inte" in varnar.pop("S3")
    assert varnar.keys() == {"S1"}
    alla = [ett.text for ett in queries.las_protokoll(Leverans.objects.latest("pk")).varnar if ett.nyckel == "S1"]
    assert len(alla) == 2  # it is gone from the file without having ended then, and it goes on without a beslut


def test_what_is_missing_stops_the_delivery_and_is_not_guessed(
    klara: Anvandare, monkeypatch: pytest.MonkeyPatch
) -> None:
    _bostader(monkeypatch, {})
    Person.objects.filter(nyckel="P1").update(personkrets=None)
    leverans = _gor(klara)
    stoppar = queries.las_protokoll(leverans).stoppar
    assert {(ett.nyckel, ett.kolumn) for ett in stoppar} == {("E2", ""), ("P1", "Personkrets")}
    with pytest.raises(Hindrad, match="2\xa0fel måste rättas"):
        _lamna(leverans, klara)
    _bostader(monkeypatch, {"E2": Enhetsuppgift(Boendeform.FAMILJEHEM, "")})
    assert any("ingen sådan kolumn" in ett.text for ett in queries.las_protokoll(_gor(klara)).stoppar)


def test_two_persons_with_one_number_stop_it(klara: Anvandare) -> None:
    Person.objects.filter(nyckel="P2").update(personnummer="199002029818")
    stoppar = queries.las_protokoll(_gor(klara)).stoppar
    assert {ett.nyckel for ett in stoppar} == {"P1", "P2"}
    assert "199002029818" not in repr(stoppar)


def test_a_reserve_number_and_what_goes_on_without_a_beslut_are_warned_of(klara: Anvandare) -> None:
    Person.objects.filter(nyckel="P1").update(personnummer="19850202-T123")
    Beslut.objects.filter(nyckel="L3").update(till=date(2025, 9, 1))
    varnar = queries.las_protokoll(_gor(klara)).varnar
    assert any("1\xa0rad har ett reservnummer" in ett.text for ett in varnar)
    assert [ett.nyckel for ett in varnar if "fast beslutet har upphört" in ett.text] == ["L3"]


def test_a_delivery_is_handed_in_once_with_its_warnings_read(klara: Anvandare) -> None:
    leverans = _gor(klara)
    for annat, varfor in (
        ({"varningar_lasta": False}, "Läs varningarna"),
        ({"lamnad": date(2026, 6, 4)}, "inte varit än"),
        ({"lamnad": date(2026, 6, 2)}, "innan den gjordes"),
    ):
        with pytest.raises(Hindrad, match=varfor):
            _lamna(leverans, klara, **annat)
    _lamna(leverans, klara)
    with pytest.raises(Hindrad, match="redan lämnad"):
        _lamna(leverans, klara)
    with pytest.raises(Hindrad, match="redan lämnad"):
        atgarder.kasta(leverans=leverans, av=klara, nu=NU)
    text = " ".join(Handelse.objects.filter(objekt=f"leverans:{leverans.pk}").values_list("text", flat=True))
    assert "lämnades 3\xa0juni 2026" in text
    assert "9818" not in text


def test_what_is_delivered_stands_byte_for_byte_whatever_happens_afterwards(klara: Anvandare) -> None:
    leverans = _gor(klara)
    _lamna(leverans, klara)
    fore = queries.innehall(leverans)
    Person.objects.filter(nyckel="P1").update(personnummer="199305059819", personkrets=3)
    definition = json.loads((GRUND / "lss.json").read_text(encoding="utf-8")) | {"rubrikrad": True}
    atgarder.lagg_in_layout(slag=LSS, fran=OKT, till=None, definition=definition, kalla="Ny", av=klara, nu=NU)
    assert queries.innehall(Leverans.objects.get()) == fore
    assert sha256(fore).hexdigest() == leverans.sha256
    ny = _gor(klara)
    assert (ny.omgang, ny.layout.version) == (2, 2)
    assert _text(ny)[0].startswith("Personnummer;")


@pytest.mark.parametrize("vad", ["rad", "rad bort", "leverans", "leverans bort", "layout"])
def test_the_database_itself_keeps_what_has_been_made(klara: Anvandare, vad: str) -> None:
    leverans = _gor(klara)
    _lamna(leverans, klara)
    gor = {
        "rad": lambda: Leveransrad.objects.update(varden=["x"]),
        "rad bort": lambda: Leveransrad.objects.all().delete(),
        "leverans": lambda: Leverans.objects.update(antal=7),
        "leverans bort": lambda: Leverans.objects.filter(pk=leverans.pk)._raw_delete("default"),
        "layout": lambda: Leveranslayout.objects.update(definition={}),
    }
    with pytest.raises(Exception, match=r"ändras inte|Cannot"), transaction.atomic():
        gor[vad]()


def test_a_new_draft_takes_the_place_of_the_old(klara: Anvandare) -> None:
    gammalt, nytt = _gor(klara), _gor(klara)
    gammalt.refresh_from_db()
    assert (gammalt.status, nytt.status, nytt.omgang) == ("kastad", "utkast", 2)
    atgarder.kasta(leverans=nytt, av=klara, nu=NU)
    with pytest.raises(IntegrityError), transaction.atomic():
        Leverans.objects.filter(pk=nytt.pk).update(status="utkast")


def test_the_time_must_have_passed_and_there_must_be_a_layout(klara: Anvandare) -> None:
    for dag, varfor in ((date(2026, 6, 30), "Vänta"), (date(2015, 10, 1), "ingen layout")):
        with pytest.raises(Hindrad, match=varfor):
            _gor(klara, LSS, dag)


def test_whether_the_statistics_would_differ_now(klara: Anvandare) -> None:
    assert skiljer_sig(LSS) is None
    _lamna(_gor(klara), klara)
    svar = skiljer_sig(LSS)
    assert svar is not None
    assert svar.antal == 0
    Beslut.objects.filter(nyckel="L1").update(till=date(2025, 9, 1))
    Beslut.objects.filter(nyckel="L3").update(till=date(2025, 9, 1))
    (svar,) = alla_som_skiljer_sig()
    assert [(ett.nyckel, ett.hur) for ett in svar.skillnad.rader] == [("P2", Hur.BORTA), ("P1", Hur.ANDRAD)]
    assert svar.skillnad.rader[1].andrat == (Andrat("Daglig verksamhet 9 § 10", "1", "0"),)


def test_a_correction_is_compared_with_what_it_corrects_and_a_year_with_the_year_before(klara: Anvandare) -> None:
    forsta = _gor(klara)
    assert queries.jamford_med(forsta) is None
    _lamna(forsta, klara)
    andra = _gor(klara)
    assert queries.jamford_med(andra) == forsta
    _lamna(_gor(klara, B2, MARS), klara)
    assert queries.jamford_med(_gor(klara, B2, APRIL)) is None  # another month's events


def test_a_layout_is_confirmed_once_and_then_nothing_warns(klara: Anvandare) -> None:
    layout = Leveranslayout.objects.get(slag=LSS)
    atgarder.bekrafta_layout(layout=layout, mot="Socialstyrelsens filbeskrivning 2025", av=klara, nu=NU)
    with pytest.raises(Hindrad, match="redan bekräftad"):
        atgarder.bekrafta_layout(layout=layout, mot="Annat", av=klara, nu=NU)
    assert queries.las_protokoll(_gor(klara)).varnar == ()
    with pytest.raises(Hindrad, match="inga andra"):
        atgarder.lagg_in_layout(slag=LSS, fran=OKT, till=None, definition={}, kalla="x", av=klara, nu=NU)


def test_the_number_of_queries_does_not_grow_with_the_persons(klara: Anvandare) -> None:
    with CaptureQueriesContext(connection) as fragor:
        for slag, dag in ((LSS, OKT), (B1, APRIL), (B2, APRIL)):
            queries.gor_fil(Leveranslayout.objects.get(slag=slag), dag)
    assert len(fragor) <= 3 + 12


def test_what_is_to_be_handed_in_soon_or_late_waits_for_those_who_do(klara: Anvandare) -> None:
    assert grupper(klara, IDAG, alla=True) == []  # nothing has ever been made
    _lamna(_gor(klara, B1, APRIL), klara)
    utkast = _gor(klara, B2, APRIL)
    (grupp,) = grupper(klara, IDAG, alla=True)
    assert [(ett.vem, ett.vad, ett.lage, ett.sen) for ett in grupp.uppgifter][-3:] == [
        (B2.label, "april 2026", "Utkast", True),
        (B2.label, "maj 2026", "Inte gjord", False),
        (B1.label, "maj 2026", "Inte gjord", False),
    ]
    assert grupp.uppgifter[-3].adress.endswith(f"/{utkast.pk}/")
    assert grupper(Anvandare.objects.create_user("nora", roller=[Roll.NAMNDSEKRETERARE]), IDAG, alla=True) == []
