"""Explanations in the browser: each model's row, a correction, a bonus, and avvikelser."""

import pytest

from ersattning.models import Avvikelse, Ersattningsrad
from grund.models import Anvandare
from tests.forklaring.conftest import kor_exempel
from tests.webb.conftest import Granskning
from tests.webb.webblasare import Sida

pytestmark = pytest.mark.django_db(transaction=True)

FALL = [
    ("1-bostad-dygn", ["franvaro", "avslut"], ["verkstalld_utan_beslut"]),
    ("2-daglig-verksamhet-narvaro", ["narvaro"], []),
    ("3-boendestod-ledsagning-tid", ["utford_tid", "bomtid"], ["over_bestalld_tid"]),
    ("4-manad-plats-kapitering", ["manad"], []),
    ("5-arbetsbonus", ["arbetsbonus"], ["bonus_arstak"]),
    ("6-rattelse", ["narvaro"], []),
]


@pytest.mark.parametrize(("fall", "artiklar", "koder"), FALL, ids=[fall for fall, _, _ in FALL])
def test_explanations_hold_in_every_browser(
    granska_overallt: Granskning, klara: Anvandare, fall: str, artiklar: list[str], koder: list[str]
) -> None:
    kor_exempel(fall)
    for artikel in artiklar:
        rad = Ersattningsrad.objects.filter(artikel=artikel).order_by("-korning__manad", "-typ", "pk")[0]
        granska_overallt(f"/rader/{rad.pk}/", klara, namn=f"forklara-{fall}-{artikel}")
    for kod in koder:
        avvikelse = Avvikelse.objects.filter(kod=kod).order_by("pk")[0]
        granska_overallt(f"/avvikelser/{avvikelse.pk}/", klara, namn=f"avvikelse-{kod}")


def test_a_reader_follows_a_row_to_its_rule_and_its_document(sida: Sida, klara: Anvandare) -> None:
    kor_exempel("1-bostad-dygn")
    rad = Ersattningsrad.objects.filter(artikel="franvaro").order_by("pk")[0]
    page = sida.logga_in(klara).oppna(f"/rader/{rad.pk}/")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Varför ")
    with page.expect_download() as hamtning:
        page.get_by_role("link", name="Ladda ner förklaringen (PDF)").click()
    assert hamtning.value.suggested_filename.endswith(f"-{rad.pk}.pdf")
    page.get_by_role("link", name="Regel R4").first.click()
    page.wait_for_url("**/regler/#R4")
    assert page.locator("#R4").is_visible()
