"""100 utförare save närvaro at once while the same month is calculated: nothing lost, no deadlock, no error."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse

from demokommun.matning import rapportorer
from demokommun.matning.rapportorer import PER_BUNT
from ersattning.models import Ersattningsrad
from grund.models import Handelse
from grund.tid import Manad
from tests.kedja import direkt
from utforare.models import Narvaro

MAJ = Manad(2026, 5)
UTFORARE, PERSONER, DAGAR, TRADAR = 100, 5, 12, 40


@pytest.mark.django_db(transaction=True)
def test_a_hundred_utforare_save_at_once_while_a_korning_runs(settings: object) -> None:
    settings.IDAG = date(2026, 5, 20)  # type: ignore[attr-defined]
    alla = rapportorer.bygg(utforare=UTFORARE, personer=PERSONER, dagar=DAGAR, manad=MAJ)
    svaren: list[HttpResponse] = []
    klart, korningar, fel = threading.Event(), [], []

    def kor() -> None:
        try:
            while not korningar or not klart.is_set():
                korningar.append(direkt.kor("2026-05").status)
        except Exception as brott:  # noqa: BLE001  the test says which
            fel.append(brott)
        finally:
            connection.close()

    korning = threading.Thread(target=kor)
    korning.start()
    tider = rapportorer.spara_samtidigt(alla, MAJ, tradar=TRADAR, kontrollera=svaren.append)
    klart.set()
    korning.join(timeout=120)
    assert not korning.is_alive()
    assert not fel
    assert {svar.status_code for svar in svaren} == {200}
    celler = [cell for svar in svaren for cell in svar.json()["celler"]]  # type: ignore[attr-defined]
    assert {cell["lage"] for cell in celler} == {"sparad"}
    assert len(celler) == UTFORARE * PERSONER * DAGAR
    assert Narvaro.objects.filter(datum__gte=MAJ.fran, orsak="sjuk").count() == UTFORARE * PERSONER * DAGAR
    assert Handelse.objects.filter(handling="registrera_narvaro").count() == len(tider)
    assert len(tider) == UTFORARE * PERSONER * DAGAR // PER_BUNT
    assert set(korningar) == {"beraknad"}
    # What the korning missed, the next one sees: everybody's twelve days are paid.
    sista = direkt.kor("2026-05")
    rader = Ersattningsrad.objects.filter(korning=sista)
    assert sum(rader.values_list("antal", flat=True)) == UTFORARE * PERSONER * DAGAR


@pytest.mark.django_db(transaction=True)
def test_two_at_one_enhet_who_write_the_same_days_are_told(settings: object) -> None:
    """The same cells from two windows at once: each is stored once, and the other hears of it."""
    settings.IDAG = date(2026, 5, 20)  # type: ignore[attr-defined]
    (vem,) = rapportorer.bygg(utforare=1, personer=5, dagar=8, manad=MAJ)
    andra = tuple([{**cell, "nytt": "F|||ledig"} for cell in bunt] for bunt in vem.buntar)
    svaren: list[HttpResponse] = []
    bada = [vem, rapportorer.Rapportor(vem.anvandare, vem.enhet, andra)]
    rapportorer.spara_samtidigt(bada, MAJ, tradar=2, kontrollera=svaren.append)
    lagen = [cell["lage"] for svar in svaren for cell in svar.json()["celler"]]  # type: ignore[attr-defined]
    assert (lagen.count("sparad"), lagen.count("konflikt")) == (40, 40)
