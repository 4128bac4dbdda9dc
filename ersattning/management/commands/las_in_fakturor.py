"""`las_in_fakturor MAPP|FIL`: take in invoices, each file whole or not at all, and hold them against the underlag."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from ersattning.faktura.xmllasning import STORST, for_stor_brist
from ersattning.fakturamottagning import Inkommen, ta_emot
from ersattning.fakturaregler import Fakturastatus
from ersattning.models import Fakturafil, Fakturalage
from grund import klocka
from grund.kommando import Kommando, anvandare
from grund.text import antal_ord

ANDELSER = {".xml", ".csv"}


class Command(Kommando):
    help = "Läser in fakturor (Peppol BIS Billing 3 eller CSV) från en fil eller en mapp och prövar dem mot underlaget."
    vid_avbrott = "Inläsningen avbröts. Ingenting är inläst."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plats", type=Path, help="en fil, eller en mapp med .xml- och .csv-filer")
        parser.add_argument("--av", metavar="NAMN", help="användarnamnet på den som läser in")

    def handle(self, *args: Any, plats: Path, av: str | None, **options: Any) -> None:
        filer = _filer(plats)
        vem = anvandare(av) if av else None
        svar = ta_emot(filer=(_inkommen(fil) for fil in filer), av=vem, nu=klocka.nu())
        self._beratta(svar)
        if any(not fil.antal for fil in svar):
            sys.exit(1)

    def _beratta(self, svar: list[Fakturafil]) -> None:
        """What came and how it stands; what was refused and why, to stderr."""
        inlasta = [fil for fil in svar if fil.antal]
        antal = antal_ord(sum(fil.antal for fil in inlasta), "faktura är inläst", "fakturor är inlästa")
        self.stdout.write(f"{antal} ur {antal_ord(len(inlasta), 'fil', 'filer')}.")
        lagen = Fakturalage.objects.filter(faktura__fil__in=inlasta).values_list("status", flat=True)
        for status, hur_manga in Counter(lagen).most_common():
            self.stdout.write(f"{Fakturastatus(status).label:<22}{hur_manga:>6}")
        if maskade := sum(fil.maskade for fil in inlasta):
            vad = antal_ord(maskade, "personuppgift togs", "personuppgifter togs")
            self.stderr.write(f"{vad} bort ur texterna.")
        for fil in svar:
            for regel, var, text in fil.brister:
                self.stderr.write(f"{fil.namn}: {regel}{f', {var}' if var else ''}: {text}")
        if nekade := len(svar) - len(inlasta):
            self.stderr.write(f"{antal_ord(nekade, 'fil', 'filer')} nekades.")


def _filer(plats: Path) -> list[Path]:
    """The file, or the folder's files in order of name."""
    if plats.is_file():
        return [plats]
    if not plats.is_dir():
        msg = f"{plats} finns inte. Ange en fil eller en mapp."
        raise CommandError(msg)
    filer = sorted(fil for fil in plats.iterdir() if fil.suffix.lower() in ANDELSER and fil.is_file())
    if not filer:
        msg = f"{plats} har inga .xml- eller .csv-filer."
        raise CommandError(msg)
    return filer


def _inkommen(fil: Path) -> Inkommen:
    """The file's bytes; one that is too large is not read."""
    try:
        storlek = fil.stat().st_size
        if storlek > STORST:
            return Inkommen(fil.name, brist=for_stor_brist(storlek))
        return Inkommen(fil.name, fil.read_bytes())
    except OSError as fel:
        msg = f"{fil} går inte att läsa: {fel.strerror}."
        raise CommandError(msg) from fel
