"""Runs the rules and stores what they find: all of them every night, some persons' when something is registered."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Max, Min, QuerySet, Value
from django.db.models.functions import Greatest

from grund.handelser import skriv_handelse
from grund.models import Andring, Anvandare
from grund.text import antal_ord
from grund.tid import Manad
from uppfoljning.kontroll.granser import gallande
from uppfoljning.kontroll.jamforelse import Oppet, Skillnad, avtryck, jamfor
from uppfoljning.kontroll.pengar import belopp
from uppfoljning.kontroll.register import REGLER
from uppfoljning.kontroll.sokning import allas_besok, sok
from uppfoljning.kontroll.typer import Fraga, Regel, Traff
from uppfoljning.models import Fynd, Kontroll
from utforare.planering import ar_last

LAS = 4_711_030  # key of the advisory lock: the night's run has it alone, those of persons share it
_MANADER = 3  # whole months before this one that are looked at every night
_ANDRAT = ("agare", "objekt_nyckel", "enhet", "fran", "till", "uppgifter", "besok", "avtryck", "belopp")


@dataclass(slots=True)
class Utfall:
    """How many findings came, went and are left."""

    nya: int = 0
    stangda: int = 0

    def lagg(self, annat: "Utfall") -> None:
        self.nya += annat.nya
        self.stangda += annat.stangda


def kontrollera(*, idag: date, nu: datetime, av: Anvandare | None = None) -> Kontroll:
    """Run every rule over everybody. Run again the same day it changes nothing."""
    start = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LAS])
        sist = Andring.objects.aggregate(sist=Max("pk"))["sist"] or 0
        utfall = _alla(_fraga(idag))
        utfall.lagg(_aldre(_fraga(idag)))
        utfall.stangda += _stang(Fynd.objects.exclude(regel__in=REGLER), idag)
        oppna = Fynd.objects.filter(stangd=None).count()
        kontroll = Kontroll.objects.create(
            dag=idag,
            nar=nu,
            nya=utfall.nya,
            stangda=utfall.stangda,
            oppna=oppna,
            millisekunder=round((time.monotonic() - start) * 1000),
            andring=sist,
        )
        skriv_handelse(
            av=av,
            handling="kontrollera",
            objekt=f"kontroll:{idag}",
            text=(
                f"Kontrollerna kördes: {antal_ord(utfall.nya, 'nytt fynd', 'nya fynd')},"
                f" {antal_ord(utfall.stangda, 'stängt', 'stängda')}, {antal_ord(oppna, 'öppet', 'öppna')}."
            ),
        )
    return kontroll


def kontrollera_personer(*, personer: Iterable[int], idag: date) -> bool:
    """Run the rules that can be asked of persons alone. False, with nothing done, while the night's run is at it."""
    valda = tuple(sorted(set(personer)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [LAS])
        if not valda or not cursor.fetchone()[0]:
            return not valda
        _om(replace(_fraga(idag), personer=valda))
    return True


def fonster(idag: date) -> date:
    """The first day that rules about what was carried out look at."""
    return Manad.av(idag).plus(-_MANADER).fran


def _fraga(idag: date) -> Fraga:
    fran = fonster(idag)
    manader = Manad.av(fran).till_och_med(Manad.av(idag).plus(-1))
    lasta = tuple(ett.fran for ett in manader if ar_last(ett, settings.LASDAG, idag))
    return Fraga(idag, fran, gallande(), lasta=lasta)


def _alla(fraga: Fraga) -> Utfall:
    with allas_besok(fraga) as besok:
        return _kor(list(REGLER.values()), replace(fraga, besok=besok), fraga.fran)


def _aldre(fraga: Fraga) -> Utfall:
    """Findings from before the time that is looked at, of persons whose data has changed since the last run."""
    sist = Kontroll.objects.aggregate(sist=Max("andring"))["sist"] or 0
    andrade = Andring.objects.filter(pk__gt=sist, slag=Andring.Slag.PERSON).values("objekt_id")
    gamla = Fynd.objects.filter(stangd=None, regel__in=_i_fonster(), fran__lt=fraga.fran, person__in=andrade)
    personer = tuple(gamla.order_by("person").values_list("person", flat=True).distinct())
    return _om(replace(fraga, personer=personer), _i_fonster()) if personer else Utfall()


def _i_fonster() -> list[str]:
    return [regel.nyckel for regel in REGLER.values() if regel.i_fonster and regel.per_person]


def _om(fraga: Fraga, bara: Sequence[str] = ()) -> Utfall:
    """The rules asked of some persons, from their oldest open finding on."""
    gamla = Fynd.objects.filter(stangd=None, regel__in=_i_fonster(), person__in=fraga.personer or ())
    aldst = gamla.aggregate(fran=Min("fran"))["fran"]
    fran = min(fraga.fran, Manad.av(aldst).fran) if aldst else fraga.fran
    regler = [ett for ett in REGLER.values() if ett.per_person and (not bara or ett.nyckel in bara)]
    return _kor(regler, replace(fraga, fran=fran), fraga.fran)


def _kor(regler: Sequence[Regel], fraga: Fraga, nya_fran: date) -> Utfall:
    """Ask, compare with what is open, store. What is older than `nya_fran` is no new finding."""
    oppna, kvar, stangda, nya = _oppna(regler, fraga), list[int](), list[int](), 0
    for regel in regler:
        skillnad = _en(regel, oppna[regel.nyckel], fraga, nya_fran)
        _lagra(regel, skillnad, fraga.idag)
        kvar += [*skillnad.kvar, *(pk for pk, _ in skillnad.andrade)]
        stangda += skillnad.stangda
        nya += len(skillnad.nya)
    Fynd.objects.filter(pk__in=kvar, stangd=None, senast_sedd__lt=fraga.idag).update(senast_sedd=fraga.idag)
    return Utfall(nya, _stang(Fynd.objects.filter(pk__in=stangda), fraga.idag))


def _stang(fynd: QuerySet[Fynd], idag: date) -> int:
    """Close those that are open, and say how many. A clock that has been put back closes none before it was found."""
    return fynd.filter(stangd=None).update(stangd=Greatest(F("upptackt"), Value(idag)))


def _en(regel: Regel, oppna: Mapping[str, Oppet], fraga: Fraga, nya_fran: date) -> Skillnad:
    traffar = [
        ett
        for ett in sok(regel, fraga)
        if not regel.i_fonster or ett.nyckel in oppna or ett.fran is None or ett.fran >= nya_fran
    ]
    return jamfor(oppna, traffar, fran=fraga.fran if regel.i_fonster else None)


def _oppna(regler: Sequence[Regel], fraga: Fraga) -> Mapping[str, Mapping[str, Oppet]]:
    """What is open, by rule and key."""
    urval = Fynd.objects.filter(regel__in=[ett.nyckel for ett in regler], stangd=None)
    if fraga.personer is not None:
        urval = urval.filter(person__in=fraga.personer)
    svar: dict[str, dict[str, Oppet]] = {ett.nyckel: {} for ett in regler}
    for regel, nyckel, pk, avtryck_, fran in urval.values_list("regel", "nyckel", "pk", "avtryck", "fran"):
        svar[regel][nyckel] = Oppet(pk, avtryck_, fran)
    return svar


def _lagra(regel: Regel, skillnad: Skillnad, idag: date) -> None:
    """Store what is new and what has changed. Of a finding that two find at once, one is stored; one that another has
    closed meanwhile stays closed."""
    if not (skillnad.nya or skillnad.andrade):
        return
    pengar = belopp(regel, [*skillnad.nya, *(ett for _, ett in skillnad.andrade)])
    nya = [
        Fynd(upptackt=idag, senast_sedd=idag, **_falt(regel, ett), belopp=pengar.get(ett.nyckel))
        for ett in skillnad.nya
    ]
    Fynd.objects.bulk_create(nya, ignore_conflicts=True, batch_size=1000)
    andrade = [Fynd(pk=pk, **_falt(regel, ett), belopp=pengar.get(ett.nyckel)) for pk, ett in skillnad.andrade]
    if andrade:
        Fynd.objects.filter(stangd=None).bulk_update(andrade, _ANDRAT, batch_size=500)


def _falt(regel: Regel, traff: Traff) -> dict[str, object]:
    return {
        "regel": regel.nyckel,
        "omrade": regel.omrade,
        "agare": regel.agare,
        "nyckel": traff.nyckel,
        "objekt": regel.objekt,
        "objekt_nyckel": traff.objekt_nyckel,
        "objekt_id": traff.objekt_id,
        "person_id": traff.person,
        "enhet_id": traff.enhet,
        "fran": traff.fran,
        "till": traff.till,
        "uppgifter": dict(traff.uppgifter),
        "besok": list(traff.besok),
        "avtryck": avtryck(traff),
    }
