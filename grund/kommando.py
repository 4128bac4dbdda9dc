"""What the commands share: months and users as arguments, and refusals as Swedish sentences with exit code 1."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from grund.disken import ar_full
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.tid import Manad


def manad(text: str) -> Manad:
    """An argument of the form AAAA-MM."""
    try:
        return Manad.efterfragad(text)
    except ValueError as fel:
        raise argparse.ArgumentTypeError(str(fel)) from fel


def anvandare(text: str) -> Anvandare:
    """An argument that names a user."""
    hittad = Anvandare.objects.filter(username=text, is_active=True).first()
    if hittad is None:
        msg = f"Det finns ingen användare som heter ”{text}”. Lägg upp en med skapa_anvandare {text} --roll …"
        raise CommandError(msg)
    return hittad


class Nekat(CommandError):  # noqa: N818  its name is what people read before the reasons
    """A refusal."""


class Avbrutet(CommandError):  # noqa: N818
    """Ctrl-C."""


class Kommando(BaseCommand):
    """A command whose refusals (`Hindrad`) are said one reason a line, with exit code 1. Ctrl-C ends it with 130."""

    vid_avbrott = "Kommandot avbröts."

    def lagg_till_manad(self, parser: CommandParser) -> None:
        parser.add_argument("manad", type=manad, metavar="AAAA-MM", help="månaden, som 2026-05")

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except Hindrad as hinder:
            raise Nekat("\n".join(hinder.orsaker)) from hinder
        except (OSError, DatabaseError) as fel:
            if not ar_full(fel):
                raise
            text = "Databasens disk är full" if isinstance(fel, DatabaseError) else "Disken är full"
            raise Nekat(f"{text}. Det påbörjade är inte sparat. Ge plats och kör om.") from fel
        except KeyboardInterrupt:
            raise Avbrutet(self.vid_avbrott, returncode=130) from None
