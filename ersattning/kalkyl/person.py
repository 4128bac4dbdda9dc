"""A person's month: which days are paid, on what terms, and then each model in turn."""

from collections.abc import Callable

from ersattning.kalkyl import avslut, bestalld_tid, dygn, konflikter, manad, narvaro, utford_tid
from ersattning.kalkyl.bocker import nivadagar
from ersattning.kalkyl.grunder import beslutade_dagar, dagar_i_livet, dagar_i_verkstalligheten
from ersattning.kalkyl.samling import Manadsbok, Samling, Stracka
from ersattning.kalkyl.typer import Person, Resultat

Modell = Callable[[list[Stracka], Manadsbok, Samling], None]

MODELLER: dict[str, Modell] = {
    "dygn": dygn.rakna,
    "narvaro": narvaro.rakna,
    "manad": manad.rakna,
    "utford_tid": utford_tid.rakna,
    "bestalld_tid": bestalld_tid.rakna,
}


def rakna_person(person: Person, bok: Manadsbok) -> Resultat:
    """All rows and avvikelser of a person's month.

    A person is the unit because what one verkställighet gives may hang on the person's others (R30, R31).
    """
    samlingar = [Samling(bok.kalender, verk) for verk in person.verkstalligheter]
    strackor = [betalda_strackor(person, samling, bok) for samling in samlingar]
    for samling, egna in zip(samlingar, strackor, strict=True):
        for modell, med_modellen in _per_modell(egna).items():
            MODELLER[modell](med_modellen, bok, samling)
        avslut.rakna(person, bok, samling)
    konflikter.rapportera(person, samlingar, strackor, bok)
    return Resultat(
        tuple(rad for samling in samlingar for rad in samling.rader()),
        tuple(avvikelse for samling in samlingar for avvikelse in samling.avvikelser()),
    )


def betalda_strackor(person: Person, samling: Samling, bok: Manadsbok) -> list[Stracka]:
    """The paid days by avtal and level; days that fail R1 or R2 are reported, first failure only (R6)."""
    verk, kalender = samling.verkstallighet, bok.kalender
    dagar = dagar_i_verkstalligheten(verk, kalender)
    if not dagar:
        return []
    beslutade = dagar & beslutade_dagar(verk.beslut, kalender)
    betalda = beslutade & dagar_i_livet(person.avliden, kalender)
    samling.avvik("verkstalld_utan_beslut", dagar & ~beslutade)
    samling.avvik("verkstalld_efter_dodsfall", beslutade & ~betalda)
    strackor, kvar, insats = [], betalda, verk.beslut.insats
    for mask, avtal in bok.avtal.dagar(verk.utforare_id, insats, person.id):
        if not betalda & mask:
            continue
        kvar &= ~mask
        bedomningar = person.nivaer.get(insats, ())
        for nivamask, bedomning in nivadagar(bedomningar, kalender, fran_godkand=avtal.niva_fran_godkand):
            if betalda & mask & nivamask:
                strackor.append(Stracka(betalda & mask & nivamask, avtal, bedomning))
    samling.avvik("avtal_saknas", kvar)
    return strackor


def _per_modell(strackor: list[Stracka]) -> dict[str, list[Stracka]]:
    svar: dict[str, list[Stracka]] = {}
    for stracka in strackor:
        svar.setdefault(stracka.avtal.modell, []).append(stracka)
    return svar
