"""Which enheter can carry out a beslut from a day, how many places they have left, and why the others cannot."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from beslut.models import Beslut, Nivabedomning
from beslut.ord import insats_i_ord
from beslut.regler import Utfall
from grund.text import datum_i_ord, och, svensk_ordning
from grund.tid import EN_DAG
from utforare import priser
from utforare.bestallningsregler import (
    INGEN_MANGD,
    OPPNA,
    Bestallningsfakta,
    Bestallningsstatus,
    Mangd,
    Villkor,
)
from utforare.models import Avtal, Bestallning, Enhet, Utforare, Verkstallighet
from utforare.regler import Avtalsform


@dataclass(frozen=True, slots=True)
class Valbar:
    """An enhet that has an avtal for the insats on the day."""

    enhet: Enhet
    avtal: Avtal
    villkor: Villkor
    niva: str
    lediga: int | None

    @property
    def platser(self) -> str:
        """`3 av 9 platser lediga`; `Inga lediga platser av 9`."""
        if self.lediga is None:
            return "Antalet platser är inte angivet"
        alla = self.enhet.platser or 0
        return f"Inga lediga platser av {alla}" if self.full else f"{self.lediga} av {alla} platser lediga"

    @property
    def full(self) -> bool:
        """Nobody more fits."""
        return self.lediga is not None and self.lediga <= 0


@dataclass(frozen=True, slots=True)
class Utan:
    """A utförare that cannot, and why."""

    namn: str
    varfor: str


def valbara(beslut: Beslut, dag: date) -> list[Valbar]:
    """In Swedish order, those with places first. Six queries."""
    avtal = gallande_avtal(beslut, dag)
    villkor = priser.villkor(avtal.values(), beslut.insats, dag)
    bedomningar = list(Nivabedomning.objects.filter(person=beslut.person_id, insats=beslut.insats))
    svar = []
    upptagna = _upptagna(list(avtal), dag)
    for enhet in Enhet.objects.filter(utforare__in=list(avtal)).select_related("utforare"):
        ett = avtal[enhet.utforare_id]
        niva = priser.niva_pa_dag(bedomningar, dag, ett.niva_fran)
        lediga = None if enhet.platser is None else enhet.platser - upptagna[enhet.pk]
        svar.append(Valbar(enhet, ett, villkor[ett.pk], niva, lediga))
    return sorted(svar, key=lambda v: (v.full, svensk_ordning(v.enhet.utforare.namn), svensk_ordning(v.enhet.namn)))


def gallande_avtal(beslut: Beslut, dag: date) -> dict[int, Avtal]:
    """The avtal on the day by utförare; an individavtal for the person goes first (R2)."""
    alla = Avtal.objects.filter(Q(person=None) | Q(person=beslut.person_id), insats=beslut.insats)
    galler = alla.filter(period__contains=dag)
    return {ett.utforare_id: ett for ett in sorted(galler, key=lambda a: a.avtalsform == Avtalsform.INDIVIDAVTAL)}


def _upptagna(utforare: list[int], dag: date) -> Counter[int]:
    """Taken places by enhet: verkställigheter that run on the day, and accepted orders to come."""
    aktiva = Verkstallighet.objects.filter(enhet__utforare__in=utforare, period__contains=dag)
    kommande = Bestallning.objects.filter(enhet__utforare__in=utforare, status=Bestallningsstatus.ACCEPTERAD)
    svar: Counter[int] = Counter()
    for rader in (aktiva, kommande):
        svar.update(dict(rader.order_by().values_list("enhet").annotate(antal=Count("pk"))))
    return svar


def utan(beslut: Beslut, dag: date) -> list[Utan]:
    """Utförare that cannot on the day: those whose avtal has ended or not begun by name, the rest together."""
    med = gallande_avtal(beslut, dag)
    tider: dict[int, list[Avtal]] = defaultdict(list)
    for ett in Avtal.objects.filter(Q(person=None) | Q(person=beslut.person_id), insats=beslut.insats):
        tider[ett.utforare_id].append(ett)
    andra = sorted(Utforare.objects.exclude(pk__in=list(med)), key=lambda u: svensk_ordning(u.namn))
    svar = [Utan(u.namn, _varfor(tider[u.pk], dag)) for u in andra if u.pk in tider]
    resten = [u.namn for u in andra if u.pk not in tider]
    if resten:
        svar.append(Utan(och(resten), f"har inget avtal om {insats_kort(beslut)}"))
    return svar


def _varfor(avtal: Sequence[Avtal], dag: date) -> str:
    kommande = [ett.fran for ett in avtal if ett.fran > dag]
    if kommande:
        return f"avtalet börjar {datum_i_ord(min(kommande))}"
    return f"avtalet gick ut {datum_i_ord(max(ett.till for ett in avtal if ett.till) - EN_DAG)}"


def fakta(
    beslut: Beslut, enhet: Enhet, *, start: date, idag: date, omfattning: str = "", mangd: Mangd = INGEN_MANGD
) -> Bestallningsfakta:
    """What the rules of ordering ask about (bestallningsregler)."""
    vald = next((v for v in valbara(beslut, start) if v.enhet == enhet), None)
    oppna = list(Bestallning.objects.filter(beslut=beslut, status__in=OPPNA))
    return Bestallningsfakta(
        idag=idag,
        gynnande=beslut.utfall != Utfall.AVSLAG,
        fran=beslut.fran,
        till=beslut.till,
        avliden=beslut.person.avliden,
        start=start,
        utforare=enhet.utforare.namn,
        insats=insats_kort(beslut),
        villkor=vald.villkor if vald else None,
        omfattning=omfattning,
        mangd=mangd,
        beslutat=Mangd(beslut.omfattning, beslut.omfattning_enhet),
        redan=_redan(beslut, oppna, start),
        oppna=len(oppna),
        niva=vald.niva if vald else "",
        lediga=vald.lediga if vald else None,
    )


def insats_kort(beslut: Beslut) -> str:
    """`daglig verksamhet (LSS)`, inside a sentence."""
    text = insats_i_ord(beslut.insats)
    return text[:1].lower() + text[1:]


def _redan(beslut: Beslut, oppna: Sequence[Bestallning], start: date) -> tuple[Mangd, ...]:
    """What is held already on the day: open orders, and verkställigheter that still run then."""
    verk = Verkstallighet.objects.filter(beslut=beslut, period__contains=start)
    par = [(ett.antal, ett.antal_enhet) for ett in oppna]
    par += verk.values_list("bestallt_antal", "bestallt_enhet")
    return tuple(Mangd(antal, enhet) for antal, enhet in par)
