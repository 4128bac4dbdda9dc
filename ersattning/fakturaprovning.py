"""Holding invoices against the settled months: reads what the pure matching needs, and stores what it found.

May be done any number of times: lines that have taken rows keep them, and the rest are tried again.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet

from ersattning.faktura.kredit import Tidigare
from ersattning.faktura.matchning import matcha
from ersattning.faktura.oren import ar_oresrad, ar_oresutjamning
from ersattning.faktura.rattad import rattade
from ersattning.faktura.underlag import Forslag, Kravrad, Radstatus, Underlag, Underlagsrad, Utfall
from ersattning.fakturalagen import satt_lagen
from ersattning.fakturaregler import nummer_lika
from ersattning.models import Ersattningsrad, Faktura, Fakturarad, Kontering, Korning, Radprovning, Tackning
from ersattning.models.faktura import NUMMER_LIKA
from ersattning.regler import FAST, ORESUTJAMNING, Radtyp
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import antal_ord
from grund.tid import EN_DAG, Manad
from utforare.models import Utforare, Verkstallighet

_GRANNAR = 2  # months before and after, where a line with a wrong period may belong
_ORD = re.compile(r"[\w.:/-]+")
_OPPNA = (Radstatus.SAKNAS, Radstatus.DUBBLETT, Radstatus.VANTAR)
_FALT = (
    *("id", "korning__manad", "avser_manad", "verkstallighet_nyckel", "enhet", "insats", "artikel", "niva"),
    *("antal", "enhet_for_antal", "a_pris", "faktor", "belopp", "fran", "till", "underlag"),
)


def prova(*, utforare: Collection[int], nu: datetime) -> int:
    """Match the open lines of these utförare; gives how many lines stand otherwise than before. Idempotent."""
    return sum(_prova_en(pk, nu) for pk in sorted(utforare))


def prova_vantande(*, av: Anvandare, nu: datetime) -> int:
    """The same for every utförare with lines that wait, or that nothing was found for; what moved is an event."""
    if hinder := hinder_for_ratt(av.roller, Ratt.GRANSKA_MANAD):
        raise Hindrad(hinder)
    with transaction.atomic():
        andrade = {ett: _prova_en(ett.pk, nu) for ett in Utforare.objects.filter(pk__in=med_oppna()).order_by("pk")}
        _handelser(andrade, av)
    return sum(andrade.values())


def prova_faststalld(*, korning: Korning, av: Anvandare, nu: datetime) -> int:
    """Try every open line when the month has just been settled; gives how many moved.

    Everybody who is paid in it is locked before it is looked for lines: what is taken in at the same time is either
    seen here, or sees the month settled.
    """
    betalda = Ersattningsrad.objects.filter(korning=korning).values("utforare")
    galler = Q(pk__in=betalda) | Q(pk__in=med_oppna())
    alla = Utforare.objects.select_for_update(no_key=True).filter(galler).order_by("pk")
    berorda = {ett.pk: ett for ett in alla}
    andrade = {berorda[pk]: _prova_en(pk, nu) for pk in sorted(med_oppna() & set(berorda))}
    _handelser(andrade, av)
    return sum(andrade.values())


def _handelser(andrade: Mapping[Utforare, int], av: Anvandare) -> None:
    for utforare, antal in andrade.items():
        if antal:
            text = f"{antal_ord(antal, 'fakturarad', 'fakturarader')} fick ett nytt läge mot underlaget."
            skriv_handelse(av=av, handling="prova_fakturor", objekt=f"utforare:{utforare.nyckel}", text=text)


def med_oppna() -> set[int]:
    """Utförare with lines that may find rows when a month is settled, or whose difference may be corrected in it."""
    oppna = Faktura.objects.filter(rader__provning__status__in=[*map(str, _OPPNA), str(Radstatus.AVVIKER)])
    return set(oppna.values_list("utforare", flat=True))


def _prova_en(utforare: int, nu: datetime) -> int:
    """One utförare's lines, under its lock: two at a time would take the same rows."""
    with transaction.atomic():
        Utforare.objects.select_for_update(no_key=True).get(pk=utforare)
        rader = list(
            Fakturarad.objects.filter(Q(provning=None) | Q(provning__status__in=_OPPNA), faktura__utforare=utforare)
            .select_related("faktura")
            .order_by("pk")
        )
        avvikande = _avvikande(utforare)
        if not rader and not avvikande:
            return 0
        tolk = _Tolk(utforare, rader)
        krav = [tolk.krav(rad) for rad in rader]
        alla = [*krav, *(ett.krav for ett in avvikande)]
        underlag = _underlag(utforare, {ett.manad for ett in alla if ett.manad})
        utfall = matcha(krav, underlag, _tidigare(utforare, krav, {rad.pk for rad in rader}))
        klara = {ett.rad for ett in utfall}
        utfall += rattade([ett for ett in avvikande if ett.krav.id not in klara], underlag)
        return _lagra(utfall, nu)


class _Tolk:
    """What a stored line is about: which verkställighet, which month, with which sign."""

    def __init__(self, utforare: int, rader: Sequence[Fakturarad]) -> None:
        ord_ = {ett for rad in rader for ett in _ord(rad)}
        i_register = Verkstallighet.objects.filter(enhet__utforare=utforare, nyckel__in=ord_)
        i_rader = Ersattningsrad.objects.filter(utforare=utforare, verkstallighet_nyckel__in=ord_)
        kanda = {*i_register.values_list("nyckel", flat=True)}
        kanda |= {*i_rader.values_list("verkstallighet_nyckel", flat=True).distinct()}
        avsedda = {nummer_lika(nummer) for rad in rader for nummer in rad.faktura.avser}
        fakturor = Faktura.objects.filter(utforare=utforare).annotate(lika=NUMMER_LIKA).filter(lika__in=avsedda)
        self.fakturor = {nummer_lika(nummer): pk for nummer, pk in fakturor.values_list("nummer", "pk")}
        self.oren = _oresrader(rader)
        justerat = Ersattningsrad.objects.filter(typ=Radtyp.JUSTERING, utforare=utforare, underlag__in=ord_)
        # A justering goes by its number, also one that is about a verkställighet.
        kallas = {nummer: verk or nummer for nummer, verk in justerat.values_list("underlag", "verkstallighet_nyckel")}
        self.kallas = kallas | {verk: verk for verk in kanda}

    def krav(self, rad: Fakturarad) -> Kravrad:
        faktura, tecken = rad.faktura, rad.faktura.tecken
        referens = self._referens(rad)
        return Kravrad(
            id=rad.pk,
            faktura=faktura.pk,
            nummer=faktura.nummer,
            rad=rad.nummer,
            datum=faktura.datum,
            referens=referens,
            kand=referens in self.kallas,
            manad=_manad(rad),
            belopp=tecken * rad.belopp,
            antal=tecken * rad.antal,
            pris=rad.a_pris,
            oren=rad.pk in self.oren,
            kreditnota=tecken < 0,
            rattar=bool(faktura.avser),
            avser=tuple(pk for ett in faktura.avser if (pk := self.fakturor.get(nummer_lika(ett)))),
            benamning=rad.benamning,
        )

    def _referens(self, rad: Fakturarad) -> str:
        """The verkställighet that the line names, in its reference or as one word of its texts; else the reference."""
        if rad.referens in self.kallas:
            return self.kallas[rad.referens]
        namnda = {self.kallas[ett] for ett in _ord(rad) if ett in self.kallas}
        return namnda.pop() if len(namnda) == 1 else rad.referens


def _oresrader(rader: Sequence[Fakturarad]) -> set[int]:
    """The lines that are nothing but their invoice's rounding to whole kronor; none where there are several."""
    per_faktura: dict[int, list[Fakturarad]] = {}
    for rad in rader:
        if ar_oresrad(rad.benamning, rad.referens):
            per_faktura.setdefault(rad.faktura_id, []).append(rad)
    ensamma = [egna[0] for egna in per_faktura.values() if len(egna) == 1 and not egna[0].faktura.avrundning]
    return {rad.pk for rad in ensamma if ar_oresutjamning(rad.belopp, rad.faktura.att_betala)}


def _ord(rad: Fakturarad) -> Iterable[str]:
    yield rad.referens[:40]
    for text in (*rad.sokord, rad.benamning, rad.text):
        yield from (ett.strip(".:,/-")[:40] for ett in _ORD.findall(text))


def _manad(rad: Fakturarad) -> date | None:
    """The month that the line, else the invoice, is about; None when it says none or several."""
    fran, till = (rad.fran, rad.till) if rad.fran or rad.till else (rad.faktura.fran, rad.faktura.till)
    sista = till - EN_DAG if till else None
    manader = {Manad.av(dag) for dag in (fran, sista) if dag}
    return manader.pop().fran if len(manader) == 1 else None


def _underlag(utforare: int, manader: Collection[date]) -> Underlag:
    """The settled rows of these months and those beside them, and who has taken which."""
    alla = {Manad.av(dag).plus(steg).fran for dag in manader for steg in range(-_GRANNAR, _GRANNAR + 1)}
    fasta = Korning.objects.filter(status__in=FAST, manad__in=alla).values_list("manad", flat=True)
    rader = Ersattningsrad.objects.filter(
        Q(avser_manad__in=alla) | Q(korning__manad__in=alla), utforare=utforare, korning__status__in=FAST
    )
    tagna = Tackning.objects.filter(rad__in=rader).select_related("fakturarad__faktura")
    return Underlag(
        [_underlagsrad(*falt) for falt in rader.values_list(*_FALT)],
        fasta,
        {ett.rad_id: _tagare(ett.fakturarad) for ett in tagna},
        _i_hela(utforare, fasta),
    )


def _i_hela(utforare: int, manader: Iterable[date]) -> list[date]:
    """The months whose total the konteringsmall has in whole kronor for this utförare."""
    regi = Utforare.objects.filter(pk=utforare).values("regi")
    egna = Q(utforare=utforare) | Q(utforare=None)
    rader = list(Kontering.objects.filter(egna, artikel=ORESUTJAMNING, regi__in=regi))
    return [dag for dag in manader if any(_galler(rad, Manad.av(dag).sista) for rad in rader)]


def _galler(rad: Kontering, dag: date) -> bool:
    return rad.fran <= dag and (rad.till is None or dag < rad.till)


def _underlagsrad(
    pk: int, manad: date, avser: date, verk: str, enhet: int | None, insats: str, artikel: str, niva: str,
    antal: Decimal, antalsenhet: str, pris: Decimal, faktor: Decimal, belopp: Decimal, fran: date, till: date,
    underlag: str,
) -> Underlagsrad:  # fmt: skip
    verk = verk or underlag  # a justering of no verkställighet is invoiced by its number
    a_pris = (pris * faktor).normalize()
    sista = till - EN_DAG
    return Underlagsrad(
        pk, manad, avser, verk, enhet, insats, artikel, niva, antal, antalsenhet, a_pris, belopp, fran, sista
    )


def _tagare(rad: Fakturarad) -> Kravrad:
    """Who has a row: only its name counts."""
    faktura, noll = rad.faktura, Decimal(0)
    return Kravrad(rad.pk, faktura.pk, faktura.nummer, rad.nummer, faktura.datum, "", False, None, noll, noll, noll)


def _tidigare(utforare: int, krav: Sequence[Kravrad], oppna: Collection[int]) -> list[Tidigare]:
    """How the lines stand that credit notes may take back."""
    fakturor = {pk for ett in krav for pk in ett.avser}
    rader = Fakturarad.objects.filter(faktura__in=fakturor, provning__isnull=False).exclude(pk__in=oppna)
    return _lagen(utforare, rader)


def _avvikande(utforare: int) -> list[Tidigare]:
    """The lines that differ, which a later month may have corrected."""
    rader = Fakturarad.objects.filter(faktura__utforare=utforare, provning__status=Radstatus.AVVIKER)
    return _lagen(utforare, rader)


def _lagen(utforare: int, rader: QuerySet[Fakturarad]) -> list[Tidigare]:
    alla = list(
        rader.select_related("faktura", "provning", "minskad_av__rad__faktura")
        .prefetch_related("tackningar")
        .order_by("pk")
    )
    if not alla:
        return []
    tolk = _Tolk(utforare, alla)
    return [Tidigare(tolk.krav(rad), _utfall(rad), _minskat(rad)) for rad in alla]


def _minskat(rad: Fakturarad) -> Decimal:
    """What a credit note has given back of the line."""
    minskad = getattr(rad, "minskad_av", None)
    return Decimal(0) if minskad is None else -minskad.rad.faktura.tecken * minskad.rad.belopp


def _utfall(rad: Fakturarad) -> Utfall:
    provning = rad.provning
    return Utfall(
        rad.pk,
        Radstatus(provning.status),
        tuple(provning.skal),
        tuple(ett.rad_id for ett in rad.tackningar.all()),
        provning.differens,
    )


def _lagra(utfall: Sequence[Utfall], nu: datetime) -> int:
    """Store how the lines stand now, and which rows they take."""
    nycklar = [ett.rad for ett in utfall]
    fore = dict(Radprovning.objects.filter(rad__in=nycklar).values_list("rad", "status"))
    Tackning.objects.filter(fakturarad__in=[ett.rad for ett in utfall if not ett.tacker]).delete()
    finns = set(Tackning.objects.filter(fakturarad__in=nycklar).values_list("rad", flat=True))
    Tackning.objects.bulk_create(
        Tackning(rad_id=rad, fakturarad_id=ett.rad) for ett in utfall for rad in ett.tacker if rad not in finns
    )
    Radprovning.objects.bulk_create(
        [_provning(ett, nu) for ett in utfall],
        update_conflicts=True,
        unique_fields=["rad"],
        update_fields=["status", "differens", "skal", "forslag", "krediterar", "minskar", "kopplad_av", "provad"],
    )
    satt_lagen(Fakturarad.objects.filter(pk__in=nycklar).values_list("faktura", flat=True))
    return sum(fore.get(ett.rad) != ett.status.value for ett in utfall)


def _provning(ett: Utfall, nu: datetime) -> Radprovning:
    return Radprovning(
        rad_id=ett.rad,
        status=ett.status.value,
        differens=ett.differens,
        skal=list(ett.skal),
        forslag=[_forslag(forslag) for forslag in ett.forslag],
        krediterar_id=ett.krediterar,
        minskar_id=ett.minskar,
        provad=nu,
    )


def _forslag(ett: Forslag) -> dict[str, object]:
    return {"rader": list(ett.rader), "skal": list(ett.skal), "differens": str(ett.differens)}
