"""What a utförare is paid for: its own rows and files of settled months, and nobody else's."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from beslut.models import Lasning
from ersattning.filer import lager
from ersattning.models import Ersattningsrad, Fil, Korning
from ersattning.models.fil import Filslag
from grund.models import Anvandare
from tests.kedja import direkt
from tests.rapportering.conftest import NU, Omsorg
from tests.rapportering.conftest import bygg as bygg_omsorg
from tests.webb.conftest import Granskning
from utforare.actions.tillhorighet import satt_enheter
from utforare.models import Utforare

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def omsorg(live_server: LiveServer, tmp_path: Path, settings: object) -> Omsorg:
    """April is settled, and both utförare have a file."""
    settings.IDAG = date(2026, 6, 3)  # type: ignore[attr-defined]
    settings.FILER_DIR = tmp_path / "filer"  # type: ignore[attr-defined]
    omsorg = bygg_omsorg(tmp_path)
    direkt.kor("2026-04")
    direkt.faststall("2026-04")
    for nyckel in ("U1", "U2"):
        _fil(Utforare.objects.get(nyckel=nyckel))
    return omsorg


def _fil(utforare: Utforare) -> Fil:
    plats = lager.plats(f"2026-04/{utforare.nyckel}.pdf")
    plats.parent.mkdir(parents=True, exist_ok=True)
    plats.write_bytes(b"%PDF-specifikationen")
    avtryck = lager.avtryck(plats)
    return Fil.objects.create(
        korning=Korning.objects.get(),
        utforare=utforare,
        slag=Filslag.SPECIFIKATION_PDF,
        sokvag=f"2026-04/{utforare.nyckel}.pdf",
        sha256=avtryck.sha256,
        storlek=avtryck.storlek,
        skapad=NU,
    )


@pytest.fixture
def klient(omsorg: Omsorg) -> Client:
    klient = Client()
    klient.force_login(omsorg.ulla)
    return klient


def _text(klient: Client, adress: str) -> str:
    svar = klient.get(adress)
    assert svar.status_code == 200
    return svar.content.decode().replace("\xa0", " ")


def test_the_month_is_summed_by_artikel_and_told_row_by_row(klient: Client, omsorg: Omsorg) -> None:
    """Nine halves of Bo's at 600 kr, and 30 days of Erik's housing at 3 000 kr."""
    manad = _text(klient, "/underlag/2026-04/")
    assert "5 400,00 kr" in manad
    assert "90 000,00 kr" in manad
    assert "95 400,00 kr" in manad
    rader = _text(klient, f"/underlag/2026-04/{omsorg.enhet().pk}/")
    assert "Bo Gran" in rader
    assert "Erik Alm" not in rader  # another enhet


def test_own_files_and_explanations_are_given_out_and_others_are_not_there(klient: Client, omsorg: Omsorg) -> None:
    egen, annans = (Fil.objects.get(utforare__nyckel=nyckel) for nyckel in ("U1", "U2"))
    svar = klient.get(f"/underlag/filer/{egen.pk}/")
    assert b"".join(svar.streaming_content) == b"%PDF-specifikationen"  # type: ignore[attr-defined]
    assert klient.get(f"/underlag/filer/{annans.pk}/").status_code == 404
    lasta = set(
        Lasning.objects.filter(anvandare=omsorg.ulla, sida="underlag för ersättning, fil").values_list("person")
    )
    i_filen = set(Ersattningsrad.objects.filter(utforare__nyckel="U1").values_list("person"))
    assert lasta == i_filen != set()
    rad = Ersattningsrad.objects.get(verkstallighet_nyckel="V2")
    assert klient.get(f"/underlag/rader/{rad.pk}/forklaring.pdf").content.startswith(b"%PDF")
    ovan = Anvandare.objects.create_user("ovan", roller=["utforare"])
    satt_enheter(anvandare=ovan, enheter=[omsorg.enhet("AN")], av=None)
    andra = Client()
    andra.force_login(ovan)
    assert andra.get(f"/underlag/rader/{rad.pk}/forklaring.pdf").status_code == 404
    assert andra.get(f"/underlag/2026-04/{omsorg.enhet().pk}/").status_code == 404


def test_a_row_of_ones_own_utforare_but_another_enhet_is_not_there(omsorg: Omsorg) -> None:
    satt_enheter(anvandare=omsorg.ulla, enheter=[omsorg.enhet("HEM")], av=None)
    klient = Client()
    klient.force_login(omsorg.ulla)
    rad = Ersattningsrad.objects.get(verkstallighet_nyckel="V2")
    assert klient.get(f"/underlag/rader/{rad.pk}/forklaring.pdf").status_code == 404


def test_a_file_that_tells_of_others_enheter_is_not_given_out(omsorg: Omsorg) -> None:
    satt_enheter(anvandare=omsorg.ulla, enheter=[omsorg.enhet("HEM")], av=None)
    klient = Client()
    klient.force_login(omsorg.ulla)
    egen = Fil.objects.get(utforare__nyckel="U1")
    assert klient.get(f"/underlag/filer/{egen.pk}/").status_code == 404
    for adress in ("/underlag/", "/underlag/2026-04/"):
        assert "Filerna gäller alla enheter hos er." in _text(klient, adress)
        assert f"/underlag/filer/{egen.pk}/" not in _text(klient, adress)


def test_a_month_that_is_not_settled_is_not_there(klient: Client) -> None:
    direkt.kor("2026-05")
    assert klient.get("/underlag/2026-05/").status_code == 404
    assert "maj 2026" not in _text(klient, "/underlag/").lower()


def test_an_altered_file_is_not_given_out(klient: Client) -> None:
    egen = Fil.objects.get(utforare__nyckel="U1")
    lager.plats(egen.sokvag).write_bytes(b"annat")
    assert klient.get(f"/underlag/filer/{egen.pk}/").status_code == 302


def test_the_pages_stand_in_every_browser(granska_overallt: Granskning, omsorg: Omsorg) -> None:
    for adress in ("/underlag/", "/underlag/2026-04/", f"/underlag/2026-04/{omsorg.enhet().pk}/"):
        granska_overallt(adress, omsorg.ulla)
