"""The typed underlag: the texts of a package as dates, moments and exact numbers, with references resolved."""

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Protocol

from .paket import Rad
from .tid import las_tidpunkt


class Giltig(Protocol):
    @property
    def fran(self) -> date: ...
    @property
    def till(self) -> date | None: ...


def galler(rad: Giltig, dag: date) -> bool:
    """DATAPAKET: fran and till are both inclusive; an empty till means until further notice."""
    return rad.fran <= dag and (rad.till is None or dag <= rad.till)


@dataclass(frozen=True)
class Pris:
    prislista_id: str
    insats: str
    niva: str
    omfattning: str
    tidsband: str
    enhet: str
    belopp: Fraction
    fran: date
    till: date | None


@dataclass(frozen=True)
class Tidsband:
    prislista_id: str
    tidsband: str
    prioritet: int
    veckodag: int | None
    fran_minut: int
    till_minut: int
    fran_tidpunkt: datetime | None
    till_tidpunkt: datetime | None


@dataclass(frozen=True)
class Avtal:
    avtal_id: str
    utforare_id: str
    insats: str
    person_id: str
    prislista_id: str
    modell: str
    fran: date
    till: date | None
    franvaro: list[tuple[int, int | None, Fraction]]
    omfattning_granser: list[tuple[int, str]]
    niva_fran: str
    avslut_dagar: int
    avslut_orsaker: list[str]
    bomtid_varsel_timmar: Fraction | None
    bomtid_andel: Fraction | None
    bomtid_tak_andel: Fraction | None
    tak_andel_av_bestallt: Fraction | None
    avrundning_minuter: int | None


@dataclass(frozen=True)
class Beslut:
    beslut_id: str
    person_id: str
    insats: str
    utfall: str
    fran: date
    till: date | None
    omfattning: Fraction | None
    omfattning_enhet: str


@dataclass(frozen=True)
class Nivabedomning:
    nivabedomning_id: str
    person_id: str
    insats: str
    niva: str
    fran: date
    status: str
    godkand: date | None


@dataclass(frozen=True)
class Narvaro:
    datum: date
    kod: str
    omfattning: str
    minuter: int | None


@dataclass(frozen=True)
class Besok:
    besok_id: str
    planerad_start: datetime | None
    planerad_slut: datetime | None
    utford_start: datetime | None
    utford_slut: datetime | None
    avbokad: datetime | None
    avbokad_av: str


@dataclass(frozen=True)
class Verkstallighet:
    verkstallighet_id: str
    beslut: Beslut
    avliden: date | None
    enhet_id: str
    utforare_id: str
    omfattning: str
    bestallt_antal: Fraction | None
    bestallt_enhet: str
    fran: date
    till: date | None
    slutorsak: str
    narvaro: dict[date, Narvaro] = field(default_factory=dict)
    besok: list[Besok] = field(default_factory=list)

    @property
    def person_id(self) -> str:
        return self.beslut.person_id

    @property
    def insats(self) -> str:
        return self.beslut.insats


@dataclass(frozen=True)
class Anstallning:
    anstallning_id: str
    person_id: str
    fran: date
    till: date | None
    sysselsattningsgrad: Fraction
    anstallningsform: str


@dataclass(frozen=True)
class Bonusregel:
    regel_id: str
    belopp: Fraction
    tidigast_manader: int | None
    senast_manader: int | None
    kvalificering_manader: int
    andel_vid_start: Fraction | None
    anstallningsformer: list[str]
    minst_sysselsattningsgrad: Fraction | None
    arstak: Fraction | None
    fran: date
    till: date | None


@dataclass(frozen=True)
class Underlag:
    priser: list[Pris]
    tidsband: list[Tidsband]
    avtal: list[Avtal]
    nivabedomningar: list[Nivabedomning]
    verkstalligheter: list[Verkstallighet]
    anstallningar: list[Anstallning]
    bonusregler: list[Bonusregel]


def datum(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def tal(text: str) -> Fraction | None:
    """DATAPAKET: numbers with `.` or `,` as decimal mark; kept exact (R0)."""
    return Fraction(text.replace(",", ".")) if text else None


def heltal(text: str) -> int | None:
    return int(text) if text else None


def tidpunkt(text: str) -> datetime | None:
    return las_tidpunkt(text) if text else None


def lista(text: str) -> list[str]:
    return [del_.strip() for del_ in text.split(",") if del_.strip()]


def trappa(text: str) -> list[tuple[int, int | None, Fraction]]:
    """`1-14:100,15-:50` as (first, last or None, share)."""
    steg = []
    for del_ in lista(text):
        dagar, procent = del_.split(":")
        fran, till = dagar.split("-")
        steg.append((int(fran), heltal(till.strip()), Fraction(procent.replace(",", ".")) / 100))
    return steg


def granser(text: str) -> list[tuple[int, str]]:
    """`0:deltid,360:heltid` as (from this many minutes, omfattning)."""
    delar = [del_.split(":", 1) for del_ in lista(text)]
    return [(int(minuter), omfattning.strip()) for minuter, omfattning in delar]


def minut_pa_dygnet(text: str) -> int:
    timme, minut = text.split(":") if text else ("0", "0")
    return int(timme) * 60 + int(minut)


def pris(rad: Rad) -> Pris:
    belopp = tal(rad["belopp"])
    assert belopp is not None
    return Pris(
        prislista_id=rad["prislista_id"],
        insats=rad["insats"],
        niva=rad["niva"],
        omfattning=rad["omfattning"],
        tidsband=rad["tidsband"],
        enhet=rad["enhet"],
        belopp=belopp,
        fran=date.fromisoformat(rad["fran"]),
        till=datum(rad["till"]),
    )


def band(rad: Rad) -> Tidsband:
    return Tidsband(
        rad["prislista_id"],
        rad["tidsband"],
        int(rad["prioritet"]),
        heltal(rad["veckodag"]),
        minut_pa_dygnet(rad["fran_tid"]),
        minut_pa_dygnet(rad["till_tid"]),
        tidpunkt(rad["fran_tidpunkt"]),
        tidpunkt(rad["till_tidpunkt"]),
    )


def avtalet(rad: Rad) -> Avtal:
    return Avtal(
        avtal_id=rad["avtal_id"],
        utforare_id=rad["utforare_id"],
        insats=rad["insats"],
        person_id=rad["person_id"],
        prislista_id=rad["prislista_id"],
        modell=rad["modell"],
        fran=date.fromisoformat(rad["fran"]),
        till=datum(rad["till"]),
        franvaro=trappa(rad["franvaro"]),
        omfattning_granser=granser(rad["omfattning_granser"]),
        niva_fran=rad["niva_fran"] or "fran",
        avslut_dagar=heltal(rad["avslut_dagar"]) or 0,
        avslut_orsaker=lista(rad["avslut_orsaker"]),
        bomtid_varsel_timmar=tal(rad["bomtid_varsel_timmar"]),
        bomtid_andel=tal(rad["bomtid_andel"]),
        bomtid_tak_andel=tal(rad["bomtid_tak_andel"]),
        tak_andel_av_bestallt=tal(rad["tak_andel_av_bestallt"]),
        avrundning_minuter=heltal(rad["avrundning_minuter"]),
    )
