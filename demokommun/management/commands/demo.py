"""`manage.py demo`: the made-up municipality Ekstad, from datapaket to a settled month with its files."""

import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from demokommun import rapportering, skriv_paket, skriv_sent_paket
from demokommun.arbetsbonus import lagg_upp_bonus
from demokommun.arenden import lagg_upp_arenden
from demokommun.bedomningar import bedom_demons
from demokommun.bestallningar import lagg_bestallningar
from demokommun.betalning import betala_ut_demons
from demokommun.dokument import lagg_upp_dokument
from demokommun.fakturor import lagg_upp as lagg_upp_fakturor
from demokommun.gallring import lagg_upp_gallring
from demokommun.individavtal import lagg_upp_individavtal
from demokommun.justeringar import lagg_upp_justeringar
from demokommun.kontroller import plantera
from demokommun.loggbok import for_logg
from demokommun.medarbetare import LOSENORD, MEDARBETARE, lagg_upp, satt_i_arbete
from demokommun.nivabedomningar import lagg_upp_nivaer
from demokommun.prognoser import gor_forsta, gor_senaste
from demokommun.rapporter import lagg_upp_rapporter
from demokommun.simuleringar import lagg_upp_simuleringar
from demokommun.uppehall import lagg_upp_uppehall
from ersattning import queries
from ersattning.models import Avvikelse, Ersattningsrad, Fil, Korning
from ersattning.models.fil import Filslag
from ersattning.regler import Radtyp
from grund import klocka
from grund.kommando import manad as manadsargument
from grund.pengar import kronor
from grund.tid import Manad


class Command(BaseCommand):
    help = "Skapar demokommunen Ekstad och kör två månader: en som fastställs, och nästa med rättelser av den."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--manad", type=manadsargument, default=Manad(2026, 5), metavar="AAAA-MM")
        parser.add_argument("--manader", type=int, default=24, help="hur många månader bakåt")
        parser.add_argument("--skala", type=float, default=1.0, help="1 = en kommun med omkring 1 300 personer")

    def handle(self, *args: Any, **options: Any) -> None:
        start, sista = time.monotonic(), options["manad"]
        settings.EFTER_REGISTRERING = ""  # what is wrong is looked for once, when all is there
        lagg_upp()
        arg = {"till_manad": str(sista), "manader": options["manader"], "skala": options["skala"]}
        self._manad(sista.plus(-1), skriv_paket, arg)
        gor_forsta(sista)
        self._manad(sista, skriv_sent_paket, arg)
        satt_i_arbete(sista.fran)
        betala_ut_demons(sista)
        lagg_upp_nivaer(sista)
        bedom_demons(klocka.nu())
        lagg_bestallningar(sista.till + timedelta(days=2))
        rapportering.lagg_upp(sista)
        lagg_upp_uppehall(sista.till + timedelta(days=2))
        plantera(sista)
        lagg_upp_arenden(sista.till + timedelta(days=2))
        lagg_upp_fakturor(sista)
        lagg_upp_justeringar(sista)
        lagg_upp_simuleringar(sista)
        lagg_upp_individavtal(sista)
        gor_senaste(sista)
        lagg_upp_bonus(sista)
        lagg_upp_rapporter(sista)
        lagg_upp_dokument(sista)
        lagg_upp_gallring(sista.till + timedelta(days=2))
        for_logg(sista)
        self._beratta(sista)
        self.stdout.write(f"Klart på {time.monotonic() - start:.0f} sekunder.\n")
        self._inloggning()

    def _manad(self, manad: Manad, skriv: Any, arg: dict[str, Any]) -> None:
        """What arrives before the month's run, and then the run, the review and the settling."""
        korning = queries.hamta_korning(manad)
        if korning and korning.ar_fast:
            self.stdout.write(f"\n{manad} är redan {korning.get_status_display()}.")
            return
        with TemporaryDirectory() as mapp:
            self._rubrik(f"Läser in det som har kommit före körningen av {manad}")
            skriv(Path(mapp) / "ekstad", **arg)
            call_command("las_in", str(Path(mapp) / "ekstad"), stdout=self.stdout)
        self._rubrik(f"Kör, granskar och fastställer {manad}")
        call_command("kor_manad", manad, stdout=self.stdout)
        call_command("granska_manad", manad, av="klara", stdout=self.stdout)
        call_command("faststall_manad", manad, av="gustav", stdout=self.stdout, stderr=self.stderr)

    def _rubrik(self, text: str) -> None:
        self.stdout.write(f"\n{text}\n{'-' * len(text)}")

    def _beratta(self, manad: Manad) -> None:
        """The month's totals, and where the files are."""
        korning = Korning.objects.get(manad=manad.fran)
        rader = Ersattningsrad.objects.filter(korning=korning)
        self._rubrik(f"{manad} i Ekstad")
        for typ in Radtyp:
            av_typ = rader.filter(typ=typ)
            belopp = sum(av_typ.values_list("belopp", flat=True))
            if belopp:
                self.stdout.write(f"{typ.label:<12} {av_typ.count():>6} rader {kronor(belopp):>20}")
        self.stdout.write(f"{'summa':<12} {rader.count():>6} rader {kronor(queries.totalbelopp(korning)):>20}")
        self.stdout.write(f"{Avvikelse.objects.filter(korning=korning, ny=True).count()} avvikelser att titta på\n")
        for slag in Filslag:
            filer = Fil.objects.filter(korning=korning, slag=slag).order_by("sokvag")
            if filer:
                plats = settings.FILER_DIR / filer[0].sokvag
                self.stdout.write(f"{slag.label}: {filer.count()} st, till exempel {plats}")

    def _inloggning(self) -> None:
        self._rubrik(f"Logga in som någon av dem, alla med lösenordet {LOSENORD}")
        for medarbetare in MEDARBETARE:
            self.stdout.write(f"{medarbetare.namn:<8} {medarbetare.roll.label}\n")
