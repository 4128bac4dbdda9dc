"""What waits for those who work at an enhet, and the lists of one enhet at a time (SoLPUF 21 §)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from beslut.ord import SKYDDAD, insats_i_ord
from beslut.tillgang import far_se, namn
from grund import klocka
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.models import Anvandare
from grund.text import antal_ord, dag_kort, datum_i_ord, stor_forsta
from grund.tid import EN_DAG, dygnets_start, lokal_dag
from utforare import tillgang
from utforare.bestallningar import mangd
from utforare.bestallningsregler import Bestallningsstatus
from utforare.models import Bestallning, Enhet, Uppehall, Verkstallighet
from utforare.uppehall import i_ord

VISAS = 8
EN_VECKA = timedelta(days=7)
EN_MANAD = timedelta(days=30)


def till_mina(vem: Anvandare) -> QuerySet[Bestallning]:
    """Orders to the user's own enheter, for as long as they may see whom what was begun is for. One that came to
    nothing is theirs for as long after that."""
    idag = klocka.idag()
    borta = Q(verkstallighet__till__lte=tillgang.sist_synlig(idag))
    sist = dygnets_start(tillgang.sist_synlig(idag))
    borta |= Q(status=Bestallningsstatus.AVBOJD, besvarad__lt=sist)
    borta |= Q(status=Bestallningsstatus.ATERKALLAD, avslutad__lt=sist)
    urval = Bestallning.objects.filter(tillgang.tillhor(vem, idag, "enhet__")).exclude(borta)
    return urval.select_related("beslut__person", "enhet__utforare", "skickad_av", "besvarad_av", "avslutad_av")


def ar_kand(bestallning: Bestallning) -> bool:
    """Whether the enhet has said yes, and so needs to know who it is."""
    return bestallning.status in {Bestallningsstatus.ACCEPTERAD, Bestallningsstatus.PABORJAD}


def vem_i_ord(vem: Anvandare, bestallning: Bestallning) -> str:
    """The name once the order is accepted; before that the year of birth, which is what the answer needs."""
    person = bestallning.beslut.person
    if ar_kand(bestallning):
        return namn(vem, person)
    return f"Person född {person.personnummer[:4]}" if far_se(vem, person) else SKYDDAD


def utforarens_grupper(vem: Anvandare, idag: date) -> list[Uppgiftsgrupp]:
    """Four queries."""
    return [_nya(vem), _borjar(vem, idag), _gar_ut(vem, idag)]


def _nya(vem: Anvandare) -> Uppgiftsgrupp:
    rader = list(till_mina(vem).filter(status=Bestallningsstatus.SKICKAD).order_by("skickad"))
    return Uppgiftsgrupp(
        nyckel="nya-bestallningar",
        rubrik="Beställningar att svara på",
        kort="Nya beställningar",
        ingress="Svara med den dag ni kan börja, eller avböj och skriv varför. Namnet visas när ni har accepterat.",
        uppgifter=[_bestallning(vem, ett, ett.onskad_start, "önskad start", "Svara") for ett in rader[:VISAS]],
        antal=len(rader),
        not_="väntar på svar",
        alla=reverse("utforare:inkomna"),
    )


def _borjar(vem: Anvandare, idag: date) -> Uppgiftsgrupp:
    urval = till_mina(vem).filter(status=Bestallningsstatus.ACCEPTERAD, start__lte=idag + EN_VECKA)
    rader = list(urval.order_by("start"))
    return Uppgiftsgrupp(
        nyckel="borjar-snart",
        rubrik="Insatser som ska börja",
        kort="Ska börja",
        ingress="Registrera starten den dag insatsen börjar. Först då är beslutet verkställt.",
        uppgifter=[
            _bestallning(vem, ett, ett.start or idag, "avtalad start", "Registrera start", sen=_sen(ett, idag))
            for ett in rader[:VISAS]
        ],
        antal=len(rader),
        not_="inom en vecka eller försenade",
        sen=any(_sen(ett, idag) for ett in rader),
        alla=reverse("utforare:inkomna"),
    )


def _sen(ett: Bestallning, idag: date) -> bool:
    return ett.start is not None and ett.start < idag


def _bestallning(vem: Anvandare, ett: Bestallning, dag: date, dagens: str, nasta: str, *, sen: bool = False) -> Uppgift:
    adress = reverse("utforare:inkommen", args=[ett.pk]) if far_se(vem, ett.beslut.person) else ""
    return Uppgift(
        nar=datum_i_ord(dag),
        nar_under=dagens,
        sen=sen,
        vem=vem_i_ord(vem, ett),
        vem_under=ett.nyckel,
        adress=adress,
        vad=insats_i_ord(ett.beslut.insats),
        vad_under=ett.omfattning,
        lage=ett.enhet.namn,
        lage_under=f"Skickad {datum_i_ord(lokal_dag(ett.skickad))}",
        nasta=nasta if adress else "",
        nasta_adress=adress,
    )


def _gar_ut(vem: Anvandare, idag: date) -> Uppgiftsgrupp:
    """One line an enhet, so that the persons of two are not put together."""
    enheter = list(tillgang.enheter(vem, idag))
    rader = [(verk.enhet_id, verk.beslut.till) for verk in gar_ut(vem, idag).select_related("beslut")]
    antal = Counter(enhet for enhet, _ in rader)
    forst: dict[int, date] = {}
    for enhet, till in rader:
        if till:
            forst[enhet] = min(till, forst.get(enhet, till))
    return Uppgiftsgrupp(
        nyckel="beslut-gar-ut",
        rubrik="Beslut som snart går ut eller har gått ut",
        kort="Beslut som går ut",
        ingress="Dagar utan beslut ersätts inte. Fråga handläggaren om beslutet förlängs.",
        uppgifter=[_enhetsrad(ett, antal[ett.pk], forst[ett.pk], idag) for ett in enheter if antal[ett.pk]],
        antal=antal.total(),
        not_="inom 30 dagar eller redan utgångna",
        sen=any(till <= idag for till in forst.values()),
    )


def _enhetsrad(enhet: Enhet, antal: int, forst: date, idag: date) -> Uppgift:
    adress = reverse("utforare:enhetens_brukare", args=[enhet.pk])
    return Uppgift(
        nar=dag_kort(forst - EN_DAG, idag),
        nar_under="gick ut först" if forst <= idag else "går ut först",
        sen=forst <= idag,
        vem=enhet.namn,
        adress=adress,
        vad=antal_ord(antal, "beslut", "beslut"),
        lage="Insatsen utförs",
        nasta="Visa brukare",
        nasta_adress=adress,
    )


def gar_ut(vem: Anvandare, idag: date) -> QuerySet[Verkstallighet]:
    """Verkställigheter that run, whose beslut ends within thirty days or has ended."""
    return Verkstallighet.objects.filter(
        Q(till__isnull=True) | Q(till__gt=idag),
        tillgang.tillhor(vem, idag, "enhet__"),
        fran__lte=idag,
        beslut__till__lte=idag + EN_MANAD,
    )


def enhetens_brukare(vem: Anvandare, enhet: Enhet, idag: date) -> QuerySet[Verkstallighet]:
    """The verkställigheter of one enhet that the user may see, by name; the protected last, to tell nothing of it."""
    urval = tillgang.synliga(vem, idag).filter(enhet=enhet)
    return urval.order_by("beslut__person__skyddad", "beslut__person__efternamn", "beslut__person__fornamn", "-fran")


@dataclass(frozen=True, slots=True)
class Bestallningsrad:
    """An order in the list of an enhet. `adress` is empty when the person is not for the one who looks."""

    nyckel: str
    vem: str
    adress: str
    insats: str
    mangd: str
    start: date
    avtalad: bool
    status: str
    skickad: datetime


def rad(vem: Anvandare, ett: Bestallning) -> Bestallningsrad:
    """The order as a row."""
    return Bestallningsrad(
        nyckel=ett.nyckel,
        vem=vem_i_ord(vem, ett),
        adress=reverse("utforare:inkommen", args=[ett.pk]) if far_se(vem, ett.beslut.person) else "",
        insats=insats_i_ord(ett.beslut.insats),
        mangd=", ".join(filter(None, [ett.omfattning, mangd(ett)])),
        start=ett.start or ett.onskad_start,
        avtalad=ett.start is not None,
        status=stor_forsta(ett.get_status_display()),
        skickad=ett.skickad,
    )


@dataclass(frozen=True, slots=True)
class Brukarrad:
    """A person in the list of an enhet. `varning`: the beslut has run out, or soon does."""

    vem: str
    adress: str
    insats: str
    fran: date
    slutade: date | None
    varning: str
    utgatt: bool
    uppehall: str = ""


def brukarrad(vem: Anvandare, verk: Verkstallighet, idag: date, avbrott: Uppehall | None = None) -> Brukarrad:
    """The verkställighet as a row."""
    person, till = verk.beslut.person, verk.beslut.till
    utgatt = till is not None and till <= idag
    snart = till is not None and till <= idag + EN_MANAD
    slut = verk.till is not None and verk.till <= idag
    varning = f"Beslutet {'gick' if utgatt else 'går'} ut {datum_i_ord(till - EN_DAG)}" if till and snart else ""
    return Brukarrad(
        vem=namn(vem, person),
        adress=reverse("utforare:brukaren", args=[verk.pk]) if far_se(vem, person) else "",
        insats=insats_i_ord(verk.beslut.insats),
        fran=verk.fran,
        slutade=verk.till - EN_DAG if slut and verk.till else None,
        varning="" if slut else varning,
        utgatt=utgatt,
        uppehall=i_ord(avbrott, idag) if avbrott and far_se(vem, person) else "",
    )
