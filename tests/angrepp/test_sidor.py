"""What every address answers to what no page of ours sends: forged forms, odd methods, hosts, paths."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from config.mangd import TUNGA
from grund.behorighet import Roll
from grund.models import Handelse
from tests.angrepp.conftest import LOSENORD, med_alla_roller, som
from tests.angrepp.forsok import forsok, redan
from tests.webb.adresser import ADRESSER
from tests.webb.test_fuzz import _mal
from tests.webb.varld import Varld, Vems
from utforare.models import Enhet, Utforare

SKRIVER = {namn: adress for namn, adress in ADRESSER.items() if adress.post or adress.skriver}
XSS = "<img src=x onerror=alert(1)>{{ 7|add:7 }}"
_TOKEN = re.compile(rb'csrfmiddlewaretoken" value="(\w+)"')

redan(
    "C01",
    "A form of somebody else's page, without our token (CSRF), to every address that writes",
    "403",
    "tests/webb/test_tillgang.py::test_nothing_is_written_without_the_token_of_the_page",
)
redan(
    "C02",
    "A link that writes (GET to what only takes POST)",
    "405",
    "tests/webb/test_tillgang.py::test_to_follow_a_link_never_writes",
)
redan(
    "C03",
    "The same form sent twice, and twice in the same moment",
    "stored once",
    "tests/webb/test_inskick.py::test_of_two_that_come_at_once_one_is_stored",
)
redan(
    "C04",
    "A form of an old page, sent to undo what somebody has done since",
    "refused, and told why",
    "tests/test_inloggning.py::test_an_old_page_does_not_give_back_a_role_that_was_taken_away",
)


def _token(klient: Client) -> str:
    sida = klient.get("/konto/losenord/", secure=True)
    return _TOKEN.search(sida.content)[1].decode()  # type: ignore[index]


UTIFRAN: list[dict[str, str]] = [
    {"Origin": "https://ond.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver"},
    {"Referer": "https://ond.example/testserver/"},
    {"Referer": "https://testserver.ond.example/"},
    {},
]


@forsok(
    "C05",
    "Our token, sent from another site: Origin or Referer another, null, without TLS or missing",
    "403 at every address that writes",
)
def test_a_form_from_another_site_is_refused_even_with_our_token(varld: Varld) -> None:
    klient = med_alla_roller(provar_token=True)
    token, fore = _token(klient), Handelse.objects.count()
    for nr, (namn, adress) in enumerate(SKRIVER.items()):
        mal = adress.mall.format(**varld.ids[Vems.EGEN])
        huvud = UTIFRAN[nr % len(UTIFRAN)]
        svar = klient.post(mal, {"csrfmiddlewaretoken": token}, secure=True, headers=huvud)
        assert svar.status_code == 403, (namn, huvud)
    assert Handelse.objects.count() == fore


@forsok("C06", "The token in the address, in a cookie of one's own, or that of another session", "403")
def test_a_token_from_elsewhere_is_none(varld: Varld) -> None:
    klient, annan = som(varld, Roll.HANDLAGGARE, provar_token=True), som(varld, Roll.HANDLAGGARE, provar_token=True)
    token, annans = _token(klient), _token(annan)
    for mal, falt in (
        (f"/personer/sok/?csrfmiddlewaretoken={token}", {}),
        ("/personer/sok/", {"csrfmiddlewaretoken": annans}),
    ):
        assert klient.post(mal, falt, secure=True, headers={"Origin": "https://testserver"}).status_code == 403


@forsok("C07", "JSON of another page as text/plain, which a browser sends without asking", "403")
def test_json_needs_the_token_too(varld: Varld) -> None:
    klient = som(varld, Roll.UTFORARE, provar_token=True)
    mal = "/narvaro/{enhet}/2026-05/spara/".format(**varld.ids[Vems.EGEN])
    for typ in ("application/json", "text/plain"):
        assert klient.post(mal, '{"celler": []}', content_type=typ).status_code == 403


@pytest.mark.parametrize("metod", ["TRACE", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "PROPFIND", "GETT"])
@forsok("C08", "Methods that no page has: TRACE, PUT, DELETE …", "405 at every address, and nothing is looked at")
def test_odd_methods_are_refused_everywhere(varld: Varld, metod: str) -> None:
    klient = med_alla_roller()
    for namn in (
        "start",
        "halsa",
        "logga_in",
        "utforare:akt",
        "beslut:sok",
        "utforare:spara_narvaro",
        "ersattning:starta",
    ):
        svar = klient.generic(metod, ADRESSER[namn].mall.format(**varld.ids[Vems.EGEN]), b"x=1")
        assert svar.status_code == 405, namn
        assert svar["Allow"] == "GET, HEAD, POST"
        assert not svar.content


@forsok("C09", "A POST put on as GET, or a GET as POST: _method, X-HTTP-Method-Override", "what it is, is what counts")
def test_a_method_cannot_be_put_on(varld: Varld) -> None:
    klient, fore = som(varld, Roll.GRUPPCHEF), Handelse.objects.count()
    huvuden = dict.fromkeys(("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"), "POST")
    for namn in ("beslut:tilldela", "beslut:grundforslag", "beslut:underteckna"):
        mal = ADRESSER[namn].mall.format(**varld.ids[Vems.EGEN])
        assert klient.get(mal, {"_method": "POST"}, headers=huvuden).status_code == 405
        assert klient.head(mal).status_code == 405
    assert Handelse.objects.count() == fore


@pytest.fixture(scope="module")
def _svar() -> dict[str, HttpResponse]:
    return {}


@pytest.fixture
def alla_svar(varld: Varld, _svar: dict[str, HttpResponse]) -> dict[str, HttpResponse]:
    """Every page, opened once by somebody who may, with markup in the names that it shows and in its address."""
    if not _svar:
        Utforare.objects.update(namn=XSS)
        Enhet.objects.update(namn=XSS)
        klient = med_alla_roller()
        for namn, adress in ADRESSER.items():
            if not adress.post:
                svar = _svar[namn] = klient.get(_mal_utan_fuzz(adress, varld), {"x": '"><script>alert(2)</script>'})
                if svar.streaming:
                    svar.getvalue()  # a file is closed when it has been read
    return _svar


def _mal_utan_fuzz(adress: Any, varld: Varld) -> str:
    varld.ids[Vems.EGEN].setdefault("anvandare", varld.anvandare[Roll.HANDLAGGARE].pk)
    varld.ids[Vems.EGEN].setdefault("kontroll", 999_999)
    return _mal(adress, varld)


@forsok("C10", "Markup in a name from another system (stored XSS), looked for on every page", "text on all of them")
@forsok("C11", "Markup in an address (reflected XSS), on every page", "text, or not there")
@forsok("C12", "A template's own language in a name (template injection)", "shown as it was written")
def test_markup_is_text_on_every_page(alla_svar: dict[str, HttpResponse]) -> None:
    visade = 0
    for namn, svar in alla_svar.items():
        if svar.streaming or not svar.headers.get("Content-Type", "").startswith("text/html"):
            continue
        sida = svar.content.decode()
        assert "<img src=x" not in sida, namn
        assert "<script>alert" not in sida, namn
        visade += "{{ 7|add:7 }}" in sida
    assert visade > 10


@forsok("C13", "Pages of persons left in a browser or a proxy on the way", "no-store on every page and file")
@forsok("C14", "A page of ours in a frame of another site (clickjacking)", "frame-ancestors 'none' and DENY on all")
@forsok(
    "C15",
    "A file taken for another kind than it is (sniffing)",
    "nosniff on all; a file that was handed in is saved, not shown",
)
@forsok("C16", "Scripts, styles and connections from elsewhere, or inline", "the policy lets in our own only")
@forsok("C17", "The version of the server, read in a header", "no header says it")
@forsok("C18", "A page of ours opened by another site's window, or drawn into its page", "same-origin only")
def test_every_answer_has_what_it_should(alla_svar: dict[str, HttpResponse]) -> None:
    for namn, svar in alla_svar.items():
        assert "no-store" in svar["Cache-Control"], namn
        assert svar["X-Frame-Options"] == "DENY"
        assert svar["X-Content-Type-Options"] == "nosniff"
        assert svar["Cross-Origin-Opener-Policy"] == "same-origin"
        assert svar["Cross-Origin-Resource-Policy"] == "same-origin"
        assert svar["Referrer-Policy"] == "same-origin"
        assert "camera=()" in svar["Permissions-Policy"]
        policy = dict(del_.strip().split(" ", 1) for del_ in svar["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        for slag in ("script-src", "style-src", "connect-src", "font-src"):
            assert policy[slag] == "'self'", namn
        assert not {"Server", "X-Powered-By", "Access-Control-Allow-Origin"} & set(svar.headers), namn


@forsok("C19", "An inline script or style in a page of ours, which would need a hole in the policy", "there is none")
def test_no_page_has_anything_inline(alla_svar: dict[str, HttpResponse]) -> None:
    inne = re.compile(
        r"<script(?![^>]*\b(?:src=|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE
    )
    for namn, svar in alla_svar.items():
        if svar.headers.get("Content-Type", "").startswith("text/html"):
            assert not inne.search(svar.content.decode().replace("&quot;", "")), namn


@forsok(
    "C20",
    "Another host in the request, to make links and redirects of ours lead there",
    "400; X-Forwarded-Host is not read",
)
def test_another_host_is_refused_and_not_led_to() -> None:
    for vard in ("ond.example", "testserver@ond.example", "testserver:80@ond.example", "ond.example:80", "[::1", "a b"):
        assert Client().get("/logga-in/", headers={"Host": vard}).status_code == 400
    svar = Client().get(
        "/", headers={"X-Forwarded-Host": "ond.example", "X-Host": "ond.example", "Forwarded": "host=ond"}
    )
    assert svar["Location"] == "/logga-in/?next=/"


KLATTRAR = [
    "/static/../config/settings.py", "/static/..%2fmanage.py", "/static/%2e%2e/%2e%2e/etc/passwd",
    "/static//etc/passwd",
    "/static/..\\..\\manage.py", "/hjalp/..%2f..%2fREADME/", "/hjalp/bilder/..%2F..%2Fvapen.png", "/hjalp/%2e%2e/",
    "/filer/..%2f1/", "/filer/../../etc/passwd", "/underlag/filer/1%00.pdf/", "/dokument/mallar/logotyp/..%2f1.png",
    "/rapporter/ar/fil/../../etc/passwd", "/manage.py", "/.git/config", "/.env", "/static/.git/config", "/admin/",
]  # fmt: skip


@pytest.mark.parametrize("vag", KLATTRAR)
@forsok("C21", "Paths that climb out of their folder, in eighteen spellings", "no such page")
def test_paths_do_not_climb(varld: Varld, vag: str) -> None:
    assert med_alla_roller().generic("GET", vag).status_code in {400, 404}


@forsok(
    "C22", "Other people's pages by another spelling of the address: slashes, capitals, dots, ;, endings", "never shown"
)
def test_no_other_spelling_of_an_address_opens_it(varld: Varld) -> None:
    annans, egen = varld.ids[Vems.ANNANS], varld.ids[Vems.EGEN]
    petra, maria = som(varld, Roll.UTFORARE), som(varld, Roll.HANDLAGGARE)
    for klient, ratt in ((petra, f"/brukare/{annans['verk']}/"), (maria, f"/personer/{annans['person']}/")):
        smyg = ratt.replace(str(annans["verk"]), f"{egen['verk']}/../{annans['verk']}")
        for vag in (
            ratt[:-1], ratt.upper(), f"/{ratt}", f"{ratt}/", ratt.replace("/", "//"), f"{ratt}.", f"{ratt};x/",
            f"{ratt}index", f"{ratt}?{egen['person']}", f"{ratt}#x", smyg, ratt[:-1] + "%20/", ratt[:-1] + ".0/",
            ratt[:-1] + "e0/", ratt[:-1] + "%0a/",
        ):  # fmt: skip
            svar = klient.generic("GET", vag)
            assert svar.status_code != 200, vag
            assert b"Gran" not in svar.content, vag


@forsok(
    "C23",
    "Reports, PDFs, workbooks and searches asked for without end",
    "429 with when to come back, far above what a person does",
)
def test_heavy_pages_have_an_end(varld: Varld, settings: Any) -> None:
    settings.TUNGA_PER_MINUT = 3
    maria, gustav = som(varld, Roll.HANDLAGGARE), som(varld, Roll.GRUPPCHEF)
    koder = [maria.post("/personer/sok/", {"fraga": f"19900202{nr:04}"}).status_code for nr in range(5)]
    assert koder == [302, 302, 302, 429, 429]
    assert maria.get("/personer/").status_code == 200
    assert gustav.post("/personer/sok/", {"fraga": "Anna"}).status_code == 302


@forsok("C24", "A heavy page that the limit has forgotten", "every address of a file stands in the list")
def test_every_file_that_is_made_is_counted() -> None:
    kanda = set(ADRESSER)
    assert kanda >= TUNGA
    gors = {
        namn for namn, adress in ADRESSER.items() if re.search(r"\.(pdf|xlsx|csv)$|/(pdf|arbetsbok)/$", adress.mall)
    }
    assert gors - TUNGA == {"uppfoljning:uppgiftsmall"}  # a few lines that are always the same
    assert get_resolver()


@forsok("C25", "A request of a gigabyte, to fill the disk", "413 before anything of it is read")
@forsok("C26", "10 000 fields, 1 000 files, 1 000 values of one parameter, 500 cookies", "400 or an ordinary answer")
def test_what_is_too_much_is_refused(varld: Varld) -> None:
    klient = som(varld, Roll.CONTROLLER)
    for langd in (str(2**30), "9" * 30):
        svar = klient.generic("POST", "/fakturor/las-in/", b"", CONTENT_LENGTH=langd)
        assert svar.status_code == 413
    assert klient.post("/konto/losenord/", {f"f{nr}": "1" for nr in range(10_000)}).status_code == 400
    filer = [BytesIO(b"x") for _ in range(501)]
    for nr, fil in enumerate(filer):
        fil.name = f"{nr}.xml"
    assert klient.post("/fakturor/las-in/", {"filer": filer}).status_code == 400
    assert klient.get("/fakturor/?" + "lage=kvar&" * 1000).status_code == 200
    klient.cookies.load("; ".join(f"k{nr}={'x' * 50}" for nr in range(500)))
    assert klient.get("/korningar/").status_code == 200


@forsok("C27", "Fields that the form has not: is_superuser, roller, ser_skyddade (mass assignment)", "not read")
@forsok("C28", "A systemförvaltare who gives themselves the sight of persons", "refused, in the page and in the action")
def test_fields_that_the_form_has_not_are_not_read(varld: Varld) -> None:
    sven = som(varld, Roll.SYSTEMFORVALTARE)
    jag = varld.anvandare[Roll.SYSTEMFORVALTARE]
    extra = {
        "is_superuser": "on",
        "is_staff": "on",
        "ser_skyddade": "on",
        "sessionsomgang": "9",
        "id": str(jag.pk),
        "password": "x",
    }
    falt = {"namn": "nyastina", "fornamn": "Stina", "efternamn": "Ek", "roller": ["handlaggare"], **extra}
    assert sven.post("/anvandare/ny/", falt).status_code in {200, 302}
    ny = type(jag).objects.get(username="nyastina")
    assert not any((ny.is_superuser, ny.is_staff, ny.ser_skyddade, ny.sessionsomgang))
    assert ny.password != "x"  # noqa: S105
    sida = sven.get(f"/anvandare/{jag.pk}/").content
    sag = re.search(rb'name="sag" value="([^"]*)"', sida)
    egen = {
        "fornamn": "S",
        "efternamn": "S",
        "roller": ["systemforvaltare", "handlaggare"],
        "sag": sag[1].decode() if sag else "",
    }
    sven.post(f"/anvandare/{jag.pk}/", egen)
    sven.post(f"/anvandare/{jag.pk}/skyddade/", {"skal": "Jag behöver det.", "ser": "on"})
    jag.refresh_from_db()
    assert jag.roller == ["systemforvaltare"]
    assert not jag.ser_skyddade
    maria = som(varld, Roll.HANDLAGGARE)
    nytt = {"oldpassword": LOSENORD, "password1": "fyra hela vanliga ord", "password2": "fyra hela vanliga ord"}
    maria.post("/konto/losenord/", nytt | extra | {"roller": list(Roll), "username": "gustav"})
    efter = varld.anvandare[Roll.HANDLAGGARE]
    efter.refresh_from_db()
    assert (efter.roller, efter.is_superuser, efter.username) == (["handlaggare"], False, f"en-{Roll.HANDLAGGARE}")
