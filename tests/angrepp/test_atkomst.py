"""Other people's things: by address, by number in a form, by what an answer gives away (IDOR, enumeration)."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from beslut.models import Lasning, Person
from grund.behorighet import RATTER, Ratt, Roll
from grund.models import Anvandare, Handelse
from tests.angrepp.conftest import som
from tests.angrepp.forsok import forsok, redan
from tests.webb.adresser import ADRESSER, Visar
from tests.webb.varld import Varld, Vems
from utforare.models import Avtal, Besok, Narvaro, PlaneratBesok

UTFORARENS = [namn for namn, ett in ADRESSER.items() if ett.visar in {Visar.UTFORARENS, Visar.ENHETENS}]
_VAXLAR = re.compile(rb'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+"|\bord-\d+\b|Felkod <code>[\w-]+<')
_T = "tests/webb/"

redan(
    "A01",
    "Every address × every role × one's own, another's, a protected and no person's thing",
    "what the role and the thing give, no more",
    _T + "test_tillgang.py::test_each_role_is_answered_as_it_should_be_and_sees_no_protected_person",
)
redan(
    "A02",
    "Every address without being signed in",
    "the login",
    _T + "test_tillgang.py::test_somebody_unknown_is_shown_to_the_login",
)
redan(
    "A03",
    "Every address by somebody whose roles have been taken away",
    "403",
    _T + "test_tillgang.py::test_who_has_no_role_opens_nothing",
)
redan(
    "A04",
    "A protected person's name, looked for on every page that others may open",
    "nowhere",
    _T + "test_tillgang.py::test_each_role_is_answered_as_it_should_be_and_sees_no_protected_person",
)
redan(
    "A05",
    "A person looked at without leaving a trace",
    "every look is in the log before the page is made",
    _T + "test_tillgang.py::test_who_opens_a_person_is_logged",
)
redan(
    "A06",
    "The log of who has looked, changed",
    "the database refuses",
    _T + "test_personskydd.py::test_the_log_cannot_be_changed",
)
redan(
    "A07",
    "A reason given for one person, used for another",
    "asked again",
    _T + "test_personskydd.py::test_a_reason_for_one_person_opens_no_other",
)
redan(
    "A08",
    "Another utförare's file, explanation and row",
    "404",
    _T + "test_utforarens_underlag.py::test_own_files_and_explanations_are_given_out_and_others_are_not_there",
)
redan(
    "A09",
    "A file of one's own utförare that tells of enheter that are not one's own",
    "not given out",
    _T + "test_utforarens_underlag.py::test_a_file_that_tells_of_others_enheter_is_not_given_out",
)
redan(
    "A10",
    "A user tied to two utförare, to put their persons together",
    "refused",
    _T + "test_personskydd.py::test_a_user_reports_for_one_utforare_only",
)
redan(
    "A11",
    "All persons of the unit listed by a handläggare, by asking the list for them",
    "one's own, whatever is asked for",
    _T + "test_listor.py::test_a_handlaggare_sees_ones_own_whatever_is_asked_for",
)
redan(
    "A12",
    "Both of the two persons that a justering needs (four eyes)",
    "the proposer decides nothing",
    "tests/justering/test_fyra_ogon.py::test_who_proposes_neither_approves_nor_refuses",
)
redan(
    "A13",
    "Both of the two persons that a payment needs, in the page and by SQL",
    "refused by the code and by the database",
    "tests/utbetalning/test_utbetalning.py::test_who_settled_the_month_does_not_mark_it_paid_not_even_by_sql",
)
redan(
    "A14",
    "What is hidden in the nämnd's documents worked out by sums of many of them",
    "more than one answer is left",
    "tests/uppfoljning/test_undertryckning.py::test_no_cost_that_rests_on_few_persons_can_be_worked_out",
)
redan(
    "A15",
    "A closed control of the log, changed",
    "refused",
    "tests/test_loggkontroll.py::test_the_end_waits_for_every_reading_and_is_for_good",
)


def _utan_vaxlande(svar: Any) -> bytes:
    return _VAXLAR.sub(b"", svar.content)


@forsok(
    "A16",
    "Which of others' things there are, told from the answer: code, body, size, headers, redirect",
    "the same as of what does not exist, at every address of a utförare",
)
def test_what_is_others_is_answered_as_what_is_not_there(varld: Varld) -> None:
    petra = som(varld, Roll.UTFORARE)
    for namn in UTFORARENS:
        for gor in (petra.get, petra.post):
            svar = [gor(ADRESSER[namn].mall.format(**varld.ids[vems])) for vems in (Vems.ANNANS, Vems.INGENS)]
            assert svar[0].status_code == svar[1].status_code, namn
            if svar[0].status_code in {404, 405}:
                assert _utan_vaxlande(svar[0]) == _utan_vaxlande(svar[1]), namn
                assert set(svar[0].headers) == set(svar[1].headers)


@pytest.fixture
def besok(varld: Varld) -> dict[str, Any]:
    Avtal.objects.update(modell="utford_tid")  # so that there are visits to register
    return {"dag": "2026-06-04", "start": "09:00", "slut": "10:00"}


@forsok(
    "A17",
    "Another utförare's person named in a form's field: a new visit, a planned one, an arbetsbonus",
    "no such choice; the same words as of one that does not exist",
)
@forsok("A18", "The same by the handle of the row: another's visit at one's own enhet's address", "404")
def test_a_form_does_not_take_the_number_of_another_ones_thing(varld: Varld, besok: dict[str, Any]) -> None:
    petra, egen, annans = som(varld, Roll.UTFORARE), varld.ids[Vems.EGEN], varld.ids[Vems.ANNANS]
    fore = (Besok.objects.count(), PlaneratBesok.objects.count(), Handelse.objects.count())
    bonus = {"arbetsgivare": "X", "fran": "2026-05-11", "sysselsattningsgrad": "50", "anstallningsform": "visstid"}
    for vag, falt in (("/besok/{}/nytt/", besok), ("/besok/{}/planera/", besok), ("/arbetsbonus/{}/ny/", bonus)):
        mal = vag.format(egen["enhet"])
        svar = [petra.post(mal, falt | {"vems": str(pk)}) for pk in (annans["verk"], 999_999)]
        assert [ett.status_code for ett in svar] == [200, 200]
        sidor = [_utan_vaxlande(ett).replace(str(annans["verk"]).encode(), b"999999") for ett in svar]
        assert sidor[0] == sidor[1], vag
        assert b"Gran" not in sidor[0]
    for steg in ("rapportera", "avboka", "ta-tillbaka"):
        for gor in (petra.get, petra.post):
            assert gor(f"/besok/{egen['enhet']}/{steg}/{annans['besok']}/", besok).status_code == 404
    assert fore == (Besok.objects.count(), PlaneratBesok.objects.count(), Handelse.objects.count())


@forsok(
    "A19",
    "Another's närvaro written by JSON to one's own enhet's address",
    "refused in the words of one that does not exist; nothing stored",
)
def test_a_cell_of_another_is_none_of_ours(varld: Varld) -> None:
    petra, egen, annans = som(varld, Roll.UTFORARE), varld.ids[Vems.EGEN], varld.ids[Vems.ANNANS]
    fore, svar = Narvaro.objects.count(), []
    for verk in (annans["verk"], 999_999):
        cell = {"namn": f"n-{verk}-2026-05-05", "nytt": "N", "sag": ""}
        mal = f"/narvaro/{egen['enhet']}/2026-05/spara/"
        svar.append(petra.post(mal, json.dumps({"celler": [cell]}), content_type="application/json"))
    assert [ett.json()["celler"][0]["lage"] for ett in svar] == ["fel", "fel"]
    assert svar[0].content.replace(f"-{annans['verk']}-".encode(), b"-999999-") == svar[1].content
    assert Narvaro.objects.count() == fore


@forsok("A20", "Another person's assignment ended by the address of one's own person", "404")
@forsok("A21", "Somebody who is no handläggare given a person's matters, by number", "no such choice")
def test_what_belongs_to_one_is_not_reached_by_another(varld: Varld) -> None:
    gustav, egen, annans = som(varld, Roll.GRUPPCHEF), varld.ids[Vems.EGEN], varld.ids[Vems.ANNANS]
    mal = f"/personer/{egen['person']}/tilldelningar/{annans['tilldelning']}/avsluta/"
    assert gustav.post(mal).status_code == 404
    fore = Handelse.objects.filter(handling="tilldela").count()
    for fel in (varld.anvandare[Roll.UTFORARE].pk, varld.anvandare[Roll.SYSTEMFORVALTARE].pk, 999_999, "x"):
        gustav.post(f"/personer/{egen['person']}/tilldela/", {"handlaggare": fel})
    assert Handelse.objects.filter(handling="tilldela").count() == fore


@forsok("A22", "A part of a page asked for as htmx does, of another's person", "as the whole page: 403 or 404")
@forsok(
    "A23",
    "The sum of a level that another is assessing, by the header that asks for the sum alone",
    "not given without a reason in the log",
)
def test_a_part_of_a_page_is_guarded_as_the_whole(varld: Varld) -> None:
    huvud = {"HX-Request": "true", "HX-Target": "traffar", "HX-Current-URL": "http://testserver/personer/"}
    for roll, slag in ((Roll.UTFORARE, {Visar.UTFORARENS, Visar.ENHETENS}), (Roll.HANDLAGGARE, {Visar.HANDLAGGARENS})):
        klient = som(varld, roll)
        for namn, adress in ADRESSER.items():
            if adress.visar not in slag or not isinstance(adress.vem, Ratt) or roll not in RATTER[adress.vem]:
                continue
            gor = klient.post if adress.post else klient.get
            svar = gor(adress.mall.format(**varld.ids[Vems.ANNANS]), headers=huvud)
            assert svar.status_code in {403, 404}, namn
    maria = som(varld, Roll.HANDLAGGARE)
    mal = ADRESSER["beslut:nivaarende_fyll_i"].mall.format(**varld.ids[Vems.ANNANS])
    assert maria.post(mal, {"gor": "rakna"}, headers=huvud).status_code == 403


@forsok(
    "A24",
    "Where in the alphabet a protected person stands in a list, or on which page",
    "last, in an order that tells nothing",
)
def test_the_order_tells_nothing_of_the_protected(varld: Varld) -> None:
    sida = som(varld, Roll.HANDLAGGARE).get("/personer/").content.decode()
    assert "Skyddade uppgifter" in sida
    for namn in ("Aaaaa", "Ööööö"):
        Person.objects.filter(nyckel="P-SKYDDAD").update(efternamn=namn)
        assert _VAXLAR.sub(b"", sida.encode()) == _utan_vaxlande(som(varld, Roll.HANDLAGGARE).get("/personer/"))


def _soker(varld: Varld, fraga: str) -> tuple[str, str]:
    maria = som(varld, Roll.HANDLAGGARE)
    svar = maria.post("/personer/sok/", {"fraga": fraga}, follow=True)
    return str(svar.redirect_chain), svar.content.decode()


@forsok(
    "A25",
    "A protected person looked for by name, personnummer or case",
    "no name, number or place; that somebody looked is in the log",
)
def test_a_search_gives_nothing_of_a_protected_person(varld: Varld) -> None:
    for fraga in ("Hemlig", "Person Hemlig", "198501019809", "8501019809"):
        fore = Lasning.objects.count()
        _, sida = _soker(varld, fraga)
        assert "198501019809" not in sida
        assert "Hemlig Person" not in sida
        assert "Eken" not in sida
        assert Lasning.objects.count() == fore + 1


@forsok(
    "A26",
    "A protected person added once more, to learn who there is by the refusal",
    "the same words as of anybody who is there; nothing of whom",
)
def test_a_number_that_is_taken_says_no_more_than_that(varld: Varld) -> None:
    maria = som(varld, Roll.HANDLAGGARE)
    svar = []
    for nummer in ("19900202-9818", "198501019809"):
        falt = {"fornamn": "A", "efternamn": "B", "personnummer": nummer.replace("-", ""), "personkrets": "1"}
        sida = maria.post("/personer/ny/", falt)
        assert sida.status_code == 200
        svar.append(_utan_vaxlande(sida).replace(nummer.replace("-", "").encode(), b"NUMMER"))
    assert svar[0] == svar[1]
    assert b"Hemlig" not in svar[1]


FALT = ("objekt", "av", "handling", "typ", "insats", "utforare", "lage", "manad", "nummer", "q", "fran", "enhet")
LISTOR = [
    ("/rader/", Roll.CONTROLLER, "/korningar/2026-05/rader/"),
    ("/handelser/", Roll.REVISOR, "/handelser/"),
    ("/anvandare/", Roll.SYSTEMFORVALTARE, "/anvandare/"),
    ("/fynd/", Roll.CONTROLLER, "/fynd/"),
    ("/justeringar/", Roll.CONTROLLER, "/justeringar/"),
    ("/fakturor/", Roll.CONTROLLER, "/fakturor/"),
    ("/lasningar/", Roll.REVISOR, "/lasningar/"),
]
SQL = [
    "'; DROP TABLE beslut_person; --",
    "1) OR 1=1 --",
    "' UNION SELECT personnummer FROM beslut_person --",
    "\\'; SELECT pg_sleep(9); --",
]


@pytest.mark.parametrize(("namn", "roll", "adress"), LISTOR)
@forsok("A27", "SQL in every filter, sort and page of the lists", "text that finds nothing")
@forsok(
    "A28",
    "Lists narrowed or sorted by what they do not show: personnummer, password, another table's column",
    "not heard",
)
def test_what_a_list_does_not_ask_for_is_not_heard(varld: Varld, namn: str, roll: Roll, adress: str) -> None:
    klient = som(varld, roll)
    rakt = klient.get(adress)
    assert rakt.status_code in {200, 404}
    for text in SQL:
        for falt in (FALT, ("sort",), ("page",)):
            assert klient.get(adress, dict.fromkeys(falt, text)).status_code in {200, 404}, (falt, text)
    if rakt.status_code == 200:
        for utanfor in ("person__personnummer", "-password", "utforare__avtal__pris__belopp", "id; DROP", "?"):
            svar = klient.get(
                adress, {"sort": utanfor, "person__personnummer__startswith": "19850101", "password__gt": "a"}
            )
            rent = [re.sub(rb"\?[^\"']*", b"", _utan_vaxlande(ett)) for ett in (rakt, svar)]
            assert rent[0] == rent[1], utanfor
    assert Person.objects.exists()


@forsok("A29", "Numbers of 25 digits, NUL, half characters, deep JSON, page −1", "an ordinary answer, 400 or 404")
def test_odd_values_are_answered(varld: Varld) -> None:
    klara, petra = som(varld, Roll.CONTROLLER), som(varld, Roll.UTFORARE)
    for page in ("-1", "0", "9" * 25, "sista", "1e9", "٣"):
        assert klara.get("/fakturor/", {"page": page}).status_code == 200
    assert klara.get("/fakturor/?nummer=%00").status_code == 400
    assert klara.get(f"/fakturor/{'9' * 25}/").status_code == 404
    mal = f"/narvaro/{varld.ids[Vems.EGEN]['enhet']}/2026-05/spara/"
    for text in (
        "[" * 100_000,
        '{"celler": ' + "[" * 5000 + "]" * 5000 + "}",
        '{"celler": [1e999]}',
        "9" * 5000,
        '"\\ud800"',
    ):
        assert petra.post(mal, text, content_type="application/json").status_code == 400


redan(
    "A30",
    "Odd values in every field of every form, and every parameter of every page",
    "no error page, nothing half stored",
    _T + "test_fuzz.py::test_whatever_is_sent_is_answered_and_nothing_is_half_stored",
)


@forsok(
    "A31",
    "The error pages, for the code, settings, versions or SQL",
    "they say what went wrong for the reader, and no more",
)
def test_an_error_page_tells_nothing(varld: Varld, monkeypatch: pytest.MonkeyPatch) -> None:
    klient = Client(raise_request_exception=False)
    klient.force_login(varld.anvandare[Roll.HANDLAGGARE])

    def faller(*_: object, **__: object) -> None:
        msg = "hemlighet i ett felmeddelande: SELECT personnummer"
        raise RuntimeError(msg)

    monkeypatch.setattr("beslut.views.personer.sokning.mina_personer", faller)
    svar = klient.get("/personer/")
    assert svar.status_code == 500
    text = svar.content.decode()
    for ord_ in ("hemlighet", "SELECT", "Traceback", "RuntimeError", "Django", "settings", "/work", ".py"):
        assert ord_ not in text
    assert svar["Cache-Control"] == "private, no-store"


@forsok("A32", "Users counted or listed by somebody who is not systemförvaltare", "403")
def test_users_are_the_systemforvaltares(varld: Varld) -> None:
    for roll in Roll:
        if roll != Roll.SYSTEMFORVALTARE:
            for pk in (Anvandare.objects.first().pk, 999_999):  # type: ignore[union-attr]
                assert som(varld, roll).get(f"/anvandare/{pk}/").status_code == 403
