"""How far the reporting of a month has come, per enhet, as it is now: also before the month is calculated.

Only what is paid by närvaro or by visits (R11, R20) has to be reported; what is paid by the day or the month is not.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from ersattning.manadsunderlag import BERORDA, REGISTRERAT, TAL
from grund.models import Handelse
from grund.text import svensk_ordning
from grund.tid import Manad
from utforare import rapportering
from utforare.models import Enhet, Tillhorighet

PAMIND = "paminn_om_rapportering"
_PER_ENHET = f"""
SELECT enhet_id, modell, {TAL} FROM ({BERORDA}) r {REGISTRERAT} GROUP BY enhet_id, modell ORDER BY enhet_id, modell
"""


@dataclass(frozen=True, slots=True)
class Registrerat:
    """What is registered for a month of what avtal of `modell` pay for: by how many of the verkställigheter."""

    modell: str
    verkstalligheter: int
    rapporterade: int
    poster: int

    @property
    def saknas(self) -> int:
        """Verkställigheter with nothing registered."""
        return self.verkstalligheter - self.rapporterade


@dataclass(frozen=True)
class Paminnelse:
    """Somebody has reminded the enhet."""

    nar: datetime
    av: str


@dataclass(frozen=True)
class Enhetslage:
    """An enhet's month. `kontakter`: those who report for it. `paminnelser`: the latest first.

    `rapport` is the same as the utförare's own page tells it: expected days, visits without a report, the signature.
    """

    enhet: Enhet
    registrerat: Sequence[Registrerat]
    kontakter: Sequence[str] = ()
    paminnelser: Sequence[Paminnelse] = ()
    rapport: rapportering.Enhetslage | None = None

    @property
    def saknas(self) -> int:
        """Verkställigheter with nothing registered."""
        return sum(ett.saknas for ett in self.registrerat)

    @property
    def ska_signera(self) -> bool:
        """Somebody reports for the enhet here, and has not signed the month."""
        return bool(self.kontakter) and (self.rapport is None or self.rapport.signering is None)

    @property
    def inget(self) -> bool:
        """Nothing at all is registered, of something that should be."""
        return not any(ett.poster for ett in self.registrerat)


@dataclass(frozen=True)
class Utforarlage:
    """An utförare's month, enhet by enhet."""

    namn: str
    pk: int
    enheter: Sequence[Enhetslage]


@dataclass
class Lage:
    """The month's reporting."""

    manad: Manad
    utforare: list[Utforarlage] = field(default_factory=list)

    @property
    def enheter(self) -> list[Enhetslage]:
        """Every enhet that has something to report."""
        return [enhet for ett in self.utforare for enhet in ett.enheter]

    @property
    def ofullstandiga(self) -> list[Enhetslage]:
        """Those with a verkställighet that nothing is registered for, the emptiest first."""
        return sorted((ett for ett in self.enheter if ett.saknas), key=lambda ett: (not ett.inget, -ett.saknas))


def las(manad: Manad, idag: date) -> Lage:
    """The month's reporting as it is now. A dozen queries, however many the enheter."""
    per_enhet = _registrerat(manad)
    enheter = list(Enhet.objects.filter(pk__in=per_enhet).select_related("utforare"))
    kontakter, paminda = _kontakter(per_enhet.keys(), idag), _paminnelser(manad, enheter)
    rapporter = {ett.enhet.pk: ett for ett in rapportering.lage(manad, enheter=enheter, idag=idag)}
    lagen = [
        Enhetslage(ett, per_enhet[ett.pk], kontakter[ett.pk], paminda[ett.pk], rapporter.get(ett.pk))
        for ett in sorted(enheter, key=lambda ett: (svensk_ordning(ett.utforare.namn), svensk_ordning(ett.namn)))
    ]
    grupper: dict[int, list[Enhetslage]] = defaultdict(list)
    for lage in lagen:
        grupper[lage.enhet.utforare_id].append(lage)
    return Lage(manad, [Utforarlage(alla[0].enhet.utforare.namn, pk, alla) for pk, alla in grupper.items()])


def _registrerat(manad: Manad) -> dict[int, list[Registrerat]]:
    svar: dict[int, list[Registrerat]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_PER_ENHET, {"fran": manad.fran, "till": manad.till})
        for enhet, modell, verkstalligheter, rapporterade, poster in cursor.fetchall():
            svar[enhet].append(Registrerat(modell, verkstalligheter, rapporterade, int(poster)))
    return svar


def _kontakter(enheter: Collection[int], idag: date) -> dict[int, list[str]]:
    """Who reports for each, by name."""
    svar: dict[int, list[str]] = defaultdict(list)
    alla = Tillhorighet.objects.filter(enhet__in=enheter, anvandare__is_active=True, period__contains=idag)
    alla = alla.select_related("anvandare")
    for ett in alla.order_by("anvandare__first_name", "anvandare__username"):
        svar[ett.enhet_id].append(ett.anvandare.get_full_name() or ett.anvandare.get_username())
    return svar


def objekt(manad: Manad, enhet: Enhet) -> str:
    """What the events about an enhet's month are kept under."""
    return f"underlag:{manad}:{enhet.nyckel}"


def _paminnelser(manad: Manad, enheter: Collection[Enhet]) -> dict[int, list[Paminnelse]]:
    svar: dict[int, list[Paminnelse]] = defaultdict(list)
    vilken = {objekt(manad, ett): ett.pk for ett in enheter}
    handelser = Handelse.objects.filter(objekt__in=vilken, handling=PAMIND).select_related("av")
    for ett in handelser.order_by("-tidpunkt", "-pk"):
        vem = (ett.av.get_full_name() or ett.av.get_username()) if ett.av else "systemet"
        svar[vilken[ett.objekt]].append(Paminnelse(ett.tidpunkt, vem))
    return svar
