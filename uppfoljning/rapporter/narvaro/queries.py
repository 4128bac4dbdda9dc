"""Reads who has beslut, who was there, and what the enheter have of places. A few queries, whatever the number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Q, Sum

from beslut.models import Beslut
from beslut.regler import Omfattningsenhet, Utfall
from ersattning.kalkyl.narvaro import dagens_omfattning
from ersattning.kalkyl.typer import Avtal as Karnavtal
from ersattning.kalkyl.typer import Narvaro as Karnnarvaro
from ersattning.models import Ersattningsrad, Korning
from ersattning.regler import FAST, Artikel
from ersattning.underlag import fraga
from grund.sortering import pa_svenska
from grund.tid import Manad
from uppfoljning.rapporter.narvaro.regler import (
    BOENDEN,
    DV,
    SYSS,
    Boende,
    Dagverksam,
    Enhetsbelaggning,
    Omfattningsdagar,
    oppna_dagar,
    raknade_dagar,
)
from uppfoljning.rapporter.perioden import Period
from utforare.models import Avtal, Enhet
from utforare.regler import Uppehallsorsak
from utforare.villkor import omfattningsgranser

_DAGLIGA = [DV.value, SYSS.value]
_UTFORARENS = [Uppehallsorsak.PERSONAL.value, Uppehallsorsak.LOKAL.value]
Tid = tuple[date, date]

_REGISTRERADE = """
      FROM utforare_narvaro n
      JOIN utforare_verkstallighet v ON v.id = n.verkstallighet_id
      JOIN beslut_beslut b ON b.id = v.beslut_id AND b.insats = ANY(%(insatser)s)
"""
_DAGAR = f"""
    SELECT b.insats, n.datum, count(*) {_REGISTRERADE} WHERE n.datum >= %(fran)s AND n.datum < %(till)s GROUP BY 1, 2
"""

# A day at two enheter is one day, and one of them there is enough. A day of an uppehåll is one of absence, whether
# anybody has registered that or not. But when it is the utförare that has no staff or nowhere to be, nobody carries it
# out, and the person is free.
_PERSONDAGAR = f"""
    WITH registrerade AS (
        SELECT b.person_id, b.insats, n.datum, n.kod = 'N' AS dar {_REGISTRERADE}
         WHERE b.insats = 'LSS-10' AND n.datum = ANY(%(dv)s::date[])
            OR b.insats = 'SOL-SYSS' AND n.datum = ANY(%(syss)s::date[])
    ), uppehall AS (
        SELECT b.person_id, b.insats, d.dag, false
          FROM utforare_uppehall u
          JOIN utforare_verkstallighet v ON v.id = u.verkstallighet_id
          JOIN beslut_beslut b ON b.id = v.beslut_id AND b.insats = ANY(%(insatser)s)
          JOIN beslut_person p ON p.id = b.person_id
          JOIN unnest(CASE b.insats WHEN 'LSS-10' THEN %(dv)s::date[] ELSE %(syss)s::date[] END) d(dag)
            ON u.period @> d.dag AND v.period @> d.dag AND (p.avliden IS NULL OR p.avliden >= d.dag)
         WHERE NOT u.orsak = ANY(%(utforarens)s)
    )
    SELECT person_id, insats, count(*) FILTER (WHERE dar), count(*) FILTER (WHERE NOT dar)
      FROM (SELECT person_id, insats, datum, bool_or(dar) AS dar
              FROM (TABLE registrerade UNION ALL TABLE uppehall) alla GROUP BY 1, 2, 3) dagar
     GROUP BY 1, 2
"""

# The avtal's steps matter only to days that have minutes and no omfattning of their own (R11); an individavtal
# decides alone (R2).
_GRUPPER = f"""
    SELECT v.id, b.person_id, b.insats, v.enhet_id, v.omfattning, date_trunc('month', n.datum)::date, n.omfattning,
           n.minuter, CASE WHEN i.id IS NULL THEN a.omfattning_granser ELSE i.omfattning_granser END,
           count(*),
           count(*) FILTER (WHERE n.datum = ANY(
               CASE b.insats WHEN 'LSS-10' THEN %(dv)s::date[] ELSE %(syss)s::date[] END))
      {_REGISTRERADE}
      JOIN utforare_enhet e ON e.id = v.enhet_id
      LEFT JOIN utforare_avtal a ON n.minuter IS NOT NULL AND n.omfattning = '' AND a.utforare_id = e.utforare_id
           AND a.insats = b.insats AND a.person_id IS NULL AND a.period @> n.datum
      LEFT JOIN utforare_avtal i ON n.minuter IS NOT NULL AND n.omfattning = '' AND i.utforare_id = e.utforare_id
           AND i.insats = b.insats AND i.person_id = b.person_id AND i.period @> n.datum
     WHERE n.datum >= %(fran)s AND n.datum < %(till)s AND n.kod = 'N'
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
"""

_VERK = """
    SELECT v.id, b.person_id, b.insats, v.enhet_id, e.namn, greatest(v.fran, %(fran)s),
           least(v.till, p.avliden + 1, %(till)s),
           coalesce(least(v.till, p.avliden + 1), 'infinity') > %(sista)s
      FROM utforare_verkstallighet v
      JOIN beslut_beslut b ON b.id = v.beslut_id AND b.insats = ANY(%(insatser)s)
      JOIN beslut_person p ON p.id = b.person_id
      JOIN utforare_enhet e ON e.id = v.enhet_id
     WHERE v.fran < %(till)s AND (v.till IS NULL OR v.till > %(fran)s)
     ORDER BY v.fran, v.id
"""


@dataclass(frozen=True, slots=True)
class Grupp:
    """Days there that are alike. `oppna`: how many of them are open days."""

    person: int
    insats: str
    enhet: int
    manad: Manad
    omfattning: str
    minuter: int | None
    dagar: int
    oppna: int


@dataclass(frozen=True, slots=True)
class Verk:
    """A verkställighet of the period, cut to it and to the person's life."""

    id: int
    person: int
    insats: str
    enhet: int
    enhetsnamn: str
    fran: date
    till: date
    pagar: bool


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the report is made of. `fasta`: the months of the period that are settled."""

    period: Period
    oppna: Mapping[str, tuple[date, ...]]
    boende: tuple[Boende, ...]
    dagverksamma: tuple[Dagverksam, ...]
    omfattningar: tuple[Omfattningsdagar, ...]
    enheter: tuple[Enhetsbelaggning, ...]
    fasta: tuple[Manad, ...]


def hamta(period: Period) -> Underlag:
    """The period as it is known today."""
    verk = _verk(period)
    oppna = _oppna_dagar(period, verk)
    grupper = _grupper(period, oppna)
    beslut = _beslut(period.sista_dagen)
    boende = tuple(map(_boende, (ett for ett in beslut if ett.insats in BOENDEN)))
    belopp, fasta = _ersattning(period)
    return Underlag(
        period=period,
        oppna=oppna,
        boende=boende,
        dagverksamma=tuple(_dagverksamma(beslut, boende, verk, oppna, grupper)),
        omfattningar=tuple(_omfattningar(grupper)),
        enheter=tuple(_enheter(period, verk, oppna, grupper, belopp, fasta)),
        fasta=fasta,
    )


def _oppna_dagar(period: Period, verk: list[Verk]) -> dict[str, tuple[date, ...]]:
    """The open days of each insats."""
    registrerade: dict[str, dict[date, int]] = {insats: {} for insats in _DAGLIGA}
    for insats, dag, antal in fraga(_DAGAR, _parametrar(period)):
        registrerade[insats][dag] = antal
    return {
        insats: oppna_dagar(dagar, [(ett.fran, ett.till) for ett in verk if ett.insats == insats])
        for insats, dagar in registrerade.items()
    }


def _parametrar(period: Period, **annat: Any) -> dict[str, Any]:
    return {"fran": period.fran, "till": period.till, "sista": period.sista_dagen, "insatser": _DAGLIGA} | annat


def _fragans(oppna: Mapping[str, tuple[date, ...]]) -> dict[str, Any]:
    return {"insatser": _DAGLIGA, "utforarens": _UTFORARENS} | _dagar_av(oppna)


def _dagar_av(oppna: Mapping[str, tuple[date, ...]]) -> dict[str, list[date]]:
    return {"dv": list(oppna[DV]), "syss": list(oppna[SYSS])}


def _beslut(dag: date) -> list[Beslut]:
    """Gynnande beslut that hold on the day, of persons who live. The latest of a person's last."""
    urval = Beslut.objects.filter(
        Q(person__avliden__isnull=True) | Q(person__avliden__gt=dag),
        insats__in=[*BOENDEN, *_DAGLIGA],
        period__contains=dag,
    ).exclude(utfall=Utfall.AVSLAG)
    falt = ("person", "nyckel", "insats", "omfattning", "omfattning_enhet", "person__personkrets")
    return list(urval.select_related("person").only(*falt).order_by("fran", "pk"))


def _boende(ett: Beslut) -> Boende:
    return Boende(ett.person_id, ett.pk, ett.nyckel, ett.insats, ett.person.personkrets)


def _verk(period: Period) -> list[Verk]:
    rader = (Verk(*rad) for rad in fraga(_VERK, _parametrar(period)))
    return [ett for ett in rader if ett.fran < ett.till]


def _grupper(period: Period, oppna: Mapping[str, tuple[date, ...]]) -> list[Grupp]:
    svar = []
    for rad in fraga(_GRUPPER, _parametrar(period, **_dagar_av(oppna))):
        _, person, insats, enhet, bestalld, manad, egen, minuter, granser, dagar, varav = rad
        narvaro = Karnnarvaro("N", egen, minuter, 0)
        omfattning = dagens_omfattning(narvaro, _avtal(granser or ""), bestalld)
        svar.append(Grupp(person, insats, enhet, Manad.av(manad), omfattning, minuter, dagar, varav))
    return svar


@lru_cache(maxsize=256)
def _avtal(granser: str) -> Karnavtal:
    """An avtal with nothing but its steps, for the core's own rule (R11)."""
    return Karnavtal(0, 0, "", None, 0, "", date.min, None, omfattning_granser=omfattningsgranser(granser))


def _dagverksamma(
    beslut: list[Beslut],
    boende: Iterable[Boende],
    verk: list[Verk],
    oppna: Mapping[str, tuple[date, ...]],
    grupper: list[Grupp],
) -> Iterator[Dagverksam]:
    """One for each person and insats: the beslut that began last."""
    bor: dict[int, set[str]] = defaultdict(set)
    for ett in boende:
        bor[ett.person].add(ett.insats)
    minuter: dict[tuple[int, str], int] = defaultdict(int)
    for grupp in grupper:
        minuter[grupp.person, grupp.insats] += (grupp.minuter or 0) * grupp.dagar
    egna: dict[tuple[int, str], list[Verk]] = defaultdict(list)
    for ett_verk in verk:
        egna[ett_verk.person, ett_verk.insats].append(ett_verk)
    dagar = {(rad[0], rad[1]): rad[2:] for rad in fraga(_PERSONDAGAR, _fragans(oppna))}
    senaste = {(ett.person_id, ett.insats): ett for ett in beslut if ett.insats in _DAGLIGA}
    for (person, insats), ett_beslut in senaste.items():
        mina = egna[person, insats]
        dar, borta = dagar.get((person, insats), (0, 0))
        yield Dagverksam(
            person=person,
            beslut=ett_beslut.pk,
            nyckel=ett_beslut.nyckel,
            insats=insats,
            boenden=frozenset(bor[person]),
            beviljat=_dagar_i_veckan(ett_beslut),
            verk=mina[-1].id if mina else None,
            enhet=mina[-1].enhetsnamn if mina else "",
            oppna=raknade_dagar(oppna[insats], ((ett.fran, ett.till) for ett in mina)),
            narvaro=dar,
            franvaro=borta,
            minuter=minuter[person, insats],
        )


def _dagar_i_veckan(beslut: Beslut) -> Decimal | None:
    return beslut.omfattning if beslut.omfattning_enhet == Omfattningsenhet.DAGAR_VECKA else None


def _omfattningar(grupper: list[Grupp]) -> Iterator[Omfattningsdagar]:
    summor: dict[tuple[int, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for grupp in grupper:
        summa = summor[grupp.person, grupp.insats, grupp.omfattning]
        summa[0] += grupp.dagar
        summa[1] += grupp.dagar if grupp.minuter is not None else 0
        summa[2] += (grupp.minuter or 0) * grupp.dagar
    for nyckel, (dagar, med_tid, minuter) in sorted(summor.items()):
        yield Omfattningsdagar(*nyckel, dagar, med_tid, minuter)


def _ersattning(period: Period) -> tuple[dict[tuple[int, str], Decimal], tuple[Manad, ...]]:
    """By enhet and insats: what närvaro and places came to in the months that are settled, with rättelser; and those
    months."""
    fasta = Korning.objects.filter(manad__gte=period.fran, manad__lt=period.till, status__in=FAST)
    manader = sorted(fasta.values_list("manad", flat=True))
    rader = Ersattningsrad.objects.filter(
        avser_manad__in=manader,
        korning__status__in=FAST,
        insats__in=_DAGLIGA,
        artikel__in=[Artikel.NARVARO, Artikel.MANAD],
    )
    summor = rader.values_list("enhet_id", "insats").annotate(summa=Sum("belopp")).order_by("enhet_id", "insats")
    return {(enhet, insats): summa for enhet, insats, summa in summor}, tuple(map(Manad.av, manader))


def _enheter(
    period: Period,
    verk: list[Verk],
    oppna: Mapping[str, tuple[date, ...]],
    grupper: list[Grupp],
    belopp: Mapping[tuple[int, str], Decimal],
    fasta: tuple[Manad, ...],
) -> Iterator[Enhetsbelaggning]:
    dar: dict[tuple[int, str], int] = defaultdict(int)
    i_fasta: dict[tuple[int, str], int] = defaultdict(int)
    for grupp in grupper:
        dar[grupp.enhet, grupp.insats] += grupp.oppna
        i_fasta[grupp.enhet, grupp.insats] += grupp.dagar if grupp.manad in fasta else 0
    har: dict[tuple[int, str], set[int]] = defaultdict(set)
    for ett in verk:
        har[ett.enhet, ett.insats].update([ett.person] if ett.pagar else [])
    ensamma = _for_en_insats(period)
    urval = Enhet.objects.filter(Q(pk__in=[enhet for enhet, _ in har]) | Q(utforare__in=ensamma))
    for enhet in urval.select_related("utforare").order_by(*pa_svenska("namn"), "nyckel"):
        mina = [insats for insats in _DAGLIGA if (enhet.pk, insats) in har] or [ensamma[enhet.utforare_id]]
        for insats in mina:
            nyckel = (enhet.pk, insats)
            yield Enhetsbelaggning(
                enhet=enhet.pk,
                namn=enhet.namn,
                utforare=enhet.utforare.namn,
                insats=insats,
                platser=enhet.platser,
                oppna=len(oppna[insats]),
                personer=frozenset(har.get(nyckel, ())),
                narvaro=dar[nyckel],
                ersattning=belopp.get(nyckel, Decimal(0)),
                dagar_i_dem=i_fasta[nyckel],
                delad=len(mina) > 1,
            )


def _for_en_insats(period: Period) -> dict[int, str]:
    """Utförare whose every avtal of the period is for the one insats: an enhet of theirs that nobody is at has it."""
    alla: dict[int, set[str]] = defaultdict(set)
    avtal = Avtal.objects.filter(period__overlap=(period.fran, period.till))
    for utforare, insats in avtal.values_list("utforare_id", "insats").distinct():
        alla[utforare].add(insats)
    return {vem: min(insatser) for vem, insatser in alla.items() if len(insatser) == 1 and insatser <= set(_DAGLIGA)}
