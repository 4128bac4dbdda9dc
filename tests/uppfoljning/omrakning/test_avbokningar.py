"""Report 4 over the made-up municipality: every figure and every cell equals the slow recount."""

from datetime import date

import pytest

from tests.uppfoljning.omrakning.avbokningar import rakna_om
from tests.uppfoljning.omrakning.hjalp import i_form
from uppfoljning.rapport.innehall import Lasare
from uppfoljning.rapporter.avbokningar.typ import AVBOKNINGAR
from utforare.models import Utforare

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "urval", [{}, {"fran": "2026-03", "till": "2026-04", "grans": "30", "varsel": "48"}, {"utforare": "VAN"}]
)
def test_every_figure_and_cell_is_what_the_recount_says(demovarld: date, urval: dict[str, str]) -> None:
    if "utforare" in urval:
        urval = urval | {"utforare": str(Utforare.objects.get(nyckel=urval["utforare"]).pk)}
    form = AVBOKNINGAR.form(urval, idag=demovarld)  # type: ignore[call-arg]
    assert form.is_valid()
    svar = i_form(AVBOKNINGAR.gor(form, demovarld, Lasare(offentlig=False)))
    assert svar == rakna_om(urval, demovarld)
    assert svar["tabell:personlista"]
    assert "avbokningar_av_samma" in svar
    assert ("avbokningar_bomtid_beraknat" in svar) is ("varsel" in urval)  # March is not settled
