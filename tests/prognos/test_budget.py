"""A budget is read as it is pasted, shared to the öre, and never changed: a new version is laid beside it."""

from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction

from ersattning.models import Budget
from ersattning.prognos import actions, queries
from ersattning.prognos.budget import Post, las, per_manad
from ersattning.prognos.forms import Budgetform, budgetens_initial
from ersattning.prognos.resultat import Arsrad, Arssida
from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from tests.simulering.hjalp import NU


def test_a_year_is_shared_to_the_ore() -> None:
    delar = per_manad(Decimal("100.00"), ())
    assert sum(delar) == 100
    assert delar == [Decimal("8.34")] * 4 + [Decimal("8.33")] * 8
    assert per_manad(Decimal(3), [Decimal(1), Decimal(2)]) == [1, 2]


def test_what_has_no_budget_is_named_where_the_sum_is_held_against_one() -> None:
    med, utan = (
        Arsrad("LSS-9", "Med", Decimal(10), Decimal(4), Decimal(5), Decimal(9)),
        Arsrad("LSS-10", "Utan", None, Decimal(4), Decimal(5), Decimal(9)),
    )
    inget = Arsrad("LSS-2", "Inget", None, Decimal(0), Decimal(0), Decimal(0))
    assert Arssida(2026, [med, utan, inget], med, ()).utan_budget == ["Utan"]
    assert Arssida(2026, [utan], utan, ()).utan_budget == []


def test_pasted_lines_are_read_and_what_is_wrong_is_said_by_line() -> None:
    manader = "\t".join(["1 000"] * 12)
    poster, fel = las(f"LSS-10; 152 000 000,50 kr\n\nBoendestöd (SoL)\t12 000\t{manader}\n")
    assert not fel
    assert poster == [
        Post("LSS-10", Decimal("152000000.50")),
        Post("SOL-BOSTOD", Decimal(12000), (Decimal(1000),) * 12),
    ]
    _, fel = las("Lek; 5\nLSS-9; fem\nLSS-9;5;1;2\nLSS-8;13;" + ";".join(["1"] * 12) + "\nLSS-2;1\nLSS-2;1\nLSS-3;-1")
    assert [rad[:6] for rad in fel] == [f"Rad {nummer}:" for nummer in (1, 2, 3, 4, 6, 7)]
    assert "är ingen insats" in fel[0]
    assert "tillsammans 12,00" in fel[3].replace("\N{NO-BREAK SPACE}", " ")
    assert "står redan" in fel[4]


@pytest.mark.django_db
def test_a_new_version_is_laid_beside_the_old_one() -> None:
    klara = Anvandare.objects.create_user("klara-b", roller=[Roll.CONTROLLER])
    lagg = {"ar": 2026, "av": klara, "nu": NU}
    actions.lagg_in_budget(poster=[Post("LSS-10", Decimal(1200))], kalla="Nämnden § 1", efter=0, **lagg)
    ny = actions.lagg_in_budget(
        poster=[Post("LSS-10", Decimal(78), tuple(map(Decimal, range(1, 13))))], kalla="Nämnden § 2", efter=1, **lagg
    )
    assert queries.budgetens_manader(2026) == {"LSS-10": list(range(1, 13))}
    assert queries.budgetens_manader(2027) == {}
    form = Budgetform({**budgetens_initial(ny), "kalla": "§ 3"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["rader"] == [Post("LSS-10", Decimal(78), tuple(map(Decimal, range(1, 13))))]
    with pytest.raises(Hindrad, match="Någon annan"):
        actions.lagg_in_budget(poster=[Post("LSS-10", Decimal(1))], kalla="Sen", efter=1, **lagg)
    with pytest.raises(Hindrad, match="controller"):
        actions.lagg_in_budget(
            poster=[Post("LSS-10", Decimal(1))],
            kalla="Fel",
            efter=2,
            ar=2026,
            av=Anvandare.objects.create_user("rut-b", roller=[Roll.REVISOR]),
            nu=NU,
        )
    with pytest.raises(ProgrammingError), transaction.atomic():
        Budget.objects.filter(pk=ny.pk).update(kalla="En annan")
    assert Handelse.objects.filter(handling="lagg_in_budget", objekt="budget:2026").count() == 2
