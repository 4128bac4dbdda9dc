"""Reads the nivåbedömningar that wait for the avtalssamordnare, with what they cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from beslut import nivaarenden, nivavisning, tillgang
from beslut.models import Nivaarende, Nivabedomning
from beslut.models.nivaarende import AVGJORDA, Arendelage
from beslut.nivavisning import Listrad
from beslut.regler import Bedomningsstatus
from ersattning.nivaeffekt import Effekt, Forslag, effekt, helar
from ersattning.nivaord import helarsbelopp
from grund.models import Anvandare
from utforare.models import Avtal, Prislista, Verkstallighet

PER_SIDA = 15  # each is calculated for a year, so that the page is quick


@dataclass(frozen=True, slots=True)
class Vantanderad:
    """One that waits, how long, and what it would cost in a whole year."""

    rad: Listrad
    vantat: str
    helar: str


def vantande() -> QuerySet[Nivaarende]:
    """Those that wait for a decision, the oldest first."""
    return nivaarenden.i_lista().filter(lage=Arendelage.INSKICKAD).select_related("person", "bedomare", "bedomning")


def overklagade() -> QuerySet[Nivaarende]:
    """Those that an utförare contests and nobody has answered, the oldest first."""
    return nivaarenden.i_lista().filter(synpunkt__svar="", synpunkt__isnull=False).order_by("synpunkt__tidpunkt")


def avgjorda() -> QuerySet[Nivaarende]:
    """The decided and those sent back, the latest first."""
    klara = (*AVGJORDA, Arendelage.ATERSKICKAD)
    return nivaarenden.i_lista().filter(lage__in=klara).order_by(F("inskickad").desc(), "-pk")


def fran_annat_system() -> QuerySet[Nivabedomning]:
    """Assessments that came with a datapaket and wait there: decided where they were made, or the import undoes it."""
    urval = Nivabedomning.objects.filter(status=Bedomningsstatus.INSKICKAD, arende__isnull=True)
    return urval.select_related("person").order_by("fran", "nyckel")


def rader(arenden: Sequence[Nivaarende], vem: Anvandare, idag: date) -> list[Vantanderad]:
    """The waiting with their cost in a whole year. The same number of queries whatever their number."""
    kostar = helar([_onskat(ett, idag) for ett in arenden if ett.bedomning and ett.onskad_fran], idag)
    return [
        Vantanderad(
            nivavisning.listrad(ett, vem, idag),
            nivavisning.vantat(ett, idag),
            helarsbelopp(kostar.get(ett.bedomning_id or 0)),
        )
        for ett in arenden
    ]


def _onskat(arende: Nivaarende, idag: date) -> Forslag:
    assert arende.onskad_fran is not None  # noqa: S101  the caller has looked; and it is sent in (constraint)
    return Forslag.av(arende, arende.onskad_fran, idag)


def effekt_av(arende: Nivaarende, fran: date, idag: date) -> Effekt | None:
    """What it does from `fran`; None when nothing is carried out, or the row is gone."""
    if arende.bedomning is None:
        return None
    return effekt(Forslag.av(arende, fran, idag), idag)


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the cost rests on, to link to."""

    verkstalligheter: Sequence[Verkstallighet]
    avtal: Sequence[Avtal]
    prislistor: Sequence[Prislista]


def underlag(effekt_: Effekt | None) -> Underlag:
    """Three queries."""
    if effekt_ is None:
        return Underlag([], [], [])
    verk = Verkstallighet.objects.filter(pk__in=effekt_.verkstalligheter).select_related("enhet__utforare", "beslut")
    avtal = Avtal.objects.filter(pk__in=effekt_.avtal).order_by("fran")
    listor = Prislista.objects.filter(pk__in=effekt_.prislistor).order_by("namn")
    return Underlag(list(verk.order_by("fran")), list(avtal), list(listor))


def syns(arende: Nivaarende, vem: Anvandare) -> bool:
    """Whether the avtalssamordnare may open it: a protected person is for the named."""
    return tillgang.far_se(vem, arende.person)
