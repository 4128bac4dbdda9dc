"""The belt: no spelling of a person's number and no secret gets through the last step of a log line."""

import json
import logging
import re
from datetime import date
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from demokommun.personnummer import luhn
from grund.insyn import fel as felord
from grund.insyn import id as begaransid
from grund.insyn.logg import formaterare
from grund.insyn.matning import normaliserad
from grund.insyn.skrubba import HEMLIGT, NUMMER, skrubba, skrubbad_text, utan_nummer

MELLAN = ["", "-", " ", "+", " - ", "–", "\u2011", "\u2212", "\u00a0", "%2B", "%20", "%2D", "_", "."]
OMGIVNING = st.text(st.characters(exclude_categories=["Nd", "Nl", "No", "Cs"]), max_size=20)


@st.composite
def nummer(draw: st.DrawFn) -> tuple[str, str]:
    """A number in some spelling, and its last four, which must not be seen."""
    fodd = draw(st.dates(date(1900, 1, 1), date(2026, 12, 31)))
    sort = draw(st.sampled_from(["person", "samordning", "reserv-T", "reserv-TF"]))
    dag = fodd.day + (60 if sort == "samordning" else 0)
    if sort.startswith("reserv"):
        antal = 3 if sort == "reserv-T" else 2
        svans = ("T" if antal == 3 else "TF") + "".join(
            draw(st.lists(st.sampled_from("0123456789"), min_size=antal, max_size=antal))
        )
    else:
        bas = f"{fodd:%y%m}{dag:02d}{draw(st.integers(980, 999))}"
        svans = bas[-3:] + luhn(bas)
    ar = draw(st.sampled_from([f"{fodd:%Y}", f"{fodd:%y}"]))
    inre = draw(st.sampled_from(["", "-", " ", ".", "/"]))
    text = f"{ar}{inre}{fodd:%m}{inre}{dag:02d}{draw(st.sampled_from(MELLAN))}{svans}"
    return text, svans


@settings(max_examples=60)
@given(nummer(), OMGIVNING, OMGIVNING)
@example(("19900202-9818", "9818"), "Key (personnummer)=(", ") already exists.")
@example(("900202-9818", "9818"), "?personnummer=", "&x=1")
@example(("199002029818", "9818"), "P", "x")
def test_a_number_is_masked_in_every_spelling(ett: tuple[str, str], fore: str, efter: str) -> None:
    text, svans = ett
    ren = utan_nummer(f"{fore}{text} {efter}")
    assert text not in ren
    assert NUMMER in ren
    assert svans not in ren.replace(fore, "", 1)
    assert utan_nummer(ren) == ren


@settings(max_examples=25)
@given(
    st.recursive(
        nummer().map(lambda ett: ett[0]),
        lambda inre: st.lists(inre) | st.dictionaries(st.text(max_size=5), inre),
        max_leaves=8,
    )
)
def test_however_deep_it_lies_in_a_line(varde: Any) -> None:
    rad = json.dumps(skrubba({"a": varde}), ensure_ascii=False)
    assert utan_nummer(rad) == rad


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-26T04:50:55.123456Z",
        "4711",
        "49 940 148,26",
        "v1.28.31",
        "delkorning_id 1234567",
        "10.0.0.1:5432",
        "5f4dcc3b-5aa7-65d6-1d83-27deb882cf99",
    ],
)
def test_what_is_nobodys_number_stands(text: str) -> None:
    assert utan_nummer(text) == text


def test_a_number_as_a_number_is_masked_too() -> None:
    assert skrubba({"id": 199002029818, "antal": 12, "ja": True, "tid": 1.5}) == {
        "id": NUMMER,
        "antal": 12,
        "ja": True,
        "tid": 1.5,
    }


HEMLIGA = st.text(st.sampled_from("abcdefghijkmnpqrstuvwxyzABCDEFGH23456789"), min_size=8, max_size=30)


@settings(max_examples=40)
@given(
    HEMLIGA,
    st.sampled_from(
        [
            "password={}",
            "token: {}",
            '"csrfmiddlewaretoken": "{}"',
            "postgresql://u:{}@h/d",
            "redis://:{}@h",
            "Authorization: Bearer {}",
            "Cookie: sessionid={}; a=1",
            "losenord='{}'",
            "client_secret={}&b=2",
            "Bearer {}",
            "SECRET_KEY={}",
            "api_key={}",
        ]
    ),
)
def test_a_secret_that_is_named_is_masked(hemlig: str, mall: str) -> None:
    ren = skrubbad_text(mall.format(hemlig))
    assert hemlig not in ren
    assert HEMLIGT in ren


@settings(max_examples=40)
@given(
    HEMLIGA,
    st.sampled_from(
        [
            "password",
            "csrfmiddlewaretoken",
            "HTTP_AUTHORIZATION",
            "HTTP_COOKIE",
            "sessionid",
            "DATABASE_URL",
            "nytt_losenord",
            "hemlighet",
        ]
    ),
)
def test_a_secret_under_its_name_is_masked(hemlig: str, nyckel: str) -> None:
    assert hemlig not in str(skrubba({"data": [{nyckel: hemlig}]}))


def test_a_known_secret_is_masked_wherever_it_stands() -> None:
    assert skrubbad_text("fel vid kjh34kjh34", ["kjh34kjh34"]) == f"fel vid {HEMLIGT}"


def test_of_an_exception_its_kind_and_its_place_are_told_and_not_its_values() -> None:
    try:
        try:
            {}["Anna Ek"]
        except KeyError as fel:
            raise ValueError("'Anna Ek' (199002029818) är inget tal") from fel
    except ValueError as fel:
        text = felord.spar(fel)
    assert "Anna" not in text
    assert "9818" not in text
    assert "ValueError" in text
    assert "KeyError" in text
    assert "test_skrubba.py" in text


@pytest.mark.parametrize("fel", [ValidationError("Anna Ek finns redan"), ValidationError({"namn": ["Anna Ek"]})])
def test_of_a_refused_form_nothing_is_told(fel: ValidationError) -> None:
    assert felord.mening(fel) == ""
    assert "Anna" not in felord.spar(fel)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "kod"),
    [
        ("INSERT INTO t VALUES ('199002029818', 'Anna Ek')", "23505"),
        ("INSERT INTO t VALUES ('x', 'för kort')", "23514"),
        ("SELECT 'Anna Ek'::int", "22P02"),
        ("SELECT '199002029818'::date", "22008"),
    ],
)
def test_of_what_the_database_refuses_no_value_is_told(sql: str, kod: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE t (nr text PRIMARY KEY CHECK (length(nr) > 5), namn text) ON COMMIT DROP")
        cursor.execute("INSERT INTO t VALUES ('199002029818', 'Anna Ek')")
        with pytest.raises(Error) as fangat, transaction.atomic():
            cursor.execute(sql)
    assert "Anna" in str(fangat.value) or "1990" in str(fangat.value) or "Failing row" in str(fangat.value)
    text = felord.spar(fangat.value)
    assert kod in text
    assert "Anna" not in text
    assert "9818" not in text
    assert "Failing row" not in text


def test_names_of_our_own_things_are_kept() -> None:
    assert (
        felord.mening(AttributeError("'NoneType' object has no attribute 'belopp'"))
        == "'NoneType' object has no attribute 'belopp'"
    )


def test_a_line_is_json_with_what_every_line_has() -> None:
    formatera = formaterare(json=True, hemligheter=["kjh34kjh34"])
    try:
        raise psycopg.errors.UniqueViolation("DETAIL:  Key (personnummer)=(199002029818) already exists.")
    except psycopg.Error as fel:
        record = logging.LogRecord(
            "django.request",
            logging.ERROR,
            "f.py",
            1,
            "%s: %s",
            ("Internal Server Error", "/personer/19900202-9818/"),
            (type(fel), fel, fel.__traceback__),
        )
    rad = json.loads(formatera.format(record))
    assert rad["event"] == "Internal Server Error"
    assert rad["level"] == "error"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", rad["timestamp"])
    assert "UniqueViolation" in rad["exception"]
    assert "9818" not in json.dumps(rad)


@pytest.mark.parametrize("orsak", ["CSRF cookie not set.", "Referer checking failed - https://x/personer/71/ is no"])
def test_a_refused_form_is_told_without_its_address(orsak: str) -> None:
    argument = (orsak, "/personer/71/stopp/")
    record = logging.LogRecord("django.security.csrf", logging.WARNING, "f.py", 1, "Forbidden (%s): %s", argument, None)
    rad = json.loads(formaterare(json=True, hemligheter=[]).format(record))
    assert rad["event"] == orsak.split(" - ", maxsplit=1)[0]
    assert "71" not in json.dumps(rad["event"])


@pytest.mark.parametrize(
    ("text", "argument", "kvar"),
    [
        ("Error handling request %s", ("/personer/?sok=Anna+Ek",), "Error handling request"),
        ("Invalid request from ip=127.0.0.1: Invalid HTTP request line: 'GET /?sok=Anna'", (), "ip=127.0.0.1:"),
        ("Booting worker with pid: %s", (4711,), "Booting worker with pid: 4711"),
    ],
)
def test_what_gunicorn_could_not_answer_is_told_without_its_address(
    text: str, argument: tuple[object, ...], kvar: str
) -> None:
    record = logging.LogRecord("gunicorn.error", logging.ERROR, "f.py", 1, text, argument, None)
    rad = json.loads(formaterare(json=True, hemligheter=[]).format(record))
    assert rad["event"].endswith(kvar)


@settings(max_examples=50)
@given(st.text(max_size=100))
def test_an_id_from_outside_cannot_write_a_line_of_its_own(text: str) -> None:
    if begaransid.godtagbart(text):
        assert re.fullmatch(r"[A-Za-z0-9._-]{8,64}", text)
        assert utan_nummer(text) == text


@pytest.mark.parametrize(
    "text", ["kort", "a" * 65, "abcdefgh\nlevel=error", "199002029818", "<script>alert", "åäöåäöåä", ""]
)
def test_ids_that_are_not_taken(text: str) -> None:
    assert not begaransid.godtagbart(text)


def test_our_own_ids_are_taken_and_are_nobodys_number() -> None:
    alla = {begaransid.nytt() for _ in range(500)}
    assert len(alla) == 500
    assert all(begaransid.godtagbart(ett) for ett in alla)


@pytest.mark.parametrize(
    ("sql", "form"),
    [
        ("SELECT a FROM t WHERE id IN (%s, %s, %s)", "SELECT a FROM t WHERE id IN (…)"),
        ("SELECT a FROM t WHERE nr = '199002029818' AND x = 12", "SELECT a FROM t WHERE nr = ? AND x = ?"),
        ("INSERT INTO t VALUES (%s, %s), (%s, %s)", "INSERT INTO t VALUES (…)"),
        ("SELECT 'O''Brien'  FROM\n t", "SELECT ? FROM t"),
    ],
)
def test_a_question_is_kept_without_what_it_was_about(sql: str, form: str) -> None:
    assert normaliserad(sql) == form
