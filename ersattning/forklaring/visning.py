"""An explanation as pages and documents show it: numbers as text, links as addresses. No queries."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse

from beslut.regler import Insats
from ersattning.filer.ord import enhet_kort
from ersattning.forklaring.ord import antal_i_ord, dagar_i_rad, minuter_i_ord, nar, tider
from ersattning.forklaring.typer import (
    Avvikelseforklaring,
    Besokstid,
    Dagruta,
    Forklaring,
    Grund,
    Hande,
    Led,
    Mal,
    Narvarodag,
    Observation,
    ProvatPris,
    Syskonrad,
)
from ersattning.ord import tidsband_i_ord
from ersattning.regeltexter import REGELTEXTER, Regeltext
from ersattning.regler import Artikel, Avvikelsekod, Radtyp
from grund.pengar import kronor
from grund.text import HART, dagar_i_ord, manad_i_ord, procent, stor_forsta, tal

_VECKODAGAR = "mtotfls"


class Ledvy(NamedTuple):
    """A term (templates/komponenter/ekvation.html)."""

    varde: str
    namn: str
    tecken: str
    adress: str


class Lankvy(NamedTuple):
    """A link of the chain (templates/komponenter/kedja.html)."""

    vad: str
    text: str
    adress: str
    forklaring: str
    regel: str
    regeladress: str


class Dagvy(NamedTuple):
    """A day of the strip (templates/komponenter/remsa.html)."""

    veckodag: str
    nummer: int
    klass: str
    helg: bool
    tecken: str
    text: str


class Teckenvy(NamedTuple):
    """A line of the strip's legend."""

    klass: str
    tecken: str
    text: str


class Handvy(NamedTuple):
    """An event (templates/komponenter/handelser.html)."""

    nar: str
    text: str


class Meddelandevy(NamedTuple):
    """A message (templates/komponenter/meddelande.html)."""

    slag: str
    text: str
    adress: str
    lanktext: str


class Radvy(NamedTuple):
    """A row among others."""

    artikel: str
    antal: str
    faktor: str
    belopp: str
    adress: str
    ar_raden: bool


class Prisvy(NamedTuple):
    """A price cell that was tried."""

    text: str
    varfor: str
    vald: bool
    adress: str


class Besoksvy(NamedTuple):
    """A visit's way to paid minutes."""

    nyckel: str
    dag: str
    tid: str
    minuter: str
    avrundat: str
    betalt: str
    vad_som_hande: str


class Narvarovy(NamedTuple):
    """A day of närvaro."""

    dag: str
    registrerat: str
    minuter: str
    omfattning: str
    varfran: str


def adress(mal: Mal | None) -> str:
    """The address of a page; empty when there is none to go to."""
    if mal is None:
        return ""
    try:
        plats = reverse(mal.vy, args=mal.argument)
    except NoReverseMatch:
        return ""
    return f"{plats}#{mal.ankare}" if mal.ankare else plats


def led(alla: Iterable[Led]) -> list[Ledvy]:
    """The terms of the equation."""
    return [Ledvy(ett.varde, ett.namn, ett.tecken, adress(ett.mal)) for ett in alla]


def kedja(alla: Iterable[Grund]) -> list[Lankvy]:
    """The chain with its rules."""
    return [_lank(ett) for ett in alla]


def _lank(ett: Grund) -> Lankvy:
    if not ett.regler:
        return Lankvy(ett.vad, ett.text, adress(ett.mal), ett.forklaring, "", "")
    regeladress = adress(Mal("ersattning:regler", (), ett.regler[-1]))
    return Lankvy(ett.vad, ett.text, adress(ett.mal), ett.forklaring, f"Regel {' och '.join(ett.regler)}", regeladress)


def remsa(dagar: Iterable[Dagruta]) -> list[Dagvy]:
    """The strip's days."""
    return [
        Dagvy(
            _VECKODAGAR[ett.dag.weekday()],
            ett.dag.day,
            ett.klass,
            ett.dag.weekday() >= 5,
            ett.tecken,
            f"{dagar_i_ord(ett.dag, ett.dag)}: {ett.text}",
        )
        for ett in dagar
    ]


def borja(dagar: Sequence[Dagruta]) -> int:
    """1–7: the weekday of the strip's first day."""
    return dagar[0].dag.isoweekday() if dagar else 1


_TECKEN = {
    "har": ("f-har", "den här raden"),
    "full": ("f-full", "andra rader"),
    "fran": ("fran", "frånvaro på andra rader"),
    "": ("f-tom", "ingen ersättning"),
}


def teckenforklaring(dagar: Sequence[Dagruta], egen: str = "den här raden") -> list[Teckenvy]:
    """The marks that the strip uses, each with an example out of it."""
    svar = []
    for klass, (stil, text) in _TECKEN.items():
        exempel = next((ett for ett in dagar if ett.klass == klass), None)
        if exempel:
            svar.append(Teckenvy(stil, exempel.tecken or str(exempel.dag.day), egen if klass == "har" else text))
    return [*svar, Teckenvy("f-helg", "1", "lördag eller söndag")]


def handelser(alla: Iterable[Hande]) -> list[Handvy]:
    """The events with day and time."""
    return [Handvy(nar(ett.nar) if ett.nar else "", ett.text) for ett in alla]


def observationer(alla: Iterable[Observation]) -> list[Meddelandevy]:
    """What is said before the rest."""
    return [Meddelandevy(ett.slag, ett.text, adress(ett.mal), ett.lanktext) for ett in alla]


def rader(alla: Sequence[Syskonrad]) -> list[Radvy]:
    """Rows among others."""
    return [
        Radvy(
            artikel=ett.artikel,
            antal=f"{tal(ett.antal, 2, minst=0)}{HART}{enhet_kort(ett.enhet, ett.antal)}",
            faktor=procent(ett.faktor),
            belopp=tal(ett.belopp, 2),
            adress=adress(ett.mal),
            ar_raden=ett.ar_raden,
        )
        for ett in alla
    ]


def med_andel(alla: Iterable[Syskonrad]) -> bool:
    """Whether the rows differ in share, so that it needs a column."""
    return any(ett.faktor != 1 for ett in alla)


def priser(alla: Iterable[ProvatPris]) -> list[Prisvy]:
    """The cells that were tried."""
    return [Prisvy(ett.text, ett.varfor, ett.vald, adress(ett.mal)) for ett in alla]


def besok(alla: Iterable[Besokstid]) -> list[Besoksvy]:
    """The visits, in time order."""
    return [_besok(ett) for ett in alla]


def _besok(ett: Besokstid) -> Besoksvy:
    if ett.start is None or ett.slut is None or ett.minuter is None or ett.avrundat is None:
        return Besoksvy(ett.nyckel, "", "", "", "", tal(ett.betalt), "Besöket finns inte kvar i underlaget.")
    dag = nar(ett.start).split(" kl.")[0]
    return Besoksvy(
        ett.nyckel,
        dag,
        tider(ett.start, ett.slut),
        tal(ett.minuter),
        tal(ett.avrundat),
        tal(ett.betalt),
        stor_forsta("; ".join(_vad_som_hande(ett))),
    )


def _vad_som_hande(ett: Besokstid) -> list[str]:
    svar = [ett.avbokat] if ett.avbokat else []
    if ett.minuter is not None and ett.avrundat is not None and ett.avrundat != ett.minuter:
        vart = "uppåt" if ett.avrundat > ett.minuter else "nedåt"
        svar.append(f"avrundat {tal(abs(ett.avrundat - ett.minuter))} min {vart}")
    svar += [
        f"{tal(del_.minuter)} min {tidsband_i_ord(del_.tidsband) or 'utan tidsband'} på en annan rad"
        for del_ in ett.annorstades
    ]
    svar += [f"{tal(ett.over_tak)} min över taket ersätts inte"] if ett.over_tak else []
    return svar + ([f"{tal(ett.utan_pris)} min saknar pris"] if ett.utan_pris else [])


def narvaro(alla: Iterable[Narvarodag]) -> list[Narvarovy]:
    """Närvaro day by day."""
    return [
        Narvarovy(
            dagar_i_ord(ett.dag, ett.dag),
            {"N": "närvaro", "F": "frånvaro"}.get(ett.kod, ""),
            "" if ett.minuter is None else tal(ett.minuter),
            ett.omfattning,
            ett.varfran,
        )
        for ett in alla
    ]


def dagar(fran: date, sista: date) -> str:
    """`21–29 maj 2026`."""
    return f"{dagar_i_ord(fran, sista)} {sista.year}"


def regeltexter(kedja_: Iterable[Grund], *extra: str) -> list[Regeltext]:
    """The short texts of the rules that are named, in the rules' own order."""
    nummer = {regel for ett in kedja_ for regel in ett.regler} | set(extra)
    return [text for nyckel, text in REGELTEXTER.items() if nyckel in nummer]


def rubrik(f: Forklaring) -> str:
    """`Varför 8 829,00 kr?`."""
    return f"Varför {kronor(f.rad.belopp)}?"


def vad(f: Forklaring) -> str:
    """`Frånvaro 21–29 maj 2026, bostad med särskild service för vuxna, Björkgården`."""
    rad = f.rad
    slag = f"{stor_forsta(Radtyp(rad.typ).label)} av " if rad.typ in {Radtyp.KREDITERING, Radtyp.RATTELSE} else ""
    artikel = Artikel(rad.artikel).label
    text = f"{slag}{artikel}" if slag else stor_forsta(artikel)
    return f"{text} {dagar(rad.fran, rad.sista)}, {Insats(rad.insats).label}, {rad.utforarenhet or rad.utforare}"


def sida(f: Forklaring) -> dict[str, object]:
    """The context of a row's page."""
    return {
        "f": f,
        "rubrik": rubrik(f),
        "vad": vad(f),
        "manad": manad_i_ord(f.rad.avser),
        "led": led(f.led),
        "dagar": remsa(f.dagar),
        "borja": borja(f.dagar),
        "tecken": teckenforklaring(f.dagar),
        "kedja": kedja(f.kedja),
        "priser": priser(f.priser),
        "besok": besok(f.besok),
        "narvaro": narvaro(f.narvaro),
        "franvaro": f.franvaro,
        "delar": _delar(f),
        "syskon": rader(f.syskon),
        "med_andel": med_andel(f.syskon),
        "syskonsumma": tal(f.syskonsumma, 2),
        "rattelse": _rattelse(f),
        "handelser": handelser(f.historia),
        "observationer": observationer(f.observationer),
    }


class Delvy(NamedTuple):
    """A part of the row with its own avtal, price or level."""

    dagar: str
    mangd: str
    avtal: str
    avtalsadress: str
    pris: str
    prisadress: str
    niva: str
    nivaadress: str


def _delar(f: Forklaring) -> list[Delvy]:
    """Only where there are several: a single part is told by the chain."""
    if len(f.delar) < 2:
        return []
    minuter = f.rad.enhet == "timme"
    return [
        Delvy(
            dagar_i_rad(ett.dagar),
            minuter_i_ord(ett.mangd) if minuter else antal_i_ord(ett.mangd, "dag"),
            ett.avtal,
            adress(ett.avtal_mal),
            ett.pris,
            adress(ett.pris_mal),
            ett.niva,
            adress(ett.niva_mal),
        )
        for ett in f.delar
    ]


def _rattelse(f: Forklaring) -> dict[str, object] | None:
    if f.rattelse is None:
        return None
    alla = (*f.rattelse.krediterade, *f.rattelse.tillkomna)
    return {"rader": rader(alla), "med_andel": med_andel(alla), "summa": tal(f.rattelse.skillnad, 2)}


def avvikelsesida(a: Avvikelseforklaring) -> dict[str, object]:
    """The context of an avvikelse's page."""
    return {
        "a": a,
        "dagar_i_ord": dagar(a.fran, a.sista),
        "insats": Insats(a.insats).label if a.insats else "",
        "manad": manad_i_ord(a.manad),
        "dagar": remsa(a.dagar),
        "borja": borja(a.dagar),
        "tecken": teckenforklaring(a.dagar, "avvikelsen"),
        "kedja": kedja(a.kedja),
        "besok": besok(a.besokstider),
        "rader": rader(a.rader),
        "observationer": observationer(a.observationer),
        "regel": REGELTEXTER[a.regel],
        "regeladress": adress(Mal("ersattning:regler", (), a.regel)),
        "kod": Avvikelsekod(a.kod).value,
    }
