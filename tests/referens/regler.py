"""R1–R4, R10–R11 places in runs, R23: what holds for one verkställighet on one day."""

from datetime import date, datetime, timedelta
from fractions import Fraction

from .tid import EN_DAG, antal_dagar, lokal, manad_for
from .underlag import Avtal, Nivabedomning, Pris, Underlag, Verkstallighet, galler

ENHET_FOR_MODELL = {
    "dygn": "dygn",
    "narvaro": "dag",
    "manad": "manad",
    "utford_tid": "timme",
    "bestalld_tid": "timme",
}


def fel_i_beslut(v: Verkstallighet, dag: date) -> str | None:
    """R1: the decision first, then death."""
    if v.beslut.utfall not in {"bifall", "delvis"} or not galler(v.beslut, dag):
        return "verkstalld_utan_beslut"
    if v.avliden is not None and dag > v.avliden:
        return "verkstalld_efter_dodsfall"
    return None


def avtal_for(u: Underlag, v: Verkstallighet, dag: date) -> Avtal | None:
    """R2: an individavtal for the person goes before the general one."""
    for person_id in (v.person_id, ""):
        for avtal in u.avtal:
            ratt_parter = avtal.utforare_id == v.utforare_id and avtal.insats == v.insats
            if ratt_parter and avtal.person_id == person_id and galler(avtal, dag):
                return avtal
    return None


def prova_dag(u: Underlag, v: Verkstallighet, dag: date) -> Avtal | str:
    """The avtal of a paid day (R1, R2), or the code of the first failure (R6)."""
    fel = fel_i_beslut(v, dag)
    if fel:
        return fel
    return avtal_for(u, v, dag) or "avtal_saknas"


def niva_for(u: Underlag, v: Verkstallighet, dag: date, avtal: Avtal) -> str:
    """R3: the latest approved nivåbedömning that counts on or before the day; empty if there is none."""

    def raknas_fran(bedomning: Nivabedomning) -> date:
        assert bedomning.godkand is not None
        return max(bedomning.fran, bedomning.godkand) if avtal.niva_fran == "godkand" else bedomning.fran

    bedomningar = [
        b
        for b in u.nivabedomningar
        if (b.person_id, b.insats, b.status) == (v.person_id, v.insats, "godkand") and raknas_fran(b) <= dag
    ]
    if not bedomningar:
        return ""
    return max(bedomningar, key=lambda b: (raknas_fran(b), b.godkand, b.nivabedomning_id)).niva


def pris_for(
    u: Underlag, avtal: Avtal, dag: date, *, enhet: str, niva: str, omfattning: str, tidsband: str
) -> Fraction | str:
    """R4: the price in kronor, or the code `niva_saknas` or `pris_saknas`."""

    def ar_giltig(pris: Pris) -> bool:
        if pris.prislista_id != avtal.prislista_id or pris.insats != avtal.insats or pris.enhet != enhet:
            return False
        return galler(pris, dag)

    def passar(pris: Pris) -> bool:
        return pris.niva in {"", niva} and pris.omfattning in {"", omfattning} and pris.tidsband in {"", tidsband}

    giltiga = [pris for pris in u.priser if ar_giltig(pris)]
    passande = [pris for pris in giltiga if passar(pris)]
    if passande:
        return max(passande, key=lambda pris: (pris.niva != "", pris.omfattning != "", pris.tidsband != "")).belopp
    if giltiga and niva == "" and all(pris.niva != "" for pris in giltiga):
        return "niva_saknas"
    return "pris_saknas"


def tidsband_for(u: Underlag, avtal: Avtal, minut: datetime) -> str:
    """DATAPAKET tidsband.csv: of the rows that cover the minute, the one with the highest prioritet; empty if none."""
    vaggur = lokal(minut)
    pa_dygnet = vaggur.hour * 60 + vaggur.minute
    tackande = []
    for band in u.tidsband:
        if band.prislista_id != avtal.prislista_id:
            continue
        if band.fran_tidpunkt is not None and band.till_tidpunkt is not None:
            tacker = band.fran_tidpunkt <= minut < band.till_tidpunkt
        else:
            tacker = band.veckodag == vaggur.isoweekday() and band.fran_minut <= pa_dygnet < band.till_minut
        if tacker:
            tackande.append(band)
    return max(tackande, key=lambda band: band.prioritet).tidsband if tackande else ""


def plats_i_dygnsfranvaro(v: Verkstallighet, dag: date) -> int:
    """R10: the place of an absence day in its unbroken run of absence days."""
    plats = 0
    while dag in v.narvaro and v.narvaro[dag].kod == "F":
        plats += 1
        dag -= EN_DAG
    return plats


def plats_i_franvarorader(v: Verkstallighet, dag: date) -> int:
    """R11: the place in an unbroken run of rows with F; more than 31 days between two rows starts a new run."""
    plats = 0
    foregaende: date | None = None
    for datum in sorted(v.narvaro):
        if datum > dag:
            break
        if v.narvaro[datum].kod != "F":
            plats, foregaende = 0, None
            continue
        if foregaende is not None and datum - foregaende > timedelta(days=31):
            plats = 0
        plats, foregaende = plats + 1, datum
    return plats


def andel_vid_franvaro(avtal: Avtal, plats: int) -> Fraction:
    """The staircase `franvaro`: later days than its last step, or no staircase, pay 0."""
    for fran, till, andel in avtal.franvaro:
        if fran <= plats and (till is None or plats <= till):
            return andel
    return Fraction(0)


def omfattning_vid_narvaro(v: Verkstallighet, avtal: Avtal, dag: date) -> str:
    """R11: the row's own; else by the minutes' step; else the verkställighet's."""
    rad = v.narvaro[dag]
    if rad.omfattning:
        return rad.omfattning
    if rad.kod == "N" and rad.minuter is not None and avtal.omfattning_granser:
        return [omfattning for grans, omfattning in avtal.omfattning_granser if grans <= rad.minuter][-1]
    return v.omfattning


def bestallda_minuter(v: Verkstallighet, dag: date) -> Fraction | None:
    """R23: the ordered minutes of a day, None if there are none to be had."""
    antal, enhet = v.bestallt_antal, v.bestallt_enhet
    if antal is None and not enhet:
        antal, enhet = v.beslut.omfattning, v.beslut.omfattning_enhet
    if antal is None:
        return None
    if enhet == "timmar_vecka":
        return antal * 60 / 7
    if enhet == "timmar_manad":
        return antal * 60 / antal_dagar(manad_for(dag))
    return None
