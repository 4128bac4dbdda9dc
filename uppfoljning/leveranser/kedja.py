"""Whether this month's file of ongoing beslut follows from the last: what is new began, and what is gone ended."""

from collections.abc import Iterator, Mapping
from datetime import date

from beslut.models import Beslut
from grund.tid import EN_DAG, Manad
from uppfoljning.leveranser.regler import Allvar, Anmarkning, Leveranslage, Leveransslag
from uppfoljning.leveranser.underlag import borjade, slutade
from uppfoljning.models import Leverans

_NYTT = "Beslutet är nytt i filen men började inte i månaden. Förra månadens fil skulle ha haft det."
_BORTA = "Beslutet stod i förra månadens fil och är borta, men slutade inte. Det har ändrats i efterhand."


def anmarkningar(dag: date, nu: Mapping[str, int]) -> Iterator[Anmarkning]:
    """What does not follow, when the month before has been delivered. `nu`: persons by the beslut's key."""
    manad = Manad.av(dag)
    forra = (
        Leverans.objects.filter(slag=Leveransslag.SOL_PAGAENDE, status=Leveranslage.LAMNAD, dag=manad.fran - EN_DAG)
        .order_by("-omgang")
        .first()
    )
    if forra is None:
        return
    da = dict(forra.rader.values_list("nyckel", "person_id"))
    skiljer = nu.keys() ^ da.keys()
    beslut = {ett.nyckel: ett for ett in Beslut.objects.filter(nyckel__in=skiljer).select_related("person")}
    for nyckel in sorted(skiljer):
        ett = beslut.get(nyckel)
        if nyckel in nu and not (ett and borjade(ett, manad)):
            yield Anmarkning(Allvar.VARNAR, _NYTT, nyckel, "", nu[nyckel])
        if nyckel in da and not (ett and (slutade(ett, manad) or slutade(ett, manad.plus(-1)))):
            yield Anmarkning(Allvar.VARNAR, _BORTA, nyckel, "", da[nyckel])
