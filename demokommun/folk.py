"""One person of the municipality's stock, with everything that belongs to him or her."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from demokommun import namn
from demokommun.akt import skriv_beslut, skriv_niva, skriv_verk
from demokommun.besok import Besoksskrivare, boendestod, ledsagning, storhelgsbesok
from demokommun.bestand import DELAR, Lek, Plats
from demokommun.filer import Paketskrivare
from demokommun.kalender import manadens_sista, plus_manader
from demokommun.katalog import Enheter
from demokommun.liv import (
    Beslut,
    Insatsliv,
    Tid,
    Verk,
    avsnitt,
    beslutskedja,
    insatstid,
    mangd,
)
from demokommun.narvaro import skriv_bortavaro, skriv_dagar, skriv_vistelser
from demokommun.penna import Penna
from demokommun.personnummer import Identitet, identitet
from demokommun.ram import Ram

FORSTA_ID = 100_001
DYGN = frozenset(("LSS-8", "LSS-9", "SOL-SARBO"))
DAGAR = frozenset(("LSS-10", "SOL-SYSS"))
LEDSAGNING = frozenset(("LSS-3", "LSS-5", "SOL-LEDS", "SOL-AVLOS"))
# Every fiftieth person's närvaro for one week is handed in a month late.
SENA_AV = 50
SLUTORSAKER = ("flytt", "egen_begaran", "beslut_upphor", "arbete")


@dataclass(frozen=True, slots=True)
class Kommun:
    """What all persons share."""

    ram: Ram
    lek: Lek
    enheter: Enheter


@dataclass(frozen=True, slots=True)
class Individ:
    index: int
    person_id: str
    identitet: Identitet
    plats: Plats
    slut: Tid | None  # of everything, for who left

    @property
    def myndig(self) -> date:
        """First day that an insats may have begun: the 18th birthday, for children the 4th."""
        return plus_manader(self.identitet.fodd, 12 * (4 if self.plats.profil.barn else 18))


def ar_sen(index: int) -> bool:
    return index % SENA_AV == 7


def skriv_person(ut: Paketskrivare, kommun: Kommun, index: int) -> None:
    slump = kommun.ram.slump(f"P{index}")
    individ = _individ(slump, kommun, index)
    _skriv_personrad(ut, slump, individ)
    besok = Besoksskrivare(str(FORSTA_ID + index))
    for nummer in range(1, len(individ.plats.profil.delar) + 1):
        _skriv_insats(ut, kommun, individ, nummer, besok)
    besok.skriv(ut)


def _individ(slump: Random, kommun: Kommun, index: int) -> Individ:
    plats, slutar = kommun.lek.plats(index), kommun.ram.sista.year
    sort = {60: "samordningsnummer", 99: "reservnummer"}.get(index % 230, "personnummer")
    nummer = kommun.lek.barnnummer(index) if plats.profil.barn else index
    identitet_ = identitet(nummer, slutar, barn=plats.profil.barn, sort=sort)
    slut = None
    if plats.profil.slutad:
        dag = kommun.ram.sista - timedelta(days=slump.randint(35, 700))
        orsak = "avliden" if slump.random() < 0.4 else slump.choice(SLUTORSAKER)
        slut = Tid(dag, dag, orsak)
    return Individ(index, f"P{FORSTA_ID + index}", identitet_, plats, slut)


def _skriv_personrad(ut: Paketskrivare, slump: Random, individ: Individ) -> None:
    profil = individ.plats.profil
    # personkrets 3 has no right to daglig verksamhet (LSS 7 §)
    krets: int | str = "" if not profil.lss else slump.choice((1, 1, 1, 2))
    if profil.lss and not any(DELAR[d].insats == "LSS-10" for d in profil.delar):
        krets = slump.choice((1, 1, 2, 3, 3))
    avliden = individ.slut.fran if individ.slut and individ.slut.slutorsak == "avliden" else ""
    fornamn = namn.fornamn(slump, kvinna=individ.identitet.kvinna)
    skyddad = "ja" if individ.index % 211 == 17 else "nej"
    rad = (individ.person_id, individ.identitet.nummer, fornamn, slump.choice(namn.EFTERNAMN), krets, skyddad, avliden)
    ut.rad("personer", *rad)


def _skriv_insats(ut: Paketskrivare, kommun: Kommun, individ: Individ, nummer: int, besok: Besoksskrivare) -> None:
    # a source of its own: more rows of one insats do not move another's
    penna = Penna(ut, kommun.ram, kommun.ram.slump(f"P{individ.index}.{nummer}"))
    liv = _insatsliv(penna, kommun, individ, nummer)
    if not liv.insatsdel.utforare:
        _skriv_vantande(penna, liv)
        return
    kedja, delar = beslutskedja(penna.slump, penna.ram, liv), avsnitt(penna.slump, penna.ram, liv, kommun.enheter)
    skriv_beslut(penna, liv, kedja)
    skriv_niva(penna, liv, delar[-1].kod)
    if liv.insatsdel.insats == "LSS-6":
        skriv_vistelser(penna, liv, kedja, delar[-1].enhet_id)
        return
    for verk in skriv_verk(penna, liv, kedja, delar):
        _skriv_utfort(penna, individ, verk, besok)


def _insatsliv(penna: Penna, kommun: Kommun, individ: Individ, nummer: int) -> Insatsliv:
    profil, index, slut = individ.plats.profil, individ.index, individ.slut
    namn_ = profil.delar[nummer - 1]
    tid = insatstid(penna.slump, penna.ram, individ.myndig, slut.till if slut else None, barn=profil.barn)
    if slut:
        tid = Tid(min(tid.fran, slut.fran), slut.fran, slut.slutorsak)
    bas, kopia = f"{FORSTA_ID + index}{'abc'[nummer - 1]}", kommun.lek.varv(index) % penna.ram.kopior
    plats = kommun.lek.nummer(index, namn_)
    return Insatsliv(bas, individ.person_id, namn_, tid, plats, kopia, mangd(penna.slump, DELAR[namn_]))


def _skriv_vantande(penna: Penna, liv: Insatsliv) -> None:
    """A decision that nobody has carried out, some of them for more than the three months of LSS 28 f §."""
    fran = penna.ram.sista - timedelta(days=penna.slump.randint(15, 400))
    skriv_beslut(penna, liv, [Beslut(fran, None, "", f"B{liv.bas}-1")])


def _skriv_utfort(penna: Penna, individ: Individ, verk: Verk, besok: Besoksskrivare) -> None:
    if verk.insats in DYGN:
        skriv_bortavaro(penna, verk)
    elif verk.insats in DAGAR:
        skriv_dagar(penna, verk, _sen_vecka(penna.ram, individ.index))
    elif verk.insats in LEDSAGNING:
        ledsagning(besok, penna, verk)
        storhelgsbesok(besok, penna, verk)
    elif verk.insats == "SOL-BOSTOD":
        dagtid = any(DELAR[d].insats in DAGAR for d in individ.plats.profil.delar)
        boendestod(besok, penna, verk, eftermiddag=dagtid)


def _sen_vecka(ram: Ram, index: int) -> tuple[date, date] | None:
    if not ar_sen(index):
        return None
    manad = ram.manad(index // SENA_AV % 2)
    return manad.replace(day=18), min(manad.replace(day=24), manadens_sista(manad))
