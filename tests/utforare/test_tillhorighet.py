"""Where those who report for a utförare work: by days, of one utförare at a time, given by a systemförvaltare."""

from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from tests.webb.varld import PAKET, START, Varld, bygg
from utforare.actions.tillhorighet import avsluta_tillhorighet, ge_enhet, satt_enheter
from utforare.anstallningar import rader, valbara
from utforare.models import Enhet, Tillhorighet
from utforare.tillgang import enheter, min_utforare, synliga

pytestmark = pytest.mark.django_db
IDAG = date(2026, 6, 3)
TREDJE_ENHETEN = "E-NY;U-EGEN;Björken;4\n"


@pytest.fixture(autouse=True)
def varld(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Varld:
    monkeypatch.setitem(PAKET, "enheter", PAKET["enheter"] + TREDJE_ENHETEN)
    return bygg(tmp_path)


@pytest.fixture
def petra(varld: Varld) -> Anvandare:
    Tillhorighet.objects.all().delete()
    return varld.anvandare[Roll.UTFORARE]


@pytest.fixture
def sven(varld: Varld) -> Anvandare:
    return varld.anvandare[Roll.SYSTEMFORVALTARE]


def _enhet(nyckel: str = "E-EGEN") -> Enhet:
    return Enhet.objects.get(nyckel=nyckel)


def test_the_persons_of_an_enhet_are_seen_from_the_first_day_to_the_last(petra: Anvandare, sven: Anvandare) -> None:
    forsta, sista = date(2026, 6, 1), date(2026, 6, 30)
    ge_enhet(anvandare=petra, enhet=_enhet(), fran=forsta, sista=sista, av=sven)
    for dag, ser in ((date(2026, 5, 31), False), (forsta, True), (sista, True), (date(2026, 7, 1), False)):
        assert enheter(petra, dag).exists() is ser, dag
        assert synliga(petra, dag).exists() is ser, dag
        assert (min_utforare(petra, dag) is not None) is ser, dag
    handelse = Handelse.objects.get(handling="ge_enhet")
    assert handelse.text.replace("\xa0", " ") == (
        "en-utforare rapporterar för Eken från 1 juni 2026 till och med 30 juni 2026."
    )
    assert (handelse.av, handelse.objekt) == (sven, "anvandare:en-utforare")


def test_who_goes_to_another_utforare_does_so_by_days(petra: Anvandare, sven: Anvandare) -> None:
    ge_enhet(anvandare=petra, enhet=_enhet(), fran=START, sista=date(2026, 6, 30), av=sven)
    with pytest.raises(Hindrad, match="annan utförare under en del av tiden"):
        ge_enhet(anvandare=petra, enhet=_enhet("E-ANNAN"), fran=date(2026, 6, 30), sista=None, av=sven)
    ge_enhet(anvandare=petra, enhet=_enhet("E-ANNAN"), fran=date(2026, 7, 1), sista=None, av=sven)
    assert [rad.lage for rad in rader(petra, date(2026, 7, 1))] == ["Gäller", "Har slutat"]
    assert [rad.lage for rad in rader(petra, IDAG)] == ["Börjar senare", "Gäller"]


def test_the_same_enhet_twice_is_refused_and_two_of_one_utforare_are_not(petra: Anvandare, sven: Anvandare) -> None:
    ge_enhet(anvandare=petra, enhet=_enhet(), fran=START, sista=None, av=sven)
    with pytest.raises(Hindrad, match="redan till enheten under en del av tiden"):
        ge_enhet(anvandare=petra, enhet=_enhet(), fran=IDAG, sista=None, av=sven)
    ge_enhet(anvandare=petra, enhet=_enhet("E-NY"), fran=IDAG, sista=None, av=sven)
    assert [enhet.namn for enhet in enheter(petra, IDAG)] == ["Björken", "Eken"]
    assert {enhet.nyckel for enhet in valbara(petra, IDAG)} == {"E-EGEN", "E-NY"}


def test_the_database_holds_it_too(petra: Anvandare, sven: Anvandare) -> None:
    ett = ge_enhet(anvandare=petra, enhet=_enhet(), fran=START, sista=None, av=sven)
    with pytest.raises(IntegrityError, match="tillhorighet_slut_efter_start"), transaction.atomic():
        Tillhorighet.objects.filter(pk=ett.pk).update(till=START)


def test_it_ends_on_a_day_and_a_mistake_is_taken_away(petra: Anvandare, sven: Anvandare) -> None:
    ett = ge_enhet(anvandare=petra, enhet=_enhet(), fran=START, sista=None, av=sven)
    avsluta_tillhorighet(tillhorighet=ett, sista=IDAG, av=sven)
    ett.refresh_from_db()
    assert ett.till == date(2026, 6, 4)
    avsluta_tillhorighet(tillhorighet=ett, sista=date(2025, 12, 31), av=sven)
    assert not Tillhorighet.objects.exists()
    with pytest.raises(Hindrad, match="finns inte längre"):
        avsluta_tillhorighet(tillhorighet=ett, sista=IDAG, av=sven)
    texter = [
        text.replace("\xa0", " ")
        for text in Handelse.objects.filter(handling="avsluta_enhet").values_list("text", flat=True)
    ]
    assert texter == [
        "en-utforare rapporterar för Eken till och med 3 juni 2026.",
        "en-utforare skulle inte rapportera för Eken.",
    ]


def test_only_a_systemforvaltare_gives_and_never_to_oneself(varld: Varld, petra: Anvandare, sven: Anvandare) -> None:
    with pytest.raises(Hindrad, match="Rollen systemförvaltare krävs"):
        ge_enhet(anvandare=petra, enhet=_enhet(), fran=IDAG, sista=None, av=varld.anvandare[Roll.GRUPPCHEF])
    sven.roller = [Roll.SYSTEMFORVALTARE, Roll.UTFORARE]
    sven.save()
    with pytest.raises(Hindrad, match="Du kan inte ge dig själv enheter"):
        ge_enhet(anvandare=sven, enhet=_enhet(), fran=IDAG, sista=None, av=sven)
    with pytest.raises(Hindrad, match="har inte rollen utförare"):
        ge_enhet(anvandare=varld.anvandare[Roll.CONTROLLER], enhet=_enhet(), fran=IDAG, sista=None, av=sven)
    with pytest.raises(Hindrad, match="Sista dagen ligger före första"):
        ge_enhet(anvandare=petra, enhet=_enhet(), fran=IDAG, sista=START, av=sven)


def test_all_at_once_from_a_day_keeps_what_was_before(petra: Anvandare) -> None:
    satt_enheter(anvandare=petra, enheter=[_enhet(), _enhet("E-NY")], av=None, fran=START)
    satt_enheter(anvandare=petra, enheter=[_enhet("E-NY")], av=None, fran=IDAG)
    assert [enhet.namn for enhet in enheter(petra, date(2026, 6, 2))] == ["Björken", "Eken"]
    assert [enhet.namn for enhet in enheter(petra, IDAG)] == ["Björken"]
    antal = Handelse.objects.filter(handling="satt_enheter").count()
    satt_enheter(anvandare=petra, enheter=[_enhet("E-NY")], av=None, fran=IDAG)
    assert Handelse.objects.filter(handling="satt_enheter").count() == antal
