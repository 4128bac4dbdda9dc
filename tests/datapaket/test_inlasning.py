"""Taking in what is right: counts, sameness, the three kinds of package, taking back, and the command itself."""

import io
import os
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook

from beslut.models import Person
from grund.datapaket.actions import las_in
from grund.datapaket.fel import Fel, PaketFel
from grund.models import Andring, Handelse
from utforare.models import Avtal, Besok, Narvaro, Verkstallighet

from .conftest import Inlas
from .paket import BAS, Filer, bytt, med, skriv, skriv_xlsx, skriv_zip

RADER = {fil: len(text.splitlines()) - 1 for fil, text in BAS.items()}


def test_en_forsta_inlasning_ar_bara_nya_rader(inlas: Inlas) -> None:
    assert {fil: ett.nya for fil, ett in inlas(BAS).items()} == RADER


def test_samma_paket_igen_andrar_ingenting_och_ger_ingen_handelse(inlas: Inlas) -> None:
    inlas(BAS)
    andringar, handelser = Andring.objects.count(), Handelse.objects.count()
    utfall = inlas(BAS)
    assert {fil: ett.oforandrade for fil, ett in utfall.items()} == RADER
    assert not any(ett.andrar for ett in utfall.values())
    assert (Andring.objects.count(), Handelse.objects.count()) == (andringar, handelser)


def test_det_som_skiljer_raknas_som_andrat(inlas: Inlas) -> None:
    inlas(BAS)
    utfall = inlas({"narvaro": BAS["narvaro"].replace("240", "250") + "V1;2026-03-05;N;;;\n"})
    assert (utfall["narvaro"].nya, utfall["narvaro"].andrade, utfall["narvaro"].oforandrade) == (1, 1, 2)


def test_lika_varden_skrivna_pa_olika_satt_ar_ingen_andring(inlas: Inlas) -> None:
    inlas(BAS)
    priser = BAS["priser"].replace("1200,50", "1200.5").replace("1164", "01164.00")
    avtal = BAS["avtal"].replace("1-14:100,15-:50", "1 - 14 : 100.0, 15-:50").replace("flytt, avliden", "avliden,flytt")
    assert not any(ett.andrar for ett in inlas({"priser": priser, "avtal": avtal}).values())


def test_kolumnerna_far_sta_i_vilken_ordning_som_helst(inlas: Inlas) -> None:
    vanda = "\ufeff" + "".join(";".join(reversed(rad.split(";"))) + "\r\n" for rad in BAS["narvaro"].splitlines())
    assert inlas(med(narvaro=vanda))["narvaro"].nya == 3


def test_perioder_lagras_halvoppna_och_tider_som_svensk_tid(inlas: Inlas) -> None:
    inlas(BAS)
    assert Verkstallighet.objects.get(nyckel="V2").till == date(2027, 1, 1)
    besok = Besok.objects.get(nyckel="K2")
    assert besok.planerad_start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the first of the doubled hour
    assert besok.planerad_slut == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert Avtal.objects.get(nyckel="A1").omfattning_granser == "0:deltid,360:heltid"


def test_skydd_som_inte_namns_star_kvar(inlas: Inlas) -> None:
    inlas(BAS)
    inlas({"personer": "person_id;personnummer;personkrets\nP2;199003039824;3\n"})
    assert Person.objects.get(nyckel="P2").skyddad


def test_avtal_far_byta_perioder_med_varandra(inlas: Inlas) -> None:
    inlas(BAS)
    avtal = BAS["avtal"].replace("2026-06-30", "2026-09-30").replace("2026-07-01", "2026-10-01")
    assert inlas({"avtal": avtal})["avtal"].andrade == 2


@pytest.mark.parametrize("mapp", ["", "utdrag/"])
def test_en_zip_gar_lika_bra(tmp_path: Path, mapp: str, db: None) -> None:
    utfall = las_in(skriv_zip(tmp_path / "paket.zip", BAS, mapp), av=None)
    assert {fil: ett.nya for fil, ett in utfall.items()} == RADER


def test_en_arbetsbok_gar_lika_bra(tmp_path: Path, db: None) -> None:
    utfall = las_in(skriv_xlsx(tmp_path / "paket.xlsx", BAS), av=None)
    assert {fil: ett.nya for fil, ett in utfall.items()} == RADER


def test_akta_datum_tider_och_tal_i_en_arbetsbok_lases_som_de_menas(tmp_path: Path, inlas: Inlas) -> None:
    inlas(BAS)
    bok = Workbook()
    blad = bok.active
    assert blad is not None
    blad.title = "narvaro"
    blad.append(["verkstallighet_id", "datum", "kod", "omfattning", "minuter", "orsak"])
    blad.append(["V1", datetime(2026, 3, 9), "N", None, 300.0, None])  # noqa: DTZ001  as Excel has it
    besok = bok.create_sheet("besok")
    besok.append(["besok_id", "verkstallighet_id", "utford_start", "utford_slut"])
    besok.append([4711, "V2", datetime(2026, 3, 9, 8, 15), datetime(2026, 3, 9, 9, 0)])  # noqa: DTZ001
    besok.append(["K4", "V2", datetime(2026, 3, 9, 23, 15), datetime(2026, 3, 10)])  # noqa: DTZ001
    bok.save(tmp_path / "ny.xlsx")
    las_in(tmp_path / "ny.xlsx", av=None)
    assert Narvaro.objects.get(datum=date(2026, 3, 9)).minuter == 300
    assert Besok.objects.get(nyckel="K4").utford_slut == datetime(2026, 3, 9, 23, tzinfo=UTC)
    assert Besok.objects.get(nyckel="4711").utford_start == datetime(2026, 3, 9, 7, 15, tzinfo=UTC)


def test_fel_i_en_arbetsbok_namner_bladets_rad(tmp_path: Path, db: None) -> None:
    filer = bytt("narvaro", "2026-03-03", "2026-02-31")
    with pytest.raises(PaketFel) as fangad:
        las_in(skriv_xlsx(tmp_path / "paket.xlsx", filer), av=None)
    assert [(ett.fil, ett.rad, ett.kolumn) for ett in fangad.value.fel] == [("bladet narvaro", 3, "datum")]


# --- what is no package at all


def _zip(tmp_path: Path, *namn: str, innehall: bytes = b"x;y\n") -> Path:
    with zipfile.ZipFile(tmp_path / "p.zip", "w", zipfile.ZIP_DEFLATED) as arkiv:
        for ett in namn:
            arkiv.writestr(ett, innehall)
    return tmp_path / "p.zip"


def _avhuggen(tmp_path: Path) -> Path:
    hel = skriv_zip(tmp_path / "hel.zip", BAS).read_bytes()
    (tmp_path / "p.zip").write_bytes(hel[:200] + b"\0" * 40 + hel[240:])
    return tmp_path / "p.zip"


def _fil(tmp_path: Path, innehall: bytes) -> Path:
    (tmp_path / "p.zip").write_bytes(innehall)
    return tmp_path / "p.zip"


def _med_mapp(tmp_path: Path) -> Path:
    (skriv(tmp_path / "p", BAS) / "gammalt").mkdir()
    return tmp_path / "p"


def _tom_mapp(tmp_path: Path) -> Path:
    (tmp_path / "p").mkdir()
    return tmp_path / "p"


def _med_fifo(tmp_path: Path) -> Path:
    os.mkfifo(_tom_mapp(tmp_path) / "narvaro.csv")
    return tmp_path / "p"


def _formelfel(tmp_path: Path) -> Path:
    return skriv_xlsx(tmp_path / "p.xlsx", bytt("personer", "Anna", "#REF!"))


INGET_PAKET: dict[str, tuple[Callable[[Path], Path], str]] = {
    "finns inte": (lambda p: p / "borta", "finns inte"),
    "tom mapp": (_tom_mapp, "Mappen är tom"),
    "mapp i mappen": (_med_mapp, "Mapp inne i paketet"),
    "inte en vanlig fil": (_med_fifo, "Okänd fil"),
    "inte en zip": (lambda p: _fil(p, b"hej"), "varken en mapp"),
    "avhuggen zip": (lambda p: _fil(p, skriv_zip(p / "hel.zip", BAS).read_bytes()[:-60]), "varken en mapp"),
    "skadad zip": (_avhuggen, "skadad"),
    "tom zip": (_zip, "Arkivet är tomt"),
    "zip-bomb": (lambda p: _zip(p, "narvaro.csv", innehall=b"0" * 20_000_000), "orimligt mycket"),
    "sökväg uppåt": (lambda p: _zip(p, "../narvaro.csv"), "Otillåten sökväg"),
    "absolut sökväg": (lambda p: _zip(p, "/narvaro.csv"), "Otillåten sökväg"),
    "mapp i zip": (lambda p: _zip(p, "a/narvaro.csv", "a/b/besok.csv"), "Mapp inne i paketet"),
    "macOS-filer": (lambda p: _zip(p, "narvaro.csv", "__MACOSX/._narvaro.csv"), "Dold fil"),
    "okänt blad": (lambda p: skriv_xlsx(p / "p.xlsx", {"Blad1": "a"}), "Okänd flik"),
    "formelfel": (_formelfel, "formelfel"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("namn", INGET_PAKET)
def test_det_som_inte_ar_ett_paket_avvisas_med_en_mening(namn: str, tmp_path: Path, db: None) -> None:
    gor, text = INGET_PAKET[namn]
    with pytest.raises(PaketFel) as fangad:
        las_in(gor(tmp_path), av=None)
    assert any(text in ett.text for ett in fangad.value.fel), [str(ett) for ett in fangad.value.fel]
    assert not Person.objects.exists()


# --- taking back, and what hangs together


def _borttag(*rader: str) -> Filer:
    return {"borttag": "\n".join(["fil;id;datum", *rader, ""])}


def test_borttag_tar_tillbaka_rader(inlas: Inlas) -> None:
    inlas(BAS)
    utfall = inlas(_borttag("narvaro;V1;2026-03-02", "besok;K1;", "anstallningar;J1;", "nivabedomningar;N1;"))
    assert {fil: ett.borttagna for fil, ett in utfall.items()} == dict.fromkeys(
        ["narvaro", "besok", "anstallningar", "nivabedomningar"], 1
    )
    assert Andring.objects.filter(nyckel="V1|2026-03-02").exists()


def test_en_verkstallighet_tas_bort_nar_dess_rader_gor_det(inlas: Inlas, felen: Callable[[Filer], list[Fel]]) -> None:
    inlas(BAS)
    (fel,) = felen(_borttag("verkstalligheter;V2;", "besok;K1;"))
    assert (fel.rad, "besok kvar" in fel.text) == (2, True)
    inlas(_borttag("verkstalligheter;V2;", "besok;K1;", "besok;K2;"))
    assert not Verkstallighet.objects.filter(nyckel="V2").exists()


def test_en_rad_kan_inte_bade_ges_och_tas_bort(inlas: Inlas, felen: Callable[[Filer], list[Fel]]) -> None:
    inlas(BAS)
    (fel,) = felen({"narvaro": BAS["narvaro"], **_borttag("narvaro;V1;2026-03-02")})
    assert (fel.fil, "finns också i narvaro" in fel.text) == ("borttag.csv", True)


def test_det_som_tas_bort_kan_inte_hanvisas_till(inlas: Inlas, felen: Callable[[Filer], list[Fel]]) -> None:
    inlas(BAS)
    ny = {"narvaro": "verkstallighet_id;datum;kod\nV2;2026-03-02;N\n"}
    (fel,) = felen({**ny, **_borttag("verkstalligheter;V2;", "besok;K1;", "besok;K2;")})
    assert (fel.fil, "tas bort" in fel.text) == ("narvaro.csv", True)


def test_en_forkortad_verkstallighet_namner_det_som_hamnar_utanfor(
    inlas: Inlas, felen: Callable[[Filer], list[Fel]]
) -> None:
    inlas(BAS)
    kort = {"verkstalligheter": BAS["verkstalligheter"].replace("2026-01-01;;\nV2", "2026-01-01;2026-03-02;flytt\nV2")}
    (fel,) = felen(kort)
    assert (fel.rad, fel.kolumn, fel.varde) == (2, "till", "2026-03-02")
    assert "2 rader närvaro hamnar utanför: 2026-03-03, 2026-03-04." in fel.text
    inlas({**kort, **_borttag("narvaro;V1;2026-03-03", "narvaro;V1;2026-03-04")})
    assert Narvaro.objects.count() == 1


def test_ett_besok_far_flytta_in_i_de_dagar_som_blir_kvar(inlas: Inlas) -> None:
    inlas(BAS)
    kort = BAS["verkstalligheter"].replace("2026-12-31", "2026-03-31")
    besok = BAS["besok"].replace("2026-10-25T02:30;2026-10-25T02:30+01:00", "2026-03-03T08:00;2026-03-03T09:00")
    inlas({"verkstalligheter": kort, "besok": besok})
    assert Verkstallighet.objects.get(nyckel="V2").till == date(2026, 4, 1)


def test_personkretsen_kan_inte_andras_under_ett_beslut_om_daglig_verksamhet(
    inlas: Inlas, felen: Callable[[Filer], list[Fel]]
) -> None:
    inlas(BAS)
    (fel,) = felen({"personer": BAS["personer"].replace(";1;nej", ";3;nej")})
    assert (fel.kolumn, "(B1)" in fel.text) == ("personkrets", True)


def test_avtal_far_inte_overlappa_det_som_redan_ar_inlast(inlas: Inlas, felen: Callable[[Filer], list[Fel]]) -> None:
    inlas(BAS)
    rubrik = BAS["avtal"].splitlines()[0]
    (fel,) = felen({"avtal": f"{rubrik}\nA9;U1;LSS-10;lov;;PL;narvaro;2025-01-01;2026-01-01;;;\n"})
    assert (fel.rad, "avtal A1, 2026-01-01–2026-06-30 (redan inläst)" in fel.text) == (2, True)


# --- the command


def _kor(*argument: str) -> str:
    ut = io.StringIO()
    call_command("las_in", *argument, stdout=ut, stderr=ut)
    return ut.getvalue()


def test_kommandot_visar_antalen_per_fil(tmp_path: Path, db: None) -> None:
    assert "narvaro                     3          0            0          0" in _kor(str(skriv(tmp_path / "p", BAS)))
    assert "Ingenting ändrades" in _kor(str(tmp_path / "p"))


def test_kommandot_slutar_med_kod_1_och_visar_hogst_tusen_fel(tmp_path: Path, db: None) -> None:
    for_manga = BAS["narvaro"] + "V1;igår;N;;;\n" * 1500
    ut = io.StringIO()
    with pytest.raises(SystemExit) as slut:
        call_command("las_in", str(skriv(tmp_path / "p", med(narvaro=for_manga))), stdout=ut, stderr=ut)
    rader = ut.getvalue().splitlines()
    assert (slut.value.code, len(rader)) == (1, 1001)
    assert rader[0] == "narvaro.csv, rad 5, datum ”igår”: Inget datum. Skriv år, månad och dag som 2026-03-31."
    assert rader[-1] == "Paketet har 1500 fel. Ingenting är inläst. De första 1000 visas."


def test_kommandot_vill_ha_en_anvandare_som_finns(tmp_path: Path, db: None) -> None:
    with pytest.raises(CommandError, match="ingen användare"):
        _kor(str(tmp_path), "--av", "ingen")


def test_personnummer_visas_aldrig_helt(felen: Callable[[Filer], list[Fel]]) -> None:
    filer = bytt("personer", "199002029818", "19900202-9818")
    filer["enheter"] = filer["enheter"].replace("E1;U1", "E1;199003039824")
    texter = " ".join(str(ett) for ett in felen(filer))
    assert "19900202-****" in texter
    assert "9818" not in texter
    assert "9824" not in texter


def test_alla_fel_i_hela_paketet_namns_pa_en_gang(felen: Callable[[Filer], list[Fel]]) -> None:
    filer = med(
        personer=BAS["personer"].replace(";1;nej", ";9;nej"),
        avtal=BAS["avtal"].replace("2026-06-30", "2026-07-01"),
        narvaro=BAS["narvaro"] + "V9;2026-03-09;N;;;\nV8;2026-13-01;N;;;\n",
    )
    assert [(ett.fil, ett.rad) for ett in felen(filer)] == [
        ("personer.csv", 2),
        ("avtal.csv", 3),
        ("narvaro.csv", 5),
        ("narvaro.csv", 6),
        ("narvaro.csv", 6),
    ]
