"""Nobody's number or name in what the services write: the workers' log, the queue's file, PostgreSQL's log, names of
files, and events; while months are run, fail, are settled, and a package with faults in it is read in."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.kedja.conftest import APRIL
from tests.kedja.drift import Drift, utfall, vanta_tills
from verktyg.miljo import MANAGE, ROT

Text = Iterator[tuple[str, str]]


def _skrivet(drift: Drift) -> Text:
    data = drift.tjanst.data
    for fil in [*data.glob("logg/*.log"), *data.glob("valkey/**/*")]:
        if fil.is_file():
            yield str(fil.relative_to(data)), fil.read_text(errors="replace")
    for fil in [*data.glob("filer/**/*"), *data.glob("intyg/**/*")]:
        yield "namn på fil", str(fil.relative_to(data))
    for rad in drift.sql("SELECT objekt || ' ' || text || ' ' || data::text FROM grund_handelse"):
        yield "händelse", str(rad[0])
    for rad in drift.sql("SELECT namn || ' ' || objekt || ' ' || mening FROM grund_uppgiftsfel"):
        yield "misslyckad uppgift", str(rad[0])
    for rad in drift.sql("SELECT plats || ' ' || text FROM grund_langsamhet"):
        yield "långsamt", str(rad[0])


def test_no_person_in_what_the_services_write(drift: Drift, tmp_path: Path) -> None:
    drift.tjanst.doda("arbetare")
    drift.starta_arbetare("tests.kedja.trasig", TRASIG="del", INSATSKOLLEN_LOGG="json")
    assert utfall(drift.starta("kor_manad", APRIL))[0] == 1
    drift.tjanst.doda("arbetare")
    drift.starta_arbetare()
    assert utfall(drift.starta("kor_manad", APRIL))[0] == 0
    vanta_tills(lambda: drift.sql("SELECT 1 FROM grund_uppgiftsfel"))

    ((nummer, fornamn, efternamn),) = drift.sql(
        "SELECT personnummer, fornamn, efternamn FROM beslut_person ORDER BY id LIMIT 1"
    )
    (tmp_path / "personer.csv").write_text(
        "person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden\n"
        f"P-NY;{nummer};{fornamn};{efternamn};9;kanske;i går\n",
        encoding="utf-8",
    )
    svar = subprocess.run(
        [sys.executable, "-P", str(MANAGE), "las_in", str(tmp_path)],
        cwd=ROT,
        env=drift.miljo,
        capture_output=True,
        text=True,
        check=False,
    )
    assert svar.returncode == 1

    folk = drift.sql("SELECT personnummer, fornamn || ' ' || efternamn FROM beslut_person")
    sokt = {ord_ for personnummer, namn in folk for ord_ in (personnummer, personnummer[2:], namn)}
    sokt |= {f"{personnummer[2:8]}-{personnummer[8:]}" for personnummer, _ in folk}
    sedda = list(_skrivet(drift))
    assert any("uppgiften misslyckades" in text for _, text in sedda)
    assert len(sokt) > 30
    assert [(var, ett) for var, text in sedda for ett in sokt if ett in text] == []
