"""A variant is worth what a körning would give had the avtal, the prices or the levels really been so."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ersattning.models import Simuleringsbrist, Simuleringssumma
from ersattning.simulering.val import variant
from tests.datapaket.paket import skriv
from tests.kedja import direkt
from tests.niva.fem_modeller import paketet
from tests.simulering.hjalp import faststallt, simulera, summor, totalt
from utforare.models import Avtal, Prislista

FALT = ("utforare", "insats", "niva", "artikel")
KOLUMNER = (
    *("avtal_id", "utforare_id", "insats", "avtalsform", "person_id", "prislista_id", "modell", "fran", "till"),
    *("franvaro", "avslut_dagar", "bomtid_varsel_timmar", "bomtid_andel", "bomtid_tak_andel", "tak_andel_av_bestallt"),
    "avrundning_minuter",
)
GRUND = dict.fromkeys(KOLUMNER, "") | {
    "utforare_id": "U",
    "avtalsform": "lov",
    "prislista_id": "PL",
    "fran": "2025-01-01",
}
AVTAL = {
    "A1": {"insats": "LSS-9", "modell": "dygn", "franvaro": "1-:50"},
    "A2": {"insats": "LSS-10", "modell": "narvaro"},
    "A3": {"insats": "LSS-4", "modell": "manad"},
    "A4": {"insats": "LSS-3", "modell": "utford_tid", "bomtid_varsel_timmar": "24", "bomtid_andel": "0.5"},
    "A5": {"insats": "LSS-2", "modell": "bestalld_tid"},
}
BOM = "".join(f"B{dag};V4;2026-04-{dag:02}T10:00;2026-04-{dag:02}T12:25;;;;brukare\n" for dag in range(7, 29, 7))
SLUT = "verkstallighet_id;beslut_id;enhet_id;omfattning;fran;till;slutorsak\nV1;B1;E;;2026-01-01;2026-03-20;flytt\n"

pytestmark = pytest.mark.django_db


def _avtal(**andrat: dict[str, str]) -> str:
    rader = [GRUND | {"avtal_id": nyckel} | egna | andrat.get(nyckel, {}) for nyckel, egna in AVTAL.items()]
    return "\n".join([";".join(KOLUMNER), *(";".join(rad[k] for k in KOLUMNER) for rad in rader)]) + "\n"


@pytest.fixture
def in_i(tmp_path: Path) -> Any:
    """Take in the package with these files instead of its own."""

    def las_in(namn: str, **filer: str) -> None:
        direkt.las_in(skriv(tmp_path / namn, filer))

    besok = "besok_id;verkstallighet_id;planerad_start;planerad_slut;utford_start;utford_slut;avbokad;avbokad_av\n"
    narvaro = "\n".join(rad for rad in paketet()["narvaro"].splitlines() if not rad.startswith("V1;2026-04"))
    las_in("1", **paketet() | {"avtal": _avtal(), "narvaro": f"{narvaro}\n"})
    las_in("2", besok=besok + BOM)
    return las_in


# insats, what the variant changes, and the same as the avtal would say it
VILLKOR = [
    ("LSS-9", {"franvaro": "1-14:100"}, {"A1": {"franvaro": "1-14:100"}}),
    ("LSS-9", {"franvaro": None}, {"A1": {"franvaro": ""}}),
    ("LSS-9", {"avslut_dagar": "45"}, {"A1": {"avslut_dagar": "45"}}),
    ("LSS-3", {"avrundning_minuter": "45"}, {"A4": {"avrundning_minuter": "45"}}),
    ("LSS-3", {"tak_andel_av_bestallt": "0.25"}, {"A4": {"tak_andel_av_bestallt": "0.25"}}),
    ("LSS-3", {"bomtid_andel": "0.8"}, {"A4": {"bomtid_andel": "0.8"}}),
    ("LSS-3", {"bomtid_andel": None}, {"A4": {"bomtid_andel": "", "bomtid_varsel_timmar": ""}}),
    ("LSS-3", {"bomtid_tak_andel": "0.1"}, {"A4": {"bomtid_tak_andel": "0.1"}}),
    ("LSS-3", {"modell": "bestalld_tid"}, {"A4": {"modell": "bestalld_tid"}}),
    ("LSS-2", {"modell": "utford_tid"}, {"A5": {"modell": "utford_tid"}}),
    ("", {"avslut_dagar": "10"}, {nyckel: {"avslut_dagar": "10"} for nyckel in AVTAL}),
]


@pytest.mark.parametrize(("insats", "val", "andrat"), VILLKOR)
def test_other_terms_are_what_a_korning_gives_under_them(
    insats: str, val: dict[str, Any], andrat: dict[str, dict[str, str]], in_i: Any
) -> None:
    in_i("slut", verkstalligheter=SLUT)
    simulerat = simulera("2026-03", "2026-04", ("Annat", val), insats=insats)
    in_i("andrat", avtal=_avtal(**andrat))
    for manad in ("2026-03", "2026-04"):
        direkt.kor(manad)
    verkligt = {nyckel: belopp for nyckel, belopp in faststallt(*FALT).items() if insats in {"", nyckel[2]}}
    assert summor(simulerat, 1, *FALT) == verkligt
    assert summor(simulerat, 1) != summor(simulerat, 0)


def _verkligt(val: dict[str, Any], in_i: Any, **filer: str) -> None:
    simulerat = simulera("2026-04", "2026-04", ("Annat", val))
    in_i("andrat", **filer)
    direkt.kor("2026-04")
    assert summor(simulerat, 1, *FALT) == faststallt(*FALT)
    assert totalt(simulerat, 1) != totalt(simulerat, 0)


def test_uppraknade_prices_are_what_a_korning_gives_by_them(in_i: Any) -> None:
    priser = [rad.split(";") for rad in paketet()["priser"].splitlines()]
    for rad in priser[1:]:
        rad[6] = f"{Decimal(rad[6]) * Decimal('1.025'):.2f}"
    _verkligt({"upprakning": "2.5"}, in_i, priser="\n".join(map(";".join, priser)) + "\n")


def test_everybody_at_a_level_who_moves_to_another_costs_as_there(in_i: Any) -> None:
    _verkligt({"nivaer": {"1": "3"}}, in_i, nivabedomningar=paketet()["nivabedomningar"].replace(";1;2026", ";3;2026"))


def test_levels_that_change_places_do_so_at_once(in_i: Any) -> None:
    simulerat = simulera("2026-04", "2026-04", ("Annat", {"nivaer": {"1": "2", "2": "3"}}))
    nivaer = Simuleringssumma.objects.filter(variant__simulering=simulerat, variant__nummer=1)
    assert set(nivaer.values_list("niva", flat=True)) == {"2"}


def test_a_planned_price_list_is_what_it_will_cost(in_i: Any) -> None:
    """Its prices begin next year; the variant lets them hold for the whole period, in place of the avtal's own list."""
    in_i(
        "plan",
        prislistor="prislista_id;namn\nPL-27;Priser 2027\n",
        priser=(
            "prislista_id;insats;niva;omfattning;tidsband;enhet;belopp;fran;till\nPL-27;LSS-10;1;heltid;;dag;111.50;2027-01-01;\n"
        ),
    )
    lista = Prislista.objects.get(nyckel="PL-27").pk
    val = {"prislista": lista, "prisdag": "2027-01-01"}
    simulerat = simulera("2026-04", "2026-04", ("2027", val), ("Utan dag", {"prislista": lista}), insats="LSS-10")
    dagar = totalt(simulerat, 0) / 100
    assert totalt(simulerat, 1) == dagar * Decimal("111.50")
    assert totalt(simulerat, 2) == 0
    assert set(Simuleringsbrist.objects.values_list("variant__nummer", "kod")) == {(2, "pris_saknas")}


def test_a_price_that_is_set_stands_in_the_place_of_the_lists(in_i: Any) -> None:
    alla = {"priser": [{"enhet": "dag", "niva": "", "belopp": "500.00"}]}
    niva = {"priser": [{"enhet": "dag", "niva": "2", "belopp": "500.00"}]}
    simulerat = simulera("2026-04", "2026-04", ("Alla", alla), ("Bara tvåan", niva), insats="LSS-10")
    assert totalt(simulerat, 1) == 5 * totalt(simulerat, 0)
    assert totalt(simulerat, 2) == totalt(simulerat, 0)


def test_an_individavtal_is_left_as_it_is_unless_the_variant_says_so(in_i: Any) -> None:
    rad = GRUND | {"avtal_id": "AI", "avtalsform": "individavtal", "person_id": "P-narvaro"} | AVTAL["A2"]
    in_i("eget", avtal=";".join(KOLUMNER) + "\n" + ";".join(rad[k] for k in KOLUMNER) + "\n")
    dyrare = {"upprakning": "10"}
    simulerat = simulera(
        "2026-04", "2026-04", ("Allmänna", dyrare), ("Alla", dyrare | {"individavtal": True}), insats="LSS-10"
    )
    assert totalt(simulerat, 1) == totalt(simulerat, 0)
    assert totalt(simulerat, 2) == totalt(simulerat, 0) * Decimal("1.1")
    assert Avtal.objects.get(nyckel="AI").modell == "narvaro"


def test_phased_out_support_gives_its_bonus_once(in_i: Any) -> None:
    in_i("slut", verkstalligheter=SLUT)
    val = {"utfasning": "20000", "utfasning_orsaker": ["flytt"]}
    annan = {"utfasning": "20000", "utfasning_orsaker": ["avliden"]}
    simulerat = simulera("2026-02", "2026-04", ("Bonus", val), ("Annan orsak", annan), insats="LSS-9")
    assert totalt(simulerat, 1) == totalt(simulerat, 0) + 20_000
    assert totalt(simulerat, 2) == totalt(simulerat, 0)
    bonus = Simuleringssumma.objects.get(artikel="utfasning")
    assert (bonus.manad.month, bonus.antal) == (3, 1)


def test_who_only_changes_utforare_is_no_phased_out_support(in_i: Any) -> None:
    in_i("byte", verkstalligheter=SLUT + "V1b;B1;E;;2026-03-21;;\n")
    val = {"utfasning": "20000", "utfasning_orsaker": ["flytt"]}
    simulerat = simulera("2026-02", "2026-04", ("Bonus", val), insats="LSS-9")
    assert totalt(simulerat, 1) == totalt(simulerat, 0)


def test_a_variant_without_changes_is_the_avtal_as_they_are() -> None:
    tom = variant({})
    assert (tom.villkor, tom.prisbyten, tom.nivaer, tom.antagen_bomtid) == ({}, (), {}, None)
