"""What handläggare and gruppchef have to do with decisions: sign, go on, reconsider, follow up, send to the court."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse

from beslut import arenden, tillgang
from beslut.arendevy import vad
from beslut.frister import OVERLAMNAS_INOM
from beslut.koder import Arendestatus, Overklagandesteg
from beslut.lagrum import lagrum_i_ord
from beslut.models import Arende, Beslut, Forslag, Overklagande, Person
from beslut.ord import insats_i_ord
from beslut.regler import Utfall
from beslut.visning import fodelsedag
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord, stor_forsta
from grund.tid import lokal_dag

M = TypeVar("M", bound=Model)
VISAS, FLEST = 8, 500
SNART = timedelta(days=30)  # a decision that ends, a follow-up that is due
BRADSKAR = timedelta(days=10)
STILLA = timedelta(days=30)  # an ärende that nobody has proposed a decision in


@dataclass(frozen=True, slots=True)
class Fraga:
    """Whose work on which day; `alla`: the whole unit's. `hogst`: how many lines of a group are shown."""

    vem: Anvandare
    idag: date
    alla: bool
    hogst: int = VISAS


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """The work lists of `vem`; empty for other roles. A bounded number of queries."""
    if not har_ratt(vem.roller, Ratt.HANDLAGGA):
        return []
    fraga = Fraga(vem, idag, alla)
    listor = {nyckel: gor(fraga) for nyckel, gor in _GRUPPER.items()}
    flik = "?visa=alla" if alla else ""
    return [
        replace(lista, nyckel=nyckel, alla=f"{reverse('beslut:bevakning', args=[nyckel])}{flik}")
        for nyckel, lista in listor.items()
        if lista.antal
    ]


def hela(vem: Anvandare, idag: date, nyckel: str, *, alla: bool) -> Uppgiftsgrupp:
    """One of the lists, whole. KeyError when there is none such."""
    return replace(_GRUPPER[nyckel](Fraga(vem, idag, alla, FLEST)), nyckel=nyckel)


def _att_underteckna(f: Fraga) -> Uppgiftsgrupp:
    vantar = arenden.att_underteckna(f.vem, f.idag)
    return Uppgiftsgrupp(
        "",
        "Beslut som väntar på din underskrift",
        "Att underteckna",
        "Förslag som din delegation täcker.",
        [_underskrift(f, ett) for ett in vantar[: f.hogst]],
        len(vantar),
    )


def _underskrift(f: Fraga, forslag: Forslag) -> Uppgift:
    arende, dag = forslag.arende, lokal_dag(forslag.foreslaget) if forslag.foreslaget else f.idag
    rad = Rad(arende.person, dag, _sedan(dag, f.idag), arende.nummer)
    av = forslag.foreslaget_av.get_full_name() if forslag.foreslaget_av else ""
    return _uppgift(
        f,
        rad,
        vad=vad(arende),
        vad_under=stor_forsta(Utfall(forslag.utfall).label),
        lage=f"Föreslaget av {av}",
        nasta="Granska och underteckna",
        nasta_adress=reverse("beslut:arende", args=[arende.pk]),
    )


def _overklaganden(f: Fraga) -> Uppgiftsgrupp:
    """FL 46 §: without delay; a week from the day when it came in."""
    kvar = (Overklagandesteg.INKOMMET, Overklagandesteg.I_TID, Overklagandesteg.OMPROVAT)
    urval = Overklagande.objects.filter(steg__in=kvar).select_related("beslut__person").order_by("inkom", "pk")
    antal, rader = _mina(f, urval, "beslut__person")
    return Uppgiftsgrupp(
        "",
        "Överklaganden att lämna till domstolen",
        "Överklaganden",
        "Pröva om de kom in i tid och om beslutet ska ändras. Annars ska de till domstolen inom en vecka.",
        [_overklagande(f, ett) for ett in rader],
        antal,
        sen=any(ett.inkom + OVERLAMNAS_INOM < f.idag for ett in rader),
    )


def _overklagande(f: Fraga, ett: Overklagande) -> Uppgift:
    senast = ett.inkom + OVERLAMNAS_INOM
    sen = senast - f.idag <= timedelta(days=2)
    return _uppgift(
        f,
        Rad(ett.beslut.person, senast, _kvar(senast, f.idag), ett.beslut.nyckel, sen),
        vad=insats_i_ord(ett.beslut.insats),
        vad_under=f"Kom in {datum_i_ord(ett.inkom)}",
        lage=stor_forsta(ett.get_steg_display()),
        nasta="Gå vidare",
        nasta_adress=reverse("beslut:overklagande", args=[ett.pk]),
    )


def _gar_ut(f: Fraga) -> Uppgiftsgrupp:
    """Time-limited decisions that end within thirty days, with no successor on the insats nor anything else decided."""
    urval = _ger().filter(till__gt=f.idag, till__lte=f.idag + SNART).exclude(pk__in=_avlosta(f.idag))
    urval = urval.exclude(omprovningar__forslag__beslut__isnull=False)  # reconsidered: an avslag is an answer too
    antal, rader = _mina(f, urval.order_by("till", "pk"), "person")
    pagar = _omprovas(rader)
    return Uppgiftsgrupp(
        "",
        "Beslut som går ut inom 30 dagar",
        "Går ut inom 30 dagar",
        "Tidsbegränsade beslut. Börja en omprövning i tid: dagar utan beslut ersätts inte.",
        [_slut(f, ett, pagar.get(ett.pk)) for ett in rader],
        antal,
        sen=any(ett.till <= f.idag + BRADSKAR for ett in rader if ett.till),
    )


def _ger() -> QuerySet[Beslut]:
    """Decisions that give something to somebody who lives."""
    alla = Beslut.objects.filter(person__avliden__isnull=True).exclude(utfall=Utfall.AVSLAG)
    return alla.select_related("person")


def _avlosta(idag: date) -> QuerySet[Beslut]:
    """Decisions that end soon, with another one on the insats that holds longer."""
    andra = Beslut.objects.filter(person=OuterRef("person"), insats=OuterRef("insats")).exclude(utfall=Utfall.AVSLAG)
    langre = andra.filter(Q(till__isnull=True) | Q(till__gt=OuterRef("till")))
    return Beslut.objects.filter(Exists(langre), till__gt=idag, till__lte=idag + SNART)


def _omprovas(besluten: Iterable[Beslut]) -> dict[int, Arende]:
    pagar = Arende.objects.filter(omprovar__in=[ett.pk for ett in besluten], status__in=arenden.PAGAR)
    return {ett.omprovar_id: ett for ett in pagar if ett.omprovar_id}


def _slut(f: Fraga, beslut: Beslut, omprovas: Arende | None) -> Uppgift:
    sista = arenden.sista_dag(beslut.till) or f.idag
    vidare = ("beslut:arende", omprovas.pk) if omprovas else ("beslut:omprovning", beslut.pk)
    return _uppgift(
        f,
        Rad(beslut.person, sista, _kvar(sista, f.idag), beslut.nyckel, sen=sista - f.idag <= BRADSKAR),
        vad=insats_i_ord(beslut.insats),
        vad_under=f"Gäller till och med {datum_i_ord(sista)}",
        lage=f"Omprövas i {omprovas.nummer}" if omprovas else "Inte påbörjad",
        nasta="Fortsätt" if omprovas else "Ompröva",
        nasta_adress=reverse(vidare[0], args=[vidare[1]]),
    )


def _uppfoljningar(f: Fraga) -> Uppgiftsgrupp:
    urval = _ger().filter(Q(till__isnull=True) | Q(till__gt=f.idag), fran__lte=f.idag)
    urval = urval.filter(uppfoljning__lte=f.idag + SNART)
    sena, _ = _mina(f, urval.filter(uppfoljning__lt=f.idag), "person")
    antal, rader = _mina(f, urval.order_by("uppfoljning", "pk"), "person")
    return Uppgiftsgrupp(
        "",
        "Uppföljning inom 30 dagar",
        "Uppföljning",
        "Följs upp minst en gång om året. En uppföljning ändrar inte beslutet.",
        [_uppfoljning(f, ett) for ett in rader],
        antal,
        not_=antal_ord(sena, "försenad", "försenade") if sena else "",
        sen=bool(sena),
    )


def _uppfoljning(f: Fraga, beslut: Beslut) -> Uppgift:
    dag = beslut.uppfoljning or f.idag
    return _uppgift(
        f,
        Rad(beslut.person, dag, _kvar(dag, f.idag), beslut.nyckel, sen=dag < f.idag),
        vad=insats_i_ord(beslut.insats),
        vad_under=lagrum_i_ord(beslut.insats, beslut.beslutsdatum),
        lage=f"Beslutat {datum_i_ord(beslut.beslutsdatum)}",
        nasta="Följ upp",
        nasta_adress=reverse("beslut:uppfoljning", args=[beslut.pk]),
    )


def _stilla(f: Fraga) -> Uppgiftsgrupp:
    """Ärenden that came in long ago and have no proposal: they are to be decided without delay (FL 9, 11–12 §§)."""
    urval = Arende.objects.filter(status=Arendestatus.UTREDS, inkom__lte=f.idag - STILLA).select_related("person")
    urval = (urval if f.alla else urval.filter(handlaggare=f.vem)).order_by("inkom", "pk")
    return Uppgiftsgrupp(
        "",
        "Ärenden som har väntat mer än en månad",
        "Väntar på förslag",
        "Inget förslag till beslut är lämnat. Efter sex månader kan personen begära att nämnden avgör ärendet.",
        [_vantar(f, ett) for ett in urval[: f.hogst]],
        urval.count(),
    )


def _vantar(f: Fraga, arende: Arende) -> Uppgift:
    sen = f.idag - arende.inkom > timedelta(days=90)
    return _uppgift(
        f,
        Rad(arende.person, arende.inkom, _sedan(arende.inkom, f.idag), arende.nummer, sen),
        vad=vad(arende),
        lage=stor_forsta(arende.get_status_display()),
        nasta="Öppna",
        nasta_adress=reverse("beslut:arende", args=[arende.pk]),
    )


_GRUPPER: Mapping[str, Callable[[Fraga], Uppgiftsgrupp]] = {
    "underteckna": _att_underteckna,
    "overklaganden": _overklaganden,
    "gar-ut": _gar_ut,
    "uppfoljning": _uppfoljningar,
    "stilla": _stilla,
}


def _mina(f: Fraga, urval: QuerySet[M], vag: str) -> tuple[int, list[M]]:
    """How many there are, and those that are shown. `vag`: the way to the person."""
    mina = urval if f.alla else urval.filter(**{f"{vag}__in": tillgang.mina(f.vem, f.idag)})
    return mina.count(), list(mina[: f.hogst])


@dataclass(frozen=True, slots=True)
class Rad:
    """Whom a line is about, and when."""

    person: Person
    dag: date
    nar: str
    nummer: str
    sen: bool = False


def _uppgift(f: Fraga, rad: Rad, *, vad: str, lage: str, nasta: str, nasta_adress: str, vad_under: str = "") -> Uppgift:
    """A line about a person; a protected one is marked and leads nowhere."""
    oppen = tillgang.far_se(f.vem, rad.person)
    return Uppgift(
        nar=rad.nar,
        nar_under=datum_i_ord(rad.dag),
        sen=rad.sen,
        vem=tillgang.namn(f.vem, rad.person),
        vem_under=f"{rad.nummer}, f. {fodelsedag(rad.person.personnummer)[:4]}" if oppen else rad.nummer,
        adress=reverse("utforare:akt", args=[rad.person.pk]) if oppen else "",
        vad=vad,
        vad_under=vad_under,
        lage=lage,
        nasta=nasta if oppen else "",
        nasta_adress=nasta_adress if oppen else "",
        person=rad.person.pk if oppen else None,
    )


def _kvar(dag: date, idag: date) -> str:
    dagar = (dag - idag).days
    if dagar < 0:
        return antal_ord(-dagar, "dag sen", "dagar sen")
    return antal_ord(dagar, "dag", "dagar") if dagar else "I dag"


def _sedan(dag: date, idag: date) -> str:
    dagar = (idag - dag).days
    return f"{antal_ord(dagar, 'dag', 'dagar')} sedan" if dagar > 0 else "I dag"
