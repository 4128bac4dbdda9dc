"""After a gallring nothing is found of the person, and of the money nothing has changed."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction

from beslut.models import Arende, Beslut, Overklagande, Person, Tilldelning
from beslut.personnummer import GALLRAT_NUMMER
from ersattning.forklaring.hamta import forklara
from ersattning.models import Ersattningsrad, Manadssumma
from grund.hinder import Hindrad
from grund.kedja.forsegling import forsegla
from grund.kedja.kontroll import kontrollera
from grund.models import Anvandare
from tests.gallring.varld import ADRESS, ALVA, BROR, IDAG, MARKE, NU
from uppfoljning.gallring import akter, atgarder
from uppfoljning.gallring.koder import Listlage, Radutfall, Stoppslag
from uppfoljning.gallring.tabell import FOR, OM_PERSON
from uppfoljning.gallring.urval import modell, rader_om
from uppfoljning.models import Gallringslista
from uppfoljning.rapport import svar
from utforare.models import Bestallning, Verkstallighet

ALVAS = [ALVA[2], ALVA[3], ALVA[1], ALVA[1][2:], f"{ALVA[1][:8]}-{ALVA[1][8:]}", f"{ALVA[1][2:8]}-{ALVA[1][8:]}"]
pytestmark = pytest.mark.django_db
SOKTA = [*ALVAS, ADRESS, MARKE, ALVA[0]]


def _vem(namn: str) -> Anvandare:
    return Anvandare.objects.get(username=namn)


def test_the_world_has_a_row_of_the_person_in_every_table(alva: Person) -> None:
    saknas = [rad.modell for rad in OM_PERSON if not rader_om(rad, [alva.pk]).exists()]
    assert saknas == ["uppfoljning.Gallringsrad"]


def _hittas(ord_: str) -> list[str]:
    """Which tables have a row in which the word stands anywhere: in text, in JSON, in arrays, in bytes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        tabeller = [namn for (namn,) in cursor.fetchall()]
        fragor = " UNION ALL ".join(
            f"(SELECT '{namn}' FROM {namn} t WHERE t::text ILIKE %s OR t::text LIKE %s LIMIT 1)" for namn in tabeller
        )
        cursor.execute(fragor, [f"%{ord_}%", f"%{ord_.encode().hex()}%"] * len(tabeller))
        return [namn for (namn,) in cursor.fetchall()]


def _pa_disk(ord_: str, mapp: Path) -> list[str]:
    filer = [fil for rot in ("intyg", "filer") for fil in (mapp / rot).rglob("*") if fil.is_file()]
    return [fil.name for fil in filer if ord_.encode() in fil.read_bytes()]


def _foreslagen() -> Gallringslista:
    return atgarder.foresla(av=_vem("nora"), idag=IDAG, nu=NU)


def _beslutad() -> Gallringslista:
    lista = _foreslagen()
    # BROR stays, so that it shows what is left alone.
    rad = lista.rader.get(person__nyckel=BROR[0])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM uppfoljning_gallringsrad WHERE id = %s", [rad.pk])
        lista.avtryck = atgarder._listans(lista.rader.order_by("nummer"))
        satt = "UPDATE uppfoljning_gallringslista SET antal = 1, avtryck = %s WHERE id = %s"
        cursor.execute(satt, [lista.avtryck, lista.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    atgarder.besluta(lista=lista, avtryck=lista.avtryck, av=_vem("gustav"), nu=NU)
    return lista


def _gallra() -> Gallringslista:
    lista = _beslutad()
    assert atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU) == 1
    lista.refresh_from_db()
    return lista


def _fasta_rader() -> list[Any]:
    return list(Ersattningsrad.objects.order_by("pk").values())


@pytest.mark.usefixtures("alva")
def test_a_search_for_the_person_finds_nothing_afterwards(byggd: Path) -> None:
    assert all(_hittas(ord_) for ord_ in (*ALVAS[:3], ADRESS, MARKE, ALVA[0])), "the world holds what is looked for"
    assert _pa_disk(MARKE, byggd)
    lista = _gallra()
    assert lista.lage == Listlage.GENOMFORD
    # The name of a person's key in the log is no name: it leads to nobody any more.
    kvar = {ord_: set(_hittas(ord_)) - {"grund_handelse"} for ord_ in SOKTA}
    assert kvar == {ord_: set() for ord_ in SOKTA}
    assert {ord_: _pa_disk(ord_, byggd) for ord_ in SOKTA} == {ord_: [] for ord_ in SOKTA}


@pytest.mark.usefixtures("alva")
def test_no_event_has_a_name_a_number_or_a_free_text() -> None:
    _gallra()
    assert [ord_ for ord_ in [*ALVAS, ADRESS, MARKE] if "grund_handelse" in _hittas(ord_)] == []


def test_the_money_is_the_same_to_the_ore(alva: Person) -> None:
    rader, summor = _fasta_rader(), list(Manadssumma.objects.order_by("pk").values())
    _gallra()
    assert _fasta_rader() == rader
    assert list(Manadssumma.objects.order_by("pk").values()) == summor
    assert any(rad["person_id"] == alva.pk for rad in rader)


def test_a_settled_row_is_still_explained(alva: Person) -> None:
    rader = list(Ersattningsrad.objects.filter(person=alva, typ="ordinarie").order_by("pk").values_list("pk", "belopp"))
    fore = {pk: forklara(pk) for pk, _ in rader}
    _gallra()
    for pk, belopp in rader:
        nu, da = forklara(pk), fore[pk]
        assert nu
        assert da
        assert (nu.rad.belopp, nu.led, nu.delar, nu.kedja) == (belopp, da.led, da.delar, da.kedja)
        assert nu.rad.person == "Gallrad person"
    assert {rad.artikel for rad in Ersattningsrad.objects.filter(person=alva)} >= {"narvaro", "utford_tid"}


def test_the_person_who_is_left_is_nobody(alva: Person) -> None:
    _gallra()
    alva.refresh_from_db()
    assert (alva.fornamn, alva.efternamn, alva.personnummer, alva.gallrad) == ("", "", GALLRAT_NUMMER, IDAG)
    assert alva.nyckel.startswith("gallrad-")


@pytest.mark.usefixtures("alva")
def test_others_are_left_alone() -> None:
    bror = Person.objects.get(nyckel=BROR[0])
    fore = {rad.modell: rader_om(rad, [bror.pk]).count() for rad in OM_PERSON if rad.modell != "ersattning.Delkorning"}
    _gallra()
    efter = {rad.modell: rader_om(rad, [bror.pk]).count() for rad in OM_PERSON if rad.modell != "ersattning.Delkorning"}
    assert efter | {"uppfoljning.Gallringsrad": 0} == fore
    assert _hittas(BROR[2]) == ["beslut_person"]


def test_the_guards_stand_afterwards(alva: Person) -> None:
    _gallra()
    rad = Ersattningsrad.objects.filter(person=alva).first()
    assert rad
    for forsok in (
        lambda: Ersattningsrad.objects.filter(pk=rad.pk).update(belopp=1),
        lambda: Ersattningsrad.objects.filter(pk=rad.pk)._raw_delete("default"),
        lambda: modell(FOR["beslut.Lasning"]).objects.update(sida="x"),
        lambda: Person.objects.filter(pk=alva.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            forsok()


def test_a_new_note_lets_the_person_fall_out_with_the_reason(alva: Person) -> None:
    lista = _beslutad()
    Tilldelning.objects.create(person=alva, handlaggare=_vem("maria"), fran=IDAG)
    atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU)
    rad = lista.rader.get()
    assert (rad.utfall, rad.skal) == (Radutfall.FOLL_UR, [atgarder.ANDRAT])
    lista.refresh_from_db()
    assert (lista.lage, lista.protokoll["foll_ur"]) == (Listlage.GENOMFORD, 1)
    assert _hittas(ALVA[2])


def test_a_stop_holds_also_after_the_decision(alva: Person) -> None:
    lista = _beslutad()
    atgarder.satt_stopp(person=alva, slag=Stoppslag.UTLAMNANDE, anteckning="", av=_vem("maria"), nu=NU)
    atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU)
    assert "begärd utlämnad" in lista.rader.get().skal[0]


@pytest.mark.usefixtures("alva")
def test_what_was_broken_off_is_taken_up_and_what_is_done_is_left(byggd: Path, monkeypatch: Any) -> None:
    lista = _beslutad()

    def faller(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as mitt_i:
        mitt_i.setattr(atgarder, "stada_filer", faller)
        with pytest.raises(KeyboardInterrupt):
            atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU)
    assert lista.rader.get().utfall == Radutfall.GALLRAD
    assert _pa_disk(MARKE, byggd)
    assert atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU) == 0
    assert not _pa_disk(MARKE, byggd)
    lista.refresh_from_db()
    protokoll = lista.protokoll
    assert atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU) == 0
    lista.refresh_from_db()
    assert (lista.lage, lista.protokoll) == (Listlage.GENOMFORD, protokoll)


@pytest.mark.usefixtures("alva")
def test_the_protocol_says_what_was_done_and_names_nobody() -> None:
    lista = _gallra()
    text = str(lista.protokoll)
    assert [ord_ for ord_ in SOKTA if ord_ in text] == []
    assert lista.protokoll["borttagna"]["beslut.Arende"] == 1
    assert lista.protokoll["avidentifierade"]["beslut.Person"] == 1
    assert lista.protokoll["filer"] == 2
    assert lista.protokoll["foreslagen"][1] == "nora"
    assert lista.protokoll["beslutad"][1] == "gustav"


@pytest.mark.usefixtures("alva")
def test_who_proposes_does_not_decide_and_a_list_is_decided_as_it_was_seen() -> None:
    lista = _foreslagen()
    for av, avtryck in (("nora", lista.avtryck), ("maria", lista.avtryck), ("gustav", "ett annat")):
        with pytest.raises(Hindrad):
            atgarder.besluta(lista=lista, avtryck=avtryck, av=_vem(av), nu=NU)
    with pytest.raises(Hindrad):
        _foreslagen()
    with pytest.raises(Hindrad):
        atgarder.avsla(lista=lista, skal=" ", av=_vem("gustav"), nu=NU)
    atgarder.avsla(lista=lista, skal="Akterna behövs.", av=_vem("gustav"), nu=NU)
    lista.refresh_from_db()
    assert lista.lage == Listlage.AVSLAGEN
    assert atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU) == 0


def test_who_died_after_the_last_note_has_the_five_years_from_then(alva: Person) -> None:
    Person.objects.filter(pk=alva.pk).update(avliden=IDAG.replace(year=IDAG.year - 4))
    assert alva.pk not in {ett.person for ett in akter.prova(idag=IDAG)}
    assert alva.pk in {ett.person for ett in akter.prova(idag=IDAG, alla=True)}


def test_the_number_of_queries_does_not_grow_with_the_person(alva: Person, django_assert_max_num_queries: Any) -> None:
    lista = _beslutad()
    rad = lista.rader.get()
    with django_assert_max_num_queries(235):
        atgarder.gallra_person(rad_id=rad.pk, idag=IDAG, nu=NU)
    assert not rader_om(FOR["beslut.Arende"], [alva.pk]).exists()


def test_what_is_open_hinders(alva: Person) -> None:
    def nu() -> list[str]:
        provad = akter.prova(idag=IDAG, personer=[alva.pk])
        return atgarder.hinder(provad[0].akt, IDAG) if provad else ["inte än"]

    assert nu() == []
    beslut = Beslut.objects.get(nyckel="B10-ALVA")
    for andring, ska in (
        (lambda: Overklagande.objects.update(steg="inkommet"), "Överklagandet av B10-ALVA är inte avgjort."),
        (lambda: Arende.objects.update(status="utreds"), "Ärendet L-1 är inte avslutat."),
        (lambda: Beslut.objects.filter(pk=beslut.pk).update(insats="LSS-8"), "9 § 8"),
        (lambda: Bestallning.objects.update(status="accepterad", verkstallighet=None), "är öppen"),
    ):
        with transaction.atomic():
            andring()
            assert ska in " ".join(nu())
            transaction.set_rollback(True)
    Verkstallighet.objects.filter(nyckel="V10-ALVA").update(till=None, slutorsak="")
    assert "Verkställigheten V10-ALVA pågår." in nu()


@pytest.mark.django_db(databases=[])
def test_reports_that_are_kept_for_the_day_are_forgotten() -> None:
    caches["default"].set("rapport:volymer:abc", MARKE)
    caches["default"].set("annat", "kvar")
    svar.glom()
    assert caches["default"].get("rapport:volymer:abc") is None
    assert caches["default"].get("annat") == "kvar"


@pytest.mark.usefixtures("alva")
def test_the_chain_of_the_logs_still_counts_and_knows_what_was_emptied(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # no anchors of another chain
    forsegla(NU)
    _gallra()
    forsegla(NU)
    utfall = kontrollera(NU)
    assert utfall.fel == []
    assert utfall.gallrade == 4  # a look, and three events with a reason


@pytest.mark.parametrize("andring", ["person_id = (SELECT id FROM beslut_person WHERE nyckel = %s)", "avtryck = %s"])
def test_a_list_whose_rows_have_been_exchanged_is_not_carried_out(alva: Person, andring: str) -> None:
    """In the database, after the decision: the row is another's, or says something else of its akt."""
    lista = _beslutad()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE uppfoljning_gallringsrad SET {andring} WHERE lista_id = %s", [BROR[0], lista.pk])
    if andring.startswith("person"):
        atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU)
        assert lista.rader.get().skal == [atgarder.ANDRAT]
    else:
        with pytest.raises(Hindrad, match="har ändrats sedan den frystes"):
            atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU)
    assert not Person.objects.exclude(gallrad=None).exists()
