"""Odd variants and periods are answered or refused with a reason, and change nothing that is real."""

from typing import Any

import pytest

from demokommun.matning import simulering as matning
from ersattning.models import Simuleringsvariant
from ersattning.simulering import actions, tasks
from ersattning.simulering.actions import Fraga, Variantval
from ersattning.simulering.diagram import kurva, staplar
from ersattning.simulering.forms import Fragaform
from ersattning.simulering.resultat import hamta
from ersattning.simulering.variantform import Variantform, variantens_initial
from grund.hinder import Hindrad
from grund.tid import Manad
from tests.simulering.hjalp import NU, allt_i_databasen, simulera, totalt
from tests.simulering.test_varianter import in_i

__all__ = ["in_i"]
pytestmark = pytest.mark.django_db

BOM = {"bomtid_varsel_timmar": "24", "bomtid_andel": "1", "bomtid_tak_andel": None}
UDDA: dict[str, dict[str, Any]] = {
    "gratis": {"priser": [{"enhet": "timme", "niva": "", "belopp": "0"}]},
    "bara bomtid": BOM | {"antagen_bomtid": "1", "antagen_utford": "0"},
    "orimligt": BOM | {"antagen_bomtid": "99.99", "antagen_utford": "99.99", "bomtid_andel": "99.99"},
    "ner till noll": {"upprakning": "-100"},
    "tak noll": {"tak_andel_av_bestallt": "0", "bomtid_tak_andel": "0"},
    "grov avrundning": {"avrundning_minuter": "9999"},
    "långt efter": {"avslut_dagar": "9999"},
    "okänd nivå": {"nivaer": {"3": "finns inte"}},
}


def test_odd_variants_and_an_empty_period_are_answered_and_nothing_real_is_changed(in_i: Any) -> None:
    del in_i
    fore = allt_i_databasen()
    ett = simulera("2026-03", "2026-05", *UDDA.items(), kanslighet="bomtid", kanslighet_av=2)
    assert totalt(ett, 0) > totalt(ett, 1) > 0
    assert totalt(ett, 2) == hamta(ett).punkter[-1][1]  # the curve's last point is the variant itself
    assert totalt(ett, 4) == 0
    tomt = simulera("2010-01", "2011-12", *UDDA.items(), kanslighet="utfort", kanslighet_av=2)
    for simulering in (ett, tomt):
        svar = hamta(simulering)
        assert staplar([(egen.namn, egen.kronor) for egen in svar.varianter]).staplar
        assert kurva(svar.punkter, svar.varianter[0].kronor)
    assert (totalt(tomt, 3), hamta(tomt).volym.personer) == (0, 0)
    assert allt_i_databasen() == fore


@pytest.mark.parametrize(
    ("falt", "ruta"),
    [
        ({"nivaer": "3>4>5"}, "nivaer"),
        ({"nivaer": "3>>5"}, "nivaer"),
        ({"nivaer": "3>3"}, "nivaer"),
        ({"nivaer": "900202-9818>3"}, "nivaer"),
        ({"utfasning": "0", "utfasning_orsaker": ["flytt"]}, "utfasning"),
        ({"utfasning_orsaker": ["flytt"]}, "utfasning"),
        ({"utfasning": "100"}, "utfasning_orsaker"),
        ({"upprakning": "0"}, "__all__"),
        ({"pris": "-5", "pris_enhet": "timme"}, "pris"),
        ({"namn": "Åsa 900202-9818", "upprakning": "1"}, "namn"),
    ],
)
def test_a_variant_that_says_nothing_or_too_much_is_refused(falt: dict[str, Any], ruta: str) -> None:
    assert list(Variantform({"namn": "x", **falt}, insats="LSS-4").errors) == [ruta]


@pytest.mark.parametrize(
    "falt", [{"nivaer": "3→4, 4 till 5"}, {"upprakning": "-100"}, {"pris": "0", "pris_enhet": "dag"}]
)
def test_a_variant_is_shown_as_it_was_written(falt: dict[str, str]) -> None:
    form = Variantform({"namn": "x", **falt}, insats="LSS-4")
    assert form.is_valid()
    igen = variantens_initial(Simuleringsvariant(namn="x", val=form.val()))
    assert Variantform(igen, insats="LSS-4").is_valid()
    assert Variantform(igen, insats="LSS-4").fields.keys() >= igen.keys()


def test_no_personnummer_in_what_a_simulering_is_called() -> None:
    maj = Manad(2026, 5)
    form = Fragaform({"namn": "Åsa 19900202-9818", "beskrivning": "9002029818"}, manader=[maj])
    assert {"namn", "beskrivning"} <= set(form.errors)
    som: dict[str, Any] = {"varianter": [], "av": None, "nu": NU}
    with pytest.raises(Hindrad, match="personnummer"):
        actions.skapa_simulering(fraga=Fraga("900202-9818", maj, maj), **som)
    ny = actions.skapa_simulering(fraga=Fraga("Maj", maj, maj), **som)
    with pytest.raises(Hindrad, match="personnummer"):
        actions.spara_variant(
            simulering=ny, nummer=None, variant=Variantval("900202-9818", {"upprakning": "1"}), av=None
        )


def test_a_measurement_whose_worker_is_gone_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "skicka", lambda _: 0)
    monkeypatch.setattr(matning, "LANGST_STILLA", 0.3)
    with pytest.raises(matning.CommandError, match="Är arbetarna igång"):
        matning.simulera([Manad(2026, 5)])
