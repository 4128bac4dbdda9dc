"""Filters take what people write, an empty list says what to change, and what is gone says where to look."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils.html import escape

from ersattning.models import Avvikelse, Ersattningsrad, Korning
from grund.models import Anvandare
from tests.kedja import direkt
from tests.webb.conftest import Granskning

EXEMPEL = Path(__file__).parents[1] / "exempel" / "6-rattelse"
RADER = "/korningar/2025-04/rader/"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def april() -> Korning:
    direkt.las_in(EXEMPEL / "paket-1")
    return direkt.kor("2025-04")


@pytest.fixture
def klient(klara: Anvandare) -> Client:
    klient = Client()
    klient.force_login(klara)
    return klient


def _antal(klient: Client, adress: str, **villkor: str) -> int:
    svar = klient.get(adress, villkor)
    assert svar.status_code == 200
    return int(svar.context["tabell"].paginator.count)


@pytest.mark.parametrize("text", ["2", "nivå 2", "Nivå 2", "NIVÅ 2", "nivå: 2", " 2 "])
def test_a_level_is_found_however_it_is_written(text: str, april: Korning, klient: Client) -> None:
    assert _antal(klient, RADER, niva=text) == Ersattningsrad.objects.filter(niva="2").count() == 2


@pytest.mark.parametrize("text", ["V1", "v1", "verkställighet v1", "p1", "P1", "person P1"])
def test_a_verkstallighet_is_found_by_its_key_or_its_persons(text: str, april: Korning, klient: Client) -> None:
    assert _antal(klient, RADER, verkstallighet=text) == 1
    assert _antal(klient, RADER, verkstallighet="v") == 3


def test_avvikelser_are_found_in_the_same_way(april: Korning, klient: Client) -> None:
    adress = "/korningar/2025-04/avvikelser/"
    alla = _antal(klient, adress)
    assert alla > 0
    nyckel = Avvikelse.objects.earliest("pk").verkstallighet_nyckel
    assert _antal(klient, adress, verkstallighet=nyckel.lower()) > 0


def test_rows_and_avvikelser_are_chosen_by_utforare(april: Korning, klient: Client) -> None:
    for lista, modell in (("rader", Ersattningsrad), ("avvikelser", Avvikelse)):
        utforare = modell._default_manager.filter(korning=april).earliest("pk").utforare
        assert utforare is not None
        adress, dess = f"/korningar/2025-04/{lista}/", modell._default_manager.filter(utforare=utforare).count()
        assert f'value="{utforare.pk}"' in klient.get(adress).content.decode()
        assert _antal(klient, adress, utforare=str(utforare.pk)) == dess > 0


def test_an_empty_list_says_which_condition_to_take_away(
    april: Korning, klient: Client, klara: Anvandare, granska_overallt: Granskning
) -> None:
    text = klient.get(RADER, {"niva": "2", "verkstallighet": "v3"}).content.decode()
    assert f'href="{RADER}?verkstallighet=v3">Ta bort Nivå</a>: 1\N{NO-BREAK SPACE}träff.' in text
    assert f'href="{RADER}?niva=2">Ta bort Verkställighet eller person</a>: 2\N{NO-BREAK SPACE}träffar.' in text
    granska_overallt(f"{RADER}?niva=2&verkstallighet=v3", klara, namn="rader-tomt")


def test_conditions_that_all_are_wrong_get_advice(april: Korning, klient: Client) -> None:
    text = klient.get(RADER, {"niva": "77", "verkstallighet": "finns inte"}).content.decode()
    assert "Kontrollera villkoren" in text
    assert "Ta bort Nivå" not in text


def test_a_row_of_an_earlier_calculation_leads_to_what_came_instead(
    april: Korning, klient: Client, klara: Anvandare, granska_overallt: Granskning
) -> None:
    rad = Ersattningsrad.objects.get(verkstallighet_nyckel="V1")
    adress = f"/rader/{rad.pk}/?manad=2025-04&verkstallighet=V1"
    assert f'href="{escape(adress)}"' in klient.get(RADER).content.decode()
    assert klient.get(adress).status_code == 200
    direkt.kor("2025-04")
    svar = klient.get(adress)
    assert svar.status_code == 404
    assert f'href="{RADER}?verkstallighet=V1">Visa rader för V1 i april 2025</a>' in svar.content.decode()
    granska_overallt(adress, klara, status=404, namn="rad-borta")


@pytest.mark.parametrize("fraga", ["", "?manad=2031-01", "?manad=x&verkstallighet=V1", "?verkstallighet=V1"])
@pytest.mark.parametrize("adress", ["/rader/999999/", "/rader/999999/forklaring.pdf", "/avvikelser/999999/"])
def test_an_address_that_does_not_tell_its_month_leads_to_the_months(
    adress: str, fraga: str, april: Korning, klient: Client
) -> None:
    svar = klient.get(adress + fraga)
    assert svar.status_code == 404
    assert 'href="/korningar/">Alla körningar</a>' in svar.content.decode()
