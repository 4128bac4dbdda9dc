"""Report 3 over the made-up municipality: every figure and every cell equals the slow recount."""

from datetime import date

import pytest

from tests.uppfoljning.omrakning.hjalp import i_form
from tests.uppfoljning.omrakning.narvaro import rakna_om
from uppfoljning.rapport.innehall import Lasare
from uppfoljning.rapporter.narvaro.typ import NARVARO

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("urval", [{}, {"fran": "2025-07", "till": "2025-09"}])
def test_every_figure_and_cell_is_what_the_recount_says(demovarld: date, urval: dict[str, str]) -> None:
    form = NARVARO.form(urval, idag=demovarld)  # type: ignore[call-arg]
    assert form.is_valid()
    svar = i_form(NARVARO.gor(form, demovarld, Lasare(offentlig=False)))
    assert svar == rakna_om(urval, demovarld)
    assert len(svar["tabell:lss_lista"]) > 20  # type: ignore[arg-type]
    assert ("narvaro_lss_outnyttjade_kr" in svar) is not bool(urval)  # a price only where something is settled
