"""What a calculation leaves: poster and avvikelser, and how they become rows as printed (R0, R5, R6, Output)."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .tid import EN_DAG, antal_dagar, manad_for
from .underlag import Verkstallighet

ERSATTNINGSKOLUMNER = [
    "korning_manad",
    "avser_manad",
    "typ",
    "utforare_id",
    "enhet_id",
    "verkstallighet_id",
    "person_id",
    "insats",
    "artikel",
    "niva",
    "omfattning",
    "tidsband",
    "fran",
    "till",
    "antal",
    "enhet",
    "a_pris",
    "faktor",
    "belopp",
    "underlag",
]
AVVIKELSEKOLUMNER = [
    "manad",
    "kod",
    "utforare_id",
    "verkstallighet_id",
    "person_id",
    "fran",
    "till",
    "besok_id",
    "varde",
]

# The printed columns that a correction compares: all but korning_manad and typ, avser_manad being given (R40).
Ersattningsrad = tuple[str, ...]
Avvikelserad = tuple[str, ...]


@dataclass(frozen=True)
class Post:
    """What one day, or one minute band of one visit, pays."""

    v: Verkstallighet
    artikel: str
    niva: str
    omfattning: str
    tidsband: str
    a_pris: Fraction
    faktor: Fraction
    enhet: str
    dag: date
    antal: Fraction


@dataclass(frozen=True)
class Avvikelse:
    """R6: a code and the day, or the besök, concerned."""

    kod: str
    v: Verkstallighet
    dag: date
    besok_id: str = ""
    varde: str = ""


@dataclass
class Utfall:
    poster: list[Post] = field(default_factory=list)
    avvikelser: list[Avvikelse] = field(default_factory=list)

    def __iadd__(self, annat: "Utfall") -> "Utfall":
        self.poster += annat.poster
        self.avvikelser += annat.avvikelser
        return self


def avrundat(tal: Fraction, decimaler: int) -> str:
    """R0: half up, away from zero for negative; zero never has a minus sign."""
    skala = 10**decimaler
    hela = int((abs(tal) * skala * 2 + 1) // 2)
    tecken = "-" if tal < 0 and hela else ""
    return f"{tecken}{hela // skala}.{hela % skala:0{decimaler}}"


def underlagstext(poster: list[Post], antal: Fraction) -> str:
    """Output: what antal was made of where four decimals do not say it."""
    forsta = poster[0]
    if forsta.enhet == "manad":
        return f"{len(poster)}/{antal_dagar(manad_for(forsta.dag))} dagar"
    if forsta.artikel in {"utford_tid", "bomtid"}:
        return f"{antal * 60} min"
    return ""


def rad_av(poster: list[Post]) -> Ersattningsrad:
    """R5: one row; R0: only the finished row is rounded. The columns from utforare_id on."""
    p = poster[0]
    antal = sum((post.antal for post in poster), Fraction(0))
    dagar = [post.dag for post in poster]
    return (
        *(p.v.utforare_id, p.v.enhet_id, p.v.verkstallighet_id, p.v.person_id, p.v.insats),
        *(p.artikel, p.niva, p.omfattning, p.tidsband),
        *(min(dagar).isoformat(), max(dagar).isoformat()),
        *(avrundat(antal, 4), p.enhet, avrundat(p.a_pris, 2), avrundat(p.faktor, 4)),
        avrundat(antal * p.a_pris * p.faktor, 2),
        underlagstext(poster, antal),
    )


def rader_av(poster: Iterable[Post]) -> list[Ersattningsrad]:
    """R5: one row per verkställighet, artikel, niva, omfattning, tidsband, a_pris, faktor and enhet."""
    grupper = defaultdict(list)
    for p in poster:
        vad = (p.v.verkstallighet_id, p.artikel, p.niva, p.omfattning, p.tidsband, p.a_pris, p.faktor, p.enhet)
        grupper[vad].append(p)
    return [rad_av(grupp) for grupp in grupper.values()]


def avvikelserad(manad: str, a: Avvikelse, till: date) -> Avvikelserad:
    vem = (a.v.utforare_id, a.v.verkstallighet_id, a.v.person_id)
    return (manad, a.kod, *vem, a.dag.isoformat(), till.isoformat(), a.besok_id, a.varde)


def avvikelserader(manad: str, avvikelser: Iterable[Avvikelse]) -> set[Avvikelserad]:
    """Output: consecutive days of one code and verkställighet without besok_id are one row."""
    rader = set()
    dagar_per: dict[tuple[str, str], dict[date, Avvikelse]] = defaultdict(dict)
    for a in avvikelser:
        if a.besok_id:
            rader.add(avvikelserad(manad, a, a.dag))
        else:
            dagar_per[a.kod, a.v.verkstallighet_id][a.dag] = a
    for dagar in dagar_per.values():
        for dag, a in dagar.items():
            if dag - EN_DAG in dagar:
                continue
            till = dag
            while till + EN_DAG in dagar:
                till += EN_DAG
            rader.add(avvikelserad(manad, a, till))
    return rader


def negerad(tal: str) -> str:
    return avrundat(-Fraction(tal), len(tal.partition(".")[2]))


def krediterad(rad: Ersattningsrad) -> Ersattningsrad:
    """R40: antal and belopp negated."""
    antal, belopp = (ERSATTNINGSKOLUMNER[3:].index(kolumn) for kolumn in ("antal", "belopp"))
    return tuple(negerad(text) if plats in {antal, belopp} else text for plats, text in enumerate(rad))


def csv_text(kolumner: list[str], rader: Iterable[tuple[str, ...]]) -> str:
    """Output: LF, `;`, header even when empty, rows in order of code points column by column."""
    ut = io.StringIO()
    skrivare = csv.writer(ut, delimiter=";", lineterminator="\n")
    skrivare.writerow(kolumner)
    skrivare.writerows(sorted(rader))
    return ut.getvalue()
