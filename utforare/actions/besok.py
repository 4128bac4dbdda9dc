"""Visits: planned, carried out, cancelled, changed and taken back by the utförare."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import connection, transaction
from django.db.models import Q

from grund.datapaket.registrering import Spar, registrera_i
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import antal_ord
from grund.tid import STOCKHOLM, Manad, lokal_dag
from utforare.actions.las import las_enhet
from utforare.besoksregler import (
    Tid,
    anmarkningar,
    hinder_for_avbokning,
    hinder_for_tid,
    hinder_for_utfort,
    registrering,
)
from utforare.models import Besok, PlaneratBesok, SenAndring, Verkstallighet
from utforare.rapportering import kraver_skal
from utforare.regler import AvbokadAv, Rapportslag

FLEST_PLANERADE = 60
SKAL_SAKNAS = "Månaden är signerad eller låst. Skriv varför besöket ändras."
ANDRAT = "Någon annan har ändrat besöket sedan du öppnade sidan. Titta på det igen."


class Bekrafta(Hindrad):
    """Something that is seldom right: the one who registers must say that it is."""


@dataclass(frozen=True, slots=True)
class Vem:
    """Who registers, when, and why if it is late."""

    av: Anvandare
    nu: datetime
    skal: str = ""


def planera(*, verk: Verkstallighet, tid: Tid, till_och_med: date | None, vem: Vem) -> list[PlaneratBesok]:
    """Put in a visit to be made, or one each week to and with `till_och_med`."""
    tider = list(islice(_varje_vecka(tid, till_och_med), FLEST_PLANERADE + 1))
    if len(tider) > FLEST_PLANERADE:
        raise Hindrad([f"Planera högst {FLEST_PLANERADE} besök åt gången."])
    if hinder := [text for ett in tider for text in _hinder_for_tid(verk, ett)]:
        raise Hindrad(hinder[:1])
    with transaction.atomic():
        las_enhet(verk.enhet)
        besok = PlaneratBesok.objects.bulk_create(
            PlaneratBesok(nyckel=_ny_nyckel(ett), verkstallighet=verk, start=ett.start, slut=ett.slut, skapad_av=vem.av)
            for ett in tider
        )
        text = f"{antal_ord(len(besok), 'besök', 'besök')} planerades, det första {tider[0].i_ord}."
        skriv_handelse(av=vem.av, handling="planera_besok", objekt=f"verkstallighet:{verk.nyckel}", text=text)
        return besok


def _varje_vecka(tid: Tid, till_och_med: date | None) -> Iterable[Tid]:
    """The same clock time each week, also over a change of the clocks."""
    start, slut = tid.start.astimezone(STOCKHOLM), tid.slut.astimezone(STOCKHOLM)
    yield Tid(start, slut)
    vecka = timedelta(days=7)
    while till_och_med and (start := start + vecka).date() <= till_och_med:
        slut += vecka
        yield Tid(start, slut)


def _ny_nyckel(tid: Tid) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('utforare_besoksnummer')")
        ((nummer,),) = cursor.fetchall()
    return f"BI-{lokal_dag(tid.start):%Y}-{nummer:06}"


def ta_bort_plan(*, plan: PlaneratBesok, vem: Vem) -> None:
    """Take away a planned visit that has not been reported."""
    with transaction.atomic():
        las_enhet(plan.verkstallighet.enhet)
        if Besok.objects.filter(nyckel=plan.nyckel).exists():
            raise Hindrad(["Besöket är redan rapporterat. Ta tillbaka rapporten först."])
        tid = Tid(plan.start, plan.slut)
        plan.delete()
        text = f"Det planerade besöket {tid.i_ord} togs bort."
        objekt = f"verkstallighet:{plan.verkstallighet.nyckel}"
        skriv_handelse(av=vem.av, handling="ta_bort_planerat_besok", objekt=objekt, text=text)


def registrera_utfort(
    *,
    verk: Verkstallighet,
    tid: Tid,
    planerat: Tid | None,
    vem: Vem,
    nyckel: str = "",
    sag: str = "",
    bekraftat: bool = False,
) -> str:
    """A visit was carried out; its key. `nyckel`: that of the planned or registered one; `sag`: what it was then.

    Raises Hindrad, and Bekrafta when it is odd and not `bekraftat`.
    """
    hinder = _hinder_for_tid(verk, tid) + hinder_for_utfort(tid, vem.nu)
    if hinder:
        raise Hindrad(hinder)
    with transaction.atomic():
        las_enhet(verk.enhet)
        if not bekraftat and (udda := anmarkningar(tid, planerat, _andra(verk, nyckel, tid))):
            raise Bekrafta(udda)
        nyckel = nyckel or _ny_nyckel(tid)
        _spara(verk, nyckel, sag, vem, planerat, utford=tid, registrering=registrering(tid, vem.nu))
        return nyckel


def registrera_avbokat(
    *,
    verk: Verkstallighet,
    planerat: Tid,
    avbokad: datetime | None,
    avbokad_av: str,
    orsak: str,
    vem: Vem,
    nyckel: str,
    sag: str = "",
) -> None:
    """A visit was cancelled; `avbokad` None: never, whoever it was for was not there."""
    hinder = _hinder_for_tid(verk, planerat) + hinder_for_avbokning(avbokad, planerat, vem.nu)
    if avbokad is None and avbokad_av == AvbokadAv.UTFORARE:
        hinder.append("Skriv när ni avbokade besöket.")
    if hinder:
        raise Hindrad(hinder)
    with transaction.atomic():
        las_enhet(verk.enhet)
        _spara(verk, nyckel, sag, vem, planerat, avbokad=avbokad, avbokad_av=avbokad_av, orsak=orsak)


def ta_tillbaka(*, besok: Besok, sag: str, vem: Vem) -> None:
    """Take back what was registered of a visit. A planned one is to be reported again."""
    verk = besok.verkstallighet
    with transaction.atomic():
        las_enhet(verk.enhet)
        fore = _lagrat(besok.nyckel)
        if fore is None or som_text(fore) != sag:
            raise Hindrad([ANDRAT])
        _kontrollera_skal(verk, [fore.dag], vem)
        spar = _sparet(verk, vem, "ta_tillbaka_besok", f"Besöket {_nar(fore)} togs tillbaka.")
        registrera_i(fil="besok", rader=[], bort=[{"id": besok.nyckel}], spar=spar)
        _skriv_sen(verk, fore, None, vem)


def _hinder_for_tid(verk: Verkstallighet, tid: Tid) -> list[str]:
    return hinder_for_tid(tid, verk.fran, verk.till, verk.beslut.person.avliden)


def _andra(verk: Verkstallighet, nyckel: str, tid: Tid) -> list[Tid]:
    """The person's other visits at the same enhet about then. Other enheter's are not this user's to see."""
    urval = Besok.objects.filter(
        verkstallighet__beslut__person=verk.beslut.person_id,
        verkstallighet__enhet=verk.enhet_id,
        utford_start__lt=tid.slut,
        utford_slut__gt=tid.start,
    ).exclude(nyckel=nyckel)
    return [Tid(start, slut) for start, slut in urval.values_list("utford_start", "utford_slut") if start and slut]


def _spara(
    verk: Verkstallighet,
    nyckel: str,
    sag: str,
    vem: Vem,
    planerat: Tid | None,
    *,
    utford: Tid | None = None,
    avbokad: datetime | None = None,
    avbokad_av: str = "",
    orsak: str = "",
    registrering: str = "",
) -> None:
    fore = _lagrat(nyckel)
    if som_text(fore) != sag:
        raise Hindrad([ANDRAT])
    dag = lokal_dag((utford or planerat or Tid(vem.nu, vem.nu)).start)
    _kontrollera_skal(verk, [dag, *([fore.dag] if fore else [])], vem)
    rad = {
        "besok_id": nyckel,
        "verkstallighet_id": verk.nyckel,
        **_tider("planerad", planerat),
        **_tider("utford", utford),
        "avbokad": _stampel(avbokad),
        "avbokad_av": avbokad_av,
        "orsak": orsak,
        "registrering": registrering,
    }
    handling, blev = ("registrera_besok", "utfört") if utford else ("avboka_besok", "avbokat")
    text = f"Besöket {(utford or planerat or Tid(vem.nu, vem.nu)).i_ord} registrerades som {blev}."
    registrera_i(fil="besok", rader=[rad], spar=_sparet(verk, vem, handling, text))
    _skriv_sen(verk, fore, _lagrat(nyckel), vem)


def _sparet(verk: Verkstallighet, vem: Vem, handling: str, text: str) -> Spar:
    return Spar(vem.av, handling, f"verkstallighet:{verk.nyckel}", text)


def _lagrat(nyckel: str) -> Besok | None:
    return Besok.objects.filter(Q(nyckel=nyckel)).first() if nyckel else None


def _tider(sort: str, tid: Tid | None) -> dict[str, str]:
    start, slut = (tid.start, tid.slut) if tid else (None, None)
    return {f"{sort}_start": _stampel(start), f"{sort}_slut": _stampel(slut)}


def _stampel(tidpunkt: datetime | None) -> str:
    """In the format's spelling, with the offset, so that the hour that comes twice is the right one."""
    return tidpunkt.astimezone(STOCKHOLM).isoformat(timespec="minutes") if tidpunkt else ""


def som_text(besok: Besok | None) -> str:
    """What a visit is, as a text that a form carries to tell whether somebody has changed it meanwhile."""
    if besok is None:
        return ""
    tider = (besok.planerad_start, besok.planerad_slut, besok.utford_start, besok.utford_slut, besok.avbokad)
    return "|".join([*map(_stampel, tider), besok.avbokad_av, besok.orsak, besok.registrering])


def _kontrollera_skal(verk: Verkstallighet, dagar: Sequence[date], vem: Vem) -> None:
    idag = lokal_dag(vem.nu)
    if kraver_skal(verk.enhet, {Manad.av(dag) for dag in dagar}, idag) and not vem.skal.strip():
        raise Hindrad([SKAL_SAKNAS])


def _skriv_sen(verk: Verkstallighet, fore: Besok | None, efter: Besok | None, vem: Vem) -> None:
    """A visit of a signed or locked month is also told as a late change."""
    besok = efter or fore
    if besok is None or not vem.skal.strip():
        return
    for manad in kraver_skal(verk.enhet, {Manad.av(ett.dag) for ett in (fore, efter) if ett}, lokal_dag(vem.nu)):
        SenAndring.objects.create(
            enhet=verk.enhet,
            manad=manad.fran,
            slag=Rapportslag.BESOK,
            verkstallighet_nyckel=verk.nyckel,
            besok_nyckel=besok.nyckel,
            datum=besok.dag,
            fore=i_ord(fore),
            efter=i_ord(efter),
            minuter=minuter(efter) - minuter(fore),
            skal=vem.skal.strip(),
            av=vem.av,
            tidpunkt=vem.nu,
        )


def _nar(besok: Besok) -> str:
    tid = utford(besok) or planerat(besok)
    return tid.i_ord if tid else ""


def utford(besok: Besok) -> Tid | None:
    """When it was carried out."""
    return Tid(besok.utford_start, besok.utford_slut) if besok.utford_start and besok.utford_slut else None


def planerat(besok: Besok) -> Tid | None:
    """When it was to be."""
    return Tid(besok.planerad_start, besok.planerad_slut) if besok.planerad_start and besok.planerad_slut else None


def minuter(besok: Besok | None) -> int:
    """Minutes carried out."""
    tid = utford(besok) if besok else None
    return tid.langd // timedelta(minutes=1) if tid else 0


def i_ord(besok: Besok | None) -> str:
    """`utfört 3 juni 09.00–10.15`, `avbokat av brukaren`, `inget registrerat`."""
    if besok is None:
        return "inget registrerat"
    if tid := utford(besok):
        return f"utfört {tid.i_ord}"
    return f"{_nar(besok)}, avbokat av {AvbokadAv(besok.avbokad_av).label}"
