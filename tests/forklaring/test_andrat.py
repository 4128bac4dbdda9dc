"""What has changed or gone since a row was made is said, and the row is still explained by what it was made of."""

from pathlib import Path

import pytest

from ersattning.forklaring.avvikelser import forklara_avvikelse
from ersattning.forklaring.hamta import forklara
from ersattning.forklaring.typer import Forklaring
from ersattning.models import Avvikelse, Ersattningsrad
from tests.forklaring.conftest import EXEMPEL, inloggad
from tests.forklaring.rakna_om import rakna_om
from tests.kedja import direkt

pytestmark = pytest.mark.django_db


def skriv(mapp: Path, **filer: str) -> None:
    """Read in a package of these files."""
    paket = mapp / f"paket-{len(list(mapp.iterdir()))}"
    paket.mkdir()
    for namn, text in filer.items():
        (paket / f"{namn}.csv").write_text(text, encoding="utf-8")
    direkt.las_in(paket)


def forklarad(**villkor: object) -> Forklaring:
    rad = Ersattningsrad.objects.filter(**villkor).order_by("pk")[0]
    forklaring = forklara(rad.pk)
    assert forklaring is not None
    assert rakna_om(forklaring) == rad.belopp
    return forklaring


def sagt(f: Forklaring) -> str:
    return " ".join(ett.text for ett in f.observationer).replace("\xa0", " ")


def test_nothing_is_said_while_nothing_has_changed() -> None:
    direkt.las_in(EXEMPEL / "2-daglig-verksamhet-narvaro" / "paket")
    direkt.kor("2020-03")
    assert all(not forklara(pk).observationer for pk in Ersattningsrad.objects.values_list("pk", flat=True))  # type: ignore[union-attr]


def test_a_day_of_narvaro_taken_back_is_said_and_the_row_stands(tmp_path: Path) -> None:
    direkt.las_in(EXEMPEL / "2-daglig-verksamhet-narvaro" / "paket")
    direkt.kor("2020-03")
    fore = forklarad(artikel="narvaro")
    dag, verk = fore.narvaro[0].dag, fore.rad.verkstallighet
    skriv(tmp_path, borttag=f"fil;id;datum\nnarvaro;{verk};{dag}\n")
    efter = forklarad(pk=fore.rad.id)
    assert f"Registreringen {dag.day} mars är borttagen efter körningen." in sagt(efter)
    assert "Det här har ändrats sedan raden räknades: närvaron." in sagt(efter)
    assert "Kör om månaden." in sagt(efter)
    assert efter.narvaro == fore.narvaro
    assert any(ett.text.startswith("Närvaro: 1\xa0rad ändrad eller borttagen") for ett in efter.historia)
    assert "borttagen efter körningen" in inloggad().get(f"/rader/{fore.rad.id}/").content.decode()


def test_a_corrected_visit_is_explained_as_it_was(tmp_path: Path) -> None:
    direkt.las_in(EXEMPEL / "3-boendestod-ledsagning-tid" / "paket")
    direkt.kor("2021-03")
    fore = forklarad(artikel="utford_tid")
    besok, verk = fore.besok[0], fore.rad.verkstallighet
    skriv(
        tmp_path,
        besok=(
            "besok_id;verkstallighet_id;utford_start;utford_slut\n"
            f"{besok.nyckel};{verk};{fore.rad.fran}T03:00;{fore.rad.fran}T03:30\n"
        ),
    )
    efter = forklarad(pk=fore.rad.id)
    assert efter.besok == fore.besok
    assert "Det här har ändrats sedan raden räknades: besöken." in sagt(efter)


def test_a_price_changed_after_the_month_was_settled_says_that_a_rattelse_will_come(tmp_path: Path) -> None:
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-1")
    direkt.kor("2025-04")
    direkt.faststall("2025-04")
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-2")
    andrade = [f for f in map(forklara, Ersattningsrad.objects.values_list("pk", flat=True)) if f and f.observationer]
    assert andrade
    for f in andrade:
        assert rakna_om(f) == f.rad.belopp
        assert "Skillnaden blir en rättelse i nästa körning." in sagt(f)
    direkt.kor("2025-05")
    tillbaka = Ersattningsrad.objects.filter(krediterar__isnull=False).order_by("pk")[0]
    gammal, kreditering = forklara(tillbaka.krediterar_id or 0), forklara(tillbaka.pk)
    assert gammal
    assert kreditering
    assert "Raden är tagen tillbaka i körningen maj 2025." in sagt(gammal)
    assert gammal.observationer[0].mal
    assert gammal.observationer[0].mal.argument == (tillbaka.pk,)
    assert kreditering.rattelse
    assert kreditering.inledning[0].startswith("Raden tar tillbaka raden på")
    assert "hade ändrats sedan månaden senast räknades" in kreditering.inledning[-1]


def test_a_verkstallighet_taken_back_is_said_and_the_row_is_explained_all_the_same(tmp_path: Path) -> None:
    direkt.las_in(EXEMPEL / "4-manad-plats-kapitering" / "paket")
    direkt.kor("2020-03")
    fore = forklarad(artikel="manad")
    skriv(tmp_path, borttag=f"fil;id;datum\nverkstalligheter;{fore.rad.verkstallighet};\n")
    efter = forklarad(pk=fore.rad.id)
    assert "Verkställigheten är borttagen efter körningen." in sagt(efter)
    assert "Med dagens underlag finns inte raden." in sagt(efter)
    assert efter.meningar == fore.meningar
    (verk,) = [ett for ett in efter.kedja if ett.vad == "Verkställighet"]
    assert verk.mal is None
    assert [ett.text for ett in fore.kedja if ett.vad == "Verkställighet"] == [verk.text]
    assert inloggad().get(f"/rader/{fore.rad.id}/").status_code == 200


def test_an_avvikelse_that_is_put_right_says_so(tmp_path: Path) -> None:
    direkt.las_in(EXEMPEL / "3-boendestod-ledsagning-tid" / "paket")
    direkt.kor("2021-03")
    avvikelse = Avvikelse.objects.filter(kod="overlappande_besok").order_by("pk")[0]
    assert forklara_avvikelse(avvikelse.pk).observationer == ()  # type: ignore[union-attr]
    skriv(tmp_path, borttag=f"fil;id;datum\nbesok;{avvikelse.besok_nyckel};\n")
    a = forklara_avvikelse(avvikelse.pk)
    assert a
    assert any("finns avvikelsen inte kvar" in ett.text for ett in a.observationer)
    assert avvikelse.besok_nyckel in a.hande[0]


def test_an_employment_taken_back_is_said_on_its_bonus(tmp_path: Path) -> None:
    direkt.las_in(EXEMPEL / "5-arbetsbonus" / "paket")
    direkt.kor("2021-08")
    fore = forklarad(typ="bonus")
    nyckel = next(ett.text.split(",")[0] for ett in fore.kedja if ett.vad == "Anställning")
    skriv(tmp_path, borttag=f"fil;id;datum\nanstallningar;{nyckel};\n")
    efter = forklarad(pk=fore.rad.id)
    assert "Anställningen är borttagen efter körningen." in sagt(efter)
    assert efter.meningar == fore.meningar
