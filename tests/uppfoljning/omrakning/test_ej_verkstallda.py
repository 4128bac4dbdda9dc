"""Ej verkställda beslut of the made-up municipality, counted anew quarter by quarter."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from tests.uppfoljning.omrakning.ej_verkstallda import rakna_om
from uppfoljning.rapport.innehall import Lasare, Rad, Rapport
from uppfoljning.rapporter.ej_verkstallda.typ import EJ_VERKSTALLDA

pytestmark = pytest.mark.django_db
_FORDELNINGAR = ("insatser", "tider", "kon", "orsaker")


@pytest.mark.parametrize("kvartal", ["", "2026-K2", "2025-K4", "2025-K3", "2025-K1"])
def test_every_figure_and_cell_is_what_a_slow_count_gives(demovarld: date, kvartal: str) -> None:
    urval = {"kvartal": kvartal} if kvartal else {}
    form = EJ_VERKSTALLDA.form(urval, idag=demovarld)  # type: ignore[call-arg]
    assert form.is_valid(), form.errors
    assert _i_form(EJ_VERKSTALLDA.gor(form, demovarld, Lasare(offentlig=False))) == rakna_om(urval, demovarld)


def test_there_is_something_to_count(demovarld: date) -> None:
    om = rakna_om({"kvartal": "2026-K2"}, demovarld)
    assert om["ej_verkstallda_over"]
    assert om["ej_verkstallda_inom"]


def _i_form(rapport: Rapport) -> dict[str, object]:
    """The report in the shape of the recount."""
    tal = {ett.nyckel: ett.varde for ett in rapport.nyckeltal}
    median = tal.get("ej_verkstallda_mediandagar")
    tabeller = {ett.nyckel: ett.rader for ett in rapport.tabeller}
    bild = next(del_.bild for del_ in rapport.delar if del_.bild)
    assert list(bild.serier[0].varden) == [rad.celler[1] for rad in tabeller["trend"]]
    for ett in rapport.tabeller:
        assert ett.summa is None or ett.summa.celler[1] == tal["ej_verkstallda_over"]
    return {
        **tal,
        "ej_verkstallda_mediandagar": None if median is None else Fraction(str(median)),
        **{namn: Counter(dict(rad.celler for rad in tabeller.get(namn, ()))) for namn in _FORDELNINGAR},  # type: ignore[arg-type]
        "trend": [rad.celler[1] for rad in tabeller["trend"]],
        "individrapporter": sorted(rad.celler for rad in tabeller["individrapporter"]),  # type: ignore[type-var]
        "avslutsrapporter": sorted(_utom(rad, 1, 6, 7) for rad in tabeller["avslutsrapporter"]),
        "inom": sorted(_utom(rad, 1) for rad in tabeller["inom"]),
    }


def _utom(rad: Rad, *platser: int) -> tuple[object, ...]:
    """The cells without some: those that follow from the others."""
    return tuple(cell for plats, cell in enumerate(rad.celler) if plats not in platser)
