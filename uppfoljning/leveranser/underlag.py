"""Reads what a delivery is made of, as known today of a day or a month. A few queries, whatever the number of persons.

LSS 15 a §: all for whom the kommun has decided, and carries out, an insats on 1 October. SoL (HSLF-FS 2016:86): beslut
that hold on the month's last day (bilaga 1), or that began or ended in it (bilaga 2).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from beslut.models import Beslut, Person
from beslut.ord import insats_i_ord
from beslut.regler import Insats, Lag, Utfall
from grund.tid import EN_DAG, Manad
from uppfoljning.leveranser.regler import (
    BOENDEN,
    LSS_INSATSER,
    Allvar,
    Anmarkning,
    Boendeform,
    Leveransslag,
    Rad,
    Underlag,
    Utelamnat,
    Varde,
)
from utforare.models import Uppehall, Verkstallighet

EJ_VERKSTALLT = "Beslutet är inte verkställt den dagen."
UPPEHALL = "Insatsen har uppehåll den dagen."
AVLIDEN = "Personen har avlidit före dagen."
_UTAN_BESLUT = "Insatsen utförs fast beslutet har upphört. Den räknas inte. Stäng den, eller ompröva beslutet."
_OKAND_BOSTAD = (
    "Enheten har ingen uppgift om vad för slags bostad den är. Lägg in den under Uppgifter, Enheter i statistiken."
)
_FEL_BOSTAD = "Enheten är {}, men någon har {} där. Blanketten har ingen sådan kolumn."


@dataclass(frozen=True, slots=True)
class Enhetsuppgift:
    """What the form asks of a home that nothing else needs. `kommun`: another than one's own, or empty."""

    boendeform: Boendeform
    kommun: str


def hamta(slag: Leveransslag, dag: date, enheter: dict[int, Enhetsuppgift]) -> Underlag:
    """What the delivery of `dag` is made of. `enheter`: what is known of homes, by primary key."""
    if slag is Leveransslag.LSS:
        return _lss(dag, enheter)
    return _pagaende(dag) if slag is Leveransslag.SOL_PAGAENDE else _forandrade(dag)


def _gynnande(lag: Lag) -> QuerySet[Beslut]:
    return Beslut.objects.filter(lagrum=lag).exclude(utfall=Utfall.AVSLAG).select_related("person")


def _verk(beslut: Q, dag: date) -> dict[int, list[Verkstallighet]]:
    """What is carried out on the day, by beslut."""
    svar: dict[int, list[Verkstallighet]] = defaultdict(list)
    for ett in (
        Verkstallighet.objects.filter(beslut, period__contains=dag).select_related("enhet__utforare").order_by("nyckel")
    ):
        svar[ett.beslut_id].append(ett)
    return svar


def lever(person: Person, dag: date) -> bool:
    """The day of death is counted."""
    return person.avliden is None or person.avliden >= dag


# ---- LSS ---------------------------------------------------------------------------------------------------------


def _lss(dag: date, enheter: dict[int, Enhetsuppgift]) -> Underlag:
    verk = _verk(Q(beslut__lagrum=Lag.LSS), dag)
    vilar = set(
        Uppehall.objects.filter(period__contains=dag, verkstallighet__beslut__lagrum=Lag.LSS).values_list(
            "verkstallighet", flat=True
        )
    )
    utfors: dict[int, list[tuple[Beslut, list[Verkstallighet]]]] = defaultdict(list)
    utelamnade = []
    for beslut in _gynnande(Lag.LSS).filter(period__contains=dag).order_by("nyckel"):
        orsak, pagar = _lss_orsak(beslut, verk.get(beslut.pk, []), vilar, dag)
        if orsak:
            utelamnade.append(Utelamnat(beslut.nyckel, beslut.person_id, orsak))
        else:
            utfors[beslut.person_id].append((beslut, pagar))
    personer = {beslut.person_id: beslut.person for alla in utfors.values() for beslut, _ in alla}
    anmarkningar = [*_utan_beslut(Lag.LSS, dag), *_okanda_bostader(utfors.values(), enheter)]
    return Underlag(
        tuple(_lssrad(personer[pk], alla, enheter, dag) for pk, alla in utfors.items()),
        tuple(utelamnade),
        tuple(anmarkningar),
        frozenset(pk for pk, person in personer.items() if person.skyddad),
    )


def _lss_orsak(
    beslut: Beslut, verk: list[Verkstallighet], vilar: set[int], dag: date
) -> tuple[str, list[Verkstallighet]]:
    """Why the beslut is not counted, or what carries it out."""
    if not lever(beslut.person, dag):
        return AVLIDEN, []
    if not verk:
        return EJ_VERKSTALLT, []
    pagar = [ett for ett in verk if ett.pk not in vilar]
    return ("" if pagar else UPPEHALL), pagar


def _lssrad(
    person: Person, alla: list[tuple[Beslut, list[Verkstallighet]]], enheter: dict[int, Enhetsuppgift], dag: date
) -> Rad:
    insatser = {beslut.insats for beslut, _ in alla}
    uppgifter: dict[str, Varde] = {ett.value: ett.value in insatser for ett in LSS_INSATSER if ett not in BOENDEN}
    bostader = [(beslut.insats, enheter.get(ett.enhet_id)) for beslut, verk in alla for ett in verk]
    former = {(insats, ett.boendeform) for insats, ett in bostader if ett and insats in BOENDEN}
    uppgifter |= {
        "boende8_familjehem": (Insats.BOSTAD_BARN, Boendeform.FAMILJEHEM) in former,
        "boende8_bostad": (Insats.BOSTAD_BARN, Boendeform.BOSTAD) in former,
        "boende9_bostad": (Insats.BOSTAD_VUXNA, Boendeform.BOSTAD) in former,
        "boende9_annan": (Insats.BOSTAD_VUXNA, Boendeform.ANNAN) in former,
        "boendekommun": next((ett.kommun for insats, ett in bostader if ett and insats in BOENDEN and ett.kommun), ""),
        "personnummer": person.personnummer,
        "personkrets": person.personkrets,
        "kommunkod": settings.KOMMUNKOD,
        "ar": str(dag.year),
    }
    return Rad(person.nyckel, person.pk, uppgifter)


# What a home may be, by the insats: the form has no other columns.
_FORMER = {
    Insats.BOSTAD_BARN: (Boendeform.FAMILJEHEM, Boendeform.BOSTAD),
    Insats.BOSTAD_VUXNA: (Boendeform.BOSTAD, Boendeform.ANNAN),
}


def _okanda_bostader(
    utfors: Iterable[list[tuple[Beslut, list[Verkstallighet]]]], enheter: dict[int, Enhetsuppgift]
) -> Iterator[Anmarkning]:
    """Homes that nobody has said the kind of, or a kind that the insats does not have: nothing is guessed."""
    fel = set()
    for beslut, ett in ((beslut, ett) for alla in utfors for beslut, verk in alla for ett in verk):
        if beslut.insats not in BOENDEN:
            continue
        if (uppgift := enheter.get(ett.enhet_id)) is None:
            fel.add((ett.enhet.nyckel, _OKAND_BOSTAD))
        elif uppgift.boendeform not in _FORMER[Insats(beslut.insats)]:
            fel.add((ett.enhet.nyckel, _FEL_BOSTAD.format(uppgift.boendeform.label, insats_i_ord(beslut.insats))))
    yield from (Anmarkning(Allvar.STOPPAR, text, nyckel) for nyckel, text in sorted(fel))


def _utan_beslut(lag: Lag, dag: date) -> Iterator[Anmarkning]:
    """Carried out on a day that the beslut no longer covers, to somebody who lives."""
    verk = (
        Verkstallighet.objects.filter(period__contains=dag, beslut__lagrum=lag, beslut__till__lte=dag)
        .filter(Q(beslut__person__avliden__isnull=True) | Q(beslut__person__avliden__gte=dag))
        .select_related("beslut")
        .order_by("beslut__nyckel")
    )
    for nyckel, person in dict.fromkeys((ett.beslut.nyckel, ett.beslut.person_id) for ett in verk):
        yield Anmarkning(Allvar.VARNAR, _UTAN_BESLUT, nyckel, "", person)


# ---- SoL ---------------------------------------------------------------------------------------------------------


def upphor(beslut: Beslut) -> date | None:
    """The first day that the beslut no longer holds: its own end, or the day after the death."""
    dod = beslut.person.avliden
    slut = [ett for ett in (beslut.till, dod and dod + EN_DAG) if ett]
    return min(slut, default=None)


def _pagaende(dag: date) -> Underlag:
    alla = list(_gynnande(Lag.SOL).filter(period__contains=dag).order_by("nyckel"))
    doda = [ett for ett in alla if not lever(ett.person, dag)]
    kvar = [ett for ett in alla if lever(ett.person, dag)]
    verk = _verk(Q(beslut__lagrum=Lag.SOL), dag)
    utelamnade = tuple(Utelamnat(ett.nyckel, ett.person_id, AVLIDEN) for ett in doda)
    return _sol(kvar, verk, dag, utelamnade, tuple(_utan_beslut(Lag.SOL, dag)))


def _forandrade(dag: date) -> Underlag:
    """Beslut whose first or last day lies in the month that `dag` ends."""
    manad = Manad.av(dag)
    slut = (manad.fran + EN_DAG, manad.till)
    urval = _gynnande(Lag.SOL).filter(
        Q(fran__range=(manad.fran, dag)) | Q(till__range=slut) | Q(person__avliden__range=(manad.fran, dag))
    )
    alla = [ett for ett in urval.order_by("nyckel") if borjade(ett, manad) or slutade(ett, manad)]
    sista = {ett.pk: min(dag, (upphor(ett) or manad.till) - EN_DAG) for ett in alla}
    verk: dict[int, list[Verkstallighet]] = defaultdict(list)
    nagot = Verkstallighet.objects.filter(beslut__in=alla, fran__lte=dag).exclude(till__lte=manad.fran)
    for ett in nagot.select_related("enhet__utforare").order_by("-fran", "nyckel"):
        if ett.fran <= sista[ett.beslut_id]:
            verk[ett.beslut_id].append(ett)
    return _sol(alla, verk, dag, (), ())


def borjade(beslut: Beslut, manad: Manad) -> bool:
    """Whether its first day lies in the month."""
    slut = upphor(beslut)
    return beslut.fran is not None and manad.fran <= beslut.fran < manad.till and (slut is None or beslut.fran < slut)


def slutade(beslut: Beslut, manad: Manad) -> bool:
    """Whether its last day lies in the month."""
    slut = upphor(beslut)
    if slut is None or beslut.fran is None or slut <= beslut.fran:
        return False
    return manad.fran <= slut - EN_DAG < manad.till


def _sol(
    alla: list[Beslut],
    verk: dict[int, list[Verkstallighet]],
    dag: date,
    utelamnade: tuple[Utelamnat, ...],
    anmarkningar: tuple[Anmarkning, ...],
) -> Underlag:
    return Underlag(
        tuple(_solrad(ett, verk.get(ett.pk, []), Manad.av(dag)) for ett in alla),
        utelamnade,
        anmarkningar,
        frozenset(ett.person_id for ett in alla if ett.person.skyddad),
    )


def _solrad(beslut: Beslut, verk: list[Verkstallighet], manad: Manad) -> Rad:
    slut = upphor(beslut) if slutade(beslut, manad) else beslut.till  # a later death is not of this month
    uppgifter: dict[str, Varde] = {
        "personnummer": beslut.person.personnummer,
        "kommunkod": settings.KOMMUNKOD,
        "insats": beslut.insats,
        "beslutsdatum": beslut.beslutsdatum,
        "fran": beslut.fran,
        "sista": slut and slut - EN_DAG,
        "omfattning": beslut.omfattning,
        "omfattning_enhet": beslut.omfattning_enhet,
        "regi": verk[0].enhet.utforare.regi if verk else "",
        "verkstallt": bool(verk),
        "borjade": borjade(beslut, manad),
        "slutade": slutade(beslut, manad),
        "manad": f"{manad.fran:%Y%m}",
    }
    return Rad(beslut.nyckel, beslut.person_id, uppgifter)
