"""Rows of the demo: each is recalculated from its explanation alone, and its page and links hold."""

import random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ersattning.forklaring.hamta import forklara
from ersattning.models import Ersattningsrad
from ersattning.regler import Radtyp
from grund.models import Anvandare
from tests.forklaring.conftest import inloggad
from tests.forklaring.rakna_om import rakna_om

pytestmark = pytest.mark.django_db

MEST_FRAGOR = 30  # for an explanation, whatever it explains; two or three more sign the reader in


def test_a_thousand_rows_of_the_demo_are_recalculated_from_their_explanations_alone(demo: None) -> None:
    rader = dict(Ersattningsrad.objects.values_list("pk", "belopp"))
    assert len(rader) >= 1_000
    forklarade = 0
    for pk in random.Random(5).sample(sorted(rader), 1_000):
        forklaring = forklara(pk)
        assert forklaring is not None
        assert rakna_om(forklaring) == rader[pk]
        forklarade += 1
    assert forklarade == 1_000


def _av_varje_slag(antal: int) -> list[int]:
    """Some rows of each kind, article and unit."""
    svar = []
    slag = Ersattningsrad.objects.values_list("typ", "artikel", "enhet_for_antal").distinct().order_by()
    for typ, artikel, enhet in slag:
        urval = Ersattningsrad.objects.filter(typ=typ, artikel=artikel, enhet_for_antal=enhet)
        svar += list(urval.order_by("-belopp", "pk").values_list("pk", flat=True)[:antal])
    return svar


def test_corrections_of_the_demo_are_recalculated_too(demo: None) -> None:
    rattelser = dict(Ersattningsrad.objects.exclude(typ=Radtyp.ORDINARIE).values_list("pk", "belopp"))
    assert len(rattelser) > 5
    for pk, belopp in rattelser.items():
        forklaring = forklara(pk)
        assert forklaring is not None
        assert rakna_om(forklaring) == belopp
        assert forklaring.rattelse is None or forklaring.inledning


def test_the_demo_has_a_bonus_to_follow_to_its_explanation(demo: None) -> None:
    bonus = Ersattningsrad.objects.get(typ=Radtyp.BONUS)
    forklaring = forklara(bonus.pk)
    assert forklaring is not None
    assert rakna_om(forklaring) == bonus.belopp == 15_000
    assert "Anställningen började 1 maj 2026." in " ".join(forklaring.meningar).replace("\xa0", " ")
    assert forklaring.observationer == ()
    assert inloggad().get(f"/rader/{bonus.pk}/").status_code == 200


def test_f13s_rattelse_names_its_level_alone(demo: None) -> None:
    """The late package corrects a price and much närvaro too, but of others."""
    for rad in Ersattningsrad.objects.filter(verkstallighet_nyckel="F13-V1", typ__in=["kreditering", "rattelse"]):
        forklaring = forklara(rad.pk)
        assert forklaring is not None
        orsak = forklaring.inledning[-1].replace("\xa0", " ")
        assert orsak.endswith("senast räknades. Nivåbedömning: 1 rad ändrad eller borttagen.")


def test_tidsband_are_said_in_words_where_rows_are_shown(demo: None) -> None:
    rad = Ersattningsrad.objects.filter(tidsband="kvall").order_by("pk")[0]
    klient = inloggad()
    for adress in (
        f"/rader/{rad.pk}/",
        f"/korningar/{rad.korning.manad:%Y-%m}/rader/?verkstallighet={rad.verkstallighet_nyckel}",
    ):
        text = klient.get(adress).content.decode()
        assert "kväll" in text
        assert "kvall" not in text


def test_the_page_shows_what_the_explanation_says(demo: None) -> None:
    klient = inloggad()
    for pk in _av_varje_slag(2):
        forklaring = forklara(pk)
        assert forklaring is not None
        sida = klient.get(f"/rader/{pk}/")
        assert sida.status_code == 200
        text = sida.content.decode()
        for ett in forklaring.led:
            assert f"<b>{ett.varde}</b>" in text
        for besok in forklaring.besok:
            assert besok.nyckel in text
        assert "style=" not in text.replace("includeIndicatorStyles", "")


def test_every_link_of_a_page_leads_somewhere(demo: None) -> None:
    klient, sedda = inloggad(), set()
    for pk in _av_varje_slag(1):
        forklaring = forklara(pk)
        assert forklaring is not None
        sida = klient.get(f"/rader/{pk}/")
        lankar = [ett.adress for ett in [*sida.context["kedja"], *sida.context["led"], *sida.context["priser"]]]
        med_mal = [ett.mal for ett in [*forklaring.kedja, *forklaring.led] if ett.mal] + list(forklaring.priser)
        assert len([adress for adress in lankar if adress]) == len(med_mal)
        sedda |= {adress.split("#")[0] for adress in lankar if adress}
    assert len(sedda) > 20
    for adress in sorted(sedda):
        assert klient.get(adress).status_code == 200, adress


def test_an_explanation_takes_a_bounded_number_of_queries(demo: None) -> None:
    klient = inloggad()
    for pk in _av_varje_slag(3):
        with CaptureQueriesContext(connection) as fragor:
            klient.get(f"/rader/{pk}/")
        assert len(fragor) <= MEST_FRAGOR, (pk, len(fragor))


def test_neither_names_nor_personnummer_are_on_the_page(demo: None) -> None:
    klient = inloggad()
    for pk in _av_varje_slag(1):
        rad = Ersattningsrad.objects.select_related("person").get(pk=pk)
        text = klient.get(f"/rader/{pk}/").content.decode()
        assert rad.person.personnummer not in text
        assert f"{rad.person.fornamn} {rad.person.efternamn}" not in text


def test_only_those_who_may_see_ersattning_see_an_explanation(demo: None) -> None:

    pk = _av_varje_slag(1)[0]
    assert Client().get(f"/rader/{pk}/").status_code == 302
    hanna, _ = Anvandare.objects.get_or_create(username="hanna", defaults={"roller": ["handlaggare"]})
    klient = Client()
    klient.force_login(hanna)
    for adress in (f"/rader/{pk}/", f"/rader/{pk}/forklaring.pdf"):
        assert klient.get(adress).status_code == 403


def test_a_row_that_is_not_there_has_no_explanation(demo: None) -> None:
    assert forklara(0) is None
    assert inloggad().get("/rader/0/").status_code == 404
