"""R30: days that are paid after a verkställighet has ended."""

from datetime import date, timedelta

from ersattning.kalkyl.bocker import niva_pa_dag
from ersattning.kalkyl.grunder import ar_betald
from ersattning.kalkyl.samling import Manadsbok, Samling, Stracka
from ersattning.kalkyl.typer import Person, Verkstallighet

_ENHET = {"dygn": "dygn", "manad": "manad"}


def rakna(person: Person, bok: Manadsbok, samling: Samling) -> None:
    """Pay the days after the end that lie in the month, as presence, at the level of the last day."""
    verk = samling.verkstallighet
    dagar = avslutsdagar(person, verk, bok)
    if not dagar:
        return
    assert verk.till is not None  # noqa: S101  avslutsdagar has looked
    sista = verk.till - timedelta(days=1)
    insats = verk.beslut.insats
    vid_slutet = bok.avtal.pa_dag(verk.utforare_id, insats, person.id, sista)
    assert vid_slutet is not None  # noqa: S101  the last day was paid, so it had an avtal
    bedomning = niva_pa_dag(person.nivaer.get(insats, ()), sista, fran_godkand=vid_slutet.niva_fran_godkand)
    kvar = dagar
    for mask, avtal in bok.avtal.dagar(verk.utforare_id, insats, person.id):
        kvar &= ~mask
        enhet = _ENHET.get(avtal.modell)
        if dagar & mask and enhet:
            stracka = Stracka(dagar & mask, avtal, bedomning)
            priser = bok.priser.dagar(avtal.prislista_id, insats, enhet, stracka.niva, verk.omfattning)
            samling.prissatt(dagar & mask, stracka, priser, artikel="avslut", enhet=enhet, omfattning=verk.omfattning)
    samling.avvik("avtal_saknas", kvar)


def avslutsdagar(person: Person, verk: Verkstallighet, bok: Manadsbok) -> int:
    """The days of the month that the end has earned (a mask)."""
    if verk.till is None or verk.till >= bok.kalender.manad.till:
        return 0
    sista = verk.till - timedelta(days=1)
    avtal = bok.avtal.pa_dag(verk.utforare_id, verk.beslut.insats, person.id, sista)
    if avtal is None or not avtal.avslut_dagar or not ar_betald(verk.beslut, person.avliden, sista):
        return 0
    if avtal.avslut_orsaker and verk.slutorsak not in avtal.avslut_orsaker:
        return 0
    slut = _stopp(person, verk, verk.till, _dag_efter(verk.till, avtal.avslut_dagar))
    return bok.kalender.mask(verk.till, slut) if slut > verk.till else 0


def _dag_efter(dag: date, antal: int) -> date:
    return date.fromordinal(min(dag.toordinal() + antal, date.max.toordinal()))


def _stopp(person: Person, verk: Verkstallighet, till: date, slut: date) -> date:
    """The day when another verkställighet at the same enhet takes over, at the latest `slut`."""
    for annan in person.verkstalligheter:
        samma = annan.beslut.insats == verk.beslut.insats and annan.enhet_id == verk.enhet_id
        if annan.id == verk.id or not samma:
            continue
        if annan.fran >= till:
            slut = min(slut, annan.fran)
        elif annan.till is None or annan.till > till:
            return till
    return slut
