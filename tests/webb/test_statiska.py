"""FKUI's files and ours, as the deployment serves them: collected, with hashed names, and with nothing missing."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string

MED_HASH = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


@pytest.fixture
def samlade(settings: Any, tmp_path: Path) -> Path:
    """The folder that the deployment's image has. Collecting fails where a style sheet names a file that is missing."""
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": MED_HASH}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_file_that_the_frame_names_is_there_under_a_name_that_tells_its_version(samlade: Path) -> None:
    adresser = re.findall(r'(?:href|src)="/static/([^"]+)"', render_to_string("500.html"))
    assert len(adresser) > 10
    for adress in adresser:
        assert (samlade / adress).is_file()
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", adress)


def test_the_fonts_that_the_style_sheet_names_are_there(samlade: Path) -> None:
    stil = next((samlade / "css").glob("tecken.*.css")).read_text(encoding="utf-8")
    typsnitt = re.findall(r'url\("([^"]+)"\)', stil)
    assert len(typsnitt) == 4
    assert all((samlade / "css" / adress).is_file() for adress in typsnitt)


def test_of_fkui_only_what_is_used_is_served(samlade: Path) -> None:
    assert (
        len([fil for fil in (samlade / "fkui").rglob("*") if fil.is_file()]) == 2 * 6
    )  # each with a hash, and without
