"""Invoices to list, and one with its lines beside the rows that they are about. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When

from ersattning.fakturaregler import ATT_HANTERA, Fakturaslag, Fakturastatus
from ersattning.models import (
    Ersattningsrad,
    Faktura,
    Fakturaanteckning,
    Fakturafil,
    Fakturalage,
    Fakturarad,
    Korning,
)
from ersattning.regler import FAST
from grund.tid import Manad

_TECKEN = Case(When(slag=Fakturaslag.KREDITNOTA, then=Value(-1)), default=Value(1))
ATT_GORA = Q(lage__status__in=ATT_HANTERA, lage__avslutad=False)  # somebody must do something


def fakturor() -> QuerySet[Any]:
    """All, with `belopp` as it counts (a credit note gives back), and `senast`: what was last done about it."""
    anteckningar = Fakturaanteckning.objects.filter(faktura=OuterRef("pk")).order_by("-pk")
    return Faktura.objects.select_related("utforare", "lage").annotate(
        belopp=F("att_betala") * _TECKEN, senast=Subquery(anteckningar.values("atgard")[:1])
    )


def manader() -> list[Manad]:
    """Months that there are invoices of, the latest first."""
    alla = Faktura.objects.filter(fran__isnull=False).values_list("fran", flat=True).distinct()
    return sorted({Manad.av(dag) for dag in alla if dag}, reverse=True)


@dataclass(frozen=True)
class Laget:
    """How many invoices stand how, and how much the open ones differ."""

    alla: int
    utan_hand: int
    att_hantera: int
    skillnad: Decimal
    vantar: int


def laget() -> Laget:
    """Of all invoices."""
    kvar = Q(status__in=ATT_HANTERA, avslutad=False)
    tal = Fakturalage.objects.aggregate(
        alla=Count("pk"),
        att_hantera=Count("pk", filter=kvar),
        skillnad=Sum("differens", filter=kvar, default=Decimal(0)),
        vantar=Count("pk", filter=Q(status=Fakturastatus.VANTAR)),
    )
    return Laget(utan_hand=tal["alla"] - tal["att_hantera"] - tal["vantar"], **tal)


def vantar_pa_fast_manad() -> int:
    """Lines that wait for a month that has been settled since."""
    fasta = Korning.objects.filter(status__in=FAST).values_list("manad", flat=True)
    vantar = Fakturarad.objects.filter(provning__status=Fakturastatus.VANTAR).select_related("faktura")
    dagar = vantar.annotate(dag=Case(When(fran=None, then=F("faktura__fran")), default=F("fran")))
    alla = set(fasta)
    return sum(Manad.av(dag).fran in alla for dag in dagar.values_list("dag", flat=True) if dag)


def filer() -> QuerySet[Fakturafil]:
    """The files that have come, the latest first."""
    return Fakturafil.objects.select_related("av").order_by("-mottagen", "-pk")


@dataclass(frozen=True)
class Forslagsvisning:
    """Rows that a line may be about. `ledig`: nobody has taken them since."""

    rader: Sequence[Ersattningsrad]
    skal: Sequence[str]
    ledig: bool

    @property
    def nyckel(self) -> str:
        """Which rows."""
        return "-".join(str(rad.pk) for rad in self.rader)


@dataclass(frozen=True)
class Radvisning:
    """A line, the rows that it takes, and what it may be about. `andra`: lines that it hangs together with."""

    rad: Any
    rader: Sequence[Ersattningsrad]
    underlag: Decimal
    forslag: Sequence[Forslagsvisning]
    andra: Sequence[tuple[str, Fakturarad]]

    @property
    def belopp(self) -> Decimal:
        """As it counts."""
        return Decimal(self.rad.faktura.tecken * self.rad.belopp)


def rader(faktura: Faktura) -> list[Radvisning]:
    """The invoice's lines in its order, with a bounded number of queries."""
    alla = list(
        Fakturarad.objects.filter(faktura=faktura)
        .select_related(
            "faktura", "provning__kopplad_av", "provning__krediterar__faktura", "provning__minskar__faktura",
            "krediterad_av__rad__faktura", "minskad_av__rad__faktura",
        )
        .prefetch_related("tackningar")
        .order_by("plats")
    )  # fmt: skip
    nycklar = {ett.rad_id for rad in alla for ett in rad.tackningar.all()}
    nycklar |= {pk for rad in alla for forslag in rad.provning.forslag for pk in forslag["rader"]}
    hittade = Ersattningsrad.objects.filter(pk__in=nycklar).select_related("tackning").defer("grund")
    underlag = {ett.pk: ett for ett in hittade}
    return [_visning(rad, underlag) for rad in alla]


def _visning(rad: Any, underlag: dict[int, Ersattningsrad]) -> Radvisning:
    tagna = [underlag[ett.rad_id] for ett in rad.tackningar.all()]
    forslag = [
        Forslagsvisning(egna := [underlag[pk] for pk in ett["rader"]], ett["skal"], not any(map(_tagen, egna)))
        for ett in rad.provning.forslag
    ]
    return Radvisning(rad, tagna, sum((ett.belopp for ett in tagna), Decimal(0)), forslag, list(_andra(rad)))


def _tagen(rad: Ersattningsrad) -> bool:
    return hasattr(rad, "tackning")


def _andra(rad: Any) -> Any:
    """Lines of other documents that this one takes back or is taken back by."""
    provning = rad.provning
    if provning.krediterar:
        yield "Tar tillbaka", provning.krediterar
    if provning.minskar:
        yield "Reglerar skillnaden på", provning.minskar
    if hasattr(rad, "krediterad_av"):
        yield "Krediterad av", rad.krediterad_av.rad
    if hasattr(rad, "minskad_av"):
        yield "Skillnaden är reglerad av", rad.minskad_av.rad
