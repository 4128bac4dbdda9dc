"""After a decision: omprövning by FL 37 §, appeals step by step, and judgments."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from beslut import attgora
from beslut.actions import overklagande as gor
from beslut.actions.arenden import avsluta_arende, kommunicera
from beslut.actions.efter import delge
from beslut.actions.forslag import EjFardigt, Forslagsfalt, foresla, spara_forslag
from beslut.koder import (
    Arendeslag,
    Arendestatus,
    Avslutsskal,
    Delgivningssatt,
    Domsutfall,
    Kommuniceringssatt,
    Overklagandesteg,
)
from beslut.models import Arende, Beslut, Overklagande
from beslut.regler import Utfall
from grund.hinder import Hindrad
from grund.models import Andring, Anvandare, Handelse
from tests.arenden.conftest import HELT, IDAG, NU, Besluta, Oppna

TILLS_VIDARE = replace(HELT, sista=None)
AUGUSTI = datetime(2026, 8, 3, 10, tzinfo=NU.tzinfo)
AVSLAG = Forslagsfalt(utfall="avslag", motivering="Behovet är tillgodosett.")


@pytest.fixture
def tills_vidare(oppna: Oppna, besluta: Besluta) -> Beslut:
    return besluta(oppna(), TILLS_VIDARE)


@pytest.fixture
def avslag(oppna: Oppna, besluta: Besluta, maria: Anvandare) -> Beslut:
    arende = oppna()
    kommunicera(arende=arende, dag=IDAG, satt=Kommuniceringssatt.MOTE, text="", av=maria, idag=IDAG)
    return besluta(arende, AVSLAG)


def _omprova(oppna: Oppna, beslut: Beslut) -> Arende:
    return oppna(slag=Arendeslag.OMPROVNING, omprovar=beslut)


def test_a_decision_is_reconsidered_in_one_arende_at_a_time(
    oppna: Oppna, tills_vidare: Beslut, avslag: Beslut, maria: Anvandare
) -> None:
    arende = _omprova(oppna, tills_vidare)
    with pytest.raises(Hindrad, match=f"omprövas redan i ärende {arende.nummer}"):
        _omprova(oppna, tills_vidare)
    avsluta_arende(arende=arende, skal=Avslutsskal.ANNAT, dag=IDAG, av=maria)
    assert _omprova(oppna, tills_vidare).pk
    with pytest.raises(Hindrad, match="Ett avslag omprövas inte"):
        _omprova(oppna, avslag)


def test_a_gynnande_beslut_cannot_just_be_lowered(oppna: Oppna, tills_vidare: Beslut, maria: Anvandare) -> None:
    arende = _omprova(oppna, tills_vidare)
    mindre = replace(TILLS_VIDARE, fran=date(2026, 9, 1), omfattning=Decimal(3), grund="fordel")
    spara_forslag(arende=arende, falt=mindre, pa_version=0, av=maria)
    with pytest.raises(EjFardigt, match="Omfattningen blir mindre"):
        foresla(arende=arende, pa_version=1, av=maria, nu=NU)
    spara_forslag(arende=arende, falt=replace(mindre, grund="forbehall"), pa_version=1, av=maria)
    with pytest.raises(EjFardigt, match="inget förbehåll"):
        foresla(arende=arende, pa_version=2, av=maria, nu=NU)


def test_at_the_persons_own_request_the_old_decision_ends_the_day_before_the_new(
    oppna: Oppna, besluta: Besluta, tills_vidare: Beslut
) -> None:
    mindre = replace(TILLS_VIDARE, fran=date(2026, 9, 1), omfattning=Decimal(3), grund="egen_begaran")
    nytt = besluta(_omprova(oppna, tills_vidare), mindre)
    tills_vidare.refresh_from_db()
    assert (tills_vidare.till, nytt.fran, nytt.omfattning) == (date(2026, 9, 1), date(2026, 9, 1), Decimal(3))
    handelse = Handelse.objects.filter(handling="underteckna_beslut").latest("id")
    assert "slutar 2026-08-31 (personen har själv begärt ändringen)" in handelse.text
    assert {ett.fran for ett in Andring.objects.filter(handelse=handelse)} == {date(2026, 9, 1)}


def test_an_insats_ends_early_with_its_ground_named(
    oppna: Oppna, besluta: Besluta, tills_vidare: Beslut, maria: Anvandare
) -> None:
    arende = _omprova(oppna, tills_vidare)
    kommunicera(arende=arende, dag=IDAG, satt=Kommuniceringssatt.TELEFON, text="", av=maria, idag=IDAG)
    slut = Forslagsfalt(utfall="avslag", fran=date(2026, 9, 1), motivering="Har fått arbete.", grund="egen_begaran")
    nytt = besluta(arende, slut)
    tills_vidare.refresh_from_db()
    assert tills_vidare.till == date(2026, 9, 1)
    assert (nytt.utfall, nytt.fran) == (Utfall.AVSLAG, None)


def test_a_decision_that_runs_out_is_followed_by_another(oppna: Oppna, besluta: Besluta) -> None:
    gammalt = besluta(oppna())
    nytt = replace(HELT, fran=date(2027, 7, 1), sista=None, omfattning=Decimal(2), grund="ny_tid", uppfoljning=None)
    efter = besluta(_omprova(oppna, gammalt), replace(nytt, bekraftat=("uppfoljning_saknas",)))
    gammalt.refresh_from_db()
    assert (gammalt.till, efter.fran) == (date(2027, 7, 1), date(2027, 7, 1))


def test_the_new_decision_must_begin_after_the_old_one(oppna: Oppna, tills_vidare: Beslut, maria: Anvandare) -> None:
    arende = _omprova(oppna, tills_vidare)
    spara_forslag(arende=arende, falt=replace(TILLS_VIDARE, grund="fordel"), pa_version=0, av=maria)
    with pytest.raises(EjFardigt, match="måste börja efter"):
        foresla(arende=arende, pa_version=1, av=maria, nu=NU)


def _overklaga(beslut: Beslut, av: Anvandare, inkom: date = IDAG) -> Overklagande:
    return gor.registrera_overklagande(
        beslut=beslut, inkom=inkom, klagande="Anna Ek", text="Jag vill ha stödet.", av=av, idag=AUGUSTI.date()
    )


def _till_domstolen(beslut: Beslut, av: Anvandare) -> Overklagande:
    ett = _overklaga(beslut, av)
    gor.rattidsprova(overklagande=ett, i_tid=True, skal="", dag=IDAG, av=av)
    gor.omprova_overklagat(overklagande=ett, andras=False, text="Inget nytt.", av=av, nu=NU)
    gor.overlamna(overklagande=ett, dag=IDAG, av=av, idag=IDAG)
    return Overklagande.objects.get(pk=ett.pk)


def test_an_appeal_that_came_too_late_is_refused_with_a_reason(avslag: Beslut, maria: Anvandare) -> None:
    delge(beslut=avslag, dag=IDAG, satt=Delgivningssatt.MOTTAGNINGSBEVIS, av=maria, idag=IDAG)
    ett = _overklaga(avslag, maria, date(2026, 6, 25))
    for i_tid in (True, False):
        with pytest.raises(Hindrad, match="Sista dagen var 2026-06-24"):
            gor.rattidsprova(overklagande=ett, i_tid=i_tid, skal="", dag=AUGUSTI.date(), av=maria)
    gor.rattidsprova(overklagande=ett, i_tid=False, skal="Kom in en dag för sent.", dag=AUGUSTI.date(), av=maria)
    ett.refresh_from_db()
    assert ett.steg == Overklagandesteg.AVVISAT
    with pytest.raises(Hindrad, match="redan kommit vidare"):
        gor.rattidsprova(overklagande=ett, i_tid=False, skal="Igen.", dag=AUGUSTI.date(), av=maria)
    with pytest.raises(Hindrad, match="avgjort om det kom in i tid"):
        delge(beslut=avslag, dag=IDAG, satt=Delgivningssatt.BREV, av=maria, idag=IDAG)


def test_an_appeal_in_time_cannot_be_refused(avslag: Beslut, maria: Anvandare) -> None:
    ett = _overklaga(avslag, maria)
    with pytest.raises(Hindrad, match="får inte avvisas"):
        gor.rattidsprova(overklagande=ett, i_tid=False, skal="Nej.", dag=IDAG, av=maria)
    with pytest.raises(Hindrad, match="redan ett överklagande"):
        _overklaga(avslag, maria)


def test_the_namnd_may_change_its_own_decision_before_the_court(avslag: Beslut, maria: Anvandare) -> None:
    ett = _overklaga(avslag, maria)
    gor.rattidsprova(overklagande=ett, i_tid=True, skal="", dag=IDAG, av=maria)
    arende = gor.omprova_overklagat(overklagande=ett, andras=True, text="Nya intyg.", av=maria, nu=NU)
    assert arende is not None
    assert (arende.slag, arende.omprovar) == (Arendeslag.OVERKLAGAT, avslag)
    with pytest.raises(Hindrad, match="redan kommit vidare"):
        gor.overlamna(overklagande=ett, dag=IDAG, av=maria, idag=IDAG)


def _dom(utfall: Domsutfall, **annat: object) -> gor.Dom:
    return gor.Dom(date(2026, 8, 1), utfall, "4711-26", "Domen.", **annat)  # type: ignore[arg-type]


def test_a_judgment_that_gives_becomes_a_decision_that_is_the_courts(avslag: Beslut, maria: Anvandare) -> None:
    ett = _till_domstolen(avslag, maria)
    with pytest.raises(Hindrad, match="vilken dag insatsen ska börja"):
        gor.registrera_dom(overklagande=ett, dom=_dom(Domsutfall.BIFALL), av=maria, nu=AUGUSTI)
    dom = _dom(Domsutfall.BIFALL, fran=date(2026, 8, 1), omfattning=Decimal("2.5"), omfattning_enhet="dagar_vecka")
    assert gor.registrera_dom(overklagande=ett, dom=dom, av=maria, nu=AUGUSTI) is None
    ett.refresh_from_db()
    beslut = Beslut.objects.get(nyckel="D-B-LSS-2026-0001")
    assert (ett.steg, ett.domens_beslut) == (Overklagandesteg.AVGJORT, beslut)
    assert (beslut.utfall, beslut.beslutsdatum, beslut.omfattning) == (
        Utfall.BIFALL,
        date(2026, 8, 1),
        Decimal("2.5"),
    )
    assert beslut.dom == ett


def test_a_judgment_in_place_of_a_decision_in_part_ends_that_one(
    oppna: Oppna, besluta: Besluta, maria: Anvandare
) -> None:
    arende = oppna()
    kommunicera(arende=arende, dag=IDAG, satt=Kommuniceringssatt.MOTE, text="", av=maria, idag=IDAG)
    delvis = besluta(arende, replace(TILLS_VIDARE, utfall="delvis"))
    ett = _till_domstolen(delvis, maria)
    gor.registrera_dom(overklagande=ett, dom=_dom(Domsutfall.BIFALL, fran=date(2026, 8, 1)), av=maria, nu=AUGUSTI)
    delvis.refresh_from_db()
    assert delvis.till == date(2026, 8, 1)


def test_what_the_court_sends_back_opens_an_arende(avslag: Beslut, maria: Anvandare) -> None:
    ett = _till_domstolen(avslag, maria)
    arende = gor.registrera_dom(overklagande=ett, dom=_dom(Domsutfall.ATERFORVISAD), av=maria, nu=AUGUSTI)
    assert arende is not None
    assert (arende.slag, arende.status) == (Arendeslag.ATERFORVISAD, Arendestatus.UTREDS)
    assert not Beslut.objects.filter(nyckel__startswith="D-").exists()


def test_a_judgment_against_the_party_makes_no_decision(avslag: Beslut, maria: Anvandare) -> None:
    ett = _till_domstolen(avslag, maria)
    gor.registrera_dom(overklagande=ett, dom=_dom(Domsutfall.AVSLAG), av=maria, nu=AUGUSTI)
    assert Beslut.objects.count() == 1


def _att_gora(vem: Anvandare, dag: date, *, alla: bool = False) -> dict[str, int]:
    return {grupp.nyckel: grupp.antal for grupp in attgora.grupper(vem, dag, alla=alla)}


def test_each_sees_what_they_have_to_do(
    oppna: Oppna, besluta: Besluta, maria: Anvandare, jonas: Anvandare, gustav: Anvandare
) -> None:
    beslut = besluta(oppna())
    arende = oppna()
    assert _att_gora(maria, IDAG) == {}
    assert _att_gora(maria, date(2027, 6, 10)) == {"gar-ut": 1, "uppfoljning": 1, "stilla": 1}
    spara_forslag(arende=arende, falt=replace(HELT, bekraftat=("overlapp",)), pa_version=0, av=maria)
    foresla(arende=arende, pa_version=1, av=maria, nu=NU)
    _overklaga(beslut, maria)
    assert _att_gora(gustav, IDAG) == {
        "underteckna": 1,
    }
    assert _att_gora(gustav, IDAG, alla=True) == {"underteckna": 1, "overklaganden": 1}
    assert _att_gora(jonas, IDAG) == {"underteckna": 1}
    assert _att_gora(jonas, IDAG, alla=True) == {"underteckna": 1, "overklaganden": 1}
    assert _att_gora(Anvandare.objects.create_user("klara", roller=["controller"]), IDAG, alla=True) == {}


def test_a_decision_with_a_successor_is_not_asked_for(oppna: Oppna, besluta: Besluta, maria: Anvandare) -> None:
    gammalt = besluta(oppna())
    nytt = replace(HELT, fran=date(2027, 7, 1), sista=None, grund="ny_tid", uppfoljning=date(2028, 6, 1))
    besluta(_omprova(oppna, gammalt), nytt)
    assert "gar-ut" not in _att_gora(maria, date(2027, 6, 10))


def test_a_late_follow_up_is_red_and_says_how_late(oppna: Oppna, besluta: Besluta, maria: Anvandare) -> None:
    besluta(oppna(), TILLS_VIDARE)
    (grupp,) = attgora.grupper(maria, HELT.uppfoljning + timedelta(days=3), alla=False)  # type: ignore[operator]
    (rad,) = grupp.uppgifter
    assert (grupp.sen, rad.sen, rad.nar) == (True, True, "3\N{NO-BREAK SPACE}dagar sen")
