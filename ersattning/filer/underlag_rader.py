"""What a row is made of, read from its own `grund`: its days and its visits, with the units that each gives. Pure.

A kreditering carries the `grund` of the row that it takes back, and its units are negative.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from ersattning.filer.innehall import Rad
from ersattning.kalkyl.dagar import Kalender, nummer
from ersattning.regler import Artikel, Bonusdel, Radenhet, Radtyp
from grund.tid import Manad

_DAGEN_AR = {
    Artikel.DYGN: "närvaro",
    Artikel.NARVARO: "närvaro",
    Artikel.FRANVARO: "frånvaro",
    Artikel.MANAD: "dag i månaden",
    Artikel.AVSLUT: "efter avslut",
    Artikel.BESTALLD_TID: "beställd tid",
}
_MANGD = {Radenhet.TIMME: ("minut", "minuter"), Radenhet.STYCK: ("betalning", "betalningar")}
_PER_ENHET = {Radenhet.DYGN: 1, Radenhet.DAG: 1, Radenhet.STYCK: 1, Radenhet.TIMME: 60}


class Dagrad(NamedTuple):
    """A day that counts in a row: what it is, its place in the run of absence, and the units that it gives."""

    dag: date
    vad: str
    plats: int | None
    mangd: Fraction


class Besoksrad(NamedTuple):
    """A visit, or what of it falls in the row's time band: its key, its day, and the minutes that it gives."""

    nyckel: str
    dag: date
    minuter: int


@dataclass(frozen=True)
class Underlag:
    """A row with all that its antal is made of. `nummer` is its own in the workbook."""

    nummer: int
    rad: Rad
    dagar: Sequence[Dagrad]
    besok: Sequence[Besoksrad]

    @property
    def mangd(self) -> Fraction:
        """Days, or minutes, as the days and visits give them."""
        return sum((dag.mangd for dag in self.dagar), Fraction(0)) + sum(besok.minuter for besok in self.besok)

    def mangden_ar(self, mangd: Fraction) -> str:
        """What `mangd`, the row's or a day's, counts."""
        en, flera = _MANGD.get(Radenhet(self.rad.antalsenhet), ("dag", "dagar"))
        return en if abs(mangd) == 1 else flera

    @property
    def per_enhet(self) -> int:
        """How many of what `mangd` counts make one of the row's unit."""
        return _PER_ENHET.get(Radenhet(self.rad.antalsenhet)) or Manad.av(self.rad.avser).dagar


def underlag(plats: int, rad: Rad, grund: Sequence[Mapping[str, Any]]) -> Underlag:
    """The row `rad` as number `plats`, with its parts (ersattning.kalkyl.typer.Del) laid out."""
    kalender, tecken = Kalender.for_manad(Manad.av(rad.avser)), -1 if rad.typ == Radtyp.KREDITERING else 1
    dagar: list[Dagrad] = []
    besok: list[Besoksrad] = []
    for del_ in grund:
        if "regel" in del_:
            dagar.append(Dagrad(rad.fran, f"arbetsbonus {Bonusdel(del_['del']).label}", None, Fraction(tecken)))
        elif "justering" in del_:
            dagar.append(Dagrad(rad.fran, f"justering {rad.underlag}", None, Fraction(rad.antal)))
        elif "besok" in del_:
            dag = kalender.forsta_dag(del_["dagar"])
            besok += [Besoksrad(nyckel, dag, tecken * minuter) for nyckel, minuter in del_["besok"]]
        else:
            dagar += _dagar(del_, rad.artikel, kalender, tecken)
    besok.sort(key=lambda ett: (ett.dag, ett.nyckel))
    return Underlag(plats, rad, sorted(dagar, key=lambda ett: ett.dag), besok)


def _dagar(del_: Mapping[str, Any], artikel: str, kalender: Kalender, tecken: int) -> list[Dagrad]:
    platser = dict(del_.get("platser", ()))
    per_dag = tecken * Fraction(del_["mangd"]) / del_["dagar"].bit_count()
    vad = _DAGEN_AR[Artikel(artikel)]
    return [Dagrad(kalender.dag(dag), vad, platser.get(dag + 1), per_dag) for dag in nummer(del_["dagar"])]
