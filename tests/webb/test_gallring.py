"""A gallring in the browser: proposed by nora, decided by gustav on a phone, carried out, and its protocol read."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from beslut.actions.tilldelning import tilldela
from beslut.models import Person
from demokommun.gallring import lagg_upp_gallring
from grund.behorighet import Roll
from grund.datapaket.actions import las_in
from grund.models import Anvandare
from tests.webb import varld
from tests.webb.webblasare import Sida
from uppfoljning.models import Gallringslista

HART = "\N{NO-BREAK SPACE}"
IDAG = date(2026, 6, 3)

pytestmark = pytest.mark.django_db(transaction=True)


def _text(sida: Sida) -> str:
    return sida.page.locator("main").inner_text().replace(HART, " ")


def test_a_list_goes_from_proposal_to_protocol(
    gustav: Anvandare,
    sida: Sida,
    mobil: Sida,
    utan_skript: Sida,
    tmp_path: Path,
    settings: object,
) -> None:
    settings.IDAG = IDAG  # type: ignore[attr-defined]
    for namn, text in varld.PAKET.items():
        (tmp_path / f"{namn}.csv").write_text(text, encoding="utf-8")
    las_in(tmp_path, av=None)
    maria, nora = _ny("maria", Roll.HANDLAGGARE), _ny("nora", Roll.NAMNDSEKRETERARE)
    lagg_upp_gallring(IDAG)
    tilldela(person=Person.objects.get(nyckel="GA11"), handlaggare=maria, fran=IDAG, av=None)

    _foresla(sida.logga_in(nora))
    _besluta(mobil.logga_in(gustav))
    call_command("gallra", verbosity=0)
    _protokoll(utan_skript.logga_in(gustav))
    assert not Person.objects.filter(nyckel="GA01").exists()
    assert Person.objects.filter(nyckel="GA07").exists()
    _stoppet(mobil.logga_in(maria))


def _ny(namn: str, roll: Roll) -> Anvandare:
    return Anvandare.objects.create_user(namn, roller=[roll])


def _foresla(sida: Sida) -> None:
    page = sida.oppna("/gallring/")
    text = _text(sida)
    assert "GA02" in text
    assert "Skyddade uppgifter" in text
    assert "Inga Friberg" not in text
    for skal in ("den 5:e", "den 25:e", "9 § 8", "Överklagandet av BGA10", "akten är begärd utlämnad"):
        assert skal in text, skal
    assert "Ska gallras hos privata utförare" in text
    assert "Räkenskapsår" in text
    sida.granska("gallring")
    page.get_by_role("button", name="Föreslå en lista", exact=True).click()
    page.get_by_text("är föreslagen. Nu ska en gruppchef besluta.").wait_for()
    assert "krävs för att besluta om gallring" in _text(sida)
    sida.granska("gallringslista")
    sida.oppna("/gallring/tabell/")
    assert "Texter i utredningar" in _text(sida)
    sida.granska("gallringstabell")


def _besluta(mobil: Sida) -> None:
    page = mobil.oppna("/")
    page.get_by_role("link", name="Besluta").first.click()
    mobil.granska("gallringslista-beslut")
    page.get_by_text("Listan ska inte gallras").click()
    page.get_by_role("button", name="Avslå listan").click()
    page.locator("[aria-invalid=true]").first.wait_for()
    mobil.granska("gallringslista-avslag")
    page.get_by_role("button", name="Besluta att gallra 6 personer").click()
    page.get_by_text("En systemförvaltare genomför listan med kommandot").wait_for()


def _protokoll(sida: Sida) -> None:
    lista = Gallringslista.objects.get()
    sida.oppna(f"/gallring/{lista.pk}/")
    text = _text(sida)
    assert "Gallrad person" in text
    assert "GA01" not in text
    assert lista.sha256 in text
    sida.granska("gallringsprotokoll")
    svar = sida.page.request.get(f"{sida.adress}/gallring/{lista.pk}/protokoll.pdf")
    assert svar.status == 200
    assert svar.body().startswith(b"%PDF-")


def _stoppet(mobil: Sida) -> None:
    person = Person.objects.get(nyckel="GA11")
    page = mobil.oppna(f"/gallring/stopp/{person.pk}/")
    assert "akten är begärd utlämnad" in _text(mobil)
    mobil.granska("gallringsstopp")
    page.get_by_role("button", name="Häv stoppet").click()
    page.get_by_text("Stoppet är hävt.").wait_for()
    assert "Akten står med när en lista föreslås" in _text(mobil)
