"""R50: arbetsbonus."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .tid import EN_DAG, lagg_till_manader, manad_for
from .underlag import Anstallning, Bonusregel, Underlag, Verkstallighet, galler
from .utfall import Avvikelserad, Ersattningsrad, avrundat

GLAPP = timedelta(days=31)
Utbetalningsnyckel = tuple[str, str, str]


@dataclass(frozen=True)
class Utbetalning:
    """One payment of a bonus. `slag` is `start` or `rest`."""

    regel: Bonusregel
    v: Verkstallighet
    slag: str
    dag: date
    belopp: Fraction

    @property
    def nyckel(self) -> Utbetalningsnyckel:
        return (self.regel.regel_id, self.v.person_id, self.slag)

    @property
    def manad(self) -> str:
        return manad_for(self.dag)


def daglig_verksamhet(u: Underlag, person_id: str, senast: date) -> list[Verkstallighet]:
    """The person's verkställigheter of LSS-10 that have begun; the beslut is not tested."""
    return [v for v in u.verkstalligheter if (v.person_id, v.insats) == (person_id, "LSS-10") and v.fran <= senast]


def utforarens_verkstallighet(dv: list[Verkstallighet], s: date) -> Verkstallighet | None:
    """(a) The one that covers s, else the one that ended last with s − till ≤ 31 days."""
    tacker = [v for v in dv if galler(v, s)]
    if tacker:
        return max(tacker, key=lambda v: (v.fran, v.verkstallighet_id))
    slutade = [v for v in dv if v.till is not None and s - v.till <= GLAPP]
    if not slutade:
        return None
    return max(slutade, key=lambda v: (v.till, v.fran, v.verkstallighet_id))


def hanger_ihop(ett: Verkstallighet, annat: Verkstallighet) -> bool:
    """(b) The next one's fran − till ≤ 31 days, or overlapping."""
    forst, sedan = sorted((ett, annat), key=lambda v: v.fran)
    return forst.till is None or sedan.fran - forst.till <= GLAPP


def kedjans_forsta_dag(dv: list[Verkstallighet], sista: Verkstallighet) -> date:
    """(b) Walk the chain that leads to s backwards, one link at a time."""
    kedja = [sista]
    for lank in kedja:  # grows while it is walked
        kedja += [v for v in dv if v not in kedja and hanger_ihop(v, lank)]
    return min(v.fran for v in kedja)


def ratt_anstallning(regel: Bonusregel, a: Anstallning) -> bool:
    """(c) Its form is one of the rule's, its sysselsättningsgrad at least the rule's."""
    ratt_form = not regel.anstallningsformer or a.anstallningsform in regel.anstallningsformer
    minst = regel.minst_sysselsattningsgrad
    return ratt_form and (minst is None or a.sysselsattningsgrad >= minst)


def ger_bonus(u: Underlag, regel: Bonusregel, a: Anstallning) -> Verkstallighet | None:
    """(a)–(d): the verkställighet whose utförare has earned it, or None."""
    dv = daglig_verksamhet(u, a.person_id, a.fran)
    v = utforarens_verkstallighet(dv, a.fran)
    if v is None or not ratt_anstallning(regel, a) or not galler(regel, a.fran):
        return None
    forsta = kedjans_forsta_dag(dv, v)
    if regel.tidigast_manader is not None and a.fran < lagg_till_manader(forsta, regel.tidigast_manader):
        return None
    if regel.senast_manader is not None and a.fran > lagg_till_manader(forsta, regel.senast_manader):
        return None
    return v


def anstalld_varje_dag(u: Underlag, regel: Bonusregel, person_id: str, fran: date, till: date) -> bool:
    """Every day, both included, by anställningar that each meet (c)."""
    mina = [a for a in u.anstallningar if a.person_id == person_id and ratt_anstallning(regel, a)]
    dag = fran
    while dag <= till:
        if not any(galler(a, dag) for a in mina):
            return False
        dag += EN_DAG
    return True


def till_oren(belopp: Fraction) -> Fraction:
    return Fraction(avrundat(belopp, 2))


def personens_utbetalningar(u: Underlag, regel: Bonusregel, person_id: str) -> list[Utbetalning]:
    """One bonus per person and rule: the first anställning (fran, anstallning_id) that meets (a)–(d)."""
    mina = [a for a in u.anstallningar if a.person_id == person_id]
    for a in sorted(mina, key=lambda a: (a.fran, a.anstallning_id)):
        v = ger_bonus(u, regel, a)
        if v is None:
            continue
        if regel.kvalificering_manader == 0:
            utbetalningar = [Utbetalning(regel, v, "start", a.fran, regel.belopp)]
        else:
            assert regel.andel_vid_start is not None
            start = till_oren(regel.andel_vid_start * regel.belopp)
            utbetalningar = [Utbetalning(regel, v, "start", a.fran, start)]
            slutdag = lagg_till_manader(a.fran, regel.kvalificering_manader)
            if anstalld_varje_dag(u, regel, person_id, a.fran, slutdag):
                utbetalningar.append(Utbetalning(regel, v, "rest", slutdag, regel.belopp - start))
        return [utbetalning for utbetalning in utbetalningar if utbetalning.belopp > 0]
    return []


def alla_utbetalningar(u: Underlag) -> list[Utbetalning]:
    """In the order in which the årstak tries them: (due day, person_id)."""
    personer = sorted({a.person_id for a in u.anstallningar})
    alla = [utb for regel in u.bonusregler for person in personer for utb in personens_utbetalningar(u, regel, person)]
    return sorted(alla, key=lambda utb: (utb.dag, utb.v.person_id))


def prova_arstak(
    utbetalningar: Iterable[Utbetalning],
    faststallda: dict[Utbetalningsnyckel, tuple[date, Fraction]],
    hoppade: set[Utbetalningsnyckel],
    stoppade: Collection[tuple[str, str]] = (),
) -> list[tuple[Utbetalning, bool]]:
    """The payments not settled or skipped before, nor of a bonus taken back, each with whether it fits. Fastställda
    ones have taken theirs, also those taken back.
    """
    taget: dict[tuple[str, int], Fraction] = {}
    for (regel_id, _, _), (dag, belopp) in faststallda.items():
        taget[regel_id, dag.year] = taget.get((regel_id, dag.year), Fraction(0)) + belopp
    provade = []
    for utb in utbetalningar:
        if utb.nyckel in faststallda or utb.nyckel in hoppade or utb.nyckel[:2] in stoppade:
            continue
        ar = (utb.regel.regel_id, utb.dag.year)
        summa = taget.get(ar, Fraction(0)) + utb.belopp
        ryms = utb.regel.arstak is None or summa <= utb.regel.arstak
        if ryms:
            taget[ar] = summa
        provade.append((utb, ryms))
    return provade


def bonusrad(utb: Utbetalning) -> Ersattningsrad:
    dag, belopp = utb.dag.isoformat(), avrundat(utb.belopp, 2)
    vem = (utb.v.utforare_id, utb.v.enhet_id, utb.v.verkstallighet_id, utb.v.person_id)
    return (*vem, "LSS-10", "arbetsbonus", "", "", "", dag, dag, "1.0000", "styck", belopp, "1.0000", belopp, "")


def arstaksrad(utb: Utbetalning) -> Avvikelserad:
    dag = utb.dag.isoformat()
    vem = (utb.v.utforare_id, utb.v.verkstallighet_id, utb.v.person_id)
    return (utb.manad, "bonus_arstak", *vem, dag, dag, "", avrundat(utb.belopp, 2))
