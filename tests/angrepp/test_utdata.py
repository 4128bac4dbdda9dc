"""What we write ourselves: files that a spreadsheet opens, documents that could fetch, names in headers, regexes."""

import csv
import importlib
import io
import pkgutil
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from weasyprint.urls import FatalURLFetchingError

from ersattning.filer import sie
from ersattning.filer.utbetalning_csv import _skriv
from grund import dokument
from grund.arbetsbok import Arbetsbok, Kolumn
from grund.datapaket.typer import Formfel, Id, Text
from grund.filsvar import som_fil
from tests.angrepp.forsok import forsok, redan
from uppfoljning.leveranser.layout import _STYR

FORMLER = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=cmd|"/C calc"!A0', "=HYPERLINK(\"http://ond\",\"x\")",
    "＝1+1", "＋1", "－1", "＠A", "\u200b=1", "\ufeff=1", "  =1", "\xa0=1", "\u202e=1", "=IMPORTXML(A1)", "%0A=1+1"[3:],
]  # fmt: skip


@pytest.mark.parametrize("text", FORMLER)
@forsok(
    "F01",
    "A name that is a formula, in Excel: = + - @, tabs, wide signs, with signs without width before",
    "a text that says so when it is edited",
)
@forsok("F02", "The same in CSV", "an apostrophe before it")
def test_no_text_becomes_a_formula(text: str) -> None:
    ut = io.BytesIO()
    with Arbetsbok(ut, titel="T", forfattare="F", skapad=datetime(2026, 6, 3, tzinfo=UTC)) as bok:
        bok.blad("Blad", [Kolumn("A")], [(text,)], ingress=[("Titel", ""), ("Namn", text)])
    celler = [cell for rad in openpyxl.load_workbook(io.BytesIO(ut.getvalue()))["Blad"] for cell in rad if cell.value]
    assert {cell.data_type for cell in celler} == {"s"}
    assert sum(cell.quotePrefix for cell in celler) == 2
    (rubrik, rad) = list(
        csv.reader(io.StringIO(_skriv(("namn", "belopp"), [(text, "-1.00")]).decode(), newline=""), delimiter=";")
    )
    assert rubrik == ["namn", "belopp"]
    assert rad == ["'" + re.sub(r"[\r\n\t]", " ", text), "-1.00"]


@pytest.mark.parametrize("text", ["=1+1", "+46 8", "-x", "@a", "＝1", "＠x", "\u202eman", "a\u200bb", "\u2066x"])
@forsok(
    "F03", "The same in a datapaket or a page, so that every later file and export has it", "refused where it comes in"
)
@forsok(
    "F04", "A name that is turned round or has signs without width, to look like another's", "refused where it comes in"
)
def test_a_formula_or_a_hidden_sign_does_not_come_in(text: str) -> None:
    for typ in (Text(100), Id()):
        with pytest.raises(Formfel, match=r"formel|inte syns"):
            typ.las(text)
    for vanlig in ("-", "Å", "O'Brien", "Anna-Karin", "a = b", "1-2"):
        assert Text(100).las(vanlig) == vanlig


@forsok(
    "F05",
    "Quotation marks and line breaks in a name, to write a verifikat of one's own in the SIE file",
    "within the field",
)
def test_no_name_writes_a_verifikat() -> None:
    ond = 'AB"\r\n#VER "A" "99" 20260501 "x"\r\n{\r\n#TRANS 1930 {} -1000000.00\r\n}\r\n\\'
    strang = sie.Strang(konto="4600", ansvar="1", verksamhet="2", objekt="3")
    rader = (sie.Sierad(strang, Decimal(1), ond), sie.Sierad(strang, Decimal(-1), ond))
    ver = sie.Sieverifikat("A", 1, date(2026, 5, 31), ond, rader)
    text = sie.skriv([ver], foretag=ond, skapad=date(2026, 6, 3), konton={"4600": ond}).decode("cp437")
    poster = [rad.split(" ")[0] for rad in text.split("\r\n") if rad]
    assert poster.count("#VER") == 1
    assert poster.count("#TRANS") == 2
    assert "\n" not in text.replace("\r\n", "")


redan(
    "F06",
    "A row of one's own in the file to Socialstyrelsen, by a separator or a line break in a name",
    "the file stops, and says which",
    "tests/uppfoljning/test_leveranser.py::test_what_cannot_be_printed_is_said_with_its_row_and_column",
)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="http://169.254.169.254/latest/meta-data/">',
        '<img src="file:///etc/passwd">',
        '<link rel="stylesheet" href="https://ond.example/x.css">',
        '<style>@import url("http://127.0.0.1:9/");</style>',
        '<style>@font-face{font-family:x;src:url("file:///etc/shadow")} p{font-family:x}</style><p>x</p>',
        '<p style="background:url(http://ond.example/)">x</p>',
        '<object data="file:///etc/passwd"></object>',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<svg><image href="file:///etc/passwd"/></svg>',
    ],
)
@forsok(
    "F07", "A document that fetches: the cloud's metadata, a file, the net, in nine ways (SSRF)", "nothing is fetched"
)
def test_a_document_fetches_nothing(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    hamtat: list[str] = []
    riktig = URLFetcher.fetch

    def hamta(self: object, url: str, headers: object = None) -> object:
        hamtat.append(url)
        return riktig(self, url, headers)

    monkeypatch.setattr(URLFetcher, "fetch", hamta)
    try:
        pdf = dokument.pdf(f"<html lang='sv'><head><title>T</title></head><body>{html}</body></html>", stilmallar=[])
    except FatalURLFetchingError:
        pdf = b""
    assert all(url.startswith("file:") and url.endswith(".woff2") for url in hamtat)
    assert b"root:" not in pdf


redan(
    "F08",
    "Markup in a person's or a utförare's name, in a PDF",
    "text",
    "tests/filer/test_specifikation.py::test_markup_in_a_name_is_text",
)
redan(
    "F09",
    "Signs that break a document: control characters, turned text, no typeface",
    "shown as missing, never a broken file",
    "tests/filer/test_specifikation.py::test_no_name_from_another_system_can_break_a_document",
)
redan(
    "F10",
    "Markup written in a document to the nämnd",
    "text, lists and tables, nothing else",
    "tests/uppfoljning/test_dokumentregler.py::test_no_text_gives_markup_that_is_not_ours",
)
redan(
    "F11",
    "Personnummer and names written into a document that becomes public",
    "stopped, and how often is counted",
    "tests/uppfoljning/test_dokumentregler.py::test_a_name_in_the_register_is_found_in_either_order",
)


@pytest.mark.parametrize("namn", ["a\r\nSet-Cookie: a=b.pdf", "a\nb.pdf"])
@forsok("F12", "A line break in a file's name, to put a header in the answer", "part of the name")
def test_no_header_is_put_in_by_a_name(namn: str) -> None:
    svar = som_fil(b"x", namn)
    assert set(svar.headers) == {"Content-Type", "Content-Disposition"}
    assert not {"\r", "\n"} & set(svar["Content-Disposition"])


@forsok("F13", "A file given out of a kind that a browser runs", "no such kind; a quotation mark ends no name")
def test_only_files_of_our_kinds_are_given_out() -> None:
    for namn in ("x.html", "x.svg", "x.js", "x"):
        with pytest.raises(KeyError):
            som_fil(b"x", namn)
    svar = som_fil(b"x", 'a"; filename="b.html.pdf')
    assert svar["Content-Disposition"] == 'attachment; filename="a\\"; filename=\\"b.html.pdf"'


def _monster() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    svar, _ = {}, importlib.import_module("config.urls")  # the converters of addresses
    for app in ("grund", "beslut", "utforare", "ersattning", "uppfoljning", "config"):
        for modul in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if ".migrations" in modul.name or modul.name.endswith((".wsgi", ".celery")):
                continue
            for varde in vars(importlib.import_module(modul.name)).values():
                if isinstance(varde, re.Pattern):
                    svar[varde.pattern if isinstance(varde.pattern, str) else repr(varde.pattern)] = (modul.name, varde)
    return {f"{modul} {nyckel}": varde for nyckel, (modul, varde) in svar.items()}


def _djup(trad: object) -> int:
    """How deep repetitions without an end stand in one another: two may take a time that doubles with each letter."""
    djupast = 0
    for op, arg in trad:  # type: ignore[attr-defined]
        under = _delar(arg)
        inne = max((_djup(ett) for ett in under), default=0)
        djupast = max(djupast, inne + (str(op) in {"MAX_REPEAT", "MIN_REPEAT"} and arg[1] > 1000))
    return djupast


def _delar(arg: object) -> list[object]:
    from re._parser import SubPattern  # type: ignore[import-not-found]  # noqa: PLC0415

    if isinstance(arg, SubPattern):
        return [arg]
    if isinstance(arg, tuple | list):
        return [ett for del_ in arg for ett in _delar(del_)]
    return []


# Looked at: what is repeated begins with a sign that cannot end what stands before it, so there is one way to read it.
_SEDDA = {r"^- (?P<falt>Täljare|Nämnare|Tid|Källa): (?P<text>.+(?:\n  .+)*)$"}


@forsok(
    "F14",
    "Texts that make a regex take years (ReDoS)",
    "no expression of ours repeats what repeats itself, but those looked at",
)
def test_no_expression_repeats_a_repetition() -> None:
    from re._parser import parse  # type: ignore[import-not-found]  # noqa: PLC0415

    monster = _monster()
    assert len(monster) > 40
    djupa = {namn for namn, ett in monster.items() if _djup(parse(ett.pattern, ett.flags)) > 1}
    assert {namn for namn in djupa if not any(sedd in namn for sedd in _SEDDA)} == set()
    assert _djup(parse(r"(a+)+")) == 2
    assert _STYR.search("\n")
