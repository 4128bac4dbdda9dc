"""R4 in words: the price cells that could have been the row's, and why each was chosen or not."""

from datetime import date

from ersattning.forklaring import mal
from ersattning.forklaring.kedja import prisrad_i_ord
from ersattning.forklaring.lasning import Radunderlag
from ersattning.forklaring.typer import ProvatPris
from ersattning.models import Ersattningsrad, Pris
from grund.text import datum_i_ord
from grund.tid import EN_DAG

MEST = 6  # of cells that are shown: the chosen ones, and then the nearest in time
_FALT = (("niva", "nivån"), ("omfattning", "omfattningen"), ("tidsband", "tidsbandet"))


def provade_priser(u: Radunderlag) -> tuple[ProvatPris, ...]:
    """The chosen cells first, then those that fit the row's values but were not chosen."""
    valda = {del_.pris_id for del_ in u.delar}
    passar = [pris for pris in u.kring.priser.values() if _passar(pris, u.rad)]
    passar.sort(key=lambda pris: (pris.pk not in valda, not _galler(pris, u), -pris.fran.toordinal()))
    valt = next((pris for pris in passar if pris.pk in valda), None)
    return tuple(
        ProvatPris(prisrad_i_ord(pris), _varfor(pris, valt, u), pris.pk in valda, mal.pris(pris.prislista_id, pris.pk))
        for pris in passar[:MEST]
    )


def _passar(pris: Pris, rad: Ersattningsrad) -> bool:
    """A cell that names nothing else than the row's own values, in a list that the row was priced from."""
    return all(getattr(pris, falt) in {"", getattr(rad, falt)} for falt, _ in _FALT)


def _galler(pris: Pris, u: Radunderlag) -> bool:
    return any(_galler_dag(pris, dag) for dag in u.dagar)


def _galler_dag(pris: Pris, dag: date) -> bool:
    return pris.fran <= dag and (pris.till is None or dag < pris.till)


def _varfor(pris: Pris, valt: Pris | None, u: Radunderlag) -> str:
    if pris.pk in {del_.pris_id for del_ in u.delar}:
        namngivet = [namn for falt, namn in _FALT if getattr(pris, falt)]
        return f"Valdes: anger {' och '.join(namngivet)}." if namngivet else "Valdes: gäller alla."
    if not _galler(pris, u):
        if pris.till and pris.till <= u.dagar[0]:
            return f"Valdes inte: gällde till och med {datum_i_ord(pris.till - EN_DAG)}."
        return f"Valdes inte: gäller från {datum_i_ord(pris.fran)}."
    for falt, namn in _FALT:
        if valt and getattr(valt, falt) and not getattr(pris, falt):
            return f"Valdes inte: en rad som anger {namn} går före."
    return "Valdes inte: gäller bara en del av dagarna."
