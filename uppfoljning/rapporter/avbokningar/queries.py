"""Reads the visits of boendestöd, made and not made, who made them, and what bomtid came to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Sum

from beslut.models import Nivabedomning, Tilldelning
from beslut.regler import Bedomningsstatus, Insats, Utfall
from ersattning.kalkyl.bocker import niva_pa_dag
from ersattning.kalkyl.klocka import lokal_dag
from ersattning.kalkyl.samling import Manadsbok
from ersattning.kalkyl.typer import Avtal
from ersattning.kalkyl.typer import Nivabedomning as Karnniva
from ersattning.models import Ersattningsrad, Korning
from ersattning.regler import FAST, Artikel
from ersattning.underlag import dagens_manadsbocker, fraga
from grund.tid import Manad
from uppfoljning.rapporter.avbokningar.regler import TIMME, Avbokning, Bomslag, Bomtid, Upptag, Verk, bestallda_minuter
from uppfoljning.rapporter.perioden import Period
from utforare import bomtid
from utforare.models import Avtal as Avtalsmodell
from utforare.ord import villkor
from utforare.regler import Modell

_INSATS = Insats.BOENDESTOD.value
_MINUT = "(extract(epoch FROM {})/60)::bigint"
_I_PERIODEN = """
      FROM utforare_besok s
      JOIN utforare_verkstallighet v ON v.id = s.verkstallighet_id
      JOIN beslut_beslut b ON b.id = v.beslut_id AND b.insats = %(insats)s
      JOIN utforare_enhet e ON e.id = v.enhet_id AND (%(utforare)s::bigint IS NULL OR e.utforare_id = %(utforare)s)
     WHERE s.dag >= %(fran)s AND s.dag < %(till)s AND v.fran < %(till)s AND (v.till IS NULL OR v.till > %(fran)s)
"""
_BESOK = f"""
    SELECT v.id, count(*) FILTER (WHERE s.planerad_start IS NOT NULL),
           count(*) FILTER (WHERE s.utford_start IS NOT NULL),
           count(*) FILTER (WHERE s.utford_start IS NOT NULL AND s.registrering = 'efterhand'),
           coalesce(sum({_MINUT.format("s.utford_slut - s.utford_start")}), 0)::bigint,
           max(s.dag) FILTER (WHERE s.utford_start IS NOT NULL), count(*)
    {_I_PERIODEN} GROUP BY v.id
"""
_AVBOKADE = f"""
    SELECT s.id, v.id, b.person_id, e.utforare_id, {_MINUT.format("s.planerad_start")},
           {_MINUT.format("s.planerad_slut")}, {_MINUT.format("s.avbokad")}, s.avbokad_av, s.orsak
    {_I_PERIODEN} AND s.utford_start IS NULL ORDER BY s.planerad_start, s.id
"""
# What the files that hold say, each of its month; a visit may stand in two.
_PERSONAL = f"""
    WITH mina AS (SELECT s.nyckel, b.person_id {_I_PERIODEN} AND s.utford_start IS NOT NULL),
    galler AS (SELECT DISTINCT ON (period) id FROM uppfoljning_uppgiftsfil WHERE slag = 'besokspersonal'
                ORDER BY period, version DESC),
    kanda AS (SELECT m.person_id, m.nyckel, p.personal, row_number() OVER (PARTITION BY m.nyckel) AS nummer
                FROM mina m
                JOIN (SELECT DISTINCT r.besok_id, r.personal
                        FROM uppfoljning_besokspersonal r JOIN galler g ON g.id = r.fil_id) p ON p.besok_id = m.nyckel)
    SELECT person_id, count(*), max(antal), sum(besok)::bigint
      FROM (SELECT person_id, personal, count(*) AS antal, count(*) FILTER (WHERE nummer = 1) AS besok
              FROM kanda GROUP BY 1, 2) x
     GROUP BY 1
"""
_VERK = """
    SELECT v.id, b.id, b.nyckel, b.person_id, e.utforare_id, u.namn, v.fran, v.till,
           coalesce(v.bestallt_antal, b.omfattning),
           CASE WHEN v.bestallt_antal IS NULL THEN b.omfattning_enhet ELSE v.bestallt_enhet END,
           b.utfall, greatest(v.fran, b.fran, %(fran)s), least(v.till, b.till, p.avliden + 1, %(till)s), p.avliden,
           EXISTS (SELECT FROM utforare_uppehall x
                    WHERE x.verkstallighet_id = v.id AND x.period && daterange(%(fran)s, %(till)s))
      FROM utforare_verkstallighet v
      JOIN beslut_beslut b ON b.id = v.beslut_id AND b.insats = %(insats)s
      JOIN beslut_person p ON p.id = b.person_id
      JOIN utforare_enhet e ON e.id = v.enhet_id AND (%(utforare)s::bigint IS NULL OR e.utforare_id = %(utforare)s)
      JOIN utforare_utforare u ON u.id = e.utforare_id
     WHERE v.fran < %(till)s AND (v.till IS NULL OR v.till > %(fran)s)
     ORDER BY v.fran, v.id
"""
Nivaer = Mapping[int, tuple[Karnniva, ...]]


@dataclass(frozen=True, slots=True)
class Betalt:
    """What bomtid came to in the settled months, with rättelser."""

    timmar: Decimal
    kronor: Decimal


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the report is made of. By utförare: `betalt`, and terms of bomtid (`regler`); `handlaggare` by person."""

    period: Period
    varsel: int
    upptag: tuple[Upptag, ...]
    betalt: Mapping[int, Betalt]
    regler: Mapping[int, str]
    fasta: tuple[Manad, ...]
    handlaggare: Mapping[int, str]

    @property
    def verk(self) -> list[Verk]:
        return [verk for ett in self.upptag for verk in ett.verk]

    @property
    def avbokningar(self) -> list[Avbokning]:
        return [avbokning for ett in self.upptag for avbokning in ett.avbokningar]

    @property
    def bomtid(self) -> list[Bomtid]:
        return [bom for ett in self.upptag for bom in ett.bomtid]


def hamta(period: Period, idag: date, *, utforare: int | None, varsel: int) -> Underlag:
    """The period as it is known today, of everybody or of one utförare."""
    parametrar = {"insats": _INSATS, "fran": period.fran, "till": period.till, "utforare": utforare}
    fasta = tuple(
        map(
            Manad.av,
            Korning.objects.filter(manad__gte=period.fran, manad__lt=period.till, status__in=FAST)
            .order_by("manad")
            .values_list("manad", flat=True),
        )
    )
    avbokningar = [Avbokning(*rad) for rad in fraga(_AVBOKADE, parametrar)]
    bommar = _bommar(period, avbokningar, fasta, varsel)
    personal = {rad[0]: rad[1:] for rad in fraga(_PERSONAL, parametrar)}
    upptag = tuple(_upptag(_verk(period, parametrar), avbokningar, bommar, personal))
    return Underlag(
        period=period,
        varsel=varsel,
        upptag=upptag,
        betalt=_betalt(fasta, utforare),
        regler=_regler(period),
        fasta=fasta,
        handlaggare=_handlaggare([ett.person for ett in upptag], idag),
    )


def _verk(period: Period, parametrar: dict[str, Any]) -> list[Verk]:
    besok = {rad[0]: rad[1:] for rad in fraga(_BESOK, parametrar)}
    return [_ett_verk(period, rad, besok.get(rad[0], (0, 0, 0, 0, None, 0))) for rad in fraga(_VERK, parametrar)]


def _ett_verk(period: Period, rad: tuple[Any, ...], besok: tuple[Any, ...]) -> Verk:
    id_, beslut, nyckel, person, utforare, namn, fran, till, antal, enhet, utfall, raknas, till_och, avliden, borta = (
        rad
    )
    if utfall == Utfall.AVSLAG:
        till_och = raknas  # no day is granted
    planerade, utforda, efterhand, minuter, sist, alla = besok
    lever = avliden is None or avliden > period.sista_dagen
    return Verk(
        id=id_,
        beslut=beslut,
        nyckel=nyckel,
        person=person,
        utforare=utforare,
        utforarnamn=namn,
        pagar=lever and (till is None or till > period.sista_dagen),
        hela=fran <= period.fran,
        uppehall=borta,
        bestallt=bestallda_minuter(None if antal is None else Fraction(antal), enhet, _dagar(period, raknas, till_och)),
        planerade=planerade,
        utforda=utforda,
        efterhand=efterhand,
        utforda_minuter=minuter,
        sist=sist,
        besok=alla,
    )


def _dagar(period: Period, fran: date, till: date) -> Iterator[tuple[int, int]]:
    """Month by month: the days in [fran, till) and the days of the month."""
    for manad in period.manader:
        yield max(0, (min(till, manad.till) - max(fran, manad.fran)).days), manad.dagar


def _upptag(
    verk: Sequence[Verk],
    avbokningar: Sequence[Avbokning],
    bommar: Sequence[Bomtid],
    personal: Mapping[int, tuple[int, ...]],
) -> Iterator[Upptag]:
    per_verk: dict[int, list[Verk]] = defaultdict(list)
    per_avbokning: dict[int, list[Avbokning]] = defaultdict(list)
    per_bom: dict[int, list[Bomtid]] = defaultdict(list)
    for ett in verk:
        per_verk[ett.person].append(ett)
    for avbokning in avbokningar:
        per_avbokning[avbokning.person].append(avbokning)
    for bom in bommar:
        per_bom[bom.person].append(bom)
    for person, mina in per_verk.items():
        olika, oftast, kanda = personal.get(person, (0, 0, 0))
        yield Upptag(person, tuple(mina), tuple(per_avbokning[person]), tuple(per_bom[person]), olika, oftast, kanda)


# ---- Bomtid: by the avtal's own rule, and at the hourly price ---------------------------------------------------


def _bommar(period: Period, avbokningar: Sequence[Avbokning], fasta: tuple[Manad, ...], varsel: int) -> list[Bomtid]:
    brukarens = [ett for ett in avbokningar if ett.av_brukaren]
    bocker = dagens_manadsbocker(period.manader, sorted({ett.utforare for ett in brukarens}))
    nivaer = _nivaer({ett.person for ett in brukarens})
    svar = []
    for ett in brukarens:
        dag = lokal_dag(ett.planerad_start)
        manad = Manad.av(dag)
        avtal = bocker[manad].avtal.pa_dag(ett.utforare, _INSATS, ett.person, dag)
        if ar_bomtid(ett, avtal, varsel):
            slag = bomslag(avtal)
            kronor, utan = _pris(ett, dag, avtal, bocker[manad], nivaer.get(ett.person, ()))
            if slag is Bomslag.BETALS and avtal and avtal.bomtid_andel:
                kronor *= Fraction(avtal.bomtid_andel)
            svar.append(Bomtid(ett, slag, kronor, utan, manad in fasta))
    return svar


def ar_bomtid(ett: Avbokning, avtal: Avtal | None, varsel: int) -> bool:
    """R22 with the avtal's hours; where it has none, with the report's."""
    egna = avtal.bomtid_varsel_timmar if avtal else None
    return bomtid.ar_bomtid(
        planerad_start=ett.planerad_start,
        avbokad=ett.avbokad,
        avbokad_av=ett.avbokad_av,
        varsel_timmar=Fraction(varsel) if egna is None else egna,
        andel=Decimal(1),
    )


def bomslag(avtal: Avtal | None) -> Bomslag:
    """What the avtal makes of bomtid (R22, R23)."""
    if avtal is None:
        return Bomslag.AVTAL_SAKNAS
    if avtal.modell == Modell.BESTALLD_TID:
        return Bomslag.INGAR
    betalar = avtal.modell == Modell.UTFORD_TID and avtal.bomtid_varsel_timmar is not None and avtal.bomtid_andel
    return Bomslag.BETALS if betalar else Bomslag.OBETALD


def _pris(
    ett: Avbokning, dag: date, avtal: Avtal | None, bok: Manadsbok, nivaer: tuple[Karnniva, ...]
) -> tuple[Fraction, int]:
    """Kronor for the planned time by R20 (2), (3), and the minutes that have no price."""
    if avtal is None:
        return Fraction(0), ett.minuter
    bedomning = niva_pa_dag(nivaer, dag, fran_godkand=avtal.niva_fran_godkand)
    niva, nummer = bedomning.niva if bedomning else "", dag.day - 1
    kronor, utan = Fraction(0), 0
    for band, minuter in bok.band.dela(avtal.prislista_id, ett.planerad_start, ett.planerad_slut):
        priser = bok.priser.dagar(avtal.prislista_id, _INSATS, "timme", niva, "", band).priser
        pris = next((pris for mask, pris in priser if mask >> nummer & 1), None)
        if pris is None:
            utan += minuter
        else:
            kronor += Fraction(pris.belopp) * minuter / TIMME
    return kronor, utan


def _nivaer(personer: Iterable[int]) -> Nivaer:
    svar: dict[int, list[Karnniva]] = defaultdict(list)
    urval = Nivabedomning.objects.filter(insats=_INSATS, status=Bedomningsstatus.GODKAND, person__in=list(personer))
    for ett in urval.order_by("pk"):
        if ett.godkand is not None:
            svar[ett.person_id].append(Karnniva(ett.pk, ett.nyckel, ett.niva, ett.fran, ett.godkand))
    return {person: tuple(alla) for person, alla in svar.items()}


def _betalt(fasta: tuple[Manad, ...], utforare: int | None) -> dict[int, Betalt]:
    rader = Ersattningsrad.objects.filter(
        avser_manad__in=[ett.fran for ett in fasta],
        korning__status__in=FAST,
        insats=_INSATS,
        artikel=Artikel.BOMTID,
    )
    if utforare is not None:
        rader = rader.filter(utforare=utforare)
    summor = (
        rader.values_list("utforare_id").annotate(timmar=Sum("antal"), kronor=Sum("belopp")).order_by("utforare_id")
    )
    return {vem: Betalt(timmar, kronor) for vem, timmar, kronor in summor}


def _regler(period: Period) -> dict[int, str]:
    """What the general avtal of the period's last day says of bomtid, by utförare."""
    urval = Avtalsmodell.objects.filter(insats=_INSATS, person__isnull=True, period__contains=period.sista_dagen)
    return {ett.utforare_id: regel_i_ord(ett) for ett in urval.select_related("prislista")}


def regel_i_ord(avtal: Avtalsmodell) -> str:
    """Of bomtid, in a sentence."""
    if avtal.modell == Modell.BESTALLD_TID:
        return "Beställd tid betalas, vad som än utförs."
    om = [ett for ett in villkor(avtal) if ett.regel == "R22"]
    return ". ".join(ett.text.rstrip(".") for ett in om) + "." if om else "Bomtid betalas inte."


def _handlaggare(personer: Sequence[int], idag: date) -> dict[int, str]:
    """Who works with each today; several by name."""
    namn: dict[int, list[str]] = defaultdict(list)
    urval = Tilldelning.objects.filter(person__in=personer, period__contains=idag).order_by("pk")
    falt = ("person_id", "handlaggare__first_name", "handlaggare__last_name", "handlaggare__username")
    for person, fornamn, efternamn, anvandarnamn in urval.values_list(*falt):
        namn[person].append(f"{fornamn} {efternamn}".strip() or anvandarnamn)
    return {person: ", ".join(alla) for person, alla in namn.items()}
