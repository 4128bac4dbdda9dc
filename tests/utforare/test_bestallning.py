"""From a beslut to a verkställighet: each step, by whom, and what stands in the way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beslut.models import Beslut
from grund.behorighet import Roll
from grund.datapaket.registrering import Spar, lagrad_rad, registrera
from grund.hinder import Hindrad
from grund.models import Andring, Anvandare, Handelse
from grund.tid import STOCKHOLM
from tests.utforare.conftest import IDAG, NU, START, Bestall
from utforare import arbetslistor, valbara
from utforare.actions import bestallning as actions
from utforare.actions import verkstallande
from utforare.actions.tillhorighet import satt_enheter
from utforare.bestallningsregler import Bestallningsstatus, Drojsmalskod, Erbjudandesvar, Mangd
from utforare.models import Bestallning, Drojsmal, Enhet, Verkstallighet


def test_an_order_is_sent_with_an_event_that_names_nobody(bestall: Bestall, maria: Anvandare) -> None:
    ett = bestall(mangd=Mangd(Decimal(3), "dagar_vecka"), meddelande="Helst förmiddagar.")
    ett.refresh_from_db()
    assert (ett.status, ett.skickad_av, ett.skickad, ett.antal) == (Bestallningsstatus.SKICKAD, maria, NU, 3)
    handelse = Handelse.objects.get(objekt=f"bestallning:{ett.pk}")
    assert handelse.av == maria
    assert "Eken" in handelse.text
    assert "Cecilia" not in handelse.text + str(handelse.data)


def test_only_a_handlaggare_orders(bestall: Bestall, petra: Anvandare) -> None:
    with pytest.raises(Hindrad, match="handläggare krävs"):
        bestall(av=petra)


def test_an_order_outside_the_beslut_is_refused(bestall: Bestall) -> None:
    with pytest.raises(Hindrad, match="efter beslutet"):
        bestall(onskad_start=date(2027, 1, 1))
    assert not Bestallning.objects.exists()


def test_a_utforare_without_avtal_on_the_day_cannot_be_ordered_from(bestall: Bestall) -> None:
    rad = lagrad_rad("avtal", "A1") | {"till": "2026-06-14"}
    registrera(rader={"avtal": [rad]}, spar=Spar(None, "prova", "prov:1", "Ett prov."))
    with pytest.raises(Hindrad, match="inget avtal om daglig verksamhet"):
        bestall()
    assert [v.enhet.nyckel for v in valbara.valbara(Beslut.objects.get(nyckel="B-NY"), START)] == ["E-ANNAN"]
    (kan_inte,) = valbara.utan(Beslut.objects.get(nyckel="B-NY"), START)
    assert (kan_inte.namn, kan_inte.varfor.replace("\xa0", " ")) == ("Eken AB", "avtalet gick ut 14 juni 2026")


def test_warnings_are_to_be_read_first_and_are_kept_in_the_event(bestall: Bestall) -> None:
    bestall()
    with pytest.raises(actions.Olast) as fangad:
        bestall()
    varningar = fangad.value.orsaker
    assert any("redan 1" in v for v in varningar)
    assert any("10 dagar per vecka" in v.replace("\xa0", " ") for v in varningar)  # the sum over both orders
    with pytest.raises(actions.Olast):
        bestall(lasta=varningar[:1])
    andra = bestall(lasta=varningar)
    assert Handelse.objects.get(objekt=f"bestallning:{andra.pk}").data["varningar"] == varningar


def test_places_are_those_of_the_day_less_what_is_accepted(beslut: Beslut, accepterad: Bestallning) -> None:
    eken, ask = sorted(valbara.valbara(beslut, START), key=lambda v: v.enhet.nyckel, reverse=True)
    assert (eken.enhet.nyckel, eken.lediga, ask.lediga) == ("E-EGEN", 3, 5)
    assert eken.platser == "3 av 6 platser lediga"
    Enhet.objects.filter(nyckel="E-EGEN").update(platser=3)
    eken = next(v for v in valbara.valbara(beslut, START) if v.enhet.nyckel == "E-EGEN")
    assert eken.full
    assert eken.platser == "Inga lediga platser av 3"


def test_an_individavtal_goes_before_the_general_one(beslut: Beslut) -> None:
    rad = lagrad_rad("avtal", "A1") | {
        "avtal_id": "A9",
        "avtalsform": "individavtal",
        "person_id": "P-NY",
        "modell": "manad",
    }
    registrera(rader={"avtal": [rad]}, spar=Spar(None, "prova", "prov:1", "Ett prov."))
    galler = valbara.gallande_avtal(beslut, START)
    assert {ett.nyckel for ett in galler.values()} == {"A9", "A2"}


def test_the_enheter_are_found_in_few_queries(beslut: Beslut) -> None:
    with CaptureQueriesContext(connection) as fragor:
        valbara.valbara(beslut, START)
        valbara.utan(beslut, START)
    assert len(fragor) <= 9


def test_the_whole_way_to_a_verkstallighet(accepterad: Bestallning, petra: Anvandare) -> None:
    da = datetime(2026, 6, 15, 8, 0, tzinfo=STOCKHOLM)
    verk = actions.borja(bestallning=accepterad, start=START, av=petra, nu=da)
    accepterad.refresh_from_db()
    assert (accepterad.status, accepterad.verkstallighet) == (Bestallningsstatus.PABORJAD, verk)
    assert (verk.beslut.nyckel, verk.enhet.nyckel, verk.fran, verk.till) == ("B-NY", "E-EGEN", START, None)
    assert (verk.bestalld, verk.omfattning, verk.bestallt_antal) == (IDAG, "heltid", None)
    assert verk.nyckel == f"IK-V2026-{accepterad.pk:05}"
    andring = Andring.objects.get(fil="verkstalligheter", fran=START)
    assert andring.handelse.objekt == f"verkstallighet:{verk.nyckel}"
    assert andring.handelse.av == petra


@pytest.mark.parametrize(
    ("start", "nu", "mening"),
    [
        (date(2026, 6, 16), date(2026, 6, 15), "i framtiden"),
        (date(2026, 6, 2), date(2026, 6, 15), "före den dag då beställningen accepterades"),
        (date(2027, 1, 1), date(2027, 1, 1), "efter beslutet"),
    ],
)
def test_an_insats_begins_after_the_accept_within_the_beslut_and_not_in_the_future(
    accepterad: Bestallning, petra: Anvandare, start: date, nu: date, mening: str
) -> None:
    with pytest.raises(Hindrad, match=mening):
        actions.borja(
            bestallning=accepterad, start=start, av=petra, nu=datetime(nu.year, nu.month, nu.day, 9, tzinfo=STOCKHOLM)
        )
    assert not Verkstallighet.objects.filter(beslut__nyckel="B-NY").exists()


def test_an_order_that_is_not_accepted_does_not_begin(bestall: Bestall, petra: Anvandare) -> None:
    with pytest.raises(Hindrad, match="inte accepterad"):
        actions.borja(bestallning=bestall(), start=IDAG, av=petra, nu=NU)


def test_somebody_at_another_enhet_neither_answers_nor_begins(bestall: Bestall, accepterad: Bestallning) -> None:
    omar = Anvandare.objects.create_user("omar", roller=[Roll.UTFORARE])
    satt_enheter(anvandare=omar, enheter=[Enhet.objects.get(nyckel="E-ANNAN")], av=None)
    with pytest.raises(Hindrad, match="inte rapporterar för"):
        actions.avboj(bestallning=accepterad, orsak="Nej.", av=omar, nu=NU)
    with pytest.raises(Hindrad, match="inte rapporterar för"):
        actions.borja(bestallning=accepterad, start=START, av=omar, nu=NU + timedelta(days=12))


def test_a_declined_order_says_why_and_cannot_be_accepted(bestall: Bestall, petra: Anvandare) -> None:
    ett = bestall()
    actions.avboj(bestallning=ett, orsak="Vi har ingen plats före hösten.", av=petra, nu=NU)
    ett.refresh_from_db()
    assert (ett.status, ett.orsak) == (Bestallningsstatus.AVBOJD, "Vi har ingen plats före hösten.")
    with pytest.raises(Hindrad, match=r"redan avböjd av en-utforare 3.juni 2026"):
        actions.acceptera(bestallning=ett, start=START, plats="", av=petra, nu=NU)


def test_an_order_is_taken_back_until_it_has_begun(accepterad: Bestallning, maria: Anvandare, petra: Anvandare) -> None:
    with pytest.raises(Hindrad, match="handläggare krävs"):
        actions.aterkalla(bestallning=accepterad, orsak="x", av=petra, nu=NU)
    actions.aterkalla(bestallning=accepterad, orsak="Personen vill ha en annan enhet.", av=maria, nu=NU)
    with pytest.raises(Hindrad, match="redan återkallad"):
        actions.borja(bestallning=accepterad, start=START, av=petra, nu=NU + timedelta(days=12))
    with pytest.raises(Hindrad, match="redan återkallad"):
        actions.aterkalla(bestallning=accepterad, orsak="Igen.", av=maria, nu=NU)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_the_second_is_told_what_the_first_said(bestall: Bestall, petra: Anvandare) -> None:
    ett = bestall()

    def svara(ja: bool) -> str:
        try:
            if ja:
                actions.acceptera(bestallning=ett, start=START, plats="", av=petra, nu=NU)
            else:
                actions.avboj(bestallning=ett, orsak="Ingen plats.", av=petra, nu=NU)
        except Hindrad as hinder:
            return str(hinder)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as tradar:
        svar = sorted(tradar.map(svara, [True, False]))
    assert svar[0] == ""
    assert "Beställningen är redan" in svar[1]
    assert Handelse.objects.filter(objekt=f"bestallning:{ett.pk}").count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_one_begins(accepterad: Bestallning, petra: Anvandare) -> None:
    def borja(_: int) -> bool:
        try:
            actions.borja(bestallning=accepterad, start=START, av=petra, nu=NU + timedelta(days=12))
        except Hindrad:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as tradar:
        assert sorted(tradar.map(borja, range(2))) == [False, True]
    assert Verkstallighet.objects.filter(beslut__nyckel="B-NY").count() == 1


# Offers and reasons


def test_an_offer_and_a_no_are_noted_and_the_clock_goes_on(beslut: Beslut, maria: Anvandare) -> None:
    ett = verkstallande.erbjud(beslut=beslut, datum=date(2026, 5, 20), vad="Plats på Eken", av=maria, nu=NU)
    with pytest.raises(Hindrad, match="varför personen tackade nej"):
        verkstallande.svara(erbjudande=ett, svar=Erbjudandesvar.NEJ, svarsdatum=IDAG, skal="", av=maria, nu=NU)
    verkstallande.svara(
        erbjudande=ett, svar=Erbjudandesvar.NEJ, svarsdatum=IDAG, skal="För långt att åka.", av=maria, nu=NU
    )
    with pytest.raises(Hindrad, match="redan antecknat"):
        verkstallande.svara(erbjudande=ett, svar=Erbjudandesvar.JA, svarsdatum=IDAG, skal="", av=maria, nu=NU)
    assert arbetslistor.fristerna([beslut.pk], IDAG)[beslut.pk].sista == date(2026, 6, 12)


@pytest.mark.parametrize("datum", [date(2026, 6, 4), date(2026, 3, 11)], ids=["future", "before the beslut"])
def test_an_offer_is_made_after_the_beslut_and_not_in_the_future(beslut: Beslut, maria: Anvandare, datum: date) -> None:
    with pytest.raises(Hindrad):
        verkstallande.erbjud(beslut=beslut, datum=datum, vad="Plats", av=maria, nu=NU)


def test_an_answer_does_not_come_before_the_offer(beslut: Beslut, maria: Anvandare) -> None:
    ett = verkstallande.erbjud(beslut=beslut, datum=date(2026, 5, 20), vad="Plats på Eken", av=maria, nu=NU)
    with pytest.raises(Hindrad, match="tidigast 20"):
        verkstallande.svara(
            erbjudande=ett, svar=Erbjudandesvar.JA, svarsdatum=date(2026, 5, 19), skal="", av=maria, nu=NU
        )


def test_reasons_stay_and_the_latest_counts(beslut: Beslut, maria: Anvandare) -> None:
    for kod, text in ((Drojsmalskod.PLATS, "Inga platser."), (Drojsmalskod.TACKAT_NEJ, "Tackade nej till Eken.")):
        verkstallande.skriv_orsak(beslut=beslut, kod=kod, text=text, av=maria, nu=NU)
    assert Drojsmal.objects.count() == 2
    orsak = arbetslistor.lagen([beslut.pk])[beslut.pk].orsak
    assert orsak is not None
    assert orsak.kod == Drojsmalskod.TACKAT_NEJ


# The end
