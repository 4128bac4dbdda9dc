"""Who may open what: every address there is, for every role. An address without a row here fails the test."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from grund.behorighet import RATTER, Ratt, Roll
from grund.models import Anvandare

OPPEN, INLOGGAD = "öppen för alla", "alla som är inloggade"

# name → (address, who may)
ADRESSER: dict[str, tuple[str, str | Ratt]] = {
    "start": ("/", INLOGGAD),
    "halsa": ("/halsa/", OPPEN),
    "logga_in": ("/logga-in/", OPPEN),
    "logga_ut": ("/logga-ut/", OPPEN),
    "komponenter": ("/komponenter/", OPPEN),
    "beslut:beslut": ("/beslut/1/", Ratt.SE_ERSATTNING),
    "beslut:niva": ("/nivabedomningar/1/", Ratt.SE_ERSATTNING),
    "utforare:av_beslut": ("/beslut/1/verkstalligheter/", Ratt.SE_ERSATTNING),
    "utforare:utforare": ("/utforare/1/", Ratt.SE_ERSATTNING),
    "utforare:avtal": ("/avtal/1/", Ratt.SE_ERSATTNING),
    "utforare:verkstallighet": ("/verkstalligheter/1/", Ratt.SE_ERSATTNING),
    "utforare:utfort": ("/verkstalligheter/1/2026-05/", Ratt.SE_ERSATTNING),
    "ersattning:korningar": ("/korningar/", Ratt.SE_ERSATTNING),
    "ersattning:starta": ("/korningar/starta/", Ratt.KORA_MANAD),
    "ersattning:korning": ("/korningar/2026-05/", Ratt.SE_ERSATTNING),
    "ersattning:framsteg": ("/korningar/2026-05/framsteg/", Ratt.SE_ERSATTNING),
    "ersattning:granska": ("/korningar/2026-05/granska/", Ratt.GRANSKA_MANAD),
    "ersattning:faststall": ("/korningar/2026-05/faststall/", Ratt.FASTSTALLA_MANAD),
    "ersattning:gor_filer": ("/korningar/2026-05/filer/", Ratt.GRANSKA_MANAD),
    "ersattning:csv": ("/korningar/2026-05/ersattning.csv", Ratt.SE_ERSATTNING),
    "ersattning:rader": ("/korningar/2026-05/rader/", Ratt.SE_ERSATTNING),
    "ersattning:avvikelser": ("/korningar/2026-05/avvikelser/", Ratt.SE_ERSATTNING),
    "ersattning:handelser": ("/korningar/2026-05/handelser/", Ratt.SE_ERSATTNING),
    "ersattning:fil": ("/filer/1/", Ratt.SE_ERSATTNING),
    "ersattning:forklara": ("/rader/1/", Ratt.SE_ERSATTNING),
    "ersattning:forklara_pdf": ("/rader/1/forklaring.pdf", Ratt.SE_ERSATTNING),
    "ersattning:avvikelse": ("/avvikelser/1/", Ratt.SE_ERSATTNING),
    "ersattning:prislistor": ("/prislistor/", Ratt.SE_ERSATTNING),
    "ersattning:prislista": ("/prislistor/1/", Ratt.SE_ERSATTNING),
    "ersattning:regler": ("/regler/", Ratt.SE_ERSATTNING),
    "uppfoljning:rapporter": ("/rapporter/", Ratt.GORA_TJANSTEUTLATANDE),
    "uppfoljning:tjansteutlatande": ("/rapporter/tjansteutlatande/2026-05/", Ratt.GORA_TJANSTEUTLATANDE),
}
BARA_POST = {"logga_ut", "ersattning:starta", "ersattning:granska", "ersattning:gor_filer"}
SKRIVER = BARA_POST | {"ersattning:faststall", "uppfoljning:tjansteutlatande"}


def _namn(monster: list[URLPattern | URLResolver], rymd: str = "") -> Iterator[str]:
    for ett in monster:
        if isinstance(ett, URLResolver):
            yield from _namn(ett.url_patterns, f"{rymd}{ett.namespace}:" if ett.namespace else rymd)
        else:
            yield f"{rymd}{ett.name}"


def test_every_address_says_who_may_open_it() -> None:
    assert set(_namn(get_resolver().url_patterns)) == set(ADRESSER)


def _svar(klient: Client, namn: str) -> int:
    adress, _ = ADRESSER[namn]
    return (klient.post if namn in BARA_POST else klient.get)(adress).status_code


@pytest.mark.django_db
@pytest.mark.parametrize("namn", ADRESSER)
def test_somebody_unknown_is_shown_to_the_login(namn: str) -> None:
    adress, vem = ADRESSER[namn]
    if vem == OPPEN:
        assert _svar(Client(), namn) in {200, 302}
        return
    svar = (Client().post if namn in BARA_POST else Client().get)(adress)
    assert svar.status_code == 302
    assert svar["Location"].startswith("/logga-in/")


@pytest.mark.django_db
@pytest.mark.parametrize("roll", [None, *Roll])
@pytest.mark.parametrize("namn", [namn for namn, (_, vem) in ADRESSER.items() if isinstance(vem, Ratt)])
def test_a_role_opens_what_its_right_says_and_nothing_else(namn: str, roll: Roll | None) -> None:
    vem = ADRESSER[namn][1]
    assert isinstance(vem, Ratt)
    klient = Client()
    klient.force_login(Anvandare.objects.create_user("x", roller=[roll] if roll else []))
    svar = _svar(klient, namn)
    assert (svar == 403) == (roll not in RATTER[vem]), svar


@pytest.mark.django_db
@pytest.mark.parametrize("namn", sorted(SKRIVER))
def test_nothing_is_written_without_the_token_of_the_page(namn: str) -> None:
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(Anvandare.objects.create_user("x", roller=list(Roll)))
    assert klient.post(ADRESSER[namn][0]).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("namn", sorted(BARA_POST))
def test_to_follow_a_link_never_writes(namn: str) -> None:
    klient = Client()
    klient.force_login(Anvandare.objects.create_user("x", roller=list(Roll)))
    assert klient.get(ADRESSER[namn][0]).status_code == 405


@pytest.mark.django_db
def test_who_has_no_role_is_told_so() -> None:
    klient = Client()
    klient.force_login(Anvandare.objects.create_user("x", roller=[]))
    svar = klient.get("/")
    assert svar.status_code == 403
    assert "ingen roll" in svar.content.decode()


def test_the_start_is_not_open() -> None:
    assert Client().get("/")["Location"].startswith("/logga-in/")


def test_no_page_may_carry_anything_inline() -> None:
    policy = Client().get("/logga-in/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
