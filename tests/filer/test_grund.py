"""The helpers below the files: texts, documents and workbooks."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from weasyprint.urls import FatalURLFetchingError

from grund import atomart, dokument, text
from grund.arbetsbok import Arbetsbok, Kolumn, Slag
from grund.tid import Manad


@pytest.mark.parametrize(
    ("varde", "decimaler", "minst", "vantat"),
    [
        ("1234567.5", 2, None, "1\xa0234\xa0567,50"),
        ("-0.005", 2, None, "−0,01"),
        ("-0.004", 2, None, "0,00"),
        ("31.0000", 4, 0, "31"),
        ("8.8500", 4, 0, "8,85"),
        ("100", 2, 0, "100"),
    ],
)
def test_numbers_are_printed_as_swedes_read_them(varde, decimaler, minst, vantat):
    assert text.tal(Decimal(varde), decimaler, minst=minst) == vantat


def test_days_and_shares_are_printed_as_swedes_read_them():
    assert text.procent(Decimal("0.3333333")) == "33,33\xa0%"
    assert text.manad_i_ord(Manad(2026, 5)) == "maj 2026"
    assert text.datum_i_ord(date(2026, 6, 3)) == "3\xa0juni 2026"
    assert text.dagar_i_ord(date(2026, 5, 1), date(2026, 5, 31)) == "1–31\xa0maj"
    assert text.dagar_i_ord(date(2026, 5, 20), date(2026, 5, 20)) == "20\xa0maj"
    assert text.dagar_i_ord(date(2026, 4, 28), date(2026, 5, 3)) == "28\xa0april–3\xa0maj"
    assert text.antal_ord(1500, "rad", "rader") == "1\xa0500\xa0rader"
    assert text.antal_ord(1, "rad", "rader") == "1\xa0rad"
    assert text.antal_ord(Decimal("1.00"), "timme", "timmar", 2) == "1\xa0timme"
    assert text.antal_ord(Decimal("1.5"), "timme", "timmar", 2) == "1,5\xa0timmar"
    assert text.antal_ord(Decimal(-1), "dag", "dagar") == "−1\xa0dag"
    assert text.antal_ord(0, "fil", "filer") == "0\xa0filer"
    assert [text.utrymme(ett) for ett in (900, 1024, 1536, 481_280)] == [
        "900\xa0MB",
        "1\xa0GB",
        "1,5\xa0GB",
        "470\xa0GB",
    ]


def test_swedish_order_puts_the_last_three_letters_last():
    namn = ["Öster", "Ängen", "åsen", "Zebra", "ask", "Ask"]
    assert sorted(namn, key=text.svensk_ordning) == ["Ask", "ask", "Zebra", "åsen", "Ängen", "Öster"]


def bok(rader) -> bytes:
    kolumner = (Kolumn("A"), Kolumn("B", Slag.KRONOR, summera=True))
    ut = BytesIO()
    with Arbetsbok(ut, titel="T & U", forfattare="K", skapad=datetime(2026, 6, 1, tzinfo=UTC)) as arbetsbok:
        arbetsbok.blad("Blad", kolumner, rader)
    return ut.getvalue()


@pytest.mark.parametrize(
    "farlig", ["=1+1", "+46", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", '=cmd|"/c calc"!A1', "＝1+1", "＠A", "\u200b=1"]
)
def test_no_text_can_become_a_formula(farlig):
    cell = openpyxl.load_workbook(BytesIO(bok([(farlig, Decimal(1))])))["Blad"]["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_sums_are_formulas_with_their_value_stored():
    bytes_ = bok([("a", Decimal("0.10")), ("b", Decimal("0.20")), ("c", Decimal("-100.55"))])
    assert openpyxl.load_workbook(BytesIO(bytes_))["Blad"]["B5"].value == "=SUBTOTAL(9,B2:B4)"
    assert openpyxl.load_workbook(BytesIO(bytes_), data_only=True)["Blad"]["B5"].value == -100.25


def test_a_document_may_fetch_nothing_but_its_typeface():
    html = '<html lang="sv"><title>T</title><body><p style="background: url(file:///etc/passwd)">x</p></body></html>'
    with pytest.raises(FatalURLFetchingError, match="får inte hämta"):
        dokument.pdf(html, stilmallar=[])


def test_a_document_may_show_a_picture_that_comes_with_it_and_no_other():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    html = '<html lang="sv"><title>T</title><body><img src="bild:a.svg" alt="A"></body></html>'
    assert dokument.pdf(html, stilmallar=[], bilder={"bild:a.svg": svg}).startswith(b"%PDF-")
    with pytest.raises(FatalURLFetchingError, match=r"får inte hämta bild:a\.svg"):
        dokument.pdf(html, stilmallar=[], bilder={"bild:b.svg": svg})


def test_a_file_that_could_not_be_written_leaves_the_old_one(tmp_path):
    fil = tmp_path / "fil"
    fil.write_bytes(b"gammal")

    def skriv() -> None:
        with atomart.skriv_atomart(fil) as ut:
            ut.write(b"halv")
            raise RuntimeError("avbrott")

    with pytest.raises(RuntimeError):
        skriv()
    assert fil.read_bytes() == b"gammal"
    assert list(tmp_path.iterdir()) == [fil]
