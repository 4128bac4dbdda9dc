"""Nivåbedömningar as rows and words for their pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from beslut import tillgang
from beslut.models import Instrument, Nivaarende, Nivaprovning
from beslut.models.nivaarende import Arendelage, Provningsslag
from beslut.nivaarenden import Forra, svar_per_kod
from beslut.nivapoang import BESKRIVNING, TAL, Poang, berakna
from beslut.ord import insats_i_ord, niva_i_ord
from grund.models import Anvandare
from grund.text import TANKSTRECK, antal_ord, datum_i_ord, och, skillnad, stor_forsta, tal
from grund.tid import lokal_dag

_MARKE = {
    Arendelage.UTKAST: "info",
    Arendelage.INSKICKAD: "warning",
    Arendelage.ATERSKICKAD: "warning",
    Arendelage.GODKAND: "success",
    Arendelage.AVVISAD: "error",
}


class Svarsbild(NamedTuple):
    """An answer: four boxes, filled as far as the number goes, and in words. No number: no boxes."""

    tecken: str
    rutor: Sequence[bool]
    ord: str


@dataclass(frozen=True, slots=True)
class Jamforelserad:
    """An area in the old and the new assessment."""

    namn: str
    fore: Svarsbild
    efter: Svarsbild
    andring: str
    andrad: bool
    skal: str


@dataclass(frozen=True, slots=True)
class Jamforelse:
    """The old and the new assessment side by side, with their sums, and what the sums mean."""

    rader: Sequence[Jamforelserad]
    fore_namn: str
    fore_dag: str
    efter_namn: str
    efter_dag: str
    fore_summa: str
    efter_summa: str
    andring: str
    granser: str
    annat_instrument: str
    fore_utan_svar: str


_INGET = Svarsbild(TANKSTRECK, (), "")  # nothing is known of the answer, which is not the same as unanswered


def svarsbild(svar: int | None) -> Svarsbild:
    """`3` with three boxes of four filled."""
    if svar is None:
        return Svarsbild(TANKSTRECK, (), "inte besvarat")
    rutor = [plats < svar for plats in range(4)] if svar in TAL else []
    return Svarsbild(str(svar), rutor, BESKRIVNING[svar])


def vem(anvandare: Anvandare | None) -> str:
    """First and last name, else the user name."""
    return (anvandare.get_full_name() or anvandare.username) if anvandare else "systemet"


def jamforelse(arende: Nivaarende, forra: Forra | None) -> Jamforelse:
    """The new assessment beside the one that holds."""
    nya, gamla = svar_per_kod(arende), forra.svar if forra else {}
    gammalt = forra.arende.instrument if forra and forra.arende else None
    efter = berakna(arende.instrument.skala(), {kod: ett.svar for kod, ett in nya.items()})
    fore = berakna(gammalt.skala(), {kod: ett.svar for kod, ett in gamla.items()}) if gammalt else None
    rader = []
    for omrade in arende.instrument.omraden.all():
        nytt, gammalt_svar = nya.get(omrade.kod), gamla.get(omrade.kod)
        tal_ = [ett.svar if ett and ett.svar in TAL else None for ett in (gammalt_svar, nytt)]
        skilda = bool(gamla) and (gammalt_svar.svar if gammalt_svar else None) != (nytt.svar if nytt else None)
        andring = skillnad(tal_[1] - tal_[0]) if tal_[0] is not None and tal_[1] is not None else TANKSTRECK
        rader.append(
            Jamforelserad(
                omrade.namn,
                svarsbild(gammalt_svar.svar) if gammalt_svar else _INGET,
                svarsbild(nytt.svar if nytt else None),
                andring,
                skilda,
                nytt.skal if nytt else "",
            )
        )
    mer = efter.summa - fore.summa if fore else Decimal(0)
    samma = gammalt is None or gammalt.pk == arende.instrument_id
    return Jamforelse(
        rader=rader,
        fore_namn=_fore_namn(forra),
        fore_dag=forra.bedomning.fran.isoformat() if forra else "",
        efter_namn=vem(arende.bedomare),
        efter_dag=lokal_dag(arende.inskickad or arende.skapad).isoformat(),
        fore_summa=_tal(fore.summa) if fore else TANKSTRECK,
        efter_summa=_tal(efter.summa),
        andring=skillnad(mer, _decimaler(mer)) if fore and samma else TANKSTRECK,
        granser=granser_i_ord(arende.instrument, {efter.niva, fore.niva if fore else ""}),
        annat_instrument="" if samma else f"Förra bedömningen gjordes med {gammalt}. Summorna kan inte jämföras.",
        fore_utan_svar=_utan_svar(forra),
    )


def _fore_namn(forra: Forra | None) -> str:
    if forra is None:
        return "Ingen tidigare"
    return vem(forra.arende.bedomare) if forra.arende else forra.bedomning.bedomd_av or "Okänd"


def _utan_svar(forra: Forra | None) -> str:
    if forra is None or forra.svar:
        return ""
    nu = niva_i_ord(forra.bedomning.niva)
    return f"{stor_forsta(nu)} gäller från {datum_i_ord(forra.bedomning.fran)}. Svaren bakom den finns inte i systemet."


def granser_i_ord(instrument: Instrument, nivaer: Iterable[str] = ()) -> str:
    """`Nivå 3: 36–47 poäng. Nivå 4: från 48 poäng.` Of `nivaer` only, if there are any."""
    return " ".join(f"{niva}: {spann}." for niva, spann in granser_i_par(instrument, nivaer))


def granser_i_par(instrument: Instrument, nivaer: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Each level with its points, in order, for komponenter/fakta.html."""
    alla, ut = list(instrument.granser.all()), []
    valda = {niva for niva in nivaer if niva}
    for nummer, grans in enumerate(alla):
        if valda and grans.niva not in valda:
            continue
        nasta = alla[nummer + 1].minst if nummer + 1 < len(alla) else None
        ut.append((stor_forsta(niva_i_ord(grans.niva)), _spann(grans.minst, nasta)))
    return ut


def _spann(minst: Decimal, nasta: Decimal | None) -> str:
    if nasta is None:
        return f"från {_tal(minst)} poäng"
    if minst == minst.to_integral() and nasta == nasta.to_integral():
        return f"{_tal(minst)}{TANKSTRECK}{_tal(nasta - 1)} poäng"
    return f"från {_tal(minst)} till under {_tal(nasta)} poäng"


def poangrad(poang: Poang, mest: Decimal) -> dict[str, str]:
    """The live sum and level, for templates."""
    summa = f"{_tal(poang.summa)} av högst {_tal(mest)} poäng"
    niva = stor_forsta(niva_i_ord(poang.niva)) if poang.niva else "Ingen nivå än"
    kan_bli = (
        f"Är det som är ej specificerat så stort som möjligt blir det {niva_i_ord(poang.kan_bli)}."
        if poang.kan_bli
        else ""
    )
    return {"summa": summa, "niva": niva, "skal": poang.skal, "kan_bli": kan_bli}


def mest_poang(instrument: Instrument) -> Decimal:
    """The greatest sum that there can be."""
    return sum((max(TAL) * ett.vikt for ett in instrument.omraden.all()), Decimal(0))


def lage(arende: Nivaarende, idag: date) -> tuple[str, str]:
    """The colour of its frame and what stands in it: `Väntar på beslut sedan 28 maj`."""
    text = stor_forsta(arende.get_lage_display())
    if arende.lage == Arendelage.INSKICKAD and arende.inskickad:
        text = f"Väntar på beslut, {vantat(arende, idag)}"
    return _MARKE[Arendelage(arende.lage)], text


def vantat(arende: Nivaarende, idag: date) -> str:
    """`6 dagar`, `sedan i dag`."""
    dagar = (idag - lokal_dag(arende.inskickad or arende.skapad)).days
    return "sedan i dag" if dagar <= 0 else antal_ord(dagar, "dag", "dagar")


_GJORDE = {
    Provningsslag.GODKAND: "godkände",
    Provningsslag.ATERSKICKAD: "skickade tillbaka",
    Provningsslag.AVVISAD: "avvisade",
}


def provningar(arende: Nivaarende) -> list[tuple[str, str]]:
    """What has been decided of it, the latest first: who and when, and why."""
    return [(_provning(ett), ett.motiv) for ett in arende.provningar.all()]


def _provning(ett: Nivaprovning) -> str:
    fran = f", från {datum_i_ord(ett.fran)}" if ett.fran else ""
    return f"{vem(ett.av)} {_GJORDE[Provningsslag(ett.slag)]} {datum_i_ord(lokal_dag(ett.tidpunkt))}{fran}."


@dataclass(frozen=True, slots=True)
class Listrad:
    """A nivåbedömning in a list. `adress` empty: not to be opened by whoever looks."""

    arende: Nivaarende
    person: str
    insats: str
    niva: str
    slag: str
    lage: str
    oppna: bool
    bedomare: str
    beslut: str


def listrad(arende: Nivaarende, anvandare: Anvandare, idag: date) -> Listrad:
    """A row; a protected person is marked and cannot be opened but by the named."""
    slag, text = lage(arende, idag)
    senaste = next(iter(arende.provningar.all()), None)
    return Listrad(
        arende=arende,
        person=tillgang.namn(anvandare, arende.person),
        insats=insats_i_ord(arende.insats),
        niva=stor_forsta(niva_i_ord(arende.niva)) if arende.niva else TANKSTRECK,
        slag=slag,
        lage=text,
        oppna=tillgang.far_se(anvandare, arende.person),
        bedomare=vem(arende.bedomare),
        beslut=_provning(senaste) if senaste else "",
    )


def insatser(instrument: Instrument) -> str:
    """`Daglig verksamhet (LSS) och boendestöd (SoL)`."""
    return och([insats_i_ord(ett) for ett in instrument.insatser])


def _tal(varde: Decimal) -> str:
    return tal(varde, 2, minst=0)


def _decimaler(varde: Decimal) -> int:
    return 0 if varde == varde.to_integral() else 2
