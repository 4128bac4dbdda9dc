"""The retention table names every model once, says whose its rows are, and what becomes of each of their texts."""

from collections import Counter

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from uppfoljning.gallring.tabell import FOR, OM_PERSON, RADER
from uppfoljning.gallring.text import tabellrad
from uppfoljning.gallring.typer import Atgard, Lankslag, Modellrad

_DJANGOS_EGEN = "migrations.Migration"  # the table of migrations is no model of an app
_TEXT = (models.CharField, models.TextField, models.JSONField, models.BinaryField, ArrayField)
_KAN_INTE_LIGGA_I_TEXT = (models.UUIDField,)


def _modeller() -> dict[str, type[models.Model]]:
    alla = apps.get_models(include_auto_created=True)
    return {ett._meta.label: ett for ett in alla if ett._meta.managed and not ett._meta.proxy}


def _modell(rad: Modellrad) -> type[models.Model]:
    return _modeller()[rad.modell]


def _texter(modell: type[models.Model]) -> set[str]:
    falt = modell._meta.concrete_fields
    return {ett.name for ett in falt if isinstance(ett, _TEXT) and not getattr(ett, "choices", None)}


def _mal(modell: type[models.Model], vag: str) -> type[models.Model]:
    """The model that a lookup leads to."""
    for steg in vag.split("__"):
        if steg != "pk":
            nasta = modell._meta.get_field(steg).related_model
            assert isinstance(nasta, type), f"{modell._meta.label}.{steg} leder ingenstans"
            modell = nasta
    return modell


_ids = pytest.mark.parametrize("rad", OM_PERSON, ids=[ett.modell for ett in OM_PERSON])


def test_every_model_is_named_exactly_once() -> None:
    antal = Counter(ett.modell for ett in RADER)
    assert [namn for namn, ganger in antal.items() if ganger > 1] == []
    assert set(antal) - {_DJANGOS_EGEN} == set(_modeller())


def test_every_line_says_why() -> None:
    for rad in RADER:
        assert rad.skal.endswith("."), rad.modell
        assert rad.frist, rad.modell


@_ids
def test_every_path_leads_to_the_person(rad: Modellrad) -> None:
    assert {_mal(_modell(rad), vag)._meta.label for vag in rad.vag} <= {"beslut.Person"}
    if rad.lank:
        assert _modell(rad)._meta.get_field(rad.lank.falt)
        assert FOR[rad.lank.till].vag
        if rad.lank.slag == Lankslag.NYCKEL:
            assert _modeller()[rad.lank.till]._meta.get_field("nyckel").unique


def test_every_path_of_an_account_leads_to_a_user() -> None:
    for rad in RADER:
        assert {_mal(_modell(rad), vag)._meta.label for vag in rad.konto} <= {"grund.Anvandare"}, rad.modell


def test_every_foreign_key_to_a_person_or_to_what_is_a_persons_is_a_path() -> None:
    om_person = {ett.modell for ett in OM_PERSON}
    for namn, modell in _modeller().items():
        for falt in modell._meta.concrete_fields:
            if falt.related_model is None or falt.related_model._meta.label not in om_person:
                continue
            assert namn in om_person, (
                f"{namn}.{falt.name} pekar på en persons rad, men tabellen säger inte vems raden är"
            )
            if falt.related_model._meta.label == "beslut.Person":
                assert falt.name in FOR[namn].vag


@_ids
def test_every_text_of_a_persons_row_is_free_text_or_a_code(rad: Modellrad) -> None:
    assert set(rad.fritext) & set(rad.koder) == set()
    assert set(rad.fritext) | set(rad.koder) == _texter(_modell(rad))


def test_what_tells_of_an_account_is_classified_too() -> None:
    for rad in RADER:
        if rad.konto:
            assert set(rad.fritext) | set(rad.koder) == _texter(_modell(rad)), rad.modell


@_ids
def test_the_days_of_notes_are_days(rad: Modellrad) -> None:
    for falt in rad.dagar:
        assert isinstance(_modell(rad)._meta.get_field(falt), models.DateField), falt


@_ids
def test_what_is_kept_of_a_person_holds_no_free_text(rad: Modellrad) -> None:
    if rad.atgard == Atgard.BEHALL:
        assert rad.fritext == ()


def test_every_guard_that_is_lifted_is_there_and_the_settled_rows_keep_theirs() -> None:
    for rad in RADER:
        if rad.modell == _DJANGOS_EGEN:
            continue
        finns = {vakt.name for vakt in getattr(_modell(rad)._meta, "triggers", [])}
        assert set(rad.vakter) <= finns, rad.modell
        assert not any("fast_manad" in ett or "fast_korning" in ett for ett in rad.vakter), rad.modell


def test_every_model_with_a_path_on_disk_says_where() -> None:
    for namn, modell in _modeller().items():
        if "sokvag" in {ett.name for ett in modell._meta.concrete_fields}:
            plats = FOR[namn].fil
            assert plats is not None, namn
            assert plats.falt == "sokvag"
            assert getattr(settings, plats.rot), namn


def test_the_document_prints_the_same_table() -> None:
    text = (settings.BASE_DIR / "docs" / "gallring.md").read_text()
    saknas = [ett.modell for ett in RADER if tabellrad(ett) not in text]
    assert saknas == [], "kör: ./dev manage gallringstabell, och klistra in tabellen i docs/gallring.md"
    assert text.count("\n| `") == len(RADER)
