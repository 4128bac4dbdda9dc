"""Reads providers, contracts and what was carried out, for the pages that show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from beslut.regler import Insats, Omfattningsenhet
from grund.historik import FRAN, TILL, Falt, Historierad, antal, dag, historik, kod
from grund.sortering import pa_svenska
from grund.tid import Manad
from utforare.models import Avtal, Besok, Enhet, Narvaro, Utforare, Verkstallighet
from utforare.ord import trappa_i_ord
from utforare.regler import Avtalsform, Modell, Narvarokod, NivaFran, Slutorsak

AVTAL_FALT = {
    "insats": Falt("insats", kod(Insats)),
    "avtalsform": Falt("avtalsform", kod(Avtalsform)),
    "fran": FRAN,
    "till": TILL,
    "modell": Falt("modell", kod(Modell)),
    "franvaro": Falt("frånvarotrappa", trappa_i_ord),
    "omfattning_granser": Falt("gränser för omfattning"),
    "niva_fran": Falt("nivån räknas", kod(NivaFran)),
    "avslut_dagar": Falt("dagar efter avslut", antal),
    "bomtid_varsel_timmar": Falt("varsel för bomtid, timmar", antal),
    "bomtid_andel": Falt("andel av priset för bomtid", antal),
    "bomtid_tak_andel": Falt("tak för bomtid, andel", antal),
    "tak_andel_av_bestallt": Falt("tak för utförd tid, andel", antal),
    "avrundning_minuter": Falt("avrundning, minuter", antal),
}
VERKSTALLIGHET_FALT = {
    "fran": FRAN,
    "till": TILL,
    "slutorsak": Falt("slutorsak", kod(Slutorsak)),
    "bestalld": Falt("beställd", dag),
    "omfattning": Falt("omfattning"),
    "bestallt_antal": Falt("beställt antal", antal),
    "bestallt_enhet": Falt("beställd enhet", kod(Omfattningsenhet)),
}


@dataclass
class Utfortmanad:
    """What is registered of a verkställighet in a month."""

    manad: Manad
    narvaro: int = 0
    franvaro: int = 0
    utforda: int = 0
    avbokade: int = 0
    tid: timedelta = field(default_factory=timedelta)

    @property
    def minuter(self) -> int:
        """Minutes of the visits carried out, from start to end."""
        return self.tid // timedelta(minutes=1)


def alla_utforare(dag: date) -> list[Utforare]:
    """Every utförare in Swedish order, with `antal_enheter`, and in `antal_avtal` those that hold on the day."""
    alla = Utforare.objects.annotate(
        antal_enheter=Count("enheter", distinct=True),
        antal_avtal=Count("avtal", filter=Q(avtal__period__contains=dag), distinct=True),
    )
    return list(alla.order_by(*pa_svenska("namn")))


def enheter(utforare: Utforare) -> QuerySet[Enhet]:
    """The provider's units, with how many verkställigheter each has had in `antal`."""
    return utforare.enheter.annotate(antal=Count("verkstalligheter")).order_by(*pa_svenska("namn"), "nyckel")


def avtal(utforare: Utforare) -> QuerySet[Avtal]:
    """The provider's contracts, the general ones first."""
    return utforare.avtal.select_related("prislista").order_by(F("person").asc(nulls_first=True), "insats", "-fran")


def avtal_for(verk: Verkstallighet) -> list[Avtal]:
    """The contracts that may decide what the verkställighet pays, individavtal first (R2)."""
    beslut = verk.beslut
    urval = Avtal.objects.filter(
        Q(person=None) | Q(person=beslut.person_id),
        utforare=verk.enhet.utforare_id,
        insats=beslut.insats,
        period__overlap=(verk.fran, verk.till),
    )
    return list(urval.select_related("prislista").order_by(F("person").asc(nulls_last=True), "-fran"))


def av_beslut(beslut_id: int) -> QuerySet[Verkstallighet]:
    """The verkställigheter of a beslut, the latest first."""
    return av_flera_beslut([beslut_id])


def av_flera_beslut(beslut: Iterable[int]) -> QuerySet[Verkstallighet]:
    """The verkställigheter of some beslut, the latest first."""
    urval = Verkstallighet.objects.filter(beslut__in=list(beslut))
    return urval.select_related("enhet__utforare").order_by("-fran", "-pk")


def for_person(person_id: int) -> list[Verkstallighet]:
    """Every verkställighet of the person's decisions, those that go on first."""
    alla = Verkstallighet.objects.filter(beslut__person=person_id).select_related("enhet__utforare", "beslut")
    return list(alla.order_by(F("till").desc(nulls_first=True), "-fran", "nyckel"))


def manader(verk: Verkstallighet) -> list[Utfortmanad]:
    """The months that something is registered in, the latest first. Two queries."""
    svar: dict[Manad, Utfortmanad] = {}
    for rad in _per_manad(Narvaro.objects.filter(verkstallighet=verk), "datum").annotate(
        narvaro=Count("datum", filter=Q(kod=Narvarokod.NARVARO)),
        franvaro=Count("datum", filter=Q(kod=Narvarokod.FRANVARO)),
    ):
        manad = Manad.av(rad["manad"])
        svar[manad] = Utfortmanad(manad, narvaro=rad["narvaro"], franvaro=rad["franvaro"])
    utfort = ExpressionWrapper(F("utford_slut") - F("utford_start"), output_field=DurationField())
    for rad in _per_manad(Besok.objects.filter(verkstallighet=verk), "dag").annotate(
        utforda=Count("utford_start"), alla=Count("pk"), tid=Sum(utfort)
    ):
        ett = svar.setdefault(Manad.av(rad["manad"]), Utfortmanad(Manad.av(rad["manad"])))
        ett.utforda, ett.avbokade, ett.tid = rad["utforda"], rad["alla"] - rad["utforda"], rad["tid"] or timedelta()
    return sorted(svar.values(), key=lambda ett: ett.manad, reverse=True)


def _per_manad(urval: QuerySet[Any], dagfalt: str) -> Any:
    return urval.annotate(manad=TruncMonth(dagfalt)).values("manad").order_by("manad")


def narvaro(verk: Verkstallighet, manad: Manad) -> list[Narvaro]:
    """The month's närvaro, day by day."""
    urval = Narvaro.objects.filter(verkstallighet=verk, datum__gte=manad.fran, datum__lt=manad.till)
    return list(urval.order_by("datum"))


def besok(verk: Verkstallighet, manad: Manad) -> list[Besok]:
    """The month's visits in order of time, those that were cancelled among them."""
    urval = Besok.objects.filter(verkstallighet=verk, dag__gte=manad.fran, dag__lt=manad.till)
    return list(urval.order_by("dag", "utford_start", "planerad_start", "nyckel"))


def grannmanader(verk: Verkstallighet, manad: Manad) -> tuple[Manad | None, Manad | None]:
    """The nearest months before and after with something registered. Two queries."""
    fore, efter = [], []
    for urval, falt in ((Narvaro.objects, "datum"), (Besok.objects, "dag")):
        svar = urval.filter(verkstallighet=verk).aggregate(
            fore=Max(falt, filter=Q(**{f"{falt}__lt": manad.fran})),
            efter=Min(falt, filter=Q(**{f"{falt}__gte": manad.till})),
        )
        fore.append(svar["fore"])
        efter.append(svar["efter"])
    tidigare, senare = [ett for ett in fore if ett], [ett for ett in efter if ett]
    return (Manad.av(max(tidigare)) if tidigare else None, Manad.av(min(senare)) if senare else None)


def avtalets_historik(avtal: Avtal) -> list[Historierad]:
    """What imports have changed in the contract."""
    return historik("avtal", avtal, avtal.nyckel, AVTAL_FALT)


def verkstallighetens_historik(verk: Verkstallighet) -> list[Historierad]:
    """What imports have changed in the verkställighet."""
    return historik("verkstalligheter", verk, verk.nyckel, VERKSTALLIGHET_FALT)
