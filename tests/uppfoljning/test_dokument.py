"""The PDF: tagged, with bookmarks and words for its pictures, and the same bytes for the same figures."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdf
import pytest
from django.test import override_settings

from tests.uppfoljning.kommuner import HUVUD, MAJ, dokument, slumpad_tidslinje, underlag
from tests.uppfoljning.test_innehall import APRIL, celler, manadsdata
from uppfoljning.tjansteutlatande.dokument import filnamn, gor
from uppfoljning.tjansteutlatande.innehall import Person, Utlatande


@pytest.fixture(scope="module")
def utlatande() -> Utlatande:
    return dokument(underlag({manad: manadsdata(manad, celler()) for manad in (MAJ, APRIL)}))


@pytest.fixture(scope="module")
def bytes_(utlatande: Utlatande) -> bytes:
    return gor(utlatande)


def element(nod: object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(nod, pikepdf.Array):
        for barn in nod:
            yield from element(barn)
    elif isinstance(nod, pikepdf.Dictionary):
        yield nod
        yield from element(nod.get("/K"))


def sidor(bytes_: bytes) -> list[str]:
    return [
        " ".join(sida.extract_text().replace("\xa0", " ").split()) for sida in pypdf.PdfReader(BytesIO(bytes_)).pages
    ]


def test_it_is_pdf_ua_in_swedish_with_a_title(bytes_: bytes) -> None:
    with pikepdf.open(BytesIO(bytes_)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "sv"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == "Ersättning till utförare av stöd enligt LSS och SoL, maj 2026"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_every_picture_has_words(bytes_: bytes, utlatande: Utlatande) -> None:
    with pikepdf.open(BytesIO(bytes_)) as pdf:
        bilder = [str(nod.Alt) for nod in element(pdf.Root.StructTreeRoot.K) if nod.get("/S") == pikepdf.Name.Figure]
    assert bilder == ["Vapen för Ekstads kommun", utlatande.figurer[0].alt]


def test_every_table_header_says_what_it_heads(bytes_: bytes) -> None:
    with pikepdf.open(BytesIO(bytes_)) as pdf:
        rubriker = [nod for nod in element(pdf.Root.StructTreeRoot.K) if nod.get("/S") == pikepdf.Name.TH]
        assert {str(nod.A.Scope) for nod in rubriker} == {"/Row", "/Column"}


def test_the_headings_are_bookmarks(bytes_: bytes) -> None:
    oversta, under = pypdf.PdfReader(BytesIO(bytes_)).outline
    assert oversta["/Title"] == "Ersättning till utförare av stöd enligt LSS och SoL, maj 2026"
    namn = [ett["/Title"] for ett in under if isinstance(ett, dict)]
    assert namn == [
        "Förslag till beslut",
        "Sammanfattning",
        "Ärendet",
        "Ekonomiska konsekvenser",
        "Beslutsunderlag",
        "Beslutet skickas till",
    ]
    arendet = next(ett for ett in under if isinstance(ett, list))
    assert [ett["/Title"] for ett in arendet][:2] == ["Bakgrund", "Volymer"]


def test_every_page_says_which_of_how_many_and_whose(bytes_: bytes) -> None:
    text = sidor(bytes_)
    assert len(text) > 2
    for nummer, sida in enumerate(text, 1):
        assert f"{nummer}({len(text)})" in sida
    for sida in text[1:]:
        assert "Ekstads kommun SN 2026/0148" in sida


def test_all_fonts_are_inter_also_in_the_chart(bytes_: bytes) -> None:
    with pikepdf.open(BytesIO(bytes_)) as pdf:
        fonter = [nod for nod in pdf.objects if isinstance(nod, pikepdf.Dictionary) and "/FontDescriptor" in nod]
        assert fonter
        assert all("Inter" in str(font.BaseFont) for font in fonter)


def test_the_same_figures_give_the_same_bytes(utlatande: Utlatande, bytes_: bytes) -> None:
    assert gor(utlatande) == bytes_
    annan = dokument(underlag({MAJ: manadsdata(MAJ, celler("9001")), APRIL: manadsdata(APRIL, celler())}))
    assert gor(annan) != bytes_


def test_weasyprint_has_nothing_to_complain_about(utlatande: Utlatande, caplog: pytest.LogCaptureFixture) -> None:
    gor(utlatande)
    assert [rad.getMessage() for rad in caplog.records if rad.name.startswith("weasyprint")] == []


def test_a_preliminary_document_says_so_on_every_page() -> None:
    data = {MAJ: manadsdata(MAJ, celler(), ar_fast=False), APRIL: manadsdata(APRIL, celler())}
    forsta, *ovriga = sidor(gor(dokument(underlag(data))))
    assert "Preliminärt underlag. Maj 2026 är inte fastställd" in forsta
    assert ovriga
    assert all("Ekstads kommun · Preliminärt" in sida for sida in ovriga)


def test_words_without_end_stay_on_the_page(utlatande: Utlatande) -> None:
    ord_ = "W" * 80
    huvud = replace(HUVUD, diarienummer=ord_[:40], handlaggare=Person(ord_, ord_), undertecknare=Person(ord_, ord_))
    bytes_ = gor(replace(utlatande, huvud=huvud, skickas_till=(ord_ * 12,)))
    rader = [rad for sida in pypdf.PdfReader(BytesIO(bytes_)).pages for rad in sida.extract_text().splitlines()]
    assert sum(rad.count("W") for rad in rader) >= 40 + 4 * 80 + 12 * 80
    assert max(rad.count("W") for rad in rader) < 40  # the column is 142 mm, and a W is 3.6


@override_settings(VAPEN="")
def test_a_municipality_without_arms_has_none(utlatande: Utlatande) -> None:
    with pikepdf.open(BytesIO(gor(utlatande))) as pdf:
        bilder = [nod for nod in element(pdf.Root.StructTreeRoot.K) if nod.get("/S") == pikepdf.Name.Figure]
    assert len(bilder) == 1


@pytest.mark.parametrize("fro", range(3))
def test_a_municipality_where_nearly_all_is_small_can_be_set(fro: int) -> None:
    for material in list(slumpad_tidslinje(fro).values())[-2:]:
        assert gor(dokument(material)).startswith(b"%PDF-")


def test_the_file_is_named_after_the_month() -> None:
    assert filnamn(MAJ) == "tjansteutlatande-2026-05.pdf"
