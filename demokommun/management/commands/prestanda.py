"""`manage.py prestanda`: the ratios of docs/prestanda.md, measured in one run on one database."""

from statistics import median
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from demokommun.matning import matare, nation, rapportorer, sidor, simulering, webb
from demokommun.matning.matpaket import RADER_PER_VERK, Matpaket
from ersattning.models import Ersattningsrad
from grund import klocka
from grund.tid import Manad

LITEN, MELLAN, STOR = Manad(2030, 1), Manad(2030, 4), Manad(2030, 7)


class Command(BaseCommand):
    help = "Mäter körning och inläsning mot det enklaste som gör samma sak, i en och samma databas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rader", type=int, default=1_000_000, help="närvarorader i den mellersta månaden")
        parser.add_argument("--varv", type=int, default=3, help="antal mätningar av varje tid; medianen gäller")
        parser.add_argument("--webb", action="store_true", help="mät i stället webbens sidor")
        parser.add_argument("--sidor", action="store_true", help="mät i stället varje sida i demon, för var och en")
        parser.add_argument("--narvaro", action="store_true", help="mät i stället utförares närvaro, många samtidigt")
        parser.add_argument("--simulering", action="store_true", help="mät i stället ett år simulerat i fem varianter")
        parser.add_argument("--nation", type=float, metavar="SKALA", help="mät i stället demokommunen så många gånger")

    def handle(self, *args: Any, **options: Any) -> None:
        self.varv, rader = options["varv"], options["rader"]
        if options["sidor"]:
            self._demons_sidor()
            return
        if options["simulering"]:
            self._simulering()
            return
        if options["nation"]:
            self._nation(options["nation"])
            return
        if options["narvaro"]:
            self._narvaro()
            return
        if options["webb"]:
            self._webb(rader)
            return
        inlast = {}
        for namn, manad, antal in (("L", LITEN, rader // 10), ("M", MELLAN, rader), ("S", STOR, rader * 2)):
            inlast[manad] = matare.las_in_matpaket(Matpaket(namn, manad, antal // RADER_PER_VERK))
            self._visa(f"Inläsning av {antal} rader", *inlast[manad], "en bar COPY")
        with matare.arbetare(2) as tva:
            i_tva = {manad: self._median(manad) for manad in (LITEN, MELLAN, STOR)}
            minne = matare.storsta_minne(tva)
        enkelt = median(matare.enkelt(MELLAN) for _ in range(self.varv))
        with matare.arbetare(1):
            i_en = self._median(MELLAN)
        self._visa("(a) Månadens körning, två arbetare", i_tva[MELLAN], enkelt, "en enkel INSERT … SELECT")
        self._visa("(a) Månadens körning, en arbetare", i_en, enkelt, "en enkel INSERT … SELECT")
        self._visa("(b) Inläsning av närvaro", *inlast[MELLAN], "en bar COPY")
        self._visa("(c) Körning: tid per rad vid stor mot liten", i_tva[STOR] / 20, i_tva[LITEN], "tid per rad")
        self._visa(
            "(c) Inläsning: tid per rad vid stor mot liten", inlast[STOR][0] / 20, inlast[LITEN][0], "tid per rad"
        )
        self.stdout.write(f"(c) Största minne i en arbetare: {minne} MB")
        self._visa("(d) En arbetare mot två", i_en, i_tva[MELLAN], "två arbetare")

    def _webb(self, rader: int) -> None:
        """(e) pages of a month with some 50 000 rows; (f) a month of `rader` närvaro rows, watched and not."""
        matare.las_in_matpaket(Matpaket("W", LITEN, rader // 2 // RADER_PER_VERK))
        matare.las_in_matpaket(Matpaket("M", MELLAN, rader // RADER_PER_VERK))
        with matare.arbetare(2):
            matare.kor(LITEN)
            matare.kor(MELLAN)
            self._sidor()
            med, utan, svar = webb.med_och_utan(MELLAN, self.varv)
        self._visa("(f) Körning som någon följer", median(med), median(utan), "en som ingen följer")
        self.stdout.write(f"(f) Svar om läget: median {median(svar) * 1000:.1f} ms, {len(svar)} svar")

    def _narvaro(self) -> None:
        """(g) the grid of an enhet with 40 persons; (h) 100 utförare who save at once, with the month being run."""
        nu = Manad.av(klocka.idag())
        alla = rapportorer.bygg(utforare=100, personer=40, dagar=10, manad=nu)
        self._percentil("(g) Rutnätet för 40 personer", rapportorer.visa(alla[0], nu, 40))
        with matare.arbetare(1), rapportorer.korningar(lambda: matare.kor(nu)):
            tider = rapportorer.spara_samtidigt(alla, nu, tradar=8, kontrollera=rapportorer.ska_vara_sparat)
        self._percentil("(h) Sparad bunt, 100 utförare samtidigt", tider)

    def _demons_sidor(self) -> None:
        """(i) every kind of page that somebody in the demo reaches, the slowest first."""
        matare.sql("VACUUM ANALYZE")
        alla = sidor.mat(self.varv)
        for ett in sorted(alla, key=lambda ett: -webb.p95(ett.tider)):
            tider = f"median {median(ett.tider) * 1000:4.0f} ms, 95:e percentilen {webb.p95(ett.tider):4.0f} ms"
            self.stdout.write(f"{tider}, {ett.fragor:3} frågor  {ett.vem:6} {ett.slag}  {ett.storst}")
        self._percentil("(i) Alla sidor i demon", [tid for ett in alla for tid in ett.tider])

    def _simulering(self) -> None:
        """(j) twelve months of the whole municipality in five variants, against the twelve months' körningar."""
        manader = simulering.las_in(MELLAN)
        with matare.arbetare(2):
            korda = median(simulering.korningar(manader) for _ in range(self.varv))
            matt = [simulering.simulera(manader) for _ in range(self.varv)]
        personer = matt[0][1].volymer.get(manad=None, utforare=None).personer
        self._visa(
            f"(j) Simulering, {personer} personer", median(tid for tid, _ in matt), korda, "månadernas körningar"
        )

    def _nation(self, skala: float) -> None:
        """(k) the demo's municipality at `skala`: taken in, run, corrected after late changes, and read."""
        fore, sista = Manad(2026, 4), Manad(2026, 5)
        self._inlast("(k) Inläsning av 24 månader", nation.las_in(skala, sista, 24))
        with matare.arbetare(2) as tva:
            forst = matare.kor(fore)
            self._visa(f"(k) Körning, {nation.rader(fore)[0]} rader", forst, nation.enkelt(fore), "en enkel INSERT")
            self.stdout.write(f"(k) Granskning och fastställande: {nation.faststall(fore):.1f} s")
            self._inlast("(k) Var tjugonde rad ändrad i efterhand", nation.andra_sent(fore))
            sedan, enkelt = matare.kor(sista), nation.enkelt(fore) + nation.enkelt(sista)
            alla, rattade = nation.rader(sista)
            self._visa(f"(k) Körning och rättelser, {alla} rader, {rattade} rättar", sedan, enkelt, "två enkla INSERT")
            self.stdout.write(f"(k) Största minne i en arbetare: {matare.storsta_minne(tva)} MB")
        for ett in nation.natten():
            self.stdout.write(f"(k) Natten, {ett.vad}: {ett.sekunder:.1f} s, {ett.minne} MB")
        for nyckel, tider in nation.rapportsidor(self.varv).items():
            self._percentil(f"(k) Rapporten {nyckel}", tider)

    def _inlast(self, vad: str, ett: nation.Lasning) -> None:
        per = ett.sekunder / ett.rader * 1_000_000
        self.stdout.write(f"{vad}: {ett.rader} rader på {ett.sekunder:.1f} s, {per:.1f} µs per rad, {ett.minne} MB")
        self.stdout.flush()

    def _percentil(self, vad: str, tider: list[float]) -> None:
        mitten, p95 = median(tider) * 1000, webb.p95(tider)
        self.stdout.write(f"{vad}: median {mitten:.0f} ms, 95:e percentilen {p95:.0f} ms, {len(tider)} svar")

    def _sidor(self) -> None:
        matare.sql("VACUUM ANALYZE")  # as autovacuum has done by the time that somebody looks
        antal = Ersattningsrad.objects.filter(korning__manad=LITEN.fran).count()
        for vad, tider in (
            ("rader: urval, ordning och sidor", webb.radsidor(LITEN, 20)),
            ("månadens sida", webb.manadssidan(LITEN, 50)),
            ("förklaringar", webb.forklaringar(LITEN, 200)),
        ):
            mitten, p95 = median(tider) * 1000, webb.p95(tider)
            self.stdout.write(f"(e) {antal} rader, {vad}: median {mitten:.0f} ms, 95:e percentilen {p95:.0f} ms")

    def _median(self, manad: Manad) -> float:
        return median(matare.kor(manad) for _ in range(self.varv))

    def _visa(self, vad: str, sekunder: float, mot: float, namn: str) -> None:
        self.stdout.write(f"{vad}: {sekunder:.2f} s, {sekunder / mot:.2f} gånger {namn} ({mot:.2f} s)")
        self.stdout.flush()
