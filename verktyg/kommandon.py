"""The commands of `./dev`."""

import signal
import socket
import sys
from collections.abc import Callable, Sequence

from verktyg import beroenden, kontroll, kopior
from verktyg.forutsattningar import PDF, WEBBLASARE, se_till_fkui, se_till_system
from verktyg.miljo import IDAG, MANAGE, ROT, Avbruten, VerktygsFel, datamapp
from verktyg.tjanster import Tjanster, VidAvbrott, karnor, tillfalliga_tjanster, tjanster

HJALP = """\
Insatskollen: från beslut till ersättning.

  ./dev demo [--utan-server]  skapar en demokommun, kör två månader, visar summorna och öppnar webben
  ./dev server [port]         startar webben på http://localhost:8000
  ./dev manage <kommando> …   kör ett av systemets kommandon, till exempel: ./dev manage las_in <mapp>
                              (./dev manage help räknar upp dem)
  ./dev test [argument]       kör testerna på alla kärnor; med argument (till pytest) på en
  ./dev check                 kontrollerar stil, typer, importer, mallar och migreringar
  ./dev fix                   rättar det som går att rätta av sig självt i kod och mallar
  ./dev sakerhetskopiera <mapp> --mottagare <fil>   kopierar databasen och filerna, krypterat
  ./dev aterstall <mapp> --till "2026-05-12 14:30"  lägger tillbaka dem som de var då (--prov: på en egen plats)
  ./dev granska-beroenden     söker kända brister i det som systemet bygger på, och visar licenser (på nätet)
  ./dev bench [argument]      mäter prestanda med påhittade data i en tillfällig databas

Databas och meddelandekö startas och stoppas av sig själva. Allt sparas i .insatskollen i projektmappen.

  INSATSKOLLEN_DATA=<mapp>    spara någon annanstans
  INSATSKOLLEN_ARBETARE=<n>   antal arbetsprocesser (annars en per processorkärna)
  DATABASE_URL, REDIS_URL     använd en egen PostgreSQL eller Valkey/Redis i stället
  DATABASE_OWNER_URL          samma databas som den som äger tabellerna, om DATABASE_URL är en roll som inte gör det
  INSATSKOLLEN_IDAG=<dag>     låt webben räkna med en annan dag (demon: 2026-06-03)
  INSATSKOLLEN_PG=<val>       inställningar för databasen, till exempel "work_mem=128MB"
"""

DEMONS_DAG = "2026-06-03"  # the made-up municipality's today: its May is over, and its lists have days left to run
# All tests on all cores, and one process more: each waits now and then for a browser, a worker or a clock. A chosen few
# are quicker in one process, which makes one database.
HELA_SVITEN = [f"--numprocesses={min(karnor(), 4) + 1}", "--dist=worksteal"]
BEHOVER_ARBETARE = {"demo", "faststall_manad", "kor_manad", "last", "skapa_filer"}
BEHOVER_PDF = {"demo", "faststall_manad", "prestanda", "skapa_filer", "skapa_tjansteutlatande"}
BEHOVER_WEBBLASARE = {"bilder"}
INTERAKTIVA = {"shell", "dbshell"}
UTAN_SCHEMA = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "help", "check", "--help", "--version"}
# They make tables, roles or whole databases. Everything else is run as what it is in operation: without such rights.
SOM_AGARE = UTAN_SCHEMA | {"databasroller", "flush", "gallra", "prestanda", "bilder"}


def manage(argument: Sequence[str]) -> int:
    namn = argument[0] if argument else "help"
    if namn in BEHOVER_PDF:
        se_till_system(PDF)
    if namn in BEHOVER_WEBBLASARE:
        se_till_system(WEBBLASARE)
    se_till_fkui()
    with tjanster() as igang:
        if namn not in UTAN_SCHEMA:
            igang.migrera()
        if namn in BEHOVER_ARBETARE:
            igang.starta_arbetare()
        samtal = namn in INTERAKTIVA and sys.stdin.isatty()
        return _manage(igang, *argument, vid_avbrott="låt vara" if samtal else "avbryt")


def demo(argument: Sequence[str]) -> int:
    egna = [ord_ for ord_ in argument if ord_ != "--utan-server"]
    se_till_system(PDF)
    se_till_fkui()
    (datamapp() / IDAG).write_text(DEMONS_DAG)
    with tjanster() as igang:
        igang.migrera()
        igang.starta_arbetare()
        kod = _manage(igang, "demo", *egna)
        if kod or "--utan-server" in argument or not (sys.stdin.isatty() and sys.stdout.isatty()):
            return kod
        return _webb(igang, 8000)


def server(argument: Sequence[str]) -> int:
    port = argument[0] if argument else "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise VerktygsFel(f"”{port}” är ingen port. Skriv till exempel: ./dev server 8000")
    se_till_system(PDF)
    se_till_fkui()
    with tjanster() as igang:
        igang.migrera()
        igang.starta_arbetare()
        return _webb(igang, int(port))


def test(argument: Sequence[str]) -> int:
    se_till_system(PDF)
    se_till_system(WEBBLASARE)
    se_till_fkui()
    with tillfalliga_tjanster(utan_synk=True) as igang:
        if not argument:  # a chosen few may not need a database at all
            igang.gor_mall()
        filer = f"--basetemp={igang.korning.data / 'pytest'}"  # so that the tests' files go away with the data folder
        argv = [sys.executable, "-m", "pytest", filer, *(argument or HELA_SVITEN)]
        return igang.kor(argv, cwd=ROT, som_agare=True)


def bench(argument: Sequence[str]) -> int:
    se_till_system(PDF)
    se_till_fkui()
    with tillfalliga_tjanster(utan_synk=False) as igang:
        igang.migrera()
        return _manage(igang, "prestanda", *argument)


def check(argument: Sequence[str]) -> int:
    _inga(argument, "check")
    se_till_fkui()
    with tillfalliga_tjanster(utan_synk=True) as igang:
        return kontroll.kontrollera(igang)


def fix(argument: Sequence[str]) -> int:
    _inga(argument, "fix")
    return kontroll.ratta()


def granska_beroenden(argument: Sequence[str]) -> int:
    _inga(argument, "granska-beroenden")
    return beroenden.granska()


def hjalp(_: Sequence[str]) -> int:
    print(HJALP, end="")
    return 0


KOMMANDON: dict[str, Callable[[Sequence[str]], int]] = {
    "demo": demo,
    "server": server,
    "manage": manage,
    "test": test,
    "check": check,
    "fix": fix,
    "bench": bench,
    "sakerhetskopiera": kopior.sakerhetskopiera,
    "aterstall": kopior.aterstall,
    "granska-beroenden": granska_beroenden,
    "help": hjalp,
    "--help": hjalp,
    "-h": hjalp,
}


def main(argument: Sequence[str]) -> int:
    namn, *resten = argument or ["help"]
    _lyssna_pa_signaler()
    try:
        if namn not in KOMMANDON:
            raise VerktygsFel(f"Det finns inget som heter ”{namn}”. Skriv ./dev --help för att se vad som finns.")
        return KOMMANDON[namn](resten)
    except VerktygsFel as fel:
        print(f"dev: {fel}", file=sys.stderr)
        return 1
    except Avbruten as avbrott:
        return avbrott.kod
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _lyssna_pa_signaler() -> None:
    signal.signal(signal.SIGTERM, _avbryt)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has it ignored in what it runs with &
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup means that it should be
        signal.signal(signal.SIGHUP, _avbryt)


def _avbryt(nummer: int, _ram: object) -> None:
    raise Avbruten(nummer)


def _inga(argument: Sequence[str], namn: str) -> None:
    if argument:
        raise VerktygsFel(f"./dev {namn} tar inga argument, men fick: {' '.join(argument)}")


def _manage(igang: Tjanster, *argument: str, vid_avbrott: VidAvbrott = "avbryt") -> int:
    argv = [sys.executable, str(MANAGE), *argument]
    return igang.kor(argv, vid_avbrott=vid_avbrott, som_agare=bool(argument) and argument[0] in SOM_AGARE)


def _webb(igang: Tjanster, onskad: int) -> int:
    port = _ledig_port(onskad)
    if port != onskad:
        print(f"Port {onskad} är upptagen.")
    # By name: a security key belongs to a name, and never to a number.
    print(f"Insatskollen finns nu på http://localhost:{port}/ – avsluta med Ctrl-C.", flush=True)
    igang.starta_klocka()
    igang.miljo["INSATSKOLLEN_WEBB"] = "1"
    return _manage(igang, "runserver", "--noreload", f"localhost:{port}", vid_avbrott="stäng")


def _ledig_port(onskad: int) -> int:
    for port in (onskad, 0):
        with socket.socket() as uttag:
            uttag.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                uttag.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(uttag.getsockname()[1])
    raise VerktygsFel("Ingen ledig port hittades.")
