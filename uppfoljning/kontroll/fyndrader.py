"""Findings as they were on a day, for the reports: one row each, read in a few queries whatever their number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from beslut.models import Tilldelning
from grund.tid import STOCKHOLM, Manad
from uppfoljning.kontroll.koder import AVGOR, Omrade
from uppfoljning.kontroll.register import REGLER
from uppfoljning.models import Fynd, Fyndbedomning, Kontroll

TREND_MANADER = 12


@dataclass(frozen=True, slots=True)
class Fyndrad:
    """A finding that was open on the day. `person`: whom it is about, or the enhet with its sign changed; 0 = neither.

    `utfall`: what had been made of it as it looks, or empty.
    """

    pk: int
    regel: str
    agare: str
    person: int
    handlaggare: str
    upptackt: date
    belopp: Decimal | None
    utfall: str

    @property
    def avgjord(self) -> bool:
        """Nobody needs to look at it."""
        return self.utfall in AVGOR


def oppna(omrade: Omrade, dag: date) -> QuerySet[Fynd]:
    """Those that were open on the day, of rules that there still are."""
    return var_oppna(Fynd.objects.filter(omrade=omrade, regel__in=REGLER), dag)


def var_oppna(fynd: QuerySet[Any], dag: date) -> QuerySet[Any]:
    """Of these those that were open on the day."""
    return fynd.filter(Q(stangd=None) | Q(stangd__gt=dag), upptackt__lte=dag)


def hamta(omrade: Omrade, dag: date) -> tuple[Fyndrad, ...]:
    """Those that were open on the day, by rule and age. Two queries."""
    bedomda = Fyndbedomning.objects.annotate(dag=TruncDate("nar", tzinfo=STOCKHOLM))
    senaste = bedomda.filter(fynd=OuterRef("pk"), avtryck=OuterRef("avtryck"), dag__lte=dag).order_by("-pk")
    rader = list(
        oppna(omrade, dag)
        .annotate(utfall=Subquery(senaste.values("utfall")[:1]))
        .order_by("regel", "upptackt", "nyckel")
        .values_list("pk", "regel", "agare", "person_id", "enhet_id", "upptackt", "belopp", "utfall")
    )
    namn = _handlaggare({rad[3] for rad in rader if rad[3]}, dag)
    return tuple(
        Fyndrad(pk, regel, agare, _vem(person, enhet), namn.get(person, ""), upptackt, belopp, utfall or "")
        for pk, regel, agare, person, enhet, upptackt, belopp, utfall in rader
    )


def _vem(person: int | None, enhet: int | None) -> int:
    return person or -(enhet or 0)


def _handlaggare(personer: Iterable[int], dag: date) -> dict[int, str]:
    """Who has the person, by name; of several the one who got it first."""
    urval = Tilldelning.objects.filter(person__in=list(personer), period__contains=dag).select_related("handlaggare")
    namn: dict[int, str] = {}
    for ett in urval.order_by("fran", "pk"):
        namn.setdefault(ett.person_id, ett.handlaggare.get_full_name() or ett.handlaggare.get_username())
    return namn


@dataclass(frozen=True, slots=True)
class Rorelse:
    """How many came and went in the month."""

    nya: int
    stangda: int


def rorelse(omrade: Omrade, manad: Manad, dag: date) -> Rorelse:
    """From the month's first day to `dag`. Two queries."""
    alla = Fynd.objects.filter(omrade=omrade, regel__in=REGLER)
    return Rorelse(
        alla.filter(upptackt__range=(manad.fran, dag)).count(), alla.filter(stangd__range=(manad.fran, dag)).count()
    )


def trend(omrade: Omrade, manad: Manad, dag: date) -> tuple[tuple[Manad, tuple[int, ...]], ...]:
    """Whom the open ones were about at the end of each month (the last: `dag`), since somebody looked. Two queries."""
    borjan = Kontroll.objects.order_by("dag").values_list("dag", flat=True).first()
    if borjan is None or borjan > dag:
        return ()
    forsta = max(manad.plus(1 - TREND_MANADER), Manad.av(borjan))
    rader: Sequence[tuple[date, date | None, int | None, int | None]] = list(
        Fynd.objects.filter(Q(stangd=None) | Q(stangd__gt=forsta.sista), omrade=omrade, upptackt__lte=dag)
        .order_by("pk")
        .values_list("upptackt", "stangd", "person_id", "enhet_id")
    )
    svar = []
    for ett in forsta.till_och_med(manad):
        da = min(ett.sista, dag)
        svar.append(
            (
                ett,
                tuple(
                    _vem(pers, enh) for upp, stangd, pers, enh in rader if upp <= da and not (stangd and stangd <= da)
                ),
            )
        )
    return tuple(svar)


def senaste_kontroll(dag: date) -> Kontroll | None:
    """The last run of all the rules, no later than the day."""
    return Kontroll.objects.filter(dag__lte=dag).order_by("-dag", "-pk").first()
