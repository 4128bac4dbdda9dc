"""A person outside one's assignments is opened with a reason that the log keeps; a protected one by the named only."""

import io
from datetime import date, datetime
from pathlib import Path

import lxml.html
import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from beslut import tillgang
from beslut.actions.tilldelning import avsluta_tilldelning, tilldela
from beslut.models import Arende, Beslut, Lasning, Person, Tilldelning
from grund import klocka
from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Handelse
from grund.tid import STOCKHOLM
from tests.webb.varld import START, Varld, Vems, bygg, i_gar
from tests.webb.webblasare import Sida
from utforare.actions.tillhorighet import satt_enheter
from utforare.models import Bestallning, Enhet, Tillhorighet, Verkstallighet
from utforare.tillgang import namn_vid, synliga
from utforare.utforarens import till_mina


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    return bygg(tmp_path)


def _begaran(varld: Varld, roll: Roll, klient: Client | None = None) -> HttpRequest:
    begaran = RequestFactory().get("/")
    begaran.user, begaran.session = varld.anvandare[roll], (klient or Client()).session
    return begaran


def _person(vems: Vems) -> Person:
    return Person.objects.get(nyckel=f"P-{vems.upper()}")


def test_ones_own_person_opens_and_is_logged(varld: Varld) -> None:
    tillgang.oppna(_begaran(varld, Roll.HANDLAGGARE), _person(Vems.EGEN), sida="akt")
    (rad,) = Lasning.objects.all()
    assert (rad.person.nyckel, rad.sida, rad.utanfor_uppdrag, rad.motiv) == ("P-EGEN", "akt", False, "")


def test_somebody_elses_person_needs_a_reason_which_the_log_keeps(varld: Varld) -> None:
    begaran = _begaran(varld, Roll.HANDLAGGARE)
    with pytest.raises(tillgang.SagVarfor):
        tillgang.oppna(begaran, _person(Vems.ANNANS), sida="akt")
    assert not Lasning.objects.exists()
    tillgang.minns_motiv(begaran, _person(Vems.ANNANS), "Vikarierar för Jonas.")
    tillgang.oppna(begaran, _person(Vems.ANNANS), sida="akt")
    (rad,) = Lasning.objects.all()
    assert (rad.utanfor_uppdrag, rad.motiv) == (True, "Vikarierar för Jonas.")


def test_a_reason_for_one_person_opens_no_other(varld: Varld) -> None:
    begaran = _begaran(varld, Roll.HANDLAGGARE)
    tillgang.minns_motiv(begaran, _person(Vems.EGEN), "Fel person.")
    with pytest.raises(tillgang.SagVarfor):
        tillgang.oppna(begaran, _person(Vems.ANNANS), sida="akt")


def test_a_protected_person_is_closed_also_to_the_one_who_has_the_case(varld: Varld) -> None:
    maria = varld.anvandare[Roll.HANDLAGGARE]
    with pytest.raises(tillgang.ArSkyddad):
        tillgang.oppna(_begaran(varld, Roll.HANDLAGGARE), _person(Vems.SKYDDAD), sida="akt")
    assert tillgang.namn(maria, _person(Vems.SKYDDAD)) == "Skyddade uppgifter"
    maria.ser_skyddade = True
    assert tillgang.namn(maria, _person(Vems.SKYDDAD)) == "Hemlig Person"
    tillgang.oppna(_begaran(varld, Roll.HANDLAGGARE), _person(Vems.SKYDDAD), sida="akt")


def test_the_page_asks_why_and_goes_on_to_an_address_of_ours_only(varld: Varld) -> None:
    klient = Client()
    klient.force_login(varld.anvandare[Roll.HANDLAGGARE])
    adress = f"/personer/{varld.ids[Vems.ANNANS]['person']}/varfor/"
    tomt = klient.post(adress, {"varfor-motiv": "", "varfor-nasta": "/"})
    assert "Skriv varför du behöver uppgifterna." in tomt.content.decode()
    for nasta, dit in (
        ("/regler/", "/regler/"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("javascript:alert(1)", "/"),
        ("\\\\example.org", "/"),
    ):
        svar = klient.post(adress, {"varfor-motiv": "Vikarierar i dag.", "varfor-nasta": nasta})
        assert (svar.status_code, svar["Location"]) == (302, dit)


ANSOKAN = {
    "insats": "LSS-3",
    "sokande": "sjalv",
    "inkom": "2026-06-02",
    "text": 'En rad.\n"Två" & <tre>',
    "motiv": "Annat.",
}


def _dolda(svar: HttpResponse) -> dict[str, list[str]]:
    """What the page that asks why carries along, and where to."""
    falt: dict[str, list[str]] = {}
    for ett in lxml.html.fromstring(svar.content).xpath("//main//form//input[@type='hidden']"):
        falt.setdefault(ett.get("name"), []).append(ett.get("value"))
    return falt


def test_what_was_posted_is_carried_past_the_question_and_stored_after_it_only(varld: Varld) -> None:
    klient, person = Client(enforce_csrf_checks=True), _person(Vems.ANNANS)
    klient.force_login(varld.anvandare[Roll.HANDLAGGARE])
    ansokan, varfor = f"/personer/{person.pk}/ansokan/", f"/personer/{person.pk}/varfor/"
    egen = klient.get(f"/personer/{_person(Vems.EGEN).pk}/ansokan/")  # any page of ours has a token
    token = lxml.html.fromstring(egen.content).xpath("//main//input[@name='csrfmiddlewaretoken']/@value")[0]
    handelser, lasta = Handelse.objects.count(), Lasning.objects.count()

    fraga = klient.post(ansokan, ANSOKAN | {"csrfmiddlewaretoken": token})
    assert fraga.status_code == 403
    assert "inte sparat än" in fraga.content.decode()
    med = _dolda(fraga)
    assert {namn: med[namn] for namn in ANSOKAN} == {namn: [varde] for namn, varde in ANSOKAN.items()}
    assert med["csrfmiddlewaretoken"] != [token]

    tomt = klient.post(varfor, med | {"varfor-motiv": ""})  # asked again: nothing is lost on the way
    assert tomt.status_code == 200
    med = _dolda(tomt)
    assert {namn: med[namn] for namn in ANSOKAN} == {namn: [varde] for namn, varde in ANSOKAN.items()}
    assert (Handelse.objects.count(), Lasning.objects.count()) == (handelser, lasta)
    assert not Arende.objects.filter(person=person, text__startswith="En rad.").exists()

    svar = klient.post(varfor, med | {"varfor-motiv": "Vikarierar för Jonas."})
    assert (svar.status_code, svar["Location"]) == (307, ansokan)
    assert "tre" not in str(dict(klient.session))
    sparat = klient.post(ansokan, med | {"varfor-motiv": "Vikarierar för Jonas."})  # what a browser does with 307
    arende = Arende.objects.get(person=person, text__startswith="En rad.")
    assert sparat["Location"] == f"/arenden/{arende.pk}/"
    assert arende.text == ANSOKAN["text"]
    assert Lasning.objects.filter(person=person, motiv="Vikarierar för Jonas.", utanfor_uppdrag=True).exists()


@pytest.mark.django_db(transaction=True)
def test_in_a_browser_what_was_typed_comes_through_the_question(tmp_path: Path, utan_skript: Sida) -> None:
    varld = bygg(tmp_path)
    maria, person = varld.anvandare[Roll.HANDLAGGARE], _person(Vems.ANNANS)
    Tilldelning.objects.create(person=person, handlaggare=maria, fran=START)
    page = utan_skript.logga_in(maria).oppna(f"/personer/{person.pk}/ansokan/")
    page.get_by_label("Insats").select_option("LSS-3")
    page.get_by_label("Vad som söks").fill('Rad ett.\nRad "två".')
    Tilldelning.objects.filter(person=person, handlaggare=maria).delete()  # meanwhile, somebody else got the person
    page.get_by_role("button", name="Öppna ärendet").click()
    assert "inte sparat än" in page.locator("main").inner_text()
    utan_skript.anmarkningar.clear()  # that it is refused (403) until then
    utan_skript.granska("varfor")
    page.get_by_role("button", name="Fortsätt").click()
    assert "Skriv varför du behöver uppgifterna." in page.locator("main").inner_text()
    page.get_by_label("Varför behöver du öppna uppgifterna?").fill("Jag tar emot ansökan åt Jonas.")
    page.get_by_role("button", name="Fortsätt").click()
    page.wait_for_url("**/arenden/*/")
    assert Arende.objects.get(insats="LSS-3").text.splitlines() == ["Rad ett.", 'Rad "två".']


def test_a_file_does_not_go_along_and_the_page_says_so(varld: Varld) -> None:
    klient, person = Client(), _person(Vems.ANNANS)
    klient.force_login(varld.anvandare[Roll.HANDLAGGARE])
    svar = klient.post(f"/personer/{person.pk}/uppgifter/", {"fornamn": "Bo", "fil": io.BytesIO(b"x")})
    assert "Filen följer inte med: välj den igen" in svar.content.decode()
    assert _dolda(svar)["fornamn"] == ["Bo"]


def test_a_page_that_was_only_opened_is_gone_to_with_its_question(varld: Varld) -> None:
    klient, person = Client(), _person(Vems.ANNANS)
    klient.force_login(varld.anvandare[Roll.HANDLAGGARE])
    med = _dolda(klient.get(f"/personer/{person.pk}/?visa=beslut"))
    svar = klient.post(f"/personer/{person.pk}/varfor/", med | {"varfor-motiv": "Vikarierar för Jonas."})
    assert (svar.status_code, svar["Location"]) == (302, f"/personer/{person.pk}/?visa=beslut")


def test_the_log_cannot_be_changed(varld: Varld) -> None:
    tillgang.oppna(_begaran(varld, Roll.HANDLAGGARE), _person(Vems.EGEN), sida="akt")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Lasning.objects.update(sida="en annan")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Lasning.objects.all().delete()


def test_persons_are_shared_out_by_a_gruppchef_and_kept_by_their_handlaggare(varld: Varld) -> None:
    maria, gustav = varld.anvandare[Roll.HANDLAGGARE], varld.anvandare[Roll.GRUPPCHEF]
    with pytest.raises(Hindrad, match="gruppchef krävs"):
        tilldela(person=_person(Vems.ANNANS), handlaggare=maria, fran=START, av=maria)
    with pytest.raises(Hindrad, match="krävs för att handlägga"):
        tilldela(person=_person(Vems.ANNANS), handlaggare=varld.anvandare[Roll.CONTROLLER], fran=START, av=gustav)
    ny = tilldela(person=_person(Vems.ANNANS), handlaggare=maria, fran=START, av=gustav)
    assert tilldela(person=_person(Vems.ANNANS), handlaggare=maria, fran=START, av=gustav) == ny
    avsluta_tilldelning(tilldelning=ny, till=i_gar(), av=gustav)
    with pytest.raises(Hindrad, match="redan avslutad"):  # it is not drawn out by who ends it once more
        avsluta_tilldelning(tilldelning=ny, till=klocka.idag(), av=gustav)
    assert not tillgang.inom_uppdrag(maria, _person(Vems.ANNANS), i_gar())
    handelser = Handelse.objects.filter(objekt="person:P-ANNANS").values_list("handling", "av")
    assert list(handelser.order_by("id")) == [("tilldela", gustav.pk), ("avsluta_tilldelning", gustav.pk)]


def test_a_utforare_sees_persons_at_its_enheter_for_a_while_after_the_end(varld: Varld, settings: object) -> None:
    petra = varld.anvandare[Roll.UTFORARE]
    assert {verk.nyckel for verk in synliga(petra, START)} == {"V-EGEN", "V-SKYDDAD"}
    slut = i_gar()
    Verkstallighet.objects.filter(nyckel="V-EGEN").update(till=slut, slutorsak="flytt")
    sista = slut.toordinal() + settings.DAGAR_EFTER_AVSLUT - 1  # type: ignore[attr-defined]
    assert "V-EGEN" in {verk.nyckel for verk in synliga(petra, slut.fromordinal(sista))}
    assert "V-EGEN" not in {verk.nyckel for verk in synliga(petra, slut.fromordinal(sista + 1))}


def test_an_order_that_was_begun_is_seen_as_long_as_the_person(varld: Varld, settings: object) -> None:
    petra, verk = varld.anvandare[Roll.UTFORARE], Verkstallighet.objects.get(nyckel="V-EGEN")
    gustav, enhet = varld.anvandare[Roll.GRUPPCHEF], Enhet.objects.get(nyckel="E-EGEN")
    dag = datetime(2026, 1, 1, 10, tzinfo=STOCKHOLM)
    steg = {"skickad_av": gustav, "besvarad": dag, "besvarad_av": petra, "avslutad": dag, "avslutad_av": petra}
    ett = Bestallning.objects.create(
        beslut=verk.beslut,
        enhet=enhet,
        onskad_start=START,
        start=START,
        skickad=dag,
        status="paborjad",
        verkstallighet=verk,
        **steg,
    )
    assert ett in till_mina(petra)
    settings.IDAG = date(2026, 8, 1)  # type: ignore[attr-defined]
    Verkstallighet.objects.filter(pk=verk.pk).update(till=date(2026, 6, 2), slutorsak="flytt")
    assert ett not in till_mina(petra)
    Verkstallighet.objects.filter(pk=verk.pk).update(till=date(2026, 6, 3))
    assert ett in till_mina(petra)


@pytest.mark.parametrize("status", ["avbojd", "aterkallad"])
def test_an_order_that_came_to_nothing_is_seen_for_as_long_after_that(
    varld: Varld, settings: object, status: str
) -> None:
    petra, enhet = varld.anvandare[Roll.UTFORARE], Enhet.objects.get(nyckel="E-EGEN")
    gustav, beslut = varld.anvandare[Roll.GRUPPCHEF], Beslut.objects.get(nyckel="B-EGEN")
    dag = datetime(2026, 6, 1, 10, tzinfo=STOCKHOLM)
    slut = {"besvarad": dag, "besvarad_av": petra} if status == "avbojd" else {"avslutad": dag, "avslutad_av": gustav}
    ett = Bestallning.objects.create(
        beslut=beslut, enhet=enhet, onskad_start=START, skickad=dag, skickad_av=gustav, status=status, orsak="-", **slut
    )
    klient = Client()
    klient.force_login(petra)
    for idag, syns in ((date(2026, 7, 31), True), (date(2026, 8, 1), False)):
        settings.IDAG = idag  # type: ignore[attr-defined]
        assert (ett in till_mina(petra)) is syns
    assert klient.get(reverse("utforare:inkommen", args=[ett.pk])).status_code == 404


def test_past_months_name_a_person_for_as_long_and_then_by_initials(varld: Varld) -> None:
    petra, enhet = varld.anvandare[Roll.UTFORARE], Enhet.objects.get(nyckel="E-EGEN")
    idag, anna, hemlig = date(2026, 8, 1), _person(Vems.EGEN), _person(Vems.SKYDDAD)
    assert namn_vid(petra, enhet, idag)(anna) == "Anna Ek"
    Verkstallighet.objects.update(till=date(2026, 6, 2), slutorsak="flytt")
    namn = namn_vid(petra, enhet, idag)
    assert (namn(anna), namn(hemlig)) == ("AE 1990", "Skyddade uppgifter")


def test_a_user_reports_for_one_utforare_only(varld: Varld) -> None:
    petra = varld.anvandare[Roll.UTFORARE]
    with pytest.raises(Hindrad, match="olika utförare"):
        satt_enheter(anvandare=petra, enheter=list(Enhet.objects.all()), av=None)
    with pytest.raises(Hindrad, match="har inte rollen utförare"):
        satt_enheter(anvandare=varld.anvandare[Roll.CONTROLLER], enheter=list(Enhet.objects.all()[:1]), av=None)
    satt_enheter(anvandare=petra, enheter=[Enhet.objects.get(nyckel="E-ANNAN")], av=None)
    assert list(Tillhorighet.objects.values_list("enhet__nyckel", flat=True)) == ["E-ANNAN"]
    assert Tilldelning.objects.filter(handlaggare=varld.anvandare[Roll.HANDLAGGARE]).count() == 2
