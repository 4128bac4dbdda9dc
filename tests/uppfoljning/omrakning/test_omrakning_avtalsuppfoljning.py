"""What the report of avtalsuppföljning says is what is counted anew, one row at a time."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.uppfoljning.omrakning.avtalsuppfoljning import rakna_om
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapporter.avtalsuppfoljning.forms import Arsform
from uppfoljning.rapporter.avtalsuppfoljning.typ import AVTALSUPPFOLJNING

pytestmark = pytest.mark.django_db
_STORSTA_NAMNARE = 10_000
# The columns of each table that are counted; the others are names and words.
_CELLER = {
    "uppfoljda-regi": (0, 1, 2, 3),
    "krav-insats": (1, 2, 3),
    "enheter": (0, 3, 4, 5),
    "brister-regi": (0, 1, 2, 3),
    "bristlista": (0, 1, 3, 4, 5, 6),
    "utbildning-grupp": (1, 2, 3, 4),
    "utbildning-enhet": (0, 2, 3, 4, 5, 6),
    "placeringar": (0, 2, 3, 6),
    "utan-underrattelse": (0, 2, 3, 6),
}


@pytest.mark.parametrize("ar", ["2025", "2026"])
def test_every_figure_is_the_same(demovarld: date, ar: str) -> None:
    form = Arsform({"ar": ar}, idag=demovarld)
    assert form.is_valid()
    rapport = AVTALSUPPFOLJNING.gor(form, demovarld, Lasare(offentlig=False))
    assert som_jamforbar(rapport) == rakna_om({"ar": ar}, demovarld)


def som_jamforbar(rapport: Rapport) -> dict[str, object]:
    """The report in the shape of the recount."""
    svar: dict[str, object] = {ett.nyckel: _exakt(ett.varde) for ett in rapport.nyckeltal}
    for tabell in rapport.tabeller:
        if tabell.nyckel not in _CELLER:  # krav of an insats
            rader = [(str(rad.celler[0]).split()[0], *rad.celler[1:]) for rad in tabell.rader]
        else:
            platser = _CELLER[tabell.nyckel]
            rader = [tuple(_exakt(rad.celler[plats]) for plats in platser) for rad in tabell.rader]
        svar[tabell.nyckel] = sorted(rader, key=str)
    return svar


def _exakt(cell: object) -> object:
    """A share as the fraction that it was, within its decimals."""
    return Fraction(cell).limit_denominator(_STORSTA_NAMNARE) if isinstance(cell, Decimal) else cell
