"""Reads the answers of a survey, year by year. Two queries."""

from collections import defaultdict
from dataclasses import dataclass

from uppfoljning.brukarundersokning.skydd import Fragesvar, Svar
from uppfoljning.models import Enkatrad, Uppgiftsfil
from uppfoljning.uppgifter.queries import gallande_per_period

SLAG = "brukarundersokning"


@dataclass(frozen=True, slots=True)
class Underlag:
    """A survey: the answers of each year that there is a file for, by enhet in the order of their keys."""

    ar: int
    enkat: str
    namn: dict[int, str]
    per_ar: dict[int, tuple[Svar, ...]]
    kalla: str

    @property
    def svar(self) -> tuple[Svar, ...]:
        """Those of the year that the report is of."""
        return self.per_ar.get(self.ar, ())


def filerna() -> dict[int, Uppgiftsfil]:
    """The file that holds of each year."""
    return {int(period): fil for period, fil in gallande_per_period(SLAG).items()}


def enkater() -> list[str]:
    """Surveys that somebody has answered."""
    filer = filerna().values()
    return list(Enkatrad.objects.filter(fil__in=filer).order_by("enkat").values_list("enkat", flat=True).distinct())


def hamta(enkat: str, ar: int) -> Underlag:
    """The survey up to the year."""
    filer = {fil.pk: aret for aret, fil in filerna().items() if aret <= ar}
    rader = Enkatrad.objects.filter(fil__in=filer, enkat=enkat).select_related("enhet").order_by("enhet__nyckel", "rad")
    per: dict[int, dict[tuple[int, str], list[Enkatrad]]] = defaultdict(lambda: defaultdict(list))
    namn: dict[int, str] = {}
    for rad in rader:
        per[filer[rad.fil_id]][rad.enhet_id, rad.kon].append(rad)
        namn[rad.enhet_id] = rad.enhet.namn
    kalla = next((fil.kalla for aret, fil in filerna().items() if aret == ar), "")
    return Underlag(ar, enkat, namn, {aret: tuple(map(_svar, delar.values())) for aret, delar in per.items()}, kalla)


def _svar(rader: list[Enkatrad]) -> Svar:
    forsta = rader[0]
    fragor = tuple(Fragesvar(ett.omrade, ett.fraga, ett.svar, ett.positiva) for ett in rader)
    return Svar(forsta.enhet_id, forsta.kon, forsta.tillfragade, forsta.svarande, fragor)
