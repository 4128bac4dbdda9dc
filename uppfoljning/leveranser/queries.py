"""Deliveries as they are stored, and what one made today would hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from uppfoljning.leveranser import protokoll
from uppfoljning.leveranser.enheter import enhetsuppgifter
from uppfoljning.leveranser.jamforelse import Skillnad, jamfor
from uppfoljning.leveranser.layout import Layout, Sattrad, las, rendera, satt
from uppfoljning.leveranser.regler import Anmarkning, Leveranslage, Leveransslag, Underlag
from uppfoljning.leveranser.underlag import hamta
from uppfoljning.models import Leverans, Leveranslayout

# What is another month after month, and says nothing of what has changed.
BORTSE = frozenset({"manad", "ar", "kommunkod"})


class Forvanskad(Exception):  # noqa: N818  it must stop everything
    """The stored rows no longer give the bytes that the delivery was made of."""


@dataclass(frozen=True, slots=True)
class Fil:
    """A file as it would be made now: the facts, the rows as printed, and what of them cannot be printed."""

    layout: Layout
    underlag: Underlag
    rader: tuple[Sattrad, ...]
    anmarkningar: tuple[Anmarkning, ...]

    @property
    def innehall(self) -> bytes:
        """The bytes."""
        return rendera(self.layout, [rad.varden for rad in self.rader])


def gallande_layout(slag: Leveransslag, dag: date) -> Leveranslayout | None:
    """The layout of files of `dag`: the highest version that holds then."""
    return Leveranslayout.objects.filter(slag=slag, period__contains=dag).order_by("-version").first()


def gor_fil(layout: Leveranslayout, dag: date) -> Fil:
    """The file of `dag`, from what is known today."""
    slag = Leveransslag(layout.slag)
    definition = las(slag, layout.definition)
    underlag = hamta(slag, dag, enhetsuppgifter())
    rader, anmarkningar = satt(definition, underlag.rader)
    return Fil(definition, underlag, tuple(rader), tuple(anmarkningar))


def rader(leverans: Leverans) -> tuple[Layout, tuple[Sattrad, ...]]:
    """The rows as they were printed, in the file's order, with the layout that they were printed by."""
    alla = leverans.rader.order_by("nummer").values_list("nyckel", "person_id", "varden")
    layout = las(Leveransslag(leverans.slag), leverans.layout.definition)
    return layout, tuple(Sattrad(nyckel, person, tuple(varden)) for nyckel, person, varden in alla)


def innehall(leverans: Leverans) -> bytes:
    """The file's bytes, made again of its rows. Raises Forvanskad if they are not the same."""
    layout, alla = rader(leverans)
    svar = rendera(layout, [rad.varden for rad in alla])
    if sha256(svar).hexdigest() != leverans.sha256:
        msg = f"Leverans {leverans.pk} ger inte längre samma fil."
        raise Forvanskad(msg)
    return svar


def senast_lamnad(slag: Leveransslag) -> Leverans | None:
    """The last that was delivered, of the latest day."""
    urval = Leverans.objects.filter(slag=slag, status=Leveranslage.LAMNAD)
    return urval.select_related("layout").order_by("-dag", "-omgang").first()


def jamford_med(leverans: Leverans) -> Leverans | None:
    """What it is compared with: an earlier delivery of the same day, or of the time before.

    What began and ended in one month says nothing of the next, so those are only compared with the same month's.
    """
    slag = Leveransslag(leverans.slag)
    forra = (
        Leverans.objects.filter(slag=slag, status=Leveranslage.LAMNAD, dag__lte=leverans.dag)
        .exclude(dag=leverans.dag, omgang__gte=leverans.omgang)
        .select_related("layout")
        .order_by("-dag", "-omgang")
        .first()
    )
    if forra and slag is Leveransslag.SOL_FORANDRADE and forra.dag != leverans.dag:
        return None
    return forra


def skillnad_mot(forra: Leverans, nu: tuple[Layout, Sequence[Sattrad]]) -> Skillnad:
    """From what was delivered to `nu`."""
    return jamfor(rader(forra), nu, bortse=BORTSE)


def las_protokoll(leverans: Leverans) -> protokoll.Protokoll:
    """What was checked."""
    return protokoll.las(leverans.protokoll)
