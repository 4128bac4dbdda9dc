"""What the report of need against staffing says is what is counted anew, one row at a time."""

from datetime import date

import pytest

from tests.uppfoljning.omrakning.behov_mot_bemanning import rakna_om, som_text
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapporter.behov_mot_bemanning.forms import Urvalsform
from uppfoljning.rapporter.behov_mot_bemanning.typ import BEHOV_MOT_BEMANNING

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("insats", ["LSS-9", "LSS-8", "LSS-10"])
@pytest.mark.parametrize("manad", ["2026-04", "2026-05"])
def test_every_figure_is_the_same(demovarld: date, manad: str, insats: str) -> None:
    urval = {"manad": manad, "insats": insats}
    form = Urvalsform(urval, idag=demovarld)
    assert form.is_valid()
    assert som_jamforbar(BEHOV_MOT_BEMANNING.gor(form, demovarld, Lasare(offentlig=False))) == rakna_om(
        urval, demovarld
    )


def som_jamforbar(rapport: Rapport) -> dict[str, object]:
    """The report in the shape of the recount."""
    tabeller = {ett.nyckel: [rad.celler for rad in ett.rader] for ett in rapport.tabeller}
    vald = {
        "dygnet": tabeller.get("dygnet", []),
        "regi": tabeller.get("regi", []),
        "enheter": [tuple(map(som_text, rad)) for rad in tabeller["enheter"]],
        "natter": [rad[:4] for rad in tabeller["natter"]],
        "forflyttning": [(rad[0], rad[2]) for rad in tabeller["forflyttning"]],
        "ojamna": [tuple(map(som_text, rad)) for rad in tabeller["ojamna"]],
        "utan-niva-lista": [(rad[0], rad[2], bool(rad[1])) for rad in tabeller["utan-niva-lista"]],
    }
    return {ett.nyckel: ett.varde for ett in rapport.nyckeltal} | {
        nyckel: sorted(rader) for nyckel, rader in vald.items()
    }
