"""What waits for handläggare and utförare: found, in order, in few queries."""

from datetime import date, timedelta
from decimal import Decimal
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
from grund.models import Anvandare
from grund.tid import EN_DAG
from tests.utforare.conftest import IDAG, NU, START, Bestall
from tests.webb.varld import Varld
from utforare import arbetslistor, attgora, bestallningar
from utforare.actions import bestallning as actions
from utforare.actions import slut, verkstallande
from utforare.bestallningsregler import Drojsmalskod, Erbjudandesvar, Mangd
from utforare.frist import Klocka
from utforare.models import Bestallning, Enhet, Verkstallighet
from utforare.regler import Slutorsak


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
    assert (uppgift.lage, uppgift.lage_under, uppgift.nasta_adress) == ("", "", "")


def test_where_a_protected_person_is_stands_in_no_list_of_those_who_may_not_see_them(
    varld: Varld, maria: Anvandare
) -> None:
    Beslut.objects.filter(nyckel="B-SKYDDAD").update(till=IDAG - EN_DAG)
    (uppgift,) = attgora.utgangna(maria, IDAG, alla=False).uppgifter
    assert (uppgift.vem, uppgift.lage) == ("Skyddade uppgifter", "")
    beslut, enhet = Beslut.objects.get(nyckel="B-SKYDDAD"), Enhet.objects.get(nyckel="E-EGEN")
    ett = Bestallning(pk=1, beslut=beslut, enhet=enhet, onskad_start=START, skickad=NU, status="skickad")
    assert (bestallningar.rad(maria, ett).enhet, bestallningar.rad(maria, ett).utforare) == ("", "")
    maria.ser_skyddade = True
    assert attgora.utgangna(maria, IDAG, alla=False).uppgifter[0].lage == "Utförs av Eken"
    assert bestallningar.rad(maria, ett).enhet == "Eken"


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
    assert len(handlaggarens) <= 14
    assert len(utforarens) <= 4


def test_how_some_beslut_are_carried_out_is_read_in_seven_queries(bestall: Bestall, maria: Anvandare) -> None:
    ett = bestall()
    besluten = list(Beslut.objects.select_related("person").order_by("pk"))
    with CaptureQueriesContext(connection) as fragor:
        svar = bestallningar.utforanden(maria, besluten, IDAG)
    assert len(fragor) <= 7
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
