"""Närvaro, visits and the log told short, with every day and every visit in it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby, pairwise

from beslut.models import Lasning
from grund.text import HART, TANKSTRECK, datum_i_ord, manad_i_ord, stor_forsta, tidpunkt_i_ord
from grund.tid import STOCKHOLM, lokal_dag
from uppfoljning.personuppgifter.varden import Hanvisare
from uppfoljning.registerutdrag.typer import Uppgift
from utforare.models import Besok, Narvaro, Verkstallighet


def narvaro(rader: Iterable[Narvaro], hanvisare: Hanvisare) -> Iterator[Uppgift]:
    """A paragraph for each month and verkställighet: `Närvaro: 1–3, 6. Frånvaro, sjuk: 4.` `rader` come by day."""
    for manad, manadens in groupby(rader, key=lambda rad: rad.datum.replace(day=1)):
        samlat: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for rad in manadens:
            samlat[rad.verkstallighet_id][_vad(rad)].append(rad.datum.day)
        for verk, slag in samlat.items():
            text = ". ".join(f"{stor_forsta(vad)}: {dagar(nummer)}" for vad, nummer in slag.items())
            yield f"{stor_forsta(manad_i_ord(manad))}, {hanvisare.ord(Verkstallighet, verk)}", f"{text}."


def _vad(rad: Narvaro) -> str:
    minuter = "" if rad.minuter is None else f"{rad.minuter}{HART}minuter"
    return ", ".join(filter(None, [rad.get_kod_display(), rad.omfattning, minuter, rad.orsak]))


def dagar(nummer: Iterable[int]) -> str:
    """`1–3, 6`: days of a month, those in a row as a range."""
    ordnade = sorted(set(nummer))
    borjan = [dag for fore, dag in pairwise([ordnade[0] - 2, *ordnade]) if dag != fore + 1]
    slut = [dag for dag, efter in pairwise([*ordnade, ordnade[-1] + 2]) if efter != dag + 1]
    return ", ".join(str(a) if a == b else f"{a}{TANKSTRECK}{b}" for a, b in zip(borjan, slut, strict=True))


def besok(rader: Iterable[Besok], hanvisare: Hanvisare) -> Iterator[Uppgift]:
    """A paragraph for each month and verkställighet, with every visit. `rader` come by day."""
    for manad, manadens in groupby(rader, key=lambda rad: rad.dag.replace(day=1)):
        samlat: dict[int, list[str]] = defaultdict(list)
        for rad in manadens:
            samlat[rad.verkstallighet_id].append(_besoket(rad))
        for verk, texter in samlat.items():
            namn = f"{stor_forsta(manad_i_ord(manad))}, {hanvisare.ord(Verkstallighet, verk)}"
            yield namn, f"{'; '.join(texter)}."


def _besoket(rad: Besok) -> str:
    delar = [f"den{HART}{rad.dag.day}"]
    if rad.utford_start and rad.utford_slut:
        delar.append(_tid(rad.utford_start, rad.utford_slut, rad.dag))
    if rad.planerad_start and rad.planerad_slut:
        delar.append(f"planerat {_tid(rad.planerad_start, rad.planerad_slut, rad.dag)}")
    if rad.avbokad_av:
        nar = f" {tidpunkt_i_ord(rad.avbokad)}" if rad.avbokad else ""
        delar.append(f"avbokat av {rad.get_avbokad_av_display()}{nar}")
    delar += [rad.orsak, f"registrerat: {rad.get_registrering_display()}" if rad.registrering else ""]
    return " ".join([delar[0], ", ".join(filter(None, delar[1:]))])


def _tid(start: datetime, slut: datetime, dag: date) -> str:
    """`18.40–20.05`; with the day where it is another than the visit's."""
    return TANKSTRECK.join(_klockslag(ett, dag) for ett in (start, slut))


def _klockslag(nar: datetime, dag: date) -> str:
    lokal = nar.astimezone(STOCKHOLM)
    return f"{lokal:%H.%M}" if lokal.date() == dag else f"{datum_i_ord(lokal.date())} kl.{HART}{lokal:%H.%M}"


def logg(rader: Iterable[Lasning], roll: Hanvisare) -> Iterator[Uppgift]:
    """A paragraph for each month: which days who (by what they work as) saw what, how many times, and why where it was
    asked. `rader` come in order of time."""
    falt = Lasning._meta.get_field("anvandare").related_model
    for manad, manadens in groupby(rader, key=lambda rad: lokal_dag(rad.tidpunkt).replace(day=1)):
        antal: dict[tuple[int, str], int] = defaultdict(int)
        for rad in manadens:
            varfor = f"utanför sitt uppdrag: {rad.motiv}" if rad.utanfor_uppdrag else rad.motiv
            text = ", ".join(filter(None, [roll.ord(falt, rad.anvandare_id), rad.sida, varfor]))
            antal[lokal_dag(rad.tidpunkt).day, text] += 1
        delar = (f"den{HART}{dag} {text}{_ganger(ganger)}" for (dag, text), ganger in antal.items())
        yield stor_forsta(manad_i_ord(manad)), f"{'; '.join(delar)}."


def _ganger(antal: int) -> str:
    return "" if antal == 1 else f" ({antal}{HART}gånger)"
