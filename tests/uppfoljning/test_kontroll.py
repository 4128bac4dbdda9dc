"""Findings: what is stored of them from night to night, what people may note, and that nothing is put right unseen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import DatabaseError, InternalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks

from beslut.models import Lasning, Person
from grund.behorighet import RATTER, Ratt, Roll
from grund.datapaket.registrering import Spar, lagrad_rad, registrera
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from grund.tid import STOCKHOLM
from tests.webb.varld import Varld, bygg
from uppfoljning.attgora_fynd import grupper
from uppfoljning.kontroll.bedomningar import bedom, hinder_for_bedomning, historia, med_bedomning, tidigare
from uppfoljning.kontroll.granser import gallande, satt_grans
from uppfoljning.kontroll.jamforelse import Oppet, avtryck, jamfor
from uppfoljning.kontroll.koder import UTFALL, Objekt, Omrade, Utfall
from uppfoljning.kontroll.korning import kontrollera, kontrollera_personer
from uppfoljning.kontroll.register import GRANSER, REGLER
from uppfoljning.kontroll.typer import Traff
from uppfoljning.models import Fynd, Fyndbedomning, Fyndgrans, Kontroll
from uppfoljning.rapporter.datakvalitet.rapport import ALDRAR, aldersklass
from uppfoljning.uppgifter.besokspersonal import BESOKSPERSONAL
from uppfoljning.uppgifter.inlasning import las_in_uppgifter

IDAG, IMORGON = date(2026, 6, 3), date(2026, 6, 4)
NU = datetime(2026, 6, 3, 10, tzinfo=STOCKHOLM)
ETT = Traff("V1", "V1", 1, 1, 1, date(2026, 5, 1), None, {"slut": "2026-04-30"}, ("B1",))


def _oppet(traff: Traff, pk: int = 7) -> Oppet:
    return Oppet(pk, avtryck(traff), traff.fran)


def test_what_is_found_again_as_it_was_is_left_as_it_is() -> None:
    svar = jamfor({"V1": _oppet(ETT)}, [ETT], fran=None)
    assert (svar.nya, svar.andrade, svar.kvar, svar.stangda) == ((), (), (7,), ())


def test_what_looks_otherwise_is_changed_and_what_is_gone_is_closed() -> None:
    annat = replace(ETT, uppgifter={"slut": "2026-04-29"})
    assert jamfor({"V1": _oppet(ETT)}, [annat], fran=None).andrade == ((7, annat),)
    assert jamfor({"V1": _oppet(ETT)}, [], fran=None).stangda == (7,)


def test_what_was_not_looked_for_is_neither_closed_nor_changed() -> None:
    svar = jamfor({"V1": _oppet(ETT)}, [], fran=date(2026, 5, 2))
    assert (svar.kvar, svar.stangda) == ((), ())
    assert jamfor({"V1": _oppet(ETT)}, [], fran=date(2026, 5, 1)).stangda == (7,)


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_every_finding_is_new_or_kept_and_every_open_one_is_kept_or_closed(forut: set[str], nu: set[str]) -> None:
    traffar = [replace(ETT, nyckel=ett) for ett in sorted(nu)]
    oppna = {ett: _oppet(ETT, nr) for nr, ett in enumerate(sorted(forut))}
    svar = jamfor(oppna, traffar, fran=None)
    assert {ett.nyckel for ett in svar.nya} == nu - forut
    assert len(svar.kvar) + len(svar.andrade) == len(nu & forut)
    assert {oppna[ett].pk for ett in forut - nu} == set(svar.stangda)


def test_every_rule_says_what_why_what_to_do_and_whose_it_is() -> None:
    for ett in REGLER.values():
        for text in (ett.finner, ett.varfor, ett.atgard, ett.mening, ett.pengar.value):
            assert text[0].isupper() or text.startswith("{"), text
            assert text.endswith("."), text
        assert ett.agare in RATTER[Ratt.BEDOMA_FYND]
    assert all(grans.forval >= 1 for grans in GRANSER.values())


def test_a_signal_accuses_nobody() -> None:
    for ett in REGLER.values():
        if ett.omrade == Omrade.SIGNAL:
            texter = " ".join((ett.namn, ett.finner, ett.varfor, ett.atgard, ett.mening)).lower()
            assert not any(ord_ in texter for ord_ in ("fusk", "bedrägeri", "misstänk", "brott"))
    assert not set(UTFALL[Omrade.SIGNAL]) & set(UTFALL[Omrade.KVALITET])


def test_signals_are_for_those_who_look_at_pay_and_for_the_revisor_to_read() -> None:
    assert RATTER[Ratt.SE_SIGNALER] == {Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.REVISOR}
    assert RATTER[Ratt.BEDOMA_SIGNALER] == {Roll.CONTROLLER, Roll.GRUPPCHEF}


def test_classes_of_age_begin_where_the_one_before_ended() -> None:
    for (hogst, namn), (_, nasta) in pairwise(ALDRAR):
        assert hogst is not None
        assert aldersklass(date.fromordinal(IDAG.toordinal() - hogst), IDAG) == namn
        assert aldersklass(date.fromordinal(IDAG.toordinal() - hogst - 1), IDAG) == nasta


# In the database: the small world, where Anna's beslut ends while it is carried out.


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    return bygg(tmp_path)


@pytest.fixture
def klara(varld: Varld) -> Anvandare:
    return varld.anvandare[Roll.CONTROLLER]


def _slut(dag: str) -> None:
    rad = lagrad_rad("beslut", "B-EGEN") | {"till": dag}
    registrera(rader={"beslut": [rad]}, spar=Spar(None, "andra_person", "beslut:B-EGEN", "Ändrade slutet."))


def _fyndet() -> Fynd:
    return Fynd.objects.get(regel="verkstalls_efter_beslut", nyckel="V-EGEN", stangd=None)


def test_a_finding_is_stored_once_closes_by_itself_and_comes_back_as_a_new_one(varld: Varld) -> None:
    _slut("2026-05-20")
    kontroll = kontrollera(idag=IDAG, nu=NU)
    ett = _fyndet()
    assert (ett.upptackt, ett.fran, ett.till) == (IDAG, date(2026, 5, 21), None)
    assert REGLER[ett.regel].i_ord(ett.uppgifter).replace("\xa0", " ") == (
        "Beslut B-EGEN gällde till och med 20 maj 2026. Verkställigheten gäller tills vidare."
    )
    igen = kontrollera(idag=IMORGON, nu=NU)
    assert (igen.nya, igen.stangda, igen.oppna) == (0, 0, kontroll.oppna)
    assert _fyndet().senast_sedd == IMORGON
    _slut("")
    kontrollera(idag=IMORGON, nu=NU)
    ett.refresh_from_db()
    assert ett.stangd == IMORGON
    _slut("2026-05-20")
    kontrollera(idag=IMORGON, nu=NU)
    assert _fyndet().pk != ett.pk
    assert [forr.pk for forr in tidigare(_fyndet())] == [ett.pk]
    assert Handelse.objects.filter(handling="kontrollera").count() == Kontroll.objects.count() == 4


def test_what_a_rule_found_that_is_no_more_is_closed(varld: Varld, klara: Anvandare) -> None:
    _slut("2026-05-20")
    kontrollera(idag=IDAG, nu=NU)
    Fynd.objects.filter(pk=_fyndet().pk).update(regel="en_regel_som_fanns")
    kontrollera(idag=IMORGON, nu=NU)
    assert Fynd.objects.get(regel="en_regel_som_fanns").stangd == IMORGON
    assert _fyndet().upptackt == IMORGON


def test_what_is_stored_cannot_be_put_right_by_hand(varld: Varld, klara: Anvandare) -> None:
    _slut("2026-05-20")
    kontrollera(idag=IDAG, nu=NU)
    ett = _fyndet()
    bedom(fynd=ett, utfall=Utfall.GODTAS, anteckning="Rätt.", avtryck=ett.avtryck, av=klara, nu=NU)
    satt_grans(grans=GRANSER["natt_besok"], varde=Decimal(5), skal="För många.", av=klara, nu=NU)
    stangt = Fynd.objects.filter(pk=ett.pk)
    stangt.update(stangd=IDAG)
    for gor in (
        stangt.delete,
        lambda: stangt.update(stangd=None),
        lambda: Fyndbedomning.objects.update(anteckning="Annat."),
        Fyndbedomning.objects.all().delete,
        lambda: Fyndgrans.objects.update(varde=1),
        lambda: Kontroll.objects.update(nya=0),
    ):
        _nekas(gor)


def _nekas(gor: Callable[[], object]) -> None:
    with pytest.raises((InternalError, DatabaseError)), transaction.atomic():
        gor()


def test_an_outcome_is_noted_by_its_owner_with_a_reason_and_holds_while_the_finding_is_as_it_was(
    varld: Varld, klara: Anvandare
) -> None:
    _slut("2026-05-20")
    kontrollera(idag=IDAG, nu=NU)
    ett, eva, rut = _fyndet(), varld.anvandare[Roll.AVTALSSAMORDNARE], varld.anvandare[Roll.REVISOR]
    gemensamt = {"fynd": ett, "avtryck": ett.avtryck, "nu": NU}
    for vem, utfall, text, varfor in (
        (eva, Utfall.GODTAS, "Rätt.", "åtgärdas av handläggare"),
        (rut, Utfall.GODTAS, "Rätt.", "krävs för att"),
        (klara, Utfall.VIDARE, "Rätt.", "utfallen i listan"),
        (klara, Utfall.GODTAS, " ", "Skriv varför"),
    ):
        with pytest.raises(Hindrad, match=varfor):
            bedom(utfall=utfall, anteckning=text, av=vem, **gemensamt)  # type: ignore[arg-type]
    with pytest.raises(Hindrad, match="har ändrats"):
        bedom(utfall=Utfall.GODTAS, anteckning="Rätt.", av=klara, **gemensamt | {"avtryck": "x"})  # type: ignore[arg-type]
    maria = varld.anvandare[Roll.HANDLAGGARE]
    bedom(utfall=Utfall.ATGARDAS, anteckning="Nytt beslut på väg.", av=maria, **gemensamt)  # type: ignore[arg-type]
    assert not med_bedomning(Fynd.objects.filter(pk=ett.pk)).get().avgjord
    bedom(utfall=Utfall.GODTAS, anteckning="Domstolen prövar.", av=klara, **gemensamt)  # type: ignore[arg-type]
    assert med_bedomning(Fynd.objects.filter(pk=ett.pk)).get().avgjord
    assert [rad.utfall for rad in historia(ett)] == [Utfall.GODTAS, Utfall.ATGARDAS]
    assert Handelse.objects.filter(handling="bedom_fynd", objekt=f"fynd:{ett.pk}").count() == 2
    _slut("2026-05-10")
    kontrollera(idag=IDAG, nu=NU)
    assert _fyndet().pk == ett.pk
    assert not med_bedomning(Fynd.objects.filter(pk=ett.pk)).get().avgjord
    _slut("")
    kontrollera(idag=IDAG, nu=NU)
    ett.refresh_from_db()
    assert "stängt" in hinder_for_bedomning(ett, klara)[0]


def test_what_is_registered_is_looked_at_at_once(
    varld: Varld, settings: object, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    settings.IDAG = IDAG  # type: ignore[attr-defined]
    with django_capture_on_commit_callbacks(execute=True):
        _slut("2026-05-20")
    assert _fyndet().upptackt == IDAG
    with django_capture_on_commit_callbacks(execute=True):
        _slut("")
    assert not Fynd.objects.filter(regel="verkstalls_efter_beslut", stangd=None).exists()


def test_persons_are_looked_at_in_a_bounded_number_of_queries(varld: Varld) -> None:
    with CaptureQueriesContext(connection) as en:
        kontrollera_personer(personer=[Person.objects.get(nyckel="P-EGEN").pk], idag=IDAG)
    with CaptureQueriesContext(connection) as alla:
        kontrollera_personer(personer=Person.objects.values_list("pk", flat=True), idag=IDAG)
    assert len(alla) <= len(en) + 6 <= 50


def test_an_old_finding_stays_until_its_person_is_changed(varld: Varld) -> None:
    """Two visits overlap in March; in August March is no longer looked at, and one of them is taken back then."""
    besok = [_besok("K1", "10:00", "11:00"), _besok("K2", "10:30", "11:30")]
    registrera(rader={"besok": besok}, spar=Spar(None, "registrera_narvaro", "narvaro:V-EGEN", "Två besök."))
    kontrollera(idag=IDAG, nu=NU)
    ett = Fynd.objects.get(regel="besok_overlappar")
    assert ett.besok == ["K2", "K1"]
    assert REGLER[ett.regel].i_ord(ett.uppgifter).endswith("och delar 30 minuter med det.")
    augusti = date(2026, 8, 3)
    kontrollera(idag=augusti, nu=NU)
    assert Fynd.objects.get(pk=ett.pk).stangd is None
    registrera(
        rader={"borttag": [{"fil": "besok", "id": "K2"}]},
        spar=Spar(None, "registrera_narvaro", "narvaro:V-EGEN", "Det ena togs tillbaka."),
    )
    kontrollera(idag=augusti, nu=NU)
    assert Fynd.objects.get(pk=ett.pk).stangd == augusti


def _besok(nyckel: str, fran: str, till: str) -> dict[str, str]:
    dag = "2026-03-10"
    return {
        "besok_id": nyckel,
        "verkstallighet_id": "V-EGEN",
        "utford_start": f"{dag}T{fran}",
        "utford_slut": f"{dag}T{till}",
    }


def test_staff_in_two_places_are_a_signal_within_an_utforare_and_by_the_file_that_holds(
    varld: Varld, klara: Anvandare, client: Client
) -> None:
    """K1 and K2 overlap, at two persons of one utförare; K3 is another's, with the same codes."""
    besok = [
        _besok("K1", "10:00", "11:00"),
        _besok("K2", "10:45", "11:15") | {"verkstallighet_id": "V-SKYDDAD"},
        _besok("K3", "10:45", "11:15") | {"verkstallighet_id": "V-ANNANS"},
    ]
    registrera(rader={"besok": besok}, spar=Spar(None, "registrera_narvaro", "narvaro:V-EGEN", "Tre besök."))
    _gjorde(klara, "K1;A", "K2;A", "K3;A", "K1;B", "K2;B", "K3;B")
    ett = Fynd.objects.get(regel="samma_personal")
    assert (ett.nyckel, ett.besok) == ("K1+K2", ["K2", "K1"])
    assert REGLER[ett.regel].i_ord(ett.uppgifter).replace("\xa0", " ") == (
        "Besök K2 10 mars 2026 började innan K1 var slut, med personal A och B. De delar 15 minuter."
    )
    client.force_login(klara)
    assert client.get(f"/signaler/{ett.pk}/").status_code == 200
    sedda = Lasning.objects.filter(anvandare=klara, sida="signal").values_list("person__nyckel", flat=True)
    assert set(sedda) == {"P-EGEN", "P-SKYDDAD"}  # the visits of both are shown
    _gjorde(klara, "K1;A", "K2;B", "K3;A")
    assert not Fynd.objects.filter(regel="samma_personal", stangd=None).exists()


def _gjorde(av: Anvandare, *rader: str) -> None:
    """A file of who made the visits is taken in, and the night passes."""
    las_in_uppgifter(
        slag=BESOKSPERSONAL,
        period="2026-03",
        innehall="\n".join(["besok_id;personal", *rader]).encode(),
        filnamn="besokspersonal.csv",
        kalla="Schemat",
        av=av,
        nu=NU,
    )
    kontrollera(idag=IDAG, nu=NU)


def test_what_is_wrong_in_a_delivery_is_shown_to_those_who_deliver(
    varld: Varld, client: Client, settings: object
) -> None:
    settings.IDAG = IDAG  # type: ignore[attr-defined]
    ett = Fynd.objects.create(
        regel="statistik_skiljer",
        omrade=Omrade.KVALITET,
        nyckel="lss:2025-10-01:1",
        agare=Roll.CONTROLLER,
        objekt=Objekt.LEVERANS,
        objekt_nyckel="LSS-statistik den 1 oktober",
        objekt_id=7,
        uppgifter={"leverans": "LSS-statistik den 1 oktober", "rader": "3 rader"},
        avtryck="a",
        upptackt=IDAG,
        senast_sedd=IDAG,
    )
    for roll in sorted(RATTER[Ratt.SE_UNDERLAG]):
        client.force_login(varld.anvandare[roll])
        far = roll in RATTER[Ratt.LAMNA_STATISTIK]
        lista, sida = client.get("/fynd/?lage=alla"), client.get(f"/fynd/{ett.pk}/")
        assert ("Statistiken är en annan" in lista.content.decode()) is far
        assert sida.status_code == (200 if far else 404)
        assert ("/rapporter/leveranser/7/" in sida.content.decode()) is far
        svar = client.get("/fynd/?lage=alla&regel=statistik_skiljer")  # where the report's row leads
        assert ("visas bara för den som får lämna statistik" in svar.content.decode()) is not far
    att_gora = {roll: grupper(varld.anvandare[roll], IDAG, alla=True) for roll in Roll}
    assert [roll for roll, egna in att_gora.items() if "statistik_skiljer" in repr(egna)] == [Roll.CONTROLLER]


def test_a_limit_is_data_in_versions_and_the_next_night_goes_by_it(varld: Varld, klara: Anvandare) -> None:
    rader = [_besok(f"K{nr}", f"{8 + nr}:00".rjust(5, "0"), f"{8 + nr}:30".rjust(5, "0")) for nr in range(4)]
    registrera(rader={"besok": rader}, spar=Spar(None, "registrera_narvaro", "narvaro:V-EGEN", "Fyra besök."))
    kontrollera(idag=IDAG, nu=NU)
    assert not Fynd.objects.filter(regel="lika_langa").exists()
    grans = GRANSER["lika_langa_besok"]
    with pytest.raises(Hindrad, match="redan den"):
        satt_grans(grans=grans, varde=grans.forval, skal="Samma.", av=klara, nu=NU)
    with pytest.raises(Hindrad, match="krävs för att"):
        satt_grans(grans=grans, varde=Decimal(4), skal="Fler.", av=varld.anvandare[Roll.GRUPPCHEF], nu=NU)
    satt_grans(grans=grans, varde=Decimal(4), skal="Fler ska med.", av=klara, nu=NU)
    assert gallande()[grans.nyckel] == 4
    kontrollera(idag=IDAG, nu=NU)
    ett = Fynd.objects.get(regel="lika_langa")
    assert REGLER[ett.regel].i_ord(ett.uppgifter) == "4 av 4 besök var 30 minuter."


def test_the_start_page_says_what_is_to_be_put_right_in_a_bounded_number_of_queries(varld: Varld) -> None:
    rad = lagrad_rad("beslut", "B-EGEN") | {"beslut_id": "B-TVA", "beslutsdatum": "2026-02-01", "fran": "2026-02-01"}
    registrera(rader={"beslut": [rad]}, spar=Spar(None, "andra_person", "beslut:B-TVA", "Ett till."))
    kontrollera(idag=IDAG, nu=NU)
    maria = varld.anvandare[Roll.HANDLAGGARE]
    with CaptureQueriesContext(connection) as fragor:
        (grupp,) = grupper(maria, IDAG, alla=False)
    assert len(fragor) <= 3
    assert grupp.uppgifter[0].vad == "Två beslut om samma insats"
    assert grupp.uppgifter[0].vem == "Anna Ek"
    assert grupper(varld.anvandare[Roll.UTFORARE], IDAG, alla=False) == []
