"""The handlingsplan of the made-up municipality, counted anew on several days."""

from datetime import date

import pytest

from tests.uppfoljning.omrakning.handlingsplan import rakna_om
from uppfoljning.rapport.innehall import Lasare
from uppfoljning.rapporter.handlingsplan.typ import HANDLINGSPLAN

pytestmark = pytest.mark.django_db
_STATUS = {"ej_paborjad": "Ej påbörjad", "pagar": "Pågår", "klar": "Klar", "avbruten": "Avbruten"}


@pytest.mark.parametrize("dag", ["", "2026-05-15", "2026-02-18", "2026-01-30", "2025-10-23"])
def test_every_figure_and_cell_of_the_plan_is_what_a_slow_count_gives(demovarld: date, dag: str) -> None:
    form = HANDLINGSPLAN.form({"dag": dag}, idag=demovarld)  # type: ignore[call-arg]
    assert form.is_valid(), form.errors
    rapport, om = HANDLINGSPLAN.gor(form, demovarld, Lasare(offentlig=False)), rakna_om({"dag": dag}, demovarld)
    assert {ett.nyckel: ett.av or ett.varde for ett in rapport.nyckeltal} == {
        namn: varde for namn, varde in om.items() if namn.startswith("handlingsplan_")
    }
    tabeller = {ett.nyckel: [rad.celler for rad in ett.rader] for ett in rapport.tabeller}
    assert [(_nummer(rad[0]), rad[1], rad[3]) for rad in tabeller["atgarder"]] == om["atgarder"]
    assert [(rad[2], _nummer(rad[0]), rad[3]) for rad in tabeller.get("sena", [])] == om["sena"]
    assert [(_nummer(rad[0]), rad[1], *_stegen(rad[2]), rad[3]) for rad in tabeller["sedan"]] == [
        (nummer, text, _STATUS[fore].lower(), _STATUS[efter].lower(), mote)
        for nummer, text, fore, efter, mote in om["sedan"]  # type: ignore[attr-defined]
    ]
    bild = rapport.delar[0].bild
    assert bild
    assert list(bild.serier[0].varden) == om["status"]


def _nummer(namn: object) -> int:
    return int(str(namn).partition(".")[0])


def _stegen(text: object) -> tuple[str, str]:
    fore, _, efter = str(text).lower().partition(" → ")
    return fore, efter or fore
