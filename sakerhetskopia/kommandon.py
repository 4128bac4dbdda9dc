"""`python -m sakerhetskopia …`: what an operator writes. `./dev` runs the same."""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sakerhetskopia import aterstall, las
from sakerhetskopia.databas import Databas
from sakerhetskopia.fel import Kopiefel
from sakerhetskopia.kontroll import kontrollera
from sakerhetskopia.kopiera import Plats, folj, kopiera
from sakerhetskopia.lager import Lager, Post
from sakerhetskopia.plan import Plan, las_tid, planera, svensk, tid

BEHALL_DAGAR = 35
MANAGE = Path(__file__).resolve().parent.parent / "manage.py"
ATERSTALLNING = "aterstallning.json"  # in the data folder: what has been laid and not yet been looked at
_MELLAN_FEL = timedelta(hours=1)


def main(argument: Sequence[str] | None = None) -> int:
    val = _tolk().parse_args(argument)
    try:
        kod: int = val.gor(val)
    except Kopiefel as fel:
        print(f"sakerhetskopia: {fel}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return kod


def _tolk() -> argparse.ArgumentParser:
    tolk = argparse.ArgumentParser(prog="sakerhetskopia", description="Säkerhetskopior av databasen och filerna.")
    under = tolk.add_subparsers(required=True, metavar="kommando")
    for namn, gor, hjalp in (
        ("kopiera", _kopiera, "tar en kopia av allt nu"),
        ("folj", _folj, "hämtar det nya varje minut, och tar en hel kopia varje dygn"),
        ("lista", _lista, "visar vilka tider som går att nå"),
        ("kontrollera", _kontrollera, "läser igenom allt som ligger där"),
        ("lagg", _lagg, "lägger tillbaka; databasen ska stå stilla"),
        ("efter", _efter, "ser till att det som lades tillbaka stämmer; databasen ska vara igång"),
    ):
        ett = under.add_parser(namn, help=hjalp)
        ett.set_defaults(gor=gor)
        ett.add_argument("plats", type=Path, help="mappen med kopiorna")
        ett.add_argument("--data", type=Path, default=os.environ.get("INSATSKOLLEN_DATA"), help="datamappen")
        ett.add_argument("--nyckel", type=Path, default=os.environ.get("INSATSKOLLEN_KOPIA_NYCKEL"))
        if namn in {"kopiera", "folj"}:
            _om_kopior(ett)
        if namn == "folj":
            ett.add_argument("--var", type=float, default=60, help="sekunder mellan gångerna (60)")
            ett.add_argument("--hel-var", type=float, default=24, help="timmar mellan hela kopior (24)")
            ett.add_argument("--en-gang", action="store_true", help="bara en gång, till exempel från cron")
        if namn == "lagg":
            ett.add_argument("--till", type=str, help="tid, som 2026-05-12 14:30; utan den så långt det går")
            ett.add_argument("--pgdata", type=Path, required=True, help="databasens mapp")
            ett.add_argument("--agare", help="uid:gid som databasens mapp ska tillhöra")
            ett.add_argument("--skriv-over", action="store_true", help="flytta undan det som ligger där")
        if namn == "efter":
            ett.add_argument("--prov", action="store_true", help="det var ett prov, på en egen plats")
    provad = under.add_parser("provad", help="antecknar att en kopia har provats")
    provad.add_argument("namn")
    provad.set_defaults(gor=_provad)
    ny = under.add_parser("nyckel", help="gör ett nyckelpar")
    ny.add_argument("fil", type=Path)
    ny.set_defaults(gor=_nyckel)
    return tolk


def _om_kopior(tolk: argparse.ArgumentParser) -> None:
    miljo = os.environ.get
    tolk.add_argument("--mottagare", type=Path, default=miljo("INSATSKOLLEN_KOPIA_MOTTAGARE"), help="publika nycklar")
    tolk.add_argument("--okrypterad", action="store_true", help="lägg kopian öppen")
    tolk.add_argument("--behall-dagar", type=int, default=int(miljo("INSATSKOLLEN_KOPIA_DAGAR", BEHALL_DAGAR)))


# ---- copies ---------------------------------------------------------------------------------------------------------


def _plats(val: argparse.Namespace) -> Plats:
    lasning = las.las_ur(val.mottagare, okrypterad=val.okrypterad)
    return Plats(Lager(val.plats), _databas(), lasning, _data(val))


def _databas() -> Databas:
    egen = "KOPIA_" if os.environ.get("KOPIA_DATABASE_URL") else ""
    adress = os.environ.get(f"{egen}DATABASE_URL")
    if not adress:
        raise Kopiefel("Säg vilken databas: DATABASE_URL (eller KOPIA_DATABASE_URL för en egen roll) saknas i miljön.")
    hemlighet = os.environ.get(f"{egen}DATABASE_PASSWORD_FILE")
    return Databas(adress, Path(hemlighet).read_text(encoding="utf-8").strip() if hemlighet else "")


def _data(val: argparse.Namespace) -> Path:
    if val.data is None or not Path(val.data).is_dir():
        raise Kopiefel(f"Datamappen {val.data or ''} finns inte. Ange den med --data eller INSATSKOLLEN_DATA.")
    return Path(val.data)


def _kopiera(val: argparse.Namespace) -> int:
    plats = _plats(val)
    try:
        manifest = kopiera(plats, behall=timedelta(days=val.behall_dagar))
    except Kopiefel as fel:
        _anteckna("sakerhetskopiering_misslyckades", mapp=str(val.plats), orsak=str(fel))
        raise
    _beratta(plats, manifest)
    return 0


def _beratta(plats: Plats, manifest: Post) -> None:
    storlek = plats.lager.storlek()
    _skriv(
        f"Säkerhetskopian {manifest['namn']} är klar: databasen {_mb(manifest['storlek'])},"
        f" {len(plats.lager.journal.filer)} filer, hela platsen {_mb(storlek)}."
    )
    _anteckna(
        "sakerhetskopierad",
        mapp=str(plats.lager.mapp),
        namn=manifest["namn"],
        storlek=manifest["storlek"],
        lsn=manifest["till_lsn"],
        tid=manifest["slut"],
        krypterad=bool(manifest["krypterad_till"]),
    )


def _folj(val: argparse.Namespace) -> int:
    plats, sagt = _plats(val), datetime.min.replace(tzinfo=UTC)
    while True:
        try:
            bas_var = timedelta(hours=val.hel_var)
            if manifest := folj(plats, behall=timedelta(days=val.behall_dagar), bas_var=bas_var):
                _beratta(plats, manifest)
        except Kopiefel as fel:
            if val.en_gang:
                raise
            print(f"sakerhetskopia: {fel}", file=sys.stderr, flush=True)
            if datetime.now(UTC) - sagt > _MELLAN_FEL:
                sagt = datetime.now(UTC)
                _anteckna("sakerhetskopiering_misslyckades", mapp=str(val.plats), orsak=str(fel))
        if val.en_gang:
            return 0
        time.sleep(val.var)


def _lista(val: argparse.Namespace) -> int:
    lager = Lager(val.plats)
    baser, synkar = lager.baser(), lager.journal.synkar
    if not baser:
        raise Kopiefel(f"Det finns ingen hel kopia av databasen i {val.plats}.")
    for bas in baser:
        hennes = [synk for synk in synkar if synk["tidslinje"] == bas["tidslinje"] and synk["borjade"] >= bas["slut"]]
        till = f"till {svensk(tid(hennes[-1]['borjade']))}" if hennes else "men inte längre"
        oppen = "" if bas["krypterad_till"] else ", okrypterad"
        _skriv(f"{bas['namn']}: från {svensk(tid(bas['slut']))} {till} ({_mb(bas['storlek'])}{oppen})")
    return 0


def _kontrollera(val: argparse.Namespace) -> int:
    lager, nyckel = Lager(val.plats), las.nyckel_ur(val.nyckel)
    if fel := kontrollera(lager, nyckel):
        raise Kopiefel("\n".join(fel))
    vad = "och den sista kopian går att packa upp" if nyckel else "(utan nyckel: inget är uppackat)"
    _skriv(f"Allt i {val.plats} är som när det skrevs, {vad}. {len(lager.baser())} hela kopior.")
    return 0


def _nyckel(val: argparse.Namespace) -> int:
    publik = las.skapa_par(val.fil)
    _skriv(
        f"Publik nyckel: {publik} (i {val.fil}.pub, den ska finnas där kopiorna tas).\n"
        f"Flytta {val.fil} härifrån, till två säkra ställen. Utan den går ingen kopia att läsa, av någon."
    )
    return 0


# ---- restore --------------------------------------------------------------------------------------------------------


def _lagg(val: argparse.Namespace) -> int:
    lager, nyckel = Lager(val.plats), las.nyckel_ur(val.nyckel)
    plan = planera(lager, las_tid(val.till) if val.till else None)
    for rad in plan.text():
        _skriv(rad)
    data = Path(val.data or "")
    agare = tuple(int(en) for en in val.agare.split(":")) if val.agare else None
    mal = aterstall.Mal(val.pgdata, data, (agare[0], agare[1]) if agare else None)
    flyttat = aterstall.lagg(lager, plan, nyckel, mal, skriv_over=val.skriv_over)
    (data / ATERSTALLNING).write_text(json.dumps(_minne(plan, val), ensure_ascii=False))
    for mapp in flyttat:
        _skriv(f"Det som låg där är flyttat till {mapp}. Ta bort det när ni är säkra.")
    _skriv("Filerna ligger på plats. Starta databasen; den går då fram till tiden. Kör sedan: efter")
    return 0


def _minne(plan: Plan, val: argparse.Namespace) -> dict[str, Any]:
    return {
        "bas": plan.bas["namn"],
        "till": plan.till.isoformat() if plan.till else None,
        "sista": plan.sista["borjade"],
        "handelse": plan.sista["handelse"],
        "faststallda": plan.vantat["faststallda"],
        "mapp": str(val.plats),
    }


def _efter(val: argparse.Namespace) -> int:
    data, databas = _data(val), _databas()
    fil = data / ATERSTALLNING
    if not fil.exists():
        raise Kopiefel(f"Ingenting är lagt tillbaka i {data}.")
    aterstall.vanta(databas, 3600)
    aterstall.glom_malet(databas)
    hamtade, saknas = aterstall.laga_filer(Lager(val.plats), las.nyckel_ur(val.nyckel), databas, data)
    for sokvag in hamtade:
        _skriv(f"{sokvag} hämtades också ur kopian: databasen räknar med den.")
    uppgifter = json.loads(fil.read_text()) | {"saknade_filer": saknas, "prov": val.prov}
    svar = _manage("efter_aterstallning", uppgifter)
    if svar == 0:
        fil.unlink()
        if val.prov:
            (data / "provad").write_text(uppgifter["bas"])
    return svar


def _provad(val: argparse.Namespace) -> int:
    """Note in the database that was copied that its copy has been tried."""
    return _manage("anteckna_kopia", {"handling": "aterstallning_provad", "namn": val.namn})


def _manage(kommando: str, uppgifter: dict[str, Any]) -> int:
    """One of the system's own commands: what is written in its database, it writes itself."""
    argv = [sys.executable, "-P", str(MANAGE), kommando]
    miljo = {**os.environ, "PYTHONPATH": str(MANAGE.parent)}
    return subprocess.run(argv, input=json.dumps(uppgifter), text=True, check=False, env=miljo).returncode


def _anteckna(handling: str, **uppgifter: Any) -> None:
    """In the event log, for whoever watches. A copy is no worse for not being noted."""
    if _manage("anteckna_kopia", {"handling": handling, **uppgifter}):
        print("sakerhetskopia: kopieringen kunde inte antecknas bland händelserna.", file=sys.stderr)


def _mb(storlek: int) -> str:
    return f"{storlek / 1_000_000:.1f} MB".replace(".", ",")


def _skriv(text: str) -> None:
    print(text, flush=True)
