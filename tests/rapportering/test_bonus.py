"""Claims for arbetsbonus: a paper known by its content, and nothing that pays."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from ersattning import bonusansokningar, intyg
from ersattning.bonusansokningar import Uppgifter
from ersattning.models import Anstallning, Bonusansokan
from grund.hinder import Hindrad
from tests.rapportering.conftest import IDAG, NU, Omsorg
from tests.webb.varld_rapport import pdf


@pytest.fixture(autouse=True)
def mapp(settings: object, tmp_path: Path) -> Path:
    settings.INTYG_DIR = tmp_path / "intyg"  # type: ignore[attr-defined]
    return tmp_path / "intyg"


def _bild(sort: str) -> bytes:
    ut = io.BytesIO()
    Image.new("RGB", (4, 4)).save(ut, sort)
    return ut.getvalue()


def _last_pdf() -> bytes:
    ut = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as dokument:
        dokument.save(ut, encryption=pikepdf.Encryption(owner="a", user="b"))
    return ut.getvalue()


def _ansok(omsorg: Omsorg, verk: str = "V1", fran: date = date(2026, 5, 4)) -> Bonusansokan:
    return bonusansokningar.ansok(
        verk=omsorg.verk(verk),
        uppgifter=Uppgifter("Bageriet", fran, Decimal(50), "visstid"),
        intyg=intyg.granska(pdf()),
        av=omsorg.ulla,
        idag=IDAG,
        nu=NU,
    )


def test_papers_are_known_by_what_they_hold() -> None:
    assert intyg.granska(_bild("PNG")).andelse == "png"
    assert intyg.granska(_bild("JPEG")).andelse == "jpg"
    assert intyg.granska(pdf()).andelse == "pdf"


@pytest.mark.parametrize(
    ("innehall", "mening"),
    [
        (b"", "tom"),
        (b"<html><script>alert(1)</script>", "ingen PDF"),
        (b"%PDF-1.7 men inget mer", "ingen PDF"),
        (_bild("GIF"), "ingen PDF"),
        (_bild("PNG")[:40], "ingen PDF"),
        (b"%PDF-" + b"0" * (10 * 1024 * 1024), "10 MB"),
        (_last_pdf(), "lösenord"),
    ],
)
def test_other_files_are_refused_with_a_sentence(innehall: bytes, mening: str) -> None:
    with pytest.raises(ValueError, match=mening):
        intyg.granska(innehall)


def test_a_claim_keeps_its_paper_and_makes_no_anstallning(omsorg: Omsorg, mapp: Path) -> None:
    ansokan = _ansok(omsorg)
    assert intyg.las(ansokan.sokvag, ansokan.sha256) == pdf()
    assert not Anstallning.objects.exists()
    (mapp / ansokan.sokvag).write_bytes(b"annat")
    assert intyg.las(ansokan.sokvag, ansokan.sha256) is None


def test_the_same_job_is_claimed_once_and_a_refused_paper_is_not_kept(omsorg: Omsorg, mapp: Path) -> None:
    _ansok(omsorg)
    with pytest.raises(Hindrad, match="redan en ansökan"):
        _ansok(omsorg)
    assert len(list(mapp.iterdir())) == 1


@pytest.mark.parametrize(
    ("verk", "fran", "mening"),
    [
        ("V6", date(2026, 5, 4), "daglig verksamhet"),
        ("V1", date(2026, 6, 4), "inte börjat"),
        ("V1", date(2025, 12, 1), "efter att anställningen började"),
    ],
)
def test_a_claim_that_cannot_be_says_why(omsorg: Omsorg, verk: str, fran: date, mening: str) -> None:
    with pytest.raises(Hindrad, match=mening):
        _ansok(omsorg, verk, fran)
