"""`exportera_arkiv MAPP`: write persons' akter for the archive."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from beslut.models import Person
from grund import klocka
from grund.kommando import Kommando, anvandare
from grund.text import antal_ord
from uppfoljning.arkivexport.actions import exportera


class Command(Kommando):
    vid_avbrott = "Exporten avbröts. Ingenting är skrivet."
    help = "Skriver personers akter till en mapp för arkivet: XML och CSV med kontrollsummor. Allt eller inget."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mapp", type=Path, help="en mapp som är tom eller inte finns")
        vilka = parser.add_mutually_exclusive_group(required=True)
        vilka.add_argument("--personer", nargs="+", metavar="NYCKEL", help="personernas id i källsystemet")
        vilka.add_argument("--beslutad-gallring", type=int, metavar="NR", help="alla i en beslutad gallringslista")
        parser.add_argument("--andamal", required=True, help="varför exporten görs, som ”leverans till e-arkivet 2026”")
        parser.add_argument("--av", metavar="NAMN", help="användarnamnet på den som exporterar")

    def handle(self, *args: Any, mapp: Path, andamal: str, av: str | None, **options: Any) -> None:
        nummer = options["beslutad_gallring"]
        personer = _i_listan(nummer) if nummer else _med_nycklar(options["personer"])
        with tqdm(total=len(personer), unit="akter", disable=None) as stapel:
            export = exportera(
                personer=personer,
                mapp=mapp.absolute(),
                andamal=andamal,
                av=anvandare(av) if av else None,
                nu=klocka.nu(),
                vid_akt=stapel.update,
            )
        self.stdout.write(
            f"Arkivexport {export} är skriven till {mapp}: {antal_ord(len(personer), 'akt', 'akter')},"
            f" {antal_ord(export.antal_rader, 'rad', 'rader')}."
        )
        self.stdout.write(f"Kontrollera den med: kontrollera_arkiv {mapp}")


def _med_nycklar(nycklar: list[str]) -> list[int]:
    kanda = dict(Person.objects.filter(nyckel__in=nycklar).values_list("nyckel", "pk"))
    if okanda := sorted(set(nycklar) - set(kanda)):
        msg = f"Det finns ingen person med id {', '.join(okanda)}. Ingenting är skrivet."
        raise CommandError(msg)
    return list(kanda.values())


def _i_listan(nummer: int) -> list[int]:
    """The persons of a gallringslista that is decided and not yet carried out."""
    lista = _listor().filter(pk=nummer, lage="beslutad").first()
    if lista is None:
        msg = f"Det finns ingen beslutad gallringslista med nummer {nummer}."
        raise CommandError(msg)
    return list(lista.rader.filter(person__isnull=False).values_list("person_id", flat=True))


def _listor() -> Any:
    return apps.get_registered_model("uppfoljning", "Gallringslista")._default_manager
