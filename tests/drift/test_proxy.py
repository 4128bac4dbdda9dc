"""The proxy as nginx itself runs it: what the client says of itself goes no further, and only the web is shown."""

import http.client
import http.server
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

KALLA = Path(settings.BASE_DIR) / "drift/proxy"
NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")

finns = pytest.mark.skipif(NGINX is None, reason="nginx finns inte här")


class _Eko(http.server.BaseHTTPRequestHandler):
    """A web that answers with the headers that reached it."""

    def do_GET(self) -> None:
        kropp = "\n".join(f"{namn.lower()}={text}" for namn, text in self.headers.items()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(kropp)))
        self.end_headers()
        self.wfile.write(kropp)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name is the base class's
        """Nothing."""


def _ledig() -> int:
    with socket.socket() as uttag:
        uttag.bind(("127.0.0.1", 0))
        return int(uttag.getsockname()[1])


def _certifikat(mapp: Path) -> None:
    nyckel = ec.generate_private_key(ec.SECP256R1())
    namn = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "insatskollen.example")])
    nu = datetime.now(UTC)
    bygge = x509.CertificateBuilder(namn, namn, nyckel.public_key(), 1, nu, nu + timedelta(days=1))
    cert = bygge.sign(nyckel, hashes.SHA256())
    (mapp / "tls_certifikat").write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    privat = nyckel.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (mapp / "tls_nyckel").write_bytes(privat)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """nginx with the real configuration: only places and ports are others."""
    mapp = tmp_path_factory.mktemp("proxy")
    webb = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Eko)
    threading.Thread(target=webb.serve_forever, daemon=True).start()
    _certifikat(mapp)
    https, port = _ledig(), 0
    text = (KALLA / "nginx.conf").read_text(encoding="utf-8")
    for fran, till in (
        ("/tmp/", f"{mapp}/"),  # noqa: S108
        ("/run/secrets/", f"{mapp}/"),
        ("/dev/stdout", str(mapp / "logg")),
        ("/dev/stderr", str(mapp / "fel")),
        ("listen 8080", f"listen 127.0.0.1:{_ledig()}"),
        ("listen 8443", f"listen 127.0.0.1:{https}"),
    ):
        assert fran in text
        text = text.replace(fran, till)
    (mapp / "nginx.conf").write_text(f"user root;\n{text}" if os.geteuid() == 0 else text)
    (mapp / "webbar.conf").write_text(f"server 127.0.0.1:{webb.server_address[1]};\n")
    argv = [str(NGINX), "-c", str(mapp / "nginx.conf"), "-g", "daemon off;"]
    subprocess.run([*argv, "-t", "-q"], check=True)
    process = subprocess.Popen(argv)
    for _ in range(1200):
        with socket.socket() as uttag:
            if uttag.connect_ex(("127.0.0.1", https)) == 0:
                port = https
                break
        time.sleep(0.05)
    assert port
    yield port
    process.terminate()
    process.wait(60)
    webb.shutdown()
    webb.server_close()


def _fraga(port: int, vag: str, metod: str = "GET", kropp: bytes | None = None, **huvuden: str) -> tuple[int, str]:
    litar = ssl.create_default_context()
    litar.check_hostname, litar.verify_mode = False, ssl.CERT_NONE
    linje = http.client.HTTPSConnection("127.0.0.1", port, context=litar, timeout=60)
    try:
        linje.request(metod, vag, kropp, {namn.replace("_", "-"): text for namn, text in huvuden.items()})
        svar = linje.getresponse()
        return svar.status, svar.read().decode()
    finally:
        linje.close()


@finns
def test_what_a_client_says_of_where_it_comes_from_is_dropped(port: int) -> None:
    status, text = _fraga(
        port,
        "/",
        Host="insatskollen.example",
        X_Forwarded_For="10.9.9.9",
        X_Forwarded_Proto="http",
        X_Forwarded_Host="ond.example",
        X_Real_IP="10.9.9.9",
        Forwarded="for=10.9.9.9",
        X_Request_ID="ett-eget",
    )
    huvuden = dict(rad.split("=", 1) for rad in text.splitlines())
    assert status == 200
    assert huvuden["host"] == "insatskollen.example"
    assert (huvuden["x-forwarded-for"], huvuden["x-forwarded-proto"]) == ("127.0.0.1", "https")
    assert len(huvuden["x-request-id"]) == 32
    assert "10.9.9.9" not in text
    assert "ond.example" not in text
    assert "ett-eget" not in text


@finns
@pytest.mark.parametrize(
    "vag", ["/halsa/", "/halsa/redo/", "/matvarden/", "/matvarden", "/%6datvarden/", "//matvarden/"]
)
def test_how_the_system_is_is_not_shown_outside(port: int, vag: str) -> None:
    assert _fraga(port, vag)[0] == 404


@finns
def test_the_log_says_which_request_and_never_which_address(
    port: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _fraga(port, "/personer/199002029818/?namn=Anna", Referer="https://a.example/?namn=Anna")
    mapp = tmp_path_factory.getbasetemp() / "proxy0"  # the fixture's
    rader = (mapp / "logg").read_text().splitlines()
    assert re.fullmatch(r"\S+ 127.0.0.1 GET 200 \d+ [\d.]+ [0-9a-f]{32}", rader[-1])
    assert not re.search(r"Anna|9818", (mapp / "logg").read_text() + (mapp / "fel").read_text())


def test_no_log_of_the_proxys_holds_an_address() -> None:
    """Also where nginx is not installed."""
    rader = [
        rad for rad in (KALLA / "nginx.conf").read_text("utf-8").splitlines() if "_log" in rad or "log_format" in rad
    ]
    assert len(rader) == 3
    assert not re.search(r"\$(uri|request|request_uri|args|query_string|http_\w+|arg_\w+|cookie_\w+)\b", "".join(rader))


@finns
def test_a_body_that_is_too_large_is_refused_before_the_web_sees_it(port: int) -> None:
    assert _fraga(port, "/", "POST", Content_Length=str(65 * 1024 * 1024))[0] == 413
    assert _fraga(port, "/", "POST", b"a" * 100_000)[0] == 200


def test_one_instance_at_a_time_rests_while_it_is_changed(tmp_path: Path) -> None:
    """drift/rulla asks for it; nginx itself is not needed to see what it would read."""
    text = (KALLA / "ur_bruk.sh").read_text(encoding="utf-8")
    plats = tmp_path / "nginx"
    plats.mkdir()
    (tmp_path / "ur_bruk").write_text(text.replace("/tmp/nginx", str(plats)).replace("/etc/insatskollen", str(KALLA)))  # noqa: S108
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/nginx").write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/sagt\n')
    (tmp_path / "bin/nginx").chmod(0o755)
    miljo = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}

    def kor(*vilken: str) -> int:
        return subprocess.run(
            ["sh", tmp_path / "ur_bruk", *vilken], env=miljo, capture_output=True, check=False
        ).returncode

    assert kor("webb2") == 0
    rader = (plats / "webbar.conf").read_text().splitlines()
    assert [rad.endswith(" down;") for rad in rader if rad.startswith("server ")] == [False, True]
    assert [rad.rpartition("-")[2] for rad in (tmp_path / "sagt").read_text().splitlines()] == ["q", "s reload"]
    assert kor("webb3") == 1
    assert kor() == 0
    assert (plats / "webbar.conf").read_text() == (KALLA / "webbar.conf").read_text()
