"""What the nightly rules have found and somebody has to put right or look at. Two queries for each list.

What the start page already has a list of (Regel.i_attgora) is not said twice.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Min, Sum
from django.urls import reverse

from beslut import tillgang
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, Roll, har_ratt
from grund.models import Anvandare
from grund.pengar import kronor
from grund.text import antal_ord, datum_i_ord
from uppfoljning.kontroll.bedomningar import med_bedomning
from uppfoljning.kontroll.koder import Omrade
from uppfoljning.kontroll.register import REGLER
from uppfoljning.kontroll.urval import Fyndurval, allas, handlaggarens
from uppfoljning.models import Fynd

VISAS = 8
_HAR_REDAN = [ett.nyckel for ett in REGLER.values() if not ett.i_attgora]


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """Findings by person for handläggare, by rule for others, and signals; empty for other roles."""
    return list(_grupper(vem, idag, alla=alla))


def _grupper(vem: Anvandare, idag: date, *, alla: bool) -> Iterator[Uppgiftsgrupp]:
    if har_ratt(vem.roller, Ratt.HANDLAGGA):
        yield from _handlaggarens(vem, idag, alla=alla)
    for roll in (Roll.AVTALSSAMORDNARE, Roll.CONTROLLER):
        if roll in vem.roller:
            yield from _rollens(vem, roll, idag)
    if har_ratt(vem.roller, Ratt.BEDOMA_SIGNALER):
        yield from _signaler(idag)


def _handlaggarens(vem: Anvandare, idag: date, *, alla: bool) -> Iterator[Uppgiftsgrupp]:
    urval = Fyndurval({}, handlaggare=True).urval(handlaggarens(vem, idag, alla=alla).exclude(regel__in=_HAR_REDAN))
    if antal := urval.count():
        yield Uppgiftsgrupp(
            "fynd",
            "Uppgifter att rätta",
            "Att rätta",
            "Nattens kontroll har hittat uppgifter som inte kan stämma. De försvinner härifrån när de är rättade.",
            [_person(vem, ett, idag) for ett in urval[:VISAS]],
            antal,
            alla=f"{reverse('uppfoljning:mina_fynd')}{'?visa=alla' if alla else ''}",
        )


def _person(vem: Anvandare, ett: Fynd, idag: date) -> Uppgift:
    assert ett.person  # noqa: S101  chosen so
    oppen, regel = tillgang.far_se(vem, ett.person), REGLER[ett.regel]
    adress = reverse("uppfoljning:mitt_fynd", args=[ett.pk]) if oppen else ""
    return Uppgift(
        nar=_dagar(ett.upptackt, idag),
        nar_under=datum_i_ord(ett.upptackt),
        vem=tillgang.namn(vem, ett.person),
        vem_under=ett.objekt_nyckel,
        adress=adress,
        vad=regel.namn,
        vad_under=regel.i_ord(ett.uppgifter),
        lage="Åtgärdas" if getattr(ett, "utfall", "") else "Att titta på",
        lage_under=f"högst {kronor(ett.belopp)}" if ett.belopp else "",
        nasta="Se fyndet" if oppen else "",
        nasta_adress=adress,
        person=ett.person.pk if oppen else None,
    )


def _rollens(vem: Anvandare, roll: Roll, idag: date) -> Iterator[Uppgiftsgrupp]:
    kvar = med_bedomning(allas(vem).filter(agare=roll, stangd=None)).filter(avgjord=False)
    rader = kvar.values("regel").annotate(antal=Count("pk"), aldst=Min("upptackt"), summa=Sum("belopp"))
    ordnade = sorted(rader, key=lambda rad: (-(rad["summa"] or 0), rad["regel"]))
    if ordnade:
        yield Uppgiftsgrupp(
            "fynd-i-data",
            "Fynd i datakvaliteten",
            "Fynd i data",
            "Uppgifter som inte kan stämma eller som saknas, en rad för varje regel.",
            [_regel(rad, idag) for rad in ordnade[:VISAS]],
            sum(rad["antal"] for rad in ordnade),
            alla=f"{reverse('uppfoljning:fynd')}?agare={roll}",
        )


def _regel(rad: Mapping[str, Any], idag: date) -> Uppgift:
    regel, summa = REGLER[rad["regel"]], rad["summa"]
    adress = f"{reverse('uppfoljning:fynd')}?regel={regel.nyckel}"
    return Uppgift(
        nar=_dagar(rad["aldst"], idag),
        nar_under="det äldsta",
        vem=regel.namn,
        adress=adress,
        vad=antal_ord(rad["antal"], "fynd", "fynd"),
        lage=f"Högst {kronor(summa)}" if summa else "Inget belopp",
        nasta="Se fynden",
        nasta_adress=adress,
    )


def _signaler(idag: date) -> Iterator[Uppgiftsgrupp]:
    kvar = med_bedomning(Fynd.objects.filter(omrade=Omrade.SIGNAL, stangd=None, regel__in=REGLER)).filter(avgjord=False)
    rader = kvar.values("regel").annotate(antal=Count("pk"), aldst=Min("upptackt"))
    ordnade = sorted(rader, key=lambda rad: (-rad["antal"], rad["regel"]))
    sida = f"{reverse('uppfoljning:rapport', args=['fusk-och-fel'])}#signaler"
    if ordnade:
        yield Uppgiftsgrupp(
            "signaler",
            "Mönster att titta på",
            "Att titta på",
            "En signal säger inte att någon har gjort fel. Titta, och anteckna vad det ledde till.",
            [
                Uppgift(
                    nar=_dagar(rad["aldst"], idag),
                    nar_under="den äldsta",
                    vem=REGLER[rad["regel"]].namn,
                    adress=sida,
                    vad=antal_ord(rad["antal"], "signal", "signaler"),
                    lage="Ingen har tittat",
                    nasta="Titta",
                    nasta_adress=sida,
                )
                for rad in ordnade[:VISAS]
            ],
            sum(rad["antal"] for rad in ordnade),
            alla=sida,
        )


def _dagar(fran: date, idag: date) -> str:
    dagar = (idag - fran).days
    return antal_ord(dagar, "dag", "dagar") if dagar > 0 else "I dag"
