"""A tjänsteutlåtande about a report, with its figures as they were when it was made. Pure."""

from grund.text import datum_i_ord
from grund.tid import Manad
from uppfoljning.rapport.avsnitt import avsnitt
from uppfoljning.rapport.innehall import Rapport
from uppfoljning.tjansteutlatande.innehall import Avsnitt, Huvud, Utlatande
from uppfoljning.tjansteutlatande.tabeller import Numrering


def satt_samman(rapport: Rapport, huvud: Huvud) -> Utlatande:
    """The document. `rapport` must be what is public."""
    return Utlatande(
        manad=Manad.av(rapport.per),
        titel=rapport.rubrik,
        huvud=huvud,
        preliminart="",
        forslag=tuple(mening.format(namnd=huvud.namnd) for mening in rapport.forslag),
        sammanfattning=(),
        arendet=tuple(avsnitt(rapport, Numrering())),
        ekonomi=Avsnitt("Ekonomiska konsekvenser", rapport.ekonomi),
        barn=(),
        beslutsunderlag=(
            f"Tjänsteutlåtande {huvud.datum}, {huvud.diarienummer}",
            f"{rapport.rubrik}, läget den {datum_i_ord(rapport.per)}",
        ),
        skickas_till=huvud.skickas_till,
    )
