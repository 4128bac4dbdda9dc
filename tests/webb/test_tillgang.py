"""Who may open what: every address × every role × whose it is. An address without a row in `adresser` fails."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Max
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoDbBlocker

from beslut.models import Lasning
from grund.behorighet import RATTER, Ratt, Roll
from grund.models import Anvandare
from tests.insyn.leta import adresser_i, personer_i
from tests.webb import (  # noqa: F401  they add their ids to the world
    varld_arenden,
    varld_arssats,
    varld_avtalsuppfoljning,
    varld_bestallning,
    varld_betalning,
    varld_controller,
    varld_dokument,
    varld_faktura,
    varld_fynd,
    varld_gallring,
    varld_handlingsplan,
    varld_individavtal,
    varld_justering,
    varld_leverans,
    varld_niva,
    varld_prognos,
    varld_rapport,
    varld_registerutdrag,
    varld_simulering,
    varld_uppehall,
    varld_uppgifter,
)
from tests.webb.adresser import ADRESSER, OPPEN, Adress, Visar
from tests.webb.varld import TILLAGG, Varld, Vems, bygg

BARA_POST = [namn for namn, adress in ADRESSER.items() if adress.post]
SKRIVER = [namn for namn, adress in ADRESSER.items() if adress.post or adress.skriver]
MED_RATT = [namn for namn, adress in ADRESSER.items() if isinstance(adress.vem, Ratt)]


def _namn(monster: list[URLPattern | URLResolver], rymd: str = "") -> Iterator[str]:
    for ett in monster:
        if isinstance(ett, URLResolver):
            yield from _namn(ett.url_patterns, f"{rymd}{ett.namespace}:" if ett.namespace else rymd)
        else:
            yield f"{rymd}{ett.name}"


@pytest.fixture(scope="module")
def _byggd(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Varld]:
    """One world for all the tests here; what each writes is taken back."""
    mapp = tmp_path_factory.mktemp("varld")
    with django_db_blocker.unblock(), override_settings(INTYG_DIR=mapp / "intyg"), transaction.atomic():
        yield bygg(mapp, *TILLAGG)
        transaction.set_rollback(True)


@pytest.fixture
def varld(_byggd: Varld, db: None, settings: Any) -> Varld:
    settings.INTYG_DIR = _byggd.mapp / "intyg"
    return _byggd


def _vilkas(adress: Adress, roll: Roll) -> tuple[Vems, ...]:
    """Whose is tried: only where it can matter to the answer."""
    if "{" not in adress.mall:
        return (Vems.EGEN,)
    assert isinstance(adress.vem, Ratt)
    return tuple(Vems) if roll in RATTER[adress.vem] else (Vems.EGEN, Vems.INGENS)


def _svar(klient: Client, namn: str, ids: dict[str, int | str]) -> HttpResponse:
    adress = ADRESSER[namn]
    svar = (klient.post if adress.post else klient.get)(adress.mall.format(**ids))
    assert personer_i("\n".join(adresser_i(svar))) == [], namn
    return svar


def _fraga(klient: Client, namn: str, ids: dict[str, int | str]) -> int:
    return _svar(klient, namn, ids).status_code


def _som(anvandare: Anvandare, *, provar_token: bool = False) -> Client:
    klient = Client(enforce_csrf_checks=provar_token)
    klient.force_login(anvandare)
    return klient


def test_every_address_says_who_may_open_it() -> None:
    assert set(_namn(get_resolver().url_patterns)) == set(ADRESSER)


def test_somebody_unknown_is_shown_to_the_login(varld: Varld) -> None:
    for namn, adress in ADRESSER.items():
        svar = (Client().post if adress.post else Client().get)(adress.mall.format(**varld.ids[Vems.EGEN]))
        if adress.vem == OPPEN:
            assert svar.status_code in {200, 302} or namn == "halsa_redo", namn  # 503 without workers
        else:
            assert svar.status_code == 302, namn
            assert svar["Location"].startswith("/logga-in/"), namn


@pytest.mark.parametrize("roll", Roll)
def test_each_role_is_answered_as_it_should_be_and_sees_no_protected_person(varld: Varld, roll: Roll) -> None:
    """Nobody here is named for P-SKYDDAD, whose name and number no page says, whatever it was asked for."""
    klient, fel = _som(varld.anvandare[roll]), []
    for namn in MED_RATT:
        for vems in _vilkas(ADRESSER[namn], roll):
            svar = _svar(klient, namn, varld.ids[vems])
            if not _vantat(ADRESSER[namn], roll, vems, svar.status_code):
                fel.append((vems, namn, svar.status_code))
            if not svar.streaming and any(ord_ in svar.content for ord_ in (b"Hemlig", b"19850101")):
                fel.append((vems, namn, "säger vem den skyddade är"))
    assert not fel


def _vantat(adress: Adress, roll: Roll, vems: Vems, kod: int) -> bool:
    """Whether `kod` is what the page should answer."""
    assert isinstance(adress.vem, Ratt)
    if roll not in RATTER[adress.vem]:
        return kod == 403
    if adress.visar is Visar.INGEN:
        return kod in {200, 302, 404} or (kod == 403 and vems is Vems.SKYDDAD and "{person}" in adress.mall)
    if vems is Vems.INGENS:
        return kod == 404
    return kod in _VANTADE[adress.visar][vems] or (
        adress.visar is Visar.HANDLAGGARENS and vems is Vems.ANNANS and roll is Roll.GRUPPCHEF and kod in {200, 302}
    )


_GAR = {200, 302}
_VANTADE: dict[Visar, dict[Vems, set[int]]] = {
    Visar.NYCKEL: {Vems.EGEN: _GAR, Vems.ANNANS: _GAR, Vems.SKYDDAD: _GAR},
    Visar.ALLAS: {Vems.EGEN: _GAR, Vems.ANNANS: _GAR, Vems.SKYDDAD: {403}},
    Visar.HANDLAGGARENS: {Vems.EGEN: _GAR, Vems.ANNANS: {403}, Vems.SKYDDAD: {403}},
    Visar.UTFORARENS: {Vems.EGEN: _GAR, Vems.ANNANS: {404}, Vems.SKYDDAD: {403}},
    Visar.ENHETENS: {Vems.EGEN: _GAR, Vems.ANNANS: {404}, Vems.SKYDDAD: _GAR},
}


# What a page asks for while one types, logged once an hour and person.
LOGGAS_EN_GANG = {"beslut:provning"}


def test_who_opens_a_person_is_logged(varld: Varld) -> None:
    ids = varld.ids[Vems.EGEN]
    for namn in MED_RATT:
        adress = ADRESSER[namn]
        if adress.visar in {Visar.INGEN, Visar.ENHETENS}:
            continue
        assert isinstance(adress.vem, Ratt)
        anvandare = next(varld.anvandare[roll] for roll in Roll if roll in RATTER[adress.vem])
        sist = 0 if namn in LOGGAS_EN_GANG else Lasning.objects.aggregate(sist=Max("pk", default=0))["sist"]
        assert _fraga(_som(anvandare), namn, ids) in _GAR, namn
        egna = Lasning.objects.filter(pk__gt=sist, anvandare=anvandare)
        nya = set(egna.values_list("anvandare", "person"))
        assert nya == {(anvandare.pk, ids["person"])}, namn


def test_who_has_no_role_opens_nothing(varld: Varld) -> None:
    klient = _som(Anvandare.objects.create_user("x", roller=[]))
    for namn in MED_RATT:
        assert _fraga(klient, namn, varld.ids[Vems.EGEN]) == 403, namn
    svar = klient.get("/")
    assert svar.status_code == 403
    assert "ingen roll" in svar.content.decode()


@pytest.mark.parametrize("manad", ["0001-01", "1900-01", "2026-13", "2999-12", "9999-12"])
def test_a_month_outside_the_calendar_is_not_found(varld: Varld, manad: str) -> None:
    klient = _som(Anvandare.objects.create_user("x", roller=list(Roll)))
    for namn, adress in ADRESSER.items():
        if "2026-05" in adress.mall:
            mal = adress.mall.format(**varld.ids[Vems.EGEN]).replace("2026-05", manad)
            assert (klient.post if adress.post else klient.get)(mal).status_code == 404, namn


def test_nothing_is_written_without_the_token_of_the_page(varld: Varld) -> None:
    klient = _som(Anvandare.objects.create_user("x", roller=list(Roll)), provar_token=True)
    for namn in SKRIVER:
        assert klient.post(ADRESSER[namn].mall.format(**varld.ids[Vems.EGEN])).status_code == 403, namn


def test_to_follow_a_link_never_writes(varld: Varld) -> None:
    klient = _som(Anvandare.objects.create_user("x", roller=list(Roll)))
    for namn in BARA_POST:
        assert klient.get(ADRESSER[namn].mall.format(**varld.ids[Vems.EGEN])).status_code == 405, namn


def test_the_start_is_not_open() -> None:
    assert Client().get("/")["Location"].startswith("/logga-in/")


def test_no_page_may_carry_anything_inline() -> None:
    policy = Client().get("/logga-in/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
