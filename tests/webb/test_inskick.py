"""A form that is sent twice is stored once, whoever made the form: the guard is on every page that takes one."""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import lxml.html
import pytest
from django.contrib.messages import get_messages
from django.db import connection, models
from django.db.models.functions import Now
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import expect

from beslut.models import Delegation, Kommunicering, Lasning, Loggkontroll, Uppfoljning
from beslut.regler import Insats
from grund import klocka
from grund.behorighet import Roll
from grund.inskick import REDAN
from grund.models import Inskick
from grund.tasks import stada
from tests.webb.adresser import ADRESSER
from tests.webb.varld import Varld, Vems, bygg
from tests.webb.varld_arenden import arenden
from tests.webb.varld_rapport import rapport
from tests.webb.webblasare import Sida
from utforare.models import Avtal, Drojsmal, Erbjudande, PlaneratBesok

FORSTA = "*"  # the first that there is to choose
ERBJUDANDE = {"datum": "2026-06-03", "vad": "En plats på Eken."}
# Forms that only add a row: nothing in their action would stop a second one.
LAGGER_TILL: list[tuple[Roll, str, dict[str, str], type[models.Model]]] = [
    (Roll.HANDLAGGARE, "utforare:erbjud", ERBJUDANDE, Erbjudande),
    (Roll.HANDLAGGARE, "utforare:orsak", {"kod": "plats", "text": "Ingen plats är ledig."}, Drojsmal),
    (
        Roll.HANDLAGGARE,
        "beslut:uppfoljning",
        {"dag": "2026-06-02", "satt": "mote", "resultat": "fortsatt", "text": "Det går bra.", "nasta": "2027-06-02"},
        Uppfoljning,
    ),
    (
        Roll.HANDLAGGARE,
        "beslut:kommunicering",
        {"dag": "2026-06-02", "satt": "brev", "text": "Inga synpunkter."},
        Kommunicering,
    ),
    (
        Roll.GRUPPCHEF,
        "beslut:ny_loggkontroll",
        {"fran": "2026-01-01", "sista": klocka.idag().isoformat(), "storlek": "1"},
        Loggkontroll,
    ),
    (
        Roll.GRUPPCHEF,
        "beslut:delegation",
        {"roll": "gruppchef", "insats": Insats.KONTAKTPERSON.value, "fran": "2026-06-03"},
        Delegation,
    ),
    (
        Roll.UTFORARE,
        "utforare:planera_besok",
        {"vems": FORSTA, "dag": "2026-06-04", "start": "09:00", "slut": "10:00", "till_och_med": "2026-06-18"},
        PlaneratBesok,
    ),
]


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    return bygg(tmp_path, arenden, rapport)


def _klient(varld: Varld, roll: Roll) -> Client:
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(varld.anvandare[roll])
    return klient


def _adress(varld: Varld, namn: str) -> str:
    return ADRESSER[namn].mall.format(**varld.ids[Vems.EGEN])


def _falt(klient: Client, adress: str, ifyllt: Mapping[str, str]) -> dict[str, str]:
    """What the page's form would send with this filled in."""
    form = next(
        form
        for form in lxml.html.fromstring(klient.get(adress).content).xpath("//main//form[@method='post']")
        if all(form.xpath(f".//*[@name='{namn}']") for namn in ifyllt)
    )
    falt = {ett.get("name"): ett.get("value", "") for ett in form.xpath(".//input[@type='hidden']")}
    for namn, varde in ifyllt.items():
        val = form.xpath(f".//select[@name='{namn}']//option[@value!='']/@value")
        falt[namn] = val[0] if varde == FORSTA else varde
    return falt


def _sparade() -> list[str]:
    """Offers that were noted after the world was made, in the order of noting."""
    return list(Erbjudande.objects.exclude(vad="En plats").order_by("pk").values_list("vad", flat=True))


def _sagt(svar: HttpResponse) -> list[str]:
    return [str(ett) for ett in get_messages(svar.wsgi_request)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("roll", "namn", "ifyllt", "modell"), LAGGER_TILL, ids=lambda ett: str(ett)[:40])
def test_a_form_that_is_sent_twice_makes_one_row_and_leads_to_the_same_place(
    varld: Varld, roll: Roll, namn: str, ifyllt: dict[str, str], modell: type[models.Model]
) -> None:
    klient, adress = _klient(varld, roll), _adress(varld, namn)
    maria, person = varld.anvandare[Roll.HANDLAGGARE], varld.ids[Vems.EGEN]["person"]
    Lasning.objects.create(anvandare=maria, person_id=person, sida="akt")  # for the control to draw
    Avtal.objects.filter(utforare__nyckel="U-EGEN").update(modell="utford_tid")  # so that there are visits to plan
    fore, falt = modell.objects.count(), _falt(klient, adress, ifyllt)
    forsta = klient.post(adress, falt)
    assert forsta.status_code == 302, lxml.html.fromstring(forsta.content).xpath("string(//*[@id='felsumma'])")
    efter = modell.objects.count()
    assert efter > fore
    andra = klient.post(adress, falt)
    assert (andra.status_code, andra["Location"]) == (302, forsta["Location"])
    assert modell.objects.count() == efter
    assert REDAN in _sagt(andra)


def test_the_same_again_from_a_page_that_is_opened_anew_is_meant(varld: Varld) -> None:
    klient, adress = _klient(varld, Roll.HANDLAGGARE), _adress(varld, "utforare:erbjud")
    for antal in (1, 2):
        assert klient.post(adress, _falt(klient, adress, ERBJUDANDE)).status_code == 302
        assert _sparade() == [ERBJUDANDE["vad"]] * antal


def test_two_open_tabs_do_not_disturb_each_other(varld: Varld) -> None:
    klient, adress = _klient(varld, Roll.HANDLAGGARE), _adress(varld, "utforare:erbjud")
    flikar = [_falt(klient, adress, ERBJUDANDE | {"vad": vad}) for vad in ("Plats på Eken", "Plats på Ask")]
    for falt in reversed(flikar):
        assert klient.post(adress, falt).status_code == 302
    assert _sparade() == ["Plats på Ask", "Plats på Eken"]


def test_who_goes_back_and_writes_something_else_is_heard(varld: Varld) -> None:
    klient, adress = _klient(varld, Roll.HANDLAGGARE), _adress(varld, "utforare:erbjud")
    falt = _falt(klient, adress, ERBJUDANDE)
    klient.post(adress, falt)
    assert REDAN not in _sagt(klient.post(adress, falt | {"vad": "En annan plats"}))
    assert _sparade() == [ERBJUDANDE["vad"], "En annan plats"]


def test_what_was_refused_may_be_sent_again_as_it_is(varld: Varld) -> None:
    klient, adress = _klient(varld, Roll.HANDLAGGARE), _adress(varld, "utforare:erbjud")
    falt = _falt(klient, adress, ERBJUDANDE | {"vad": ""})
    for _ in range(2):
        svar = klient.post(adress, falt)
        assert svar.status_code == 200
        assert "Skriv vad personen erbjöds." in svar.content.decode()
    assert not Inskick.objects.exists()


def test_a_step_that_was_refused_and_led_on_is_not_said_to_be_saved(varld: Varld) -> None:
    klient = _klient(varld, Roll.HANDLAGGARE)
    arende = _adress(varld, "beslut:arende")
    token = lxml.html.fromstring(klient.get(arende).content).xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]
    for _ in range(2):
        svar = klient.post(_adress(varld, "beslut:underteckna"), {"csrfmiddlewaretoken": token, "version": "0"})
        assert svar.status_code == 302
        assert REDAN not in _sagt(svar)
    assert not Inskick.objects.exists()


def test_each_page_has_a_token_of_its_own(varld: Varld) -> None:
    """What the guard rests on: Django masks the token anew each time that a page is made."""
    klient, adress = _klient(varld, Roll.HANDLAGGARE), _adress(varld, "utforare:erbjud")
    tokens = {_falt(klient, adress, ERBJUDANDE)["csrfmiddlewaretoken"] for _ in range(3)}
    assert len(tokens) == 3


def test_what_no_page_can_send_again_is_cleared_away(varld: Varld, settings: Any) -> None:
    klient, adress = _klient(varld, Roll.HANDLAGGARE), _adress(varld, "utforare:erbjud")
    klient.post(adress, _falt(klient, adress, ERBJUDANDE))
    stada()
    assert Inskick.objects.count() == 1
    Inskick.objects.update(skickat=Now() - timedelta(seconds=settings.SESSION_COOKIE_AGE + 60))
    stada()
    assert not Inskick.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_that_come_at_once_one_is_stored(tmp_path: Path) -> None:
    varld = bygg(tmp_path, arenden, rapport)
    klient, adress = _klient(varld, Roll.HANDLAGGARE), _adress(varld, "utforare:erbjud")
    falt, start = _falt(klient, adress, ERBJUDANDE), Barrier(4)

    def skicka() -> tuple[int, str]:
        egen = Client(enforce_csrf_checks=True)
        egen.cookies = klient.cookies
        start.wait()
        try:
            svar = egen.post(adress, falt)
            return svar.status_code, svar["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as arbetare:
        svaren = [ett.result() for ett in [arbetare.submit(skicka) for _ in range(4)]]
    assert len(set(svaren)) == 1
    assert svaren[0][0] == 302
    assert _sparade() == [ERBJUDANDE["vad"]]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_stores_one(tmp_path: Path, sida: Sida, mobil: Sida) -> None:
    varld = bygg(tmp_path, arenden, rapport)
    for nummer, flik in enumerate((sida, mobil), 1):
        page = flik.logga_in(varld.anvandare[Roll.HANDLAGGARE]).oppna(_adress(varld, "utforare:erbjud"))
        page.get_by_label("Vad personen erbjöds").fill(ERBJUDANDE["vad"])
        page.get_by_role("button", name="Spara erbjudandet").dblclick()
        # Looks again and again: a wait for one navigation fails when the second click breaks off what the first began.
        expect(page).to_have_url(re.compile("/utforande/$"))
        page.wait_for_load_state()
        assert _sparade() == [ERBJUDANDE["vad"]] * nummer
        flik.anmarkningar = [rad for rad in flik.anmarkningar if not rad.startswith("misslyckades")]  # the first click
        flik.granska("dubbelklick")


def test_only_steps_that_send_work_on_commit_by_themselves() -> None:
    """Each of them bears to be sent twice: a körning or a simulering is under way, a month is settled, files are there
    already, a year's reports have just been ordered."""
    rot = Path(__file__).resolve().parents[2]
    med = {str(fil.relative_to(rot)) for fil in rot.glob("*/views/*.py") if "egen_transaktion=True" in fil.read_text()}
    assert med == {
        *(f"ersattning/views/{namn}.py" for namn in ("steg", "simulering", "prognos")),
        "uppfoljning/views/arssats.py",
        "uppfoljning/views/gallring.py",
    }
