"""The worked cases: every kind of row and avvikelse has an explanation, and each row is recalculated from its own."""

import pytest

from ersattning.forklaring import dokument
from ersattning.forklaring.hamta import forklara
from ersattning.models import Avvikelse, Ersattningsrad
from ersattning.regler import Artikel, Avvikelsekod, Justeringsslag, Radtyp
from tests.forklaring.conftest import EXEMPEL, inloggad, kor_exempel, tillfalligt
from tests.forklaring.krav import forklarad, krav_hel
from tests.forklaring.pdftext import text_i_pdf
from tests.forklaring.rakna_om import rakna_om

pytestmark = pytest.mark.django_db

FALL = sorted(EXEMPEL.iterdir())


def test_each_row_of_each_worked_case_is_recalculated_from_its_explanation() -> None:
    sedda = set()
    for fall in FALL:
        with tillfalligt():
            kor_exempel(fall.name)
            for rad in Ersattningsrad.objects.select_related("korning").order_by("pk"):
                forklaring = forklara(rad.pk)
                assert forklaring is not None
                assert rakna_om(forklaring) == rad.belopp
                assert forklaring.meningar
                assert rad.korning.ar_fast or not forklaring.observationer
                sedda.add((rad.typ, rad.artikel))
    # Justeringar come from persons and not from underlag: tests/justering explains them.
    assert {artikel for _, artikel in sedda} == set(Artikel.values) - set(Justeringsslag.values)
    assert {typ for typ, _ in sedda} == set(Radtyp.values) - {Radtyp.JUSTERING}


def test_each_avvikelse_of_each_worked_case_is_explained() -> None:
    sedda = set()
    for fall in FALL:
        with tillfalligt():
            kor_exempel(fall.name)
            klient = inloggad()
            for avvikelse in Avvikelse.objects.order_by("pk"):
                krav_hel(avvikelse)
                sida = klient.get(f"/avvikelser/{avvikelse.pk}/")
                assert sida.status_code == 200
                assert Avvikelsekod(avvikelse.kod).label in sida.content.decode()
                sedda.add(avvikelse.kod)
    assert sedda == set(Avvikelsekod.values) - {"verkstalld_efter_dodsfall"}  # test_avvikelser has that one


def test_each_kind_of_row_of_each_worked_case_has_a_page_and_each_kind_a_document() -> None:
    """A document takes a second or more to set: one of each kind, where it comes first."""
    gjorda = set()
    for fall in FALL:
        with tillfalligt():
            kor_exempel(fall.name)
            klient = inloggad()
            for typ, artikel in Ersattningsrad.objects.values_list("typ", "artikel").distinct().order_by():
                pk = Ersattningsrad.objects.filter(typ=typ, artikel=artikel).order_by("pk")[0].pk
                assert klient.get(f"/rader/{pk}/").status_code == 200
                if (typ, artikel) not in gjorda:
                    gjorda.add((typ, artikel))
                    assert klient.get(f"/rader/{pk}/forklaring.pdf").content.startswith(b"%PDF")
    assert {artikel for _, artikel in gjorda} == set(Artikel.values) - set(Justeringsslag.values)


def test_an_arstak_says_how_much_of_the_year_was_used() -> None:
    kor_exempel("5-arbetsbonus")
    a = forklarad(Avvikelse.objects.filter(kod="bonus_arstak").order_by("pk")[0].pk)
    assert "ger högst" in a.hande[1]
    assert "kvar" in a.hande[1]
    assert "prövas betalningen inte igen" in a.pengar[0]


def test_a_bonus_says_neither_employer_nor_form_of_employment() -> None:
    kor_exempel("5-arbetsbonus")
    for rad in Ersattningsrad.objects.filter(typ="bonus"):
        forklaring = forklara(rad.pk)
        assert forklaring is not None
        text = text_i_pdf(dokument.gor(forklaring))
        assert "Anställningen uppfyller regelns krav" in text
        for hemligt in ("Bygg", "illsvidare", "önebidrag"):
            assert hemligt not in text
