"""How far the reporting of a month has come, per enhet: what is expected, reported, missing, signed, changed late.

The utförare's pages and the controller's month read this. A handful of queries, however many the enheter.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from grund import klocka
from grund.tid import STOCKHOLM, Manad
from utforare.models import Besok, Enhet, Narvaro, PlaneratBesok, SenAndring, Signering, Verkstallighet
from utforare.planering import ar_last, lasdag
from utforare.regler import Narvarokod
from utforare.verkrader import Verkrad, dagar_med_rad, i_manaden


@dataclass(slots=True)
class Saknas:
    """A verkställighet's expected days without a row."""

    rad: Verkrad
    dagar: list[date]


@dataclass(slots=True)
class Enhetslage:
    """An enhet's month. `vantade` counts expected days up to today; `saknas` those of them without a row."""

    enhet: Enhet
    manad: Manad
    har_narvaro: bool = False
    har_besok: bool = False
    personer: int = 0
    vantade: int = 0
    saknas: list[Saknas] = field(default_factory=list)
    orapporterade_besok: int = 0
    utan_orsak: int = 0
    signering: Signering | None = None
    sena_andringar: int = 0
    last: bool = False

    @property
    def saknade(self) -> int:
        return sum(len(ett.dagar) for ett in self.saknas)

    @property
    def registrerade(self) -> int:
        """Of the expected days, how many have a row."""
        return self.vantade - self.saknade

    @property
    def ar_komplett(self) -> bool:
        return not (self.saknade or self.orapporterade_besok or self.utan_orsak)

    @property
    def signeras_senast(self) -> date:
        return lasdag(self.manad, settings.LASDAG)

    @property
    def kraver_skal(self) -> bool:
        """Changes are late: the month is signed or locked."""
        return self.last or self.signering is not None


def lage(manad: Manad, *, enheter: Iterable[Enhet] | None = None, idag: date | None = None) -> list[Enhetslage]:
    """The month's state per enhet that carried something out in it, in order of utförare and enhet.

    `enheter` None = all. Nine queries.
    """
    idag = idag or klocka.idag()
    urval = Verkstallighet.objects.all()
    if enheter is not None:
        urval = urval.filter(enhet__in=[ett.pk for ett in enheter])
    svar = _fran_verk(i_manaden(urval.order_by("enhet__utforare__namn", "enhet__namn", "pk"), manad), manad, idag)
    _lagg_till(svar, manad, idag)
    return list(svar.values())


def _fran_verk(rader: list[Verkrad], manad: Manad, idag: date) -> dict[int, Enhetslage]:
    svar: dict[int, Enhetslage] = {}
    personer = defaultdict(set)
    masker = dagar_med_rad((rad.verk.pk for rad in rader if rad.har_narvaro), manad)
    for rad in rader:
        enhet = rad.verk.enhet
        ett = svar.setdefault(enhet.pk, Enhetslage(enhet, manad))
        personer[enhet.pk].add(rad.verk.beslut.person_id)
        ett.har_narvaro |= rad.har_narvaro
        ett.har_besok |= rad.har_besok
        vantade = rad.vantade(manad, idag)
        saknas = [dag for dag in vantade if not masker.get(rad.verk.pk, 0) >> dag.day - 1 & 1]
        ett.vantade += len(vantade)
        if saknas:
            ett.saknas.append(Saknas(rad, saknas))
    for pk, ett in svar.items():
        ett.personer, ett.last = len(personer[pk]), ar_last(manad, settings.LASDAG, idag)
    return svar


def _lagg_till(svar: dict[int, Enhetslage], manad: Manad, idag: date) -> None:
    """What is counted by the database: visits without a report, absence without a cause, signatures, late changes."""
    for enhet, antal in _per_enhet(orapporterade(manad, idag).filter(verkstallighet__enhet__in=svar)):
        svar[enhet].orapporterade_besok = antal
    for enhet, antal in _per_enhet(utan_orsak(manad).filter(verkstallighet__enhet__in=svar)):
        svar[enhet].utan_orsak = antal
    for signering in Signering.objects.filter(manad=manad.fran, enhet__in=svar).select_related("av"):
        svar[signering.enhet_id].signering = signering
    sena = SenAndring.objects.filter(manad=manad.fran, enhet__in=svar).values("enhet_id").annotate(antal=Count("pk"))
    for rad in sena.order_by():
        svar[rad["enhet_id"]].sena_andringar = rad["antal"]


def _per_enhet(urval: QuerySet[PlaneratBesok] | QuerySet[Narvaro]) -> Iterable[tuple[int, int]]:
    grupper = urval.values("verkstallighet__enhet_id").annotate(antal=Count("verkstallighet_id")).order_by()
    return grupper.values_list("verkstallighet__enhet_id", "antal")


def enhetens_lage(enhet: Enhet, manad: Manad, idag: date) -> Enhetslage:
    """The same for one enhet; empty when nobody was there."""
    return next(iter(lage(manad, enheter=[enhet], idag=idag)), Enhetslage(enhet, manad))


def signerad_eller_last(enhet: Enhet, manad: Manad, idag: date) -> Enhetslage:
    """Only whether the month is signed or locked, for a page that counts the rest itself. One query."""
    signering = Signering.objects.filter(manad=manad.fran, enhet=enhet).select_related("av").first()
    return Enhetslage(enhet, manad, signering=signering, last=ar_last(manad, settings.LASDAG, idag))


def orapporterade(manad: Manad, idag: date) -> QuerySet[PlaneratBesok]:
    """Planned visits of the month, up to today, that have been neither carried out nor cancelled."""
    urval = PlaneratBesok.objects.annotate(dag=TruncDate("start", tzinfo=STOCKHOLM))
    return urval.filter(
        ~Exists(Besok.objects.filter(nyckel=OuterRef("nyckel"))),
        dag__gte=manad.fran,
        dag__lt=manad.till,
        dag__lte=idag,
    )


def utan_orsak(manad: Manad) -> QuerySet[Narvaro]:
    """Absence that says nothing of why."""
    return Narvaro.objects.filter(datum__gte=manad.fran, datum__lt=manad.till, kod=Narvarokod.FRANVARO, orsak="")


@dataclass(frozen=True, slots=True)
class Innehall:
    """What an enhet's month holds: counts, and a fingerprint of every row."""

    narvarodagar: int
    franvarodagar: int
    utforda_besok: int
    avbokade_besok: int
    minuter: int
    avtryck: str


def innehall(enhet: Enhet, manad: Manad) -> Innehall:
    """The month as it stands. The same rows give the same fingerprint. Two queries."""
    narvaro = _rader(_NARVARO, enhet, manad)
    besok = _rader(_BESOK, enhet, manad)
    text = "\n".join("|".join(rad) for rad in (*narvaro, *besok))
    utforda = [rad for rad in besok if rad[4]]
    return Innehall(
        narvarodagar=sum(rad[2] == Narvarokod.NARVARO for rad in narvaro),
        franvarodagar=sum(rad[2] == Narvarokod.FRANVARO for rad in narvaro),
        utforda_besok=len(utforda),
        avbokade_besok=len(besok) - len(utforda),
        minuter=sum(int(rad[-1]) for rad in utforda),
        avtryck=hashlib.sha256(text.encode()).hexdigest(),
    )


_NARVARO = """
    SELECT v.nyckel, n.datum::text, n.kod, n.omfattning, coalesce(n.minuter::text, ''), n.orsak
      FROM utforare_narvaro n JOIN utforare_verkstallighet v ON v.id = n.verkstallighet_id
     WHERE v.enhet_id = %s AND n.datum >= %s AND n.datum < %s ORDER BY v.nyckel, n.datum"""
_TID = "coalesce(to_char(b.{} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), '')"
_TIDER = ("planerad_start", "planerad_slut", "utford_start", "utford_slut", "avbokad")
_BESOK = f"""
    SELECT v.nyckel, b.nyckel, {", ".join(_TID.format(falt) for falt in _TIDER)}, b.avbokad_av, b.orsak, b.registrering,
           coalesce((extract(epoch FROM b.utford_slut - b.utford_start)::int / 60)::text, '')
      FROM utforare_besok b JOIN utforare_verkstallighet v ON v.id = b.verkstallighet_id
     WHERE v.enhet_id = %s AND b.dag >= %s AND b.dag < %s ORDER BY v.nyckel, b.nyckel"""


def _rader(fraga: str, enhet: Enhet, manad: Manad) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(fraga, [enhet.pk, manad.fran, manad.till])
        return list(cursor.fetchall())


def sena_andringar(manad: Manad, *, enhet: Enhet | None = None) -> QuerySet[SenAndring]:
    """What was changed after signing or locking, the latest first. For the enhet, or for the controller all of them."""
    urval = SenAndring.objects.filter(manad=manad.fran).select_related("av", "enhet__utforare")
    return (urval.filter(enhet=enhet) if enhet else urval).order_by("-tidpunkt", "-pk")


def saknar_orsak(enhet: Enhet, manad: Manad) -> list[Narvaro]:
    """Absence of the enhet that says nothing of why, with its person."""
    urval = utan_orsak(manad).filter(verkstallighet__enhet=enhet)
    return list(urval.select_related("verkstallighet__beslut__person").order_by("datum"))


def kraver_skal(enhet: Enhet, manader: Iterable[Manad], idag: date) -> set[Manad]:
    """Those of the months that only are changed with a reason: signed, or locked."""
    alla = set(manader)
    signerade = Signering.objects.filter(Q(manad__in=[ett.fran for ett in alla]), enhet=enhet)
    return {Manad.av(dag) for dag in signerade.values_list("manad", flat=True)} | {
        ett for ett in alla if ar_last(ett, settings.LASDAG, idag)
    }
