"""Many utförare who save närvaro at once: a package of them, and what each of them sends."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from demokommun.personnummer import luhn
from grund.behorighet import Roll
from grund.datapaket.actions import las_in
from grund.models import Anvandare
from grund.tid import EN_DAG, Manad
from utforare.actions.tillhorighet import satt_enheter
from utforare.models import Enhet, Verkstallighet
from utforare.narvaroblad import faltnamn

PER_BUNT = 20  # cells in a batch, about what a page sends


@dataclass(frozen=True, slots=True)
class Rapportor:
    """Someone who reports for an enhet, and the batches of cells that they send."""

    anvandare: Anvandare
    enhet: Enhet
    buntar: tuple[list[dict[str, str]], ...]


def skriv_paket(mapp: Path, *, utforare: int, personer: int, manad: Manad) -> None:
    """A package of so many utförare, each with one enhet of daily activity and so many persons."""
    mapp.mkdir(parents=True, exist_ok=True)
    alla = [(u, p) for u in range(utforare) for p in range(personer)]
    start, fil = manad.fran.isoformat(), {}
    fil["utforare"] = ["utforare_id;namn;organisationsnummer;regi"]
    fil["utforare"] += [f"RU{u};Utförare {u};5599000006;privat" for u in range(utforare)]
    fil["enheter"] = ["enhet_id;utforare_id;namn", *(f"RE{u};RU{u};Enhet {u}" for u in range(utforare))]
    fil["prislistor"] = ["prislista_id;namn", "RP;Priser"]
    fil["priser"] = ["prislista_id;insats;omfattning;enhet;belopp;fran", f"RP;LSS-10;;dag;1000;{start}"]
    fil["avtal"] = ["avtal_id;utforare_id;insats;avtalsform;prislista_id;modell;fran;franvaro"]
    fil["avtal"] += [f"RA{u};RU{u};LSS-10;lov;RP;narvaro;{start};1-:100" for u in range(utforare)]
    fil["personer"] = ["person_id;personnummer;fornamn;efternamn;personkrets;skyddad"]
    fil["personer"] += [f"R{u}-{p};{_personnummer(u * personer + p)};Person;{u} {p};1;nej" for u, p in alla]
    fil["beslut"] = ["beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran"]
    fil["beslut"] += [f"RB{u}-{p};R{u}-{p};LSS-10;LSS;bifall;{start};{start}" for u, p in alla]
    fil["verkstalligheter"] = ["verkstallighet_id;beslut_id;enhet_id;omfattning;fran"]
    fil["verkstalligheter"] += [f"RV{u}-{p};RB{u}-{p};RE{u};heltid;{start}" for u, p in alla]
    for namn, rader in fil.items():
        (mapp / f"{namn}.csv").write_text("\n".join(rader) + "\n", encoding="utf-8")


def _personnummer(nummer: int) -> str:
    """Made up: birth numbers 980–999."""
    dag, fodelsenummer = divmod(nummer, 20)
    stam = f"{50 + dag // 336:02}{dag // 28 % 12 + 1:02}{dag % 28 + 1:02}{980 + fodelsenummer}"
    return f"19{stam}{luhn(stam)}"


def bygg(*, utforare: int, personer: int, dagar: int, manad: Manad) -> list[Rapportor]:
    """Read the package in and sign everybody up. They report absence, which may be known before the day."""
    with TemporaryDirectory() as mapp:
        skriv_paket(Path(mapp) / "p", utforare=utforare, personer=personer, manad=manad)
        las_in(Path(mapp) / "p", av=None)
    svar = []
    for enhet in Enhet.objects.filter(nyckel__startswith="RE").order_by("pk"):
        anvandare = Anvandare.objects.create_user(f"rapportor-{enhet.nyckel}", roller=[Roll.UTFORARE])
        satt_enheter(anvandare=anvandare, enheter=[enhet], av=None)
        verk = Verkstallighet.objects.filter(enhet=enhet).order_by("pk").values_list("pk", flat=True)
        celler = [
            {"namn": faltnamn(pk, manad.fran + EN_DAG * dag), "nytt": "F|||sjuk", "sag": ""}
            for dag in range(dagar)
            for pk in verk
        ]
        svar.append(Rapportor(anvandare, enhet, tuple(_buntar(celler))))
    return svar


def _buntar(celler: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    for start in range(0, len(celler), PER_BUNT):
        yield celler[start : start + PER_BUNT]


def spara_samtidigt(
    rapportorer: Iterable[Rapportor], manad: Manad, *, tradar: int, kontrollera: Callable[[Any], None]
) -> list[float]:
    """Let everybody send their batches, so many at a time; seconds of each answer, which `kontrollera` looks at."""

    def arbeta(vem: Rapportor) -> list[float]:
        klient = Client(SERVER_NAME="localhost")
        try:
            klient.force_login(vem.anvandare)
            adress = reverse("utforare:spara_narvaro", args=[vem.enhet.pk, manad])
            tider = []
            for bunt in vem.buntar:
                start = time.monotonic()
                svar = klient.post(adress, json.dumps({"celler": bunt}), content_type="application/json")
                tider.append(time.monotonic() - start)
                kontrollera(svar)
            return tider
        finally:
            connection.close()

    with ThreadPoolExecutor(tradar) as pool:
        return [sekunder for tider in pool.map(arbeta, rapportorer) for sekunder in tider]


def visa(vem: Rapportor, manad: Manad, varv: int) -> list[float]:
    """Seconds for the grid, `varv` times after the first."""
    klient = Client(SERVER_NAME="localhost")
    klient.force_login(vem.anvandare)
    adress = reverse("utforare:narvaro", args=[vem.enhet.pk, manad])
    tider = []
    for _ in range(varv + 1):
        start = time.monotonic()
        ska_vara_sparat(klient.get(adress))
        tider.append(time.monotonic() - start)
    return tider[1:]


def ska_vara_sparat(svar: Any) -> None:
    """A measure of answers that are no answers would say nothing."""
    if svar.status_code != 200:
        msg = f"svaret blev {svar.status_code}"
        raise RuntimeError(msg)


@contextmanager
def korningar(kor: Callable[[], object]) -> Iterator[None]:
    """Run the month over and over meanwhile."""
    klart = Event()

    def gor() -> None:
        try:
            while not klart.is_set():
                kor()
        finally:
            connection.close()

    trad = Thread(target=gor)
    trad.start()
    try:
        yield
    finally:
        klart.set()
        trad.join()
