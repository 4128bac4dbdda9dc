"""Reads the report: the changes and their costs from ersattning, and whose and where. Changes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beslut.models import Nivaarende, Nivabedomning, Person
from beslut.visning import person_i_ord
from ersattning import nivaandring, nivautfall
from ersattning.models import Korning, Manadssumma
from ersattning.nivaandring import Andring, Kostnad
from ersattning.nivautfall import Utfall
from ersattning.regler import FAST, Status
from grund.text import tal
from grund.tid import EN_DAG, Manad
from uppfoljning.nivaandringar.rapport import Andringsrad, Jamforelserad, Rapport, ore
from utforare.models import Verkstallighet

FRAN_ANNAT_SYSTEM = "Bedömd i ett annat system"


@dataclass(frozen=True, slots=True)
class Urval:
    """The days that levels count from, `sista` included; and whose. Empty = all."""

    fran: date
    sista: date
    utforare_id: int | None = None
    insats: str = ""

    @property
    def till(self) -> date:
        return self.sista + EN_DAG


@dataclass(frozen=True, slots=True)
class Plats:
    """Where the insats was carried out when the level began to count."""

    enhet: str = ""
    utforare_id: int | None = None
    utforare: str = ""


def hamta(urval: Urval, idag: date, *, med_forsta: bool = False) -> Rapport:
    """The report. The same number of queries whatever it holds. `med_forsta`: also what first assessments cost, which
    are many and change nothing.
    """
    alla = nivaandring.andringar(urval.fran, urval.till, urval.insats)
    platser = _platser(alla)
    if urval.utforare_id is not None:
        alla = [ett for ett in alla if platser[ett.ny.id].utforare_id == urval.utforare_id]
    raknas = [ett for ett in alla if med_forsta or not ett.ar_forsta]
    kostnader = dict.fromkeys((ett.ny.id for ett in alla), Kostnad(None, None))
    kostnader |= nivaandring.kostnader(raknas, urval.fran, urval.till, idag)
    rader = _satt_samman(alla, platser, kostnader, nivautfall.utfall(alla))
    fasta = Korning.objects.filter(status__in=FAST).order_by("manad").values_list("manad", flat=True)
    return Rapport(
        urval.fran,
        urval.sista,
        [rad for rad in rader if not rad.ar_forsta],
        [rad for rad in rader if rad.ar_forsta],
        _jamforelser(urval),
        [Manad.av(manad) for manad in fasta],
    )


@dataclass(frozen=True, slots=True)
class Enskild:
    """One change, with all that its figures were counted from."""

    rad: Andringsrad
    andring: Andring
    kostnad: Kostnad
    utfall: Utfall


def hamta_enskild(bedomning_id: int, idag: date) -> Enskild | None:
    """One change; None when the assessment is none. Its period is a year from its day."""
    andring = nivaandring.andringen(bedomning_id)
    if andring is None:
        return None
    fran, till = andring.ny.fran, max(andring.ny.fran, idag) + EN_DAG
    kostnad = nivaandring.kostnader([andring], fran, till, idag)[bedomning_id]
    utfall = nivautfall.utfall([andring])[bedomning_id]
    (rad,) = _satt_samman([andring], _platser([andring]), {bedomning_id: kostnad}, {bedomning_id: utfall})
    return Enskild(rad, andring, kostnad, utfall)


def _satt_samman(
    alla: Sequence[Andring],
    platser: Mapping[int, Plats],
    kostnader: Mapping[int, Kostnad],
    utfallen: Mapping[int, Utfall],
) -> list[Andringsrad]:
    personer = Person.objects.in_bulk({ett.person_id for ett in alla})
    godkanda_av = dict(Nivabedomning.objects.filter(pk__in=[ett.ny.id for ett in alla]).values_list("pk", "godkand_av"))
    grunder = _grunder(ett.ny.id for ett in alla)
    svar = []
    for ett in alla:
        kostnad, utfall, plats = kostnader[ett.ny.id], utfallen[ett.ny.id], platser[ett.ny.id]
        helar = kostnad.helar
        svar.append(
            Andringsrad(
                bedomning_id=ett.ny.id,
                nyckel=ett.ny.nyckel,
                person_id=ett.person_id,
                person=person_i_ord(personer[ett.person_id]),
                insats=ett.insats,
                dag=ett.ny.fran,
                niva_fore=ett.gammal.niva if ett.gammal else "",
                niva_efter=ett.ny.niva,
                enhet=plats.enhet,
                utforare_id=plats.utforare_id,
                utforare=plats.utforare,
                godkand=ett.ny.godkand,
                godkand_av=godkanda_av[ett.ny.id],
                grund=grunder.get(ett.ny.id, FRAN_ANNAT_SYSTEM),
                helar=None if helar is None else ore(helar.efter.kronor if ett.ar_forsta else helar.skillnad),
                i_perioden=_i_perioden(ett, kostnad),
                betalt=ore(utfall.kronor),
                utan_pris=utfall.utan_pris
                or bool(helar and (helar.efter.utan_pris or (helar.fore.utan_pris and not ett.ar_forsta))),
            )
        )
    return sorted(svar, key=lambda rad: (rad.dag, rad.nyckel), reverse=True)


def _i_perioden(andring: Andring, kostnad: Kostnad) -> Decimal | None:
    if kostnad.i_perioden is None:
        return None
    return ore(kostnad.i_perioden.efter.kronor if andring.ar_forsta else kostnad.i_perioden.skillnad)


def _grunder(ider: Iterable[int]) -> dict[int, str]:
    """On what points each was approved, of those that were assessed here."""
    arenden = Nivaarende.objects.filter(bedomning_id__in=list(ider)).select_related("instrument")
    return {
        ett.bedomning_id: f"{tal(ett.summa or 0, 2, minst=0)} poäng, {ett.instrument.namn}"
        for ett in arenden
        if ett.bedomning_id is not None
    }


def _platser(alla: Sequence[Andring]) -> dict[int, Plats]:
    """Where each was when its level began to count: else where the insats began next, else where it last was."""
    rader = (
        Verkstallighet.objects.filter(beslut__person_id__in={ett.person_id for ett in alla})
        .order_by("fran", "pk")
        .values_list(
            "beslut__person_id",
            "beslut__insats",
            "fran",
            "till",
            "enhet__namn",
            "enhet__utforare_id",
            "enhet__utforare__namn",
        )
    )
    per_person: dict[tuple[int, str], list[tuple[date, date | None, Plats]]] = defaultdict(list)
    for person_id, insats, fran, till, enhet, utforare_id, utforare in rader:
        per_person[person_id, insats].append((fran, till, Plats(enhet, utforare_id, utforare)))
    return {ett.ny.id: _plats(per_person.get((ett.person_id, ett.insats), ()), ett.ny.fran) for ett in alla}


def _plats(verk: Sequence[tuple[date, date | None, Plats]], dag: date) -> Plats:
    pagar = [plats for fran, till, plats in verk if fran <= dag and (till is None or till > dag)]
    if pagar:
        return pagar[-1]
    senare = [plats for fran, _, plats in verk if fran > dag]
    return senare[0] if senare else verk[-1][2] if verk else Plats()


def _jamforelser(urval: Urval) -> list[Jamforelserad]:
    """The months' own comparisons. Sums are kept by utförare or by insats, not by both: then there are none."""
    if urval.utforare_id is not None and urval.insats:
        return []
    summor = Manadssumma.objects.filter(
        korning__manad__gte=Manad.av(urval.fran).fran,
        korning__manad__lte=urval.sista,
        fore__isnull=False,
        insats=urval.insats,
        **({"utforare": urval.utforare_id} if urval.utforare_id else {"utforare__isnull": True}),
    ).exclude(korning__status=Status.BERAKNAS)
    rader = summor.order_by("korning__manad").values_list("korning__manad", "niva", "pris")
    return [Jamforelserad(Manad.av(manad), niva, pris) for manad, niva, pris in rader]
