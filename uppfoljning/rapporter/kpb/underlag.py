"""What is put in for KPB: the ledger summary of a year, and the limits of what is out of the ordinary."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from grund.text import manad_i_ord
from grund.tid import Manad
from uppfoljning.models import Bokslutsrad, Uppgiftsfil, Ytterfallsgrans
from uppfoljning.rapporter.kpb.fordelning import Post
from uppfoljning.rapporter.kpb.regler import Gransmatt, Grund
from uppfoljning.uppgifter.queries import gallande, gallande_per_period

HELA_ARET = 12


@dataclass(frozen=True, slots=True)
class Bokslut:
    """The accounts of a year, or of its first `manader` months. `kalla`: which upload it is."""

    ar: int
    manader: int
    poster: tuple[Post, ...]
    kalla: str

    @property
    def fran(self) -> date:
        """First day."""
        return date(self.ar, 1, 1)

    @property
    def till(self) -> date:
        """The day after the last."""
        return Manad(self.ar, self.manader).till

    @property
    def helt(self) -> bool:
        """The whole year."""
        return self.manader == HELA_ARET

    @property
    def markning(self) -> str:
        """Which accounts these are, told from those of any other year and from other uploads of the same."""
        return f"{self.ar}, {self.manader} månader, {self.kalla}"

    @property
    def namn(self) -> str:
        """`2025`, `januari–maj 2026`."""
        sista = manad_i_ord(Manad(self.ar, self.manader))
        return str(self.ar) if self.helt else f"januari–{sista}" if self.manader > 1 else sista


@dataclass(frozen=True, slots=True)
class Grans:
    """What is out of the ordinary: below `lagst` or above `hogst` for a person in a year. `insats` empty = all."""

    insats: str
    matt: Gransmatt
    lagst: Decimal | None
    hogst: Decimal | None

    def utanfor(self, varde: Decimal | Fraction, manader: int) -> bool:
        """Whether what there was in so many months is, if the year goes on like that."""
        pa_aret = Fraction(varde) * HELA_ARET / manader
        return (self.lagst is not None and pa_aret < self.lagst) or (self.hogst is not None and pa_aret > self.hogst)


def boksluten() -> dict[int, Bokslut]:
    """The accounts that hold, by year, the earliest first. Two queries."""
    filer = {fil.pk: fil for fil in gallande_per_period("bokslut").values()}
    poster: dict[int, list[Bokslutsrad]] = defaultdict(list)
    for rad in Bokslutsrad.objects.filter(fil__in=filer).order_by("rad"):
        poster[rad.fil_id].append(rad)
    return {int(fil.period): _bokslut(fil, poster[pk]) for pk, fil in filer.items()}


def _bokslut(fil: Uppgiftsfil, rader: Sequence[Bokslutsrad]) -> Bokslut:
    kalla = f"{fil.kalla}, version {fil.version}"
    return Bokslut(int(fil.period), rader[0].manader, tuple(map(_post, rader)), kalla)


def _post(rad: Bokslutsrad) -> Post:
    return Post(
        nummer=rad.rad,
        verksamhet=rad.verksamhet,
        insats=rad.insats,
        utforare=rad.utforare_id,
        regi=rad.regi,
        bruttokostnad=rad.bruttokostnad,
        interna_intakter=rad.interna_intakter,
        forsaljning=rad.forsaljning,
        grund=Grund(rad.fordelas_efter),
    )


def granser() -> tuple[Grans, ...]:
    """The limits that hold."""
    rader = Ytterfallsgrans.objects.filter(fil=gallande("ytterfall")).order_by("rad")
    return tuple(Grans(rad.insats, Gransmatt(rad.matt), rad.lagst, rad.hogst) for rad in rader)
