"""Whatever is done to a package it is taken in whole or refused with reasons: never a traceback, never half of it."""

import random
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beslut.models import Beslut, Nivabedomning, Person
from ersattning.models import Anstallning, Bonusregel, Pris, Tidsband
from grund.datapaket.actions import las_in
from grund.datapaket.fel import Felsamling, PaketFel
from grund.models import Handelse
from utforare.models import Avtal, Besok, Enhet, Narvaro, Prislista, Utforare, Verkstallighet

from .paket import BAS, Filer, skriv, skriv_xlsx, skriv_zip

MODELLER: list[Any] = [
    *(Person, Beslut, Nivabedomning, Utforare, Enhet, Prislista, Avtal),
    *(Verkstallighet, Narvaro, Besok, Pris, Tidsband, Anstallning, Bonusregel, Handelse),
]
BITAR = [
    *(
        "",
        ";",
        '"',
        "\n",
        "\r",
        "\r\n",
        "\0",
        "\\",
        "\ufeff",
        "å",
        "\udcff",
        " ",
        ",",
        ".",
        "-",
        "0",
        "9",
        "NULL",
        "\\N",
    ),
    *("2026-03-02", "2026-02-30", "9999-12-31", "0001-01-01", "2026-03-29T02:30", "2026-10-25T02:30+01:00", "24:00"),
    *("999999999999999999999", "1e9", "NaN", "-0", "²", "V1", "P1", "x" * 200, "{r}", "%s", "'", "ja", "F", "avslag"),
]


@st.composite
def forandrade(draw: st.DrawFn) -> Filer:
    """The small package with a few places in it cut out, doubled or overwritten."""
    filer = dict(BAS)
    if draw(st.booleans()):
        filer["borttag"] = "fil;id;datum\nnarvaro;V1;2026-03-02\n"
    for _ in range(draw(st.integers(1, 3))):
        fil = draw(st.sampled_from(sorted(filer)))
        text = filer[fil]
        start = draw(st.integers(0, len(text)))
        slut = draw(st.integers(start, min(start + 12, len(text))))
        mitt = draw(st.sampled_from([*BITAR, text[start:slut] * 2]))
        filer[fil] = text[:start] + mitt + text[slut:]
    return filer


def rakna() -> list[int]:
    return [modell.objects.count() for modell in MODELLER]


def forsok(paket: Path) -> None:
    """Take it in, and undo it. Refused: nothing is stored."""
    fore = rakna()
    with transaction.atomic():
        fel = _felen(paket)
        assert fel is None or rakna() == fore
        transaction.set_rollback(True)
    if fel:
        assert fel.antal >= len(list(fel)) > 0
        assert all(ett.text and "Databasen svarar" not in ett.text for ett in fel), [str(ett) for ett in fel]


def _felen(paket: Path) -> Felsamling | None:
    try:
        las_in(paket, av=None)
    except PaketFel as fel:
        return fel.fel
    return None


INSTALLNING = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@INSTALLNING
@given(filer=forandrade())
def test_ett_forvanskat_paket_avvisas_eller_las_in_helt(filer: Filer, tmp_path_factory: Any, db: None) -> None:
    forsok(skriv(tmp_path_factory.mktemp("paket"), filer))


@pytest.mark.parametrize("sort", ["zip", "xlsx"])
def test_ett_skadat_arkiv_avvisas_eller_las_in_helt(sort: str, tmp_path: Path, db: None) -> None:
    slump = random.Random(1)
    helt = (skriv_zip if sort == "zip" else skriv_xlsx)(tmp_path / f"hel.{sort}", BAS).read_bytes()
    for nummer in range(40):
        skadat = bytearray(helt)
        for _ in range(slump.randint(1, 4)):
            skadat[slump.randrange(len(skadat))] = slump.randrange(256)
        paket = tmp_path / f"{nummer}.{sort}"
        paket.write_bytes(bytes(skadat))
        forsok(paket)
