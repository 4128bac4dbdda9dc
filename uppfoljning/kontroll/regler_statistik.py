"""A rule about the statistics that have been handed in: they would be others if they were made today."""

from collections.abc import Sequence

from grund.behorighet import Roll
from grund.tid import EN_DAG
from uppfoljning.kontroll.koder import Objekt
from uppfoljning.kontroll.typer import Fraga, Regel, Traff
from uppfoljning.leveranser.regler import Leveransslag, period_i_ord
from uppfoljning.leveranser.skillnad import alla_som_skiljer_sig


def _skiljer_sig(_: Fraga) -> Sequence[Traff]:
    """The last delivery of each kind, of the same day and by the same layout."""
    return [
        Traff(
            f"{ett.leverans.slag}:{ett.leverans.dag}:{ett.leverans.omgang}",
            period_i_ord(Leveransslag(ett.leverans.slag), ett.leverans.dag),
            ett.leverans.pk,
            None,
            None,
            ett.leverans.dag,
            ett.leverans.dag + EN_DAG,
            {"slag": Leveransslag(ett.leverans.slag).label, "antal": ett.antal, "dag": f"{ett.leverans.dag}"},
        )
        for ett in alla_som_skiljer_sig()
        if ett.antal
    ]


REGLER_STATISTIK = (
    Regel(
        "statistik_skiljer",
        "Statistiken skiljer sig från den lämnade",
        "Den senast lämnade filen av varje slag, om den gjordes i dag: rader som har kommit till, ändrats eller fallit"
        " bort sedan den lämnades.",
        "Uppgifterna har registrerats eller rättats efter leveransen. LSS-statistiken styr utjämningen mellan"
        " kommuner.",
        "Jämför raderna. Är den lämnade filen fel: gör en ny av samma dag och lämna den.",
        Roll.CONTROLLER,
        Objekt.LEVERANS,
        "{slag}, läget {dag}. Rader som skulle bli annorlunda i dag: {antal}.",
        _skiljer_sig,
        per_person=False,
    ),
)
