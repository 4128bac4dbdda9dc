"""R40 in words: what a kreditering takes back and what comes instead, and what had changed."""

from ersattning.forklaring.historia import andringar_i_ord
from ersattning.forklaring.lasning import Radunderlag
from ersattning.forklaring.ord import antal_i_ord
from ersattning.forklaring.orsaker import orsaker
from ersattning.forklaring.typer import Rattelsepar, Syskonrad
from grund.pengar import kronor
from grund.text import antal_ord, manad_i_ord, skillnad, stor_forsta


def rattelsemeningar(u: Radunderlag, par: Rattelsepar | None) -> list[str]:
    """Which settled row is taken back, or what the new row stands against, and why."""
    if par is None:
        return []
    manad = manad_i_ord(u.kring.manad)
    if u.rad.krediterar:
        forst = f"Raden tar tillbaka {_en_rad(u)} som fastställdes i körningen {_korning(u)}. Den gällde {manad}."
        resten = _i_stallet(par.tillkomna)
    else:
        forst = f"Raden rättar {manad}, som redan var fastställd."
        resten = _mot(par.krediterade)
    return [forst, resten, f"Skillnaden för verkställigheten är {skillnad(par.skillnad, 2)}\xa0kr.", *_orsak(u)]


def _en_rad(u: Radunderlag) -> str:
    gammal = u.ursprung
    return f"raden på {kronor(gammal.belopp)} ({antal_i_ord(abs(gammal.antal), gammal.enhet_for_antal)})"


def _korning(u: Radunderlag) -> str:
    return manad_i_ord(u.ursprung.korning.manad)


def _i_stallet(nya: tuple[Syskonrad, ...]) -> str:
    if not nya:
        return "Ingenting kommer i stället."
    return f"I stället kommer {antal_ord(len(nya), 'rad', 'rader')}: {_lista(nya)}."


def _mot(gamla: tuple[Syskonrad, ...]) -> str:
    if not gamla:
        return "Inget liknande var betalt förut, så ingenting tas tillbaka."
    return f"{stor_forsta(antal_ord(len(gamla), 'rad', 'rader'))} tas tillbaka: {_lista(gamla)}."


def _lista(rader: tuple[Syskonrad, ...]) -> str:
    return "; ".join(f"{r.artikel.lower()} {antal_i_ord(r.antal, r.enhet)}, {kronor(r.belopp)}" for r in rader)


def _orsak(u: Radunderlag) -> list[str]:
    """What the import noted between the settled calculation and this one, of what may have moved the row."""
    texter = dict.fromkeys(ett.text for ett in andringar_i_ord(orsaker(u), med_paket=False))
    return [f"Det här hade ändrats sedan månaden senast räknades. {' '.join(texter)}"] if texter else []
