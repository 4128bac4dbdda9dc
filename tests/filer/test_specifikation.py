"""A provider's specification: the same sums everywhere, nothing that identifies a person, and readable by all."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pikepdf
import pypdf
import pytest
from django.core.management import call_command
from django.db.models import Sum

from ersattning.filer import manadsbok, queries, specifikation_pdf, specifikation_xlsx
from ersattning.filer.innehall import Mottagare, Rad, Specifikation, delsummor
from ersattning.filer.ord import orgnr_i_ord
from ersattning.models import Ersattningsrad, Korning
from grund.tid import Manad
from utforare.models import Utforare

from . import fabrik

SKAPAD = datetime(2026, 6, 8, 7, tzinfo=UTC)
SUMMA = Decimal("72053.68")


def text_i_pdf(bytes_: bytes) -> str:
    sidor = pypdf.PdfReader(BytesIO(bytes_)).pages
    return " ".join(" ".join(sida.extract_text() for sida in sidor).replace("\xa0", " ").split())


def arbetsbok(spec: Specifikation) -> bytes:
    ut = BytesIO()
    specifikation_xlsx.skriv(spec, ut, skapad=SKAPAD)
    return ut.getvalue()


def blad(bytes_: bytes, namn: str) -> list[tuple]:
    bok = openpyxl.load_workbook(BytesIO(bytes_), data_only=True)
    return [rad for rad in bok[namn].iter_rows(values_only=True) if any(varde is not None for varde in rad)]


def summa_i(rader: list[tuple]) -> Decimal:
    """The rows' own amounts added up, which must equal the sum below them."""
    start = next(nummer for nummer, rad in enumerate(rader) if rad[-1] in ("Belopp, kr", "Summa, kr"))
    belopp = [Decimal(str(rad[-1])) for rad in rader[start + 1 :]]
    *delar, slutsumma = belopp
    assert sum(delar) == slutsumma
    return slutsumma


@pytest.fixture(scope="module")
def spec() -> Specifikation:
    rad = Rad(
        utforare="Å & Ö <b>AB</b>",
        enhet_id="E1",
        enhet="Enheten Ängen",
        verkstallighet="V-1",
        person="ÅÖ 1980",
        insats="LSS-9",
        artikel="dygn",
        niva="2",
        omfattning="",
        tidsband="",
        avser=date(2026, 5, 1),
        typ="ordinarie",
        fran=date(2026, 5, 1),
        sista=date(2026, 5, 31),
        antal=Decimal("31.0000"),
        antalsenhet="dygn",
        underlag="",
        a_pris=Decimal("1863.00"),
        faktor=Decimal(1),
        belopp=Decimal("57753.00"),
    )
    mottagare = Mottagare("Å & Ö <b>AB</b>", "556677-8899")
    return Specifikation(
        "Ekstads kommun", Manad(2026, 5), "Fastställd 2026-06-08 av Gunnel Ask", False, mottagare, [rad] * 60, []
    )


@pytest.fixture(scope="module")
def dokument(spec) -> bytes:
    return specifikation_pdf.gor(spec)


def element(nod: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(nod, pikepdf.Array):
        for barn in nod:
            yield from element(barn)
    elif isinstance(nod, pikepdf.Dictionary):
        yield nod
        yield from element(nod.get("/K"))


def test_the_pdf_says_that_it_is_pdf_ua_in_swedish_with_a_title(dokument):
    with pikepdf.open(BytesIO(dokument)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "sv"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == "Ersättningsspecifikation maj 2026, Å & Ö <b>AB</b>"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Ersättningsspecifikation maj 2026, Å & Ö <b>AB</b>"


def test_every_table_header_says_what_it_heads(dokument):
    with pikepdf.open(BytesIO(dokument)) as pdf:
        rubriker = [nod for nod in element(pdf.Root.StructTreeRoot.K) if nod.get("/S") == pikepdf.Name.TH]
        scope = {str(nod.A.Scope) for nod in rubriker}
        radrubrik = [nod for nod in rubriker if nod.A.Scope == pikepdf.Name.Row]
        assert len(radrubrik) > 60
        assert scope == {"/Row", "/Column"}


def test_all_fonts_are_inter_and_embedded(dokument):
    with pikepdf.open(BytesIO(dokument)) as pdf:
        fonter = [nod for nod in pdf.objects if isinstance(nod, pikepdf.Dictionary) and "/FontDescriptor" in nod]
        assert fonter
        assert all("Inter" in str(font.BaseFont) for font in fonter)
        assert all({"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys()) for font in fonter)


def test_no_name_from_another_system_can_break_a_document(spec):
    namn = "Vård\x07\x0b\u202e 李😀 AB " + "W" * 90
    rader = [spec.rader[0]._replace(utforare=namn, enhet=namn)] * 60
    bytes_ = specifikation_pdf.gor(replace(spec, mottagare=Mottagare(namn, "556677-8899"), rader=rader))
    test_all_fonts_are_inter_and_embedded(bytes_)
    with pikepdf.open(BytesIO(bytes_)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == f"Ersättningsspecifikation maj 2026, Vård □□ AB {'W' * 90}"
    assert "Vård □□ AB" in text_i_pdf(bytes_)
    for sida in pypdf.PdfReader(BytesIO(bytes_)).pages:
        assert max(rad.count("W") for rad in sida.extract_text().splitlines()) < 90


def test_every_page_says_which_of_how_many_and_repeats_the_columns(dokument):
    sidor = [sida.extract_text() for sida in pypdf.PdfReader(BytesIO(dokument)).pages]
    assert len(sidor) > 2
    for nummer, text in enumerate(sidor, 1):
        assert f"{nummer}({len(sidor)})" in text
        assert "À-pris, kr" in text
    for text in sidor[1:]:
        assert "Ersättning maj 2026 · Å & Ö <b>AB</b> · Enheten Ängen" in text


def test_the_same_content_gives_the_same_bytes(spec, dokument):
    assert specifikation_pdf.gor(spec) == dokument
    assert arbetsbok(spec) == arbetsbok(spec)


def test_markup_in_a_name_is_text(dokument):
    assert "Å & Ö <b>AB</b>" in text_i_pdf(dokument)


def test_weasyprint_has_nothing_to_complain_about(spec, caplog):
    specifikation_pdf.gor(spec)
    assert [rad.getMessage() for rad in caplog.records if rad.name.startswith("weasyprint")] == []


@pytest.mark.django_db
def test_database_csv_excel_and_pdf_say_the_same_to_the_ore(tmp_path):
    korning, utforare = fabrik.blandad_manad()
    spec = queries.specifikation(korning, utforare)
    bok = BytesIO()
    manadsbok.skriv(korning, bok, skapad=SKAPAD)
    call_command("exportera_ersattning", "2026-05", tmp_path, stdout=StringIO())
    i_csv = [rad.split(";")[18] for rad in (tmp_path / "ersattning.csv").read_text().splitlines()[1:]]

    assert Ersattningsrad.objects.filter(korning=korning).aggregate(s=Sum("belopp"))["s"] == SUMMA
    assert sum(map(Decimal, i_csv)) == SUMMA
    assert spec.belopp == sum(belopp for _, belopp in spec.poster) == SUMMA
    for namn in ("Sammanställning", "Rader"):
        assert summa_i(blad(arbetsbok(spec), namn)) == SUMMA
        assert summa_i(blad(bok.getvalue(), namn)) == SUMMA
    for bytes_ in (arbetsbok(spec), bok.getvalue()):
        assert summa_i(blad(bytes_, "Rättelser")) == Decimal("-41645.00")

    pdf = text_i_pdf(specifikation_pdf.gor(spec))
    for belopp in ("72 053,68 kr", "Maj 2026 98 698,68", "Rättelse av mars 2026 −13 700,00"):
        assert belopp in pdf
    assert "Rättelse av april 2026 −27 945,00 Arbetsbonus 15 000,00 Summa ersättning 72 053,68" in pdf
    _inga_personuppgifter(pdf, str(blad(bok.getvalue(), "Rader")) + str(blad(arbetsbok(spec), "Avvikelser")))


def _inga_personuppgifter(pdf: str, excel: str) -> None:
    for text in (pdf, excel):
        assert "Skyddade uppgifter" in text
        for hemligt in ("1991", "HH", "Hemlig", "Öberg", "7903", "2384"):
            assert hemligt not in text
    for synligt in ("V-1001 ÅÖ 1979", "V-1002 BE 1988", "V-1003 Skyddade uppgifter", "Preliminär – inte fastställd"):
        assert synligt in pdf
    for mening in ("45 minuter ersätts inte", "15 000,00 kr ryms inte under årets tak", "utan gällande beslut"):
        assert mening in pdf
    assert "Avtal saknas" not in pdf  # it was known when April was settled


@pytest.mark.django_db
def test_a_name_that_looks_like_a_formula_stays_a_text():
    korning, utforare = fabrik.blandad_manad()
    ut = BytesIO()
    manadsbok.skriv(korning, ut, skapad=SKAPAD)
    bok = openpyxl.load_workbook(BytesIO(ut.getvalue()))
    cell = bok["Rader"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (utforare.namn, "s", True)
    formler = [cell.value for blad in bok for rad in blad.iter_rows() for cell in rad if cell.data_type == "f"]
    assert formler
    assert all(formel.startswith("=SUBTOTAL(9,") for formel in formler)


@pytest.mark.django_db
def test_numbers_and_days_are_numbers_and_days():
    korning, utforare = fabrik.blandad_manad()
    bytes_ = arbetsbok(queries.specifikation(korning, utforare))
    rubriker, forsta, *_ = blad(bytes_, "Rader")
    rad = dict(zip(rubriker, forsta, strict=True))
    assert rad["Från"] == datetime(2026, 5, 1)  # noqa: DTZ001 Excel has no time zones
    assert (rad["Antal"], rad["À-pris, kr"], rad["Underlag"]) == (8.85, 441, "531 min")
    assert rad["Andel"] == 1
    bok = openpyxl.load_workbook(BytesIO(bytes_))["Rader"]
    assert bok.freeze_panes == "A2"
    assert bok.auto_filter.ref == "A1:S15"
    assert bok.print_title_rows == "$1:$1"


@pytest.mark.django_db
def test_a_month_with_nothing_in_it_still_has_a_workbook():
    korning = fabrik.korning()
    ut = BytesIO()
    manadsbok.skriv(korning, ut, skapad=SKAPAD)
    assert queries.utforare_i_korning(korning) == []
    assert blad(ut.getvalue(), "Rader")[1][-1] == 0
    assert blad(ut.getvalue(), "Sammanställning")[0][0] == "Ersättning maj 2026"


@pytest.mark.django_db
def test_a_provider_with_only_avvikelser_gets_a_specification_of_nothing():
    korning, utforare = _bara_avvikelse()
    spec = queries.specifikation(korning, utforare)
    text = text_i_pdf(specifikation_pdf.gor(spec))
    assert "Summa ersättning 0,00" in text
    assert "Pris saknas" in text
    assert summa_i(blad(arbetsbok(spec), "Rader")) == 0


def _bara_avvikelse() -> tuple[Korning, Utforare]:
    korning, utforare = fabrik.korning(), fabrik.utforare("U", "Utförarna")
    enhet = utforare.enheter.create(nyckel="E", namn="Enhet")
    verk = fabrik.verkstallighet("V", fabrik.person("P", "Åsa", "Öberg"), enhet)
    fabrik.avvikelse(korning, verk, "pris_saknas", date(2026, 5, 3), date(2026, 5, 9))
    return korning, utforare


def test_two_units_of_the_same_name_are_not_taken_for_one(spec):
    rad = spec.rader[0]
    tva = replace(spec, rader=[rad, rad._replace(enhet_id="E2")])
    assert [(grupp.rubrik, len(grupp.rader)) for grupp in tva.per_enhet] == [("Enheten Ängen", 1)] * 2
    assert [en.enhet_id for en in delsummor(tva.rader)] == ["E1", "E2"]


def test_a_sole_traders_number_is_not_shown_since_it_is_a_personnummer():
    assert orgnr_i_ord("5566778899") == "556677-8899"
    assert orgnr_i_ord("8001012384") == "enskild firma"


def test_the_files_of_the_documents_are_there():
    assert (Path(__file__).parents[2] / "static" / "dokument" / "dokument.css").is_file()
