"""R20–R22: visits that were carried out, bomtid, and their caps."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from .regler import bestallda_minuter, niva_for, pris_for, prova_dag, tidsband_for
from .tid import dag_for, dagar_i, manad_for, minuterna
from .underlag import Avtal, Besok, Underlag, Verkstallighet, galler
from .utfall import Avvikelse, Post, Utfall


@dataclass(frozen=True)
class Minut:
    """One minute that has a price."""

    niva: str
    tidsband: str
    a_pris: Fraction


@dataclass
class Tidbesok:
    """A visit with its priced minutes, in the order in which they passed."""

    besok: Besok
    start: datetime
    avtal: Avtal
    minuter: list[Minut]

    @property
    def dag(self) -> date:
        """R20, R22: the day on which it starts."""
        return dag_for(self.start)

    @property
    def ordning(self) -> tuple[datetime, str]:
        return (self.start, self.besok.besok_id)


def till_narmaste(antal: int, multipel: int) -> int:
    """R20 (1): the nearest multiple, halves up."""
    rest = antal % multipel
    return antal - rest if rest * 2 < multipel else antal - rest + multipel


def avrundade_tidsband(tidsband: list[str], avtal: Avtal) -> list[str]:
    """R20 (1): down takes minutes from the end, up adds minutes in the last minute's tidsband."""
    if avtal.avrundning_minuter is None:
        return tidsband
    antal = till_narmaste(len(tidsband), avtal.avrundning_minuter)
    return (tidsband + tidsband[-1:] * antal)[:antal]


def prissatta_minuter(
    u: Underlag, v: Verkstallighet, start: datetime, avtal: Avtal, tidsband: list[str], *, besok: Besok
) -> tuple[list[Minut], list[Avvikelse]]:
    """R20 (2, 3): each minute at its tidsband's price; those without fall away, one avvikelse per code and besök."""
    dag = dag_for(start)
    niva = niva_for(u, v, dag, avtal)
    priser = {
        band: pris_for(u, avtal, dag, enhet="timme", niva=niva, omfattning="", tidsband=band) for band in set(tidsband)
    }
    koder = {pris for pris in priser.values() if isinstance(pris, str)}
    minuter = []
    for band in tidsband:
        pris = priser[band]
        if not isinstance(pris, str):
            minuter.append(Minut(niva, band, pris))
    return minuter, [Avvikelse(kod, v, dag, besok.besok_id) for kod in sorted(koder)]


def betald_besoksdag(u: Underlag, v: Verkstallighet, start: datetime, manad: str) -> Avtal | None:
    """The avtal, if the start's day lies in the month, is paid (R1, R2) and has modell utford_tid."""
    dag = dag_for(start)
    if manad_for(dag) != manad or not galler(v, dag):
        return None
    avtal = prova_dag(u, v, dag)
    return None if isinstance(avtal, str) or avtal.modell != "utford_tid" else avtal


def utforda_besok(u: Underlag, v: Verkstallighet, manad: str) -> tuple[list[Tidbesok], list[Avvikelse]]:
    """R20 (1–3)."""
    tidbesok: list[Tidbesok] = []
    avvikelser: list[Avvikelse] = []
    for besok in v.besok:
        if besok.utford_start is None or besok.utford_slut is None:
            continue
        avtal = betald_besoksdag(u, v, besok.utford_start, manad)
        if avtal is None:
            continue
        dag = dag_for(besok.utford_start)
        minuter = minuterna(besok.utford_start, besok.utford_slut)
        tidsband = avrundade_tidsband([tidsband_for(u, avtal, minut) for minut in minuter], avtal)
        if not tidsband:
            avvikelser.append(Avvikelse("besok_utan_tid", v, dag, besok.besok_id))
            continue
        prissatta, fel = prissatta_minuter(u, v, besok.utford_start, avtal, tidsband, besok=besok)
        tidbesok.append(Tidbesok(besok, besok.utford_start, avtal, prissatta))
        avvikelser += fel
    return tidbesok, avvikelser


def ar_bomtid(besok: Besok, avtal: Avtal) -> bool:
    """R22: announced less than bomtid_varsel_timmar elapsed hours before, after the start, or never."""
    if besok.utford_start is not None or besok.avbokad_av != "brukare" or besok.planerad_start is None:
        return False
    if avtal.bomtid_varsel_timmar is None or not avtal.bomtid_andel:
        return False
    if besok.avbokad is None:
        return True
    sekunder = int((besok.planerad_start - besok.avbokad).total_seconds())
    return sekunder < 0 or sekunder < avtal.bomtid_varsel_timmar * 3600


def bombesok(u: Underlag, v: Verkstallighet, manad: str) -> tuple[list[Tidbesok], list[Avvikelse]]:
    """R22: planned minutes, not rounded."""
    tidbesok: list[Tidbesok] = []
    avvikelser: list[Avvikelse] = []
    for besok in v.besok:
        if besok.planerad_start is None or besok.planerad_slut is None:
            continue
        avtal = betald_besoksdag(u, v, besok.planerad_start, manad)
        if avtal is None or not ar_bomtid(besok, avtal):
            continue
        minuter = minuterna(besok.planerad_start, besok.planerad_slut)
        tidsband = [tidsband_for(u, avtal, minut) for minut in minuter]
        prissatta, fel = prissatta_minuter(u, v, besok.planerad_start, avtal, tidsband, besok=besok)
        tidbesok.append(Tidbesok(besok, besok.planerad_start, avtal, prissatta))
        avvikelser += fel
    return tidbesok, avvikelser


def takandel(avtal: Avtal, artikel: str) -> Fraction | None:
    return avtal.tak_andel_av_bestallt if artikel == "utford_tid" else avtal.bomtid_tak_andel


def tak(u: Underlag, v: Verkstallighet, manad: str, artikel: str) -> int | None:
    """R21, R22: share × ordered minutes over the month's paid days with a share, floored; None = no cap."""
    summa: Fraction | None = None
    for dag in dagar_i(manad):
        avtal = prova_dag(u, v, dag) if galler(v, dag) else ""
        if isinstance(avtal, str) or avtal.modell != "utford_tid":
            continue
        andel, minuter = takandel(avtal, artikel), bestallda_minuter(v, dag)
        if andel is not None and minuter is not None:
            summa = (summa or Fraction(0)) + andel * minuter
    return None if summa is None else int(summa // 1)


def skar_till_tak(tidbesok: list[Tidbesok], v: Verkstallighet, hogst: int | None, artikel: str) -> list[Avvikelse]:
    """R21, R22: in order, the one that reaches the cap cut from its end. Days without the share are left alone."""
    avvikelser: list[Avvikelse] = []
    if hogst is None:
        return avvikelser
    kvar = hogst
    for t in sorted(tidbesok, key=lambda t: t.ordning):
        if takandel(t.avtal, artikel) is None:
            continue
        bort = len(t.minuter) - len(t.minuter[:kvar])
        t.minuter = t.minuter[:kvar]
        kvar -= len(t.minuter)
        if bort and artikel == "utford_tid":
            avvikelser.append(Avvikelse("over_bestalld_tid", v, t.dag, t.besok.besok_id, str(bort)))
    return avvikelser


def poster_for(tidbesok: list[Tidbesok], v: Verkstallighet, artikel: str) -> list[Post]:
    """R20 (5): every minute is a sixtieth of an hour."""
    poster = []
    for t in tidbesok:
        faktor = t.avtal.bomtid_andel if artikel == "bomtid" else Fraction(1)
        assert faktor is not None
        for m in t.minuter:
            poster.append(  # noqa: PERF401
                Post(v, artikel, m.niva, "", m.tidsband, m.a_pris, faktor, "timme", t.dag, Fraction(1, 60))
            )
    return poster


def besokens_utfall(u: Underlag, v: Verkstallighet, manad: str) -> Utfall:
    utforda, fel_utforda = utforda_besok(u, v, manad)
    bommar, fel_bommar = bombesok(u, v, manad)
    over = skar_till_tak(utforda, v, tak(u, v, manad, "utford_tid"), "utford_tid")
    skar_till_tak(bommar, v, tak(u, v, manad, "bomtid"), "bomtid")
    poster = poster_for(utforda, v, "utford_tid") + poster_for(bommar, v, "bomtid")
    return Utfall(poster, fel_utforda + fel_bommar + over)
