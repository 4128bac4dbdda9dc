"""A correction names the changes that may have moved its row, and no others (R40)."""

from pathlib import Path

import pytest

from ersattning.forklaring.hamta import forklara
from ersattning.forklaring.typer import Forklaring
from ersattning.models import Ersattningsrad
from tests.forklaring.conftest import EXEMPEL
from tests.kedja import direkt

pytestmark = pytest.mark.django_db

NIVAER = "nivabedomning_id;person_id;insats;niva;fran;status;bedomd_av;godkand_av;godkand\n"
PRISER = "prislista_id;insats;niva;omfattning;tidsband;enhet;belopp;fran;till\n"
NARVARO = "verkstallighet_id;datum;kod;omfattning;minuter;orsak\n"
AVTAL = (EXEMPEL / "6-rattelse" / "paket-1" / "avtal.csv").read_text(encoding="utf-8").splitlines()[0] + "\n"


def rattat(mapp: Path, **filer: str) -> dict[tuple[str, str], Forklaring]:
    """April settled, the files read in, May run: the explanations of its corrections by verkställighet and typ.

    V1 lives on level 2 at 1 863 kr, V3 on level 1 at 1 242 kr; V2 is in daglig verksamhet on level 2, heltid.
    """
    direkt.las_in(EXEMPEL / "6-rattelse" / "paket-1")
    direkt.kor("2025-04")
    direkt.faststall("2025-04")
    for namn, text in filer.items():
        (mapp / f"{namn}.csv").write_text(text, encoding="utf-8")
    direkt.las_in(mapp)
    direkt.kor("2025-05")
    svar = {}
    for rad in Ersattningsrad.objects.filter(typ__in=["kreditering", "rattelse"]).order_by("fran"):
        forklaring = forklara(rad.pk)
        assert forklaring is not None
        svar[rad.verkstallighet_nyckel, rad.typ] = forklaring
    return svar


def orsak(f: Forklaring) -> str:
    """What is said to have changed. The history says the same."""
    text = f.inledning[-1].replace("\xa0", " ")
    inleder, _, vad = text.partition("senast räknades. ")
    assert inleder == "Det här hade ändrats sedan månaden "
    historia = [hande.text.replace("\xa0", " ").partition(" (")[0] for hande in f.historia]
    assert sorted(vad.rstrip(".").split(". ")) == sorted(text for text in historia if ": 1 rad" in text)
    return vad


def test_a_price_of_another_level_is_not_named(tmp_path: Path) -> None:
    """Level 5 and daglig verksamhet become dearer the same day as V3's närvaro is corrected."""
    priser = f"{PRISER}BM;LSS-9;5;;;dygn;5400;2025-04-01;\nBM;LSS-9;2;;;dygn;1900;2025-04-01;\n"
    nivaer = f"{NIVAER}N9;P3;LSS-9;4;2025-04-11;godkand;anna;bo;2025-04-28\n"
    rader = rattat(tmp_path, priser=priser, nivabedomningar=nivaer)
    assert orsak(rader["V3", "rattelse"]) == "Nivåbedömning: 1 rad tillkom."
    assert orsak(rader["V3", "kreditering"]) == "Nivåbedömning: 1 rad tillkom."
    for typ in ("kreditering", "rattelse"):
        assert orsak(rader["V1", typ]) == "Priser: 1 rad ändrad eller borttagen."


def test_narvaro_with_a_price_of_another_omfattning_names_narvaro_alone(tmp_path: Path) -> None:
    priser = f"{PRISER}DV;LSS-10;2;deltid;;dag;500;2024-04-01;\n"
    rader = rattat(tmp_path, priser=priser, narvaro=f"{NARVARO}V2;2025-04-22;N;;;\n")
    assert orsak(rader["V2", "rattelse"]) == "Närvaro: 1 rad tillkom."


def test_a_price_of_other_days_is_not_named(tmp_path: Path) -> None:
    """Level 2 heltid is dearer from May on: April's närvaro is corrected for its own sake."""
    priser = f"{PRISER}DV;LSS-10;2;heltid;;dag;685;2024-04-01;2025-04-30\nDV;LSS-10;2;heltid;;dag;700;2025-05-01;\n"
    rader = rattat(tmp_path, priser=priser, narvaro=f"{NARVARO}V2;2025-04-22;N;;;\n")
    assert orsak(rader["V2", "rattelse"]) == "Närvaro: 1 rad tillkom."


def test_both_a_price_and_narvaro_are_named_when_both_may_have_moved_the_row(tmp_path: Path) -> None:
    priser = f"{PRISER}DV;LSS-10;2;heltid;;dag;700;2024-04-01;\n"
    rader = rattat(tmp_path, priser=priser, narvaro=f"{NARVARO}V2;2025-04-22;N;;;\n")
    assert "Priser: 1 rad ändrad eller borttagen" in orsak(rader["V2", "rattelse"])
    assert "Närvaro: 1 rad tillkom" in orsak(rader["V2", "rattelse"])


def test_a_new_price_that_takes_over_from_an_old_one_is_named(tmp_path: Path) -> None:
    """From 16 April level 2 costs more: the old cell ends, and a new one begins."""
    priser = f"{PRISER}BM;LSS-9;2;;;dygn;1863;2025-04-01;2025-04-15\nBM;LSS-9;2;;;dygn;1900;2025-04-16;\n"
    rader = rattat(tmp_path, priser=priser)
    assert "Priser: 1 rad ändrad eller borttagen" in orsak(rader["V1", "rattelse"])
    assert "Priser: 1 rad tillkom" in orsak(rader["V1", "rattelse"])


def test_what_has_changed_for_another_insats_of_the_utforare_is_not_named(tmp_path: Path) -> None:
    """An avtal about boendestöd is new, and the level of V2's daglig verksamhet is changed."""
    avtal = f"{AVTAL}A9;SLL;SOL-BOSTOD;lov;;BM;utford_tid;2025-04-01;;;;;;;;;;;\n"
    priser = f"{PRISER}BM;LSS-9;2;;;dygn;1900;2025-04-01;\n"
    rader = rattat(tmp_path, avtal=avtal, priser=priser)
    assert orsak(rader["V1", "rattelse"]) == "Priser: 1 rad ändrad eller borttagen."
