"""Nobody's number, name or secret in what the web writes beside the pages: logs, addresses, messages, events, names of
files. Every form is opened and sent wrong, with a person's data in every field of it. What all the other tests of
pages log is looked through by tests/webb/conftest.py, and every page's addresses by tests/webb/test_tillgang.py.

What workers, the queue's files and PostgreSQL write is looked through in tests/kedja/test_inga_uppgifter.py.
"""

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as installningar
from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import Max
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from grund.behorighet import RATTER, Ratt
from grund.insyn.logg import formaterare
from grund.insyn.modeller import Langsamhet, Uppgiftsfel
from grund.models import Handelse
from tests.insyn.leta import Folk, adresser_i
from tests.webb import test_tillgang  # noqa: F401  what it imports adds its ids to the world
from tests.webb.adresser import ADRESSER, OPPEN, Adress
from tests.webb.varld import TILLAGG, Varld, Vems, bygg

HEMLIGT = "Hemligt-losenord-som-ingen-ska-se"
NUMMER, NAMN = "19900202-9818", "Anna Ek"
_FALT = re.compile(r'<(?:input|select|textarea)[^>]*\bname="([^"]+)"')
ANDRAS = {"openid_connect_login", "openid_connect_callback"}


@pytest.fixture(scope="module")
def varld(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Varld]:
    mapp = tmp_path_factory.mktemp("varld")
    with django_db_blocker.unblock(), override_settings(INTYG_DIR=mapp / "intyg"), transaction.atomic():
        yield bygg(mapp, *TILLAGG)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def skrivet(varld: Varld, django_db_blocker: DjangoDbBlocker) -> "Skrivet":
    """What was written while every address was asked by somebody who may, as JSON lines."""
    skrivet, strom = Skrivet(), io.StringIO()
    hanterare = logging.StreamHandler(strom)
    hanterare.setFormatter(formaterare(json=True, hemligheter=[]))
    rot = logging.getLogger()
    rot.addHandler(hanterare)
    insyn = logging.getLogger("insatskollen")
    niva, insyn.level = insyn.level, logging.DEBUG
    try:
        with django_db_blocker.unblock(), override_settings(INSYN_SPARA=True, INSYN_SPARA_I_TRANSAKTION=True):
            for namn, adress in ADRESSER.items():
                if namn not in ANDRAS and (adress.post or adress.skriver):
                    skrivet.ga(varld, adress)
    finally:
        rot.removeHandler(hanterare)
        insyn.level = niva
    skrivet.logg = strom.getvalue()
    return skrivet


class Skrivet:
    """A robot's walk, and what came of it."""

    def __init__(self) -> None:
        self.logg = ""
        self.adresser: set[tuple[str, str]] = set()
        self.filer: set[tuple[str, str]] = set()
        self.klienter: dict[Any, Client] = {}
        self.antal = 0

    def klient(self, varld: Varld, adress: Adress) -> Client:
        fa = RATTER[adress.vem] if isinstance(adress.vem, Ratt) else frozenset()
        roll = next((ett for ett in varld.anvandare if ett in fa), None)
        if adress.vem == OPPEN:
            return Client(raise_request_exception=False)
        if roll not in self.klienter:
            self.klienter[roll] = Client(raise_request_exception=False)
            self.klienter[roll].force_login(varld.anvandare[roll] if roll else next(iter(varld.anvandare.values())))
        return self.klienter[roll]

    def ga(self, varld: Varld, adress: Adress) -> None:
        klient, mal = self.klient(varld, adress), adress.mall.format(**_UTAN | varld.ids[Vems.EGEN])
        falt: set[str] = {"namn", "sok", "personnummer", "password"}
        if not adress.post:
            svar = self._se(mal, klient.get(f"{mal}?sok={NUMMER}"))
            falt |= set(_FALT.findall(svar))
        if adress.post or adress.skriver:
            with transaction.atomic():  # whatever it stores is taken back: the next form meets the same world
                data = {namn: HEMLIGT if "passw" in namn or "losen" in namn else f"{NAMN} {NUMMER}" for namn in falt}
                senast = Handelse.objects.aggregate(senast=Max("pk"))["senast"] or 0
                self._se(mal, klient.post(mal, data))
                for ett in Handelse.objects.filter(pk__gt=senast):
                    self.filer.add((f"händelse efter {mal}", f"{ett.objekt} {ett.text} {ett.data}"))
                transaction.set_rollback(True)

    def _se(self, mal: str, svar: HttpResponse) -> str:
        self.antal += 1
        self.adresser.add((f"Location från {mal}", svar.headers.get("Location", "")))
        self.filer.add((mal, svar.headers.get("Content-Disposition", "")))
        if svar.streaming or not svar.headers.get("Content-Type", "").startswith("text/html"):
            return ""
        self.adresser |= {(mal, ett) for ett in adresser_i(svar) if NUMMER not in ett}  # what the robot wrote itself
        return svar.content.decode()


_UTAN: dict[str, int | str] = dict.fromkeys(
    {ord_ for adress in ADRESSER.values() for ord_ in re.findall(r"\{(\w+)\}", adress.mall)}, 999_999
)


@pytest.fixture
def folk(varld: Varld, db: None) -> Folk:
    return Folk.alla()


def test_the_robot_has_been_everywhere(skrivet: Skrivet) -> None:
    assert skrivet.antal > sum(adress.post or adress.skriver for adress in ADRESSER.values())
    assert skrivet.logg.count('"event": "begäran"') >= skrivet.antal - 30  # health and the like are silent


def test_no_person_and_no_secret_in_the_log(skrivet: Skrivet, folk: Folk) -> None:
    assert list(folk.i([("logg", skrivet.logg)])) == []
    assert HEMLIGT not in skrivet.logg
    assert str(installningar.SECRET_KEY) not in skrivet.logg
    assert "csrfmiddlewaretoken" not in skrivet.logg
    assert "?sok" not in skrivet.logg


def test_nor_of_a_user_more_than_the_key(skrivet: Skrivet, varld: Varld) -> None:
    for anvandare in varld.anvandare.values():
        assert anvandare.username not in skrivet.logg


def test_no_person_in_any_address(skrivet: Skrivet, folk: Folk) -> None:
    assert list(folk.i(skrivet.adresser)) == []
    assert not [ett for ett in skrivet.adresser if HEMLIGT in ett[1]]


def test_no_person_in_names_of_files_or_events(skrivet: Skrivet, folk: Folk, varld: Varld) -> None:
    pa_disk = [("på disk", str(fil.relative_to(varld.mapp))) for fil in Path(varld.mapp).rglob("*")]
    alla = Handelse.objects.values_list("objekt", "text", "data")
    handelser = [("händelse", f"{objekt} {text} {data}") for objekt, text, data in alla]
    assert len(handelser) >= 4
    assert list(folk.i([*skrivet.filer, *pa_disk, *handelser])) == []


def test_no_person_in_what_operations_keep(skrivet: Skrivet, folk: Folk) -> None:
    kvar = [(ett.plats, ett.text) for ett in Langsamhet.objects.all()]
    kvar += [(ett.namn, f"{ett.objekt} {ett.mening}") for ett in Uppgiftsfel.objects.all()]
    assert list(folk.i(kvar)) == []


def test_no_person_in_valkey(skrivet: Skrivet, folk: Folk) -> None:
    """Keys and values: the queue's messages with their arguments, counts of attempts, kept reports."""
    klient: Any = caches["default"]._cache.get_client(None, write=True)
    sedda = []
    for nyckel in klient.scan_iter("*"):
        slag = klient.type(nyckel).decode()
        las = {
            "string": klient.get,
            "list": lambda namn: klient.lrange(namn, 0, -1),
            "hash": klient.hgetall,
            "set": klient.smembers,
            "zset": lambda namn: klient.zrange(namn, 0, -1),
        }.get(slag)
        sedda.append((str(nyckel), str(las(nyckel)) if las else ""))
    assert list(folk.i(sedda)) == []


def test_postgresql_logs_nothing_of_what_is_asked(db: None) -> None:
    """No statements, no DETAIL, no errors that quote: what ./dev and the compose file start it with."""
    vantat = {
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_statement": "none",
        "log_min_duration_statement": "-1",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(vantat)])
        assert dict(cursor.fetchall()) == vantat
    compose = (Path(installningar.BASE_DIR) / "docker-compose.yml").read_text(encoding="utf-8")
    for namn, varde in vantat.items():
        assert f"{namn}={varde}" in compose
