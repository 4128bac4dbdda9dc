"""R40: körningar, fastställda months and rättelser over time."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

from .besok import besokens_utfall
from .bonus import Utbetalningsnyckel, alla_utbetalningar, arstaksrad, bonusrad, prova_arstak
from .inlasning import las_underlag
from .konflikter import besokskonflikter, dubbla_dagar
from .modeller import avslutsdagar, avslutsdagens_utfall, dagens_utfall
from .paket import Paket, las_paket, uppdatera
from .tid import dagar_i, manad_for, nasta_manad
from .underlag import Underlag, galler
from .utfall import (
    AVVIKELSEKOLUMNER,
    ERSATTNINGSKOLUMNER,
    Avvikelserad,
    Ersattningsrad,
    Utfall,
    avvikelserader,
    csv_text,
    krediterad,
    rader_av,
)

TypadRad = tuple[str, str, Ersattningsrad]  # avser_manad, typ, the rest


def berakna_manad(u: Underlag, manad: str) -> tuple[list[Ersattningsrad], set[Avvikelserad]]:
    """Everything of a month but bonus and rättelser."""
    utfall = Utfall()
    for v in u.verkstalligheter:
        for dag in dagar_i(manad):
            if galler(v, dag):
                utfall += dagens_utfall(u, v, dag)
        utfall += besokens_utfall(u, v, manad)
        for dag in avslutsdagar(u, v):
            if manad_for(dag) == manad:
                utfall += avslutsdagens_utfall(u, v, dag)
        utfall.avvikelser += besokskonflikter(u, v, manad) + dubbla_dagar(u, v, manad)
    return rader_av(utfall.poster), avvikelserader(manad, utfall.avvikelser)


@dataclass
class Korning:
    """The result of one run, and what the run found for every month that it calculated."""

    manad: str
    rader: list[TypadRad] = field(default_factory=list)
    avvikelser: list[Avvikelserad] = field(default_factory=list)
    funna: dict[str, set[Avvikelserad]] = field(default_factory=dict)
    betalda: dict[Utbetalningsnyckel, tuple[date, Fraction]] = field(default_factory=dict)
    hoppade: set[Utbetalningsnyckel] = field(default_factory=set)


class Referens:
    """The state of the system over time: packages come in, months are run and fastställda in order."""

    def __init__(self) -> None:
        self.paket = Paket()
        self.korningar: dict[str, Korning] = {}
        self.faststallda: list[str] = []
        self._funna: dict[str, set[Avvikelserad]] = {}
        self._betalda: dict[Utbetalningsnyckel, tuple[date, Fraction]] = {}
        self._hoppade: set[Utbetalningsnyckel] = set()
        self._aterkravda: list[TypadRad] = []  # the bonus rows that decisions take back
        self._stoppade: set[tuple[str, str]] = set()

    def las_in(self, mapp: Path | str) -> None:
        uppdatera(self.paket, las_paket(mapp))

    def kor(self, manad: str) -> None:
        """R40: a month that is not fastställd is recalculated as often as wanted."""
        if manad in self.faststallda:
            raise ValueError(f"{manad} är fastställd")
        u = las_underlag(self.paket)
        korning = Korning(manad)
        rader, avvikelser = berakna_manad(u, manad)
        korning.rader += [(manad, "ordinarie", rad) for rad in rader]
        korning.avvikelser += avvikelser
        korning.funna[manad] = avvikelser
        if self._bar_rattelser(manad):
            for faststalld in self.faststallda:
                self._ratta(u, korning, faststalld)
            self._ta_tillbaka(korning)
        self._betala_bonus(u, korning)
        self.korningar[manad] = korning

    def aterkrav(self, regel_id: str, person_id: str) -> None:
        """R50: a person's decision to take back what is settled of a bonus, all of it."""
        self._stoppade.add((regel_id, person_id))
        dagar = {dag.isoformat() for nyckel, (dag, _) in self._betalda.items() if nyckel[:2] == (regel_id, person_id)}
        for manad in self.faststallda:
            self._aterkravda += [
                ett
                for ett in self.korningar[manad].rader
                if ett[1] == "bonus" and ett[2][3] == person_id and ett[2][9] in dagar
            ]

    def _ta_tillbaka(self, korning: Korning) -> None:
        """R50: each once, in the first run that carries corrections and is then fastställd."""
        tagna = {
            rad for manad in self.faststallda for _, typ, rad in self.korningar[manad].rader if typ == "kreditering"
        }
        korning.rader += [
            (avser, "kreditering", krediterad(rad))
            for avser, _, rad in self._aterkravda
            if krediterad(rad) not in tagna
        ]

    def _bar_rattelser(self, manad: str) -> bool:
        """R40: the earliest month that is not fastställd: the one after the latest fastställd."""
        return bool(self.faststallda) and manad == nasta_manad(self.faststallda[-1])

    def _ratta(self, u: Underlag, korning: Korning, manad: str) -> None:
        """R40: the new rows against the net of all that is settled for the month, as multisets of printed rows."""
        rader, avvikelser = berakna_manad(u, manad)
        nya, netto = Counter(rader), self._netto(manad)
        for rad in (netto - nya).elements():
            korning.rader.append((manad, "kreditering", krediterad(rad)))
        for rad in (nya - netto).elements():
            korning.rader.append((manad, "rattelse", rad))
        korning.funna[manad] = avvikelser
        korning.avvikelser += avvikelser - self._funna[manad]

    def _netto(self, manad: str) -> Counter[Ersattningsrad]:
        """R40: a kreditering cancels the row it negates. Bonus rows are not touched (R50)."""
        netto: Counter[Ersattningsrad] = Counter()
        for faststalld in self.faststallda:
            for avser, typ, rad in self.korningar[faststalld].rader:
                if avser == manad and typ in {"ordinarie", "rattelse"}:
                    netto[rad] += 1
                elif avser == manad and typ == "kreditering" and rad[5] != "arbetsbonus":
                    netto[krediterad(rad)] -= 1
        assert all(antal >= 0 for antal in netto.values())
        return netto

    def _betala_bonus(self, u: Underlag, korning: Korning) -> None:
        """R50: in the run of the due day's month; if that month is fastställd, in the next open run."""
        for utb, ryms in prova_arstak(alla_utbetalningar(u), self._betalda, self._hoppade, self._stoppade):
            sen = utb.manad in self.faststallda and self._bar_rattelser(korning.manad)
            if utb.manad != korning.manad and not sen:
                continue
            if ryms:
                korning.rader.append((utb.manad, "bonus", bonusrad(utb)))
                korning.betalda[utb.nyckel] = (utb.dag, utb.belopp)
            else:
                korning.avvikelser.append(arstaksrad(utb))
                korning.hoppade.add(utb.nyckel)

    def faststall(self, manad: str) -> None:
        """R40: months are fastställda in order, and what their run paid and found is remembered."""
        if self.faststallda and manad != nasta_manad(self.faststallda[-1]):
            raise ValueError(f"{manad} kommer inte efter {self.faststallda[-1]}")
        korning = self.korningar[manad]
        self.faststallda.append(manad)
        self._funna |= korning.funna
        self._betalda |= korning.betalda
        self._hoppade |= korning.hoppade

    def ersattning_csv(self, manad: str) -> str:
        rader = self.korningar[manad].rader
        return csv_text(ERSATTNINGSKOLUMNER, [(manad, avser, typ, *rad) for avser, typ, rad in rader])

    def avvikelser_csv(self, manad: str) -> str:
        return csv_text(AVVIKELSEKOLUMNER, self.korningar[manad].avvikelser)
