"""The way of a nivåbedömning: from draft to decision, never one's own, one decision at a time, contested once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from beslut import nivaarenden
from beslut.actions.nivaarende import (
    Svar,
    borja_bedomning,
    kasta_utkast,
    lamna_synpunkt,
    skicka_in,
    spara_bedomning,
)
from beslut.actions.nivaprovning import avvisa, godkann, skicka_tillbaka, svara_pa_synpunkt
from beslut.models import Nivaarende, Nivabedomning, Nivaprovning, Nivasvar, Person
from beslut.models.nivaarende import Arendelage
from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Andring, Anvandare, Handelse
from tests.datapaket.paket import BAS, skriv
from tests.kedja import direkt
from tests.niva.hus import anvandare, inskickad, instrument_i_bruk, klockan, svar_for

IDAG, FRAN = date(2026, 4, 20), date(2026, 4, 1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def huset(tmp_path: Path) -> None:
    direkt.las_in(skriv(tmp_path / "bas", BAS))
    instrument_i_bruk("LSS-10", fran=date(2026, 1, 1))


@pytest.fixture
def maria() -> Anvandare:
    return anvandare("maria", Roll.HANDLAGGARE, fornamn="Maria", efternamn="Lindqvist")


@pytest.fixture
def eva() -> Anvandare:
    return anvandare("eva", Roll.AVTALSSAMORDNARE, fornamn="Eva", efternamn="Sandström")


@pytest.fixture
def petra() -> Anvandare:
    return anvandare("petra", Roll.UTFORARE)


@pytest.fixture
def anna() -> Person:
    return Person.objects.get(nyckel="P1")


@pytest.fixture
def arende(anna: Person, maria: Anvandare) -> Nivaarende:
    return inskickad(anna, "LSS-10", niva="4", fran=FRAN, av=maria, idag=IDAG)


def _godkann(arende: Nivaarende, av: Anvandare, **annat: object) -> Nivaarende:
    allt = {"arende": arende, "fran": FRAN, "motiv": "Väl underbyggd.", "av": av, "nu": klockan(IDAG), "idag": IDAG}
    return godkann(**(allt | {"version": arende.version} | annat))  # type: ignore[arg-type]


def test_what_is_sent_in_is_a_row_that_does_not_pay_yet(arende: Nivaarende, maria: Anvandare) -> None:
    rad = Nivabedomning.objects.get(pk=arende.bedomning_id)
    assert (rad.niva, rad.fran, rad.status, rad.godkand_av) == ("4", FRAN, "inskickad", "")
    assert rad.bedomd_av == "Maria Lindqvist (maria)"
    assert rad.nyckel == f"NB-2026-{arende.pk:06d}"
    assert (arende.summa, arende.niva, arende.lage) == (30, "4", Arendelage.INSKICKAD)
    assert not Andring.objects.filter(nyckel=rad.nyckel).exists()
    assert Handelse.objects.filter(objekt=f"nivaarende:{arende.pk}", av=maria).count() == 3


def test_an_approved_one_pays_from_the_chosen_day_and_is_an_andring(arende: Nivaarende, eva: Anvandare) -> None:
    _godkann(arende, eva, fran=date(2026, 4, 7))
    rad = Nivabedomning.objects.get(pk=arende.bedomning_id)
    assert (rad.fran, rad.status, rad.godkand_av, rad.godkand) == (
        date(2026, 4, 7),
        "godkand",
        "Eva Sandström (eva)",
        IDAG,
    )
    andring = Andring.objects.get(nyckel=rad.nyckel)
    assert (andring.slag, andring.objekt_id, andring.fran, andring.till) == ("person", rad.person_id, FRAN, None)
    provning = Nivaprovning.objects.get()
    assert (provning.av, provning.motiv, provning.fran) == (eva, "Väl underbyggd.", date(2026, 4, 7))


def test_a_rejected_one_moves_nothing(arende: Nivaarende, eva: Anvandare) -> None:
    avvisa(arende=arende, motiv="Skälen räcker inte.", av=eva, nu=klockan(IDAG), version=arende.version)
    assert Nivabedomning.objects.get(pk=arende.bedomning_id).status == "avvisad"
    assert not Andring.objects.filter(fil="nivabedomningar", nyckel__startswith="NB-", fran__isnull=False).exists()


def test_one_that_is_sent_back_is_completed_and_sent_in_again_as_the_same_row(
    arende: Nivaarende, maria: Anvandare, eva: Anvandare
) -> None:
    ater = skicka_tillbaka(arende=arende, motiv="Beskriv natten.", av=eva, nu=klockan(IDAG), version=arende.version)
    assert ater.lage == Arendelage.ATERSKICKAD
    sparat = spara_bedomning(
        arende=ater, svar=svar_for("5"), onskad_fran=FRAN, sammanfattning="Med natten.", av=maria, version=ater.version
    )
    igen = skicka_in(arende=sparat, av=maria, nu=klockan(IDAG), idag=IDAG, version=sparat.version)
    assert igen.bedomning_id == arende.bedomning_id
    assert Nivabedomning.objects.get(pk=arende.bedomning_id).niva == "5"


@pytest.mark.parametrize("roller", [[Roll.AVTALSSAMORDNARE, Roll.HANDLAGGARE]])
def test_nobody_decides_on_their_own(anna: Person, roller: list[Roll]) -> None:
    bada = anvandare("bada", *roller)
    eget = inskickad(anna, "LSS-10", niva="4", fran=FRAN, av=bada, idag=IDAG)
    with pytest.raises(Hindrad, match="Du har själv gjort bedömningen"):
        _godkann(eget, bada)
    with pytest.raises(IntegrityError, match="nivaprovning_fyra_ogon"), transaction.atomic():
        Nivaprovning.objects.create(
            arende=eget, slag="avvisad", av=bada, bedomare=bada, tidpunkt=klockan(IDAG), motiv="Nej."
        )


def test_two_of_the_same_name_are_two(anna: Person) -> None:
    """Four eyes stand on users; the names of the import's columns can never fall together."""
    ena = anvandare("annaa", Roll.HANDLAGGARE, fornamn="Anna", efternamn="Berg")
    andra = anvandare("annab", Roll.AVTALSSAMORDNARE, fornamn="Anna", efternamn="Berg")
    _godkann(inskickad(anna, "LSS-10", niva="4", fran=FRAN, av=ena, idag=IDAG), andra)
    rad = Nivabedomning.objects.get(nyckel__startswith="NB-")
    assert (rad.bedomd_av, rad.godkand_av) == ("Anna Berg (annaa)", "Anna Berg (annab)")


def test_a_handlaggare_decides_nothing(arende: Nivaarende) -> None:
    with pytest.raises(Hindrad, match="Rollen avtalssamordnare krävs"):
        _godkann(arende, anvandare("jonas", Roll.HANDLAGGARE))


def test_a_decision_has_a_motive(arende: Nivaarende, eva: Anvandare) -> None:
    with pytest.raises(Hindrad, match="Skriv en motivering"):
        _godkann(arende, eva, motiv="ok")


def test_a_level_is_not_approved_from_a_day_far_from_the_one_that_was_asked_for(
    arende: Nivaarende, eva: Anvandare
) -> None:
    with pytest.raises(Hindrad, match=r"mer än tio år från den som önskades, 1.april 2026"):
        _godkann(arende, eva, fran=date(2006, 4, 1))
    assert Nivabedomning.objects.get(pk=arende.bedomning_id).status == "inskickad"


def test_who_comes_second_is_told_who_was_first(arende: Nivaarende, eva: Anvandare) -> None:
    lisa = anvandare("lisa", Roll.AVTALSSAMORDNARE)
    _godkann(arende, eva)
    with pytest.raises(Hindrad, match="redan godkänd, av Eva Sandström 20"):
        avvisa(arende=arende, motiv="Skälen räcker inte.", av=lisa, nu=klockan(IDAG), version=arende.version)


def test_of_two_who_decide_at_once_one_wins(arende: Nivaarende, eva: Anvandare) -> None:
    lisa = anvandare("lisa", Roll.AVTALSSAMORDNARE)

    def besluta(vem: Anvandare) -> str:
        try:
            if vem == eva:
                return _godkann(arende, eva).lage
            return avvisa(arende=arende, motiv="Nej, inte så.", av=lisa, nu=klockan(IDAG), version=arende.version).lage
        except Hindrad as hinder:
            return hinder.orsaker[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as trad:
        svar = list(trad.map(besluta, [eva, lisa]))
    assert sum("redan" in ett for ett in svar) == 1
    assert Nivaprovning.objects.count() == 1
    status = Nivabedomning.objects.get(pk=arende.bedomning_id).status
    assert status == Nivaprovning.objects.get().slag


def test_nobody_decides_on_what_they_have_not_seen(arende: Nivaarende, maria: Anvandare, eva: Anvandare) -> None:
    sedd = arende.version
    ater = skicka_tillbaka(arende=arende, motiv="Beskriv natten.", av=eva, nu=klockan(IDAG), version=sedd)
    sparat = spara_bedomning(
        arende=ater, svar=svar_for("5"), onskad_fran=FRAN, sammanfattning="Med natten.", av=maria, version=ater.version
    )
    skicka_in(arende=sparat, av=maria, nu=klockan(IDAG), idag=IDAG, version=sparat.version)
    with pytest.raises(Hindrad, match="har ändrats sedan du öppnade den"):
        _godkann(arende, eva, version=sedd)


def test_answers_stand_once_they_are_sent_in(arende: Nivaarende, maria: Anvandare) -> None:
    with pytest.raises(Hindrad, match="ändras inte"):
        spara_bedomning(
            arende=arende, svar=svar_for("5"), onskad_fran=FRAN, sammanfattning="x", av=maria, version=arende.version
        )
    with pytest.raises(IntegrityError, match="ändras inte när bedömningen är inskickad"), transaction.atomic():
        Nivasvar.objects.filter(arende=arende).update(svar=0)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Nivaprovning.objects.all()._raw_delete("default") if Nivaprovning.objects.exists() else _forsok_andra(arende)


def _forsok_andra(arende: Nivaarende) -> None:
    eva = anvandare("eva2", Roll.AVTALSSAMORDNARE)
    _godkann(arende, eva)
    Nivaprovning.objects.update(motiv="Något annat.")


def test_what_is_missing_is_said_and_nothing_is_sent_in(anna: Person, maria: Anvandare) -> None:
    arende = borja_bedomning(person=anna, insats="LSS-10", av=maria, nu=klockan(IDAG), idag=IDAG)
    sparat = spara_bedomning(
        arende=arende, svar={"d1": Svar(3)}, onskad_fran=None, sammanfattning=" ", av=maria, version=1
    )
    with pytest.raises(Hindrad) as hinder:
        skicka_in(arende=sparat, av=maria, nu=klockan(IDAG), idag=IDAG, version=sparat.version)
    assert hinder.value.orsaker == [
        "Förflyttning, Personlig vård och Känsla av trygghet är inte besvarade.",
        "Skriv skäl för varje område som inte är 0. Skäl saknas för: Lärande och att tillämpa kunskap.",
        "Ange från vilken dag nivån ska gälla.",
        "Skriv en sammanfattning.",
    ]
    assert not Nivabedomning.objects.filter(nyckel__startswith="NB-").exists()


def test_a_day_far_away_is_a_slip_of_the_hand(anna: Person, maria: Anvandare) -> None:
    with pytest.raises(Hindrad, match="mer än tio år bort"):
        inskickad(anna, "LSS-10", niva="4", fran=date(2062, 4, 1), av=maria, idag=IDAG)


def test_there_is_one_at_a_time_and_it_needs_a_decision_and_an_instrument(
    arende: Nivaarende, anna: Person, maria: Anvandare
) -> None:
    def hinder(insats: str, dag: date = IDAG) -> str:
        return " ".join(nivaarenden.hinder_for_ny(anna, insats, maria, dag))

    assert "redan en pågående" in hinder("LSS-10")
    assert "inget instrument" in hinder("LSS-3")
    assert "inget gällande beslut" in hinder("LSS-3")
    assert "inget instrument" in hinder("LSS-10", date(2025, 12, 31))
    with pytest.raises(IntegrityError, match="nivaarende_ett_oppet"), transaction.atomic():
        Nivaarende.objects.create(
            person=anna, insats="LSS-10", instrument=arende.instrument, bedomare=maria, skapad=klockan(IDAG)
        )


def test_only_the_one_who_makes_it_changes_a_draft_or_throws_it_away(anna: Person, maria: Anvandare) -> None:
    arende = borja_bedomning(person=anna, insats="LSS-10", av=maria, nu=klockan(IDAG), idag=IDAG)
    jonas = anvandare("jonas", Roll.HANDLAGGARE)
    for gor in (
        lambda: spara_bedomning(arende=arende, svar={}, onskad_fran=None, sammanfattning="", av=jonas, version=1),
        lambda: kasta_utkast(arende=arende, av=jonas, version=1),
    ):
        with pytest.raises(Hindrad, match="Bara den som gör bedömningen"):
            gor()
    kasta_utkast(arende=arende, av=maria, version=1)
    assert not Nivaarende.objects.exists()


def test_the_utforare_contests_once_and_is_answered_by_somebody_else(
    arende: Nivaarende, eva: Anvandare, petra: Anvandare
) -> None:
    with pytest.raises(Hindrad, match="när bedömningen är godkänd eller avvisad"):
        lamna_synpunkt(arende=arende, text="Det är mer än så.", av=petra, nu=klockan(IDAG))
    avvisa(arende=arende, motiv="Skälen räcker inte.", av=eva, nu=klockan(IDAG), version=arende.version)
    lamna_synpunkt(arende=arende, text="Det är mer än så.", av=petra, nu=klockan(IDAG))
    with pytest.raises(Hindrad, match="en gång"):
        lamna_synpunkt(arende=arende, text="En gång till.", av=petra, nu=klockan(IDAG))
    svarat = svara_pa_synpunkt(arende=arende, svar="prova_igen", motiv="Vi tittar igen.", av=eva, nu=klockan(IDAG))
    assert svarat.lage == Arendelage.INSKICKAD
    assert Nivabedomning.objects.get(pk=arende.bedomning_id).status == "inskickad"
    with pytest.raises(Hindrad, match="redan besvarad"):
        svara_pa_synpunkt(arende=arende, svar="star_fast", motiv="Nej, ändå inte.", av=eva, nu=klockan(IDAG))
    _godkann(svarat, eva)


def test_a_godkand_one_is_not_taken_up_again(arende: Nivaarende, eva: Anvandare, petra: Anvandare) -> None:
    _godkann(arende, eva)
    lamna_synpunkt(arende=arende, text="Det är mer än så.", av=petra, nu=klockan(IDAG))
    with pytest.raises(Hindrad, match="Annars behövs en ny bedömning"):
        svara_pa_synpunkt(arende=arende, svar="prova_igen", motiv="Vi tittar igen.", av=eva, nu=klockan(IDAG))
    svara_pa_synpunkt(arende=arende, svar="ny_bedomning", motiv="Bedöm igen.", av=eva, nu=klockan(IDAG))


def test_a_protected_person_is_decided_on_by_the_named_only(arende: Nivaarende, anna: Person, eva: Anvandare) -> None:
    Person.objects.filter(pk=anna.pk).update(skyddad=True)
    with pytest.raises(Hindrad, match="skyddade"):
        _godkann(arende, eva)
    eva.ser_skyddade = True
    _godkann(arende, eva)
