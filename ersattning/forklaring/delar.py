"""What a row is made of, in exact numbers: parts, absence, närvaro day by day, ordered time, and the calendar strip."""

from datetime import date
from fractions import Fraction

from ersattning.forklaring import mal
from ersattning.forklaring.lasning import Kring, Radunderlag, gradera
from ersattning.forklaring.ord import cell_i_ord, decimaltal, minuter_i_ord, pris_i_ord
from ersattning.forklaring.typer import Bestallt, Dagruta, Del, Franvarodag, Narvarodag
from ersattning.kalkyl.franvaro import andel
from ersattning.models import Ersattningsrad
from ersattning.regler import Artikel, Radenhet
from grund.text import datum_i_ord, procent
from utforare.models import Avtal, Narvaro
from utforare.villkor import omfattningsgranser, trappsteg

BORTTAGET = "finns inte kvar"


def delar(u: Radunderlag) -> tuple[Del, ...]:
    """The row's parts, those with the same avtal, price and level as one."""
    samlat: dict[tuple[int, int, int | None], tuple[int, Fraction]] = {}
    for del_ in u.delar:
        nyckel = (del_.avtal_id, del_.pris_id, del_.niva_id)
        dagar, mangd = samlat.get(nyckel, (0, Fraction(0)))
        samlat[nyckel] = (dagar | del_.dagar, mangd + del_.mangd)
    return tuple(_del(u.kring, nyckel, dagar, mangd) for nyckel, (dagar, mangd) in samlat.items())


def _del(kring: Kring, nyckel: tuple[int, int, int | None], dagar: int, mangd: Fraction) -> Del:
    avtal_id, pris_id, niva_id = nyckel
    avtal, pris = kring.avtal.get(avtal_id), kring.priser.get(pris_id)
    niva = kring.nivaer.get(niva_id) if niva_id else None
    return Del(
        dagar=kring.dagar(dagar),
        mangd=mangd,
        avtal=avtal.nyckel if avtal else BORTTAGET,
        pris=pris_i_ord(pris.belopp, pris.enhet) if pris else BORTTAGET,
        niva=f"{niva.niva} från {datum_i_ord(niva.fran)}" if niva else BORTTAGET if niva_id else "",
        avtal_mal=mal.avtal(avtal_id),
        pris_mal=mal.pris(pris.prislista_id, pris_id) if pris else mal.prislista(pris_id),
        niva_mal=mal.niva(niva_id) if niva_id else None,
    )


def franvarodagar(u: Radunderlag) -> tuple[Franvarodag, ...]:
    """Each day of absence with its place in the run, as kept, and the share that the avtal's staircase gives it."""
    svar = []
    for del_ in u.delar:
        avtal = u.kring.avtal.get(del_.avtal_id)
        trappa = trappsteg(avtal.franvaro) if avtal else ()
        for nummer, plats in del_.platser:
            dag = u.kring.kalender.dag(nummer - 1)
            svar.append(Franvarodag(dag, plats, andel(trappa, plats), trappa))
    return tuple(sorted(svar, key=lambda ett: ett.dag))


def narvarodagar(u: Radunderlag) -> tuple[Narvarodag, ...]:
    """R11: what is registered for each day of the row, and where its omfattning comes from."""
    svar = []
    for del_ in u.delar:
        avtal = u.kring.avtal.get(del_.avtal_id)
        svar += [_narvarodag(u, dag, u.kring.narvaro.get(dag), avtal) for dag in u.kring.dagar(del_.dagar)]
    return tuple(sorted(svar, key=lambda ett: ett.dag))


def _narvarodag(u: Radunderlag, dag: date, ett: Narvaro | None, avtal: Avtal | None) -> Narvarodag:
    if ett is None:
        return Narvarodag(dag, "", None, u.rad.omfattning, "registreringen finns inte kvar")
    return Narvarodag(dag, ett.kod, ett.minuter, u.rad.omfattning, omfattningens_kalla(ett, avtal))


def omfattningens_kalla(ett: Narvaro, avtal: Avtal | None) -> str:
    """Which of R11's three sources gave the day's omfattning."""
    if ett.omfattning:
        return "registrerad den dagen"
    if ett.kod == "N" and ett.minuter is not None and avtal and omfattningsgranser(avtal.omfattning_granser):
        return f"{minuter_i_ord(ett.minuter)} enligt avtalets gränser"
    return "den beställda"


def bestallt(u: Radunderlag) -> Bestallt | None:
    """R23: the ordered minutes of a day. None when what was ordered cannot be read any more."""
    verk, beslut = u.kring.verk, u.kring.beslut
    if verk is None:
        return None
    antal, enhet, varifran = verk.bestallt_antal, verk.bestallt_enhet, "verkställigheten"
    if antal is None:
        antal, enhet, varifran = beslut.omfattning, beslut.omfattning_enhet, "beslutet"
    if antal is None or enhet not in {"timmar_vecka", "timmar_manad"}:
        return None
    delat_med = 7 if enhet == "timmar_vecka" else u.kring.manad.dagar
    exakt = Fraction(antal)
    return Bestallt(exakt, enhet, delat_med, exakt * 60 / delat_med, varifran)


def minuter_per_dag(u: Radunderlag) -> Fraction:
    """What each day of a row of ordered time gave, from the row itself."""
    return Fraction(sum(Fraction(del_.mangd) for del_ in u.delar), len(u.dagar))


def remsa(u: Radunderlag) -> tuple[Dagruta, ...]:
    """The month day by day: what this row pays, what the verkställighet's other rows pay, and what nothing pays."""
    rutor = {dag: Dagruta(dag, "", "", "ger ingen ersättning") for dag in u.kring.dagar(u.kring.kalender.alla)}
    for rad in sorted(u.rader, key=lambda ett: ett.pk == u.ursprung.pk):  # this row last, so that it is seen
        rutor |= _radens_rutor(u, rad)
    return tuple(rutor[dag] for dag in sorted(rutor))


def _radens_rutor(u: Radunderlag, rad: Ersattningsrad) -> dict[date, Dagruta]:
    egen = rad.pk == u.ursprung.pk
    klass = "har" if egen else "fran" if rad.artikel == Artikel.FRANVARO else "full"
    svar = {}
    for dag, tecken, vad in _radens_dagar(u.kring, rad):
        svar[dag] = Dagruta(dag, klass, tecken, f"{vad}, den här raden" if egen else vad)
    return svar


def _radens_dagar(kring: Kring, rad: Ersattningsrad) -> list[tuple[date, str, str]]:
    """Each day of the row with what is shown for it and what is read aloud."""
    svar: dict[date, Fraction] = {}
    platser: dict[date, int] = {}
    for del_ in gradera(rad.grund):
        dagar = kring.dagar(del_.dagar)
        for dag in dagar:
            svar[dag] = svar.get(dag, Fraction(0)) + Fraction(del_.mangd) / len(dagar)
        platser |= {kring.kalender.dag(nummer - 1): plats for nummer, plats in del_.platser}
    return [(dag, *_tecken(rad, mangd, platser.get(dag))) for dag, mangd in svar.items()]


def _tecken(rad: Ersattningsrad, mangd: Fraction, plats: int | None) -> tuple[str, str]:
    vad = Artikel(rad.artikel).label
    if rad.enhet_for_antal == Radenhet.TIMME:
        return decimaltal(mangd, 1 if rad.artikel == Artikel.BESTALLD_TID else 0), f"{vad}, {minuter_i_ord(mangd)}"
    if plats is not None:
        return decimaltal(rad.faktor * 100, 0), f"frånvarodag {plats}, {procent(rad.faktor)}"
    if rad.enhet_for_antal == Radenhet.MANAD:
        return "", f"{vad}, en dag av månaden"
    cell = cell_i_ord("", rad.omfattning, "")
    return decimaltal(rad.faktor * 100, 0), ", ".join(filter(None, [vad, cell, procent(rad.faktor)]))
