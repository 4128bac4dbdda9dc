"""On a phone each row of the months' tables is a card: what it is, its amount and the way on, without scrolling."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from ersattning.models import Ersattningsrad
from grund.models import Anvandare
from tests.kedja import direkt
from tests.webb.webblasare import Sida

EXEMPEL = Path(__file__).parents[1] / "exempel" / "6-rattelse"
UTANFOR = """rutor => rutor.filter(ruta => {
    const r = ruta.getBoundingClientRect();
    return r.width > 1 && (r.left < 0 || r.right > document.documentElement.clientWidth);
}).map(ruta => ruta.innerText)"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("adress", ["/korningar/", "/korningar/2025-04/", "/korningar/2025-04/avvikelser/"])
def test_no_cell_lies_outside_a_phone(adress: str, klara: Anvandare, mobil: Sida) -> None:
    direkt.las_in(EXEMPEL / "paket-1")
    direkt.kor("2025-04")
    page = mobil.logga_in(klara).oppna(adress)
    assert page.locator(".rulla td").count()
    assert page.locator(".rulla :is(th, td)").evaluate_all(UTANFOR) == []
    mobil.granska(f"kort{adress.replace('/', '-')}")


def test_the_amount_of_a_row_stands_beside_its_name_and_leads_to_its_explanation(klara: Anvandare, mobil: Sida) -> None:
    direkt.las_in(EXEMPEL / "paket-1")
    direkt.kor("2025-04")
    page = mobil.logga_in(klara).oppna("/korningar/2025-04/rader/?verkstallighet=V1")
    kort = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="V1"))
    namn, belopp = kort.get_by_role("rowheader").bounding_box(), kort.locator("[data-huvud]").bounding_box()
    assert namn
    assert belopp
    assert abs(namn["y"] - belopp["y"]) < 4
    assert namn["x"] + namn["width"] <= belopp["x"] < belopp["x"] + belopp["width"] <= 390
    expect(kort).to_contain_text("Bostad med särskild service")
    assert page.locator(".rulla :is(th, td)").evaluate_all(UTANFOR) == []
    mobil.granska("kort-rader")
    kort.locator("[data-huvud] a").click()
    page.wait_for_url(f"**/rader/{Ersattningsrad.objects.get(verkstallighet_nyckel='V1').pk}/**")


def test_a_phone_can_sort_the_rows(klara: Anvandare, mobil: Sida) -> None:
    direkt.las_in(EXEMPEL / "paket-1")
    direkt.kor("2025-04")
    page = mobil.logga_in(klara).oppna("/korningar/2025-04/rader/")
    page.get_by_role("link", name="Belopp kr").click()
    page.wait_for_url("**sort=belopp**")
    ordning = page.locator("tbody [data-huvud]").all_inner_texts()
    tal = [float("".join(text.split(",")[0].split())) for text in ordning]
    assert tal == sorted(tal)
