"""`manage.py kor_manad 2026-05`: calculate a month."""

import sys
from typing import Any

from django.core.management.base import CommandParser
from tqdm import tqdm

from ersattning import queries, vakt
from ersattning.models import Avvikelse, Ersattningsrad
from ersattning.queries import Framsteg
from grund.kommando import Kommando, anvandare
from grund.pengar import kronor
from grund.text import antal_ord


class Command(Kommando):
    help = "Beräknar en månads ersättning."
    vid_avbrott = "Körningen avbröts. Inget är fastställt; kör månaden igen."

    def add_arguments(self, parser: CommandParser) -> None:
        self.lagg_till_manad(parser)
        parser.add_argument("--av", metavar="NAMN", help="den som beräknar (får sedan inte fastställa)")

    def handle(self, *args: Any, **options: Any) -> None:
        manad = options["manad"]
        av = anvandare(options["av"]) if options["av"] else None
        for faller in queries.granskning_som_faller(queries.hamta_korning(manad)):
            self.stderr.write(faller)
        with tqdm(desc=f"Beräknar {manad}", unit=" delar", file=sys.stderr, disable=None) as matare:

            def visa(framsteg: Framsteg) -> None:
                matare.total = framsteg.alla
                matare.set_postfix_str(antal_ord(framsteg.rader, "rad", "rader"), refresh=False)
                matare.update(framsteg.klara - matare.n)

            korning = vakt.kor(manad=manad, av=av, rapport=visa)
        rader = Ersattningsrad.objects.filter(korning=korning).count()
        avvikelser = Avvikelse.objects.filter(korning=korning, ny=True).count()
        vad = [antal_ord(rader, "rad", "rader"), kronor(queries.totalbelopp(korning))]
        vad.append(antal_ord(avvikelser, "avvikelse", "avvikelser"))
        self.stdout.write(f"{manad} är beräknad: {', '.join(vad)}.")
