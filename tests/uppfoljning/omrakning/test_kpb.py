"""Kostnad per brukare, figure by figure and cell by cell, to the öre."""

from datetime import date
from decimal import Decimal

import pytest

from beslut.models import Person
from tests.uppfoljning.omrakning.form import skillnader, som_jamfors
from tests.uppfoljning.omrakning.kpb import rakna_om
from uppfoljning.models import Bokslutsrad
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapporter.kpb.typ import KPB

pytestmark = pytest.mark.django_db


def _gor(urval: dict[str, str], idag: date, *, offentlig: bool = False) -> Rapport:
    form = KPB.form(urval, idag=idag)  # type: ignore[call-arg]
    assert form.is_valid(), form.errors
    return KPB.gor(form, idag, Lasare(offentlig))


@pytest.mark.parametrize("urval", [{}, {"ar": "2026"}])
def test_every_figure_and_cell_is_what_plain_loops_come_to(demovarld: date, urval: dict[str, str]) -> None:
    svar = som_jamfors(_gor(urval, demovarld))
    assert skillnader(svar, rakna_om(urval, demovarld)) == {}
    assert svar["tal kpb_personer"]


def test_what_persons_cost_and_what_is_not_spread_is_what_the_accounts_say(demovarld: date) -> None:
    rapport = _gor({"ar": "2026"}, demovarld)
    tabeller = {tabell.nyckel: tabell for tabell in rapport.tabeller}
    personer = sum((Decimal(rad.celler[2]) for rad in tabeller["brukare"].rader), Decimal(0))  # type: ignore[arg-type]
    (kvar,) = (ett.varde for ett in rapport.nyckeltal if ett.nyckel == "kpb_inte_fordelat")
    bokfort = sum(
        (rad.bruttokostnad - rad.interna_intakter - rad.forsaljning for rad in Bokslutsrad.objects.filter(manader=5)),
        Decimal(0),
    )
    assert personer + Decimal(str(kvar)) == bokfort
    assert Decimal(str(kvar)) > 0


def test_nobody_can_tell_who_a_row_is_of_nor_lay_two_years_beside_each_other(demovarld: date) -> None:
    namn = {}
    for ar in ("2025", "2026"):
        rapport = _gor({"ar": ar}, demovarld)
        assert rapport.personer == frozenset()
        (tabell,) = (ett for ett in rapport.tabeller if ett.nyckel == "brukare")
        assert not any(rad.adress for rad in tabell.rader)
        assert tabell.enskilda
        namn[ar] = {rad.celler[0] for rad in tabell.rader}
        text = repr(rapport)
        assert not any(nummer in text for nummer in Person.objects.values_list("personnummer", flat=True))
        celler = {cell for ett in rapport.tabeller for rad in ett.rader for cell in rad.celler}
        assert not celler & set(Person.objects.values_list("nyckel", flat=True))
    assert not namn["2025"] & namn["2026"]


def test_in_public_whole_years_only_and_no_group_of_few(demovarld: date) -> None:
    del_av_ar = _gor({"ar": "2026"}, demovarld, offentlig=True)
    assert del_av_ar.nyckeltal == ()
    assert del_av_ar.tabeller == ()
    helt = _gor({"ar": "2025"}, demovarld, offentlig=True)
    assert {tabell.nyckel for tabell in helt.tabeller} <= {"kpb_insatser"}
    for tabell in helt.tabeller:
        assert all(rad.celler[1] is None or rad.celler[1] >= 5 for rad in tabell.rader)  # type: ignore[operator]
        assert [rad.celler[0] for rad in tabell.rader if rad.celler[1] is None] in ([], ["Övriga"])
    assert not {"kpb_personer", "kpb_medel"} & {ett.nyckel for ett in helt.nyckeltal}
