"""Reads enheter, what they are held to, follow-ups, brister, staff, and what is given in other municipalities.

Some fifteen queries, whatever the number of persons: who is where is counted by the database.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from grund.text import svensk_ordning
from uppfoljning.brister import Bristlage, bristerna
from uppfoljning.enhetsfakta import Fakta, gallande_fakta
from uppfoljning.models import (
    Avtalsuppfoljning,
    Krav,
    Kravbedomning,
    Kravlista,
    Underrattelse,
    Uppgiftsfil,
    Utbildning,
)
from uppfoljning.rapporter.avtalsuppfoljning.regler import Riktning, Uppfyllt
from uppfoljning.underrattelser import Placering, placeringar, utan_underrattelse
from uppfoljning.uppgifter.queries import gallande
from utforare.models import Enhet, Verkstallighet

UTBILDNING = "utbildning"


@dataclass(frozen=True, slots=True)
class Lista:
    """A kravlista that holds. `krav`: (kod, rubrik)."""

    pk: int
    version: int
    mal: Decimal
    krav: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Utfall:
    """The latest follow-up of the year of an enhet and insats: how each krav was met, by kod."""

    pk: int
    insats: str
    datum: date
    metod: str
    krav: Mapping[str, Uppfyllt]


@dataclass(frozen=True, slots=True)
class Enhetsrad:
    """An enhet where somebody is on the day. `insatser`: what is carried out there, what most persons have first.

    `fakta` None = nobody has told where it lies. `anstallda` None = nothing is told of its staff.
    """

    pk: int
    namn: str
    utforare: str
    regi: str
    insatser: tuple[str, ...]
    fakta: Fakta | None
    utfall: tuple[Utfall, ...]
    brister: tuple[Bristlage, ...]
    anstallda: int | None
    adekvat: int | None

    def mal(self, listor: Mapping[str, Lista]) -> Decimal | None:
        """The share of staff with adequate education that its insatser ask for: the highest of them."""
        return max((listor[insats].mal for insats in self.insatser if insats in listor), default=None)


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the report is made of. `listor`: by insats, of the day. `rubriker`: of krav, by insats and kod."""

    ar: int
    dag: date
    enheter: tuple[Enhetsrad, ...]
    listor: Mapping[str, Lista]
    rubriker: Mapping[tuple[str, str], str]
    placeringar: tuple[Placering, ...]
    utan: tuple[Placering, ...]
    lamnade: int
    mottagna: int
    fil: Uppgiftsfil | None


def hamta(ar: int, idag: date) -> Underlag:
    """The year, on its last day, or today if it has not ended."""
    dag = min(date(ar, 12, 31), idag)
    fil = gallande(UTBILDNING, f"{ar:04}")
    ute = placeringar(dag)
    utfall, rubriker = _utfall(ar, dag)
    i_aret = Underrattelse.objects.filter(underrattad__range=(date(ar, 1, 1), dag))
    antal = i_aret.aggregate(
        lamnade=Count("pk", filter=Q(riktning=Riktning.LAMNAD)),
        mottagna=Count("pk", filter=Q(riktning=Riktning.MOTTAGEN)),
    )
    listor, namnen = _listor(dag)
    return Underlag(
        ar=ar,
        dag=dag,
        enheter=_enheter(dag, utfall, _brister(ar, dag), _personal(fil)),
        listor=listor,
        rubriker=rubriker | namnen,
        placeringar=ute,
        utan=utan_underrattelse(ute),
        lamnade=antal["lamnade"],
        mottagna=antal["mottagna"],
        fil=fil,
    )


def _insatser(dag: date) -> dict[int, tuple[str, ...]]:
    """What is carried out at each enhet on the day."""
    urval = Verkstallighet.objects.filter(period__contains=dag).values("enhet", "beslut__insats")
    per_enhet: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for enhet, insats, antal in urval.annotate(antal=Count("pk")).values_list("enhet", "beslut__insats", "antal"):
        per_enhet[enhet].append((-antal, insats))
    return {enhet: tuple(insats for _, insats in sorted(dem)) for enhet, dem in per_enhet.items()}


def _listor(dag: date) -> tuple[dict[str, Lista], dict[tuple[str, str], str]]:
    urval = Kravlista.objects.filter(fran__lte=dag).order_by("insats", "-fran", "-version").distinct("insats")
    krav: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for lista, kod, rubrik in Krav.objects.filter(lista__in=urval.values("pk")).values_list("lista", "kod", "rubrik"):
        krav[lista].append((kod, rubrik))
    listor = {ett.insats: Lista(ett.pk, ett.version, ett.utbildningsmal, tuple(krav[ett.pk])) for ett in urval}
    namnen = {(insats, kod): rubrik for insats, ett in listor.items() for kod, rubrik in ett.krav}
    return listor, namnen


def _utfall(ar: int, dag: date) -> tuple[dict[int, list[Utfall]], dict[tuple[str, str], str]]:
    """The latest of each enhet and insats, by enhet; and what their krav are called. One that was replaced is none."""
    urval = (
        Avtalsuppfoljning.objects.filter(datum__range=(date(ar, 1, 1), dag), ersatt_av=None)
        .order_by("enhet", "lista__insats", "-datum", "-pk")
        .distinct("enhet", "lista__insats")
    )
    senast = list(urval.values_list("pk", "enhet", "lista__insats", "datum", "metod"))
    falt = ("uppfoljning", "krav__lista__insats", "krav__kod", "krav__rubrik", "utfall")
    svar: dict[int, dict[str, Uppfyllt]] = defaultdict(dict)
    rubriker = {}
    for pk, insats, kod, rubrik, utfall in Kravbedomning.objects.filter(
        uppfoljning__in=[pk for pk, *_ in senast]
    ).values_list(*falt):
        svar[pk][kod], rubriker[insats, kod] = Uppfyllt(utfall), rubrik
    per_enhet: dict[int, list[Utfall]] = defaultdict(list)
    for pk, enhet, insats, datum, metod in senast:
        per_enhet[enhet].append(Utfall(pk, insats, datum, metod, svar[pk]))
    return per_enhet, rubriker


def _brister(ar: int, dag: date) -> dict[int, list[Bristlage]]:
    """Those that were found before the end of the day and were open some time of the year, by enhet."""
    per_enhet: dict[int, list[Bristlage]] = defaultdict(list)
    for ett in bristerna(dag):
        if ett.stangd is None or ett.stangd.year >= ar:
            per_enhet[ett.enhet].append(ett)
    return per_enhet


def _personal(fil: Uppgiftsfil | None) -> dict[int, tuple[int, int]]:
    if fil is None:
        return {}
    rader = Utbildning.objects.filter(fil=fil).values_list("enhet", "anstallda", "adekvat")
    return {enhet: (anstallda, adekvat) for enhet, anstallda, adekvat in rader}


def _enheter(
    dag: date,
    utfall: Mapping[int, Iterable[Utfall]],
    brister: Mapping[int, Iterable[Bristlage]],
    personal: Mapping[int, tuple[int, int]],
) -> tuple[Enhetsrad, ...]:
    """Those where somebody is, and those that something is told of though nobody is there any longer."""
    insatser, fakta = _insatser(dag), gallande_fakta(dag)
    alla = {*insatser, *utfall, *brister, *personal}
    falt = ("pk", "namn", "utforare__namn", "utforare__regi")
    rader = [
        Enhetsrad(
            pk=pk,
            namn=namn,
            utforare=utforare,
            regi=regi,
            insatser=insatser.get(pk, ()),
            fakta=fakta.get(pk),
            utfall=tuple(utfall.get(pk, ())),
            brister=tuple(brister.get(pk, ())),
            anstallda=personal[pk][0] if pk in personal else None,
            adekvat=personal[pk][1] if pk in personal else None,
        )
        for pk, namn, utforare, regi in Enhet.objects.filter(pk__in=alla).values_list(*falt)
    ]
    return tuple(sorted(rader, key=lambda ett: (svensk_ordning(ett.utforare), svensk_ordning(ett.namn), ett.pk)))
