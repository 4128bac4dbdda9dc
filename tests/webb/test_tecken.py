"""A NUL cannot be stored, and nobody can type one: a request with it is answered 400, in Swedish, and does nothing."""

import json
from pathlib import Path

import pytest
from django.test import Client

from grund.behorighet import Roll
from grund.models import Handelse
from grund.skickat import json_ur, pk_ur
from tests.webb.varld import Varld, Vems, bygg
from tests.webb.varld_arenden import arenden
from tests.webb.varld_rapport import rapport


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    return bygg(tmp_path, arenden, rapport)


def _klient(varld: Varld, roll: Roll) -> Client:
    klient = Client()
    klient.force_login(varld.anvandare[roll])
    return klient


@pytest.mark.parametrize(
    ("roll", "mall"),
    [
        (Roll.UTFORARE, "/besok/{enhet}/rapportera/%00/"),
        (Roll.REVISOR, "/handelser/beslut/%00/"),
        (Roll.REVISOR, "/lasningar/?person=%00"),
        (Roll.REVISOR, "/lasningar/?%00=1"),
    ],
)
def test_a_nul_in_an_address_cannot_be_read(varld: Varld, roll: Roll, mall: str) -> None:
    svar = _klient(varld, roll).get(mall.format(**varld.ids[Vems.EGEN]))
    assert svar.status_code == 400
    assert "Begäran gick inte att läsa" in svar.content.decode()


@pytest.mark.parametrize(
    ("mall", "falt"),
    [
        ("/narvaro/{enhet}/2026-05/", {"skal": "\0", "sag": "{}"}),
        ("/besok/{enhet}/nytt/", {"vems": "\0"}),
        ("/rapport/{enhet}/2026-05/signera/", {"bekrafta": "a\0"}),
        ("/rapport/{enhet}/2026-05/signera/", {"a\0": "1"}),
    ],
)
def test_a_nul_in_a_form_cannot_be_read_and_nothing_is_stored(varld: Varld, mall: str, falt: dict[str, str]) -> None:
    fore = Handelse.objects.count()
    adress = mall.format(**varld.ids[Vems.EGEN])
    assert _klient(varld, Roll.UTFORARE).post(adress, falt).status_code == 400
    assert Handelse.objects.count() == fore


def test_a_nul_in_a_cookie_cannot_be_read(varld: Varld) -> None:
    klient = _klient(varld, Roll.UTFORARE)
    klient.cookies["sessionid"] = "a\0" * 16
    assert klient.get("/").status_code == 400


@pytest.mark.parametrize(
    "kropp",
    [
        '{"celler": [], "skal": "\\u0000"}',
        '{"celler": [{"namn": "n-1-2026-05-04", "nytt": "\\ud800", "sag": ""}]}',
        "[" * 100_000,
        "9" * 5000,
        "\xff",
        "{}",
        "[1]",
    ],
)
def test_what_a_script_would_not_send_cannot_be_read(varld: Varld, kropp: str) -> None:
    adress = "/narvaro/{enhet}/2026-05/spara/".format(**varld.ids[Vems.EGEN])
    svar = _klient(varld, Roll.UTFORARE).post(adress, kropp.encode("latin-1"), content_type="application/json")
    assert svar.status_code == 400


@pytest.mark.parametrize("pk", ["9" * 19, "9" * 25, "9" * 5000, "-1", "²", "x"])
def test_a_cell_of_a_verkstallighet_that_cannot_be_is_refused(varld: Varld, pk: str) -> None:
    adress = "/narvaro/{enhet}/2026-05/spara/".format(**varld.ids[Vems.EGEN])
    kropp = json.dumps({"celler": [{"namn": f"n-{pk}-2026-05-04", "nytt": "H", "sag": ""}]})
    svar = _klient(varld, Roll.UTFORARE).post(adress, kropp, content_type="application/json")
    assert svar.status_code == 400


@pytest.mark.parametrize("nytt", ["9" * 5000, "N||99999", "N||-1", "F|||" + "x" * 100_000, "N|x|1", "🙂", "0"])
def test_what_no_day_can_hold_is_said_to_be_wrong_and_nothing_is_stored(varld: Varld, nytt: str) -> None:
    ids, fore = varld.ids[Vems.EGEN], Handelse.objects.count()
    kropp = json.dumps({"celler": [{"namn": f"n-{ids['verk']}-2026-05-05", "nytt": nytt, "sag": ""}]})
    svar = _klient(varld, Roll.UTFORARE).post(
        f"/narvaro/{ids['enhet']}/2026-05/spara/", kropp, content_type="application/json"
    )
    assert svar.status_code == 200
    assert svar.json()["celler"][0]["lage"] != "sparad"
    assert Handelse.objects.count() == fore


def test_a_primary_key_is_digits_within_what_a_column_holds() -> None:
    assert [pk_ur(text) for text in ("7", str(2**63 - 1), str(2**63), "-7", "", "٣", "7 ")] == [
        7,
        2**63 - 1,
        *[None] * 5,
    ]


def test_json_is_read_when_it_can_be_stored() -> None:
    assert json_ur('{"a": "å\\u00e5🙂 \\\\u00e5"}') == {"a": "åå🙂 \\u00e5"}
    for text in (r'"\u0000"', r'"\ud800"', "{", "[" * 100_000, b"\xff"):
        with pytest.raises(ValueError):  # noqa: PT011  it may have no text
            json_ur(text)


def test_a_number_of_thousands_of_digits_cannot_be_read(varld: Varld) -> None:
    svar = _klient(varld, Roll.HANDLAGGARE).post("/konto/nycklar/ny/", {"credential": "9" * 5000})
    assert svar.status_code == 400
    assert "Begäran gick inte att läsa" in svar.content.decode()


def test_a_list_is_sorted_by_its_own_columns_only(varld: Varld) -> None:
    klient = _klient(varld, Roll.CONTROLLER)
    for sida in ("/prognos/", "/korningar/"):
        assert klient.get(sida, {"sort": "../../"}).status_code == 200
