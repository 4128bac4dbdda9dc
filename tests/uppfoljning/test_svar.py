"""What a report answered is kept: made anew when that is quick and something has happened, else as old as it says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.core.cache import caches
from redis.exceptions import ConnectionError as IngenKontakt

from grund.handelser import skriv_handelse
from uppfoljning.rapport import svar as svarsmodulen
from uppfoljning.rapport.innehall import Lasare, Rapport
from uppfoljning.rapport.svar import Svar, hamta, rakna, rakna_forvalda
from uppfoljning.rapport.typ import Rapporttyp

pytestmark = pytest.mark.django_db
NU, SEDAN = datetime(2026, 6, 3, 2, tzinfo=UTC), datetime(2026, 6, 3, 9, tzinfo=UTC)
IDAG = date(2026, 6, 3)
ALLT, OFFENTLIGT = Lasare(offentlig=False), Lasare(offentlig=True)


class _Form(forms.Form):
    ord = forms.CharField(required=False)

    def __init__(self, data: Any, *, idag: date) -> None:  # noqa: ARG002  as all selections
        super().__init__(data)


@pytest.fixture
def gjorda() -> list[tuple[str, bool]]:
    return []


@pytest.fixture
def typ(gjorda: list[tuple[str, bool]]) -> Rapporttyp:
    def gor(form: Any, idag: date, lasare: Lasare) -> Rapport:
        gjorda.append((form.cleaned_data["ord"], lasare.offentlig))
        return Rapport(f"Nr {len(gjorda)}", idag, (), (), (), ())

    return Rapporttyp("prov", "Prov", "Vad är det?", _Form, gor)


@pytest.fixture(autouse=True)
def _tomt() -> Iterator[None]:
    cache = caches["default"]
    klient = cache._cache.get_client(None, write=True)
    yield
    for nyckel in klient.scan_iter(f"{cache.key_prefix}:*rapport:prov:*"):
        klient.delete(nyckel)


def _hamta(typ: Rapporttyp, ord_: str = "", lasare: Lasare = ALLT, nu: datetime = NU, idag: date = IDAG) -> Svar:
    form = typ.form({"ord": ord_}, idag=idag)  # type: ignore[call-arg]
    assert form.is_valid()
    return hamta(typ, form, idag, lasare, nu)


def _langsamt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svarsmodulen, "SNABB", timedelta(seconds=-1))


def test_nothing_has_happened_so_it_is_not_made_again(typ: Rapporttyp, gjorda: list[Any]) -> None:
    assert _hamta(typ) == _hamta(typ, nu=SEDAN)
    assert len(gjorda) == 1


def test_a_quick_one_is_made_anew_when_something_has_happened(typ: Rapporttyp) -> None:
    _hamta(typ)
    skriv_handelse(av=None, handling="prov", objekt="prov:1", text="Något hände.")
    nytt = _hamta(typ, nu=SEDAN)
    assert (nytt.rapport.rubrik, nytt.raknad, nytt.andrat_sedan) == ("Nr 2", SEDAN, False)


def test_a_slow_one_stays_as_it_was_and_says_when(typ: Rapporttyp, monkeypatch: pytest.MonkeyPatch) -> None:
    _langsamt(monkeypatch)
    _hamta(typ)
    skriv_handelse(av=None, handling="prov", objekt="prov:1", text="Något hände.")
    gammalt = _hamta(typ, nu=SEDAN)
    assert (gammalt.rapport.rubrik, gammalt.raknad, gammalt.andrat_sedan) == ("Nr 1", NU, True)
    form = typ.form({}, idag=IDAG)  # type: ignore[call-arg]
    assert form.is_valid()
    assert rakna(typ, form, IDAG, ALLT, SEDAN).rapport.rubrik == "Nr 2"
    assert _hamta(typ).rapport.rubrik == "Nr 2"


def test_without_valkey_it_is_made_every_time(
    typ: Rapporttyp, gjorda: list[Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def borta(*_: object) -> None:
        raise IngenKontakt

    monkeypatch.setattr(caches["default"], "get", borta)
    monkeypatch.setattr(caches["default"], "set", borta)
    assert [_hamta(typ).rapport.rubrik, _hamta(typ).rapport.rubrik] == ["Nr 1", "Nr 2"]
    assert len(gjorda) == 2
    assert "Valkey svarar inte" in caplog.text


def test_another_selection_reader_day_or_code_is_another_answer(
    typ: Rapporttyp, gjorda: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _hamta(typ)
    _hamta(typ, ord_="a")
    _hamta(typ, lasare=OFFENTLIGT)
    _hamta(typ, lasare=replace(ALLT, handlagger=True))
    _hamta(typ, idag=date(2026, 6, 4))
    monkeypatch.setattr(svarsmodulen, "_koden", lambda: "annan")
    _hamta(typ)
    assert len(gjorda) == 6


def test_a_report_that_valkey_has_forgotten_is_made_anew(typ: Rapporttyp, gjorda: list[Any]) -> None:
    _hamta(typ)
    cache = caches["default"]
    klient = cache._cache.get_client(None, write=True)
    for nyckel in klient.scan_iter(f"{cache.key_prefix}:*rapport:prov:*:*"):
        klient.delete(nyckel)
    svarsmodulen._rapport.cache_clear()
    assert _hamta(typ, nu=SEDAN).raknad == SEDAN
    assert len(gjorda) == 2


def test_the_night_makes_what_opens_first_for_every_reader(typ: Rapporttyp, gjorda: list[Any]) -> None:
    rakna_forvalda(typ, IDAG, NU)
    assert gjorda == [("", True), ("", False), ("", False)]
    _hamta(typ)
    _hamta(typ, lasare=OFFENTLIGT)
    assert len(gjorda) == 3
