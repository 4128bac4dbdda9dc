"""What a document may say and how it is kept: the check of personal data, the markup, the rules, the stored figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grund.arbetsbok import Kolumn, Slag
from uppfoljning.dokument import serie
from uppfoljning.dokument.innehall import Infogat, Innehall, Mall, Rubrik, Underlag
from uppfoljning.dokument.jamforelse import Andrat, andrade_siffror, jamfor
from uppfoljning.dokument.koder import Rubrikslag
from uppfoljning.dokument.ordningar import ORDNINGAR
from uppfoljning.dokument.personkontroll import Register, blandade_skrifter, personuppgifter
from uppfoljning.dokument.regler import (
    Frysta,
    hinder_for_mall,
    hinder_for_ny_mall,
    hinder_for_signering,
)
from uppfoljning.dokument.satt import Delar, Fryst, satt
from uppfoljning.dokument.text import Siffror, Stycken, Texttabell, block
from uppfoljning.dokument.texter import med_placering, utan_placering
from uppfoljning.rapport.innehall import Bild, Del, Nyckeltal, Rad, Rapport, Serie, Tabell

REGISTER = Register.av(
    [
        ("Anna Maria", "Ek", "199002029818"),
        ("Karl-Erik", "von Öberg", "198501019809"),
        ("", "", "19850202-T123"),
        ("B", "Ö", "200001019806"),
    ]
)
IDAG = date(2026, 6, 3)
DATUM, DAG = "199002029818", date(2026, 6, 3)
_MELLAN = [
    "",
    " ",
    "-",
    "\N{NO-BREAK SPACE}",
    "\N{ZERO WIDTH SPACE}",
    "\N{NON-BREAKING HYPHEN}",
    "\N{SOFT HYPHEN}",
    ".",
]


def _fynd(text: str) -> list[str]:
    return [ett.mening for ett in personuppgifter(text, REGISTER)]


@settings(max_examples=60)
@given(
    st.booleans(),
    st.sampled_from([*_MELLAN, "+", " - ", "\n"]),
    st.lists(st.sampled_from(_MELLAN), min_size=2, max_size=2),
)
def test_a_personnummer_is_found_however_it_is_spelt(lang: bool, skilje: str, inne: list[str]) -> None:
    ar, manad, dag, fyra = DATUM[:4] if lang else DATUM[2:4], DATUM[4:6], DATUM[6:8], DATUM[8:]
    text = f"Rad ett.\nSe {ar}{inne[0]}{manad}{inne[1]}{dag}{skilje}{fyra}, tack."
    assert len(personuppgifter(text, REGISTER)) == 1, text
    assert personuppgifter(text, REGISTER)[0].rad == 2


@given(
    st.lists(
        st.sampled_from(["", " ", ".", "-", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH JOINER}"]), min_size=11, max_size=11
    )
)
def test_a_number_in_the_register_is_found_with_signs_between_any_digits(mellan: list[str]) -> None:
    text = DATUM[0] + "".join(skilje + siffra for skilje, siffra in zip(mellan, DATUM[1:], strict=True))
    assert _fynd(text), text


@pytest.mark.parametrize(
    "text",
    [
        "900202-9818",
        "900202+9818",
        "900262-9816",  # samordningsnummer: day 62
        "640883-3231",
        "900202-0000",  # a wrong check digit is no way around
        "19850202-T123",
        "850202 t123",
        "19850202-TF12",
        "T850202-1234",
        "640883-323T",
        "\N{FULLWIDTH DIGIT NINE}00202-9818",
        "19\N{ARABIC-INDIC DIGIT NINE}002029818",
        "9OO2O2-98l8",
        "900202 | 9818",
        "900202   -   9818",
        "1990 - 02 - 02 - 9818",
        "900202 (9818",
        "9 0 0 2 0 2 - 9 8 1 8",
    ],
)
def test_samordningsnummer_and_reservnummer_are_found_too(text: str) -> None:
    assert _fynd(f"Enligt {text}.") == [f"rad 1: ett personnummer (”{' '.join(text.split())}”)"]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Ek",
        "anna ek",
        "EK, ANNA",
        "Maria Ek",
        "Anna Maria Ek",
        "Anna M. Ek",
        "Anna Eks ansökan",
        "An**na** Ek",
        "_Anna_ Ek",
        "Anna\nEk",
        "| Anna | Ek |",
        "anna.ek@exempel.se",
        "Anna\N{NO-BREAK SPACE}Ek",
        "An\N{ZERO WIDTH SPACE}na Ek",
        "Karl Öberg",
        "Erik Oberg",
        "Karl-Erik von O\N{COMBINING DIAERESIS}berg",
        "Karlerik Öberg",
        "Anna          Ek",
        "| Anna              | Ek                |",
        "| Anna | 36 | Ek |",
        "1. Anna\n2. Ek",
        "Förnamn: Anna, efternamn: Ek",
        "Anna; Ek",
        "Anna <Ek>",
        "Anna Karin Britta Ek",
        "Anna f. Ek",
        "An-\nna Ek",
        "A n n a E k",
        "AnnaEk",
        "Anna \N{CYRILLIC CAPITAL LETTER IE}\N{CYRILLIC SMALL LETTER KA}",
        "\N{LATIN LETTER SMALL CAPITAL A}nna Ek",
    ],
)
def test_a_name_in_the_register_is_found_in_either_order(text: str) -> None:
    assert len(_fynd(f"Om {text} sägs.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Anna. Ek är ett träd.",
        "Anna och Ek",
        "Annas ekar",
        "Anna\n\nEk",
        "2026-01-01\N{EN DASH}2026-03-31",
        "20260101-20260331",
        "den 2026-05-31 2 831 rader",
        "2026-06-03 14:02",
        "49 940 148,26 kr",
        "556600-2373",
        "5566002373",
        "070-123 45 67",
        "SN 2026/0148, LSS 1993:387, SN 2025 § 131",
    ],
)
def test_dates_amounts_and_ordinary_words_are_no_personal_data(text: str) -> None:
    assert _fynd(text) == []


def test_staff_with_many_names_may_be_named_though_two_of_them_are_somebody_elses() -> None:
    namn = "Eva Anna Maria Ek"
    assert personuppgifter(namn, REGISTER) != []
    assert personuppgifter(f"{namn}, tel 070", REGISTER, undantag=[namn]) == []


def test_staff_may_be_named_where_they_are_named_and_few_findings_are_told_at_a_time() -> None:
    assert personuppgifter("Anna Ek", REGISTER, undantag=["Anna Ek"]) == []
    assert len(personuppgifter("Anna Ek\n" * 9, REGISTER)) == 3
    assert blandade_skrifter("\N{CYRILLIC CAPITAL LETTER A}nna Ek, µg") == ["\N{CYRILLIC CAPITAL LETTER A}nna"]


def test_markup_is_text_lists_and_tables_and_nothing_else() -> None:
    text = (
        "Hej **fet** <script>x</script> [l](javascript:x) ![b](http://x) `k`\n\n# Stor\n- a\n\n> c\n\n---\n\n"
        "Tabell: Kostnad\nper modell\n\n| Modell | Text | Kr |\n|---|---|--:|\n| **a** | b | 1 |\n\n[Siffror 2]\n"
    )
    stycken, tabell, siffror = block(text)
    assert isinstance(stycken, Stycken)
    assert isinstance(tabell, Texttabell)
    assert (tabell.rubrik, tabell.kolumner, tabell.rader) == (
        "Kostnad per modell",
        ("Modell", "Text", "Kr"),
        (("a", "b", "1"),),
    )
    assert tabell.textkolumner == 1
    assert siffror == Siffror(2)
    assert "<strong>fet</strong>" in stycken.html
    assert "<h3>Stor</h3>" in stycken.html
    for farligt in ("<script", "<a", "<img", "<code", "<blockquote", "<hr"):
        assert farligt not in stycken.html


@given(st.text(alphabet="abc <>&\"'[]()!*_`#|-\n1.:Tabell\\", max_size=120))
def test_no_text_gives_markup_that_is_not_ours(text: str) -> None:
    import re  # noqa: PLC0415

    for ett in block(text):
        if isinstance(ett, Stycken):
            taggar = set(re.findall(r"</?([a-z0-9]+)", ett.html))
            assert taggar <= {"p", "br", "h3", "ul", "ol", "li", "strong", "em"}, ett.html


TABELL = Tabell(
    "t",
    "Per insats",
    (Kolumn("Insats"), Kolumn("Antal", Slag.HELTAL, summera=True), Kolumn("Dag", Slag.DATUM)),
    (Rad(("Boende", 7, DAG)), Rad(("Övriga", Decimal("5.50"), None))),
    Rad(("Summa", 12, None)),
    noter=("En not.",),
    dolj=frozenset({2}),
)
RAPPORT = Rapport(
    "Ej verkställda beslut",
    date(2026, 3, 31),
    (("Kvartal", "kvartal 1 2026"),),
    (
        Del(
            "laget",
            "Läget",
            ("En mening.",),
            (Nyckeltal("ej_verkstallda_over", 12),),
            Bild("Utveckling", ("K1", "K2"), (Serie("Beslut", (5, None)),), "antal", "t"),
            (TABELL,),
        ),
        Del("annat", "Annat", ("Något annat.",)),
    ),
    ("{namnd} godkänner.",),
    (),
)


def test_figures_are_read_back_as_they_were_stored() -> None:
    text = serie.skriv(RAPPORT)
    assert serie.las(text, Rapport) == RAPPORT
    assert serie.las(text, Rapport).delar[0].tabeller[0].rader[1].celler[1] == Decimal("5.50")
    assert serie.skriv(serie.las(text, Rapport)) == text


VARDEN = st.one_of(
    st.none(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.dates(), st.text(max_size=20)
)


@given(st.lists(VARDEN, min_size=1, max_size=4))
def test_every_kind_of_value_is_read_back_exactly(celler: list[object]) -> None:
    rad = Rad(tuple(celler))  # type: ignore[arg-type]
    tillbaka = serie.las(serie.skriv(rad), Rad)
    assert [(type(ett), str(ett)) for ett in tillbaka.celler] == [(type(ett), str(ett)) for ett in rad.celler]


@pytest.mark.parametrize(
    "andra",
    [
        lambda text: text.replace('"per"', '"nar"'),
        lambda text: text.replace('"rubrik":"Ej verkställda beslut",', ""),
        lambda text: text.replace('"":"Rapport"', '"":"Rapporten"'),
        lambda text: text.replace("}", ', "mer": 1}', 1),
        lambda text: text + " ",
        lambda _: "[]",
    ],
)
def test_figures_that_are_not_as_they_were_stored_are_refused(andra: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  json's own faults are ValueErrors too
        serie.las(andra(serie.skriv(RAPPORT)), Rapport)  # type: ignore[operator]
    with pytest.raises(TypeError):
        serie.skriv(Rad((1.5,)))  # type: ignore[arg-type]


def test_what_has_changed_in_the_figures_is_told_before_and_after() -> None:
    rader = (Rad(("Boende", 8, DAG)), TABELL.rader[1])
    nytt = replace(
        RAPPORT.delar[0], nyckeltal=(Nyckeltal("ej_verkstallda_over", 13),), tabeller=(replace(TABELL, rader=rader),)
    )
    svar = andrade_siffror(RAPPORT, replace(RAPPORT, delar=(nytt,)))
    assert [(ett.vad, ett.fore, ett.efter) for ett in svar] == [
        ("Ej verkställda över tre månader", "12", "13"),
        ("Per insats: Boende, antal", "7", "8"),
        ("Avsnitt", "Annat", ""),
        ("Annat, mening 1", "Något annat.", ""),
    ]
    assert andrade_siffror(RAPPORT, RAPPORT) == []


MALL = Mall(
    "tjänsteutlåtande", "Ekstads kommun", "Socialförvaltningen", "Socialnämnden", ORDNINGAR["rekommenderad"].rubriker
)
INNEHALL = Innehall(
    "Redovisning",
    "SN 2026/0148",
    IDAG,
    date(2026, 6, 16),
    "Klara Lind",
    "controller",
    "",
    "",
    "",
    forslag=("Nämnden godkänner redovisningen.",),
    texter=(
        ("sammanfattning", "Kort."),
        ("arendet", "Text.\n\n[Siffror 1]"),
        ("bedomning", "Tabell: En\n\n| a | b |\n|---|--:|\n| c | 1 |"),
        ("ekonomiska_konsekvenser", "Inga."),
    ),
    underlag=(Underlag(date(2026, 6, 1), "Rapport"),),
    infogade=(Infogat(1, 7, ("laget",)),),
)
FRYSTA = {1: Frysta("Ej verkställda", date(2026, 3, 31), date(2026, 6, 2))}


def _hinder(innehall: Innehall, mall: Mall = MALL, fynd: list[str] | None = None) -> list[str]:
    return hinder_for_signering(innehall, mall, FRYSTA if innehall.infogade else {}, fynd or [], IDAG)


def test_a_document_that_is_filled_in_may_be_signed() -> None:
    assert _hinder(INNEHALL) == []
    assert _hinder(INNEHALL, fynd=["Titel, rad 1: ett namn"]) == ["Personuppgift: Titel, rad 1: ett namn."]


@pytest.mark.parametrize(
    ("nytt", "sagt"),
    [
        ({"forslag": ()}, "Det saknas innehåll under ”Förslag till beslut”."),
        ({"forslag": ("att godkänna.",)}, "Förslag 1 börjar med att."),
        ({"forslag": ("nämnden godkänner.",)}, "Förslag 1 börjar inte med stor bokstav."),
        ({"forslag": ("Nämnden godkänner",)}, "Förslag 1 slutar inte med punkt."),
        ({"forslag": ("Kort.",)}, "Sammanfattningen innehåller förslag 1."),
        ({"infogade": ()}, "Raden [Siffror 1] finns i texten men"),
        ({"datum": date(2026, 6, 1)}, "Siffrorna ur ”Ej verkställda” lästes den"),
        ({"datum": date(2026, 3, 1), "sammantrade": date(2026, 3, 2)}, "Rapporten visar läget den"),
    ],
)
def test_what_is_missing_is_told(nytt: dict[str, object], sagt: str) -> None:
    assert any(ett.startswith(sagt) for ett in _hinder(replace(INNEHALL, **nytt)))  # type: ignore[arg-type]


def _med(nyckel: str, text: str) -> Innehall:
    return replace(INNEHALL, texter=tuple((dict(INNEHALL.texter) | {nyckel: text}).items()))


def test_figures_stand_in_one_place_and_tables_have_captions() -> None:
    assert _hinder(_med("arendet", "Text.")) == [
        "Siffror 1 saknar plats. Skriv raden [Siffror 1] där de ska stå, eller ta bort dem."
    ]
    assert "Siffror 1 står på flera ställen i texten." in _hinder(_med("bedomning", "[Siffror 1]"))
    (utan,) = _hinder(_med("bedomning", "Ord.\n\n| a | b |\n|---|--:|\n| c | 1 |"))
    assert utan.startswith("Tabellen på rad 3 under ”Bedömning” har ingen rubrik.")


def test_a_table_fits_the_page_and_its_numbers_are_not_divided() -> None:
    bred = "|" + "a|" * 11 + "\n|" + "-|" * 11 + "\n" + ("|" + "1|" * 11 + "\n") * 201
    kolumner, rader = _hinder(_med("bedomning", f"Tabell: X\n\n{bred}"))
    assert "fler än 10 kolumner" in kolumner
    assert "fler än 200 rader" in rader
    (tabell,) = block("Tabell: X\n\n| a | b | c |\n|---|--:|---|\n| d | 11 739 kr | ett ord |")
    assert isinstance(tabell, Texttabell)
    assert tabell.som_tabell(1).rader[0].celler == ("11\N{NO-BREAK SPACE}739\N{NO-BREAK SPACE}kr", "ett ord")


def test_a_summary_is_needed_when_the_text_is_longer_than_eight_lines() -> None:
    kort = replace(_med("sammanfattning", ""), infogade=())
    kort = replace(kort, texter=tuple((nyckel, "En rad.") for nyckel, _ in kort.texter if nyckel != "sammanfattning"))
    assert _hinder(kort) == []
    lang = replace(kort, texter=(("arendet", "ord " * 200), *kort.texter[1:]))
    assert _hinder(lang) == ["Dokumentet är längre än åtta rader. Skriv en text under ”Sammanfattning”."]


def test_where_the_mall_begins_the_sentence_the_proposals_need_not() -> None:
    mall = replace(MALL, inledning="Socialnämnden beslutar att")
    assert _hinder(replace(INNEHALL, forslag=("godkänna redovisningen.",)), mall) == []


@pytest.mark.parametrize("nyckel", ORDNINGAR)
def test_every_order_makes_a_mall_that_can_be_used(nyckel: str) -> None:
    assert hinder_for_mall(replace(MALL, rubriker=ORDNINGAR[nyckel].rubriker)) == []


def test_a_mall_needs_a_proposal_text_and_signatures_once() -> None:
    assert len(hinder_for_mall(replace(MALL, rubriker=()))) == 3
    tva = (*MALL.rubriker, Rubrik("x", Rubrikslag.FORSLAG, "Mer"), MALL.rubriker[0])
    assert len(hinder_for_mall(replace(MALL, rubriker=tva))) == 2


def test_no_text_is_lost_when_the_mall_is_another() -> None:
    taby = replace(MALL, rubriker=ORDNINGAR["taby"].rubriker)
    svar = hinder_for_ny_mall(INNEHALL, taby)
    assert svar == [
        "Mallen har ingen rubrik för texten under ”bedomning”. Flytta texten först.",
        "Mallen har ingen rubrik för texten under ”ekonomiska_konsekvenser”. Flytta texten först.",
        "Mallen har ingen rubrik för beslutsunderlag.",
    ]


def test_figures_are_placed_last_under_a_heading_and_taken_away_again() -> None:
    med = med_placering(INNEHALL, "bedomning", 4)
    assert med.text("bedomning").endswith("\n\n[Siffror 4]")
    assert utan_placering(med, 4).text("bedomning").strip() == INNEHALL.text("bedomning")


def test_tables_and_figures_are_numbered_through_the_document_in_the_order_of_the_mall() -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    tva = replace(INNEHALL, infogade=(Infogat(1, 7, ("laget",)), Infogat(2, 7, ("laget",))))
    tva = med_placering(tva, "ekonomiska_konsekvenser", 2)
    ett = satt(tva, MALL, Delar({7: Fryst(RAPPORT, datetime(2026, 6, 3, 12, 2, tzinfo=UTC))}))
    bitar = [bit for stycke in ett.stycken for bit in stycke.bitar]
    tabeller = [bit.tabell.nummer for bit in bitar if bit.tabell]
    i_avsnitt = [tabell.nummer for bit in bitar if bit.avsnitt for tabell in bit.avsnitt.tabeller]
    assert (i_avsnitt, tabeller) == ([1, 3], [2])
    assert [figur.nummer for figur in ett.figurer] == [1, 2]
    assert len({figur.adress for figur in ett.figurer}) == 2
    kallor = [bit.kalla for bit in bitar if bit.kalla]
    assert (
        kallor
        == ["Källa: Ej verkställda beslut. Siffrorna lästes 3\N{NO-BREAK SPACE}juni 2026 kl.\N{NO-BREAK SPACE}14.02."]
        * 2
    )
    rubriker = [stycke.rubrik.rubrik for stycke in ett.stycken]
    assert rubriker[:3] == ["Förslag till beslut", "Sammanfattning", "Ärendet"]
    assert "Bilagor" not in rubriker  # nothing stands there
    underlag = next(stycke for stycke in ett.stycken if stycke.rubrik.slag == Rubrikslag.UNDERLAG)
    assert underlag.punkter == ("Tjänsteutlåtande 2026-06-03, SN 2026/0148", "Rapport, 2026-06-01")


def test_versions_are_compared_line_by_line_and_word_by_word() -> None:
    lika, borta, ny = jamfor(["Titel: A", "Ett ord här"], ["Titel: A", "Ett annat ord här"])
    assert lika.andrat is Andrat.LIKA
    assert borta.andrat is Andrat.BORTA
    assert [text for text, skild in ny.ord if skild] == ["annat"]
    assert jamfor(["a"], ["a", "b"])[-1].andrat is Andrat.NY


def test_rows_that_are_called_alike_and_notes_show_when_they_change() -> None:
    def rapport(forst: int, sist: int, noten: str) -> Rapport:
        kolumner = (Kolumn("Insats"), Kolumn("Kön"), Kolumn("Antal", Slag.HELTAL))
        rader = (Rad(("Boende", "kvinnor", forst)), Rad(("Boende", "män", 9)), Rad(("Boende", "män", sist)))
        tabell = Tabell("t", "Per kön", kolumner, rader, noter=(noten,))
        return replace(RAPPORT, delar=(Del("d", "Läget", tabeller=(tabell,)),))

    fore = rapport(7, 9, "x = för få")
    assert andrade_siffror(fore, fore) == []
    assert [(ett.vad, ett.fore, ett.efter) for ett in andrade_siffror(fore, rapport(8, 5, "Annan"))] == [
        ("Per kön: Boende, kvinnor, antal", "7", "8"),
        ("Per kön: Boende, män, antal", "9", "5"),
        ("Per kön: not", "x = för få", "Annan"),
    ]
