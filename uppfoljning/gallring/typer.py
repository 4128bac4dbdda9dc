"""The terms that the retention table is written in. Pure: no model is imported, a label names it."""

from dataclasses import dataclass
from enum import StrEnum


class Atgard(StrEnum):
    """What becomes of a model's rows about a person when the person's akt is due."""

    TA_BORT = "tas bort"
    AVIDENTIFIERA = "avidentifieras"
    BEHALL = "behålls"


class Grund(StrEnum):
    """Why, by which law. The value is what is shown; `FRISTER` says for how long."""

    AKT = "LSS 21 c §, SoL 16 kap."
    SAMMANSTALLNING = "SoLPUF (2001:637)"
    UTFORARE = "LSS 23 c §"
    BOKFORING = "Kommunal bokföringslag (2018:597) 3 kap."
    LOGG = "SoLPUL (2001:454) 10 §"
    KONTO = "Dataskyddsförordningen art. 5.1 e"
    TEKNIK = "Dataskyddsförordningen art. 5.1 e, f"
    INGEN_PERSON = "Inga uppgifter om en person"


FRISTER: dict[Grund, str] = {
    Grund.AKT: "fem år efter den sista anteckningen, klart senast kalenderåret därefter",
    Grund.SAMMANSTALLNING: "fem år efter att förhållandena upphörde, tillsammans med akten",
    Grund.UTFORARE: "två år efter den sista anteckningen hos en privat utförare, om den inte lämnas över till nämnden",
    Grund.BOKFORING: "till och med det sjunde året efter kalenderåret då räkenskapsåret avslutades",
    Grund.LOGG: "så länge loggen ska kunna kontrolleras; personen är inte längre en person i den",
    Grund.KONTO: "så länge kontot finns",
    Grund.TEKNIK: "timmar, högst en arbetsdag; städas av sig självt",
    Grund.INGEN_PERSON: "ingen frist",
}


class Lankslag(StrEnum):
    """How a row that has no foreign key to a person, or to what is a person's, still belongs to one."""

    NYCKEL = "nyckel"  # `falt` holds the nyckel of a row of `till`
    PERSON_ID = "person_id"  # `falt` holds the primary key of a person
    PERSONER = "personer"  # `falt` is an array of primary keys of persons
    ANDRING = "andring"  # grund.Andring: the scope's primary key, when `slag` is a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Lank:
    """A belonging that the database does not know of."""

    slag: Lankslag
    falt: str
    till: str = "beslut.Person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filplats:
    """Where a row's file lies on disk: `falt` holds its path below the folder of the setting `rot`."""

    falt: str
    rot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Modellrad:
    """A line of the table: a model, whose its rows are, and what becomes of them.

    `vag`: lookups to the person; a row is a person's if any of them leads there. `konto`: lookups to a user of the
    system, for what tells of staff alone. `fritext`: fields that hold free text or say who the person is; of what is
    kept they are emptied. `koder`: the other fields of text, which hold codes, keys and sums. `dagar`: fields that date
    a note (the last of them all is the akt's last note). `underlag`: a fact that settled rows rest on; it is removed
    with the akt unless a settled month needs it. `vakter`: the guards that the removal lifts, of this model alone.
    `hos_privat`: what becomes of a private utförare's rows two years after its own last note, long before the akt.
    """

    modell: str
    atgard: Atgard
    grund: Grund
    skal: str
    vag: tuple[str, ...] = ()
    lank: Lank | None = None
    konto: tuple[str, ...] = ()
    fritext: tuple[str, ...] = ()
    koder: tuple[str, ...] = ()
    dagar: tuple[str, ...] = ()
    fil: Filplats | None = None
    underlag: bool = False
    vakter: tuple[str, ...] = ()
    hos_privat: Atgard | None = None

    @property
    def om_person(self) -> bool:
        """Whether its rows are a person's (the one who has support; not staff)."""
        return bool(self.vag or self.lank)

    @property
    def frist(self) -> str:
        """For how long it is kept, in Swedish."""
        return FRISTER[self.grund]
