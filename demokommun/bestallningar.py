"""Orders, offers and reasons in Ekstad, so that there is something to answer, follow up and report.

Nothing here begins or ends: a verkställighet would move money in months that are settled.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from beslut.models import Beslut, Tilldelning
from beslut.regler import Insats
from grund.models import Anvandare
from grund.tid import STOCKHOLM
from utforare import arbetslistor, valbara
from utforare.actions import bestallning as actions
from utforare.actions import slut, verkstallande
from utforare.bestallningsregler import Drojsmalskod, Erbjudandesvar
from utforare.models import Bestallning, Enhet, Tillhorighet, Verkstallighet
from utforare.regler import Slutorsak

_NEJ = ("Det är för långt att åka.", "Vill vara i en mindre grupp.", "Vill vänta till efter sommaren.")


@dataclass(frozen=True, slots=True)
class Dag:
    """The demo's today, and moments before it."""

    idag: date

    def for_(self, dagar: int, timme: int = 9) -> datetime:
        """So many days ago, but never on a Saturday or Sunday."""
        dag = self.idag - timedelta(days=dagar)
        dag -= timedelta(days=max(0, dag.weekday() - 4))
        return datetime.combine(dag, time(timme, 12), STOCKHOLM)


def lagg_bestallningar(idag: date) -> None:
    """Once."""
    if Bestallning.objects.exists():
        return
    dag = Dag(idag)
    vantar = list(_vantande(idag))
    _over_fristen(dag, vantar)
    _hos(dag, "petra", _utan_oppet(vantar, Insats.DAGLIG_VERKSAMHET))
    _hos(dag, "omar", _bistand(idag, vantar))
    _slut(dag)


def _vantande(idag: date) -> Iterator[tuple[Beslut, Anvandare, int]]:
    """Beslut that wait with their handläggare and the days left, the longest past the limit first."""
    system = Anvandare.objects.get(username="gustav")
    rader = arbetslistor.ej_verkstallda(system, idag, alla=True)
    besluten = arbetslistor.med_person(rad.beslut_id for rad in rader)
    personer = [beslut.person_id for beslut in besluten.values()]
    tilldelade = Tilldelning.objects.filter(person__in=personer).select_related("handlaggare")
    har = {ett.person_id: ett.handlaggare for ett in tilldelade}
    for rad in rader:
        beslut = besluten[rad.beslut_id]
        if beslut.person_id in har and not beslut.person.skyddad:
            yield beslut, har[beslut.person_id], rad.frist.dagar_kvar(idag)


Vantar = list[tuple[Beslut, Anvandare, int]]


def _over_fristen(dag: Dag, vantar: Vantar) -> None:
    """Of those past the limit, every other has declined offers and every third a reason written."""
    for nr, (beslut, vem, _) in enumerate([ett for ett in vantar if ett[2] < 0]):
        if nr % 2 == 0:
            for gang, skal in enumerate(_NEJ[: 1 + nr % 4 // 2]):
                _tackat_nej(dag, beslut, vem, 40 - 12 * gang, skal)
        if nr % 3 == 0:
            verkstallande.skriv_orsak(
                beslut=beslut,
                kod=Drojsmalskod.TACKAT_NEJ if nr % 2 == 0 else Drojsmalskod.PLATS,
                text="Sökt plats hos tre utförare. Nästa lediga plats väntas i höst.",
                andra_insatser="Stöd av anhöriga under tiden.",
                av=vem,
                nu=dag.for_(5),
            )


def _tackat_nej(dag: Dag, beslut: Beslut, vem: Anvandare, dagar: int, skal: str) -> None:
    datum = max(dag.for_(dagar).date(), beslut.beslutsdatum)
    vad = "Plats vid en enhet i Ekstad"
    ett = verkstallande.erbjud(beslut=beslut, datum=datum, vad=vad, av=vem, nu=dag.for_(dagar))
    svarsdag = max(datum, dag.for_(dagar - 5).date())
    verkstallande.svara(erbjudande=ett, svar=Erbjudandesvar.NEJ, svarsdatum=svarsdag, skal=skal, av=vem, nu=dag.for_(0))


def _utan_oppet(vantar: Vantar, insats: Insats) -> Vantar:
    return [ett for ett in vantar if ett[0].insats == insats]


def _bistand(idag: date, vantar: Vantar) -> Vantar:
    """Beslut on boendestöd that wait; else some that are carried out and whose person wants another utförare."""
    egna = _utan_oppet(vantar, Insats.BOENDESTOD)
    urval = Beslut.objects.filter(insats=Insats.BOENDESTOD, till__gt=idag + timedelta(days=200), person__skyddad=False)
    andra = urval.filter(person__avliden=None, verkstalligheter__till=None).select_related("person").distinct()
    tilldelade = Tilldelning.objects.select_related("handlaggare")
    for beslut in andra.order_by("nyckel")[: 6 - len(egna)]:
        egna.append((beslut, tilldelade.filter(person=beslut.person_id)[0].handlaggare, 99))
    return egna


def _hos(dag: Dag, namn: str, vantar: Vantar) -> None:
    """Orders to the user's enheter: two that wait, two accepted, one declined, one taken back."""
    svarar = Anvandare.objects.get(username=namn)
    enheter = [
        t.enhet for t in Tillhorighet.objects.filter(anvandare=svarar, till=None).select_related("enhet__utforare")
    ]
    for nr, (beslut, vem, _) in enumerate(vantar[:6]):
        ett = _bestall(dag, beslut, vem, enheter[nr % len(enheter)], 12 - nr)
        if ett and nr in {2, 5}:
            start = dag.idag + timedelta(days=0 if nr == 2 else 5)
            actions.acceptera(bestallning=ett, start=start, plats="Grupp 1", av=svarar, nu=dag.for_(2))
        elif ett and nr == 3:
            orsak = "Vi har ingen ledig personal före hösten."
            actions.avboj(bestallning=ett, orsak=orsak, av=svarar, nu=dag.for_(1))
        elif ett and nr == 4:
            actions.aterkalla(bestallning=ett, orsak="Personen vill ha en annan enhet.", av=vem, nu=dag.for_(1))


def _bestall(dag: Dag, beslut: Beslut, vem: Anvandare, enhet: Enhet, dagar: int) -> Bestallning | None:
    """None when the utförare has no avtal for it."""
    start = max(dag.idag + timedelta(days=7), beslut.fran or dag.idag)
    vald = next((v for v in valbara.valbara(beslut, start) if v.enhet == enhet), None)
    if vald is None:
        return None
    koder = vald.villkor.koder
    skicka = partial(
        actions.bestall,
        beslut=beslut,
        enhet=enhet,
        onskad_start=start,
        omfattning="heltid" if "heltid" in koder else (koder[0] if koder else ""),
        meddelande="Kontakta oss om ni behöver veta mer innan ni svarar.",
        av=vem,
        nu=dag.for_(dagar),
    )
    try:
        return skicka()
    except actions.Olast as olast:
        return skicka(lasta=olast.orsaker)


def _slut(dag: Dag) -> None:
    """An end that omar's enhet has reported and nobody has confirmed."""
    omar = Anvandare.objects.get(username="omar")
    verk = Verkstallighet.objects.filter(
        enhet__tillhorigheter__anvandare=omar, till=None, beslut__person__skyddad=False, beslut__person__avliden=None
    ).order_by("nyckel")[:2]
    for ett in verk:
        slut.anmal_slut(
            verk=ett,
            sista_dag=dag.idag + timedelta(days=27),
            orsak=Slutorsak.FLYTT,
            text="Flyttar till en annan kommun.",
            av=omar,
            nu=dag.for_(1),
        )
