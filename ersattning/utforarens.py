"""What a utförare is paid for, as it sees it: its own rows and files of settled months, and nobody else's."""

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from beslut.ord import insats_i_ord
from ersattning.filer.queries import ordnade_rader
from ersattning.models import Ersattningsrad, Fil, Korning
from ersattning.models.fil import Filslag
from ersattning.regler import FAST, Artikel, Radtyp
from grund.text import stor_forsta
from grund.tid import Manad
from utforare.models import Enhet, Utforare


@dataclass(slots=True)
class Manadsrad:
    """A settled month: what it came to, and its files."""

    manad: Manad
    korning: Korning
    belopp: Decimal = Decimal(0)
    rader: int = 0
    filer: list[Fil] = field(default_factory=list)
    andras: bool = False  # there are files, but they tell of enheter that are not the user's


@dataclass(frozen=True, slots=True)
class Post:
    """What is paid for one insats and artikel, ordinary or corrections."""

    insats: str
    artikel: str
    typ: str
    antal: Decimal
    enhet: str
    rader: int
    belopp: Decimal


def manader(utforare: Utforare, mina: Collection[Enhet]) -> list[Manadsrad]:
    """The settled months that pay the utförare or have a file for it, the latest first. Four queries."""
    fasta = {k.pk: Manadsrad(Manad.av(k.manad), k) for k in Korning.objects.filter(status__in=FAST).order_by("-manad")}
    rader = Ersattningsrad.objects.filter(korning__in=fasta, utforare=utforare).values("korning_id")
    for rad in rader.annotate(summa=Sum("belopp"), antal=Count("pk")).order_by():
        ett = fasta[rad["korning_id"]]
        ett.belopp, ett.rader = rad["summa"], rad["antal"]
    for fil in filer(utforare, mina).filter(korning__in=fasta):
        fasta[fil.korning_id].filer.append(fil)
    for pk in _egna_filer(utforare).filter(_om_andra(utforare, mina)).values_list("korning_id", flat=True):
        fasta[pk].andras = True
    return [ett for ett in fasta.values() if ett.rader or ett.filer]


def filer(utforare: Utforare, mina: Collection[Enhet]) -> QuerySet[Fil]:
    """The utförare's own files of settled months. A file tells of persons at every enhet of the utförare, so it is for
    those who report for all of those that it has rows about (SoLPUF 21 §)."""
    return _egna_filer(utforare).filter(~_om_andra(utforare, mina))


def har_andras(korning: Korning, utforare: Utforare, mina: Collection[Enhet]) -> bool:
    """Whether the month has files that tell of enheter that are not the user's."""
    return _egna_filer(utforare).filter(_om_andra(utforare, mina), korning=korning).exists()


def _egna_filer(utforare: Utforare) -> QuerySet[Fil]:
    egna = Fil.objects.filter(utforare=utforare, korning__status__in=FAST).exclude(slag=Filslag.MANAD_XLSX)
    return egna.select_related("korning").order_by("slag")


def _om_andra(utforare: Utforare, mina: Collection[Enhet]) -> Exists:
    rader = Ersattningsrad.objects.filter(korning=OuterRef("korning"), utforare=utforare)
    return Exists(rader.exclude(Q(enhet__in=[ett.pk for ett in mina]) | Q(enhet=None)))


def poster(korning: Korning, utforare: Utforare) -> list[Post]:
    """The month summed by insats, artikel and kind of row."""
    grupp = ("insats", "artikel", "typ", "enhet_for_antal")
    rader = Ersattningsrad.objects.filter(korning=korning, utforare=utforare).values(*grupp)
    summor = rader.annotate(summa=Sum("belopp"), mangd=Sum("antal"), antal_rader=Count("pk")).order_by()
    ordning = (Radtyp.values, Artikel.values)
    ordnade = sorted(summor, key=lambda r: (r["insats"], ordning[0].index(r["typ"]), ordning[1].index(r["artikel"])))
    return [
        Post(
            insats_i_ord(rad["insats"]),
            stor_forsta(Artikel(rad["artikel"]).label),
            stor_forsta(Radtyp(rad["typ"]).label),
            rad["mangd"],
            rad["enhet_for_antal"],
            rad["antal_rader"],
            rad["summa"],
        )
        for rad in ordnade
    ]


def rader(korning: Korning, enhet: Enhet) -> QuerySet[Ersattningsrad]:
    """The rows of an enhet, in the order of the specification. Persons of two enheter are not put together."""
    return ordnade_rader(korning, utforare=enhet.utforare).filter(enhet=enhet).defer("grund")


def enheternas_summor(korning: Korning, enheter: Collection[Enhet]) -> list[tuple[Enhet, int, Decimal]]:
    """How many rows each of these enheter has in the month, and their sum."""
    egna = Ersattningsrad.objects.filter(korning=korning, enhet__in=enheter).values("enhet_id")
    summor = {rad["enhet_id"]: rad for rad in egna.annotate(antal=Count("pk"), summa=Sum("belopp")).order_by()}
    return [(ett, summor[ett.pk]["antal"], summor[ett.pk]["summa"]) for ett in enheter if ett.pk in summor]


def utan_enhet(korning: Korning, utforare: Utforare) -> QuerySet[Ersattningsrad]:
    """The month's justeringar that are the utförare's and of no enhet (R51). They are about no person."""
    return Ersattningsrad.objects.filter(korning=korning, utforare=utforare, enhet=None).order_by("pk")


def rad(pk: int, enheter: Collection[Enhet]) -> Ersattningsrad | None:
    """A row of a settled month, if it is one of these enheter's, or their utförare's and of no enhet."""
    egen = Q(enhet__in=enheter) | Q(enhet=None, utforare__in={ett.utforare_id for ett in enheter})
    egna = Ersattningsrad.objects.filter(egen, pk=pk, korning__status__in=FAST)
    return egna.select_related("person").first()
