"""How a verkställighet ends: reported by the utförare, confirmed by the handläggare, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from grund.hinder import Hindrad
from grund.models import Andring, Anvandare
from tests.utforare.conftest import IDAG, NU
from utforare.actions import slut
from utforare.bestallningsregler import Slutstatus
from utforare.models import Slutanmalan, Verkstallighet
from utforare.regler import Slutorsak


def test_the_end_that_a_utforare_reports_waits_for_the_handlaggare(
    verk: Verkstallighet, maria: Anvandare, petra: Anvandare
) -> None:
    anmalan = slut.anmal_slut(
        verk=verk, sista_dag=date(2026, 5, 31), orsak=Slutorsak.FLYTT, text="Flyttar.", av=petra, nu=NU
    )
    verk.refresh_from_db()
    assert verk.till is None
    with pytest.raises(Hindrad, match="redan anmält"):
        slut.anmal_slut(verk=verk, sista_dag=IDAG, orsak=Slutorsak.FLYTT, text="", av=petra, nu=NU)
    with pytest.raises(Hindrad, match="handläggare krävs"):
        slut.bekrafta_slut(anmalan=anmalan, av=petra, nu=NU)
    slut.bekrafta_slut(anmalan=anmalan, av=maria, nu=NU)
    verk.refresh_from_db()
    assert (verk.till, verk.slutorsak) == (date(2026, 6, 1), "flytt")
    with pytest.raises(Hindrad, match="redan bekräftad"):
        slut.bekrafta_slut(anmalan=anmalan, av=maria, nu=NU)
    assert Andring.objects.filter(fil="verkstalligheter", nyckel="V-EGEN").count() == 1


def test_a_report_that_is_turned_down_leaves_the_verkstallighet(
    verk: Verkstallighet, maria: Anvandare, petra: Anvandare
) -> None:
    anmalan = slut.anmal_slut(verk=verk, sista_dag=IDAG, orsak=Slutorsak.ANNAT, text="", av=petra, nu=NU)
    slut.avvisa_slut(anmalan=anmalan, svar="Personen kommer tillbaka.", av=maria, nu=NU)
    verk.refresh_from_db()
    anmalan.refresh_from_db()
    assert (verk.till, anmalan.status, anmalan.provad_av) == (None, Slutstatus.AVVISAD, maria)


def test_a_death_ends_it_at_once(verk: Verkstallighet, petra: Anvandare) -> None:
    slut.anmal_slut(verk=verk, sista_dag=date(2026, 5, 20), orsak=Slutorsak.AVLIDEN, text="", av=petra, nu=NU)
    verk.refresh_from_db()
    assert (verk.till, verk.slutorsak) == (date(2026, 5, 21), "avliden")


def test_an_end_before_what_is_reported_is_refused_and_nothing_is_stored(
    verk: Verkstallighet, maria: Anvandare, petra: Anvandare
) -> None:
    anmalan = slut.anmal_slut(verk=verk, sista_dag=date(2026, 5, 1), orsak=Slutorsak.FLYTT, text="", av=petra, nu=NU)
    with pytest.raises(Hindrad, match="1 rader närvaro hamnar utanför"):
        slut.bekrafta_slut(anmalan=anmalan, av=maria, nu=NU)
    anmalan.refresh_from_db()
    assert anmalan.status == Slutstatus.ANMALD


def test_a_handlaggare_ends_it_alone_and_settles_what_was_reported(
    verk: Verkstallighet, maria: Anvandare, petra: Anvandare
) -> None:
    slut.anmal_slut(verk=verk, sista_dag=IDAG, orsak=Slutorsak.FLYTT, text="", av=petra, nu=NU)
    slut.avsluta(verk=verk, sista_dag=date(2026, 5, 30), orsak=Slutorsak.BYTE_UTFORARE, av=maria, nu=NU)
    verk.refresh_from_db()
    assert (verk.till, verk.slutorsak) == (date(2026, 5, 31), "byte_utforare")
    assert Slutanmalan.objects.get().status == Slutstatus.BEKRAFTAD
    with pytest.raises(Hindrad, match="redan ett slut"):
        slut.avsluta(verk=verk, sista_dag=IDAG, orsak=Slutorsak.FLYTT, av=maria, nu=NU)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_report_the_end_at_once_one_is_told(verk: Verkstallighet, petra: Anvandare) -> None:
    def anmal(_: int) -> bool:
        try:
            slut.anmal_slut(verk=verk, sista_dag=IDAG, orsak=Slutorsak.AVLIDEN, text="", av=petra, nu=NU)
        except Hindrad:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as tradar:
        assert sorted(tradar.map(anmal, range(2))) == [False, True]
    assert Slutanmalan.objects.count() == 1


# What waits
