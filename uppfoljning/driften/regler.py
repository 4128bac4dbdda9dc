"""When an alarm is raised, and what it says: what, since when, and what to do. Pure: no clock, no database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from grund.helgdagar import ar_arbetsdag, arbetsdag_efter
from grund.text import antal_ord, datum_i_ord, manad_i_ord, och, tidpunkt_i_ord, utrymme
from grund.tid import EN_DAG, Manad, lokal_dag

KOPIA_HOGST = timedelta(hours=26)  # once a day, and two hours for it to take longer than yesterday
KOPIA_FEL = timedelta(hours=2)  # while nothing is fetched that is told each hour
PROV_HOGST = timedelta(days=40)  # once a month, and a holiday
NATTJOBB_HOGST = timedelta(hours=26)
TATT_JOBB_MINST = timedelta(minutes=10)  # a job of seconds that is late for a restart is not late
KO_STAR = 900.0  # seconds that tasks wait while none ends
TYST = 120.0  # seconds without a sign of life


class Ansvar(StrEnum):
    """Whose job it is."""

    DRIFT = "drift"
    ERSATTNING = "ersattning"


@dataclass(frozen=True, slots=True)
class Larm:
    """`kod` names the rule, for machines; `om` which thing of its kind. The sentences are for a person."""

    kod: str
    mening: str
    sedan: datetime | date | None
    gor: str
    ansvar: Ansvar = Ansvar.DRIFT
    om: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """A settled month's payment files: when the last was made, and which nobody has fetched."""

    manad: Manad
    gjord: datetime
    ej_hamtade: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Jobblage:
    """A job of the clock's. `mellan`: how often it should go; None = once a day."""

    namn: str
    i_ord: str
    mellan: timedelta | None
    lyckades: datetime | None
    gick_fel: datetime | None = None

    @property
    def hogst(self) -> timedelta:
        return NATTJOBB_HOGST if self.mellan is None else max(10 * self.mellan, TATT_JOBB_MINST)


@dataclass(frozen=True, slots=True)
class Lage:
    """All that the rules look at. `installerad`: since when the system has kept watch of itself.

    `okorda`: months that are over and not calculated. `ko`, `stilla`: tasks waiting, and seconds since one ended while
    they did. `kopia`, `kopia_fel`, `provad`: when one was last taken, failed, tried. `arbetare`, `klocka`: seconds
    since one was heard, None = never. `ko_svarar`: whether Valkey does.
    """

    nu: datetime
    installerad: datetime
    okorda: tuple[Manad, ...] = ()
    exporter: tuple[Export, ...] = ()
    kopia: datetime | None = None
    kopia_fel: datetime | None = None
    provad: datetime | None = None
    jobb: tuple[Jobblage, ...] = ()
    uppgiftsfel: int = 0
    aldsta_fel: datetime | None = None
    ko: int = 0
    stilla: float = 0.0
    ko_svarar: bool = True
    arbetare: float | None = 0.0
    klocka: float | None = 0.0
    ledigt_mb: int = 1_000_000
    minst_mb: int = 1024
    bruten: datetime | None = None
    manad_arbetsdagar: int = 7
    export_arbetsdagar: int = 3

    @property
    def idag(self) -> date:
        return lokal_dag(self.nu)


def ej_kord(lage: Lage) -> Iterator[Larm]:
    """A month that is over and not calculated when so many working days of the next have passed."""
    for manad in lage.okorda:
        sist = arbetsdag_efter(manad, lage.manad_arbetsdagar)
        if lage.idag > sist:
            yield Larm(
                "manad_ej_kord",
                f"Ersättningen för {manad_i_ord(manad)} är inte beräknad. "
                f"Den skulle ha varit det senast {datum_i_ord(sist)}.",
                sist + EN_DAG,
                "Kör månaden under Körningar. Går det inte, läs vad körningen säger och se Misslyckade uppgifter.",
                Ansvar.ERSATTNING,
                str(manad),
            )


def ej_hamtad(lage: Lage) -> Iterator[Larm]:
    """Payment files that nobody has fetched when so many working days have passed since they were made."""
    for export in lage.exporter:
        sist = arbetsdagar_efter(lokal_dag(export.gjord), lage.export_arbetsdagar)
        if export.ej_hamtade and lage.idag > sist:
            antal = antal_ord(len(export.ej_hamtade), "fil", "filer")
            hamtad = "hämtad" if len(export.ej_hamtade) == 1 else "hämtade"
            yield Larm(
                "export_ej_hamtad",
                f"{antal} med utbetalningsunderlag för {manad_i_ord(export.manad)} är inte {hamtad}, "
                f"och månaden är inte markerad som utbetald: {och(export.ej_hamtade)}.",
                sist + EN_DAG,
                "Hämta filerna på månadens sida Utbetalning och läs in dem i ekonomisystemet. "
                "Är månaden betald, markera den som utbetald.",
                Ansvar.ERSATTNING,
                str(export.manad),
            )


def gammal_kopia(lage: Lage) -> Iterator[Larm]:
    """No backup for more than a day and two hours."""
    if lage.nu - (lage.kopia or lage.installerad) <= KOPIA_HOGST:
        return
    if lage.kopia is None:
        mening, sedan = "Ingen säkerhetskopia har gjorts.", lage.installerad
    else:
        mening, sedan = f"Den senaste säkerhetskopian är från {tidpunkt_i_ord(lage.kopia)}.", lage.kopia + KOPIA_HOGST
    yield Larm("kopia_gammal", mening, sedan, "Gör en säkerhetskopia nu, och ta reda på varför den inte gjordes.")


def kopieringen(lage: Lage) -> Iterator[Larm]:
    """Backups fail just now: what happens is not kept elsewhere."""
    fel = lage.kopia_fel
    if fel and lage.nu - fel <= KOPIA_FEL and (lage.kopia is None or fel > lage.kopia):
        yield Larm(
            "kopieringen_misslyckas",
            "Säkerhetskopieringen misslyckas, så det som görs nu finns bara här.",
            fel,
            "Läs varför i loggen från kopia, och rätta det. Då hämtas det som har väntat.",
        )


def oprovad_kopia(lage: Lage) -> Iterator[Larm]:
    """Nobody has put a copy back for long, so nobody knows that it can be done."""
    if lage.nu - (lage.provad or lage.installerad) <= PROV_HOGST:
        return
    nar = f"provades senast {tidpunkt_i_ord(lage.provad)}" if lage.provad else "har aldrig provats"
    yield Larm(
        "kopia_oprovad",
        f"Att lägga tillbaka en säkerhetskopia {nar}.",
        (lage.provad or lage.installerad) + PROV_HOGST,
        "Prova att lägga tillbaka den sista kopian på en egen plats, som driftens anvisning säger.",
    )


def sent_jobb(lage: Lage) -> Iterator[Larm]:
    """A job of the clock's that has not succeeded for long. What goes all the time is not said when nobody could do
    it: that is an alarm of its own."""
    ingen = _tyst(lage.arbetare) or _tyst(lage.klocka) or not lage.ko_svarar
    for jobb in lage.jobb:
        borde = (jobb.lyckades or lage.installerad) + jobb.hogst
        if lage.nu <= borde or (ingen and jobb.mellan is not None):
            continue
        senast = f"Det lyckades senast {tidpunkt_i_ord(jobb.lyckades)}." if jobb.lyckades else "Det har aldrig lyckats."
        fel = " Det senaste försöket gick fel." if jobb.gick_fel else ""
        yield Larm(
            "jobb_sent",
            f"Jobbet ”{jobb.i_ord}” är sent. {senast}{fel}",
            borde,
            "Se efter att klockan och en arbetare är igång. Gick det fel, se Misslyckade uppgifter.",
            om=jobb.namn,
        )


def misslyckat(lage: Lage) -> Iterator[Larm]:
    """Tasks that have failed, and that nobody has seen to and no later attempt has put right."""
    if lage.uppgiftsfel:
        antal = antal_ord(lage.uppgiftsfel, "uppgift", "uppgifter")
        yield Larm(
            "uppgifter_misslyckade",
            f"{antal} har misslyckats, och ingen har kvitterat.",
            lage.aldsta_fel,
            "Öppna Misslyckade uppgifter, sök på felkoden i loggen, och kvittera med vad du har gjort.",
        )


def kon_star(lage: Lage) -> Iterator[Larm]:
    """Tasks wait, and none ends."""
    if lage.ko_svarar and lage.ko and lage.stilla > KO_STAR:
        yield Larm(
            "kon_star",
            f"{antal_ord(lage.ko, 'uppgift', 'uppgifter')} väntar i kön, och ingen blir klar.",
            lage.nu - timedelta(seconds=lage.stilla),
            "Se efter i arbetarnas logg vad de gör. Starta om dem om de hänger: inget går förlorat.",
        )


def kon_svarar_inte(lage: Lage) -> Iterator[Larm]:
    """Valkey is away: nothing is begun, and nobody can sign in."""
    if not lage.ko_svarar:
        yield Larm(
            "kon_svarar_inte",
            "Kön (Valkey) svarar inte. Inget nytt arbete börjar, och ingen kan logga in.",
            None,
            "Starta Valkey. Det som var på väg skickas igen av sig självt.",
        )


def ingen_hors(lage: Lage) -> Iterator[Larm]:
    """No worker, or no clock."""
    for kod, namn, tystnad, gor in (
        ("ingen_arbetare", "Ingen arbetare", lage.arbetare, "Starta arbetarna. Det som väntar i kön tas då om hand."),
        ("ingen_klocka", "Ingen klocka", lage.klocka, "Starta klockan (Celery beat). Det ska finnas precis en."),
    ):
        if lage.ko_svarar and _tyst(tystnad):
            sedan = lage.nu - timedelta(seconds=tystnad) if tystnad is not None else None
            yield Larm(kod, f"{namn} hörs.", sedan, gor)


def fullt(lage: Lage) -> Iterator[Larm]:
    """Little room where files are made."""
    if lage.ledigt_mb < lage.minst_mb:
        yield Larm(
            "disk_full",
            f"Bara {utrymme(lage.ledigt_mb)} är ledigt där filerna görs. Gränsen är {utrymme(lage.minst_mb)}.",
            None,
            "Gör plats eller ge volymen mer utrymme, innan nästa månad körs.",
        )


def bruten_kedja(lage: Lage) -> Iterator[Larm]:
    """The night's check of the logs found something. What it is the command says: a row that somebody has changed past
    the system, or only that sealing had stood still, so nobody is accused here."""
    if lage.bruten:
        yield Larm(
            "logg_bruten",
            "Loggens kedja håller inte: rader kan ha ändrats, tagits bort eller lagts in i databasen.",
            lage.bruten,
            "Rör inget i databasen. Kör kontrollera_logg, som säger vad det är. Är en rad ändrad, borttagen eller "
            "inlagd, larma säkerhetsansvarig. Larmet slutar när nästa natts kontroll inte hittar något.",
        )


REGLER: tuple[Callable[[Lage], Iterator[Larm]], ...] = (
    bruten_kedja,
    kon_svarar_inte,
    ingen_hors,
    kon_star,
    fullt,
    kopieringen,
    gammal_kopia,
    oprovad_kopia,
    sent_jobb,
    misslyckat,
    ej_kord,
    ej_hamtad,
)
KODER = (
    "logg_bruten",
    "kon_svarar_inte",
    "ingen_arbetare",
    "ingen_klocka",
    "kon_star",
    "disk_full",
    "kopieringen_misslyckas",
    "kopia_gammal",
    "kopia_oprovad",
    "jobb_sent",
    "uppgifter_misslyckade",
    "manad_ej_kord",
    "export_ej_hamtad",
)


def larm(lage: Lage) -> list[Larm]:
    """All that is wrong, the worst first."""
    return [ett for regel in REGLER for ett in regel(lage)]


def _tyst(sekunder: float | None) -> bool:
    return sekunder is None or sekunder > TYST


def arbetsdagar_efter(dag: date, antal: int) -> date:
    """The `antal`-th working day after `dag`."""
    while antal:
        dag += EN_DAG
        antal -= ar_arbetsdag(dag)
    return dag
