"""What is carried out in other municipalities, and which of them have been told of it (LSS 17 §)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from beslut.models import Person
from grund.behorighet import Ratt, hinder_for_ratt
from grund.fel import svenska
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord
from uppfoljning.enhetsfakta import gallande_fakta
from uppfoljning.models import Underrattelse
from uppfoljning.rapporter.avtalsuppfoljning.regler import UNDERRATTAS, Riktning
from utforare.models import Avtal, Enhet, Verkstallighet
from utforare.regler import Avtalsform, Regi


@dataclass(frozen=True, slots=True)
class Placering:
    """A verkställighet in another municipality, or by an individavtal. `kommun` empty = in our own, or not told.

    `underrattad`: when the municipality was told; None = it has not been, or need not be.
    """

    verk: int
    nyckel: str
    person: int
    insats: str
    enhet: int
    enhetens_namn: str
    utforare: str
    regi: str
    kommun: str
    fran: date
    individavtal: bool
    underrattad: date | None

    @property
    def ska_underrattas(self) -> bool:
        """A contract with somebody private about housing in another municipality: LSS 17 §."""
        return bool(self.kommun) and self.regi == Regi.PRIVAT and self.insats in UNDERRATTAS


def placeringar(dag: date) -> tuple[Placering, ...]:
    """Of the day, by municipality and enhet. Four queries."""
    ute = {pk: fakta.kommun for pk, fakta in gallande_fakta(dag).items() if fakta.kommun}
    individavtal = set(
        Avtal.objects.filter(avtalsform=Avtalsform.INDIVIDAVTAL, period__contains=dag).values_list(
            "utforare", "person", "insats"
        )
    )
    personer = {person for _, person, _ in individavtal}
    urval = Verkstallighet.objects.filter(period__contains=dag).filter(
        Q(beslut__person__avliden__isnull=True) | Q(beslut__person__avliden__gt=dag)
    )
    urval = urval.filter(Q(enhet__in=ute) | Q(beslut__person__in=personer))
    sagda = _sagda(dag)
    rader = [
        Placering(
            verk=pk,
            nyckel=nyckel,
            person=person,
            insats=insats,
            enhet=enhet,
            enhetens_namn=namn,
            utforare=utforare,
            regi=regi,
            kommun=ute.get(enhet, ""),
            fran=fran,
            individavtal=(utf, person, insats) in individavtal,
            underrattad=_underrattad(sagda, enhet, insats, person),
        )
        for pk, nyckel, fran, person, insats, enhet, namn, utf, utforare, regi in urval.values_list(
            "pk",
            "nyckel",
            "fran",
            "beslut__person",
            "beslut__insats",
            "enhet",
            "enhet__namn",
            "enhet__utforare",
            "enhet__utforare__namn",
            "enhet__utforare__regi",
        )
    ]
    valda = [ett for ett in rader if ett.kommun or ett.individavtal]
    return tuple(sorted(valda, key=lambda ett: (not ett.kommun, ett.kommun, ett.enhetens_namn, ett.nyckel)))


def utan_underrattelse(alla: Sequence[Placering]) -> tuple[Placering, ...]:
    """Those whose municipality has not been told, and shall be."""
    return tuple(ett for ett in alla if ett.ska_underrattas and ett.underrattad is None)


def _sagda(dag: date) -> dict[tuple[int | None, str, int | None], date]:
    """The first day that each (enhet, insats, person or None = all there) was told of."""
    urval = Underrattelse.objects.filter(riktning=Riktning.LAMNAD, underrattad__lte=dag).order_by("-underrattad")
    return {
        (enhet, insats, person): dag_
        for enhet, insats, person, dag_ in urval.values_list("enhet", "insats", "person", "underrattad")
    }


def _underrattad(
    sagda: dict[tuple[int | None, str, int | None], date], enhet: int, insats: str, person: int
) -> date | None:
    dagar = [sagda[ett] for ett in ((enhet, insats, person), (enhet, insats, None)) if ett in sagda]
    return min(dagar, default=None)


@dataclass(frozen=True, slots=True)
class Forslag:
    """A notice to register."""

    riktning: str
    kommun: str
    insats: str
    avtalsdatum: date
    underrattad: date
    person: Person | None
    enhet: Enhet | None
    anteckning: str


def hinder_for_underrattelse(forslag: Forslag, idag: date) -> list[str]:
    """Why it cannot be registered; empty = it can."""
    hinder = []
    if forslag.insats not in UNDERRATTAS:
        hinder.append("Underrättelse enligt LSS 17 § gäller bara insatser enligt 9 § 8 och 9.")
    if forslag.underrattad > idag:
        hinder.append("Underrättelsens dag har inte varit än. Registrera den när den är gjord.")
    if forslag.underrattad < forslag.avtalsdatum:
        hinder.append("Underrättelsen kan inte ha lämnats före avtalets dag.")
    if forslag.riktning == Riktning.MOTTAGEN:
        if forslag.enhet or forslag.person:
            hinder.append("Det en annan kommun har underrättat oss om gäller ingen av våra personer.")
        return hinder
    if forslag.enhet is None:
        return [*hinder, "Välj vilken enhet avtalet gäller."]
    if forslag.enhet.utforare.regi != Regi.PRIVAT:
        hinder.append("LSS 17 § gäller avtal med en enskild. Enheten drivs i egen regi.")
    if forslag.person and not _ar_dar(forslag.person, forslag.enhet, forslag.insats):
        hinder.append("Personen har inte haft insatsen på enheten.")
    finns = Underrattelse.objects.filter(enhet=forslag.enhet, insats=forslag.insats, person=forslag.person)
    if finns.filter(avtalsdatum=forslag.avtalsdatum).exists():
        hinder.append("Underrättelsen om avtalet är redan registrerad.")
    return hinder


def _ar_dar(person: Person, enhet: Enhet, insats: str) -> bool:
    return Verkstallighet.objects.filter(beslut__person=person, beslut__insats=insats, enhet=enhet).exists()


def registrera_underrattelse(*, forslag: Forslag, av: Anvandare | None, idag: date, nu: datetime) -> Underrattelse:
    """Register a notice given or received (LSS 17 §). Raises Hindrad. `av` None = a command on the server."""
    hinder = hinder_for_ratt(av.roller, Ratt.SKOTA_UPPFOLJNING) if av else []
    if hinder := hinder or hinder_for_underrattelse(forslag, idag):
        raise Hindrad(hinder)
    falt = {namn: getattr(forslag, namn) for namn in Forslag.__slots__}
    try:
        with transaction.atomic():
            ett = Underrattelse.objects.create(**falt, registrerad=nu, registrerad_av=av)
            hur = "lämnades till" if forslag.riktning == Riktning.LAMNAD else "togs emot från"
            skriv_handelse(
                av=av,
                handling="registrera_underrattelse",
                objekt=f"underrattelse:{ett.pk}",
                text=f"Underrättelse enligt LSS 17 § {hur} {forslag.kommun} {datum_i_ord(forslag.underrattad)}.",
            )
    except IntegrityError as brott:
        raise Hindrad([svenska(brott)]) from brott
    return ett
