"""Volymer och kostnader, figure by figure and cell by cell."""

from datetime import date

import pytest

from ersattning.models import Korning, Manadssumma
from ersattning.summering import jamfor
from tests.uppfoljning.omrakning.form import skillnader, som_jamfors
from tests.uppfoljning.omrakning.volymer import rakna_om
from uppfoljning.rapport.innehall import Lasare
from uppfoljning.rapporter.volymer.typ import VOLYMER

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("urval", [{}, {"dag": "2026-04-10", "mot": "2025-10-01", "insats": "LSS-10"}])
def test_every_figure_and_cell_is_what_plain_loops_come_to(demovarld: date, urval: dict[str, str]) -> None:
    form = VOLYMER.form(urval, idag=demovarld)  # type: ignore[call-arg]
    assert form.is_valid(), form.errors
    svar = som_jamfors(VOLYMER.gor(form, demovarld, Lasare(offentlig=False)))
    assert skillnader(svar, rakna_om(urval, demovarld)) == {}
    assert len(svar) > 20
    assert svar["tal volym_personer"]


def test_two_months_that_follow_each_other_differ_by_the_same_parts_as_on_the_months_page(demovarld: date) -> None:
    fore, nu = Korning.objects.order_by("manad")
    falt = [ett.attname for ett in Manadssumma._meta.concrete_fields if ett.attname != "id"]
    rakt = {tuple(getattr(ett, namn) for namn in falt) for ett in jamfor(nu, fore)}
    assert rakt == set(Manadssumma.objects.filter(korning=nu).values_list(*falt))


def test_in_public_only_two_first_of_october_and_the_plans_in_whole_fives(demovarld: date) -> None:
    form = VOLYMER.form({"dag": "2026-04-10", "insats": "LSS-10"}, idag=demovarld)  # type: ignore[call-arg]
    assert form.is_valid()
    rapport = VOLYMER.gor(form, demovarld, Lasare(offentlig=True))
    assert rapport.per == date(2025, 10, 1)
    assert not any(tabell.enskilda for tabell in rapport.tabeller)
    assert {tabell.nyckel for tabell in rapport.tabeller} <= {
        "insatser",
        "regi",
        "plan_boende",
        "plan_dv",
        "antaganden",
    }
    for tabell in rapport.tabeller:
        if tabell.nyckel in {"insatser", "regi"}:
            assert all(
                not isinstance(antal, int) or antal == 0 or antal >= 5 for rad in tabell.rader for antal in rad.celler
            )
        if tabell.nyckel.startswith("plan"):
            assert all(isinstance(antal, int) and antal % 5 == 0 for rad in tabell.rader for antal in rad.celler[1:])
