"""Kolada: its answers are read with every fault told, and our own figures stand beside only where they are the same."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from grund.hinder import Hindrad
from uppfoljning.kolada.regler import Egetvarde
from uppfoljning.models import Koladavarde, Uppgiftsfil
from uppfoljning.rapport.innehall import Lasare
from uppfoljning.rapporter.kolada.queries import Nyckeltalet, Underlag, hamta
from uppfoljning.rapporter.kolada.rapport import median_av_andra, rapport
from uppfoljning.uppgifter.inlasning import UppgifterNekade, las_in_uppgifter
from uppfoljning.uppgifter.kolada import KOLADA_KOMMUNER, KOLADA_NYCKELTAL, KOLADA_VARDEN
from uppfoljning.uppgifter.typ import Uppgiftsslag

pytestmark = pytest.mark.django_db
NU = datetime(2026, 2, 3, 8, tzinfo=UTC)
RUBRIK = "kpi;kommun;ar;kon;varde;status\n"


def _las(text: str | bytes, slag: Uppgiftsslag = KOLADA_VARDEN) -> Uppgiftsfil:
    innehall = text if isinstance(text, bytes) else text.encode()
    return las_in_uppgifter(slag=slag, period="", innehall=innehall, filnamn="k", kalla="Kolada", av=None, nu=NU)


def _brister(text: str | bytes, slag: Uppgiftsslag = KOLADA_VARDEN) -> str:
    with pytest.raises(UppgifterNekade) as nekad:
        _las(text, slag)
    assert not Uppgiftsfil.objects.filter(slag=slag.nyckel).exists()
    return " | ".join(map(str, nekad.value.fel))


def _svar(*poster: Mapping[str, Any], **annat: Any) -> str:
    return json.dumps({"values": poster, "count": len(poster), **annat})


def _post(kpi: str = "N28015", **annat: Any) -> dict[str, Any]:
    varden = [{"gender": "T", "value": 245000.5, "count": 1, "status": ""}]
    return {"kpi": kpi, "municipality": "9990", "period": 2025, "values": varden, **annat}


def _rader() -> list[tuple[Any, ...]]:
    return list(Koladavarde.objects.order_by("rad").values_list("kpi", "kommun", "ar", "kon", "varde", "status"))


def test_an_answer_of_the_api_becomes_rows_and_what_is_missing_stays_missing() -> None:
    saknas = {"gender": "K", "value": None, "count": 0, "status": "Missing"}
    _las(
        _svar(_post(), _post(period="2024", values=[{"gender": "M", "value": 29.3333333333333}, saknas]), next_url=None)
    )
    assert _rader() == [
        ("N28015", "9990", 2025, "T", Decimal("245000.5"), ""),
        ("N28015", "9990", 2024, "M", Decimal("29.333333333333"), ""),
        ("N28015", "9990", 2024, "K", None, "Missing"),
    ]


def test_pages_of_an_answer_may_stand_in_a_list() -> None:
    forsta, andra = (json.loads(_svar(_post(period=ar), next_page=sida)) for ar, sida in ((2024, "2"), (2025, None)))
    _las(json.dumps([forsta, andra]))
    assert [rad[2] for rad in _rader()] == [2024, 2025]


@pytest.mark.parametrize(
    ("text", "vantat"),
    [
        ("{", "inte JSON"),
        (b'\xff{"values": []}', "inte UTF-8"),
        ('{"value": []}', "ingen lista ”values”"),
        ("[1]", "ingen lista ”values”"),
        (_svar(_post(), next_page="2"), "fler sidor"),
        (_svar({"kpi": "N28015"}), "ett värde för varje kön"),
        (_svar(_post(values=[{"gender": "T", "value": "många"}])), "rad 2, varde ”många”"),
        (_svar(_post(values=[{"gender": "T", "value": True}])), "rad 2, varde ”True”"),
        (_svar(_post(values=[{"gender": "X", "value": 1}])), "rad 2, kon ”X”"),
        (_svar(_post(values=["T"])), "rad 2, kon"),
        (_svar(_post()).replace("245000.5", "1e99999999999999999999"), "rad 2, varde"),
        (_svar(_post(values=[{"gender": "T", "value": 1, "status": "\ud800"}])), "trasigt"),
        (_svar(_post("28015")), "N eller U och fem siffror"),
        (_svar(_post(municipality="Ekstad")), "rad 2, kommun"),
        (_svar(_post(municipality="99")), "fyra siffror"),
        (_svar(_post(), _post()), "står redan på rad 2"),
        (_svar(), "inga rader"),
        (f"{RUBRIK}N28015;9990;tjugo;T;1;\n", "rad 2, ar ”tjugo”"),
    ],
)
def test_every_fault_is_told_with_its_place(text: str | bytes, vantat: str) -> None:
    assert vantat in _brister(text)


def test_f_of_the_older_api_is_women_where_men_are_m_and_is_else_not_guessed() -> None:
    varden = [{"gender": kon, "value": 1} for kon in "TFM"]
    _las(_svar(_post(values=varden)))
    assert [rad[3] for rad in _rader()] == ["T", "K", "M"]
    for bokstaver in ("TKF", "TF"):
        varden = [{"gender": kon, "value": 2} for kon in bokstaver]
        with pytest.raises(UppgifterNekade) as nekad:
            _las(_svar(_post(values=varden)))
        assert "vet" in str(nekad.value.fel[0])


def test_an_own_figure_needs_a_reason() -> None:
    rubrik = "kpi;titel;matt;eget;varfor\n"
    assert "varför definitionen är densamma" in _brister(f"{rubrik}N28015;DV;kr;lss_daglig;\n", KOLADA_NYCKELTAL)
    assert "varför definitionen är densamma" in _brister(f"{rubrik}N28015;DV;kr;;För att\n", KOLADA_NYCKELTAL)


def test_the_comparison_is_of_the_chosen_and_says_where_it_is_from() -> None:
    _las("kpi;titel;matt;eget;varfor\nN28015;Kostnad DV;kr/brukare;;\nN28014;Utan värden;kr;;\n", KOLADA_NYCKELTAL)
    _las("kommun;namn\n0000;Riket\n9990;Ekstad\n9991;Granvik\n9992;Utan värden\n", KOLADA_KOMMUNER)
    rader = "".join(f"N28015;{kommun};{ar};T;{varde};\n" for kommun, ar, varde in VARDEN)
    _las(RUBRIK + rader)
    underlag = hamta("N28015", ["0000", "9990", "9991"], "T")
    assert [namn for _, namn in underlag.kommuner] == ["Ekstad", "Riket", "Granvik"]
    svar = rapport(underlag, Lasare(False), date(2026, 6, 3), "9990")
    (tabell,) = svar.tabeller
    assert [rad.celler for rad in tabell.rader] == [
        ("Ekstad", Decimal(100), Decimal(110)),
        ("Riket", Decimal(90), None),
        ("Granvik", Decimal(80), Decimal(95)),
    ]
    assert [ett.varde for ett in svar.nyckeltal] == [Decimal(110), Decimal(95)]
    assert "Källa: Kolada." in tabell.noter
    assert "Källa: Kolada" in svar.delar[0].bild.rubrik  # type: ignore[union-attr]


VARDEN = (
    ("9990", 2024, 100),
    ("9990", 2025, 110),
    ("0000", 2024, 90),
    ("0000", 2025, ""),
    ("9991", 2024, 80),
    ("9991", 2025, 95),
)


def _underlag(**annat: Any) -> Underlag:
    grund: dict[str, Any] = {
        "nyckeltal": Nyckeltalet("U99901", "Personer", "antal", Egetvarde.LSS_DAGLIG.value, "Båda räknar samma."),
        "kon": "T",
        "kommuner": (("9990", "Ekstad"), ("9991", "Granvik")),
        "aren": (2025,),
        "varden": {("9990", 2025): Decimal(7), ("9991", 2025): Decimal(4), ("0001", 2025): Decimal(1)},
        "status": {("9991", 2025): "Missing"},
        "egna": {2025: 6},
        "kalla": "API",
        "inlast": "2026-02-03",
    }
    return Underlag(**grund | annat)


def test_our_own_figure_stands_beside_but_never_in_public() -> None:
    intern, publik = (rapport(_underlag(), Lasare(offentlig), date(2026, 6, 3), "9990") for offentlig in (False, True))
    assert [rad.celler[0] for rad in intern.tabeller[0].rader] == ["Ekstad", "Ekstad, eget tal", "Granvik"]
    assert [rad.celler[0] for rad in publik.tabeller[0].rader] == ["Ekstad", "Granvik"]
    assert "Båda räknar samma." in " ".join(intern.delar[0].stycken)
    assert "Granvik 2025: Missing" in intern.tabeller[0].noter


def test_the_median_is_of_other_municipalities_not_of_regions() -> None:
    assert median_av_andra(_underlag(), "9990", 2025) == 4
    assert median_av_andra(_underlag(), "9991", 2025) == 7
    assert median_av_andra(_underlag(varden={}), "9990", 2025) is None


def test_nothing_read_in_yet_is_said() -> None:
    svar = rapport(hamta("", [], "T"), Lasare(True), date(2026, 6, 3), "9990")
    assert "Lägg in" in svar.delar[0].stycken[0]


def test_a_file_that_is_the_same_is_not_taken_in_twice() -> None:
    _las(_svar(_post()))
    with pytest.raises(Hindrad, match="redan inläst"):
        _las(_svar(_post()))
