"""What private utförare have written for their own work goes after two years; nothing else of the person does."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from beslut.models import Beslut, Person
from ersattning.models import Ersattningsrad
from grund.hinder import Hindrad
from grund.models import Anvandare
from tests.gallring.varld import ALVA, IDAG, MARKE, NU
from uppfoljning.gallring import atgarder, hos_utforare, rakenskapsar
from uppfoljning.gallring.koder import Listlage, Listslag, Radutfall, Stoppslag
from uppfoljning.gallring.tabell import OM_PERSON
from uppfoljning.gallring.urval import rader_om
from uppfoljning.models import Gallringslista
from utforare.models import Narvaro, PlaneratBesok, SenAndring, Uppehall, Utforare, Verkstallighet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alva")]
EGET = ("utforare.PlaneratBesok", "utforare.Uppehall", "utforare.SenAndring")


def _vem(namn: str) -> Anvandare:
    return Anvandare.objects.get(username=namn)


def _beslutad() -> Gallringslista:
    lista = atgarder.foresla(av=_vem("nora"), idag=IDAG, nu=NU, slag=Listslag.UTFORARE)
    atgarder.besluta(lista=lista, avtryck=lista.avtryck, av=_vem("gustav"), nu=NU)
    return lista


def _gallra() -> Gallringslista:
    lista = _beslutad()
    assert atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU) == 1
    lista.refresh_from_db()
    return lista


def _mogna() -> list[str]:
    return [ett.nyckel for ett in hos_utforare.prova(idag=IDAG) if ett.verk]


def _hinder() -> str:
    (ett,) = hos_utforare.prova(idag=IDAG)
    assert not ett.verk
    return " ".join(ett.hinder)


def _resten(alva: Person) -> dict[str, list[Any]]:
    kvar = [rad for rad in OM_PERSON if rad.modell not in (*EGET, "uppfoljning.Gallringsrad")]
    return {rad.modell: list(rader_om(rad, [alva.pk]).order_by("pk").values()) for rad in kvar}


def test_plans_go_and_texts_are_emptied_and_the_rest_of_the_akt_is_as_it_was(alva: Person) -> None:
    resten, pengar = _resten(alva), list(Ersattningsrad.objects.order_by("pk").values())
    uppehall, sen = Uppehall.objects.get(), SenAndring.objects.get()
    assert MARKE in uppehall.text + sen.skal + sen.fore
    lista = _gallra()
    assert lista.lage == Listlage.GENOMFORD
    assert not PlaneratBesok.objects.exists()
    efter, nu = Uppehall.objects.get(), SenAndring.objects.get()
    assert (efter.text, efter.fran, efter.till, efter.orsak) == (
        "Gallrat",
        uppehall.fran,
        uppehall.till,
        uppehall.orsak,
    )
    assert (nu.skal, nu.fore, nu.efter) == ("Gallrat",) * 3
    assert (nu.dagar, nu.minuter, nu.datum) == (sen.dagar, sen.minuter, sen.datum)
    assert _resten(alva) == resten
    assert list(Ersattningsrad.objects.order_by("pk").values()) == pengar
    assert Narvaro.objects.filter(orsak=MARKE).exists()


def test_the_protocol_has_its_own_law_and_numbers_and_nothing_is_due_afterwards() -> None:
    lista = _gallra()
    assert lista.protokoll["lagrum"] == "LSS 23 c §"
    assert lista.protokoll["borttagna"] == {"utforare.PlaneratBesok": 1}
    assert lista.protokoll["avidentifierade"] == {"utforare.SenAndring": 1, "utforare.Uppehall": 1}
    assert ALVA[0] not in str(lista.protokoll)
    assert lista.rader.get().person is None
    assert hos_utforare.prova(idag=IDAG) == []
    with pytest.raises(Hindrad, match="privata utförare"):
        _beslutad()


def test_the_akt_is_still_removed_in_its_own_time() -> None:
    _gallra()
    lista = atgarder.foresla(av=_vem("nora"), idag=IDAG, nu=NU)
    atgarder.besluta(lista=lista, avtryck=lista.avtryck, av=_vem("gustav"), nu=NU)
    assert atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU) == 2
    assert not Person.objects.filter(nyckel=ALVA[0]).exists()


def test_only_a_private_utforare_whose_two_years_have_passed_is_due(settings: Any) -> None:
    assert _mogna() == [ALVA[0]]
    for andring in (
        lambda: Utforare.objects.update(regi="egen"),
        lambda: PlaneratBesok.objects.update(
            start=datetime(2024, 6, 4, 8, tzinfo=UTC), slut=datetime(2024, 6, 4, 9, tzinfo=UTC)
        ),
        lambda: Verkstallighet.objects.filter(nyckel="V3-ALVA").update(till=None, slutorsak=""),
        lambda: Beslut.objects.filter(nyckel="B3-ALVA").update(insats="LSS-8"),
    ):
        with transaction.atomic():
            andring()
            assert _mogna() == []
            transaction.set_rollback(True)
    PlaneratBesok.objects.update(start=datetime(2024, 6, 3, 8, tzinfo=UTC), slut=datetime(2024, 6, 3, 9, tzinfo=UTC))
    assert _mogna() == [ALVA[0]], "the day is the last of the two years"
    settings.LAMNAR_OVER_AKTER = frozenset({"5566002373"})
    assert "över till nämnden" in _hinder()


def test_what_goes_on_at_another_of_the_utforares_enheter_counts_for_all() -> None:
    Verkstallighet.objects.filter(nyckel="V3-ALVA").update(till=None, slutorsak="")
    assert "Verkställigheten V3-ALVA hos utföraren pågår." in _hinder()


@pytest.mark.parametrize(
    ("slag", "ska"), [(Stoppslag.LEX_SARAH, "lex Sarah"), (Stoppslag.UTLAMNANDE, "begärd utlämnad")]
)
def test_a_stop_after_the_decision_lets_the_person_fall_out(slag: Stoppslag, ska: str, alva: Person) -> None:
    lista = _beslutad()
    atgarder.satt_stopp(person=alva, slag=slag, anteckning="", av=_vem("maria"), nu=NU)
    atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU)
    rad = lista.rader.get()
    assert rad.utfall == Radutfall.FOLL_UR
    assert ska in rad.skal[0]
    assert PlaneratBesok.objects.exists()


def test_what_has_changed_since_the_decision_is_not_removed() -> None:
    lista = _beslutad()
    Uppehall.objects.update(text="")
    atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU)
    assert lista.rader.get().skal == [atgarder.ANDRAT]


def test_a_list_of_the_one_kind_waits_for_the_other() -> None:
    atgarder.foresla(av=_vem("nora"), idag=IDAG, nu=NU)
    with pytest.raises(Hindrad, match="redan en lista"):
        atgarder.foresla(av=_vem("nora"), idag=IDAG, nu=NU, slag=Listslag.UTFORARE)


def test_the_rakenskapsar_are_shown_with_what_there_is_of_them(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(6):
        forsta, andra = rakenskapsar.aren(date(2027, 1, 1))
    assert (forsta.ar, forsta.hinder, forsta.korningar, forsta.rader) == (
        2019, (), 1, Ersattningsrad.objects.filter(korning__manad__year=2019).count(),
    )  # fmt: skip
    assert forsta.rader
    assert (andra.ar, andra.rader, andra.justeringar) == (2020, None, 1)
    assert "31 december 2027" in andra.hinder[0].replace("\N{NO-BREAK SPACE}", " ")
