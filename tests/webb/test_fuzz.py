"""Whatever is sent by hand, to whatever address, is answered: no error page, and nothing half stored.

Each address is opened by somebody with the right to it, with odd values in every parameter that a view of ours reads,
and each form on it is sent with odd values in every field. Which values where is drawn with a seed that is the role,
so a failure comes again. INSATSKOLLEN_UDDA=10 draws ten times as many: for a long look when forms have changed.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from traceback import extract_tb
from typing import Any
from urllib.parse import urlencode, urlsplit

import lxml.html
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from beslut.actions.lasning import anteckna_lasning
from beslut.actions.loggkontroll import dra_urval
from beslut.loggkontroll import Urval
from beslut.models import Nivabedomning
from ersattning.models import Avvikelse, Ersattningsrad
from grund import klocka
from grund.behorighet import RATTER, Ratt, Roll
from grund.models import Anvandare, Handelse
from grund.tid import EN_DAG
from tests.kedja import direkt
from tests.webb import test_tillgang  # noqa: F401  what it imports adds its ids to the world
from tests.webb.adresser import ADRESSER, OPPEN, Adress
from tests.webb.varld import START, TILLAGG, Varld, Vems, bygg

ROT = Path(__file__).resolve().parents[2]
GANGER = int(os.environ.get("INSATSKOLLEN_UDDA", "1"))
FRAGOR, FYLLNINGAR = 2 * GANGER, 4 * GANGER
UDDA = (
    "", " ", "\0", "x\0y", "0", "-1", "9" * 19, "9" * 25, "9" * 5000, "NaN", "Infinity", "1e999", "1,5", "9999-12-31",
    "0001-01-01", "2026-02-30", "9999-12", "0000-00", "24:00", "99:99", "🙂", "e\u0301" * 50, "\ud800", "\u202e\u2028",
    "../" * 20,
    "' OR 1=1 --", "<script>", "%00", "{}", "[1]", '{"a": {"b": []}}', "null", "å" * 100_000, "a\nb" * 40_000,
)  # fmt: skip
LAST_AV = re.compile(
    r"request\.(?:GET|POST)(?:\.get|\.getlist|\.dict)?[\[(]\"([\w-]+)\"|\"([\w-]+)\" (?:not )?in request\."
)
_EJ_RAKNADE = {"Lasning", "Session", "Inskick"}  # the log is written before the page is made


@dataclass
class Formular:
    """A form of a page: its fields with what they hold, and the kind of each."""

    adress: str
    falt: dict[str, list[str]] = field(default_factory=dict)
    val: dict[str, list[str]] = field(default_factory=dict)
    filer: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sanding:
    """A request that is tried."""

    namn: str
    metod: str
    adress: str
    data: Any = None
    typ: str = ""


@pytest.fixture(scope="module")
def _byggd(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Varld]:
    """One world for all roles; whatever is stored is undone."""
    mapp = tmp_path_factory.mktemp("varld")
    with django_db_blocker.unblock(), override_settings(**_mappar(mapp)), transaction.atomic():
        yield _bygg(mapp)
        transaction.set_rollback(True)


@pytest.fixture
def varld(_byggd: Varld, db: None) -> Iterator[Varld]:
    with override_settings(**_mappar(_byggd.mapp)):
        yield _byggd


def _mappar(mapp: Path) -> dict[str, Path]:
    return {"FILER_DIR": mapp / "filer", "INTYG_DIR": mapp / "intyg"}


def _bygg(mapp: Path) -> Varld:
    """The world of the tests of access, with a calculated month, a control of the log, and a user to look at."""
    ny = bygg(mapp, *TILLAGG)
    Nivabedomning.objects.filter(nyckel="N-ANNANS").update(niva="9")  # without a price: an avvikelse
    direkt.kor("2026-05")
    egna = ny.ids[Vems.EGEN]
    egna["rad"] = Ersattningsrad.objects.filter(person=egna["person"]).values_list("pk", flat=True)[0]
    egna["avvikelse"] = Avvikelse.objects.values_list("pk", flat=True)[0]
    anteckna_lasning(personer=[int(egna["person"])], av=ny.anvandare[Roll.HANDLAGGARE], sida="akt")
    urval = Urval(START, klocka.idag() + EN_DAG)
    egna["kontroll"] = dra_urval(urval=urval, storlek=1, fro=1, av=ny.anvandare[Roll.GRUPPCHEF], nu=klocka.nu()).pk
    egna["anvandare"] = Anvandare.objects.create_user("nagon", roller=[Roll.HANDLAGGARE]).pk
    return ny


def _mal(adress: Adress, varld: Varld) -> str:
    ids = varld.ids[Vems.EGEN]
    mall = adress.mall.replace("/anvandare/0/", "/anvandare/{anvandare}/").replace(
        "/loggkontroll/999999/", "/loggkontroll/{kontroll}/"
    )
    return mall.format(**ids)


def _lasta_namn() -> list[str]:
    """The names that views of ours read from what is sent, so that a new one is tried too."""
    kod = "".join(
        fil.read_text(encoding="utf-8")
        for app in apps.get_app_configs()
        for fil in Path(app.path).glob("**/*.py")
        if Path(app.path).parent == ROT
    )
    filter_ = {namn for par in LAST_AV.findall(kod) for namn in par if namn}
    return sorted(
        filter_
        | {"page", "sort", "typ", "insats", "niva", "enhet", "utforare", "artikel", "kod", "csrfmiddlewaretoken"}
    )


def _provas_av(vem: object) -> Roll | None:
    """Who tries the addresses that are for `vem`: the first role with the right; None = nobody who is signed in."""
    if vem == OPPEN:
        return None
    return next(roll for roll in Roll if not isinstance(vem, Ratt) or roll in RATTER[vem])


PROVARE = list(dict.fromkeys(_provas_av(adress.vem) for adress in ADRESSER.values()))


@pytest.mark.parametrize("roll", PROVARE)
def test_whatever_is_sent_is_answered_and_nothing_is_half_stored(varld: Varld, roll: Roll | None) -> None:
    klient, slump = Client(raise_request_exception=True), Random(str(roll))
    if roll:
        klient.force_login(varld.anvandare[roll])
    mal = {namn: _mal(adress, varld) for namn, adress in ADRESSER.items() if _provas_av(adress.vem) == roll}
    formular = [form for namn, adress in mal.items() if not ADRESSER[namn].post for form in _formular(klient, adress)]
    formular += [
        Formular(adress, {namn: ["1"] for namn in _lasta_namn()}) for namn, adress in mal.items() if ADRESSER[namn].post
    ]
    fore = _rader()  # all is undone after each, so it holds for all
    fel = [
        f"{sanding.metod} {sanding.adress} {str(sanding.data)[:200]}: {vad}"
        for sanding in [*_fragor(mal, slump), *_inskick(formular, slump)]
        if (vad := _fel(klient, sanding, fore))
    ]
    assert not fel, "\n".join(sorted(set(fel))[:20])


def _formular(klient: Client, adress: str) -> list[Formular]:
    """The forms that post, of a page."""
    svar = klient.get(adress)
    if svar.streaming:
        svar.getvalue()
    if svar.streaming or not svar.headers.get("Content-Type", "").startswith("text/html") or not svar.content:
        return []
    return [_ett(form, adress) for form in lxml.html.fromstring(svar.content).xpath("//main//form[@method='post']")]


def _ett(form: Any, adress: str) -> Formular:
    svar = Formular(urlsplit(form.get("action") or adress).path)
    for ett in form.xpath(".//*[@name]"):
        namn, typ = ett.get("name"), ett.get("type", ett.tag)
        if typ == "file":
            svar.filer.append(namn)
        elif ett.tag == "select":
            svar.val[namn] = [val.get("value", "") for val in ett.xpath(".//option") if val.get("value")]
        elif typ in {"radio", "checkbox", "submit"}:
            svar.val.setdefault(namn, []).append(ett.get("value", "on"))
        else:
            svar.falt[namn] = [
                ett.get("value", ""),
                *{"date": ["2026-06-03"], "number": ["1"], "time": ["09:00"]}.get(typ, ["Några ord."]),
            ]
    return svar


def _fragor(mal: Mapping[str, str], slump: Random) -> Iterator[Sanding]:
    namnen = _lasta_namn()
    for namn, adress in mal.items():
        for pk in (str(2**63), "9" * 25, "9" * 5000):
            yield Sanding(namn, "POST" if ADRESSER[namn].post else "GET", re.sub(r"\b\d+(?=/)", pk, adress), {})
        if ADRESSER[namn].post:
            continue
        korta = [ett for ett in UDDA if len(ett) < 6000]
        for udda in ("0001-01-01", "9999-12-31", *slump.sample(korta, min(FRAGOR, len(korta)))):
            fraga = urlencode(dict.fromkeys(namnen, udda), errors="surrogatepass")
            yield Sanding(namn, "GET", f"{adress}?{fraga}")


def _inskick(formular: list[Formular], slump: Random) -> Iterator[Sanding]:
    for form in formular:
        for nummer in range(FYLLNINGAR):
            yield Sanding("", "POST", form.adress, _ifyllt(form, slump, nummer))
        udda = {"celler": [{"namn": "n-1-2026-05-04", "nytt": slump.choice(UDDA), "sag": None}]}
        yield Sanding("", "POST", form.adress, json.dumps(udda), "application/json")
        yield Sanding("", "POST", form.adress, "a=%ED%A0%80&b=%FF&" + "c=1&" * 100, "application/x-www-form-urlencoded")


def _ifyllt(form: Formular, slump: Random, nummer: int) -> dict[str, list[str]]:
    """Everything odd; all that is typed odd; or one field odd among what would do."""
    duger = {namn: [slump.choice(varden)] for namn, varden in form.falt.items()}
    duger |= {namn: [slump.choice(varden)] for namn, varden in form.val.items() if varden and slump.random() < 0.8}
    udda = slump.choice(UDDA)
    if nummer % 7 == 0:
        return {namn: [udda] for namn in (*form.falt, *form.val, *form.filer)}
    if nummer % 7 == 1:
        return duger | {namn: [slump.choice(UDDA)] for namn in form.falt}
    if nummer % 7 == 2:
        return {namn: [*varden, udda, *varden] for namn, varden in duger.items()}
    return duger | {namn: [udda] for namn in slump.sample(sorted({*form.falt, *form.val}), 1) if form.falt or form.val}


def _fel(klient: Client, sanding: Sanding, fore: dict[str, int]) -> str:
    """What was wrong with the answer, or with what it left behind; all of it is undone."""
    try:
        with transaction.atomic():
            svar = _skicka(klient, sanding)
            efter = _rader()
            transaction.set_rollback(True)
    except Exception as fel:  # noqa: BLE001  whatever it is, it is what the test looks for
        rader = [f"{ram.filename}:{ram.lineno}" for ram in extract_tb(fel.__traceback__)]
        egna = [rad for rad in rader if "/.venv/" not in rad and "/tests/" not in rad]
        return f"{type(fel).__name__} {str(fel)[:150]} {(egna or rader)[-1]}"
    if svar.status_code >= 500 and not sanding.adress.startswith("/halsa/redo/"):  # no worker is up
        return f"svarade {svar.status_code}"
    handelser = Handelse._meta.db_table
    if efter != fore and (svar.status_code >= 400 or efter[handelser] == fore[handelser]):
        andrade = [tabell for tabell in fore if fore[tabell] != efter[tabell]]
        return f"svarade {svar.status_code}, men ändrade {andrade}"
    return ""


def _skicka(klient: Client, sanding: Sanding) -> HttpResponse:
    if sanding.metod == "GET":
        svar = klient.get(sanding.adress)
        if svar.streaming:
            svar.getvalue()  # a file is closed when it has been read
        return svar
    if sanding.typ:
        return klient.generic("POST", sanding.adress, sanding.data, content_type=sanding.typ)
    kropp = urlencode(sanding.data, doseq=True, errors="surrogatepass")
    return klient.generic("POST", sanding.adress, kropp, content_type="application/x-www-form-urlencoded")


@cache
def _tabeller() -> list[str]:
    return sorted(
        modell._meta.db_table
        for modell in apps.get_models()
        if modell.__name__ not in _EJ_RAKNADE
        and modell._meta.app_label in {"grund", "beslut", "utforare", "ersattning", "uppfoljning"}
    )


def _rader() -> dict[str, int]:
    """How many rows there are in each table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {tabell})" for tabell in _tabeller()))
        return dict(zip(_tabeller(), cursor.fetchone(), strict=True))


def test_every_address_is_tried_by_somebody_who_may_open_it() -> None:
    for adress in ADRESSER.values():
        roll = _provas_av(adress.vem)
        assert roll in PROVARE
        assert roll is None or not isinstance(adress.vem, Ratt) or roll in RATTER[adress.vem]
