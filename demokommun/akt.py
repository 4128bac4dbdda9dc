"""The rows of a person's akt: decisions, verkställigheter and level assessments."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from demokommun.liv import Avsnitt, Beslut, Insatsliv, Tid, Verk
from demokommun.penna import Penna
from demokommun.ram import Ram
from demokommun.utbud import NIVASKALOR

GRADER = ("heltid", "heltid", "heltid", "halvtid", "deltid")
BEDOMARE, GODKANNARE = ("maria.lindgren", "jonas.ek"), "per.ahlin"


def skriv_beslut(penna: Penna, liv: Insatsliv, kedja: list[Beslut]) -> None:
    slump, enhet = penna.slump, liv.insatsdel.omfattning_enhet
    omfattning = f"{liv.mangd:g}" if enhet else ""
    for plats, beslut in enumerate(kedja):
        dag = beslut.fran - timedelta(days=slump.randint(14, 40) if plats else slump.randint(0, 5))
        ansokan = dag - timedelta(days=slump.randint(10, 90))
        utfall = "delvis" if slump.random() < 0.04 else "bifall"
        rad = (beslut.beslut_id, liv.person_id, liv.insatsdel.insats, liv.insatsdel.lagrum, utfall, ansokan, dag)
        uppfoljning = _uppfoljning(penna, dag, beslut)
        penna.ut.rad("beslut", *rad, beslut.fran, oppen(beslut.till), omfattning, enhet, uppfoljning)


def _uppfoljning(penna: Penna, dag: date, beslut: Beslut) -> date | str:
    """Within a year, but overdue for one in fourteen; left empty (= 12 months) for the newest and the ended."""
    sista = penna.ram.sista
    if (sista - dag).days < 300 or (beslut.till and beslut.till < sista):
        return ""
    forsenad = penna.slump.random() < 0.07
    return sista + timedelta(days=-penna.slump.randint(5, 200) if forsenad else penna.slump.randint(5, 360))


def skriv_verk(penna: Penna, liv: Insatsliv, kedja: list[Beslut], delar: list[Avsnitt]) -> list[Verk]:
    """One verkställighet for each decision at each enhet. Returned are those that touch the demo period."""
    skrivna = []
    for nummer, (beslut, del_, tid) in enumerate(_bitar(kedja, delar, penna.ram), 1):
        verk_id, omfattning = f"V{liv.bas}-{nummer}", _grad(penna.slump, del_.kod, liv)
        bestalld = tid.fran - timedelta(days=penna.slump.randint(0, 6))
        rad = (verk_id, beslut.beslut_id, del_.enhet_id, bestalld, omfattning, "", "", tid.fran)
        penna.ut.rad("verkstalligheter", *rad, oppen(tid.till), tid.slutorsak)
        if tid.till is None or tid.till >= penna.ram.forsta:
            skrivna.append(Verk(verk_id, del_.kod, tid.fran, tid.till, liv.insatsdel.insats, liv.mangd))
    return skrivna


def _bitar(kedja: list[Beslut], delar: list[Avsnitt], ram: Ram) -> Iterator[tuple[Beslut, Avsnitt, Tid]]:
    """Where decisions and times at an enhet meet. What ends after the period has not ended yet."""
    for beslut in kedja:
        for del_ in delar:
            slut = min(_stopp(beslut, kedja, ram), del_.till or date.max)
            fran = max(beslut.fran, del_.fran)
            if fran <= slut and slut > ram.sista:
                yield beslut, del_, Tid(fran, None)
            elif fran <= slut:
                yield beslut, del_, Tid(fran, slut, del_.slutorsak if slut == del_.till else "beslut_upphor")


def _stopp(beslut: Beslut, kedja: list[Beslut], ram: Ram) -> date:
    """A decision's end stops the work, except that nobody noticed when the last one ran out."""
    obemarkt = beslut is kedja[-1] and beslut.till is not None and beslut.till <= ram.sista
    return date.max if obemarkt or beslut.till is None else beslut.till


def _grad(slump: Random, kod: str, liv: Insatsliv) -> str:
    """The ordered degree, in the words of the utförare's price list. HAN's newest list has no halvtid."""
    if liv.insatsdel.insats != "LSS-10":
        return ""
    if kod == "KVH":
        return f"{liv.mangd:g} dagar/vecka"
    return slump.choice(("heltid", "heltid", "deltid") if kod == "HAN" else GRADER)


def oppen(dag: date | None) -> date | str:
    return "" if dag is None else dag


def skriv_niva(penna: Penna, liv: Insatsliv, kod: str) -> None:
    """First level at the start; every sixth has had another assessment since, not all of them approved (yet)."""
    slump, skala = penna.slump, NIVASKALOR.get(kod, ())
    if not skala or slump.random() < 0.004:  # a few were never assessed
        return
    # middle levels are the most common
    niva = min(len(skala) - 1, int((slump.random() + slump.random()) / 2 * len(skala)))
    dag = liv.tid.fran - timedelta(days=slump.randint(1, 20))
    rad = (f"N{liv.bas}-1", liv.person_id, liv.insatsdel.insats, skala[niva], dag)
    penna.ut.rad("nivabedomningar", *rad, "godkand", BEDOMARE[0], GODKANNARE, dag)
    if slump.random() < 0.17 and len(skala) > 1:
        _skriv_nyniva(penna, liv, _annan(slump, skala, niva), dag)


def _annan(slump: Random, skala: tuple[str, ...], niva: int) -> str:
    """One step up, more often than down."""
    upp = niva == 0 or (niva + 1 < len(skala) and slump.random() < 0.7)
    return skala[niva + 1 if upp else niva - 1]


def _skriv_nyniva(penna: Penna, liv: Insatsliv, niva: str, forra: date) -> None:
    slut = liv.tid.till or penna.ram.sista
    ny = min(slut, forra + timedelta(days=penna.slump.randint(90, max(91, (slut - forra).days))))
    rad = (f"N{liv.bas}-2", liv.person_id, liv.insatsdel.insats, niva, ny)
    penna.ut.rad("nivabedomningar", *rad, *_utgang(penna, ny))


def _utgang(penna: Penna, dag: date) -> tuple[object, ...]:
    """status, bedomd_av, godkand_av, godkand. Waiting ones are recent; some are approved months late."""
    slump, sista, utfall = penna.slump, penna.ram.sista, penna.slump.random()
    if (sista - dag).days < 60 and utfall < 0.6:
        return ("inskickad", BEDOMARE[0], "", "")
    if utfall < 0.12:
        return ("avvisad", BEDOMARE[1], "", "")
    senare = slump.randint(30, 120) if utfall > 0.8 else slump.randint(0, 14)
    return ("godkand", BEDOMARE[1], GODKANNARE, min(dag + timedelta(days=senare), sista))
