"""How a plan stands on a day, from what had been noted by then. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from uppfoljning.handlingsplansregler import SLUT, Atgardsstatus


@dataclass(frozen=True, slots=True)
class Mote:
    """What a meeting found. `fore`: the status until then. `sedan_forra`: noted since the nämnd was told last."""

    dag: date
    text: str
    fore: Atgardsstatus
    status: Atgardsstatus
    ansvarig: str
    klar_senast: date
    noterad: date
    noterad_av: str
    sedan_forra: bool


@dataclass(frozen=True, slots=True)
class Atgardslage:
    """A measure as it was decided, with the meetings until the day. `ny`: added since the nämnd was told last."""

    pk: int
    nummer: int
    rubrik: str
    behov: str
    atgard: str
    start: date
    forst_ansvarig: str
    forst_klar_senast: date
    moten: tuple[Mote, ...]
    ny: bool

    @property
    def namn(self) -> str:
        """`3. Skilj på daglig verksamhet och sysselsättning`."""
        return f"{self.nummer}. {self.rubrik}"

    @property
    def status(self) -> Atgardsstatus:
        return self.moten[-1].status if self.moten else Atgardsstatus.EJ_PABORJAD

    @property
    def ansvarig(self) -> str:
        return self.moten[-1].ansvarig if self.moten else self.forst_ansvarig

    @property
    def klar_senast(self) -> date:
        return self.moten[-1].klar_senast if self.moten else self.forst_klar_senast

    @property
    def ar_avslutad(self) -> bool:
        return self.status in SLUT

    def dagar_sen(self, dag: date) -> int:
        """How many days ago it should have been done; 0 = it is not late."""
        return 0 if self.ar_avslutad else max(0, (dag - self.klar_senast).days)

    def borjar_sent(self, dag: date) -> bool:
        """Whether it should have begun, and nothing says that it has."""
        return self.status is Atgardsstatus.EJ_PABORJAD and self.start < dag


@dataclass(frozen=True, slots=True)
class Redovisning:
    """The nämnd was told on `sammantrade` how the plan stood on `per`."""

    per: date
    sammantrade: date
    diarienummer: str


def forra_fore(redovisningar: Sequence[Redovisning], dag: date) -> Redovisning | None:
    """The last report of an earlier day, of reports in order."""
    return next((ett for ett in reversed(redovisningar) if ett.per < dag), None)


@dataclass(frozen=True, slots=True)
class Planlage:
    """A plan on `dag`. `finns`: whether it had been laid down by then."""

    pk: int
    titel: str
    bakgrund: str
    beslutad: date
    diarienummer: str
    dag: date
    finns: bool
    atgarder: tuple[Atgardslage, ...]
    redovisningar: tuple[Redovisning, ...]

    @property
    def forra(self) -> Redovisning | None:
        """What the nämnd had been told before."""
        return forra_fore(self.redovisningar, self.dag)

    @property
    def sena(self) -> tuple[Atgardslage, ...]:
        """Those that are late, the latest first."""
        sena = [ett for ett in self.atgarder if ett.dagar_sen(self.dag)]
        return tuple(sorted(sena, key=lambda ett: (ett.klar_senast, ett.nummer)))

    def med_status(self, status: Atgardsstatus) -> int:
        """How many measures have it."""
        return sum(ett.status is status for ett in self.atgarder)
