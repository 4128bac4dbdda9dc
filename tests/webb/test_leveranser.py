"""Statistics to Socialstyrelsen on the pages: made, checked, taken out by those who may, and handed in."""

import json
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from beslut.models import Lasning
from grund.datapaket.actions import las_in
from grund.models import Anvandare, Handelse
from tests.uppfoljning.test_kolada import RUBRIK as KOLADA_RUBRIK
from tests.uppfoljning.test_leveranser import paketet
from tests.webb.conftest import Granskning
from tests.webb.webblasare import Sida
from uppfoljning.leveranser.atgarder import lagg_in_grundlayouter
from uppfoljning.models import Leverans, Leveranslayout
from uppfoljning.uppgifter.inlasning import las_in_uppgifter
from uppfoljning.uppgifter.register import SLAG

NU = datetime(2026, 1, 9, 9, tzinfo=UTC)
ENKAT = "enhet_id;enkat;kon;tillfragade;svarande;omrade;fraga;svar;positiva\n" + "".join(
    f"{enhet};daglig_verksamhet;T;{antal + 3};{antal};{omrade};{fraga};{antal};{antal - 1}\n"
    for enhet, antal in (("E1", 9), ("E2", 3), ("E3", 7))
    for omrade, fraga in (("trivsel", "Trivs du?"), ("bemotande", "Lyssnar de?"))
)
FILER = {
    ("statistikenheter", ""): "enhet_id;boendeform;kommun\nE2;bostad;0180\n",
    ("brukarundersokning", "2025"): ENKAT,
    ("kolada-nyckeltal", ""): "kpi;titel;matt;eget;varfor\nU99901;Personer;antal;lss_daglig;Samma personer räknas.\n",
    ("kolada-kommuner", ""): "kommun;namn\n9990;Ekstad\n9991;Granvik\n",
    ("kolada-varden", ""): f"{KOLADA_RUBRIK}U99901;9990;2025;T;7;\nU99901;9991;2025;T;9;\n",
}


@pytest.fixture
def ekstad(live_server: LiveServer, klara: Anvandare, tmp_path: Path, settings: LazySettings) -> Anvandare:
    """What deliveries and the reports beside them are counted from. klara may do all of it."""
    settings.IDAG = date(2026, 6, 3)
    for namn, text in paketet().items():
        (tmp_path / f"{namn}.csv").write_text(text, encoding="utf-8")
    las_in(tmp_path, av=None)
    for (slag, period), text in FILER.items():
        las_in_uppgifter(
            slag=SLAG[slag], period=period, innehall=text.encode(), filnamn="f", kalla="Källan", av=None, nu=NU
        )
    lagg_in_grundlayouter(av=klara, nu=NU)
    return klara


def _utkast(klient: Client) -> Leverans:
    svar = klient.post(reverse("uppfoljning:leveranser"), {"vad": "lss:2025-10-01"})
    assert svar.status_code == 302
    return Leverans.objects.get(status="utkast")


def test_the_pages_stand_every_trial(granska_overallt: Granskning, ekstad: Anvandare) -> None:
    klient = Client()
    klient.force_login(ekstad)
    pk = _utkast(klient).pk
    klient.post(reverse("uppfoljning:leverans", args=[pk]), {"lamnad": "2026-06-03", "varningar_lasta": "on"})
    ny = _utkast(klient).pk
    layout = Leveranslayout.objects.get(slag="lss").pk
    for adress in (
        "/rapporter/leveranser/alla/",
        f"/rapporter/leveranser/{ny}/",
        f"/rapporter/leveranser/layouter/{layout}/",
        "/rapporter/brukarundersokning/",
        "/rapporter/kolada/",
    ):
        granska_overallt(adress, ekstad, namn=adress.strip("/").replace("/", "-"))


def test_a_file_is_made_read_and_handed_in_without_scripts(utan_skript: Sida, ekstad: Anvandare) -> None:
    page = utan_skript.logga_in(ekstad).oppna("/rapporter/leveranser/alla/")
    page.get_by_label("Vad ska lämnas?").select_option("lss:2025-10-01")
    page.get_by_role("button", name="Gör utkastet").click()
    expect(page.get_by_text("Utkastet är gjort och kontrollerat.")).to_be_visible()
    page.get_by_role("button", name="Notera som lämnad").click()
    expect(page.locator("#felsumma")).to_contain_text("Läs varningarna")
    page.locator("label", has_text="Jag har läst varningarna").click()
    page.get_by_role("button", name="Notera som lämnad").click()
    expect(page.get_by_text("Den står nu som den är.")).to_be_visible()
    expect(page.get_by_role("button", name="Kasta utkastet")).to_have_count(0)


def test_the_file_is_for_those_who_may_see_the_protected_and_everybody_in_it_is_logged(
    ekstad: Anvandare, gustav: Anvandare
) -> None:
    klient = Client()
    klient.force_login(ekstad)
    leverans = _utkast(klient)
    fil = reverse("uppfoljning:leveransens_fil", args=[leverans.pk])
    assert klient.get(fil).status_code == 403
    assert not Lasning.objects.filter(sida__startswith="fil med statistik").exists()
    Anvandare.objects.filter(pk=gustav.pk).update(ser_skyddade=True)
    klient.force_login(gustav)
    svar = klient.get(fil)
    assert svar.content.startswith(b"19900202-9818;1;")
    assert svar["Cache-Control"] == "no-store"
    lasta = Lasning.objects.filter(sida="fil med statistik till Socialstyrelsen", anvandare=gustav)
    assert set(lasta.values_list("person__nyckel", flat=True)) == {"P1", "P2"}
    bok = openpyxl.load_workbook(
        BytesIO(klient.get(reverse("uppfoljning:leveransens_protokoll", args=[leverans.pk])).content)
    )
    assert bok.sheetnames[:2] == ["Kontroller", "Antal i varje kolumn"]
    sidan = klient.get(reverse("uppfoljning:leverans", args=[leverans.pk])).content.decode()
    assert "199002029818" not in sidan
    assert "19900202-9818" not in sidan
    assert not Handelse.objects.filter(text__contains="9818").exists()
    klient.post(reverse("uppfoljning:kasta_leverans", args=[leverans.pk]))
    assert klient.get(fil).status_code == 404


def test_a_layout_is_changed_as_a_new_version_and_what_is_wrong_is_told(ekstad: Anvandare) -> None:
    klient = Client()
    klient.force_login(ekstad)
    layout = Leveranslayout.objects.get(slag="lss")
    adress = reverse("uppfoljning:ny_leveranslayout", args=[layout.pk])
    falt = {"slag": "lss", "fran": "2025-10-01", "kalla": "Filbeskrivning 2025"}
    for definition, fel in (("{", "inte JSON: något är fel på rad 1"), ("[]", "inga andra")):
        assert fel in klient.post(adress, {**falt, "definition": definition}).content.decode()
    ny = {**layout.definition, "rubrikrad": True}
    assert klient.post(adress, {**falt, "definition": json.dumps(ny)}).status_code == 302
    andra = Leveranslayout.objects.get(slag="lss", version=2)
    sida = reverse("uppfoljning:leveranslayout", args=[andra.pk])
    assert klient.post(sida, {"mot": "Filbeskrivning 2025"}).status_code == 302
    assert "Filbeskrivning 2025" in klient.get(sida).content.decode()
    assert _utkast(klient).layout == andra


def test_answers_of_few_are_on_no_page(ekstad: Anvandare) -> None:
    klient = Client()
    klient.force_login(ekstad)
    sida = klient.get(reverse("uppfoljning:rapport", args=["brukarundersokning"])).content.decode()
    assert "Sammanslagna enheter (2)" in sida
    assert "Asken" not in sida
    fil = klient.get(reverse("uppfoljning:uppgiftsslag", args=["brukarundersokning"])).content.decode()
    adress = fil.partition('href="/rapporter/uppgifter/fil/')[2].partition('"')[0]
    rader = klient.get(f"/rapporter/uppgifter/fil/{adress}").content.decode()
    assert "visas inga rader här" in rader
    assert "Lyssnar de?" not in rader
