"""ersattning.csv and avvikelser.csv, to the byte."""

from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ersattning.regler import Status
from grund.pengar import fast
from utforare.models import Enhet

from . import fabrik

pytestmark = pytest.mark.django_db

HUVUD = (
    "korning_manad;avser_manad;typ;utforare_id;enhet_id;verkstallighet_id;person_id;insats;artikel;niva;omfattning;"
    "tidsband;fran;till;antal;enhet;a_pris;faktor;belopp;underlag\n"
)
AVVIKELSEHUVUD = "manad;kod;utforare_id;verkstallighet_id;person_id;fran;till;besok_id;varde\n"


def exportera(mapp: Path) -> tuple[str, str]:
    call_command("exportera_ersattning", "2026-05", mapp, stdout=StringIO())
    return (mapp / "ersattning.csv").read_bytes().decode(), (mapp / "avvikelser.csv").read_bytes().decode()


def test_a_month_without_rows_gives_headers_alone(tmp_path):
    fabrik.korning()
    assert exportera(tmp_path / "ny" / "mapp") == (HUVUD, AVVIKELSEHUVUD)


def test_rows_come_in_code_point_order_with_quotes_where_csv_needs_them(tmp_path):
    korning = fabrik.korning()
    for nyckel in ("Ö1", "Z1", "a1", "Å1"):
        utforare = fabrik.utforare(nyckel, "Namn")
        enhet = Enhet.objects.create(nyckel=f"{nyckel};E", utforare=utforare, namn="Enhet")
        verk = fabrik.verkstallighet(f'V"{nyckel}', fabrik.person(f"P{nyckel}", "Åsa", "Öberg"), enhet)
        fabrik.rad(korning, verk, "31", "1863.5", niva="10", tidsband="")
        fabrik.rad(korning, verk, "3", "1863.5", niva="9", faktor="0.5", artikel="franvaro")
    rader, _ = exportera(tmp_path)
    vantat = HUVUD
    for u in ("Z1", "a1", "Å1", "Ö1"):  # code points, not the Swedish alphabet
        ids = f'2026-05;2026-05;ordinarie;{u};"{u};E";"V""{u}";P{u};LSS-9;'
        vantat += f"{ids}dygn;10;;;2026-05-01;2026-05-31;31.0000;dygn;1863.50;1.0000;57768.50;\n"
        vantat += f"{ids}franvaro;9;;;2026-05-01;2026-05-31;3.0000;dygn;1863.50;0.5000;2795.25;\n"
    assert rader == vantat


def test_numbers_sort_as_they_are_printed(tmp_path):
    korning = fabrik.korning()
    enhet = Enhet.objects.create(nyckel="E", utforare=fabrik.utforare("U", "Namn"), namn="Enhet")
    verk = fabrik.verkstallighet("V", fabrik.person("P", "Åsa", "Öberg"), enhet)
    for antal in ("9", "10", "1/3"):
        fabrik.rad(korning, verk, antal, "1", enhet_for_antal="manad", artikel="manad")
    rader, _ = exportera(tmp_path)
    assert [rad.split(";")[14] for rad in rader.splitlines()[1:]] == ["0.3333", "10.0000", "9.0000"]


def test_avvikelser_are_the_new_ones_with_inclusive_days(tmp_path):
    korning = fabrik.korning()
    enhet = Enhet.objects.create(nyckel="E", utforare=fabrik.utforare("U", "Namn"), namn="Enhet")
    verk = fabrik.verkstallighet("V", fabrik.person("P", "Åsa", "Öberg"), enhet)
    dagar = date(2026, 5, 3), date(2026, 5, 9)
    fabrik.avvikelse(korning, verk, "pris_saknas", *dagar)
    fabrik.avvikelse(korning, verk, "over_bestalld_tid", *dagar, besok_nyckel="B;1", varde="45", ny=True)
    fabrik.avvikelse(korning, verk, "avtal_saknas", *dagar, manad=fabrik.APRIL, ny=False)
    _, avvikelser = exportera(tmp_path)
    assert avvikelser == AVVIKELSEHUVUD + (
        '2026-05;over_bestalld_tid;U;V;P;2026-05-03;2026-05-09;"B;1";45\n'
        "2026-05;pris_saknas;U;V;P;2026-05-03;2026-05-09;;\n"
    )


@pytest.mark.parametrize("faktor", ["1", "0.00005", "0.00004", "0.123456789012", "2.99995"])
def test_the_database_prints_numbers_as_the_code_does(tmp_path, faktor):
    korning = fabrik.korning()
    enhet = Enhet.objects.create(nyckel="E", utforare=fabrik.utforare("U", "Namn"), namn="Enhet")
    verk = fabrik.verkstallighet("V", fabrik.person("P", "Åsa", "Öberg"), enhet)
    rad = fabrik.rad(korning, verk, "-31", "1863.5", faktor=faktor)
    falt = exportera(tmp_path)[0].splitlines()[1].split(";")
    assert falt[14:19] == [fast(rad.antal, 4), "dygn", "1863.50", fast(Decimal(faktor), 4), fast(rad.belopp, 2)]


def test_a_month_that_was_never_run_is_refused(tmp_path):
    with pytest.raises(CommandError, match="2026-05 är inte körd"):
        exportera(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_month_that_is_being_calculated_is_refused(tmp_path):
    fabrik.korning(status=Status.BERAKNAS)
    with pytest.raises(CommandError, match="är inte färdigberäknad"):
        exportera(tmp_path)


def test_a_text_that_is_no_month_is_refused(tmp_path):
    with pytest.raises(CommandError, match="är ingen månad"):
        call_command("exportera_ersattning", "maj", tmp_path)
