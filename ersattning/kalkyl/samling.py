"""Collects what the models find in one verkställighet, and finishes it into rows (R5) and avvikelser (R6)."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ersattning.kalkyl.bocker import Avtalsbok, Prisbok, Prisdagar
from ersattning.kalkyl.dagar import Kalender, sviter
from ersattning.kalkyl.tidsband import Bandbok
from ersattning.kalkyl.typer import ETT, Avtal, Avvikelse, Del, Nivabedomning, Pris, Rad, Verkstallighet
from grund.pengar import avrunda_kvot


@dataclass(frozen=True, slots=True)
class Manadsbok:
    """What is the same for everyone in a month."""

    kalender: Kalender
    avtal: Avtalsbok
    priser: Prisbok
    band: Bandbok


class Stracka(NamedTuple):
    """Paid days (a mask) of a verkställighet under one avtal and one level."""

    dagar: int
    avtal: Avtal
    bedomning: Nivabedomning | None

    @property
    def niva(self) -> str:
        return self.bedomning.niva if self.bedomning else ""


class Radnyckel(NamedTuple):
    """What rows are kept apart by (R5)."""

    artikel: str
    niva: str
    omfattning: str
    tidsband: str
    a_pris: Decimal
    faktor: Decimal
    enhet: str


# How many of a row's smallest units (days, minutes) make one of its enhet; a month's days differ.
_PER_ENHET = {"dygn": 1, "dag": 1, "timme": 60}
_MED_MINUTER = ("utford_tid", "bomtid")


@dataclass(slots=True)
class Samling:
    """The rows and avvikelser of one verkställighet, as they grow."""

    kalender: Kalender
    verkstallighet: Verkstallighet
    delar: dict[Radnyckel, list[Del]] = field(default_factory=dict)
    dagfel: dict[str, int] = field(default_factory=dict)
    besoksfel: list[Avvikelse] = field(default_factory=list)

    def avvik(self, kod: str, dagar: int) -> None:
        """Days that give the avvikelse `kod`."""
        if dagar:
            self.dagfel[kod] = self.dagfel.get(kod, 0) | dagar

    def avvik_besok(self, kod: str, nyckel: str, dag: int, varde: str = "") -> None:
        """A visit on day number `dag` that gives the avvikelse `kod`."""
        datum = self.kalender.dag(dag)
        self.besoksfel.append(Avvikelse(kod, self.verkstallighet, datum, datum, nyckel, varde))

    def lagg(self, nyckel: Radnyckel, del_: Del) -> None:
        """A part of the row that `nyckel` names."""
        self.delar.setdefault(nyckel, []).append(del_)

    def prissatt(
        self,
        dagar: int,
        stracka: Stracka,
        priser: Prisdagar,
        *,
        artikel: str,
        enhet: str,
        omfattning: str = "",
        faktor: Decimal = ETT,
        per_dag: Fraction | int = 1,
        platser: tuple[tuple[int, int], ...] = (),
    ) -> None:
        """Pay `per_dag` units for each of `dagar` at the day's price, or report why a day has none (R4)."""
        for mask, pris in priser.priser:
            har_pris = dagar & mask
            if har_pris:
                nyckel = Radnyckel(artikel, stracka.niva, omfattning, "", pris.belopp, faktor, enhet)
                self.lagg(nyckel, _del(har_pris, stracka, pris, per_dag, platser))
        self.avvik("niva_saknas", dagar & priser.niva_saknas)
        self.avvik("pris_saknas", dagar & priser.pris_saknas)

    def rader(self) -> list[Rad]:
        """The finished rows."""
        return [self._rad(nyckel, tuple(delar)) for nyckel, delar in self.delar.items()]

    def avvikelser(self) -> list[Avvikelse]:
        """Consecutive days of one code become one avvikelse; each visit keeps its own."""
        kalender = self.kalender
        dagvis = [
            Avvikelse(kod, self.verkstallighet, kalender.forsta_dag(svit), kalender.sista_dag(svit))
            for kod, mask in self.dagfel.items()
            for svit in sviter(mask)
        ]
        return dagvis + self.besoksfel

    def _rad(self, nyckel: Radnyckel, delar: tuple[Del, ...]) -> Rad:
        dagar, mangd = delar[0].dagar, delar[0].mangd
        for del_ in delar[1:]:
            dagar |= del_.dagar
            mangd += del_.mangd
        antal = Fraction(mangd, _PER_ENHET.get(nyckel.enhet) or self.kalender.antal)
        return Rad(
            verkstallighet=self.verkstallighet,
            artikel=nyckel.artikel,
            niva=nyckel.niva,
            omfattning=nyckel.omfattning,
            tidsband=nyckel.tidsband,
            fran=self.kalender.forsta_dag(dagar),
            sista=self.kalender.sista_dag(dagar),
            antal=antal,
            enhet=nyckel.enhet,
            a_pris=nyckel.a_pris,
            faktor=nyckel.faktor,
            belopp=radbelopp(antal, nyckel.a_pris, nyckel.faktor),
            underlag=self._underlag(nyckel, mangd),
            delar=delar,
        )

    def _underlag(self, nyckel: Radnyckel, mangd: Fraction | int) -> str:
        """What antal was made of where four decimals do not say it (Output)."""
        if nyckel.enhet == "manad":
            return f"{mangd}/{self.kalender.antal} dagar"
        return f"{mangd} min" if nyckel.artikel in _MED_MINUTER else ""


def radbelopp(antal: Fraction, a_pris: Decimal, faktor: Decimal) -> Decimal:
    """R0: antal × à-pris × faktor in kronor, exact and then rounded once to öre."""
    pris, per = a_pris.as_integer_ratio()
    andel, av = faktor.as_integer_ratio()
    taljare, namnare = antal.as_integer_ratio()
    return avrunda_kvot(taljare * pris * andel, namnare * per * av)


def _del(
    dagar: int, stracka: Stracka, pris: Pris, per_dag: Fraction | int, platser: tuple[tuple[int, int], ...]
) -> Del:
    bedomning = stracka.bedomning
    return Del(
        dagar=dagar,
        mangd=dagar.bit_count() * per_dag,
        avtal_id=stracka.avtal.id,
        pris_id=pris.id,
        niva_id=bedomning.id if bedomning else None,
        platser=tuple(par for par in platser if dagar >> (par[0] - 1) & 1) if platser else (),
    )
