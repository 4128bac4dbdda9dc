"""An enhet's visits in a week: planned, to be reported, carried out and cancelled, day by day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Q
from django.db.models.functions import TruncDate

from beslut.tillgang import far_se, namn
from grund.models import Anvandare
from grund.text import stor_forsta, svensk_ordning, tidpunkt_i_ord, veckodag_i_ord
from grund.tid import STOCKHOLM, Manad, lokal_dag
from utforare import bomtidssvar, orsaker
from utforare.actions.besok import minuter, planerat, utford
from utforare.besoksregler import Tid
from utforare.models import Avtal, Besok, Enhet, PlaneratBesok, Verkstallighet
from utforare.regler import AvbokadAv, Registrering
from utforare.tillgang import synliga
from utforare.verkrader import Verkrad, i_manaden


@dataclass(frozen=True, slots=True)
class Besoksrad:
    """A visit as the list shows it. `lage`: planerat, att_rapportera, utfort or avbokat."""

    nyckel: str
    dag: date
    start: str
    planerad: str
    utford: str
    minuter: int
    person: str
    person_id: int
    skyddad: bool
    lage: str
    text: str
    bomtid: str = ""
    plan: Tid | None = None

    @property
    def kan_bekraftas(self) -> bool:
        """It may have been carried out as planned."""
        return self.lage == "att_rapportera"

    @property
    def over_midnatt(self) -> bool:
        """The plan ends the day after it begins."""
        return self.plan is not None and lokal_dag(self.plan.slut) > lokal_dag(self.plan.start)


@dataclass(frozen=True, slots=True)
class Besoksdag:
    """A day and its visits in order of time."""

    rubrik: str
    rader: list[Besoksrad]


def hamta(
    vem: Anvandare, enhet: Enhet, manad: Manad, idag: date, *, visas: Callable[[date], bool] = lambda _: True
) -> list[Besoksdag]:
    """The days of the month that are to be shown and have a visit. Six queries."""
    verk = {ett.verk.pk: ett for ett in med_besok(vem, enhet, manad, idag)}
    besok = list(Besok.objects.filter(verkstallighet__in=verk, dag__gte=manad.fran, dag__lt=manad.till))
    planer = _planer(verk, manad)
    avtal = list(Avtal.objects.filter(utforare=enhet.utforare_id, period__overlap=(manad.fran, manad.till)))
    gjorda = _gjorda(planer)
    rader = [_registrerat(vem, verk[ett.verkstallighet_id].verk, ett, avtal) for ett in besok]
    rader += [_planerat(vem, verk[p.verkstallighet_id].verk, p, idag) for p in planer if p.nyckel not in gjorda]
    valda = [rad for rad in rader if visas(rad.dag)]
    valda.sort(key=lambda rad: (rad.dag, rad.start, svensk_ordning(rad.person), rad.nyckel))
    return [
        Besoksdag(stor_forsta(veckodag_i_ord(dag)), list(dagens))
        for dag, dagens in groupby(valda, key=lambda rad: rad.dag)
    ]


def med_besok(vem: Anvandare, enhet: Enhet, manad: Manad, idag: date) -> list[Verkrad]:
    """The verkställigheter that are reported by visit, as `vem` may see them."""
    return [ett for ett in i_manaden(synliga(vem, idag).filter(enhet=enhet), manad) if ett.har_besok]


def _planer(verk: Iterable[int], manad: Manad) -> list[PlaneratBesok]:
    urval = PlaneratBesok.objects.annotate(dag=TruncDate("start", tzinfo=STOCKHOLM))
    return list(urval.filter(verkstallighet__in=verk, dag__gte=manad.fran, dag__lt=manad.till))


def _gjorda(planer: Iterable[PlaneratBesok]) -> set[str]:
    """Those that are reported, also when the visit came to be in another month."""
    return set(Besok.objects.filter(nyckel__in=[p.nyckel for p in planer]).values_list("nyckel", flat=True))


def avtal_pa_dag(avtal: Iterable[Avtal], verk: Verkstallighet, dag: date) -> Avtal | None:
    """R2 for a day: an individavtal for the person goes first."""
    galler = [
        ett
        for ett in avtal
        if ett.insats == verk.beslut.insats and ett.fran <= dag and (ett.till is None or dag < ett.till)
    ]
    for person in (verk.beslut.person_id, None):
        for ett in galler:
            if ett.person_id == person:
                return ett
    return None


def avtal_for(verk: Verkstallighet, dag: date) -> Avtal | None:
    """The same, read for one day."""
    urval = Avtal.objects.filter(Q(utforare=verk.enhet.utforare_id), period__contains=dag)
    return avtal_pa_dag(urval, verk, dag)


def _registrerat(vem: Anvandare, verk: Verkstallighet, besok: Besok, avtal: list[Avtal]) -> Besoksrad:
    plan, gjort = planerat(besok), utford(besok)
    if gjort:
        text = f"Utfört, registrerat {Registrering(besok.registrering).label}" if besok.registrering else "Utfört"
        return _rad(vem, verk, besok.nyckel, besok.dag, plan, gjort, "utfort", f"{text}.", minuter(besok))
    orsak = f" Orsak: {orsaker.namn(besok.orsak)}." if besok.orsak else ""
    nar = f" {tidpunkt_i_ord(besok.avbokad)}" if besok.avbokad else ""
    vems = stor_forsta(AvbokadAv(besok.avbokad_av).label)
    gjorde = f"{vems} avbokade{nar}." if besok.avbokad else "Ingen var där."
    bom = (
        bomtidssvar.svar(avtal_pa_dag(avtal, verk, besok.dag), plan.start, besok.avbokad, besok.avbokad_av)
        if plan
        else None
    )
    text = f"{gjorde}{orsak}" + ("" if bom is None or bom.ar_bomtid else f" {bom.text}")
    return _rad(
        vem, verk, besok.nyckel, besok.dag, plan, None, "avbokat", text, 0, bom.text if bom and bom.ar_bomtid else ""
    )


def _planerat(vem: Anvandare, verk: Verkstallighet, plan: PlaneratBesok, idag: date) -> Besoksrad:
    tid = Tid(plan.start, plan.slut)
    dag = tid.start.astimezone(STOCKHOLM).date()
    lage, text = ("att_rapportera", "Väntar på rapport.") if dag <= idag else ("planerat", "Planerat.")
    return _rad(vem, verk, plan.nyckel, dag, tid, None, lage, text, 0)


def _rad(
    vem: Anvandare,
    verk: Verkstallighet,
    nyckel: str,
    dag: date,
    plan: Tid | None,
    gjort: Tid | None,
    lage: str,
    text: str,
    antal: int,
    bomtid: str = "",
) -> Besoksrad:
    person = verk.beslut.person
    return Besoksrad(
        nyckel=nyckel,
        dag=dag,
        start=klockan(gjort or plan),
        planerad=klockan(plan),
        utford=klockan(gjort),
        minuter=antal,
        person=namn(vem, person),
        person_id=person.pk,
        skyddad=not far_se(vem, person),
        lage=lage,
        text=text,
        bomtid=bomtid,
        plan=plan,
    )


def klockan(tid: Tid | None) -> str:
    """`09.00–10.15`."""
    if tid is None:
        return ""
    return f"{tid.start.astimezone(STOCKHOLM):%H.%M}–{tid.slut.astimezone(STOCKHOLM):%H.%M}"


def veckor(manad: Manad) -> dict[int, list[date]]:
    """The month's days by the number of their week."""
    svar: dict[int, list[date]] = {}
    for nummer in range(manad.dagar):
        dag = manad.fran + timedelta(days=nummer)
        svar.setdefault(dag.isocalendar().week, []).append(dag)
    return svar
