"""What a level costs, in words and figures for the page where it is decided."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from beslut.ord import niva_i_ord
from ersattning.kalkyl.framtid import Monster
from ersattning.nivaeffekt import Effekt, Period, Pris, Rattad, Sida
from ersattning.regler import Status
from grund.pengar import avrunda
from grund.text import TANKSTRECK, antal_ord, datum_i_ord, manad_i_ord, och, procent, skillnad, stor_forsta, tal
from grund.tid import EN_DAG, Manad
from utforare.regler import Modell

_ENHETER = {
    "dygn": ("dygn", "dygn"),
    "dag": ("dag", "dagar"),
    "timme": ("timme", "timmar"),
    "manad": ("månad", "månader"),
    "styck": ("styck", "styck"),
}
_PER = {"dygn": "dygn", "dag": "dag", "timme": "timme", "manad": "månad"}


class Nyckeltal(NamedTuple):
    """Of komponenter/nyckeltal.html."""

    namn: str
    varde: str
    not_: str = ""


@dataclass(frozen=True, slots=True)
class Kostnadsrad:
    """A row of the cost table, in whole kronor."""

    namn: str
    not_: str
    fore: str
    efter: str
    skillnad: str


@dataclass(frozen=True, slots=True)
class Rattelserad:
    """A month from the assessment's day: corrected in the next run, or calculated anew."""

    manad: str
    lage: str
    antal: str
    kreditering: str
    rattelse: str
    netto: str


@dataclass(frozen=True, slots=True)
class Effektbild:
    """All of it, as templates show it."""

    nyckeltal: Sequence[Nyckeltal]
    kostnader: Sequence[Kostnadsrad]
    rattelser: Sequence[Rattelserad]
    metod: Sequence[str]
    varningar: Sequence[str]
    saknar_pris: bool
    niva_fore: str
    niva_efter: str
    lofte: str


def bild(effekt: Effekt, idag: date) -> Effektbild:
    """The effect in words."""
    fore = niva_i_ord(effekt.niva_fore) if effekt.niva_fore else "ingen nivå"
    return Effektbild(
        nyckeltal=list(_nyckeltal(effekt)),
        kostnader=list(_kostnader(effekt)),
        rattelser=[*_rattelser(effekt), *_ovriga(effekt)],
        metod=list(_metod(effekt, idag)),
        varningar=list(_varningar(effekt)),
        saknar_pris=effekt.saknar_pris,
        niva_fore=stor_forsta(fore),
        niva_efter=stor_forsta(niva_i_ord(effekt.niva_efter)),
        lofte=effekt.lofte,
    )


def helarsbelopp(helar: Period | None) -> str:
    """The list's figure: what it costs in a whole year, more or less."""
    return TANKSTRECK if helar is None else _skillnad(helar)


# ---- key figures ------------------------------------------------------------------------------------------------


def _nyckeltal(effekt: Effekt) -> Iterable[Nyckeltal]:
    helar = effekt.helar
    yield Nyckeltal("Per månad", _kr(_skillnad(helar, 12)), volym_i_ord(helar.efter, 12, "i genomsnitt"))
    if effekt.i_ar:
        i_ar = effekt.i_ar
        yield Nyckeltal(f"I år, {_manader(i_ar)}", _kr(_skillnad(i_ar)), volym_i_ord(i_ar.efter))
    yield Nyckeltal("Helår", _kr(_skillnad(helar)), volym_i_ord(helar.efter))
    for pris in effekt.priser[:1]:
        yield Nyckeltal(f"Pris per {_PER[pris.enhet]}", *_pris(pris))
    antal = len(effekt.rattas)
    manader = och([_manad(ett.manad, effekt.rattas[-1].manad) for ett in effekt.rattas])
    not_ = manader if antal <= 2 else antal_ord(antal, "månad", "månader")
    yield Nyckeltal("Rättas bakåt", _kr(skillnad(effekt.rattas_netto)), not_ if antal else "Inga fastställda månader")


def _manad(manad: Manad, sista: Manad) -> str:
    """`april` before `maj 2026`."""
    i_ord = manad_i_ord(manad)
    return i_ord if manad == sista or manad.ar != sista.ar else i_ord.split()[0]


def _pris(pris: Pris) -> tuple[str, str]:
    fore, efter = (_belopp(ett) for ett in (pris.fore, pris.efter))
    vad = ", ".join(filter(None, [pris.omfattning, pris.tidsband]))
    if pris.fore and pris.efter is not None:
        vad = ", ".join(filter(None, [f"{_plus(pris.efter / pris.fore - 1)}", vad]))
    elif pris.efter is None:
        vad = "Pris saknas för den nya nivån"
    return (f"{fore} → {efter} kr" if pris.efter is not None else f"{fore} kr → {efter}"), vad


def _belopp(pris: Decimal | None) -> str:
    """`592`, `592,50`."""
    if pris is None:
        return TANKSTRECK
    return tal(pris, 0 if pris == pris.to_integral() else 2)


def _plus(andel: Decimal) -> str:
    tecken = "+" if andel > 0 else ""
    return f"{tecken}{procent(andel.quantize(Decimal('0.001')))}"


# ---- the tables -------------------------------------------------------------------------------------------------


def _kostnader(effekt: Effekt) -> Iterable[Kostnadsrad]:
    helar = effekt.helar
    fore, efter = (_sida(ett, 12) for ett in (helar.fore, helar.efter))
    manad = _skillnad(helar, 12)
    yield Kostnadsrad("Per månad", volym_i_ord(helar.efter, 12, "i genomsnitt"), fore, efter, manad)
    if effekt.i_ar:
        yield _kostnad("I år", effekt.i_ar)
    yield _kostnad("Helår", helar)


def _kostnad(namn: str, period: Period) -> Kostnadsrad:
    not_ = ", ".join(filter(None, [_dagar(period), volym_i_ord(period.efter)]))
    return Kostnadsrad(namn, not_, _sida(period.fore), _sida(period.efter), _skillnad(period))


def _sida(sida: Sida, delat: int = 1) -> str:
    """Kronor; a dash when nothing has a price, and a mark when only some has."""
    if sida.utan_pris and not sida.kronor:
        return TANKSTRECK
    return tal(avrunda(sida.kronor / delat, 0)) + ("*" if sida.utan_pris else "")


def _okand(period: Period) -> str:
    """Instead of the difference, when there is no price for the new level."""
    return "Pris saknas" if period.efter.utan_pris else ""


def _skillnad(period: Period, delat: int = 1) -> str:
    """Between the two as they are shown, so that the row adds up."""
    fore, efter = (avrunda(sida.kronor / delat, 0) for sida in (period.fore, period.efter))
    return _okand(period) or skillnad(efter - fore)


def _kr(text: str) -> str:
    return text if text == "Pris saknas" else f"{text} kr"


def volym_i_ord(sida: Sida, delat: int = 1, efter: str = "") -> str:
    """`19,3 dagar i genomsnitt`."""
    decimaler = 1 if delat > 1 else 0
    delar = []
    for enhet, antal in sida.antal.items():
        avrundat = avrunda(antal / delat, decimaler)
        en, flera = _ENHETER[enhet]
        if avrundat:
            delar.append(f"{tal(avrundat, decimaler, minst=0)} {en if avrundat == 1 else flera}")
    return " ".join(filter(None, [och(delar), efter])) if delar else ""


def _manader(period: Period) -> str:
    """`april–december`; with the days when it does not begin with a month."""
    forsta, sista = Manad.av(period.fran), Manad.av(period.till - EN_DAG)
    borjan = manad_i_ord(forsta).split()[0]
    if period.fran.day > 1:
        borjan = f"{period.fran.day} {borjan}"
    return borjan if forsta == sista else f"{borjan}{TANKSTRECK}{manad_i_ord(sista).split()[0]}"


def _dagar(period: Period) -> str:
    return f"{datum_i_ord(period.fran)}{TANKSTRECK}{datum_i_ord(period.till - EN_DAG)}"


def _rattelser(effekt: Effekt) -> Iterable[Rattelserad]:
    nasta = f"Rättas i körning {manad_i_ord(effekt.nasta_korning)}." if effekt.nasta_korning else ""
    for ett in effekt.rattas:
        yield Rattelserad(
            stor_forsta(manad_i_ord(ett.manad)),
            f"{stor_forsta(str(Status(ett.status).label))}. {nasta}{_redan(ett)}",
            volym_i_ord(Sida(antal=ett.antal)),
            tal(ett.kreditering, 2) if ett.kreditering else TANKSTRECK,
            tal(ett.rattelse, 2) if ett.rattelse else TANKSTRECK,
            skillnad(ett.netto, 2),
        )


def _redan(ett: Rattad) -> str:
    return f" Varav {skillnad(ett.redan, 2)} kr beror på annat som redan har ändrats." if ett.redan else ""


def _ovriga(effekt: Effekt) -> Iterable[Rattelserad]:
    for manad, status in effekt.raknas_om:
        lage = f"{stor_forsta(str(Status(status).label))}. Räknas om när den körs, ingen rättelse."
        yield Rattelserad(stor_forsta(manad_i_ord(manad)), lage, *[TANKSTRECK] * 4)


# ---- how it was done --------------------------------------------------------------------------------------------


def _metod(effekt: Effekt, idag: date) -> Iterable[str]:
    if not effekt.helar.uppskattad:
        yield "Alla månader har varit. De är exakta, räknade ur det som är registrerat."
        return
    nu = Manad.av(idag)
    yield (
        f"Månader före {manad_i_ord(nu)} är exakta, räknade ur det som är registrerat. "
        f"Från {manad_i_ord(nu)} är det en uppskattning, med varje månads egna priser så långt de är kända."
    )
    for modell, monster in effekt.monster.items():
        yield _monster(modell, monster)


_BESTALLT = {"dygn": "alla dygn", "narvaro": "beställda dagar", "utford_tid": "beställd tid"}


def _monster(modell: str, monster: Monster) -> str:
    andel, namn = monster.andel, Modell(modell).label
    if andel is None:
        return f"Modellen {namn}: inget att gå efter de senaste tolv månaderna, så allt beställt räknas."
    vad = procent(avrunda(andel, 2))
    return f"Framtida månader räknas med {_BESTALLT[modell]} och det personen använt de senaste tolv månaderna, {vad}."


def _varningar(effekt: Effekt) -> Iterable[str]:
    if effekt.saknar_pris:
        niva = niva_i_ord(effekt.niva_efter)
        yield (
            f"Prislistan har inget pris för {niva} för en del av dagarna. Godkänns nivån betalas inget för de "
            "dagarna förrän det finns ett pris, och månadens körning visar dem som avvikelser."
        )
    if not effekt.niva_fore:
        yield "Personen har ingen godkänd nivå för insatsen i dag. Dagar där priset kräver en nivå betalas inte."
    if effekt.niva_fore == effekt.niva_efter:
        yield "Nivån är densamma som i dag. Kostnaden ändras inte."
