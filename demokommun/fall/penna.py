"""Short words for writing a case by hand, row by row."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from demokommun import namn
from demokommun.akt import BEDOMARE, GODKANNARE, oppen
from demokommun.filer import Paketskrivare
from demokommun.kalender import Arbetsdag, stampel
from demokommun.katalog import VILLKOR, Enheter
from demokommun.personnummer import identitet
from demokommun.ram import Ram

# Cases take their numbers from the end of the age group, where no scale in use reaches.
FORSTA_INDEX = 300_000


@dataclass(slots=True)
class Fallpenna:
    """Writes one case: one person with an id such as `F07`, whose other rows have ids such as `F07-V1`.

    Every method that takes `sen` writes to the late package instead when it is true.
    """

    ut: Paketskrivare
    ram: Ram
    enheter: Enheter
    person_id: str
    besok_nr: int = field(default=0)

    def dag(self, manader_bakat: int, dag: int) -> date:
        """A day of the month that lies so many months before the last one."""
        return self.ram.manad(manader_bakat).replace(day=dag)

    def rad(self, fil: str, *falt: object, sen: bool = False) -> None:
        (self.ut.sen_rad if sen else self.ut.rad)(fil, *falt)

    def person(
        self, krets: int | None = None, *, avliden: date | None = None, skyddad: str = "nej", sort: str = "personnummer"
    ) -> None:
        slump = self.ram.slump(self.person_id)
        vem = identitet(FORSTA_INDEX + int(self.person_id[1:]), self.ram.sista.year, barn=False, sort=sort)
        fornamn, efternamn = namn.fornamn(slump, kvinna=vem.kvinna), slump.choice(namn.EFTERNAMN)
        rad = (self.person_id, vem.nummer, fornamn, efternamn, krets or "", skyddad)
        self.rad("personer", *rad, oppen(avliden))

    def beslut(
        self,
        insats: str,
        fran: date,
        till: date | None = None,
        *,
        nr: int = 1,
        omfattning: tuple[str, str] = ("", ""),
        utfall: str = "bifall",
        uppfoljning: date | None = None,
        sen: bool = False,
    ) -> str:
        """omfattning: amount and unit. The decision is made on its first day."""
        beslut_id = f"{self.person_id}-B{nr}"
        lagrum = "LSS" if insats.startswith("LSS") else "SoL"
        # followed up in time unless the case says otherwise
        senast = uppfoljning or max(fran, self.ram.sista) + timedelta(days=120)
        rad = (beslut_id, self.person_id, insats, lagrum, utfall, fran - timedelta(days=30), fran, fran, oppen(till))
        self.rad("beslut", *rad, *omfattning, senast, sen=sen)
        return beslut_id

    def verk(
        self,
        beslut: str,
        kod: str,
        fran: date,
        till: date | None = None,
        *,
        nr: int = 1,
        slutorsak: str = "flytt",
        omfattning: str = "",
        bestallt: tuple[str, str] = ("", ""),
        sen: bool = False,
    ) -> str:
        verk_id, orsak = f"{self.person_id}-V{nr}", slutorsak if till else ""
        rad = (verk_id, beslut, self.enheter.enhet_id(kod, 0, 0), fran, omfattning, *bestallt, fran, oppen(till), orsak)
        self.rad("verkstalligheter", *rad, sen=sen)
        return verk_id

    def niva(
        self,
        insats: str,
        niva: str,
        fran: date,
        *,
        nr: int = 1,
        status: str = "godkand",
        dag: date | None = None,
        sen: bool = False,
    ) -> None:
        """dag: of the approval, if later than `fran`."""
        godkand = (GODKANNARE, dag or fran) if status == "godkand" else ("", "")
        rad = (f"{self.person_id}-N{nr}", self.person_id, insats, niva, fran, status, BEDOMARE[0], *godkand)
        self.rad("nivabedomningar", *rad, sen=sen)

    def individavtal(self, utforare: str, insats: str, prislista: str, modell: str) -> None:
        fran = self.ram.ar(12, 1, 1)
        rad = (f"A-{self.person_id}", utforare, insats, "individavtal", self.person_id, prislista, modell, fran, "")
        self.rad("avtal", *rad, *[""] * len(VILLKOR))

    def arbetsdagar(self, fran: date, till: date) -> tuple[Arbetsdag, ...]:
        """Within the demo period, red days left out."""
        return self.ram.kalender.mellan(fran, till)

    def narvaro(self, verk: str, dagar: Iterable[Arbetsdag], svans: str = "N;;;", *, sen: bool = False) -> None:
        """svans: `kod;omfattning;minuter;orsak`."""
        for dag in dagar:
            self.rad("narvaro", verk, dag.iso, svans, sen=sen)

    def borta(self, verk: str, fran: date, till: date, orsak: str = "sjukhus") -> None:
        for ordinal in range(max(fran, self.ram.forsta).toordinal(), till.toordinal() + 1):
            self.rad("narvaro", verk, date.fromordinal(ordinal), f"F;;;{orsak}")

    def besok(self, verk: str, dag: date, start: int, slut: int, *, planerat: bool = True) -> str:
        """A visit carried out as planned, from and to in minutes of the day. Returns its id."""
        tid = f"{stampel(dag, start)};{stampel(dag, slut)}"
        return self.besoksrad(verk, tid if planerat else ";", tid, ";;;pa_plats")

    def uteblivet(self, verk: str, dag: date, start: int, slut: int) -> str:
        """Nobody opened, and nobody had cancelled."""
        return self.besoksrad(verk, f"{stampel(dag, start)};{stampel(dag, slut)}", ";", ";brukare;ej_hemma;")

    def besoksrad(self, verk: str, planerat: str, utfort: str, svans: str) -> str:
        self.besok_nr += 1
        besok_id = f"{self.person_id}-K{self.besok_nr}"
        self.rad("besok", besok_id, verk, planerat, utfort, svans)
        return besok_id

    def anstallning(self, fran: date, till: date | None = None, *, grad: int = 75, form: str = "tillsvidare") -> None:
        arbetsgivare = namn.platsnamn(int(self.person_id[1:]) * 7) + "s Livs AB"
        self.rad("anstallningar", f"{self.person_id}-J1", self.person_id, arbetsgivare, fran, oppen(till), grad, form)
