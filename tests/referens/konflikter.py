"""R31: conflicts that a person decides. Pay is not affected."""

from datetime import date

from .regler import avtal_for, prova_dag
from .tid import dag_for, dagar_i, manad_for
from .underlag import Besok, Underlag, Verkstallighet, galler
from .utfall import Avvikelse


def overlappar(ett: Besok, annat: Besok) -> bool:
    """Half-open, in elapsed time."""
    assert ett.utford_start is not None
    assert ett.utford_slut is not None
    assert annat.utford_start is not None
    assert annat.utford_slut is not None
    return ett.utford_start < annat.utford_slut and annat.utford_start < ett.utford_slut


def personens(u: Underlag, v: Verkstallighet) -> list[Verkstallighet]:
    return [w for w in u.verkstalligheter if w.person_id == v.person_id]


def overlappande_besok(u: Underlag, v: Verkstallighet, besok: Besok) -> bool:
    """Across verkställigheter, models and months."""
    andra = [b for w in personens(u, v) for b in w.besok if b.utford_start and b.besok_id != besok.besok_id]
    return any(overlappar(besok, annat) for annat in andra)


def franvarande(u: Underlag, v: Verkstallighet, dag: date) -> bool:
    """F for the person in a verkställighet whose avtal that day has modell dygn."""
    for w in personens(u, v):
        if dag in w.narvaro and w.narvaro[dag].kod == "F":
            avtal = avtal_for(u, w, dag)
            if avtal is not None and avtal.modell == "dygn":
                return True
    return False


def besokskonflikter(u: Underlag, v: Verkstallighet, manad: str) -> list[Avvikelse]:
    avvikelser = []
    for besok in v.besok:
        if besok.utford_start is None or manad_for(dag_for(besok.utford_start)) != manad:
            continue
        dag = dag_for(besok.utford_start)
        if overlappande_besok(u, v, besok):
            avvikelser.append(Avvikelse("overlappande_besok", v, dag, besok.besok_id))
        if franvarande(u, v, dag):
            avvikelser.append(Avvikelse("besok_vid_franvaro", v, dag, besok.besok_id))
    return avvikelser


def betald_boendedag(u: Underlag, v: Verkstallighet, dag: date) -> bool:
    """A paid day (R1, R2) whose avtal has modell dygn or manad."""
    avtal = prova_dag(u, v, dag) if galler(v, dag) else ""
    return not isinstance(avtal, str) and avtal.modell in {"dygn", "manad"}


def dubbla_dagar(u: Underlag, v: Verkstallighet, manad: str) -> list[Avvikelse]:
    """Two verkställigheter of one person and insats: each of them, those days."""
    andra = [w for w in personens(u, v) if w.insats == v.insats and w.verkstallighet_id != v.verkstallighet_id]
    return [
        Avvikelse("dubbel_verkstallighet", v, dag)
        for dag in dagar_i(manad)
        if betald_boendedag(u, v, dag) and any(betald_boendedag(u, w, dag) for w in andra)
    ]
