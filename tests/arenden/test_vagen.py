"""An ärende's way: from an application to a decision that is signed, stored and set as a document."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import ProgrammingError, transaction
from pypdf import PdfReader

from beslut import arenden, attgora_delegation
from beslut.actions.arenden import avsluta_arende, byt_handlaggare, kommunicera, skriv_utredning
from beslut.actions.delegation import avsluta_delegation, lagg_in_grundforslag, lagg_till_delegation
from beslut.actions.efter import delge, folj_upp
from beslut.actions.forslag import EjFardigt, aterlamna, foresla, spara_forslag, underteckna
from beslut.actions.personer import andra_person, avtryck, lagg_till_person
from beslut.delegation import Delegationsregel
from beslut.koder import (
    Arendestatus,
    Avslutsskal,
    Avsnitt,
    Delgivningssatt,
    Forslagsstatus,
    Kommuniceringssatt,
    Sokande,
    Uppfoljningsresultat,
    Uppfoljningssatt,
)
from beslut.models import Beslut, Beslutshandling, Delegation, Forslag, Person, Tilldelning, Utredningstext
from beslut.regler import Insats, Lag, Utfall
from grund.behorighet import Roll
from grund.datapaket.registrering import EjRegistrerad
from grund.hinder import Hindrad
from grund.models import Andring, Anvandare, Handelse
from tests.arenden.conftest import ANNA, HELT, IDAG, NU, Besluta, Oppna


def _handelser(objekt: str) -> list[str]:
    return list(Handelse.objects.filter(objekt=objekt).order_by("id").values_list("handling", flat=True))


def test_a_person_is_added_once_and_becomes_the_handlaggares(anna: Person, maria: Anvandare) -> None:
    assert (anna.nyckel, anna.personnummer, anna.personkrets) == ("P-2026-0001", "199002029818", 1)
    assert Tilldelning.objects.get().handlaggare == maria
    with pytest.raises(Hindrad, match="finns redan en person"):
        lagg_till_person(uppgifter=ANNA, av=maria, idag=IDAG)
    assert Person.objects.count() == 1
    assert _handelser("person:P-2026-0001") == ["lagg_till_person", "tilldela"]


def test_a_key_that_an_import_has_taken_is_passed_over(anna: Person, maria: Anvandare) -> None:
    Person.objects.create(nyckel="P-2026-0002", personnummer="199003039824")
    ny = lagg_till_person(uppgifter=ANNA | {"personnummer": "198501019809"}, av=maria, idag=IDAG)
    assert ny.nyckel == "P-2026-0003"
    assert Person.objects.get(nyckel="P-2026-0002").fornamn == ""


def test_a_person_is_changed_by_the_rules_of_the_format(
    anna: Person, maria: Anvandare, besluta: Besluta, oppna: Oppna
) -> None:
    besluta(oppna())
    with pytest.raises(EjRegistrerad, match="kräver personkrets 1 eller 2"):
        andra_person(person=anna, uppgifter={"personkrets": "3"}, sag=avtryck(anna), av=maria)
    andra_person(person=anna, uppgifter={"efternamn": "Ekström"}, sag=avtryck(anna), av=maria)
    anna.refresh_from_db()
    assert (anna.efternamn, anna.personkrets, anna.fornamn) == ("Ekström", 1, "Anna")


def test_details_that_somebody_else_has_changed_meanwhile_are_not_written_over(anna: Person, maria: Anvandare) -> None:
    sag = avtryck(anna)
    andra_person(person=anna, uppgifter={"skyddad": "ja", "avliden": "2026-05-30"}, sag=sag, av=maria)
    with pytest.raises(Hindrad, match="Någon annan har ändrat"):
        andra_person(person=anna, uppgifter=ANNA | {"efternamn": "Ekström"}, sag=sag, av=maria)
    anna.refresh_from_db()
    assert (anna.skyddad, anna.avliden, anna.efternamn) == (True, date(2026, 5, 30), "Ek")


def test_arenden_are_numbered_by_law_and_year(oppna: Oppna) -> None:
    assert [oppna().nummer, oppna(text="Och mer stöd.").nummer] == ["LSS-2026-0001", "LSS-2026-0002"]
    assert oppna(Insats.BOENDESTOD).nummer == "SOL-2026-0001"
    assert oppna(inkom=date(2025, 12, 30)).nummer == "LSS-2025-0001"


def test_somebody_who_asks_for_another_is_named(oppna: Oppna) -> None:
    with pytest.raises(Hindrad, match="namnet på den som ansöker"):
        oppna(sokande=Sokande.GOD_MAN)
    assert oppna(sokande=Sokande.GOD_MAN, sokandens_namn="Bo Ek").sokandens_namn == "Bo Ek"
    with pytest.raises(Hindrad, match="efter dagens datum"):
        oppna(inkom=IDAG + timedelta(days=1))


def test_only_who_works_with_arenden_opens_one(oppna: Oppna) -> None:
    klara = Anvandare.objects.create_user("klara", roller=["controller"])
    with pytest.raises(Hindrad, match="krävs för att handlägga"):
        oppna(av=klara)


def test_the_utredning_keeps_every_version_and_loses_nobodys_text(
    oppna: Oppna, maria: Anvandare, jonas: Anvandare
) -> None:
    arende = oppna()

    def skriv(text: str, pa: int, av: Anvandare) -> Utredningstext | None:
        return skriv_utredning(arende=arende, avsnitt=Avsnitt.HEMLIV, text=text, pa_version=pa, av=av, nu=NU)

    skriv("Ett.", 0, maria)
    assert skriv("Ett.", 1, maria) is None  # sent twice, or nothing changed
    skriv("Två.", 1, jonas)
    with pytest.raises(Hindrad, match="Jonas Test har skrivit i avsnittet"):
        skriv("Mitt.", 1, maria)
    assert [ett.text for ett in arenden.versioner(arende, Avsnitt.HEMLIV)] == ["Två.", "Ett."]
    assert arenden.texter(arende)["d6"].text == "Två."
    with pytest.raises(ProgrammingError), transaction.atomic():
        Utredningstext.objects.update(text="annat")


def test_a_decision_becomes_a_row_of_the_format_with_event_andring_and_document(
    oppna: Oppna, besluta: Besluta, gustav: Anvandare
) -> None:
    arende = oppna()
    beslut = besluta(arende)
    assert (beslut.nyckel, beslut.lagrum, beslut.utfall) == ("B-LSS-2026-0001", Lag.LSS, Utfall.BIFALL)
    assert (beslut.fran, beslut.till, beslut.beslutsdatum) == (date(2026, 7, 1), date(2027, 7, 1), IDAG)
    assert (beslut.omfattning, beslut.omfattning_enhet) == (Decimal(5), "dagar_vecka")
    assert (beslut.ansokan, beslut.uppfoljning) == (IDAG, date(2027, 6, 1))
    assert _handelser("arende:LSS-2026-0001") == [
        "oppna_arende",
        "spara_forslag",
        "foresla_beslut",
        "underteckna_beslut",
    ]
    signerad = Handelse.objects.get(handling="underteckna_beslut")
    assert signerad.av == gustav
    assert Andring.objects.get(handelse=signerad).fran == date(2026, 7, 1)
    arende.refresh_from_db()
    assert arende.status == Arendestatus.BESLUTAT


def test_the_document_says_what_the_law_asks_for(oppna: Oppna, besluta: Besluta) -> None:
    besluta(oppna(sokande=Sokande.GOD_MAN, sokandens_namn="Bo Ek"), replace(HELT, forbehall=True, forbehall_text="Om."))
    handling = Beslutshandling.objects.get()
    sidor = [sida.extract_text() for sida in PdfReader(BytesIO(bytes(handling.pdf))).pages]
    assert len(sidor) == 2
    for text in (
        "LSS-2026-0001",
        "2026-06-03",
        "Du beviljas daglig verksamhet (LSS)",
        "Socialnämnden beviljar Anna Ek daglig verksamhet enligt 9 § 10 LSS",
        "5 dagar per vecka",
        "Behovet är stort.",
        "Gustav Test, gruppchef",
        "Maria Test, handläggare",
        "Bo Ek, god man",
        "37 § andra stycket 1",
    ):
        assert text in " ".join(sidor[0].split()), text
    for text in ("Så här överklagar du", "tre veckor från den dag då du fick del", "Socialnämnden"):
        assert text in " ".join(sidor[1].split()), text
    assert "199002029818" not in "".join(sidor)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Beslutshandling.objects.update(sha256="0" * 64)


def test_what_is_signed_cannot_be_changed(oppna: Oppna, besluta: Besluta, maria: Anvandare) -> None:
    arende = oppna()
    besluta(arende)
    with pytest.raises(Hindrad, match="beslutat och kan inte ändras"):
        spara_forslag(arende=arende, falt=HELT, pa_version=1, av=maria)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Forslag.objects.update(motivering="annat")


def test_to_sign_twice_makes_one_decision(oppna: Oppna, besluta: Besluta, gustav: Anvandare) -> None:
    arende = oppna()
    besluta(arende)
    with pytest.raises(Hindrad, match="inget förslag som väntar"):
        underteckna(arende=arende, pa_version=1, bekraftat=(), av=gustav, nu=NU)
    assert Beslut.objects.count() == 1


def test_an_unfinished_draft_is_stored_but_not_proposed(oppna: Oppna, maria: Anvandare) -> None:
    arende = oppna()
    forslag = spara_forslag(arende=arende, falt=replace(HELT, motivering="", fran=None), pa_version=0, av=maria)
    with pytest.raises(EjFardigt) as brott:
        foresla(arende=arende, pa_version=forslag.version, av=maria, nu=NU)
    assert [ett.falt for ett in brott.value.anmarkningar] == ["fran", "motivering"]
    assert Forslag.objects.get().status == Forslagsstatus.UTKAST


def test_a_draft_that_somebody_else_has_changed_is_not_overwritten(oppna: Oppna, maria: Anvandare) -> None:
    arende = oppna()
    spara_forslag(arende=arende, falt=HELT, pa_version=0, av=maria)
    spara_forslag(arende=arende, falt=replace(HELT, motivering="Nytt."), pa_version=1, av=maria)
    for gammal in (0, 1):
        with pytest.raises(Hindrad, match="Någon annan har ändrat"):
            spara_forslag(arende=arende, falt=HELT, pa_version=gammal, av=maria)
    assert Forslag.objects.get().motivering == "Nytt."


def test_a_warning_is_acknowledged_by_the_one_who_proposes(oppna: Oppna, maria: Anvandare) -> None:
    arende, falt = oppna(), replace(HELT, fran=date(2026, 6, 1))
    forslag = spara_forslag(arende=arende, falt=falt, pa_version=0, av=maria)
    with pytest.raises(EjFardigt, match="före dagen då det fattas"):
        foresla(arende=arende, pa_version=1, av=maria, nu=NU)
    falt = replace(falt, bekraftat=("retroaktivt", "fore_ansokan"))
    forslag = spara_forslag(arende=arende, falt=falt, pa_version=1, av=maria)
    assert foresla(arende=arende, pa_version=forslag.version, av=maria, nu=NU).status == Forslagsstatus.FORESLAGET


def test_what_has_happened_since_the_proposal_is_told_to_the_one_who_signs(
    oppna: Oppna, maria: Anvandare, gustav: Anvandare
) -> None:
    arende = oppna()
    spara_forslag(arende=arende, falt=HELT, pa_version=0, av=maria)
    foresla(arende=arende, pa_version=1, av=maria, nu=NU)
    senare = datetime(2026, 7, 15, 9, tzinfo=NU.tzinfo)
    with pytest.raises(EjFardigt, match="före dagen då det fattas"):
        underteckna(arende=arende, pa_version=1, bekraftat=(), av=gustav, nu=senare)
    assert underteckna(arende=arende, pa_version=1, bekraftat=("retroaktivt",), av=gustav, nu=senare).pk


def test_personlig_assistans_is_signed_by_the_gruppchef_only(oppna: Oppna, maria: Anvandare, gustav: Anvandare) -> None:
    arende = oppna(Insats.PERSONLIG_ASSISTANS)
    spara_forslag(arende=arende, falt=replace(HELT, omfattning_enhet="timmar_vecka"), pa_version=0, av=maria)
    foresla(arende=arende, pa_version=1, av=maria, nu=NU)
    with pytest.raises(Hindrad, match="beslutar gruppchef om personlig assistans"):
        underteckna(arende=arende, pa_version=1, bekraftat=(), av=maria, nu=NU)
    assert underteckna(arende=arende, pa_version=1, bekraftat=(), av=gustav, nu=NU).nyckel == "B-LSS-2026-0001"


def test_an_avslag_is_communicated_motivated_and_seen_by_four_eyes(
    oppna: Oppna, maria: Anvandare, jonas: Anvandare, gustav: Anvandare
) -> None:
    arende, falt = oppna(), replace(HELT, utfall="avslag", fran=None, sista=None, omfattning=None, omfattning_enhet="")
    spara_forslag(arende=arende, falt=falt, pa_version=0, av=maria)
    with pytest.raises(EjFardigt, match="inte kommunicerad"):
        foresla(arende=arende, pa_version=1, av=maria, nu=NU)
    kommunicera(arende=arende, dag=IDAG, satt=Kommuniceringssatt.BREV, text="", av=maria, idag=IDAG)
    foresla(arende=arende, pa_version=1, av=maria, nu=NU)
    with pytest.raises(Hindrad, match="fyra ögon"):
        underteckna(arende=arende, pa_version=1, bekraftat=(), av=maria, nu=NU)
    beslut = underteckna(arende=arende, pa_version=1, bekraftat=(), av=jonas, nu=NU)
    assert (beslut.utfall, beslut.fran, beslut.uppfoljning) == (Utfall.AVSLAG, None, None)


def test_a_button_that_is_pressed_twice_opens_one_arende(oppna: Oppna) -> None:
    arende = oppna()
    with pytest.raises(Hindrad, match=f"redan öppnat, med nummer {arende.nummer}"):
        oppna()
    assert oppna(text="Jag vill ha mer stöd.").nummer == "LSS-2026-0002"


def test_a_proposal_goes_back_with_a_reason(oppna: Oppna, maria: Anvandare, gustav: Anvandare) -> None:
    arende = oppna()
    spara_forslag(arende=arende, falt=HELT, pa_version=0, av=maria)
    foresla(arende=arende, pa_version=1, av=maria, nu=NU)
    with pytest.raises(Hindrad, match="väntar på underskrift"):
        spara_forslag(arende=arende, falt=HELT, pa_version=1, av=maria)
    with pytest.raises(Hindrad, match="Skriv varför"):
        aterlamna(arende=arende, skal=" ", av=gustav)
    aterlamna(arende=arende, skal="Utred omfattningen.", av=gustav)
    assert Forslag.objects.get().aterlamnat == "Utred omfattningen."
    handelse = Handelse.objects.get(handling="aterlamna_forslag")
    assert (handelse.text, handelse.data) == ("Förslaget återlämnades.", {"skal": "Utred omfattningen."})
    with pytest.raises(Hindrad, match="inget förslag som väntar"):
        aterlamna(arende=arende, skal="Igen.", av=gustav)
    spara_forslag(arende=arende, falt=replace(HELT, motivering="Bättre."), pa_version=1, av=maria)
    assert foresla(arende=arende, pa_version=2, av=maria, nu=NU).aterlamnat == ""


def test_an_arende_ends_without_a_decision(oppna: Oppna, maria: Anvandare) -> None:
    arende = oppna()
    spara_forslag(arende=arende, falt=HELT, pa_version=0, av=maria)
    avsluta_arende(arende=arende, skal=Avslutsskal.ATERTAGEN, dag=IDAG, av=maria)
    arende.refresh_from_db()
    assert (arende.status, arende.avslutat) == (Arendestatus.AVSLUTAT, IDAG)
    with pytest.raises(Hindrad, match="avslutat utan beslut"):
        avsluta_arende(arende=arende, skal=Avslutsskal.ATERTAGEN, dag=IDAG, av=maria)


def test_communication_that_is_not_needed_says_why(oppna: Oppna, maria: Anvandare) -> None:
    arende = oppna()
    with pytest.raises(Hindrad, match="Skriv varför utredningen"):
        kommunicera(arende=arende, dag=IDAG, satt=Kommuniceringssatt.OBEHOVLIGT, text="", av=maria, idag=IDAG)
    with pytest.raises(Hindrad, match="efter dagens datum"):
        kommunicera(
            arende=arende, dag=IDAG + timedelta(days=1), satt=Kommuniceringssatt.BREV, text="", av=maria, idag=IDAG
        )


def test_the_gruppchef_gives_an_arende_to_another(
    oppna: Oppna, jonas: Anvandare, maria: Anvandare, gustav: Anvandare
) -> None:
    arende = oppna()
    with pytest.raises(Hindrad, match="gruppchef krävs"):
        byt_handlaggare(arende=arende, till=jonas, av=maria)
    byt_handlaggare(arende=arende, till=jonas, av=gustav)
    arende.refresh_from_db()
    assert arende.handlaggare == jonas


def test_the_delegation_is_ended_and_never_changed(gustav: Anvandare, maria: Anvandare) -> None:
    with pytest.raises(Hindrad, match="redan en delegation"):
        lagg_in_grundforslag(fran=IDAG, av=gustav)
    regel = Delegationsregel(Roll.HANDLAGGARE, Insats.KORTTIDSVISTELSE)
    with pytest.raises(Hindrad, match="gruppchef krävs"):
        lagg_till_delegation(regel=regel, fran=IDAG, av=maria)
    rad = lagg_till_delegation(regel=regel, fran=date(2026, 2, 1), av=gustav)
    avsluta_delegation(rad=rad, till=IDAG, av=gustav)
    with pytest.raises(Hindrad, match="redan avslutad"):
        avsluta_delegation(rad=rad, till=IDAG, av=gustav)
    assert rad in arenden.gallande_delegation(IDAG - timedelta(days=1))
    assert rad not in arenden.gallande_delegation(IDAG)
    nasta = lagg_till_delegation(regel=regel, fran=IDAG, av=gustav)
    avsluta_delegation(rad=nasta, till=IDAG, av=gustav)  # it never came to hold
    assert not Delegation.objects.filter(pk=nasta.pk).exists()


def test_a_follow_up_sets_the_next_day_and_changes_nothing_else(
    oppna: Oppna, besluta: Besluta, maria: Anvandare
) -> None:
    beslut = besluta(oppna())
    fore = Beslut.objects.values().get()
    folj_upp(
        beslut=beslut,
        dag=IDAG,
        satt=Uppfoljningssatt.MOTE,
        resultat=Uppfoljningsresultat.ANDRAT,
        text="Behovet är mindre.",
        nasta=date(2027, 6, 3),
        av=maria,
        idag=IDAG,
    )
    efter = Beslut.objects.values().get()
    assert {namn for namn in fore if fore[namn] != efter[namn]} == {"uppfoljning"}
    assert efter["uppfoljning"] == date(2027, 6, 3)
    assert not Andring.objects.filter(handelse__handling="satt_uppfoljning", fran__isnull=False).exists()


def test_the_day_when_the_party_got_the_decision_is_noted(oppna: Oppna, besluta: Besluta, maria: Anvandare) -> None:
    beslut = besluta(oppna())
    for dag, skal in ((IDAG - timedelta(days=1), "innan det fattades"), (IDAG + timedelta(days=1), "dagens datum")):
        with pytest.raises(Hindrad, match=skal):
            delge(beslut=beslut, dag=dag, satt=Delgivningssatt.BREV, av=maria, idag=IDAG)
    delge(beslut=beslut, dag=IDAG, satt=Delgivningssatt.BREV, av=maria, idag=IDAG)
    igen = delge(beslut=beslut, dag=IDAG, satt=Delgivningssatt.OVERLAMNAT, av=maria, idag=IDAG)
    assert igen.satt == Delgivningssatt.OVERLAMNAT


def test_a_gruppchef_is_told_while_no_delegation_holds(gustav: Anvandare, maria: Anvandare) -> None:
    assert attgora_delegation.grupper(gustav, IDAG, alla=True) == []
    (grupp,) = attgora_delegation.grupper(gustav, date(2025, 12, 31), alla=True)  # the day before the first row holds
    assert grupp.uppgifter[0].nasta_adress == "/delegation/"
    assert attgora_delegation.grupper(maria, date(2025, 12, 31), alla=True) == []
