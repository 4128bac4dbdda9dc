"""Visits as the utförare registers them."""

from datetime import UTC, date, datetime

import pytest

from grund.hinder import Hindrad
from grund.tid import Manad
from tests.rapportering.conftest import IDAG, NU, Omsorg
from utforare import besoksblad, rapportering
from utforare.actions.besok import (
    Bekrafta,
    Vem,
    planera,
    registrera_avbokat,
    registrera_utfort,
    som_text,
    ta_bort_plan,
    ta_tillbaka,
)
from utforare.besoksregler import Tid
from utforare.models import Besok, PlaneratBesok, SenAndring

JUNI = Manad(2026, 6)


def tid(dag: str, fran: str, till: str) -> Tid:
    return Tid(*(datetime.fromisoformat(f"{dag}T{klocka}:00+02:00") for klocka in (fran, till)))


def _planera(omsorg: Omsorg, dag: str = "2026-06-01", till_och_med: date | None = None) -> PlaneratBesok:
    return planera(
        verk=omsorg.verk("V6"), tid=tid(dag, "09:00", "10:00"), till_och_med=till_och_med, vem=Vem(omsorg.ulla, NU)
    )[0]


def _utfort(omsorg: Omsorg, nyckel: str = "", *, fran: str = "09:05", till: str = "10:00", **annat: object) -> str:
    dag = str(annat.pop("dag", "2026-06-01"))
    planerat = tid(dag, "09:00", "10:00") if nyckel else None
    return registrera_utfort(
        verk=omsorg.verk("V6"),
        tid=tid(dag, fran, till),
        planerat=planerat,
        nyckel=nyckel,
        **({"vem": Vem(omsorg.ulla, NU)} | annat),  # type: ignore[arg-type]
    )


def test_a_planned_visit_waits_for_a_report_and_becomes_one(omsorg: Omsorg) -> None:
    plan = _planera(omsorg)
    assert rapportering.orapporterade(JUNI, IDAG).count() == 1
    _utfort(omsorg, plan.nyckel)
    besok = Besok.objects.get(nyckel=plan.nyckel)
    assert (besok.registrering, besok.planerad_start, besok.utford_slut) == (
        "efterhand",
        datetime(2026, 6, 1, 7, tzinfo=UTC),
        datetime(2026, 6, 1, 8, tzinfo=UTC),
    )
    assert rapportering.orapporterade(JUNI, IDAG).count() == 0
    with pytest.raises(Hindrad, match="redan rapporterat"):
        ta_bort_plan(plan=plan, vem=Vem(omsorg.ulla, NU))


def test_a_visit_every_week_keeps_its_clock_time(omsorg: Omsorg) -> None:
    _planera(omsorg, "2026-10-19", date(2026, 11, 2))
    starter = PlaneratBesok.objects.order_by("start").values_list("start", flat=True)
    assert [ett.hour for ett in starter] == [7, 8, 8]  # UTC: the clocks change on 25 October


def test_what_is_registered_on_the_day_is_on_the_spot(omsorg: Omsorg) -> None:
    nyckel = _utfort(omsorg, dag="2026-06-03")
    assert Besok.objects.get(nyckel=nyckel).registrering == "pa_plats"


def test_what_has_not_been_cannot_be_registered(omsorg: Omsorg) -> None:
    with pytest.raises(Hindrad, match="inte slutat"):
        _utfort(omsorg, dag="2026-06-04")
    with pytest.raises(Hindrad, match="började"):
        _utfort(omsorg, dag="2025-12-31")


def test_overlap_and_far_too_long_must_be_confirmed(omsorg: Omsorg) -> None:
    _utfort(omsorg)
    with pytest.raises(Bekrafta, match="överlappar"):
        _utfort(omsorg, fran="09:30", till="10:30")
    _utfort(omsorg, fran="09:30", till="10:30", bekraftat=True)
    plan = _planera(omsorg, "2026-06-02")
    with pytest.raises(Bekrafta, match="mycket längre"):
        _utfort(omsorg, plan.nyckel, dag="2026-06-02", till="12:00")
    assert Besok.objects.count() == 2


def test_bomtid_is_shown_as_such_by_the_terms_of_the_avtal(omsorg: Omsorg) -> None:
    plan = _planera(omsorg)
    registrera_avbokat(
        verk=omsorg.verk("V6"),
        planerat=tid("2026-06-01", "09:00", "10:00"),
        avbokad=datetime(2026, 5, 31, 20, tzinfo=UTC),
        avbokad_av="brukare",
        orsak="sjuk",
        vem=Vem(omsorg.ulla, NU),
        nyckel=plan.nyckel,
    )
    ((dag,),) = [besoksblad.hamta(omsorg.ulla, omsorg.enhet("BO"), JUNI, IDAG)]
    (rad,) = dag.rader
    assert rad.lage == "avbokat"
    assert rad.bomtid.replace("\xa0", " ").startswith("Avbokat 11 timmar före. Avtalet kräver 24 timmar: bomtid")


def test_nobody_was_there_only_when_the_visit_should_have_begun(omsorg: Omsorg) -> None:
    for dag, av, mening in (("2026-06-04", "brukare", "inte börjat"), ("2026-06-01", "utforare", "när ni avbokade")):
        plan = _planera(omsorg, dag)
        with pytest.raises(Hindrad, match=mening):
            registrera_avbokat(
                verk=omsorg.verk("V6"),
                planerat=tid(dag, "09:00", "10:00"),
                avbokad=None,
                avbokad_av=av,
                orsak="ej_hemma",
                vem=Vem(omsorg.ulla, NU),
                nyckel=plan.nyckel,
            )


def test_a_visit_is_changed_and_taken_back_but_not_if_somebody_else_changed_it(omsorg: Omsorg) -> None:
    plan = _planera(omsorg)
    _utfort(omsorg, plan.nyckel)
    sag = som_text(Besok.objects.get())
    _utfort(omsorg, plan.nyckel, till="10:10", sag=sag)
    with pytest.raises(Hindrad, match="Någon annan"):
        _utfort(omsorg, plan.nyckel, till="10:20", sag=sag)
    with pytest.raises(Hindrad, match="Någon annan"):
        ta_tillbaka(besok=Besok.objects.get(), sag=sag, vem=Vem(omsorg.ulla, NU))
    ta_tillbaka(besok=Besok.objects.get(), sag=som_text(Besok.objects.get()), vem=Vem(omsorg.ulla, NU))
    assert not Besok.objects.exists()
    assert rapportering.orapporterade(JUNI, IDAG).count() == 1


def test_a_visit_of_a_locked_month_needs_a_reason(omsorg: Omsorg) -> None:
    with pytest.raises(Hindrad, match="Skriv varför"):
        _utfort(omsorg, dag="2026-04-15")
    _utfort(omsorg, dag="2026-04-15", vem=Vem(omsorg.ulla, NU, "Glömdes."))
    (sen,) = SenAndring.objects.all()
    assert (sen.fore, sen.minuter, sen.skal, sen.slag) == ("inget registrerat", 55, "Glömdes.", "besok")
    assert sen.efter.startswith("utfört 15")
