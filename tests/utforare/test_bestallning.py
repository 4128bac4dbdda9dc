"""From a beslut to a verkställighet: each step, by whom, and what stands in the way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from beslut.actions.tilldelning import tilldela
from beslut.models import Beslut, Person
from grund.behorighet import Roll
from grund.datapaket.registrering import Spar, lagrad_rad, registrera, registrera_i
from grund.hinder import Hindrad
from grund.models import Andring, Anvandare, Handelse
from grund.tid import STOCKHOLM
from tests.webb.varld import Varld
from tests.webb.varld_cecilia import med_cecilia
from utforare import arbetslistor, attgora, bestallningar, valbara
from utforare.actions import bestallning as actions
from utforare.actions import slut, verkstallande
from utforare.actions.tillhorighet import satt_enheter
from utforare.bestallningsregler import Bestallningsstatus, Drojsmalskod, Erbjudandesvar, Mangd, Slutstatus
from utforare.frist import Klocka
from utforare.models import Bestallning, Drojsmal, Enhet, Slutanmalan, Verkstallighet
from utforare.regler import Slutorsak

NU = datetime(2026, 6, 3, 10, 12, tzinfo=STOCKHOLM)
IDAG = NU.date()
START = date(2026, 6, 15)


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    return med_cecilia(tmp_path)


@pytest.fixture
def maria(varld: Varld) -> Anvandare:
    return varld.anvandare[Roll.HANDLAGGARE]


@pytest.fixture
def petra(varld: Varld) -> Anvandare:
    return varld.anvandare[Roll.UTFORARE]


@pytest.fixture
def beslut(varld: Varld) -> Beslut:
    return Beslut.objects.get(nyckel="B-NY")


Bestall = Callable[..., Bestallning]


@pytest.fixture
def bestall(beslut: Beslut, maria: Anvandare) -> Bestall:
    """An order as it should be, with what is given changed. The person has a level from the start."""
    registrera(
        rader={
            "nivabedomningar": [
                lagrad_rad("nivabedomningar", "N-EGEN") | {"nivabedomning_id": "N-NY", "person_id": "P-NY"}
            ]
        },
        spar=Spar(None, "prova", "prov:1", "Ett prov."),
    )

    def gor(**annat: Any) -> Bestallning:
        vanligt = {
            "beslut": beslut,
            "enhet": Enhet.objects.select_related("utforare").get(nyckel="E-EGEN"),
            "onskad_start": START,
            "omfattning": "heltid",
            "av": maria,
            "nu": NU,
        }
        return actions.bestall(**vanligt | annat)

    return gor


@pytest.fixture
def accepterad(bestall: Bestall, petra: Anvandare) -> Bestallning:
    ett = bestall()
    actions.acceptera(bestallning=ett, start=START, plats="Grupp 2", av=petra, nu=NU)
    return ett


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


@pytest.fixture
def verk(varld: Varld) -> Verkstallighet:
    return Verkstallighet.objects.get(nyckel="V-EGEN")


def test_the_end_that_a_utforare_reports_waits_for_the_handlaggare(
    verk: Verkstallighet, maria: Anvandare, petra: Anvandare
) -> None:
    anmalan = slut.anmal_slut(
        verk=verk, sista_dag=date(2026, 5, 31), orsak=Slutorsak.FLYTT, text="Flyttar.", av=petra, nu=NU
    )
    verk.refresh_from_db()
    assert verk.till is None
    with pytest.raises(Hindrad, match="redan anmält"):
        slut.anmal_slut(verk=verk, sista_dag=IDAG, orsak=Slutorsak.FLYTT, text="", av=petra, nu=NU)
    with pytest.raises(Hindrad, match="handläggare krävs"):
        slut.bekrafta_slut(anmalan=anmalan, av=petra, nu=NU)
    slut.bekrafta_slut(anmalan=anmalan, av=maria, nu=NU)
    verk.refresh_from_db()
    assert (verk.till, verk.slutorsak) == (date(2026, 6, 1), "flytt")
    with pytest.raises(Hindrad, match="redan bekräftad"):
        slut.bekrafta_slut(anmalan=anmalan, av=maria, nu=NU)
    assert Andring.objects.filter(fil="verkstalligheter", nyckel="V-EGEN").count() == 1


def test_a_report_that_is_turned_down_leaves_the_verkstallighet(
    verk: Verkstallighet, maria: Anvandare, petra: Anvandare
) -> None:
    anmalan = slut.anmal_slut(verk=verk, sista_dag=IDAG, orsak=Slutorsak.ANNAT, text="", av=petra, nu=NU)
    slut.avvisa_slut(anmalan=anmalan, svar="Personen kommer tillbaka.", av=maria, nu=NU)
    verk.refresh_from_db()
    anmalan.refresh_from_db()
    assert (verk.till, anmalan.status, anmalan.provad_av) == (None, Slutstatus.AVVISAD, maria)


def test_a_death_ends_it_at_once(verk: Verkstallighet, petra: Anvandare) -> None:
    slut.anmal_slut(verk=verk, sista_dag=date(2026, 5, 20), orsak=Slutorsak.AVLIDEN, text="", av=petra, nu=NU)
    verk.refresh_from_db()
    assert (verk.till, verk.slutorsak) == (date(2026, 5, 21), "avliden")


def test_an_end_before_what_is_reported_is_refused_and_nothing_is_stored(
    verk: Verkstallighet, maria: Anvandare, petra: Anvandare
) -> None:
    anmalan = slut.anmal_slut(verk=verk, sista_dag=date(2026, 5, 1), orsak=Slutorsak.FLYTT, text="", av=petra, nu=NU)
    with pytest.raises(Hindrad, match="1 rader närvaro hamnar utanför"):
        slut.bekrafta_slut(anmalan=anmalan, av=maria, nu=NU)
    anmalan.refresh_from_db()
    assert anmalan.status == Slutstatus.ANMALD


def test_a_handlaggare_ends_it_alone_and_settles_what_was_reported(
    verk: Verkstallighet, maria: Anvandare, petra: Anvandare
) -> None:
    slut.anmal_slut(verk=verk, sista_dag=IDAG, orsak=Slutorsak.FLYTT, text="", av=petra, nu=NU)
    slut.avsluta(verk=verk, sista_dag=date(2026, 5, 30), orsak=Slutorsak.BYTE_UTFORARE, av=maria, nu=NU)
    verk.refresh_from_db()
    assert (verk.till, verk.slutorsak) == (date(2026, 5, 31), "byte_utforare")
    assert Slutanmalan.objects.get().status == Slutstatus.BEKRAFTAD
    with pytest.raises(Hindrad, match="redan ett slut"):
        slut.avsluta(verk=verk, sista_dag=IDAG, orsak=Slutorsak.FLYTT, av=maria, nu=NU)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_report_the_end_at_once_one_is_told(verk: Verkstallighet, petra: Anvandare) -> None:
    def anmal(_: int) -> bool:
        try:
            slut.anmal_slut(verk=verk, sista_dag=IDAG, orsak=Slutorsak.AVLIDEN, text="", av=petra, nu=NU)
        except Hindrad:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as tradar:
        assert sorted(tradar.map(anmal, range(2))) == [False, True]
    assert Slutanmalan.objects.count() == 1


# What waits


def _vantar(vem: Anvandare, dag: date = IDAG, *, alla: bool = True) -> dict[str, tuple[Klocka, date]]:
    nycklar = dict(Beslut.objects.values_list("pk", "nyckel"))
    rader = arbetslistor.ej_verkstallda(vem, dag, alla=alla)
    return {nycklar[rad.beslut_id]: (rad.frist.klocka, rad.frist.sista) for rad in rader}


def test_a_beslut_waits_until_it_is_carried_out(accepterad: Bestallning, maria: Anvandare, petra: Anvandare) -> None:
    assert _vantar(maria) == {"B-NY": (Klocka.BESLUT, date(2026, 6, 12))}
    actions.borja(bestallning=accepterad, start=START, av=petra, nu=NU + timedelta(days=12))
    assert _vantar(maria) == {"B-NY": (Klocka.BESLUT, date(2026, 6, 12))}  # not today: it begins later
    assert _vantar(maria, START) == {}


def test_what_has_stopped_has_a_clock_from_the_first_day_without(
    verk: Verkstallighet, maria: Anvandare, petra: Anvandare
) -> None:
    slut.avsluta(verk=verk, sista_dag=date(2026, 5, 30), orsak=Slutorsak.FLYTT, av=maria, nu=NU)
    assert _vantar(maria, alla=False) == {"B-EGEN": (Klocka.AVBROTT, date(2026, 8, 31))}


def test_less_ordered_than_decided_is_carried_out_in_part(bestall: Bestall, maria: Anvandare, petra: Anvandare) -> None:
    ett = bestall(mangd=Mangd(Decimal(3), "dagar_vecka"))
    actions.acceptera(bestallning=ett, start=START, plats="", av=petra, nu=NU)
    actions.borja(bestallning=ett, start=START, av=petra, nu=NU + timedelta(days=12))
    assert _vantar(maria, START) == {"B-NY": (Klocka.DELVIS, date(2026, 9, 15))}


def test_a_beslut_that_takes_over_from_one_carried_out_does_not_wait_yet(varld: Varld, maria: Anvandare) -> None:
    rad = lagrad_rad("beslut", "B-EGEN") | {
        "beslut_id": "B-NASTA",
        "beslutsdatum": "2026-06-01",
        "fran": "2026-07-01",
    }
    registrera(rader={"beslut": [rad]}, spar=Spar(None, "prova", "prov:1", "Ett prov."))
    assert "B-NASTA" not in _vantar(maria)
    assert _vantar(maria, date(2026, 7, 1))["B-NASTA"] == (Klocka.BESLUT, date(2026, 9, 1))


def test_ones_own_are_those_that_are_given_to_one(varld: Varld, maria: Anvandare) -> None:
    assert _vantar(maria, alla=False) == {}
    assert set(_vantar(maria)) == {"B-NY"}


def test_what_has_run_out_but_goes_on_is_found(varld: Varld, maria: Anvandare) -> None:
    rad = lagrad_rad("beslut", "B-EGEN") | {"till": "2026-05-30"}
    registrera(rader={"beslut": [rad]}, spar=Spar(None, "prova", "prov:1", "Ett prov."))
    grupp = attgora.utgangna(maria, IDAG, alla=False)
    (uppgift,) = grupp.uppgifter
    assert (uppgift.nar.replace("\xa0", " "), uppgift.vem, uppgift.sen) == ("4 dagar över", "Anna Ek", True)
    assert uppgift.lage_under.replace("\xa0", " ") == "Ersätts inte från 31 maj"


def test_who_stays_away_is_found_with_the_figures(varld: Varld, maria: Anvandare, settings: Any) -> None:
    settings.UTEBLIVET_PROCENT = 30
    dagar = [f"2026-05-{dag:02}" for dag in range(5, 15)]
    rader = [
        {"verkstallighet_id": "V-EGEN", "datum": dag, "kod": "F" if nr < 4 else "N"} for nr, dag in enumerate(dagar)
    ]
    spar = Spar(None, "prova", "prov:1", "Ett prov.")
    registrera_i(fil="narvaro", rader=rader, spar=spar)
    grupp = attgora.tar_inte_emot(maria, IDAG, alla=False)
    (uppgift,) = grupp.uppgifter
    assert (uppgift.vem, uppgift.nar, uppgift.lage) == ("Anna Ek", "36 %", "4 av 11 dagar frånvaro")
    registrera_i(fil="narvaro", rader=[], bort=[{"id": "V-EGEN", "datum": dagar[0]}], spar=spar)
    assert attgora.tar_inte_emot(maria, IDAG, alla=False).antal == 0  # three times is too few to say anything


def test_a_protected_person_is_a_marked_line_without_a_link(varld: Varld, maria: Anvandare) -> None:
    rad = lagrad_rad("verkstalligheter", "V-SKYDDAD") | {"till": "2026-05-20", "slutorsak": "flytt"}
    registrera(rader={"verkstalligheter": [rad]}, spar=Spar(None, "prova", "prov:1", "Ett prov."))
    (uppgift,) = attgora.ej_verkstallda(maria, IDAG, alla=False).uppgifter
    assert (uppgift.vem, uppgift.adress, uppgift.nasta, uppgift.vem_under) == (
        "Skyddade uppgifter",
        "",
        "",
        "B-SKYDDAD",
    )


def test_the_next_step_follows_what_has_been_done(
    bestall: Bestall, beslut: Beslut, maria: Anvandare, petra: Anvandare
) -> None:
    def steg(dag: date = IDAG) -> str:
        return next(u.nasta for u in attgora.ej_verkstallda(maria, dag, alla=True).uppgifter if u.vem == "Cecilia Ask")

    assert steg() == "Beställ"
    assert steg(date(2026, 6, 13)) == "Skriv orsak"
    verkstallande.skriv_orsak(beslut=beslut, kod=Drojsmalskod.PLATS, text="Fullt.", av=maria, nu=NU)
    assert steg(date(2026, 6, 13)) == "Beställ"
    erbjudande = verkstallande.erbjud(beslut=beslut, datum=IDAG, vad="Plats på Eken", av=maria, nu=NU)
    assert steg() == "Registrera svar"
    verkstallande.svara(erbjudande=erbjudande, svar=Erbjudandesvar.JA, svarsdatum=IDAG, skal="", av=maria, nu=NU)
    ett = bestall()
    assert steg() == "Följ upp beställning"
    actions.avboj(bestallning=ett, orsak="Fullt.", av=petra, nu=NU)
    assert steg() == "Beställ"


def test_the_lists_are_bounded_in_queries(bestall: Bestall, maria: Anvandare, petra: Anvandare) -> None:
    bestall()
    with CaptureQueriesContext(connection) as handlaggarens:
        attgora.grupper(maria, IDAG, alla=True)
    with CaptureQueriesContext(connection) as utforarens:
        attgora.grupper(petra, IDAG, alla=False)
    assert len(handlaggarens) <= 13
    assert len(utforarens) <= 4


def test_how_some_beslut_are_carried_out_is_read_in_six_queries(bestall: Bestall, maria: Anvandare) -> None:
    ett = bestall()
    besluten = list(Beslut.objects.select_related("person").order_by("pk"))
    with CaptureQueriesContext(connection) as fragor:
        svar = bestallningar.utforanden(maria, besluten, IDAG)
    assert len(fragor) <= 6
    bild = svar[ett.beslut_id]
    assert [rad.nyckel for rad in bild.bestallningar] == [ett.nyckel]
    assert bild.frist_i_ord.replace("\xa0", " ") == (
        "Beslutet fattades 12 mars 2026 och är inte verkställt. Tre månader går ut 12 juni 2026."
    )
    egen = next(rad for rad in svar.values() if rad.verkstalligheter and not rad.frist)
    assert egen.frist_i_ord == ""


def test_a_utforare_has_new_orders_and_what_should_begin(bestall: Bestall, petra: Anvandare) -> None:
    ett = bestall()
    (grupp,) = attgora.grupper(petra, IDAG, alla=False)
    assert (grupp.nyckel, grupp.uppgifter[0].vem) == ("nya-bestallningar", "Person född 1993")
    actions.acceptera(bestallning=ett, start=IDAG, plats="", av=petra, nu=NU)
    (grupp,) = attgora.grupper(petra, IDAG + timedelta(days=1), alla=False)
    assert (grupp.nyckel, grupp.sen, grupp.uppgifter[0].vem) == ("borjar-snart", True, "Cecilia Ask")


def test_a_beslut_that_soon_ends_is_told_to_the_enhet_without_names(varld: Varld, petra: Anvandare) -> None:
    rad = lagrad_rad("beslut", "B-EGEN") | {"till": "2026-06-30"}
    registrera(rader={"beslut": [rad]}, spar=Spar(None, "prova", "prov:1", "Ett prov."))
    (grupp,) = attgora.grupper(petra, IDAG, alla=False)
    (uppgift,) = grupp.uppgifter
    assert (grupp.antal, grupp.sen, uppgift.vem, uppgift.vad.replace("\xa0", " ")) == (1, False, "Eken", "1 beslut")


def test_roles_without_this_work_have_no_groups(varld: Varld) -> None:
    for roll in (Roll.CONTROLLER, Roll.REVISOR, Roll.SYSTEMFORVALTARE):
        assert attgora.grupper(varld.anvandare[roll], IDAG, alla=True) == []


def test_the_dead_have_nothing_to_order(bestall: Bestall) -> None:
    Person.objects.filter(nyckel="P-NY").update(avliden=date(2026, 6, 1))
    with pytest.raises(Hindrad, match="avliden"):
        bestall()


def test_an_order_for_somebody_who_has_died_is_neither_accepted_nor_begun(bestall: Bestall, petra: Anvandare) -> None:
    ett = bestall()
    Person.objects.filter(nyckel="P-NY").update(avliden=date(2026, 6, 1))
    with pytest.raises(Hindrad, match="avliden"):
        actions.acceptera(bestallning=ett, start=START, plats="", av=petra, nu=NU)


def test_the_panel_for_others_pages_shows_orders_and_the_clock(bestall: Bestall, maria: Anvandare) -> None:
    ett = bestall()
    bild = bestallningar.utforande(maria, ett.beslut, IDAG)
    text = render_to_string("utforare/_utforande.html", {"bild": bild, "beslut": ett.beslut})
    assert f"Beställning {ett.nyckel}" in text
    assert "Tre månader går ut 12\xa0juni 2026" in text


def test_the_list_is_of_ones_own_and_can_be_narrowed_to_a_state(
    varld: Varld, bestall: Bestall, maria: Anvandare
) -> None:
    ett, gustav = bestall(), varld.anvandare[Roll.GRUPPCHEF]

    def finns(vem: Anvandare, fraga: str) -> bool:
        klient = Client()
        klient.force_login(vem)
        return ett.nyckel in klient.get(f"/bestallningar/{fraga}").content.decode()

    for fraga in ("", "?visa=alla", "?visa=alla&lage=oppna"):
        assert not finns(maria, fraga)  # Cecilia is not given to maria
    assert not finns(gustav, "")
    assert finns(gustav, "?visa=alla")
    assert finns(gustav, "?visa=alla&lage=oppna")
    assert finns(gustav, "?visa=alla&lage=skickad&page=99")
    assert not finns(gustav, "?visa=alla&lage=avbojd")
    tilldela(person=ett.beslut.person, handlaggare=maria, fran=date(2020, 1, 1), av=None)
    assert finns(maria, "")
