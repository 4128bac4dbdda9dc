"""Levels as staff: what the key says of nights, uneven enheter and other homes, and what the public may see."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beslut.models import Nivaarende, Nivabedomning, Nivasvar
from beslut.models.instrument import Instrument, Instrumentomrade
from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Handelse
from grund.tid import Manad
from tests.uppfoljning.avtal import NU, START, nyckel
from tests.webb.varld import Varld, bygg
from uppfoljning.enhetsfakta import gallande_fakta, registrera_enhetsfakta
from uppfoljning.models import Bemanningsnyckel
from uppfoljning.rapport.innehall import Lasare, Nyckeltal, Rapport, Tabell
from uppfoljning.rapporter.behov_mot_bemanning.behov import rakna
from uppfoljning.rapporter.behov_mot_bemanning.queries import (
    BEMANNING,
    Brukare,
    Enhetslage,
    Schema,
    Underlag,
    hamta,
)
from uppfoljning.rapporter.behov_mot_bemanning.rapport import rapport
from uppfoljning.rapporter.behov_mot_bemanning.regler import (
    Nattform,
    Nivabehov,
    Nyckel,
    ar_ojamn,
    jamfor_natt,
    mest,
)
from uppfoljning.uppgifter.inlasning import UppgifterNekade, las_in_uppgifter
from uppfoljning.uppgifter.register import SLAG
from utforare.models import Enhet

MAJ, IDAG = Manad(2026, 5), date(2026, 6, 3)
RUBRIKER = "enhet_id;dag;kvall;natt;jour;nattform;beslutad\n"
_JOUR = Nivabehov("3", Decimal(12), Decimal(8), Decimal(0), Nattform.JOUR)
_VAKEN = Nivabehov("4", Decimal(20), Decimal(15), Decimal(5), Nattform.VAKEN)


def _nyckel(omrade: str = "") -> Nyckel:
    nivaer = {"3": _JOUR, "4": _VAKEN}
    return Nyckel(1, Decimal(40), Decimal(60), Decimal("0.5"), omrade, 2, 4, Decimal(2), nivaer)


@pytest.mark.parametrize(
    ("svar", "form"),
    [(None, "jour"), (0, "ingen"), (1, "ingen"), (2, "jour"), (3, "jour"), (4, "vaken"), (8, "jour"), (9, "jour")],
)
def test_an_answer_decides_the_night_when_it_is_a_number_else_the_level(svar: int | None, form: str) -> None:
    assert _nyckel("natt").nattform(_JOUR, svar) == form
    assert _nyckel("").nattform(_JOUR, svar) == Nattform.JOUR


def test_a_night_needs_somebody_there_or_more_if_the_persons_do() -> None:
    nyckel_ = _nyckel()
    assert nyckel_.nattbehov(Nattform.VAKEN, Decimal(5)) == 60
    assert nyckel_.nattbehov(Nattform.JOUR, Decimal(5)) == 30
    assert nyckel_.nattbehov(Nattform.JOUR, Decimal(31)) == 31
    assert nyckel_.nattbehov(Nattform.INGEN, Decimal(0)) == 0
    assert mest([Nattform.JOUR, Nattform.INGEN]) == Nattform.JOUR
    assert mest([]) == Nattform.INGEN
    assert [jamfor_natt(Nattform.JOUR, har) for har in Nattform] == [-1, 0, 1]


def test_an_enhet_is_uneven_from_the_ratio_that_the_key_says() -> None:
    assert not ar_ojamn([Decimal(50)], Decimal(2))
    assert not ar_ojamn([Decimal(10), Decimal("19.99")], Decimal(2))
    assert ar_ojamn([Decimal(10), Decimal(20)], Decimal(2))
    assert ar_ojamn([Decimal(0), Decimal(1)], Decimal(2))
    assert not ar_ojamn([Decimal(0), Decimal(0)], Decimal(2))


def test_a_difference_that_is_told_as_nothing_is_no_difference() -> None:
    """An hour a week of 40 is 0,03 årsarbetare: neither 0,0 more nor 0,0 less."""
    schema = Schema(Decimal(13), Decimal(8), Decimal(0), Decimal(60), Nattform.JOUR, None)
    enhet = Enhetslage(1, "Eken", "U", "egen", "", (Brukare(1, "V1", 1, "3", None),), schema)
    svar = rapport(
        Underlag(MAJ, date(2026, 5, 31), "LSS-10", _nyckel(), START, (enhet,), None), Lasare(offentlig=False)
    )
    assert "Det är lika mycket som behovet enligt nivåerna" in svar.delar[0].stycken[0]


# In the database.


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    """At Eken two persons of level 3, at Ask one; a key, and schedules of both."""
    bygd = bygg(tmp_path)
    nyckel()
    _las("E-EGEN;20;10;60;0;vaken;jour\nE-ANNAN;12;8;0;60;jour;\n")
    return bygd


def _las(rader: str) -> None:
    las_in_uppgifter(
        slag=SLAG[BEMANNING],
        period="2026-05",
        innehall=(RUBRIKER + rader).encode(),
        filnamn="schema.csv",
        kalla="Schemasystemet",
        av=None,
        nu=NU,
    )


def _gor(*, offentlig: bool = False, manad: Manad = MAJ) -> Rapport:
    return rapport(hamta(manad, "LSS-10", IDAG), Lasare(offentlig))


def _tal(svar: Rapport, nyckel_: str) -> Nyckeltal:
    return next(ett for ett in svar.nyckeltal if ett.nyckel == nyckel_)


def _tabell(svar: Rapport, nyckel_: str) -> Tabell:
    return next(ett for ett in svar.tabeller if ett.nyckel == nyckel_)


def test_need_and_schedule_by_part_of_the_day(varld: Varld) -> None:
    """Eken: 24 + 16 + 30 (jour, half of 60) against 20 + 10 + 60; Ask: 12 + 8 + 30 against the same."""
    svar = _gor()
    assert [rad.celler[1:3] for rad in _tabell(svar, "dygnet").rader] == [(36, 32), (24, 18), (60, 90)]
    assert (_tal(svar, "bemanning_behov").varde, _tal(svar, "bemanning_schema").varde) == (
        Decimal("3.00"),
        Decimal("3.50"),
    )
    assert _tal(svar, "bemanning_enheter_under").av == (0, 2)
    eken = next(rad.celler for rad in _tabell(svar, "natter").rader if rad.celler[0] == "Eken")
    assert eken[1:] == ("Sovande jour", "Sovande jour", "Vaken natt", "Schemat är mer än bedömt")
    assert _tal(svar, "bemanning_natt_avviker").varde == 1


def test_a_new_file_replaces_the_one_before_and_a_new_key_holds_from_its_day(varld: Varld) -> None:
    _las("E-EGEN;24;16;0;60;jour;\n")
    svar = _gor()
    assert _tal(svar, "bemanning_skillnad").varde == 0  # Ask has no schedule any more, and is not compared
    assert "1\N{NO-BREAK SPACE}enhet har inget schema" in " ".join(svar.delar[0].stycken)
    nyckel(fran=date(2026, 6, 1))
    assert ("Bemanningsnyckel", "version 1, från 1\N{NO-BREAK SPACE}januari 2026") in _gor().urval
    assert "version 2" in dict(_gor(manad=Manad(2026, 6)).urval)["Bemanningsnyckel"]


def test_an_answer_of_the_assessment_that_holds_decides_the_night(varld: Varld) -> None:
    anvandare = varld.anvandare[Roll.HANDLAGGARE]
    instrument = Instrument.objects.create(namn="Skala", version=1, insatser=["LSS-10"], skapad_av=anvandare)
    omrade = Instrumentomrade.objects.create(instrument=instrument, ordning=0, kod="natt", namn="Natten", vikt=1)
    nyckel(omrade="natt")
    bedomning = Nivabedomning.objects.get(nyckel="N-EGEN")
    arende = Nivaarende.objects.create(
        person=bedomning.person,
        insats="LSS-10",
        instrument=instrument,
        bedomare=anvandare,
        skapad=NU,
        bedomning=bedomning,
    )
    Nivasvar.objects.create(arende=arende, omrade=omrade, svar=4)
    Nivaarende.objects.filter(pk=arende.pk).update(
        lage="godkand", niva="3", summa=4, inskickad=NU, onskad_fran=bedomning.fran
    )
    underlag = hamta(MAJ, "LSS-10", IDAG)
    assert underlag.nyckel is not None
    former = {ett.enhet.namn: ett.nattform for ett in rakna(underlag.enheter, underlag.nyckel)}
    assert former == {"Eken": Nattform.VAKEN, "Ask": Nattform.JOUR}


def test_whose_level_fits_another_home_and_who_has_none(varld: Varld) -> None:
    eken = Enhet.objects.get(nyckel="E-EGEN")
    registrera_enhetsfakta(enhet=eken, fran=START, kommun="", boendeform="gruppbostad", av=None, nu=NU)
    Nivabedomning.objects.filter(nyckel="N-ANNANS").update(niva="99")
    svar = _gor()
    assert {rad.celler[0] for rad in _tabell(svar, "forflyttning").rader} == {"V-EGEN", "V-SKYDDAD"}
    assert [rad.celler for rad in _tabell(svar, "utan-niva-lista").rader] == [
        ("V-ANNANS", "Nivå 99", "Ask", "Nivån finns inte i nyckeln")
    ]
    assert _tal(svar, "bemanning_annan_boendeform").varde == 2


def test_enhetsfakta_hold_from_their_day_and_the_last_told_wins(varld: Varld) -> None:
    eken = Enhet.objects.get(nyckel="E-EGEN")
    for fran, kommun in ((START, ""), (date(2026, 5, 1), "Lindviks kommun"), (date(2026, 5, 1), "Havsby kommun")):
        registrera_enhetsfakta(enhet=eken, fran=fran, kommun=kommun, boendeform="annan", av=None, nu=NU)
    assert gallande_fakta(date(2026, 4, 30))[eken.pk].kommun == ""
    assert gallande_fakta(IDAG)[eken.pk].kommun == "Havsby kommun"
    for kommun, varfor in (("Ekstad", "Lämna kommunen tom"), ("Havsby kommun", "redan registrerat")):
        with pytest.raises(Hindrad, match=varfor):
            registrera_enhetsfakta(enhet=eken, fran=IDAG, kommun=kommun, boendeform="annan", av=None, nu=NU)


def test_few_persons_are_not_told_of_in_public(varld: Varld) -> None:
    svar = _gor(offentlig=True)
    assert (svar.nyckeltal, svar.tabeller, svar.personer) == ((), (), frozenset())
    assert "färre än fem personer" in svar.delar[0].stycken[0]


def test_a_faulty_file_is_refused_row_by_row_and_nothing_is_kept(varld: Varld) -> None:
    with pytest.raises(UppgifterNekade) as nekad:
        _las("E-EGEN;20;10;0;0;vaken;\nE-BORTA;1;1;0;0;ingen;\nE-ANNAN;-1;1;0;9;ingen;\n")
    fel = {(ett.rad, ett.kolumn) for ett in nekad.value.fel}
    assert {(2, "natt"), (4, "dag")} <= fel
    assert hamta(MAJ, "LSS-10", IDAG).fil.version == 1  # type: ignore[union-attr]


def test_a_key_is_never_changed(varld: Varld) -> None:
    ett = Bemanningsnyckel.objects.get()
    with pytest.raises(ProgrammingError):
        Bemanningsnyckel.objects.filter(pk=ett.pk).update(motiv="Annat.")


def test_a_key_that_is_sent_twice_makes_one_version(varld: Varld) -> None:
    with pytest.raises(Hindrad, match="Version 1 säger redan detsamma"):
        nyckel()
    assert nyckel(fran=date(2026, 6, 1)).version == 2


def test_an_area_that_no_instrument_has_is_refused(varld: Varld) -> None:
    with pytest.raises(Hindrad, match="Inget instrument"):
        nyckel(omrade="natt")
    assert Handelse.objects.filter(handling="registrera_bemanningsnyckel").count() == 1


def test_the_number_of_queries_does_not_grow_with_the_persons(varld: Varld) -> None:
    with CaptureQueriesContext(connection) as fragor:
        hamta(MAJ, "LSS-10", IDAG)
    assert len(fragor) <= 9


def test_the_page_leads_to_the_persons_of_an_enhet(varld: Varld, client: Client) -> None:
    sida = reverse("uppfoljning:rapport", args=["behov-mot-bemanning"])
    eken = Enhet.objects.get(nyckel="E-EGEN").pk
    client.force_login(varld.anvandare[Roll.REVISOR])
    svar = client.get(sida, {"insats": "LSS-10", "enhet": eken}).content.decode()
    assert "Personer på Eken" in svar
    assert "V-EGEN" in svar
    for enhet in ("x", "999999", "9" * 30):
        assert client.get(sida, {"insats": "LSS-10", "enhet": enhet}).status_code == 200
    client.force_login(varld.anvandare[Roll.NAMNDSEKRETERARE])
    assert "V-EGEN" not in client.get(sida, {"insats": "LSS-10", "enhet": eken}).content.decode()


def test_the_day_is_the_last_of_the_month(varld: Varld) -> None:
    assert hamta(MAJ, "LSS-10", IDAG).dag == MAJ.till - timedelta(days=1)
    assert hamta(Manad(2026, 6), "LSS-10", IDAG).dag == IDAG
