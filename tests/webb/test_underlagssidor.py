"""The pages that an explanation's terms lead to: what they say, what they keep to themselves, and that they stand."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beslut.models import Beslut, Nivabedomning, Person
from ersattning import prislistor
from ersattning.models import Pris
from ersattning.regeltexter import REGELTEXTER
from grund.behorighet import Roll
from grund.models import Andring, Anvandare, Handelse
from grund.tid import Manad
from tests.kedja import direkt
from tests.webb.conftest import Granskning
from utforare.models import Avtal, Besok, Prislista, Utforare, Verkstallighet
from utforare.ord import villkor

PAKET = Path(__file__).parents[1] / "exempel" / "7-kanter" / "paket"
OKTOBER = Manad(2024, 10)
FLEST_FRAGOR = 12  # the log of who has looked among them, in a transaction of its own

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kommunen() -> None:
    direkt.las_in(PAKET)
    Person.objects.filter(nyckel="P1").update(skyddad=True)


@pytest.fixture
def klient() -> Client:
    return _som(Roll.CONTROLLER)


def _som(*roller: Roll) -> Client:
    klient = Client()
    klient.force_login(Anvandare.objects.create_user(f"u{len(roller)}{roller[:1]}", roller=list(roller)))
    return klient


def sidor() -> dict[str, str]:
    """One address of each page, with things on it."""
    verk = Verkstallighet.objects.get(nyckel="V7").pk
    med_besok = Besok.objects.order_by("nyckel").values_list("verkstallighet", flat=True)[0]
    beslut = Beslut.objects.get(nyckel="B4").pk
    return {
        "beslut": reverse("beslut:beslut", args=[beslut]),
        "niva": reverse("beslut:niva", args=[Nivabedomning.objects.get(nyckel="N1-2").pk]),
        "utforare": reverse("utforare:utforare", args=[Utforare.objects.get().pk]),
        "avtal": reverse("utforare:avtal", args=[Avtal.objects.get(nyckel="A4").pk]),
        "av_beslut": reverse("utforare:av_beslut", args=[beslut]),
        "verkstallighet": reverse("utforare:verkstallighet", args=[verk]),
        "utfort": reverse("utforare:utfort", args=[verk, OKTOBER]),
        "utfort_besok": reverse("utforare:utfort", args=[med_besok, OKTOBER]),
        "prislistor": reverse("ersattning:prislistor"),
        "prislista": reverse("ersattning:prislista", args=[Prislista.objects.get(nyckel="K").pk]),
        "regler": reverse("ersattning:regler"),
    }


NAMN = ["beslut", "niva", "utforare", "avtal", "av_beslut", "verkstallighet", "utfort", "utfort_besok"]
NAMN += ["prislistor", "prislista", "regler"]


def text(klient: Client, adress: str) -> str:
    svar = klient.get(adress)
    assert svar.status_code == 200, adress
    return " ".join(svar.content.decode().replace("\xa0", " ").split())


@pytest.mark.parametrize("namn", NAMN)
def test_a_page_stands_in_every_browser(namn: str, klara: Anvandare, granska_overallt: Granskning) -> None:
    granska_overallt(sidor()[namn], klara, namn=f"underlag-{namn}")


def test_every_page_is_for_those_who_may_see_the_ersattning(klient: Client) -> None:
    assert sorted(sidor()) == sorted(NAMN)
    utforaren, ingen = _som(Roll.UTFORARE), Client()
    for adress in sidor().values():
        assert klient.get(adress).status_code == 200
        assert utforaren.get(adress).status_code == 403
        svar = ingen.get(adress)
        assert svar.status_code == 302
        assert svar["Location"].startswith(reverse("logga_in"))


def test_what_is_not_there_is_not_found(klient: Client) -> None:
    for namn in ("beslut:beslut", "beslut:niva", "utforare:utforare", "utforare:avtal", "utforare:av_beslut"):
        assert klient.get(reverse(namn, args=[999_999])).status_code == 404
    for namn in ("utforare:verkstallighet", "ersattning:prislista"):
        assert klient.get(reverse(namn, args=[999_999])).status_code == 404
    assert klient.get(reverse("utforare:utfort", args=[999_999, OKTOBER])).status_code == 404
    assert klient.get(f"/verkstalligheter/{Verkstallighet.objects.all()[0].pk}/2024-13/").status_code == 404


def test_a_page_asks_few_questions_however_much_it_shows(klient: Client) -> None:
    fore = {namn: _fragor(klient, adress) for namn, adress in sidor().items()}
    assert max(fore.values()) <= FLEST_FRAGOR, fore
    _mer_av_allt()
    assert {namn: _fragor(klient, adress) for namn, adress in sidor().items()} == fore


def _fragor(klient: Client, adress: str) -> int:
    with CaptureQueriesContext(connection) as fragor:
        assert klient.get(adress).status_code == 200
    return len(fragor)


def _mer_av_allt() -> None:
    """More rows of what the pages list: prices, contracts, assessments, verkställigheter, units, visits, lists."""
    utforare, lista = Utforare.objects.get(), Prislista.objects.get(nyckel="K")
    for nummer in range(5):
        utforare.enheter.create(nyckel=f"EX{nummer}", namn=f"Enhet {nummer}")
        Prislista.objects.create(nyckel=f"PX{nummer}", namn=f"Lista {nummer}")
        Pris.objects.create(
            prislista=lista, insats="LSS-9", niva=f"x{nummer}", enhet="dygn", belopp=1, fran=date(2024, 1, 1)
        )
        Avtal.objects.create(
            nyckel=f"AX{nummer}", utforare=utforare, insats=f"LSS-{nummer + 4}", avtalsform="lov", prislista=lista,
            modell="manad", fran=date(2010, 1, 1), till=date(2011, 1, 1),
        )  # fmt: skip
    for person in Person.objects.filter(nyckel__in=["P1", "P4"]):
        for nummer in range(5):
            Nivabedomning.objects.create(
                nyckel=f"NX{person.pk}{nummer}", person=person, insats="LSS-9", niva="1", fran=date(2020, 1, 1),
                status="inskickad",
            )  # fmt: skip
    for verk in Verkstallighet.objects.filter(nyckel__in=["V7", "V4"]):
        for nummer in range(5):
            Verkstallighet.objects.create(
                nyckel=f"VX{verk.pk}{nummer}", beslut=verk.beslut, enhet=verk.enhet, fran=date(2024, 2, 1)
            )


def test_no_page_names_a_person_or_shows_a_personnummer(klient: Client) -> None:
    adresser = [reverse("beslut:beslut", args=[ett.pk]) for ett in Beslut.objects.all()]
    adresser += [reverse("utforare:av_beslut", args=[ett.pk]) for ett in Beslut.objects.all()]
    adresser += [reverse("beslut:niva", args=[ett.pk]) for ett in Nivabedomning.objects.all()]
    for verk in Verkstallighet.objects.all():
        adresser.append(reverse("utforare:verkstallighet", args=[verk.pk]))
        adresser.append(reverse("utforare:utfort", args=[verk.pk, OKTOBER]))
    personer = Person.objects.all()
    for adress in [*adresser, *sidor().values()]:
        sida = text(klient, adress)
        for person in personer:
            assert person.fornamn not in sida, adress
            assert person.efternamn not in sida, adress
            assert person.personnummer[:8] not in sida, adress
    assert len(adresser) > 50


def test_a_protected_person_is_shown_without_initials(klient: Client) -> None:
    beslut = Beslut.objects.get(nyckel="B1")
    sida = text(klient, reverse("beslut:beslut", args=[beslut.pk]))
    assert "Skyddade uppgifter" in sida
    assert "TE 1990" not in sida
    annan = text(klient, reverse("beslut:beslut", args=[Beslut.objects.get(nyckel="B2").pk]))
    assert "TE 1990" in annan


def test_a_decision_says_what_it_gives_and_what_was_changed(klient: Client) -> None:
    beslut = Beslut.objects.get(nyckel="B4")
    adress = reverse("beslut:beslut", args=[beslut.pk])
    assert "Ingenting är ändrat sedan det lästes in." in text(klient, adress)
    _andrat("beslut", beslut, "till", "2024-12-01")
    sida = text(klient, adress)
    assert "Bostad med särskild service för vuxna (LSS)" in sida
    efter = (beslut.till and f"blev {beslut.till:%d}") or "blev tills vidare"
    assert "Till och med: var 30 november 2024, " + efter in sida


def _andrat(fil: str, rad: Any, falt: str, fore: Any) -> None:
    """A change in the log: the row as it is, but for one field."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(g) FROM {rad._meta.db_table} g WHERE id = %s", [rad.pk])
        (gammalt,) = cursor.fetchone()
    handelse = Handelse.objects.create(handling="las_in", objekt="paket", text="Läste in.")
    varden = {**json.loads(gammalt), falt: fore}
    for _ in range(2):  # as for a row that concerns two stretches of days
        Andring.objects.create(
            handelse=handelse, fil=fil, slag="person", objekt_id=1, nyckel=rad.nyckel, gammalt=varden
        )


def test_every_kind_of_thing_has_a_history(klient: Client) -> None:
    trappan = "Frånvarotrappa: var Dag 1–5: 100 %, därefter inget, blev Dag 1–2: 100 %, från dag 3: 25 %."
    niva, avtal = Nivabedomning.objects.get(nyckel="N1-2"), Avtal.objects.get(nyckel="A1")
    verk = Verkstallighet.objects.get(nyckel="V9")
    fall: list[tuple[str, Any, str, Any, str, str]] = [
        ("nivabedomningar", niva, "niva", "3", "beslut:niva", "Nivå: var 3, blev 2."),
        ("avtal", avtal, "franvaro", "1-5:100", "utforare:avtal", trappan),
        ("verkstalligheter", verk, "bestallt_antal", 3.5, "utforare:verkstallighet", "antal: var 3,5, blev 4,5."),
    ]
    for fil, rad, falt, fore, namn, vantat in fall:
        _andrat(fil, rad, falt, fore)
        sida = text(klient, reverse(namn, args=[rad.pk]))
        assert sida.count(vantat) == 1, sida


def test_the_assessments_of_a_person_are_listed_and_the_one_at_hand_is_marked(klient: Client) -> None:
    alla = Nivabedomning.objects.filter(person__nyckel="P1")
    sida = text(klient, reverse("beslut:niva", args=[alla.get(nyckel="N1-2").pk]))
    assert "Godkänd 11 oktober 2024 av bo." in sida
    assert sida.count('aria-current="true"') == 1
    for annan in alla.exclude(nyckel="N1-2"):
        assert reverse("beslut:niva", args=[annan.pk]) in sida


def test_a_verkstallighet_leads_to_its_decision_contract_provider_and_months(klient: Client) -> None:
    verk = Verkstallighet.objects.select_related("enhet").get(nyckel="V3")
    sida = text(klient, reverse("utforare:verkstallighet", args=[verk.pk]))
    for adress in (
        reverse("beslut:beslut", args=[verk.beslut_id]),
        reverse("utforare:avtal", args=[Avtal.objects.get(nyckel="A1").pk]),
        reverse("utforare:utforare", args=[verk.enhet.utforare_id]),
        reverse("utforare:utfort", args=[verk.pk, OKTOBER]),
    ):
        assert f'href="{adress}"' in sida


def test_a_month_shows_its_absence_day_by_day_and_leads_to_its_neighbours(klient: Client) -> None:
    verk = Verkstallighet.objects.get(nyckel="V3")
    dagar = list(verk.narvaro_set.filter(datum__gte=OKTOBER.fran, datum__lt=OKTOBER.till))
    sida = text(klient, reverse("utforare:utfort", args=[verk.pk, OKTOBER]))
    assert dagar
    assert sida.count('class="fran') - sida.count('<i class="fran') == sum(dag.kod == "F" for dag in dagar)
    tom = text(klient, reverse("utforare:utfort", args=[verk.pk, Manad(2030, 1)]))
    assert "Varken närvaro eller besök är registrerade i januari 2030." in tom
    senaste = verk.narvaro_set.order_by("-datum")[0].datum
    assert reverse("utforare:utfort", args=[verk.pk, Manad.av(senaste)]) in tom


def test_a_visit_is_shown_in_swedish_time_and_a_cancelled_one_with_who_and_when(klient: Client) -> None:
    besok = Besok.objects.filter(utford_start__isnull=False).order_by("nyckel")[0]
    Besok.objects.create(
        nyckel="AVB", verkstallighet=besok.verkstallighet, avbokad_av="brukare", orsak="ej_hemma",
        planerad_start=datetime(2024, 10, 8, 8, 0, tzinfo=UTC), planerad_slut=datetime(2024, 10, 8, 9, 30, tzinfo=UTC),
        avbokad=datetime(2024, 10, 8, 5, 14, tzinfo=UTC),
    )  # fmt: skip
    sida = text(klient, reverse("utforare:utfort", args=[besok.verkstallighet_id, OKTOBER]))
    assert besok.nyckel in sida
    assert "10.00–11.30" in sida
    assert "Inte utfört. Brukaren avbokade 8 oktober 2024 kl. 07.14: ej hemma." in sida


def test_every_price_can_be_pointed_at_and_tells_if_it_is_earlier_or_to_come(klient: Client) -> None:
    lista = Prislista.objects.get()
    pris = Pris.objects.filter(prislista=lista)[0]
    Pris.objects.filter(pk=pris.pk).update(till=date(2024, 2, 1))
    Pris.objects.create(prislista=lista, insats="LSS-9", niva="9", enhet="dygn", belopp=1234, fran=date(2999, 1, 1))
    sida = text(klient, reverse("ersattning:prislista", args=[lista.pk]))
    for ett in Pris.objects.filter(prislista=lista):
        assert f'id="pris-{ett.pk}"' in sida
    assert f'id="pris-{pris.pk}" class="tidigare"' in sida
    assert "1 234,00" in sida
    assert "Kommande" in sida


def test_prices_are_told_from_those_that_hold_today() -> None:
    def lage(idag: date) -> str:
        (grupp,) = prislistor.prisgrupper(lista, idag)
        return grupp.rader[0].lage

    lista = Prislista.objects.create(nyckel="T", namn="Till prov")
    Pris.objects.create(
        prislista=lista, insats="LSS-9", enhet="dygn", belopp=Decimal(7), fran=date(2025, 1, 1), till=date(2025, 2, 1)
    )
    dagar = (date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 31), date(2025, 2, 1))
    assert [lage(dag) for dag in dagar] == ["kommande", "galler", "galler", "tidigare"]


def test_time_bands_are_in_words_with_the_one_that_wins_first() -> None:
    band = prislistor.tidsband(Prislista.objects.get())
    assert [ett.namn for ett in band] == ["Storhelg", "Jour", "Natt"]
    assert [text.replace("\xa0", " ") for text in band[0].tillfallen] == [
        "1 november 2024 kl. 18.00–3 november 2024 kl. 06.00"
    ]
    assert band[1].vecka == ["Tisdag 12.00–13.00"]
    assert band[2].vecka == ["Måndag–söndag 00.00–06.00", "Måndag–söndag 22.00–24.00"]


def test_a_contract_is_in_words_term_by_term_with_its_rules(klient: Client) -> None:
    sida = text(klient, reverse("utforare:avtal", args=[Avtal.objects.get(nyckel="A1").pk]))
    for mening in (
        "Dygn. Varje dag betalas, och frånvaro efter frånvarotrappan.",
        "Tidigast den dag nivåbedömningen godkänns.",
        "Dag 1–2: 100 %, från dag 3: 25 %.",
        "20 dagar, vid dödsfall och egen begäran.",
    ):
        assert mening in sida
    for nummer in ("R10", "R3", "R30", "R4"):
        assert f'href="/regler/#{nummer}"' in sida


def _villkor(nyckel: str, **andrat: Any) -> dict[str, str]:
    avtal = Avtal.objects.get(nyckel=nyckel)
    for falt, varde in andrat.items():
        setattr(avtal, falt, varde)
    for ett in villkor(avtal):
        assert ett.regel in REGELTEXTER
    return {ett.rubrik: ett.text.replace("\xa0", " ") for ett in villkor(avtal)}


def test_terms_of_time_are_in_words() -> None:
    assert _villkor("A3")["Avrundning"] == "Varje besök till närmaste 30 minuter, mitt emellan uppåt."
    assert (
        _villkor("A3", avrundning_minuter=1)["Avrundning"]
        == "Varje besök till närmaste hela minut, mitt emellan uppåt."
    )
    assert _villkor("A3")["Tak för utförd tid"] == "Högst 90 % av månadens beställda tid."
    assert _villkor("A3")["Bomtid"] == "Betalas inte."
    avtal = _villkor("A4", bomtid_tak_andel=Decimal("0.1"))
    assert avtal["Avrundning"] == "Ingen. Varje minut betalas."
    assert avtal["Tak för utförd tid"] == "Inget."
    assert avtal["Bomtid"] == (
        "75 % av priset när brukaren avbokar mindre än 2,5 timmar före, eller inte alls."
        " Högst 10 % av månadens beställda tid."
    )
    assert _villkor("A5")["Modell"] == "Beställd tid. Det som är beställt betalas, vad som än utförs."
    assert "Bomtid" not in _villkor("A5")


def test_terms_of_days_are_in_words() -> None:
    assert _villkor("A2")["Dagens omfattning"] == "Den som är registrerad, annars den beställda."
    assert _villkor("A2", omfattning_granser="0:deltid,360:heltid")["Dagens omfattning"] == (
        "Den som är registrerad, annars efter närvarons minuter: från 0 minuter deltid, från 360 minuter heltid."
        " Utan minuter den beställda."
    )
    assert _villkor("A2", franvaro="")["Frånvarotrappa"] == "Frånvaro betalas inte."
    assert _villkor("A2", franvaro="1-1:100,2-4:33.5")["Frånvarotrappa"] == (
        "Dag 1: 100 %, dag 2–4: 33,5 %, därefter inget."
    )
    assert _villkor("A1", avslut_orsaker=[])["Dagar efter avslut"] == "20 dagar, oavsett slutorsak."
    assert _villkor("A1", avslut_dagar=None)["Dagar efter avslut"] == "Inga."
    assert _villkor("A2")["Nivån räknas"] == "Från den dag nivåbedömningen gäller, även bakåt."


def test_every_rule_has_a_place_of_its_own_on_the_page(klient: Client) -> None:
    sida = text(klient, reverse("ersattning:regler"))
    for nummer, regel in REGELTEXTER.items():
        assert sida.count(f'id="{nummer}"') == 1
        assert regel.rubrik in sida
