"""Verifikat and SIE, without database: what is chosen, what is rounded, and what is written."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ersattning.filer import sie
from ersattning.filer.sie import ObalansFel, Sierad, Sieverifikat
from ersattning.regler import ORESUTJAMNING, Artikel
from ersattning.verifikat import Mallrad, Saknad, Strang, Summa, kontera, valj

from . import sielasare

MAJ = date(2026, 5, 1)


def rad(pk: int, *, regi: str = "privat", utforare: int | None = None, insats: str = "", artikel: str = "") -> Mallrad:
    return Mallrad(pk, regi, utforare, insats, artikel, Strang(f"46{pk:02}", "31", "513"), Strang("2998"))


def summa(belopp: str, *, utforare: int = 1, insats: str = "LSS-9", artikel: str = "dygn", typ: str = "") -> Summa:
    return Summa(utforare, MAJ, insats, artikel, typ or "ordinarie", 1, Decimal(belopp))


ALLT, INSATS, ARTIKEL, VEM = (
    rad(1),
    rad(2, insats="LSS-9"),
    rad(3, artikel="dygn"),
    rad(4, utforare=1),
)


@pytest.mark.parametrize(
    ("mall", "vald"),
    [
        ([ALLT], 1),
        ([ALLT, ARTIKEL], 3),
        ([ALLT, ARTIKEL, INSATS], 2),
        ([ALLT, ARTIKEL, INSATS, VEM], 4),
        ([rad(5, utforare=2), rad(6, insats="LSS-10"), rad(7, regi="egen"), rad(8, artikel="manad")], None),
        ([rad(9, artikel=ORESUTJAMNING)], None),
    ],
)
def test_the_most_particular_row_that_fits_is_used(mall: list[Mallrad], vald: int | None) -> None:
    hittad = valj(mall, regi="privat", utforare=1, insats="LSS-9", artikel="dygn")
    assert (hittad.pk if hittad else None) == vald


def test_what_the_mall_lacks_is_said_once_and_nothing_is_guessed() -> None:
    poster = [summa("10"), summa("20", utforare=2), summa("30", artikel="manad")]
    verifikat, saknas = kontera(poster, [ARTIKEL], {1: "privat", 2: "privat"})
    assert [ett.ersattning for ett in verifikat] == [10, 20]
    assert saknas == [Saknad("privat", "LSS-9", "manad")]


@pytest.mark.parametrize(
    ("exakt", "oren"),
    [
        ("100.49", "-0.49"),
        ("100.50", "0.50"),
        ("100.01", "-0.01"),
        ("100.99", "0.01"),
        ("100.00", "0"),
        ("-100.49", "0.49"),
        ("-100.50", "-0.50"),
    ],
)
def test_a_total_is_whole_kronor_only_where_the_mall_says_so(exakt: str, oren: str) -> None:
    oresrad = rad(8, artikel=ORESUTJAMNING)
    ((utan,), _), ((med,), _) = (kontera([summa(exakt)], mall, {1: "privat"}) for mall in ([ALLT], [ALLT, oresrad]))
    assert (utan.oresutjamning, utan.att_betala) == (0, Decimal(exakt))
    assert (med.oresutjamning, med.ersattning) == (Decimal(oren), Decimal(exakt))
    assert med.att_betala % 1 == 0
    assert sum(trans.belopp for trans in med.transar) == 0
    assert len([post for post in med.poster if post.rad is oresrad]) == (1 if Decimal(oren) else 0)


def test_corrections_are_lines_of_their_own_and_a_counterpart_is_one() -> None:
    poster = [
        summa("900"),
        summa("-300", typ="kreditering"),
        summa("200", typ="rattelse"),
        summa("0", artikel="avslut"),
    ]
    ((ett,), _) = kontera(poster, [ALLT], {1: "privat"})
    assert [trans.belopp for trans in ett.transar] == [900, -300, 200, -800]


KONTON = {"4640": "Köp av verksamhet", "2998": "Upplupna kostnader"}


def skriv(*texter: str, belopp: str = "12.50", foretag: str = "Ekstads kommun") -> bytes:
    rader = (Sierad(Strang("4640", "31", "513", ""), Decimal(belopp), texter[-1]),)
    rader += (Sierad(Strang("2998"), -Decimal(belopp), texter[-1]),)
    ver = Sieverifikat("IB", 202605001, date(2026, 5, 31), texter[0], rader)
    return sie.skriv([ver], foretag=foretag, skapad=date(2026, 6, 8), konton=KONTON)


def test_a_file_is_as_the_format_says() -> None:
    assert skriv("Ersättning maj 2026", "Boendestöd").decode("cp437").split("\r\n") == [
        "#FLAGGA 0",
        '#PROGRAM "Insatskollen" 1',
        "#FORMAT PC8",
        "#GEN 20260608",
        "#SIETYP 4",
        '#FNAMN "Ekstads kommun"',
        '#KONTO 2998 "Upplupna kostnader"',
        '#KONTO 4640 "Köp av verksamhet"',
        '#DIM 1 "Ansvar"',
        '#OBJEKT 1 "31" "31"',
        '#DIM 20 "Verksamhet"',
        '#OBJEKT 20 "513" "513"',
        '#VER "IB" "202605001" 20260531 "Ersättning maj 2026" 20260608',
        "{",
        '#TRANS 4640 {"1" "31" "20" "513"} 12.50 20260531 "Boendestöd"',
        '#TRANS 2998 {} -12.50 20260531 "Boendestöd"',
        "}",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "blir"),
    [
        ('Kaffe "Latte" AB', 'Kaffe "Latte" AB'),
        ("Omsorg – Stöd", "Omsorg - Stöd"),
        ("Škoda & Łódź", "?koda & ??d?"),  # ó is there
        ("rad\nbrytning\ttab", "rad brytning tab"),
        ("C:\\", "C:/"),
        ("{klammer}", "{klammer}"),
        ("1\N{NO-BREAK SPACE}000 kr", "1 000 kr"),
        ("A\N{COMBINING RING ABOVE}sen", "Åsen"),
    ],
)
def test_characters_that_the_code_page_lacks_are_seen_and_quotes_are_kept(text: str, blir: str) -> None:
    blir = blir.replace("??d?", "?ód?") if "ó" in text else blir
    assert sielasare.las(skriv(text, text)).ver[0].text == blir


def test_a_verifikat_that_does_not_sum_to_zero_is_never_written() -> None:
    snett = Sieverifikat("IB", 1, MAJ, "x", (Sierad(Strang("4640"), Decimal(1), "x"),))
    with pytest.raises(ObalansFel):
        sie.skriv([snett], foretag="x", skapad=MAJ, konton=KONTON)


@given(st.text(), st.text(), st.decimals(min_value=1, max_value=10**9, places=2))
def test_any_text_gives_a_file_that_can_be_read(ett: str, annat: str, belopp: Decimal) -> None:
    ver = sielasare.las(skriv(ett, annat, belopp=str(belopp), foretag=annat)).ver[0]
    assert ver.text == sie.i_kodsidan(ett)
    assert [trans.belopp for trans in ver.rader] == [belopp, -belopp]


_BELOPP = st.decimals(min_value=-(10**7), max_value=10**7, places=2)


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(Artikel.values), _BELOPP), min_size=1), st.booleans())
def test_every_verifikat_sums_to_zero_and_all_of_them_to_the_korning(
    rader: list[tuple[int, str, Decimal]], hela: bool
) -> None:
    mall = [ALLT, ARTIKEL, VEM] + ([rad(9, artikel=ORESUTJAMNING)] if hela else [])
    poster = [summa(str(belopp), utforare=vem, artikel=artikel) for vem, artikel, belopp in rader]
    verifikat, saknas = kontera(poster, mall, dict.fromkeys(range(4), "privat"))
    assert not saknas
    assert sum(ett.ersattning for ett in verifikat) == sum(belopp for _, _, belopp in rader)
    for ett in verifikat:
        assert sum(trans.belopp for trans in ett.transar) == 0
        assert not hela or ett.att_betala % 1 == 0
        assert abs(ett.oresutjamning) <= Decimal("0.50")
