"""Reads a key figure of Kolada for some municipalities. A few queries."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from uppfoljning.kolada.egna import egna_varden
from uppfoljning.kolada.regler import Egetvarde
from uppfoljning.models import Koladakommun, Koladanyckeltal, Koladavarde, Uppgiftsfil
from uppfoljning.uppgifter.queries import gallande

AR_BAKAT = 6


@dataclass(frozen=True, slots=True)
class Nyckeltalet:
    """A key figure of Kolada, and what of ours is the same (or nothing)."""

    kpi: str
    titel: str
    matt: str
    eget: str
    varfor: str


@dataclass(frozen=True, slots=True)
class Underlag:
    """The values by municipality and year. A value that is None is one that Kolada says is missing."""

    nyckeltal: Nyckeltalet | None
    kon: str
    kommuner: tuple[tuple[str, str], ...]
    aren: tuple[int, ...]
    varden: dict[tuple[str, int], Decimal | None]
    status: dict[tuple[str, int], str]
    egna: dict[int, int]
    kalla: str
    inlast: str


def _fil(slag: str) -> Uppgiftsfil | None:
    return gallande(f"kolada-{slag}")


def nyckeltalen() -> list[Nyckeltalet]:
    """Those that have a title and some value, by id."""
    varden = Koladavarde.objects.filter(fil=_fil("varden")).values("kpi")
    alla = Koladanyckeltal.objects.filter(fil=_fil("nyckeltal"), kpi__in=varden).order_by("kpi")
    return [Nyckeltalet(ett.kpi, ett.titel, ett.matt, ett.eget, ett.varfor) for ett in alla]


def kommunerna() -> list[tuple[str, str]]:
    """Code and name of those that there are values of; one's own first."""
    varden = Koladavarde.objects.filter(fil=_fil("varden")).values("kommun")
    alla = Koladakommun.objects.filter(fil=_fil("kommuner"), kommun__in=varden).order_by("kommun")
    rader = list(alla.values_list("kommun", "namn"))
    return sorted(rader, key=lambda ett: (ett[0] != settings.KOMMUNKOD, ett[0]))


def hamta(kpi: str, kommuner: list[str], kon: str) -> Underlag:
    """The key figure of the latest years that there are values of."""
    nyckeltal = next((ett for ett in nyckeltalen() if ett.kpi == kpi), None)
    fil = _fil("varden")
    rader = list(Koladavarde.objects.filter(fil=fil, kpi=kpi, kommun__in=kommuner, kon=kon))
    aren = tuple(sorted({rad.ar for rad in rader})[-AR_BAKAT:])
    return Underlag(
        nyckeltal=nyckeltal,
        kon=kon,
        kommuner=tuple(ett for ett in kommunerna() if ett[0] in kommuner),
        aren=aren,
        varden={(rad.kommun, rad.ar): rad.varde for rad in rader},
        status={(rad.kommun, rad.ar): rad.status for rad in rader if rad.varde is None and rad.status},
        egna=egna_varden(Egetvarde(nyckeltal.eget)) if nyckeltal and nyckeltal.eget and kon == "T" else {},
        kalla=fil.kalla if fil else "",
        inlast=f"{fil.inlast:%Y-%m-%d}" if fil else "",
    )
