"""That a month's payment files have been fetched: what the alarm of those that nobody fetches looks for."""

from ersattning.models import Fil
from ersattning.models.fil import UTBETALNINGSFILER, Filslag
from grund.behorighet import Ratt, har_ratt
from grund.handelser import skriv_handelse
from grund.models import Anvandare

HAMTAD = "hamta_utbetalningsfil"


def anteckna_hamtad(*, fil: Fil, av: Anvandare) -> None:
    """Note it, as the log of reading does, when it is a file to pay from and fetched by somebody who pays. To look at
    one, as a revisor does, is not to take it to the bookkeeping."""
    if fil.slag not in UTBETALNINGSFILER or not har_ratt(av.roller, Ratt.BETALA_MANAD):
        return
    skriv_handelse(
        av=av,
        handling=HAMTAD,
        objekt=f"korning:{fil.korning}",
        text=f"{Filslag(fil.slag).label} för {fil.korning} hämtades.",
        slag=fil.slag,
    )
