"""A month for which närvaro or visits never came says so, and goes on only when somebody has said that they know."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from ersattning import actions
from ersattning.manadsunderlag import luckmeningar, luckor
from ersattning.models import Korning, Manadsunderlag
from ersattning.regler import Status
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from grund.tid import Manad
from tests.kedja import direkt
from tests.webb.conftest import Granskning
from tests.webb.webblasare import Sida
from utforare.models import Utforare
from utforare.regler import Modell

EXEMPEL = Path(__file__).parents[1] / "exempel"
MAJ = Manad(2025, 5)
INGEN = "Ingen närvaro är registrerad för maj 2025 hos Utförare SLL (1 verkställighet)."

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def maj(tmp_path: Path, settings: object) -> Korning:
    """The utförare's närvaro of April is there (V2, modell närvaro), that of May is not."""
    settings.FILER_DIR = tmp_path / "filer"  # type: ignore[attr-defined]
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-1")
    return direkt.kor("2025-05")


def test_what_is_registered_is_counted_when_the_month_is_calculated(maj: Korning) -> None:
    april = direkt.kor("2025-04")
    (rad,) = Manadsunderlag.objects.filter(korning=april)
    assert (rad.modell, rad.verkstalligheter, rad.rapporterade, rad.poster) == (Modell.NARVARO, 1, 1, 13)
    assert luckor(april) == []
    (rad,) = Manadsunderlag.objects.filter(korning=maj)
    assert (rad.verkstalligheter, rad.rapporterade, rad.poster) == (1, 0, 0)


def test_visits_are_counted_where_the_avtal_pays_for_them(klara: Anvandare) -> None:
    direkt.las_in(EXEMPEL / "3-boendestod-ledsagning-tid" / "paket")
    med, utan = direkt.kor("2021-03"), direkt.kor("2021-04")
    rader = Manadsunderlag.objects.filter(korning=med)
    assert {rad.modell for rad in rader} == {Modell.UTFORD_TID}
    assert all(rad.poster >= rad.rapporterade > 0 for rad in rader)
    assert luckor(med) == []
    assert luckor(utan)[0].startswith("Inga besök är registrerade för april 2021 hos ")


def test_an_individavtal_that_pays_by_the_day_needs_no_narvaro(tmp_path: Path, maj: Korning) -> None:
    avtal = (
        "avtal_id;utforare_id;insats;avtalsform;person_id;prislista_id;modell;fran\n"
        "AI;SLL;LSS-10;individavtal;P2;DV;manad;2025-05-01\n"
    )
    paket = tmp_path / "individavtal"
    paket.mkdir()
    (paket / "avtal.csv").write_text(avtal, encoding="utf-8")
    direkt.las_in(paket)
    assert luckor(direkt.kor("2025-05")) == []


def test_the_month_names_who_has_registered_nothing(
    maj: Korning, klara: Anvandare, granska_overallt: Granskning
) -> None:
    granska_overallt("/korningar/2025-05/", klara, namn="utan-underlag")
    granska_overallt("/korningar/2025-05/granska/", klara, namn="utan-underlag-granska")
    klient = Client()
    klient.force_login(klara)
    text = klient.get("/korningar/2025-05/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert INGEN in text
    assert "0 registrerade dagar. Inget från 1 utförare." in text
    assert "Inget registrerat" in text


def test_many_are_counted_and_all_are_not_named() -> None:
    def ett(namn: str, rapporterade: int) -> Manadsunderlag:
        utforare = Utforare(namn=namn)
        return Manadsunderlag(utforare=utforare, modell=Modell.NARVARO, verkstalligheter=2, rapporterade=rapporterade)

    alla = [ett(namn, 0) for namn in "ABCDE"]
    hart = "\N{NO-BREAK SPACE}"
    assert f"maj 2025 hos någon utförare (10{hart}verkställigheter)." in luckmeningar(MAJ, alla)[0]
    assert f"maj 2025 hos A, B, C och 2 till (10{hart}verkställigheter)." in luckmeningar(MAJ, [*alla, ett("F", 1)])[0]
    assert luckmeningar(MAJ, [ett("F", 1)]) == []


def test_two_people_say_that_they_know_and_the_events_remember(
    maj: Korning, klara: Anvandare, gustav: Anvandare, sida: Sida, mobil: Sida
) -> None:
    Korning.objects.filter(pk=maj.pk).update(beraknad_av=None)
    page = sida.logga_in(klara).oppna("/korningar/2025-05/")
    page.get_by_role("link", name="Klar med granskning …").click()
    page.get_by_role("button", name="Klar med granskning").click()
    assert page.url.endswith("/granska/")  # the browser asks for the box
    page.get_by_text("Jag vet att underlag saknas").click()
    page.get_by_text("fast alla avvikelser inte är bedömda").click()
    page.get_by_role("button", name="Klar med granskning").click()
    page.get_by_text("Granskningen av maj 2025 är klar.").wait_for()

    page = mobil.logga_in(gustav).oppna("/korningar/2025-05/faststall/")
    assert INGEN in page.locator("main").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    mobil.granska("utan-underlag-faststall")
    page.get_by_text("Jag vet att underlag saknas").click()
    page.get_by_role("button", name="Fastställ maj 2025").click()
    maj.refresh_from_db()
    assert maj.status == Status.FASTSTALLD
    for handling in ("granska_manad", "faststall_manad"):
        text = Handelse.objects.get(handling=handling).text.replace("\N{NO-BREAK SPACE}", " ")
        assert f"Godtog att underlag saknas: {INGEN}" in text


def test_a_form_without_the_box_is_refused(maj: Korning, klara: Anvandare, gustav: Anvandare) -> None:
    klient = Client()
    klient.force_login(klara)
    svar = klient.post("/korningar/2025-05/granska/", {"omgang": maj.omgang}, follow=True)
    assert "Bekräfta att månaden ska gå vidare ändå" in svar.content.decode()
    actions.granska_manad(manad=MAJ, av=klara, nu=timezone.now(), utan_underlag=True)
    with pytest.raises(Hindrad, match="Ingen närvaro är registrerad"):
        actions.faststall_manad(manad=MAJ, av=gustav, nu=timezone.now())
    maj.refresh_from_db()
    assert maj.status == Status.GRANSKAD


def test_the_command_asks_for_the_same(maj: Korning, klara: Anvandare) -> None:
    with pytest.raises(CommandError, match="--utan-underlag"):
        call_command("granska_manad", "2025-05", av="klara")
    call_command("granska_manad", "2025-05", av="klara", utan_underlag=True)
    maj.refresh_from_db()
    assert maj.status == Status.GRANSKAD
