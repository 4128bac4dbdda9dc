"""The user guide, the words, the accessibility statement: every link leads somewhere, nothing raw gets through."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client

from grund import handbok
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.ordlista import ordlista
from tests.webb.conftest import Granskning
from tests.webb.webblasare import Sida

ROT = Path(settings.BASE_DIR)
MD_LANK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
TERM = re.compile(r'{% term "([^"]+)"')


class _Lankar(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.hittade: set[str] = set()
        self.ankare: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for namn, varde in attrs:
            if namn == "href" and varde and tag == "a":
                self.hittade.add(varde)
            if namn == "id" and varde:
                self.ankare.add(varde)


def _lankar(html: str) -> _Lankar:
    tolk = _Lankar()
    tolk.feed(html)
    return tolk


def _inloggad(*roller: Roll) -> Client:
    klient = Client()
    klient.force_login(Anvandare.objects.create_user("-".join(roller) or "ingen", roller=list(roller)))
    return klient


@pytest.mark.django_db
def test_every_link_of_the_guide_leads_somewhere() -> None:
    klient = _inloggad(*Roll)
    ogangna, gangna = {"/hjalp/", "/tillganglighet/"}, set()
    while ogangna:
        adress = ogangna.pop()
        gangna.add(adress)
        svar = klient.get(adress)
        assert svar.status_code in {200, 302}, adress
        if not adress.startswith(("/hjalp/", "/tillganglighet/")):
            continue
        funna = _lankar(svar.content.decode())
        assert {ett[1:] for ett in funna.hittade if ett.startswith("#")} <= funna.ankare, adress
        ogangna |= {ett for ett in funna.hittade if ett.startswith("/") and ".png" not in ett} - gangna
    assert {f"/hjalp/{namn}/" for namn in handbok.avsnittsnamn()} <= gangna


def test_every_link_among_the_files_leads_to_a_file() -> None:
    for fil in [ROT / "README.md", ROT / "ARCHITECTURE.md", *(ROT / "docs").glob("**/*.md")]:
        for mal in MD_LANK.findall(fil.read_text(encoding="utf-8")):
            if "://" not in mal:
                assert (fil.parent / mal).exists(), f"{fil}: {mal}"


def test_every_part_is_in_the_index_and_begins_as_it_should() -> None:
    innehall = (handbok.MAPP / "index.md").read_text(encoding="utf-8")
    for namn in set(handbok.avsnittsnamn()) - {"ordlista"}:
        assert f"({namn}.md)" in innehall, namn
        avsnitt = handbok.hamta(namn)
        assert avsnitt
        assert avsnitt.titel, namn
        assert avsnitt.ingress, f"{namn} ska börja med ett stycke om vem avsnittet är för"


def test_every_picture_has_its_place() -> None:
    for bild in handbok.bilder():
        text = (handbok.MAPP / f"{bild.avsnitt}.md").read_text(encoding="utf-8")
        assert re.search(rf"^#+ {re.escape(bild.under)}$", text, re.MULTILINE), bild.namn


@pytest.mark.django_db
def test_a_picture_is_shown_when_it_has_been_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handbok, "BILDER", tmp_path)
    klient = _inloggad(Roll.CONTROLLER)
    assert "<img" not in klient.get("/hjalp/controller/").content.decode()
    assert klient.get("/hjalp/bilder/korning.png").status_code == 404
    (tmp_path / "korning.png").write_bytes(b"\x89PNG")
    assert 'src="/hjalp/bilder/korning.png"' in klient.get("/hjalp/controller/").content.decode()
    assert b"".join(klient.get("/hjalp/bilder/korning.png").streaming_content) == b"\x89PNG"
    assert klient.get("/hjalp/bilder/annat.png").status_code == 404


def test_raw_html_in_the_guide_stays_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handbok, "MAPP", tmp_path)
    (tmp_path / "x.md").write_text(
        "# X\n\nIngress.\n\n<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](../../settings.py)\n", "utf-8"
    )
    (tmp_path / "bilder.toml").write_text("bild = []", "utf-8")
    handbok.bilder.cache_clear()
    avsnitt = handbok.hamta("x")
    handbok.bilder.cache_clear()
    assert avsnitt
    assert "<script>" not in avsnitt.html
    assert "href" not in avsnitt.html


@pytest.mark.django_db
def test_ones_own_parts_come_first_and_no_path_leads_out() -> None:
    klient = _inloggad(Roll.NAMNDSEKRETERARE)
    text = klient.get("/hjalp/").content.decode()
    assert text.index("Tjänsteutlåtande till nämnden") < text.index("För andra roller") < text.index("Läsa in underlag")
    for namn in ("index", "finns-inte", "datapaket", "drift"):
        assert klient.get(f"/hjalp/{namn}/").status_code == 404, namn


def test_every_term_on_the_pages_is_in_the_word_list() -> None:
    anvanda = {ord_ for fil in (ROT / "templates").glob("**/*.html") for ord_ in TERM.findall(fil.read_text("utf-8"))}
    assert anvanda
    assert anvanda <= set(ordlista())


def test_the_word_list_is_read_whole() -> None:
    assert ordlista()["bomtid"] == "besök som brukaren avbokade för sent eller inte alls"
    assert ordlista()["närvaro"] == ordlista()["frånvaro"]
    assert "enhet (prisets)" in ordlista()
    rader = (ROT / "docs" / "ordlista.md").read_text("utf-8").count("\n| ")
    tabeller = (ROT / "docs" / "ordlista.md").read_text("utf-8").count("\n| ord |")
    assert len(ordlista()) >= rader - tabeller


def test_a_term_explains_itself_and_has_an_id_of_its_own() -> None:
    html = Template('{% load ordlista %}{% term "bomtid" %} {% term "bomtid" "Bomtiden" %}').render(Context())
    mal = re.findall(r'popovertarget="([^"]+)"', html)
    assert len(set(mal)) == 2
    assert all(f'id="{ett}"' in html for ett in mal)
    assert ">Bomtiden</button>" in html
    assert "Besök som brukaren avbokade för sent eller inte alls." in html


# ---- in a browser ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("adress", ["/hjalp/", "/hjalp/controller/", "/hjalp/revision/", "/hjalp/ordlista/"])
def test_the_guide_stands_every_trial(granska_overallt: Granskning, klara: Anvandare, adress: str) -> None:
    granska_overallt(adress, klara)


def test_the_statement_is_open_and_stands_every_trial(granska_overallt: Granskning) -> None:
    granska_overallt("/tillganglighet/")


def test_a_term_opens_and_closes_with_the_keyboard_and_without_scripts(utan_skript: Sida, klara: Anvandare) -> None:
    page = utan_skript.logga_in(klara).oppna("/korningar/")
    mall = Template('{% load ordlista %}{% term "bomtid" %}').render(Context())
    page.set_content(f"<main>{mall}</main>")
    text = page.get_by_text("Besök som brukaren avbokade")
    assert not text.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert text.is_visible()
    page.keyboard.press("Escape")
    assert not text.is_visible()
