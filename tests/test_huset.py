"""The house holds what ARCHITECTURE.md promises: data flows one way, and every refusal is a sentence people read."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import BaseConstraint, ForeignKey, Model

ORDNING = ["grund", "beslut", "utforare", "ersattning", "uppfoljning"]
MODELLER = [modell for modell in apps.get_models() if modell._meta.app_label in ORDNING]
VILLKOR = [(modell, villkor) for modell in MODELLER for villkor in modell._meta.constraints]
ROT = Path(settings.BASE_DIR)


@pytest.mark.parametrize("modell", MODELLER, ids=lambda m: m.__name__)
def test_foreign_keys_point_upstream_only(modell: type[Model]) -> None:
    egen = ORDNING.index(modell._meta.app_label)
    for falt in modell._meta.get_fields():
        if isinstance(falt, ForeignKey) and falt.related_model._meta.app_label in ORDNING:
            assert ORDNING.index(falt.related_model._meta.app_label) <= egen, falt


@pytest.mark.parametrize(("modell", "villkor"), VILLKOR, ids=[villkor.name for _, villkor in VILLKOR])
def test_every_constraint_has_words_of_its_own(modell: type[Model], villkor: BaseConstraint) -> None:
    if villkor.name in {
        "delkorning_en_gang",
        "bonusutfall_en_gang",
        "fil_en_gang",
        "manadssumma_en_gang",
        "manadsunderlag_en_gang",
    }:
        return  # only the machine writes these
    assert villkor.violation_error_message != villkor.default_violation_error_message
    assert villkor.violation_error_message[0].isupper()
    assert villkor.violation_error_message.endswith(".")


def _kallor(namn: str) -> Iterator[Path]:
    """Files of our apps. Not found by looking through the whole project, whose .venv and node_modules are large."""
    for app in ORDNING:
        yield from (ROT / app).glob(f"**/{namn}")


def test_no_signals_and_no_work_in_save() -> None:
    for fil in _kallor("*.py"):
        trad = ast.parse(fil.read_text(encoding="utf-8"))
        for nod in ast.walk(trad):
            if isinstance(nod, ast.ImportFrom):
                assert nod.module != "django.dispatch", fil
                if nod.module == "django.db.models.signals":  # migrate has no other end to be at (grund.databas)
                    assert [ett.name for ett in nod.names] == ["post_migrate"], fil
            if isinstance(nod, ast.FunctionDef):
                assert nod.name != "save", fil


def test_actions_are_keyword_only() -> None:
    for fil in _kallor("actions.py"):
        for nod in ast.parse(fil.read_text(encoding="utf-8")).body:
            if (
                isinstance(nod, ast.FunctionDef)
                and nod.name[0] != "_"
                and "av" in [arg.arg for arg in nod.args.args + nod.args.kwonlyargs]
            ):
                assert "av" in [arg.arg for arg in nod.args.kwonlyargs], f"{fil}: {nod.name}"
