"""Reads the beslut with a clock that runs or that stopped in the quarter. A few queries, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from beslut.models import Beslut, Overklagande
from beslut.personnummer import kvinna_om_kant
from beslut.regler import Utfall
from uppfoljning.kvartal import Kvartal
from uppfoljning.models import Ivorapport
from uppfoljning.rapporter.ej_verkstallda.klockor import Beslutsfakta, Slut, Tid, sluten
from uppfoljning.rapporter.ej_verkstallda.regler import Rapportslag
from utforare.arbetslistor import fristerna
from utforare.bestallningsregler import Erbjudandesvar
from utforare.frist import Frist
from utforare.models import Drojsmal, Erbjudande, Uppehall, Verkstallighet

_KVARTAL_BAKAT = 7  # of the trend, before the quarter itself


@dataclass(frozen=True, slots=True)
class Vantar:
    """A beslut whose clock runs on the day. `orsak`: a code, or empty. `lamnad`: when it was reported this quarter."""

    beslut: int
    nyckel: str
    person: int
    kvinna: bool | None
    insats: str
    frist: Frist
    orsak: str
    erbjudanden: int
    nej: int
    lamnad: date | None


@dataclass(frozen=True, slots=True)
class Avslutat:
    """A beslut whose clock had passed three months and stopped in the quarter. `lamnad`: its avslutsrapport."""

    nyckel: str
    person: int
    kvinna: bool | None
    insats: str
    slut: Slut
    lamnad: date | None


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the report is made of. `trend`: whose beslut had passed three months at the end of each quarter."""

    kvartal: Kvartal
    dag: date
    over: tuple[Vantar, ...]
    inom: tuple[Vantar, ...]
    avslutade: tuple[Avslutat, ...]
    trend: tuple[tuple[Kvartal, tuple[int, ...]], ...]


def hamta(kvartal: Kvartal, idag: date) -> Underlag:
    """The quarter as it was on its last day, or today if it has not ended."""
    dag = min(kvartal.sista, idag)
    klockor = fristerna(None, dag)
    sluten_ = slut_i_kvartalet(kvartal.fran, dag)
    beslut = _beslut([*klockor, *(ett.beslut for ett in sluten_)])
    vantar = _vantar(beslut, kvartal, klockor)
    over = tuple(ett for ett in vantar if ett.frist.har_gatt_ut(dag))
    inom = tuple(ett for ett in vantar if not ett.frist.har_gatt_ut(dag))
    return Underlag(kvartal, dag, over, inom, _avslutade(beslut, kvartal, sluten_), _trend(kvartal, over))


def _beslut(nycklar: Iterable[int]) -> dict[int, Beslut]:
    return Beslut.objects.select_related("person").in_bulk(set(nycklar))


def _vantar(beslut: dict[int, Beslut], kvartal: Kvartal, klockor: dict[int, Frist]) -> list[Vantar]:
    orsaker = dict(Drojsmal.objects.filter(beslut__in=klockor).order_by("skriven", "pk").values_list("beslut", "kod"))
    erbjudna = {
        pk: (antal, nej)
        for pk, antal, nej in Erbjudande.objects.filter(beslut__in=klockor)
        .values("beslut")
        .annotate(antal=Count("pk"), nej=Count("pk", filter=Q(svar=Erbjudandesvar.NEJ)))
        .values_list("beslut", "antal", "nej")
    }
    lamnade = _lamnade(kvartal, Rapportslag.INDIVID)
    rader = [
        Vantar(
            beslut=pk,
            nyckel=beslut[pk].nyckel,
            person=beslut[pk].person_id,
            kvinna=kvinna_om_kant(beslut[pk].person.personnummer),
            insats=beslut[pk].insats,
            frist=frist,
            orsak=orsaker.get(pk, ""),
            erbjudanden=erbjudna.get(pk, (0, 0))[0],
            nej=erbjudna.get(pk, (0, 0))[1],
            lamnad=lamnade.get((pk, frist.fran)),
        )
        for pk, frist in klockor.items()
    ]
    return sorted(rader, key=lambda ett: (ett.frist.sista, ett.nyckel))


def _lamnade(kvartal: Kvartal, slag: Rapportslag) -> dict[tuple[int, date], date]:
    """When reports of this kind were handed in for the quarter, by beslut and the clock's first day."""
    urval = Ivorapport.objects.filter(kvartal=kvartal.fran, slag=slag)
    return {(pk, fran): dag for pk, fran, dag in urval.values_list("beslut", "klockan_fran", "lamnad")}


def _avslutade(beslut: dict[int, Beslut], kvartal: Kvartal, sluten_: list[Slut]) -> tuple[Avslutat, ...]:
    lamnade = _lamnade(kvartal, Rapportslag.AVSLUT)
    rader = [
        Avslutat(
            nyckel=beslut[ett.beslut].nyckel,
            person=beslut[ett.beslut].person_id,
            kvinna=kvinna_om_kant(beslut[ett.beslut].person.personnummer),
            insats=beslut[ett.beslut].insats,
            slut=ett,
            lamnad=lamnade.get((ett.beslut, ett.frist.fran)),
        )
        for ett in sluten_
    ]
    return tuple(sorted(rader, key=lambda ett: (ett.slut.dag, ett.nyckel)))


def slut_i_kvartalet(fran: date, sista: date, beslut: Iterable[int] | None = None) -> list[Slut]:
    """Clocks that had run out and stopped from `fran` to `sista`: of some beslut, or (None) of all. Four queries."""
    dagar = (fran, sista)
    urval = (
        Beslut.objects.exclude(utfall=Utfall.AVSLAG)
        .filter(
            Q(verkstalligheter__fran__range=dagar)
            | Q(verkstalligheter__uppehall__till__range=dagar)
            | Q(till__range=dagar)
            | Q(person__avliden__range=dagar)
        )
        .select_related("person")
        .distinct()
    )
    alla = list(urval if beslut is None else urval.filter(pk__in=beslut))
    verk: dict[int, list[Tid]] = defaultdict(list)
    avbrott: dict[int, list[Tid]] = defaultdict(list)
    for pk, borjan, slut in Verkstallighet.objects.filter(beslut__in=alla).values_list("beslut", "fran", "till"):
        verk[pk].append((borjan, slut))
    uppehall = Uppehall.objects.filter(verkstallighet__beslut__in=alla)
    for pk, borjan, slut in uppehall.values_list("verkstallighet__beslut", "fran", "till"):
        avbrott[pk].append((borjan, slut))
    domar = set(Overklagande.objects.filter(domens_beslut__in=alla).values_list("domens_beslut", flat=True))
    return [
        slut
        for ett in alla
        for slut in sluten(_fakta(ett, verk[ett.pk], avbrott[ett.pk], dom=ett.pk in domar), fran, sista)
    ]


def _fakta(beslut: Beslut, verk: list[Tid], avbrott: list[Tid], *, dom: bool) -> Beslutsfakta:
    return Beslutsfakta(
        beslut=beslut.pk,
        beslutsdatum=beslut.beslutsdatum,
        fran=beslut.fran,
        till=beslut.till,
        avliden=beslut.person.avliden,
        dom=dom,
        verkstalld=verk,
        avbruten=avbrott,
    )


def _trend(kvartal: Kvartal, over: tuple[Vantar, ...]) -> tuple[tuple[Kvartal, tuple[int, ...]], ...]:
    """The person of each beslut to report at the end of each quarter, told from what is known today; this one last."""
    tidigare = {}
    for steg in range(_KVARTAL_BAKAT, 0, -1):
        da = kvartal.plus(-steg)
        klockor = fristerna(None, da.sista).items()
        tidigare[da] = [pk for pk, frist in klockor if frist.rapporteras and frist.har_gatt_ut(da.sista)]
    alla = {pk for vilka in tidigare.values() for pk in vilka}
    personer = dict(Beslut.objects.filter(pk__in=alla).values_list("pk", "person_id"))
    svar = [(da, tuple(personer[pk] for pk in vilka)) for da, vilka in tidigare.items()]
    return (*svar, (kvartal, tuple(ett.person for ett in over if ett.frist.rapporteras)))
