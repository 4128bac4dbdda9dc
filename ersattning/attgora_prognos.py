"""That no prognos has been made since the last month was settled: for whoever makes them."""

from datetime import date

from django.urls import reverse

from ersattning.prognos.queries import klara, ny_saknas
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import datum_i_ord, manad_i_ord


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """One line at most. `alla` changes nothing: the prognos is everybody's."""
    del idag, alla
    manad = ny_saknas() if har_ratt(vem.roller, Ratt.GORA_PROGNOS) else None
    if manad is None:
        return []
    senast = klara().first()
    uppgift = Uppgift(
        nar=manad_i_ord(manad),
        nar_under="är fastställd",
        vem="Prognos",
        adress=reverse("ersattning:prognoser"),
        vad="Årets kostnad mot budgeten",
        lage="Inte gjord",
        lage_under=f"den förra gjordes {datum_i_ord(senast.idag)}" if senast else "",
        nasta="Gör en prognos",
        nasta_adress=reverse("ersattning:ny_prognos"),
    )
    ingress = "Ingen prognos är gjord sedan den senaste månaden fastställdes."
    return [Uppgiftsgrupp("prognos", "Prognos", "Prognos att göra", ingress, [uppgift], 1)]
