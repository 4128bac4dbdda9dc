"""R10, R11, R12, R23: what a paid day pays; R30: the days after the end."""

from datetime import date, timedelta
from fractions import Fraction

from .regler import (
    ENHET_FOR_MODELL,
    andel_vid_franvaro,
    avtal_for,
    bestallda_minuter,
    niva_for,
    omfattning_vid_narvaro,
    plats_i_dygnsfranvaro,
    plats_i_franvarorader,
    pris_for,
    prova_dag,
)
from .tid import EN_DAG, antal_dagar, manad_for
from .underlag import Avtal, Underlag, Verkstallighet, galler
from .utfall import Avvikelse, Post, Utfall


def prissatt_dag(
    u: Underlag,
    v: Verkstallighet,
    dag: date,
    avtal: Avtal,
    *,
    artikel: str,
    niva: str,
    omfattning: str,
    antal: Fraction = Fraction(1),
    faktor: Fraction = Fraction(1),
) -> Utfall:
    """R4, R5: a priced day, or its avvikelse; nothing is looked up for antal 0 or faktor 0."""
    if antal == 0 or faktor == 0:
        return Utfall()
    enhet = ENHET_FOR_MODELL[avtal.modell]
    a_pris = pris_for(u, avtal, dag, enhet=enhet, niva=niva, omfattning=omfattning, tidsband="")
    if isinstance(a_pris, str):
        return Utfall(avvikelser=[Avvikelse(a_pris, v, dag)])
    return Utfall(poster=[Post(v, artikel, niva, omfattning, "", a_pris, faktor, enhet, dag, antal)])


def dygn(u: Underlag, v: Verkstallighet, dag: date, avtal: Avtal) -> Utfall:
    """R10: who lives there, lives there; absence pays the staircase's share."""
    niva = niva_for(u, v, dag, avtal)
    plats = plats_i_dygnsfranvaro(v, dag)
    if plats == 0:
        return prissatt_dag(u, v, dag, avtal, artikel="dygn", niva=niva, omfattning=v.omfattning)
    faktor = andel_vid_franvaro(avtal, plats)
    return prissatt_dag(u, v, dag, avtal, artikel="franvaro", niva=niva, omfattning=v.omfattning, faktor=faktor)


def narvaro(u: Underlag, v: Verkstallighet, dag: date, avtal: Avtal) -> Utfall:
    """R11: only days with a närvaro row."""
    if dag not in v.narvaro:
        return Utfall()
    niva = niva_for(u, v, dag, avtal)
    omfattning = omfattning_vid_narvaro(v, avtal, dag)
    if v.narvaro[dag].kod == "N":
        return prissatt_dag(u, v, dag, avtal, artikel="narvaro", niva=niva, omfattning=omfattning)
    faktor = andel_vid_franvaro(avtal, plats_i_franvarorader(v, dag))
    return prissatt_dag(u, v, dag, avtal, artikel="franvaro", niva=niva, omfattning=omfattning, faktor=faktor)


def manad(u: Underlag, v: Verkstallighet, dag: date, avtal: Avtal) -> Utfall:
    """R12: a day is its part of the month."""
    antal = Fraction(1, antal_dagar(manad_for(dag)))
    niva = niva_for(u, v, dag, avtal)
    return prissatt_dag(u, v, dag, avtal, artikel="manad", niva=niva, omfattning=v.omfattning, antal=antal)


def bestalld_tid(u: Underlag, v: Verkstallighet, dag: date, avtal: Avtal) -> Utfall:
    """R23: the day's ordered minutes; a time model has no omfattning (R5)."""
    minuter = bestallda_minuter(v, dag)
    if minuter is None:
        return Utfall(avvikelser=[Avvikelse("omfattning_saknas", v, dag)])
    niva = niva_for(u, v, dag, avtal)
    return prissatt_dag(u, v, dag, avtal, artikel="bestalld_tid", niva=niva, omfattning="", antal=minuter / 60)


def utford_tid(u: Underlag, v: Verkstallighet, dag: date, avtal: Avtal) -> Utfall:
    """R20: it is the visits that pay, see besok.py."""
    return Utfall()


MODELLER = {
    "dygn": dygn,
    "narvaro": narvaro,
    "manad": manad,
    "bestalld_tid": bestalld_tid,
    "utford_tid": utford_tid,
}


def dagens_utfall(u: Underlag, v: Verkstallighet, dag: date) -> Utfall:
    """R6: R1, R2, omfattning_saknas and R4 in this order, only the first failure."""
    avtal = prova_dag(u, v, dag)
    if isinstance(avtal, str):
        return Utfall(avvikelser=[Avvikelse(avtal, v, dag)])
    return MODELLER[avtal.modell](u, v, dag, avtal)


def avslutsdagar(u: Underlag, v: Verkstallighet) -> list[date]:
    """R30: the further days that the end earns."""
    if v.till is None:
        return []
    avtal = prova_dag(u, v, v.till)
    if isinstance(avtal, str) or (avtal.avslut_orsaker and v.slutorsak not in avtal.avslut_orsaker):
        return []
    samma_plats = [
        w
        for w in u.verkstalligheter
        if w.verkstallighet_id != v.verkstallighet_id
        and (w.person_id, w.insats, w.enhet_id) == (v.person_id, v.insats, v.enhet_id)
    ]
    if any(w.fran <= v.till and galler(w, v.till + EN_DAG) for w in samma_plats):
        return []
    dagar = []
    for nummer in range(1, avtal.avslut_dagar + 1):
        dag = v.till + timedelta(days=nummer)
        if any(w.fran > v.till and w.fran <= dag for w in samma_plats):
            break
        dagar.append(dag)
    return dagar


def avslutsdagens_utfall(u: Underlag, v: Verkstallighet, dag: date) -> Utfall:
    """R30: under the day's own avtal, at the level of `till` (R3 with the avtal on `till`) and the price of the day."""
    assert v.till is not None
    avtal = avtal_for(u, v, dag)
    if avtal is None:
        return Utfall(avvikelser=[Avvikelse("avtal_saknas", v, dag)])
    if avtal.modell not in {"dygn", "manad"}:
        return Utfall()
    avtal_vid_till = avtal_for(u, v, v.till)
    assert avtal_vid_till is not None
    niva = niva_for(u, v, v.till, avtal_vid_till)
    antal = Fraction(1, antal_dagar(manad_for(dag))) if avtal.modell == "manad" else Fraction(1)
    return prissatt_dag(u, v, dag, avtal, artikel="avslut", niva=niva, omfattning=v.omfattning, antal=antal)
