"""The explanation as a document: whole for the utförare, and nothing that is not the utförare's to see."""

from io import BytesIO
from typing import NamedTuple

import pikepdf
import pytest

from beslut.models import Nivabedomning
from ersattning.forklaring import dokument
from ersattning.forklaring.hamta import forklara
from ersattning.forklaring.typer import Forklaring
from ersattning.models import Ersattningsrad
from ersattning.regeltexter import REGELTEXTER
from tests.forklaring.conftest import inloggad
from tests.forklaring.pdftext import jamn, text_i_pdf
from utforare.models import Utforare

pytestmark = pytest.mark.django_db


class Exempel(NamedTuple):
    """A row with its explanation and the text of its document."""

    rad: Ersattningsrad
    forklaring: Forklaring
    text: str


@pytest.fixture(scope="module")
def exempel(demo: None) -> list[Exempel]:
    """A document of each kind of row."""
    svar = []
    for typ, artikel in Ersattningsrad.objects.values_list("typ", "artikel").distinct().order_by():
        rad = Ersattningsrad.objects.filter(typ=typ, artikel=artikel).order_by("-belopp", "pk")[0]
        forklaring = forklara(rad.pk)
        assert forklaring is not None
        svar.append(Exempel(rad, forklaring, text_i_pdf(dokument.gor(forklaring))))
    return svar


def test_the_document_carries_the_whole_explanation(exempel: list[Exempel]) -> None:
    for _, forklaring, text in exempel:
        for led in forklaring.led:
            assert jamn(led.varde) in text
            assert jamn(led.namn) in text
        for mening in (*forklaring.inledning, *forklaring.meningar):
            assert jamn(mening) in text
        for besok in forklaring.besok:
            assert besok.nyckel in text
        for regel in {nummer for grund in forklaring.kedja for nummer in grund.regler}:
            assert jamn(f"{regel} {REGELTEXTER[regel].rubrik}") in text
            assert jamn(REGELTEXTER[regel].text) in text


def test_the_document_holds_nothing_that_the_utforare_may_not_see(exempel: list[Exempel]) -> None:
    andra = dict(Utforare.objects.values_list("pk", "namn"))
    par = Nivabedomning.objects.values_list("bedomd_av", "godkand_av").distinct()
    handlaggare = {namn for ett in par for namn in ett if namn}
    assert handlaggare
    for rad, _, text in exempel:
        person, utan_egen = rad.person, text.replace(rad.utforare.namn, "")
        assert f"{person.fornamn} {person.efternamn}" not in text
        assert person.personnummer not in text
        assert person.personnummer[2:] not in text
        assert not [namn for namn in handlaggare if namn in text]
        assert not [namn for pk, namn in andra.items() if pk != rad.utforare_id and namn in utan_egen]
        for ord_ in ("Bifall", "bifall 2", "Valdes inte", "datapaketet", "anna", "bo,"):
            assert f" {ord_} " not in text


def test_the_same_row_gives_the_same_bytes_and_a_name_without_a_person(demo: None) -> None:
    pk = Ersattningsrad.objects.filter(artikel="franvaro").order_by("pk")[0].pk
    klient = inloggad()
    svar = klient.get(f"/rader/{pk}/forklaring.pdf")
    assert svar["Content-Type"] == "application/pdf"
    assert f"-{pk}.pdf" in svar["Content-Disposition"]
    assert svar.content == klient.get(f"/rader/{pk}/forklaring.pdf").content
    assert klient.get("/rader/0/forklaring.pdf").status_code == 404


def test_the_document_is_tagged_and_named_and_every_header_says_what_it_heads(demo: None) -> None:
    pk = Ersattningsrad.objects.filter(artikel="utford_tid").order_by("-belopp")[0].pk
    forklaring = forklara(pk)
    assert forklaring is not None
    with pikepdf.open(BytesIO(dokument.gor(forklaring))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "sv"
        assert str(pdf.docinfo.Title).startswith(f"Förklaring av rad {pk}")
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        rubriker = [
            ett for ett in pdf.objects if isinstance(ett, pikepdf.Dictionary) and ett.get("/S") == pikepdf.Name.TH
        ]
        assert rubriker
        assert all(ett.A.Scope in {pikepdf.Name.Column, pikepdf.Name.Row} for ett in rubriker)
