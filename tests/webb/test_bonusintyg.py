"""A paper that was handed in is given out under a name of its own, and to the utförare while it may see the person."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ersattning.models import Bonusansokan
from grund import klocka
from grund.behorighet import Roll
from grund.models import Handelse
from tests.webb import varld_rapport
from tests.webb.varld import Varld, Vems, bygg
from utforare.models import Verkstallighet

NAMNET = "Anna Ek 900202-9818.pdf"


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    return bygg(tmp_path, varld_rapport.rapport)


def _klient(varld: Varld, roll: Roll) -> Client:
    klient = Client()
    klient.force_login(varld.anvandare[roll])
    return klient


def test_what_the_file_was_called_is_kept_nowhere(varld: Varld) -> None:
    verk = Verkstallighet.objects.get(nyckel="V-EGEN")
    falt = {
        "vems": verk.pk,
        "arbetsgivare": "Kaféet",
        "fran": "2026-05-11",
        "sysselsattningsgrad": "50",
        "anstallningsform": "visstid",
        "intyg": SimpleUploadedFile(NAMNET, varld_rapport.pdf()),
    }
    petra = _klient(varld, Roll.UTFORARE)
    assert petra.post(f"/arbetsbonus/{varld.ids[Vems.EGEN]['enhet']}/ny/", falt).status_code == 302
    ansokan = Bonusansokan.objects.get(arbetsgivare="Kaféet")
    svar = petra.get(f"/arbetsbonus/intyg/{ansokan.pk}/")
    assert svar["Content-Disposition"] == f'attachment; filename="intyg-{ansokan.pk}.pdf"'
    assert svar.content == varld_rapport.pdf()
    kvar = [str(fil) for fil in Path(settings.INTYG_DIR).iterdir()] + [str(vars(ansokan))]
    kvar += [f"{ett.text} {ett.data}" for ett in Handelse.objects.all()]
    for del_ in ("900202", "Anna", "9818"):
        assert not [text for text in kvar if del_ in text]


def test_a_utforare_opens_the_paper_while_it_may_see_the_person_and_no_longer(varld: Varld) -> None:
    petra, ids = _klient(varld, Roll.UTFORARE), varld.ids[Vems.EGEN]
    intyg, lista = f"/arbetsbonus/intyg/{ids['bonusansokan']}/", f"/arbetsbonus/{ids['enhet']}/"
    for dagar, kod in ((settings.DAGAR_EFTER_AVSLUT - 1, 200), (settings.DAGAR_EFTER_AVSLUT, 404)):
        slut = klocka.idag() - timedelta(days=dagar)
        Verkstallighet.objects.filter(nyckel="V-EGEN").update(till=slut, slutorsak="flytt")
        assert petra.get(intyg).status_code == kod
        assert (intyg in petra.get(lista).content.decode()) == (kod == 200)
    assert _klient(varld, Roll.CONTROLLER).get(f"/bonusansokningar/{ids['bonusansokan']}/intyg/").status_code == 200
