"""The verkställigheter behind a month of a prognos, calculated as they are now: the prognos itself keeps no person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ersattning.kalkyl.antagande import Antagande, Planerat, antag, slutet, starten
from ersattning.kalkyl.person import rakna_person
from ersattning.kalkyl.planerat import som_planerat
from ersattning.kalkyl.typer import Person, Rad, Verkstallighet
from ersattning.kalkyl.vistelser import UPPREPAD, VARV, med_vistelser
from ersattning.models import Prognos
from ersattning.prognos.berakning import EFTER_NARVARO, KRONOR
from ersattning.prognos.rader import andelar_av
from ersattning.simulering.bestallda import las_bestallda
from ersattning.simulering.planer import las_planer
from ersattning.underlag import dagens_manadsbok, fraga, horisont
from ersattning.underlag_manader import las_personmanader
from grund.pengar import avrunda
from grund.tid import EN_DAG, Manad


@dataclass(frozen=True, slots=True)
class Verkrad:
    """A verkställighet in the month. `till` inclusive."""

    pk: int
    nyckel: str
    niva: str
    fran: date
    till: date | None
    planerat: Decimal
    kronor: Decimal
    not_: str


def las(prognos: Prognos, insats: str, utforare: int, manad: Manad) -> list[Verkrad]:
    """Each that is paid in the month if decisions are prolonged, dearest first."""
    personer = _personer(prognos, insats, utforare, manad)
    bok, planer = dagens_manadsbok(manad), las_planer(personer, prognos.idag)
    andel = andelar_av(prognos).get(insats, {}).get(KRONOR, Decimal(1))
    svar: list[Verkrad] = []
    for lagrad in personer:
        antagen = antag(lagrad, Planerat(Antagande.FORLANGT, prognos.idag), manad)
        planerad = som_planerat(antagen, planer, bok, prognos.idag)
        rader = rakna_person(planerad, bok).rader
        alla = zip(lagrad.verkstalligheter, antagen.verkstalligheter, planerad.verkstalligheter, strict=True)
        for nu, sedan, verk in alla:
            egna = [rad for rad in rader if rad.verkstallighet is verk]
            if egna and verk.beslut.insats == insats and verk.utforare_id == utforare:
                svar.append(_rad(nu, egna, andel, "Antas förlängas" if sedan is not nu else ""))
    return sorted(svar, key=lambda ett: (-ett.kronor, ett.nyckel))


def _rad(verk: Verkstallighet, rader: Sequence[Rad], andel: Decimal, not_: str) -> Verkrad:
    planerat = sum((rad.belopp for rad in rader), Decimal(0))
    kronor = sum(
        (Fraction(rad.belopp) * (Fraction(andel) if rad.artikel in EFTER_NARVARO else 1) for rad in rader), Fraction(0)
    )
    slut = slutet(verk)
    return Verkrad(
        pk=verk.id,
        nyckel=verk.nyckel,
        niva=", ".join(sorted({rad.niva for rad in rader if rad.niva})),
        fran=starten(verk),
        till=slut and slut - EN_DAG,
        planerat=planerat,
        kronor=avrunda(kronor),
        not_="Återkommande vistelse" if verk.id == UPPREPAD else not_,
    )


def _personer(prognos: Prognos, insats: str, utforare: int, manad: Manad) -> list[Person]:
    """Those with the insats there, so that decisions that have ended since can be prolonged."""
    idag = prognos.idag
    rader = fraga(
        """SELECT DISTINCT b.person_id FROM utforare_verkstallighet v
             JOIN beslut_beslut b ON b.id = v.beslut_id JOIN utforare_enhet e ON e.id = v.enhet_id
            WHERE e.utforare_id = %(utforare)s AND b.insats = %(insats)s AND v.fran < %(till)s
              AND (v.till IS NULL OR v.till >= %(fran)s)""",
        {"utforare": utforare, "insats": insats, "till": manad.till, "fran": min(horisont(manad), idag - VARV)},
    )
    bestallda = {
        person: [verk for verk in egna if verk.utforare_id == utforare and verk.beslut.insats == insats]
        for person, egna in las_bestallda(idag).items()
    }
    ider = sorted({rad[0] for rad in rader} | {person for person, egna in bestallda.items() if egna})
    aven = las_bestallda(idag, ider)
    fran = min(manad, Manad.av(idag - VARV))
    alla = las_personmanader([manad], ider, fran=fran, aven=aven)[manad]
    return [med_vistelser(ett, idag, manad.till) for ett in alla]
