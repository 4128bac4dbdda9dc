"""What Ekstad's utförare have reported by the demo's day: June begun, visits planned, one month signed.

Everything is registered as on the pages. Nothing of the months that are settled is touched.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from grund.models import Anvandare
from grund.tid import EN_DAG, STOCKHOLM, Manad, lokal_dag
from utforare import narvaroblad, rapportering
from utforare.actions.besok import Vem, planera, registrera_avbokat, registrera_utfort
from utforare.actions.narvaro import Cell, spara_narvaro
from utforare.actions.signering import hinder_for_signering, signera
from utforare.besoksregler import Tid
from utforare.dagvarde import Dagvarde
from utforare.models import Besok, Enhet, PlaneratBesok, Signering
from utforare.tillgang import enheter

_FRANVARO = ("sjuk", "ledig", "planeringsdag", "oanmald")
_VECKOR = 2
_TOM, _BORTA = 23, 11  # every so many cells is left empty, or absent


def lagg_upp(sista: Manad, dagar: int = 3) -> None:
    """Report `dagar` days of the month after `sista`, once."""
    if PlaneratBesok.objects.exists() or Signering.objects.exists():
        return
    manad = sista.plus(1)
    idag = manad.fran + EN_DAG * (dagar - 1)
    nu = datetime.combine(idag, time(9, 30), STOCKHOLM)
    petra, omar = (Anvandare.objects.get(username=namn) for namn in ("petra", "omar"))
    for enhet in enheter(petra, idag):
        _narvaro(enhet, manad, idag, nu, petra)
    for enhet in enheter(omar, idag):
        _besok(enhet, sista, nu, omar)
    _signera(list(enheter(petra, idag)), sista, idag, nu, petra)


def _narvaro(enhet: Enhet, manad: Manad, idag: date, nu: datetime, av: Anvandare) -> None:
    """The days before today, as expected, with some absence and some days forgotten."""
    blad = narvaroblad.hamta(av, enhet, manad, idag)
    dagar = [(rad.verk_id, dag) for rad in blad.rader if rad.celler for dag in rad.saknade if dag < idag]
    celler = [Cell(verk, dag, _varde(nr), None) for nr, (verk, dag) in enumerate(dagar, 1) if nr % _TOM]
    spara_narvaro(enhet=enhet, celler=celler, skal="", av=av, idag=idag, nu=nu)


def _varde(nummer: int) -> Dagvarde:
    if nummer % _BORTA:
        return Dagvarde("N")
    return Dagvarde("F", orsak=_FRANVARO[nummer // _BORTA % len(_FRANVARO)])


def _besok(enhet: Enhet, sista: Manad, nu: datetime, av: Anvandare) -> None:
    """The last whole week of the settled month, planned again for the weeks that come; those that were are reported."""
    vecka = sista.till - EN_DAG * (sista.till.weekday() or 7)
    for ett in _planerade(enhet, vecka - EN_DAG * 7, vecka):
        assert ett.planerad_start is not None  # noqa: S101  chosen so
        assert ett.planerad_slut is not None  # noqa: S101
        fram = timedelta(days=7)
        while lokal_dag(ett.planerad_start + fram) < sista.till:
            fram += timedelta(days=7)
        tid = Tid(ett.planerad_start + fram, ett.planerad_slut + fram)
        sist = lokal_dag(tid.start) + timedelta(days=7 * (_VECKOR - 1))
        verk = ett.verkstallighet
        if verk.till is None and verk.beslut.person.avliden is None:
            planera(verk=verk, tid=tid, till_och_med=sist, vem=Vem(av, nu))
    _rapportera(enhet, nu, av)


def _planerade(enhet: Enhet, fran: date, till: date) -> Iterable[Besok]:
    urval = Besok.objects.filter(verkstallighet__enhet=enhet, dag__gte=fran, dag__lt=till, planerad_start__isnull=False)
    return urval.select_related("verkstallighet__enhet", "verkstallighet__beslut__person").order_by("nyckel")


def _rapportera(enhet: Enhet, nu: datetime, av: Anvandare) -> None:
    """Of the visits before today: most carried out, some cancelled too late or in time, the latest not yet reported."""
    planer = PlaneratBesok.objects.filter(verkstallighet__enhet=enhet, slut__lt=nu)
    ordnade = list(
        planer.select_related("verkstallighet__enhet", "verkstallighet__beslut__person").order_by("start", "nyckel")
    )
    for nummer, plan in enumerate(ordnade[: -max(1, len(ordnade) // 8)] if ordnade else [], 1):
        verk, tid = plan.verkstallighet, Tid(plan.start, plan.slut)
        if nummer % 6:
            vem = Vem(av, tid.slut + timedelta(minutes=20) if nummer % 5 else nu)
            registrera_utfort(verk=verk, tid=tid, planerat=tid, vem=vem, nyckel=plan.nyckel, bekraftat=True)
        else:
            avbokad = (tid.start - timedelta(hours=17), tid.start - timedelta(hours=50), None)[nummer // 6 % 3]
            orsak = "sjuk" if avbokad else "ej_hemma"
            vem = Vem(av, nu)
            registrera_avbokat(
                verk=verk, planerat=tid, avbokad=avbokad, avbokad_av="brukare", orsak=orsak, vem=vem, nyckel=plan.nyckel
            )


def _signera(alla: list[Enhet], manad: Manad, idag: date, nu: datetime, av: Anvandare) -> None:
    """One enhet has signed the month; the others have until the fifth working day."""
    for enhet in alla[:1]:
        if not hinder_for_signering(rapportering.enhetens_lage(enhet, manad, idag), idag):
            avtryck = rapportering.innehall(enhet, manad).avtryck
            signera(enhet=enhet, manad=manad, avtryck=avtryck, tomma_ar_ratt=True, av=av, idag=idag, nu=nu)
