"""What private utförare have written here for their own work: whose two years have passed, and which rows that is.

A person's akt at a utförare is all that the utförare has carried out for the person, so what still goes on, or was
noted last, at one of its enheter counts for all of them. Set-based, however many they are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Model, QuerySet

from beslut.regler import Insats
from grund.tid import EN_DAG, lokal_dag
from uppfoljning.gallring.antal import Antal
from uppfoljning.gallring.koder import Stoppslag
from uppfoljning.gallring.regler import AR_HOS_PRIVAT, ar_efter, bevaras_for_forskning
from uppfoljning.gallring.regler_utforare import Utforarakt, hinder_hos_privat
from uppfoljning.gallring.tabell import OM_PERSON
from uppfoljning.gallring.typer import Atgard, Modellrad
from uppfoljning.gallring.urval import modell, utan_text
from uppfoljning.models import Gallringsstopp
from utforare.models import PlaneratBesok, SenAndring, Slutanmalan, Uppehall, Verkstallighet
from utforare.regler import Regi

HOS_PRIVAT = tuple(ett for ett in OM_PERSON if ett.hos_privat)
Akten = tuple[int, int]  # person and utförare


_FALT = (
    "pk",
    "nyckel",
    "till",
    "beslut__insats",
    "beslut__person",
    "beslut__person__nyckel",
    "beslut__person__skyddad",
    "beslut__person__personnummer",
    "enhet__utforare",
    "enhet__utforare__organisationsnummer",
)


@dataclass(frozen=True, slots=True)
class Provad:
    """A person with something left at private utförare whose two years may have passed.

    `verk`: the verkställigheter whose rows are due, with the last note of them all; `hinder`: why others stay.
    """

    person: int
    nyckel: str
    skyddad: bool
    verk: frozenset[int]
    sista: date
    hinder: tuple[str, ...]


def prova(*, idag: date, personer: Collection[int] | None = None) -> list[Provad]:
    """Everybody, or those of `personer`, of whom a utförare's rows are left two years after a verkställighet's end."""
    gamla = Verkstallighet.objects.filter(
        till__lte=ar_efter(idag, -AR_HOS_PRIVAT) + EN_DAG,
        enhet__utforare__regi=Regi.PRIVAT,
        beslut__person__gallrad=None,
    )
    if personer is not None:
        gamla = gamla.filter(beslut__person__in=personer)
    har = set(_med_rader(gamla))
    par = set(Verkstallighet.objects.filter(pk__in=har).values_list("beslut__person", "enhet__utforare"))
    return _provade(_akter(par, idag), har, idag)


def rader_hos(rad: Modellrad, verk: Any) -> "QuerySet[Model]":
    """The line's rows of the verkställigheter (primary keys, or a query for them) that have not had their turn."""
    if rad.lank:
        nycklar = Verkstallighet.objects.filter(pk__in=verk).values("nyckel")
        rader = modell(rad)._base_manager.filter(**{f"{rad.lank.falt}__in": nycklar})
    else:
        rader = modell(rad)._base_manager.filter(verkstallighet__in=verk)
    return rader if rad.hos_privat == Atgard.TA_BORT else rader.exclude(utan_text(rad))


def rader_per_person(alla: Iterable[Provad]) -> dict[int, Antal]:
    """Rows of each table that are due, person by person. One query per table."""
    vems = {verk: ett.person for ett in alla for verk in ett.verk}
    svar: dict[int, Antal] = defaultdict(dict)
    for rad in HOS_PRIVAT:
        for verk, antal in _per_verk(rad, list(vems)):
            per = svar[vems[verk]]
            per[rad.modell] = per.get(rad.modell, 0) + antal
    return svar


def _med_rader(verk: "QuerySet[Verkstallighet]") -> Iterable[int]:
    for rad in HOS_PRIVAT:
        yield from (pk for pk, _ in _per_verk(rad, verk.values("pk")))


def _per_verk(rad: Modellrad, verk: Any) -> Iterable[tuple[int, int]]:
    falt = rad.lank.falt if rad.lank else "verkstallighet"
    per = list(rader_hos(rad, verk).order_by().values_list(falt).annotate(antal=Count("pk")))
    if not rad.lank:
        return per
    pk = dict(Verkstallighet.objects.filter(nyckel__in=[ett for ett, _ in per]).values_list("nyckel", "pk"))
    return [(pk[nyckel], antal) for nyckel, antal in per]


def _akter(par: set[Akten], idag: date) -> dict[Akten, tuple[Utforarakt, frozenset[int], str, bool]]:
    """Each akt as the rules want it, with its verkställigheter and whose it is."""
    verk: dict[Akten, list[dict[str, Any]]] = defaultdict(list)
    urval = Verkstallighet.objects.filter(
        beslut__person__in={person for person, _ in par}, enhet__utforare__in={utforare for _, utforare in par}
    ).values(*_FALT)
    for ett in urval:
        verk[ett["beslut__person"], ett["enhet__utforare"]].append(ett)
    noterade, stoppen = _noterade(urval), _stoppen({person for person, _ in par})
    return {
        vilken: (
            _akt(verk[vilken], noterade, stoppen[vilken[0]], idag),
            frozenset(ett["pk"] for ett in verk[vilken]),
            verk[vilken][0]["beslut__person__nyckel"],
            verk[vilken][0]["beslut__person__skyddad"],
        )
        for vilken in par
    }


def _akt(
    verk: list[dict[str, Any]], noterade: dict[int, date], stoppen: list[tuple[str, date]], idag: date
) -> Utforarakt:
    slut = [ett["till"] - EN_DAG for ett in verk if ett["till"]]
    lex = Stoppslag.LEX_SARAH
    return Utforarakt(
        sista=max([*slut, *(noterade[ett["pk"]] for ett in verk if ett["pk"] in noterade)]),
        pagar=tuple(sorted(ett["nyckel"] for ett in verk if ett["till"] is None or ett["till"] > idag)),
        barns_boende=any(ett["beslut__insats"] == Insats.BOSTAD_BARN for ett in verk),
        overlamnas=verk[0]["enhet__utforare__organisationsnummer"] in settings.LAMNAR_OVER_AKTER,
        forskning=tuple(bevaras_for_forskning(verk[0]["beslut__person__personnummer"], settings.KOMMUNKOD)),
        lex_sarah=tuple(dag for slag, dag in stoppen if slag == lex),
        stopp=tuple((Stoppslag(slag).label, dag) for slag, dag in stoppen if slag != lex),
    )


def _noterade(verk: "QuerySet[Verkstallighet, dict[str, Any]]") -> dict[int, date]:
    """The last day on which the utförare wrote or planned something, by verkställighet. Five queries."""
    svar: dict[int, date] = {}
    nycklar = {ett["nyckel"]: ett["pk"] for ett in verk}
    vilka = list(nycklar.values())
    for tabell, falt in (
        (PlaneratBesok, "slut"),
        (Uppehall, "anmalt"),
        (Uppehall, "upptaget"),
        (Slutanmalan, "anmald"),
    ):
        urval = tabell._base_manager.filter(verkstallighet__in=vilka).order_by().values_list("verkstallighet")
        _senaste(svar, urval.annotate(sista=Max(falt)))
    sena = SenAndring.objects.filter(verkstallighet_nyckel__in=list(nycklar)).order_by()
    per = sena.values_list("verkstallighet_nyckel").annotate(sista=Max("tidpunkt"))
    _senaste(svar, ((nycklar[nyckel], sista) for nyckel, sista in per))
    return svar


def _senaste(svar: dict[int, date], per: Iterable[tuple[int, datetime | None]]) -> None:
    for pk, sista in per:
        if sista is not None:
            svar[pk] = max(lokal_dag(sista), svar.get(pk, date.min))


def _stoppen(personer: Collection[int]) -> dict[int, list[tuple[str, date]]]:
    svar: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for person, slag, satt in Gallringsstopp.objects.filter(person__in=personer, havt=None).values_list(
        "person", "slag", "satt"
    ):
        svar[person].append((slag, lokal_dag(satt)))
    return svar


def _provade(
    akter: dict[Akten, tuple[Utforarakt, frozenset[int], str, bool]], har: set[int], idag: date
) -> list[Provad]:
    per: dict[int, list[Akten]] = defaultdict(list)
    for vilken in sorted(akter):
        per[vilken[0]].append(vilken)
    svar = []
    for person, vilka in per.items():
        hinder = {vilken: hinder_hos_privat(akter[vilken][0], idag=idag) for vilken in vilka}
        mogna = [vilken for vilken in vilka if not hinder[vilken]]
        verk = frozenset().union(*(akter[vilken][1] for vilken in mogna)) & har
        _, _, nyckel, skyddad = akter[vilka[0]]
        sista = max(akter[vilken][0].sista for vilken in mogna or vilka)
        meningar = dict.fromkeys(mening for vilken in vilka for mening in hinder[vilken])
        svar.append(Provad(person, nyckel, skyddad, verk, sista, tuple(meningar)))
    return sorted(svar, key=lambda ett: (ett.sista, ett.person))
