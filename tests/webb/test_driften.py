"""Driften: what the systemförvaltare sees and does, on a computer, on a phone, and without scripts."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from ersattning.models import Korning
from ersattning.regler import Status
from grund import klocka
from grund.behorighet import Roll
from grund.insyn import halsa
from grund.insyn.modeller import Jobb, Langsamhet, Uppgiftsfel
from grund.models import Anvandare, Handelse
from grund.text import manad_i_ord
from grund.tid import Manad
from tests.webb.conftest import Granskning
from tests.webb.webblasare import LOSENORD, Sida
from uppfoljning.driften import attgora


@pytest.fixture
def sven(live_server: Any) -> Anvandare:
    return Anvandare.objects.create_user(
        "sven", None, LOSENORD, first_name="Sven", last_name="Åberg", roller=[Roll.SYSTEMFORVALTARE]
    )


def _fel() -> Uppgiftsfel:
    nu = klocka.nu()
    return Uppgiftsfel.objects.create(
        namn="ersattning.tasks.rakna_del",
        objekt="delkorning_id 412",
        felklass="django.db.utils.DataError",
        mening="22003: value is out of range for type integer",
        begaran="k7pm-2fqt-9wxz",
        forst=nu - timedelta(hours=3),
        senast=nu,
    )


def test_a_failed_task_is_found_and_acknowledged(sida: Sida, sven: Anvandare, granska_overallt: Granskning) -> None:
    halsa.glom()
    felet, nu = _fel(), klocka.nu()
    Jobb.objects.create(namn="uppfoljning.tasks.natt", startat=nu, slutat=nu, lyckades=nu, utfall="klart", sekunder=2.5)
    Langsamhet.objects.create(
        avtryck="a", slag="fraga", plats="beslut:akt", text="SELECT 1", antal=3, varsta=1, totalt=2, forst=nu, senast=nu
    )
    for adress in ("/driften/", "/driften/misslyckade/", f"/driften/misslyckade/{felet.pk}/", "/driften/langsamt/"):
        granska_overallt(adress, sven)
    page = sida.oppna("/")
    assert "1 uppgift har misslyckats" in page.locator("#larm").inner_text().replace("\u00a0", " ")
    page.get_by_role("link", name="Öppna dem").click()
    page.get_by_role("link", name="Räkna en del av en månad").click()
    page.get_by_label("Vad du har gjort").fill("Tog bort 199002029818.")
    page.get_by_role("button", name="Kvittera").click()
    assert "ser ut att innehålla ett personnummer" in page.locator("main").inner_text()
    page.get_by_label("Vad du har gjort").fill("Rättade avtalet och körde igen.")
    page.get_by_role("button", name="Kvittera").press("Enter")
    page.get_by_text("Felet är kvitterat.").wait_for()
    assert Handelse.objects.get(handling="kvittera_uppgiftsfel").av == sven


@pytest.mark.django_db
def test_each_sees_the_alarms_that_are_theirs_and_the_command_says_all() -> None:
    _fel()
    sven = Anvandare.objects.create_user("sven", roller=[Roll.SYSTEMFORVALTARE])
    klara = Anvandare.objects.create_user("klara", roller=[Roll.CONTROLLER])
    for vem, ser in ((sven, True), (klara, False)):
        klient = Client()
        klient.force_login(vem)
        assert ("har misslyckats, och ingen" in klient.get("/").content.decode()) is ser
    ut = StringIO()
    with pytest.raises(SystemExit) as slut:
        call_command("larm", stdout=ut)
    assert slut.value.code == 1
    assert "uppgifter_misslyckade: 1" in ut.getvalue()


@pytest.mark.django_db
def test_an_alarm_of_a_month_leads_to_a_page_that_is_open_to_who_sees_it() -> None:
    manad = Manad.av(klocka.idag()).plus(-3)
    Korning.objects.create(manad=manad.fran, status=Status.BERAKNAS, startad=klocka.nu())
    for roll, leder in ((Roll.SYSTEMFORVALTARE, "/driften/"), (Roll.CONTROLLER, "/korningar/")):
        vem = Anvandare.objects.create_user(roll, roller=[roll])
        (grupp,) = attgora.grupper(vem, klocka.idag(), alla=False)
        (ett,) = [ett for ett in grupp.uppgifter if manad_i_ord(manad) in ett.vem]
        assert ett.nasta_adress == leder
        assert ("Controllern" in ett.vad) is (roll == Roll.SYSTEMFORVALTARE)
        klient = Client()
        klient.force_login(vem)
        assert klient.get(leder).status_code == 200
