"""docker-compose.yml keeps to the rules of the house: nothing has more than it needs, and no secret is in sight."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

ROT = Path(settings.BASE_DIR)
FIL = ROT / "docker-compose.yml"
COMPOSE: dict[str, Any] = yaml.safe_load(FIL.read_text(encoding="utf-8"))
TJANSTER: dict[str, dict[str, Any]] = COMPOSE["services"]
EGNA = [namn for namn, ett in TJANSTER.items() if "build" in ett]
HEMLIGA = {"SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASE_PASSWORD", "DATABASE_OWNER_PASSWORD", "REDIS_PASSWORD"} | {
    "INSATSKOLLEN_OIDC_HEMLIGHET"
}
# Who is root, with which capabilities, and why.
SOM_ROOT = {"aterstall": ["CHOWN", "DAC_OVERRIDE", "FOWNER"]}  # lays files that belong to two users, and ends
SLUTAR = {"migrera", "aterstall"}
# Settings that compose does not pass on, and why.
INTE_VIDARE = {
    "INSATSKOLLEN_LAGE": "only development",
    "INSATSKOLLEN_DEBUG": "only development",
    "INSATSKOLLEN_IDAG": "only development",
    "INSATSKOLLEN_DATA": "set by the image",
    "INSATSKOLLEN_PGBOUNCER": "only for the web",
    "INSATSKOLLEN_WEBB": "only for the web",
}

alla = pytest.mark.parametrize("namn", TJANSTER)


@alla
def test_no_service_may_more_than_it_must(namn: str) -> None:
    ett = TJANSTER[namn]
    if namn in SOM_ROOT:
        assert (ett["restart"], ett["profiles"]) == ("no", [namn])  # never by itself
    else:
        assert ett["user"].partition(":")[0] not in {"", "0", "root"}
    assert ett["read_only"] is True
    assert ett["cap_drop"] == ["ALL"]
    assert ett.get("cap_add", []) == SOM_ROOT.get(namn, [])
    assert "privileged" not in ett
    assert ett["security_opt"] == ["no-new-privileges:true"]
    assert not any("docker.sock" in str(volym) for volym in ett.get("volumes", []))


@alla
def test_every_service_has_bounds_and_a_log_that_ends(namn: str) -> None:
    ett = TJANSTER[namn]
    assert ett["cpus"]
    assert ett["mem_limit"]
    assert ett["pids_limit"]
    assert ett["logging"]["options"]["max-size"]
    assert all("size=" in plats for plats in ett.get("tmpfs", []))


@alla
def test_every_service_that_stays_up_tells_how_it_is(namn: str) -> None:
    ett = TJANSTER[namn]
    if ett["restart"] == "no":
        assert ett["healthcheck"] == {"disable": True}
        assert namn in SLUTAR
    else:
        assert ett["healthcheck"]["test"]


@alla
def test_no_service_has_a_secret_in_its_environment_or_a_default_for_one(namn: str) -> None:
    for variabel, varde in TJANSTER[namn].get("environment", {}).items():
        assert variabel not in HEMLIGA
        assert not re.search(r"PASSWORD$|HEMLIGHET$|SECRET_KEY$|TOKEN$", variabel)
        assert not re.search(r"://[^/@]*:[^/@]+@", str(varde)), variabel
        if variabel.endswith("_FILE"):
            assert varde.removeprefix("/run/secrets/") in TJANSTER[namn]["secrets"]


def test_secrets_are_files() -> None:
    for namn, ett in COMPOSE["secrets"].items():
        assert ett["file"].startswith("${HEMLIGHETER:-./hemligheter}/"), namn
    assert "/hemligheter/" in (ROT / ".gitignore").read_text().splitlines()


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [namn for namn, ett in TJANSTER.items() if "ports" in ett] == ["proxy"]
    natverk = COMPOSE["networks"]
    inre = {namn for namn, ett in natverk.items() if ett.get("internal")}
    assert inre == {"data", "fram"}
    for namn in ("databas", "ko", "arbetare", "rapportarbetare", "klocka", "migrera", "kopia", "aterstall"):
        assert set(TJANSTER[namn]["networks"]) == {"data"}, namn
    assert "data" not in TJANSTER["proxy"]["networks"]


def _installningar() -> set[str]:
    """The variables that the settings read, from their own list and from the code."""
    text = (ROT / "config/settings.py").read_text(encoding="utf-8") + (ROT / "config/inloggning/idp.py").read_text()
    listade = re.findall(r"^(?:ALLOWED_HOSTS|INSATSKOLLEN_[A-Z_]+[A-Z])(?!_)\b", text, re.MULTILINE)
    lasta = re.findall(r'(?:os\.environ(?:\.get\(|\[)|_hemlig\()"(\w+)"', text)
    return {*listade, *lasta}


@pytest.mark.parametrize("namn", EGNA)
def test_every_setting_is_passed_on_or_said_not_to_be(namn: str) -> None:
    ges = {variabel.removesuffix("_FILE") for variabel in TJANSTER[namn]["environment"]}
    assert _installningar() - ges - INTE_VIDARE.keys() == set()


def test_every_setting_stands_in_the_manual() -> None:
    bok = (ROT / "docs/drift.md").read_text(encoding="utf-8")
    assert [namn for namn in sorted(_installningar() | HEMLIGA) if f"`{namn}`" not in bok] == []


def test_the_image_runs_as_nobody_in_particular() -> None:
    dockerfile = (ROT / "Dockerfile").read_text(encoding="utf-8")
    bygge = re.split(r"^FROM (?=.*system)", dockerfile, flags=re.MULTILINE)[1:]
    assert [re.findall(r"^USER (\S+)", ett, re.MULTILINE)[-1:] for ett in bygge] == [
        ["insatskollen"],
        ["insatskollen"],  # of `kopia`, which is root while it installs
        [],  # what is built when no target is named: the first again
    ]
    assert "--uid 10001" in dockerfile
    slapps_in = (ROT / ".dockerignore").read_text().splitlines()
    assert {"*", "!gunicorn.conf.py"} <= set(slapps_in)
    assert not any("hemlig" in rad for rad in slapps_in)


def test_backups_have_the_databases_own_version_of_its_tools_and_a_bound_on_what_waits_for_them() -> None:
    (version,) = re.findall(r"postgres:(\d+)", TJANSTER["databas"]["image"])
    assert f"postgresql-client-{version}" in (ROT / "Dockerfile").read_text(encoding="utf-8")
    assert any(ett.startswith("max_slot_wal_keep_size=") for ett in TJANSTER["databas"]["command"])
    for namn in ("kopia", "aterstall"):
        assert TJANSTER[namn]["build"]["target"] == "kopia"
        assert "KOPIA_DATABASE_URL" in TJANSTER[namn]["environment"]
    assert "databas_agare_losenord" not in TJANSTER["kopia"]["secrets"]
    assert "kopia_losenord" not in TJANSTER["aterstall"]["secrets"]


def test_every_service_that_the_manuals_name_is_there() -> None:
    """Whoever stands by the fire copies what is written."""
    for bok in ("drift.md", "nar_det_brinner.md", "skala.md"):
        text = (ROT / "docs" / bok).read_text(encoding="utf-8")
        for rad in re.findall(r"docker compose (?:stop|up|exec|logs|run|restart)\b([^`#\n&|]*)", text):
            ord_ = re.sub(r"(?:-v|-e|--scale|--format|--wait-timeout) \S+|--?[\w-]+", "", rad).split()
            namn = ord_ if "python" not in ord_ and "sh" not in ord_ and "psql" not in ord_ else ord_[:1]
            if namn[:1] == ["aterstall"]:
                namn = namn[:1]
            assert set(namn) <= TJANSTER.keys() | {"…", "\\"}, f"{bok}: {rad}"


def test_the_long_and_the_short_have_workers_of_their_own() -> None:
    for namn, ko in (
        ("arbetare", settings.CELERY_TASK_DEFAULT_QUEUE.split("-")[0]),
        ("rapportarbetare", settings.RAPPORTKO),
    ):
        kommando = TJANSTER[namn]["command"]
        assert kommando[kommando.index("-Q") + 1] == ko


def _compose() -> list[str]:
    for argv in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(argv[0]):
            svar = subprocess.run([*argv, "version", "--short"], capture_output=True, text=True, check=False)
            if svar.returncode == 0 and not svar.stdout.startswith("1."):
                return argv
    return []


@pytest.mark.skipif(not _compose(), reason="docker compose (v2) finns inte här")
def test_docker_compose_itself_reads_the_file_and_says_what_is_missing(tmp_path: Path) -> None:
    subprocess.run([ROT / "drift/hemligheter", tmp_path / "h"], check=True, capture_output=True)
    miljo = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "HEMLIGHETER": str(tmp_path / "h")}
    argv = [*_compose(), "-f", str(FIL), "--env-file", "/dev/null", "config", "--quiet"]
    svar = subprocess.run(argv, env=miljo, capture_output=True, text=True, check=False)
    assert "Sätt ALLOWED_HOSTS till namnet" in svar.stderr
    givet = miljo | {"ALLOWED_HOSTS": "a.example", "INSATSKOLLEN_KOMMUN": "Ekstads kommun"}
    svar = subprocess.run(argv, env=givet, capture_output=True, text=True, check=False)
    assert (svar.returncode, svar.stderr) == (0, "")


def test_secrets_are_made_once_long_and_for_root_alone(tmp_path: Path) -> None:
    def gor() -> str:
        return subprocess.run(
            [ROT / "drift/hemligheter", tmp_path / "h"], check=True, capture_output=True, text=True
        ).stdout

    assert "gjorde" in gor()
    fore = {fil.name: fil.read_text() for fil in (tmp_path / "h").iterdir()}
    assert "gjorde" not in gor()
    assert fore == {fil.name: fil.read_text() for fil in (tmp_path / "h").iterdir()}
    assert (tmp_path / "h").stat().st_mode & 0o777 == 0o700
    langa = [text for text in fore.values() if text]
    assert len(set(langa)) == len(langa) == 6
    assert all(re.fullmatch(r"[\w-]{64}", text) for text in langa)
    filer = {Path(ett["file"]).name for ett in COMPOSE["secrets"].values()}
    assert filer - fore.keys() == {
        "tls_certifikat.pem",  # the municipality's own
        "tls_nyckel.pem",
        "kopia_mottagare",  # the public half of a key that is never here
    }
