"""The command that takes in a folder, and the demo's invoices."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from demokommun.fakturaxml import skriv
from demokommun.fakturor import lagg_upp
from ersattning.fakturaregler import Fakturastatus
from ersattning.models import Faktura, Fakturaanteckning, Fakturafil, Fakturalage, Korning, Tackning
from grund.models import Anvandare
from tests.faktura.hus import lagg_upp_tjugo, spec
from tests.filer.fabrik import MAJ
from utforare.models import Utforare

pytestmark = pytest.mark.django_db


def _kor(plats: Path, **andra: str) -> tuple[str, str, int]:
    ut, fel, kod = StringIO(), StringIO(), 0
    try:
        call_command("las_in_fakturor", str(plats), stdout=ut, stderr=fel, **andra)
    except SystemExit as slut:
        kod = int(slut.code or 0)
    return ut.getvalue(), fel.getvalue(), kod


def test_a_folder_is_taken_in_and_told_of(maj: Korning, eken: Utforare, klara: Anvandare, tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_text(skriv(spec(maj, eken)), encoding="utf-8")
    (tmp_path / "2.XML").write_text("<html/>", encoding="utf-8")
    (tmp_path / "anteckning.txt").write_text("Hej", encoding="utf-8")
    (tmp_path / "stor.csv").write_bytes(b"x" * (11 * 1024 * 1024))
    ut, fel, kod = _kor(tmp_path, av="klara")
    assert "1\N{NO-BREAK SPACE}faktura är inläst ur 1\N{NO-BREAK SPACE}fil." in ut
    assert "stämmer" in ut
    assert "2.XML: IK-SLAG" in fel
    assert "stor.csv: IK-STORLEK: Filen är 11 MB." in fel
    assert "2\N{NO-BREAK SPACE}filer nekades." in fel
    assert (kod, Fakturafil.objects.filter(av=klara).count()) == (1, 3)
    assert "Samma fil lästes in" in _kor(tmp_path / "1.xml")[1]


def test_a_place_with_nothing_in_it_is_said(klara: Anvandare, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="har inga"):
        _kor(tmp_path)
    with pytest.raises(CommandError, match="finns inte"):
        _kor(tmp_path / "borta")


def test_the_demos_invoices_show_every_way_to_stand(klara: Anvandare) -> None:
    lagg_upp_tjugo()
    lagg_upp(MAJ)
    assert set(Fakturalage.objects.values_list("status", flat=True)) == set(Fakturastatus)
    (nekad,) = Fakturafil.objects.filter(antal=0)
    assert [brist[0] for brist in nekad.brister] == ["SE-R-003", "SE-R-004"]
    assert Fakturaanteckning.objects.count() == 2
    assert sum(Faktura.objects.values_list("maskade", flat=True)) == 1
    fore = list(Tackning.objects.values_list("rad", "fakturarad").order_by("pk"))
    lagg_upp(MAJ)
    assert list(Tackning.objects.values_list("rad", "fakturarad").order_by("pk")) == fore
