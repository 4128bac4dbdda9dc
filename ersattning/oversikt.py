"""Reads for the pages of months: a few queries each, whatever the number of rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from ersattning import queries
from ersattning.bedomningar import med_bedomning
from ersattning.filer.queries import PER_UTFORARE
from ersattning.manadsunderlag import manadens_underlag
from ersattning.models import Avvikelse, Fil, Korning, Manadssumma, Manadsunderlag
from ersattning.models.fil import UTBETALNINGSFILER
from ersattning.queries import Framsteg
from ersattning.regler import Avvikelsekod, Status
from grund.models import Andring, Handelse
from grund.text import svensk_ordning
from grund.tid import Manad
from utforare.models import Utforare

_ALLA = Q(utforare=None, insats="")


@dataclass(frozen=True)
class Manadsrad:
    """A month in the list. `summa` is None while it is calculated, `framsteg` otherwise."""

    korning: Korning
    manad: Manad
    summa: Manadssumma | None
    avvikelser: int
    framsteg: Framsteg | None


def manader() -> list[Manadsrad]:
    """Every month that has been run, latest first."""
    korningar = list(Korning.objects.select_related("beraknad_av", "granskad_av", "faststalld_av").order_by("-manad"))
    summor = {summa.korning_id: summa for summa in Manadssumma.objects.filter(_ALLA)}
    per_korning = Avvikelse.objects.filter(ny=True).order_by().values_list("korning").annotate(antal=Count("pk"))
    avvikelser = dict(per_korning.values_list("korning", "antal"))
    return [
        Manadsrad(
            korning=korning,
            manad=Manad.av(korning.manad),
            summa=summor.get(korning.pk),
            avvikelser=avvikelser.get(korning.pk, 0),
            framsteg=queries.framsteg(korning) if korning.status == Status.BERAKNAS else None,
        )
        for korning in korningar
    ]


def korbara_manader(idag: date) -> list[Manad]:
    """The months that may be run, in order: from the earliest that is not settled, or two years back, to this month."""
    senast, nu = queries.senast_faststallda(), Manad.av(idag)
    forsta = senast.plus(1) if senast else nu.plus(-23)
    return list(forsta.till_och_med(max(nu, forsta)))


@dataclass(frozen=True)
class Utforarsumma:
    """What a körning gives an utförare, and what there is to look at and to download."""

    utforare: Utforare
    summa: Manadssumma
    avvikelser: int
    filer: Sequence[Fil]


@dataclass(frozen=True)
class Avvikelseslag:
    """How many avvikelser of a kind there are."""

    kod: str
    namn: str
    antal: int
    personer: int
    tidigare_manader: int
    bedomda: int


@dataclass(frozen=True)
class Manadsbild:
    """All that a month's page shows of what was calculated."""

    korning: Korning
    manad: Manad
    fore: Korning | None
    alla: Manadssumma | None
    per_utforare: Sequence[Utforarsumma]
    per_insats: Sequence[Manadssumma]
    avvikelser: Sequence[Avvikelseslag]
    filer: Sequence[Fil]
    saknade_filer: int

    @property
    def antal_avvikelser(self) -> int:
        """All that there is to look at."""
        return sum(slag.antal for slag in self.avvikelser)

    @property
    def antal_bedomda(self) -> int:
        """Of them, how many somebody has assessed."""
        return sum(slag.bedomda for slag in self.avvikelser)


def manadsbild(korning: Korning) -> Manadsbild:
    """A calculated month. Its number of queries does not grow with the month."""
    manad = Manad.av(korning.manad)
    summor = list(Manadssumma.objects.filter(korning=korning).select_related("utforare"))
    fil_per_utforare = _filer(korning)
    per_utforare = _per_utforare(korning, [s for s in summor if s.utforare], fil_per_utforare)
    return Manadsbild(
        korning=korning,
        manad=manad,
        fore=queries.hamta_korning(manad.plus(-1)),
        alla=next((s for s in summor if s.utforare is None and not s.insats), None),
        per_utforare=per_utforare,
        per_insats=sorted((s for s in summor if s.insats), key=lambda s: svensk_ordning(s.get_insats_display())),
        avvikelser=avvikelseslag(korning),
        filer=fil_per_utforare.get(None, []),
        saknade_filer=_saknade(per_utforare, fil_per_utforare.get(None, [])),
    )


def _per_utforare(
    korning: Korning, summor: Sequence[Manadssumma], filer: dict[int | None, list[Fil]]
) -> list[Utforarsumma]:
    """Every utförare that has rows or something to look at, in Swedish order."""
    avvikelser = _avvikelser_per_utforare(korning)
    med_rader = {summa.utforare: summa for summa in summor if summa.utforare}
    utan_rader = Utforare.objects.filter(pk__in=avvikelser.keys() - {utforare.pk for utforare in med_rader})
    alla = med_rader | {utforare: Manadssumma(korning=korning, utforare=utforare) for utforare in utan_rader}
    return [
        Utforarsumma(utforare, alla[utforare], avvikelser.get(utforare.pk, 0), filer.get(utforare.pk, []))
        for utforare in sorted(alla, key=lambda utforare: svensk_ordning(utforare.namn))
    ]


def _saknade(per_utforare: Sequence[Utforarsumma], controllerns: Sequence[Fil]) -> int:
    """How many files are not made: as filer.queries.saknade_filer, but without looking through the rows."""
    med = [rad for rad in per_utforare if rad.summa.rader or rad.avvikelser]
    return sum(len(PER_UTFORARE) - len(rad.filer) for rad in med) + (0 if controllerns else 1)


def _filer(korning: Korning) -> dict[int | None, list[Fil]]:
    """The körning's files by utförare, None = the controller's."""
    svar: dict[int | None, list[Fil]] = defaultdict(list)
    for fil in Fil.objects.filter(korning=korning).exclude(slag__in=UTBETALNINGSFILER).order_by("slag"):
        svar[fil.utforare_id].append(fil)
    return svar


def _avvikelser_per_utforare(korning: Korning) -> dict[int, int]:
    nya = Avvikelse.objects.filter(korning=korning, ny=True).order_by()
    return dict(nya.values_list("utforare").annotate(antal=Count("pk")).values_list("utforare", "antal"))


def avvikelseslag(korning: Korning) -> list[Avvikelseslag]:
    """The körning's new avvikelser by kind, in the order of the rules."""
    nya = med_bedomning(Avvikelse.objects.filter(korning=korning, ny=True)).order_by().values("kod")
    tal = nya.annotate(
        antal=Count("pk"),
        personer=Count("person", distinct=True),
        aldre=Count("pk", filter=~Q(manad=korning.manad)),
        bedomda=Count("pk", filter=Q(bedomd=True)),
    )
    per_kod = {rad["kod"]: rad for rad in tal.values("kod", "antal", "personer", "aldre", "bedomda")}
    return [_slag(kod, per_kod[kod]) for kod in Avvikelsekod if kod in per_kod]


def _slag(kod: Avvikelsekod, tal: dict[str, int]) -> Avvikelseslag:
    return Avvikelseslag(kod, kod.label, tal["antal"], tal["personer"], tal["aldre"], tal["bedomda"])


@dataclass(frozen=True)
class Underlagslage:
    """When the underlag was last read in, how many changes have come since the month was calculated, and what each
    utförare had registered for it then."""

    inlast: datetime | None
    andringar: int
    registrerat: Sequence[Manadsunderlag]


def underlagslage(korning: Korning) -> Underlagslage:
    """What is known of the underlag of `korning`. A later change counts if its days may be paid by this körning."""
    inlast = Handelse.objects.filter(handling="las_in").aggregate(senast=Max("tidpunkt"))["senast"]
    registrerat = manadens_underlag(korning)
    if korning.ar_fast:
        return Underlagslage(inlast, 0, registrerat)
    manad = Manad.av(korning.manad)
    senare = Andring.objects.filter(pk__gt=korning.andring_nr, fran__lt=manad.till)
    if not korning.bar_rattelser:
        senare = senare.filter(Q(till=None) | Q(till__gt=manad.fran))
    return Underlagslage(inlast, senare.count(), registrerat)


def handelser(korning: Korning) -> QuerySet[Handelse]:
    """What has been done with the körning, latest first."""
    return alla_handelser(korning).exclude(handling="skapa_fil")  # one for each file, and they are shown as files


def alla_handelser(korning: Korning) -> QuerySet[Handelse]:
    """The same, with the files that were made."""
    return Handelse.objects.filter(objekt=f"korning:{korning}").select_related("av").order_by("-tidpunkt", "-pk")
