"""Files that reports are counted from: taken in whole or not at all, version by version."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from openpyxl import Workbook

from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from grund.text import HART
from uppfoljning.models import Planeradkapacitet, Uppgiftsfil
from uppfoljning.uppgifter.inlasning import UppgifterNekade, las_in_uppgifter
from uppfoljning.uppgifter.kapacitet import PLANERADE_PLATSER
from uppfoljning.uppgifter.queries import gallande, gallande_per_period
from utforare.models import Enhet, Utforare

pytestmark = pytest.mark.django_db
NU = datetime(2026, 5, 5, 8, tzinfo=UTC)
RUBRIK = "ar;insats;enhet_id;namn;platser\n"


@pytest.fixture
def eken() -> Enhet:
    utforare = Utforare.objects.create(nyckel="U-1", namn="Eken AB", organisationsnummer="5566002373", regi="privat")
    return Enhet.objects.create(nyckel="E-1", utforare=utforare, namn="Eken")


def _las(text: str | bytes, av: Anvandare | None = None) -> Uppgiftsfil:
    innehall = text if isinstance(text, bytes) else text.encode()
    return las_in_uppgifter(
        slag=PLANERADE_PLATSER, period="", innehall=innehall, filnamn="p.csv", kalla="Planen", av=av, nu=NU
    )


def _brister(text: str) -> list[str]:
    with pytest.raises(UppgifterNekade) as nekad:
        _las(text)
    assert not Uppgiftsfil.objects.exists()
    assert not Planeradkapacitet.objects.exists()
    return [str(fel) for fel in nekad.value.fel]


def test_a_file_is_kept_row_by_row_with_its_references(eken: Enhet) -> None:
    fil = _las(f"{RUBRIK}2027;LSS-10;E-1;Eken;8\n2028;LSS-9;;Nya huset;6\n")
    assert list(Planeradkapacitet.objects.filter(fil=fil).values_list("rad", "ar", "insats", "enhet", "platser")) == [
        (2, 2027, "LSS-10", eken.pk, 8),
        (3, 2028, "LSS-9", None, 6),
    ]
    assert Handelse.objects.get(objekt=f"uppgiftsfil:{fil.pk}").text == (
        f"Planerade platser lästes in: 2{HART}rader ur Planen."
    )


def test_a_new_file_holds_and_the_one_before_stays() -> None:
    forsta = _las(f"{RUBRIK}2027;LSS-9;;A;6\n")
    andra = _las(f"{RUBRIK}2027;LSS-9;;A;7\n")
    assert andra.version == 2
    assert gallande("planerade-platser") == andra
    assert gallande_per_period("planerade-platser") == {"": andra}
    assert Planeradkapacitet.objects.get(fil=forsta).platser == 6
    with pytest.raises(Hindrad, match="redan inläst"):
        _las(f"{RUBRIK}2027;LSS-9;;A;7\n")


def test_a_file_whose_name_has_a_personnummer_is_not_taken_in() -> None:
    with pytest.raises(Hindrad, match="Byt namn"):
        las_in_uppgifter(
            slag=PLANERADE_PLATSER,
            period="",
            innehall=f"{RUBRIK}2027;LSS-9;;A;6\n".encode(),
            filnamn="plan 19850101-9809.csv",
            kalla="Planen",
            av=None,
            nu=NU,
        )
    assert not Uppgiftsfil.objects.exists()


def test_every_fault_is_told_with_its_line_and_nothing_is_stored() -> None:
    tva = _brister(f"{RUBRIK}tjugo;LSS-9;;A;6\n2027;LSS-99;;B;1\n")
    assert tva[0] == "p.csv, rad 2, ar ”tjugo”: Inget heltal. Skriv bara siffror."
    assert tva[1].startswith("p.csv, rad 3, insats ”LSS-99”: Okänd kod.")
    assert any("platser" in ett and "saknas" in ett for ett in _brister(f"{RUBRIK}2027;LSS-9;;B;\n"))
    assert _brister(f"{RUBRIK}2027;LSS-9;E-9;B;1\n") == [
        "p.csv, rad 2, enhet_id ”E-9”: Det finns ingen rad i enheter med det id:t."
    ]
    assert _brister(f"{RUBRIK}2027;LSS-9;;B;1\n2027;LSS-9;;B;2\n") == [
        "p.csv, rad 3, ar: Samma ar, insats, namn står redan på rad 2. Ta bort den ena."
    ]
    assert _brister(f"{RUBRIK}2027;LSS-9;;Hos 19900202-9818;1\n") == [
        "p.csv, rad 2, namn: Texten ser ut att ha ett personnummer. Ta bort det."
    ]
    assert _brister(RUBRIK) == ["p.csv: Filen har inga rader under rubrikerna."]
    assert _brister("")[0].startswith("p.csv, rad 1: Filen är tom.")


def test_a_workbook_is_read_by_the_sheet_with_the_name_of_the_kind() -> None:
    bok, ut = Workbook(), BytesIO()
    blad = bok.active
    blad.title = "planerade-platser"
    blad.append(["ar", "insats", "namn", "platser"])
    blad.append([2027, "LSS-9", "Nya huset", 6])
    bok.save(ut)
    assert _las(ut.getvalue()).antal == 1
    blad.title = "Blad1"
    bok.save(fel := BytesIO())
    with pytest.raises(UppgifterNekade) as nekad:
        _las(fel.getvalue())
    assert "planerade-platser" in str(nekad.value.fel[0])


def test_only_those_with_the_right_take_in_files() -> None:
    rut = Anvandare.objects.create_user("rut", roller=[Roll.REVISOR])
    with pytest.raises(Hindrad, match="krävs"):
        _las(f"{RUBRIK}2027;LSS-9;;A;6\n", av=rut)


def test_the_database_itself_keeps_what_has_been_taken_in() -> None:
    fil = _las(f"{RUBRIK}2027;LSS-9;;A;6\n")
    for gor in (
        lambda: Planeradkapacitet.objects.update(platser=9),
        lambda: Planeradkapacitet.objects.all().delete(),
        lambda: Uppgiftsfil.objects.update(antal=9),
        lambda: Uppgiftsfil.objects.filter(pk=fil.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            gor()
