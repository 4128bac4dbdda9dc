"""The extract has every row and every field of the person, nothing of anybody else, and says what is kept back."""

import json
import zipfile
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from beslut.models import Arende, Person
from ersattning.models import Bonusansokan
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from tests.utdrag.conftest import IDAG, NU, Tva
from uppfoljning.gallring.tabell import OM_PERSON
from uppfoljning.gallring.urval import rader_om
from uppfoljning.models import Registerutdrag
from uppfoljning.personuppgifter.falt import falten, modellen
from uppfoljning.personuppgifter.varden import Hanvisare, i_ord, som_text, tjanst_i_ord
from uppfoljning.registerutdrag import data, dokument
from uppfoljning.registerutdrag.actions import besluta_utdrag, hinder_for_filer
from uppfoljning.registerutdrag.grunder import Undantagsgrund, hinder_for_begarande
from uppfoljning.registerutdrag.information import svaras_senast
from uppfoljning.registerutdrag.innehall import Byggare
from uppfoljning.registerutdrag.kandidater import avtryck, kandidater
from uppfoljning.registerutdrag.manadsvis import dagar
from uppfoljning.registerutdrag.ordning import BARA_I_DATA, LOGG, MANADSVIS, grupper

SPAR_AV_ANDRA = ("BO:", "199003039824", "hemligt-konto", "hemlig@example.se", "Hemliga", "Hjalparen")


def _besluta(tva: Tva, undantag: dict[str, str] | None = None) -> Registerutdrag:
    return besluta_utdrag(
        person=tva.ada,
        begart=IDAG,
        begarande="dodsbo",
        kontroll="visade legitimation",
        skal="begäran enligt artikel 15",
        undantag=undantag or {},
        sett=avtryck(kandidater(tva.ada.pk)),
        av=tva.maria,
        nu=NU,
        idag=IDAG,
    )


def _html(utdrag: Registerutdrag) -> str:
    innehall = Byggare(utdrag.person, utdrag.undantag).bygg()
    html = render_to_string("dokument/registerutdrag.html", dokument.sammanhang(utdrag, innehall))
    return unescape(html)


def _zip(utdrag: Registerutdrag) -> dict[str, bytes]:
    with data.gor(utdrag) as fil, zipfile.ZipFile(fil) as zip_:
        return {namn: zip_.read(namn) for namn in zip_.namelist()}


def test_every_field_of_every_row_stands_in_the_document_and_nothing_of_anybody_else(tva: Tva) -> None:
    html, hanvisare = _html(_besluta(tva)), Hanvisare(tjanst_i_ord)
    for tabellrad in OM_PERSON:
        utan = BARA_I_DATA.get(tabellrad.modell, frozenset())
        rader = list(rader_om(tabellrad, [tva.ada.pk]))
        assert rader, tabellrad.modell
        for rad in rader if tabellrad.modell not in {*MANADSVIS, LOGG} else ():
            namn = {falt.name for falt in falten(type(rad))}
            for falt in falten(type(rad)):
                if falt.name not in utan and falt.related_model is not Person and f"{falt.name}_nyckel" not in namn:
                    text = i_ord(falt, getattr(rad, falt.attname), hanvisare)
                    assert text in html, f"{tabellrad.modell}.{falt.name}: {text}"
    assert [ett for ett in SPAR_AV_ANDRA if ett in html] == []


def test_narvaro_visits_and_the_log_are_told_short_with_every_value(tva: Tva) -> None:
    html = _html(_besluta(tva))
    assert "Närvaro, ADA:utforare.Narvaro.omfattning, 10\xa0minuter, ADA:utforare.Narvaro.orsak: 4." in html
    assert "den\xa04 12.30–12.30, planerat 12.30–12.30, avbokat av" in html
    assert "ADA:utforare.Besok.orsak" in html
    assert "ADA:beslut.Lasning.sida" in html
    assert "utanför sitt uppdrag: ADA:beslut.Lasning.motiv" in html
    assert "medarbetare hos utföraren" in html


def test_every_value_stands_in_the_data_as_it_is_stored_and_nothing_of_anybody_else(tva: Tva) -> None:
    filer = _zip(_besluta(tva))
    for tabellrad in OM_PERSON:
        modell = modellen(tabellrad)
        i_filen = json.loads(filer[f"uppgifter/{tabellrad.modell}.json"])["rader"]
        rader = list(rader_om(tabellrad, [tva.ada.pk]).order_by("pk"))
        assert len(i_filen) == len(rader), tabellrad.modell
        for rad, skrivet in zip(rader, i_filen, strict=True):
            assert set(skrivet) == {falt.name for falt in falten(modell)}
            for falt in falten(modell):
                if falt.related_model is None:
                    assert skrivet[falt.name] == _som_json(getattr(rad, falt.attname)), (
                        f"{tabellrad.modell}.{falt.name}"
                    )
                elif getattr(rad, falt.attname) is not None:
                    assert skrivet[falt.name], f"{tabellrad.modell}.{falt.name}"
    allt = b"\n".join(filer.values()).decode("utf-8", "replace")
    assert [ett for ett in SPAR_AV_ANDRA if ett in allt] == []
    (intyg,) = (text for namn, text in filer.items() if namn.startswith(f"handlingar/bonusansokan-{_enda(tva)}."))
    assert intyg.startswith(b"%PDF intyg ADA")
    assert any(namn.startswith("handlingar/beslut-") for namn in filer)


def _som_json(varde: Any) -> Any:
    return varde if isinstance(varde, bool | int | list | dict | None) else som_text(varde)


def _enda(tva: Tva) -> int:
    return Bonusansokan.objects.get(person=tva.ada).pk


def test_what_is_kept_back_stands_nowhere_but_with_its_ground(tva: Tva) -> None:
    arende = Arende.objects.get(person=tva.ada)
    hemlig = f"beslut.Arende/{arende.pk}/text"
    utdrag = _besluta(tva, {hemlig: Undantagsgrund.ANMALARE, f"ersattning.Bonusansokan/{_enda(tva)}/fil": "annan"})
    html, filer = _html(utdrag), _zip(utdrag)
    allt = b"\n".join(filer.values()).decode("utf-8", "replace")
    assert arende.text not in html
    assert arende.text not in allt
    assert "Ärende, vad som söks" in html
    assert "Ansökan om arbetsbonus, bilaga" in html
    assert "Uppgift om den som har gjort en anmälan (26 kap. 5 §" in html
    assert not any(namn.startswith("handlingar/bonusansokan-") for namn in filer)


def test_the_document_is_a_tagged_pdf_that_says_what_article_15_asks_for(tva: Tva) -> None:
    utdrag = _besluta(tva)
    bytes_, innehall = dokument.gor(utdrag)
    assert innehall.antal["Beslut"] == 1
    pdf = PdfReader(BytesIO(bytes_))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    text = " ".join(" ".join(sida.extract_text() for sida in pdf.pages).split())
    for ord_ in ("Personuppgiftsansvarig", "Dataskyddsombud", "artikel 6.1", "Integritetsskyddsmyndigheten",
                 "Inga beslut om dig fattas automatiskt", "fem år efter den sista anteckningen"):  # fmt: skip
        assert ord_ in text


def test_a_text_that_has_come_since_stops_it(tva: Tva) -> None:
    utdrag = _besluta(tva)
    assert hinder_for_filer(utdrag) == []
    Arende.objects.filter(person=tva.ada).update(text="Grannen har ringt.")
    assert "Gå igenom dem igen" in hinder_for_filer(utdrag)[0]
    with pytest.raises(Hindrad, match="Gå igenom dem igen"):
        besluta_utdrag(
            person=tva.ada, begart=IDAG, begarande="dodsbo", kontroll="legitimation", skal="begäran", undantag={},
            sett=utdrag.avtryck, av=tva.maria, nu=NU, idag=IDAG,
        )  # fmt: skip


def test_it_is_an_event_that_names_nobody(tva: Tva) -> None:
    utdrag = _besluta(tva)
    handelse = Handelse.objects.get(handling="besluta_registerutdrag")
    assert handelse.objekt == f"registerutdrag:{utdrag.pk}"
    assert tva.ada.personnummer not in f"{handelse.text} {handelse.data}"


def test_nobody_asks_in_the_name_of_the_dead() -> None:
    assert hinder_for_begarande("sjalv", avliden=True)
    assert hinder_for_begarande("dodsbo", avliden=False)
    assert hinder_for_begarande("dodsbo", avliden=True) == []


@pytest.mark.parametrize(
    ("begart", "senast"),
    [
        ("2026-06-03", "2026-07-03"),
        ("2026-01-31", "2026-02-28"),
        ("2027-12-31", "2028-01-31"),
        ("2028-01-30", "2028-02-29"),
    ],
)
def test_it_is_answered_within_a_month(begart: str, senast: str) -> None:
    assert svaras_senast(date.fromisoformat(begart)) == date.fromisoformat(senast)


def test_days_in_a_row_are_a_range() -> None:
    assert dagar([1, 2, 3, 6, 8, 9]) == "1–3, 6, 8–9"
    assert dagar([31]) == "31"


def test_every_model_about_persons_has_a_chapter() -> None:
    namngivna = [modell for grupp in grupper() for modell in grupp.modeller]
    assert sorted(namngivna) == sorted(rad.modell for rad in OM_PERSON)


def test_an_event_that_begins_with_a_user_name_is_told_without_it(tva: Tva) -> None:
    konto = Anvandare.objects.get(username="hemligt-konto")
    om = f"person:{tva.ada.nyckel}"
    skriv_handelse(av=konto, handling="prova", objekt=om, text="hemligt-konto ändrade något.")
    utdrag = _besluta(tva)
    i_filen = _zip(utdrag)["uppgifter/grund.Handelse.json"].decode()
    for text in (_html(utdrag), i_filen):
        assert "Ändrade något." in text
        assert "hemligt-konto" not in text
