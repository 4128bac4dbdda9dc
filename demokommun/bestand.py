"""Who gets what: the municipality's stock of persons, in the proportions of the four municipal reports.

A *profil* is the set of insatsdelar that one person has. The quotas hold at scale 1; a deck of all profiles, evenly
mixed, is dealt to the persons in turn, so that any scale has the same proportions. Counts are of persons whose insats
is ongoing in the last month: 226 in private daglig verksamhet, 239 in private bostad, 551 with boendestöd, 950 with
LSS, 300 with SoL alone. The quotas are less the persons of `fall`, who are the same at every scale: 23 and 9.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeVar

T = TypeVar("T", bound=Hashable)


class Profil(NamedTuple):
    delar: tuple[str, ...]
    barn: bool = False
    slutad: bool = False  # left within the last two years: on top of the stock

    @property
    def lss(self) -> bool:
        return any(DELAR[d].lagrum == "LSS" for d in self.delar)


@dataclass(frozen=True, slots=True)
class Insatsdel:
    """One insats of a profil: its code, who carries it out (shares), and how its decisions are measured."""

    insats: str
    utforare: Mapping[str, int]
    omfattning_enhet: str = ""
    manader: int = 0  # usual length of a time-limited decision; 0 = mostly until further notice

    @property
    def lagrum(self) -> str:
        return "LSS" if self.insats.startswith("LSS") else "SoL"


DELAR: dict[str, Insatsdel] = {
    "bostad_privat": Insatsdel("LSS-9", {"BJO": 62, "KVA": 60, "LIN": 57, "HAV": 40, "EKH": 20}),
    "bostad_egen": Insatsdel("LSS-9", {"GBK": 110, "SBK": 51}),
    "dv_privat": Insatsdel("LSS-10", {"SOL": 56, "HAN": 50, "TRA": 46, "KVH": 40, "MED": 34}, "dagar_vecka"),
    "dv_egen": Insatsdel("LSS-10", {"DVK": 1}, "dagar_vecka"),
    "boendestod": Insatsdel("SOL-BOSTOD", {"BSC": 250, "BSN": 131, "VAN": 110, "NVI": 60}, "timmar_vecka", 12),
    "ledsagning": Insatsdel("LSS-3", {"LED": 5, "FOL": 3, "KAJ": 2}, "timmar_manad", 24),
    "avlosning": Insatsdel("LSS-5", {"LED": 2, "KAJ": 2, "FOL": 1}, "timmar_manad", 24),
    "ledsagning_sol": Insatsdel("SOL-LEDS", {"LED": 1, "FOL": 1}, "timmar_manad", 12),
    "avlosning_sol": Insatsdel("SOL-AVLOS", {"LED": 1, "KAJ": 1}, "timmar_manad", 12),
    "korttid": Insatsdel("LSS-6", {"KTH": 45, "SKO": 20}, "dygn_manad", 24),
    "barnboende": Insatsdel("LSS-8", {"LON": 1}),
    "assistans": Insatsdel("LSS-2", {"KPA": 1}, "timmar_vecka", 24),
    "kontaktperson": Insatsdel("LSS-4", {"KON": 1}, "", 24),
    "sysselsattning": Insatsdel("SOL-SYSS", {"KSY": 60, "DUV": 30}, "dagar_vecka", 12),
    "sarskilt_boende": Insatsdel("SOL-SARBO", {"ALM": 1}),
    "vantar_bostad": Insatsdel("LSS-9", {}),  # granted, and nobody carries it out
    "vantar_dv": Insatsdel("LSS-10", {}, "dagar_vecka"),
}

KVOTER: dict[Profil, int] = {
    # 950 with LSS, of whom 23 are cases
    Profil(("bostad_privat", "dv_privat")): 110,
    Profil(("bostad_privat", "dv_egen")): 80,
    Profil(("bostad_privat",)): 44,
    Profil(("bostad_egen", "dv_privat")): 36,
    Profil(("bostad_egen", "dv_egen")): 100,
    Profil(("bostad_egen",)): 24,
    Profil(("dv_privat", "boendestod")): 60,
    Profil(("dv_privat",)): 12,
    Profil(("dv_egen", "boendestod")): 101,
    Profil(("dv_egen", "ledsagning")): 25,
    Profil(("dv_egen",)): 26,
    Profil(("boendestod", "ledsagning")): 50,
    Profil(("boendestod", "kontaktperson")): 70,
    Profil(("ledsagning",)): 31,
    Profil(("korttid",), barn=True): 40,
    Profil(("korttid", "avlosning"), barn=True): 25,
    Profil(("avlosning",), barn=True): 15,
    Profil(("barnboende",), barn=True): 12,
    Profil(("assistans",)): 30,
    Profil(("kontaktperson",)): 23,
    Profil(("vantar_bostad",)): 8,
    Profil(("vantar_dv",)): 5,
    # 300 with SoL alone, of whom 9 are cases
    Profil(("boendestod",)): 167,
    Profil(("boendestod", "sysselsattning")): 80,
    Profil(("boendestod", "ledsagning_sol")): 15,
    Profil(("sysselsattning",)): 10,
    Profil(("sarskilt_boende",)): 14,
    Profil(("avlosning_sol",)): 5,
    # and those who left
    Profil(("bostad_privat", "dv_privat"), slutad=True): 8,
    Profil(("bostad_egen", "dv_egen"), slutad=True): 10,
    Profil(("dv_egen", "boendestod"), slutad=True): 10,
    Profil(("dv_privat",), slutad=True): 6,
    Profil(("boendestod",), slutad=True): 18,
    Profil(("sysselsattning",), slutad=True): 8,
}


def blanda(kvoter: Mapping[T, int]) -> tuple[T, ...]:
    """Each key as many times as its quota, spread so that every stretch of the deck has about the right mixture."""
    lagen = [
        ((nr + 0.5) / antal, plats, vad) for plats, (vad, antal) in enumerate(kvoter.items()) for nr in range(antal)
    ]
    return tuple(vad for _, _, vad in sorted(lagen, key=lambda lage: lage[:2]))


UTFORARLEK = {namn: blanda(del_.utforare) for namn, del_ in DELAR.items()}


class Plats(NamedTuple):
    """A place in the deck: the profil, and how many before it have the same insatsdel, or are children too."""

    profil: Profil
    ordning: dict[str, int]
    barn_fore: int


@dataclass(frozen=True, slots=True)
class Lek:
    """The deck of profiles. `index` counts persons from 0; after the last place the deck is dealt again."""

    platser: tuple[Plats, ...]
    antal: Mapping[str, int]  # per insatsdel in one deck; 'barn' children

    def plats(self, index: int) -> Plats:
        return self.platser[index % len(self.platser)]

    def varv(self, index: int) -> int:
        return index // len(self.platser)

    def nummer(self, index: int, insatsdel: str) -> int:
        """How many persons before this one have the same insatsdel."""
        return self.varv(index) * self.antal[insatsdel] + self.plats(index).ordning[insatsdel]

    def barnnummer(self, index: int) -> int:
        return self.varv(index) * self.antal["barn"] + self.plats(index).barn_fore

    def storlek(self, skala: Fraction) -> int:
        return max(1, round(len(self.platser) * skala))


def bygg_lek() -> Lek:
    raknare: Counter[str] = Counter()
    return Lek(tuple(_platser(raknare)), raknare)


def _platser(raknare: Counter[str]) -> Iterator[Plats]:
    for profil in blanda(KVOTER):
        yield Plats(profil, {namn: raknare[namn] for namn in profil.delar}, raknare["barn"])
        raknare.update(profil.delar)
        raknare["barn"] += profil.barn
