"""A nivåbedömning that somebody has begun and left: gone on with or ended, for a reason, and never decided by them."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from beslut import nivaarenden, nivaovertaganden
from beslut.actions.nivaarende import borja_bedomning, skicka_in, spara_bedomning
from beslut.actions.nivaovertagande import kasta_andras, ta_over
from beslut.actions.nivaprovning import avvisa_aterskickad, godkann, skicka_tillbaka
from beslut.actions.tilldelning import tilldela
from beslut.models import Nivaarende, Nivabedomning, Nivaovertagande, Nivaprovning, Person
from beslut.models.nivaarende import Arendelage
from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from grund.tid import EN_DAG
from tests.datapaket.paket import BAS, skriv
from tests.kedja import direkt
from tests.niva.hus import anvandare, inskickad, instrument_i_bruk, klockan, svar_for
from utforare import nivaer
from utforare.actions.tillhorighet import avsluta_tillhorighet, ge_enhet, satt_enheter
from utforare.models import Enhet, Tillhorighet, Utforare

IDAG, FRAN = date(2026, 4, 20), date(2026, 4, 1)
NU = klockan(IDAG)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def huset(tmp_path: Path) -> None:
    direkt.las_in(skriv(tmp_path / "bas", BAS))
    instrument_i_bruk("LSS-10", fran=date(2026, 1, 1))


@pytest.fixture
def anna() -> Person:
    return Person.objects.get(nyckel="P1")


@pytest.fixture
def dubbel() -> Anvandare:
    """Who begins, and could decide too."""
    return anvandare("dubbel", Roll.HANDLAGGARE, Roll.AVTALSSAMORDNARE, fornamn="Dora", efternamn="Dubbel")


@pytest.fixture
def maria() -> Anvandare:
    return anvandare("maria", Roll.HANDLAGGARE, fornamn="Maria", efternamn="Lindqvist")


@pytest.fixture
def gustav() -> Anvandare:
    return anvandare("gustav", Roll.GRUPPCHEF)


@pytest.fixture
def eva() -> Anvandare:
    return anvandare("eva", Roll.AVTALSSAMORDNARE)


@pytest.fixture
def utkast(anna: Person, dubbel: Anvandare) -> Nivaarende:
    arende = borja_bedomning(person=anna, insats="LSS-10", av=dubbel, nu=NU, idag=IDAG)
    return spara_bedomning(
        arende=arende, svar=svar_for("4"), onskad_fran=FRAN, sammanfattning="Mer stöd.", av=dubbel, version=1
    )


def _ta(arende: Nivaarende, av: Anvandare, skal: str = "Dora har slutat.") -> Nivaarende:
    return ta_over(arende=arende, skal=skal, av=av, nu=NU, version=arende.version)


def test_who_takes_over_has_the_answers_and_is_the_one_who_proposed(
    utkast: Nivaarende, maria: Anvandare, dubbel: Anvandare
) -> None:
    taget = _ta(utkast, maria)
    assert taget.bedomare == maria
    assert nivaarenden.poang(taget).niva == "4"
    assert nivaarenden.hinder_for_andring(taget, dubbel)
    skickat = skicka_in(arende=taget, av=maria, nu=NU, idag=IDAG, version=taget.version)
    assert Nivabedomning.objects.get(pk=skickat.bedomning_id).bedomd_av == "Maria Lindqvist (maria)"
    handelse = Handelse.objects.get(handling="ta_over_nivabedomning")
    assert (handelse.av, handelse.text, handelse.data["skal"]) == (
        maria,
        "Nivåbedömningen togs över från Dora Dubbel.",
        "Dora har slutat.",
    )


def test_whoever_began_it_may_not_decide_on_it_when_another_has_sent_it_in(
    utkast: Nivaarende, maria: Anvandare, dubbel: Anvandare, eva: Anvandare
) -> None:
    taget = _ta(utkast, maria)
    skickat = skicka_in(arende=taget, av=maria, nu=NU, idag=IDAG, version=taget.version)
    allt = {"arende": skickat, "fran": FRAN, "motiv": "Väl underbyggd.", "nu": NU, "idag": IDAG}
    with pytest.raises(Hindrad, match="Du har gjort en del av bedömningen"):
        godkann(**allt, av=dubbel, version=skickat.version)
    with pytest.raises(IntegrityError, match="gjort en del av bedömningen"), transaction.atomic():
        Nivaprovning.objects.create(
            arende=skickat, slag="avvisad", av=dubbel, bedomare=maria, tidpunkt=NU, motiv="Förbi reglerna."
        )
    assert godkann(**allt, av=eva, version=skickat.version).lage == Arendelage.GODKAND


def test_one_with_both_roles_who_takes_over_does_not_decide_either(
    anna: Person, maria: Anvandare, dubbel: Anvandare
) -> None:
    arende = borja_bedomning(person=anna, insats="LSS-10", av=maria, nu=NU, idag=IDAG)
    sparat = spara_bedomning(
        arende=arende, svar=svar_for("4"), onskad_fran=FRAN, sammanfattning="Mer.", av=maria, version=1
    )
    taget = _ta(sparat, dubbel, "Maria är sjukskriven.")
    ater = _ta(taget, maria, "Maria är tillbaka.")
    skickat = skicka_in(arende=ater, av=maria, nu=NU, idag=IDAG, version=ater.version)
    assert nivaarenden.hinder_for_provning(skickat, dubbel)


@pytest.mark.parametrize("skal", ["", "   ", "nej"])
def test_a_reason_is_needed(utkast: Nivaarende, maria: Anvandare, gustav: Anvandare, skal: str) -> None:
    with pytest.raises(Hindrad, match="Skriv varför"):
        _ta(utkast, maria, skal)
    with pytest.raises(Hindrad, match="Skriv varför"):
        kasta_andras(arende=utkast, skal=skal, av=gustav, version=utkast.version)
    assert Nivaarende.objects.get().bedomare_id == utkast.bedomare_id


def test_what_has_been_sent_in_or_changed_meanwhile_is_not_taken(
    anna: Person, utkast: Nivaarende, maria: Anvandare, dubbel: Anvandare
) -> None:
    with pytest.raises(Hindrad, match="ändrats sedan du öppnade"):
        ta_over(arende=utkast, skal="Borta länge.", av=maria, nu=NU, version=1)
    with pytest.raises(Hindrad, match="redan du"):
        _ta(utkast, dubbel)
    skickat = skicka_in(arende=utkast, av=dubbel, nu=NU, idag=IDAG, version=utkast.version)
    with pytest.raises(Hindrad, match="tas inte över"):
        _ta(skickat, maria)


def test_those_who_answer_for_the_work_throw_a_draft_away_and_a_new_one_can_be_begun(
    anna: Person, utkast: Nivaarende, maria: Anvandare, gustav: Anvandare, eva: Anvandare
) -> None:
    with pytest.raises(Hindrad, match="avtalssamordnare eller gruppchef krävs"):
        kasta_andras(arende=utkast, skal="Blev liggande.", av=maria, version=utkast.version)
    assert not nivaovertaganden.hinder_for_kast(utkast, eva)
    _ta(utkast, gustav, "Blev liggande.")
    utkast.refresh_from_db()
    kasta_andras(arende=utkast, skal="Blev liggande.", av=eva, version=utkast.version)
    assert not Nivaarende.objects.exists()
    assert not Nivaovertagande.objects.exists()
    assert Handelse.objects.get(handling="kasta_nivabedomning").data["skal"] == "Blev liggande."
    assert nivaarenden.hinder_for_ny(anna, "LSS-10", maria, IDAG) == []


def test_one_that_was_sent_back_and_left_is_rejected_not_thrown_away(
    anna: Person, maria: Anvandare, eva: Anvandare, gustav: Anvandare
) -> None:
    arende = inskickad(anna, "LSS-10", niva="4", fran=FRAN, av=maria, idag=IDAG)
    ater = skicka_tillbaka(arende=arende, motiv="Beskriv natten.", av=eva, nu=NU, version=arende.version)
    with pytest.raises(Hindrad, match="aldrig har skickats in"):
        kasta_andras(arende=ater, skal="Blev liggande.", av=gustav, version=ater.version)
    avvisad = avvisa_aterskickad(arende=ater, motiv="Kom aldrig åter.", av=eva, nu=NU, version=ater.version)
    assert avvisad.lage == Arendelage.AVVISAD
    assert Nivabedomning.objects.get(pk=arende.bedomning_id).status == "avvisad"
    with pytest.raises(Hindrad, match="Bedömningen är avvisad"):
        avvisa_aterskickad(arende=avvisad, motiv="En gång till.", av=eva, nu=NU, version=avvisad.version)


def test_a_handlaggare_finds_what_others_have_begun_of_their_own_persons(
    anna: Person, utkast: Nivaarende, maria: Anvandare, gustav: Anvandare, dubbel: Anvandare
) -> None:
    assert list(nivaovertaganden.som_jag_kan_ta(maria, IDAG)) == []
    tilldela(person=anna, handlaggare=maria, fran=FRAN, av=None)
    for vem in (maria, gustav):
        assert list(nivaovertaganden.som_jag_kan_ta(vem, IDAG)) == [utkast]
    assert list(nivaovertaganden.som_jag_kan_ta(dubbel, IDAG)) == []


def test_an_utforare_goes_on_with_a_colleagues_only(anna: Person, utkast: Nivaarende) -> None:
    petra, kollega = anvandare("petra", Roll.UTFORARE), anvandare("kollega", Roll.UTFORARE)
    enhet = Enhet.objects.order_by("nyckel").first()
    assert enhet
    for vem in (petra, kollega):
        satt_enheter(anvandare=vem, enheter=[enhet], av=None)
    assert nivaer.hinder_for_overtagande(utkast, petra, IDAG)  # a handläggare's
    kollegans = _ta(utkast, kollega)
    assert nivaer.hinder_for_overtagande(kollegans, petra, IDAG) == []
    avsluta_tillhorighet(tillhorighet=Tillhorighet.objects.get(anvandare=kollega), sista=IDAG, av=None)
    assert nivaer.hinder_for_overtagande(kollegans, petra, IDAG + EN_DAG) == []  # who has left, left it behind


def test_who_has_gone_to_another_utforare_does_not_take_what_was_begun_at_the_first(
    anna: Person, utkast: Nivaarende
) -> None:
    petra, kollega = anvandare("petra", Roll.UTFORARE), anvandare("kollega", Roll.UTFORARE)
    forra = Enhet.objects.order_by("nyckel")[0]
    annan = Utforare.objects.create(nyckel="U9", namn="Ask AB", organisationsnummer="5590012349", regi="privat")
    nya = Enhet.objects.create(nyckel="E9", utforare=annan, namn="Ask", platser=6)
    for vem in (petra, kollega):
        ge_enhet(anvandare=vem, enhet=forra, fran=date(2026, 1, 1), sista=date(2026, 4, 10), av=None)
    ge_enhet(anvandare=kollega, enhet=forra, fran=date(2026, 4, 11), sista=None, av=None)
    ge_enhet(anvandare=petra, enhet=nya, fran=date(2026, 4, 11), sista=None, av=None)
    kollegans = _ta(utkast, kollega)
    assert nivaer.hinder_for_overtagande(kollegans, petra, IDAG)
    petras = _ta(kollegans, petra)
    assert nivaer.hinder_for_overtagande(petras, kollega, IDAG)  # they were colleagues, but before it was begun


def test_a_protected_person_is_left_to_the_named(anna: Person, utkast: Nivaarende, maria: Anvandare) -> None:
    Person.objects.filter(pk=anna.pk).update(skyddad=True)
    utkast.refresh_from_db()
    utkast.person.refresh_from_db()
    with pytest.raises(Hindrad, match="skyddade"):
        _ta(utkast, maria)
