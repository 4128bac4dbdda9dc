"""Our own figures that may stand beside Kolada's, by year: counted in what was delivered to Socialstyrelsen."""

from collections.abc import Mapping

from beslut.regler import Insats
from uppfoljning.kolada.regler import Egetvarde
from uppfoljning.leveranser.layout import Layout, las
from uppfoljning.leveranser.queries import rader
from uppfoljning.leveranser.regler import Leveranslage, Leveransslag
from uppfoljning.models import Leverans

# The facts that each is counted by: a person with any of them. None = every row.
_UPPGIFTER: Mapping[Egetvarde, tuple[str, ...] | None] = {
    Egetvarde.LSS_PERSONER: None,
    Egetvarde.LSS_BOSTAD: ("boende9_bostad", "boende9_annan"),
    Egetvarde.LSS_DAGLIG: (Insats.DAGLIG_VERKSAMHET.value,),
    Egetvarde.LSS_ASSISTANS: (Insats.PERSONLIG_ASSISTANS.value,),
    Egetvarde.LSS_KONTAKTPERSON: (Insats.KONTAKTPERSON.value,),
}


def egna_varden(vad: Egetvarde) -> dict[int, int]:
    """The figure of each year whose LSS statistics have been delivered, as they were delivered last."""
    lamnade = Leverans.objects.filter(slag=Leveransslag.LSS, status=Leveranslage.LAMNAD).select_related("layout")
    sista = {ett.dag.year: ett for ett in lamnade.order_by("dag", "omgang")}
    return {ar: antal for ar, ett in sista.items() if (antal := _antal(ett, vad)) is not None}


def _antal(leverans: Leverans, vad: Egetvarde) -> int | None:
    """None = the layout of the delivery cannot tell."""
    uppgifter = _UPPGIFTER[vad]
    if uppgifter is None:
        return leverans.antal
    platser = _platser(las(Leveransslag.LSS, leverans.layout.definition), uppgifter)
    if len(platser) < len(uppgifter):
        return None
    return sum(any(rad.varden[plats] == ja for plats, ja in platser) for rad in rader(leverans)[1])


def _platser(layout: Layout, uppgifter: tuple[str, ...]) -> list[tuple[int, str]]:
    """Where in a row each stands, and how yes is written there."""
    return [
        (plats, kolumn.koder.get("ja", "1"))
        for plats, kolumn in enumerate(layout.kolumner)
        if kolumn.uppgift in uppgifter
    ]
