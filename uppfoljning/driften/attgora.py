"""Alarms on the start page: of operations for who looks after the system, of a month for who runs it."""

from datetime import date

from grund import klocka
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from uppfoljning.driften import regler, visning
from uppfoljning.driften.lage import lage
from uppfoljning.driften.regler import Ansvar, Larm

VISAS = 8


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """For the systemförvaltare and the controller. A state that has its own list already is an alarm only when late."""
    del idag, alla
    mina = {
        ansvar
        for ansvar, ratt in ((Ansvar.DRIFT, Ratt.SKOTA_DRIFTEN), (Ansvar.ERSATTNING, Ratt.KORA_MANAD))
        if har_ratt(vem.roller, ratt)
    }
    if not mina:
        return []
    larm = [ett for ett in regler.larm(lage(klocka.nu())) if ett.ansvar in mina or Ansvar.DRIFT in mina]
    if not larm:
        return []
    ingress = "Det här är inte som det ska vara. Varje rad säger vad du kan göra."
    rader = [_uppgift(ett, vem) for ett in larm[:VISAS]]
    return [Uppgiftsgrupp("larm", "Larm", "Larm", ingress, rader, len(larm), sen=True)]


def _uppgift(larm: Larm, vem: Anvandare) -> Uppgift:
    adress, lanktext = visning.lank(larm, vem)
    return Uppgift(
        nar=visning.sedan(larm),
        nar_under="" if larm.sedan is None else "sedan dess",
        vem=larm.mening,
        adress="",
        vad=visning.gor(larm, vem),
        lage="Att åtgärda",
        nasta=lanktext,
        nasta_adress=adress,
        sen=True,
    )
