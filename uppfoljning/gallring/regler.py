"""When an akt is due, and what hinders it. Pure: no database and no clock.

LSS 21 c §: five years after the last note, done at the latest in the calendar year after the duty arose; the same holds
by the socialtjänstlag. LSS 21 d §: never what concerns children's homes (9 § 8). LSS-förordningen 12 §, socialtjänst-
förordningen 13 kap. 1 §: for research, whole counties and who is born on some days are kept.
"""

from dataclasses import dataclass
from datetime import date

from grund.text import antal_ord, datum_i_ord

AR_EFTER_SISTA = 5
AR_HOS_PRIVAT = 2
AR_BOKFORING = 7
BEVARAS = "Bevaras för alltid"
_FORSKNINGSDAGAR = (5, 15, 25)
_FORSKNINGSLAN = {"05": "Östergötlands län", "09": "Gotlands län", "22": "Västernorrlands län"}
_GOTEBORG = "1480"
_KODENS_LANGD = 4
_SAMORDNING = 60  # is added to the day of a samordningsnummer


def ar_efter(dag: date, antal: int) -> date:
    """The same day `antal` years later. What began on a leap day lasts through the 28th: the 1st of March."""
    try:
        return dag.replace(year=dag.year + antal)
    except ValueError:
        return date(dag.year + antal, 3, 1)


def forfaller(sista: date, ar: int = AR_EFTER_SISTA) -> date:
    """From which day what was last noted `sista` is to be removed."""
    return ar_efter(sista, ar)


def klart_senast(sista: date, ar: int = AR_EFTER_SISTA) -> date:
    """The last day of the calendar year after the one in which the duty arose."""
    return date(forfaller(sista, ar).year + 1, 12, 31)


def bokforing_till(dag: date) -> date:
    """The last day that räkenskapsinformation of the year of `dag` is kept: the seventh year after its end."""
    return date(dag.year + AR_BOKFORING, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rakenskapsar:
    """A calendar year of bookkeeping: its months that are not settled, and how many of its invoices are not handled."""

    ar: int
    manader: tuple[str, ...] = ()
    fakturor: int = 0


def hinder_for_rakenskapsar(ett: Rakenskapsar, *, idag: date) -> list[str]:
    """Why the year's räkenskapsinformation stays, in Swedish; empty = its time has passed."""
    sista = bokforing_till(date(ett.ar, 12, 31))
    hinder = []
    if sista >= idag:
        hinder.append(f"Finns kvar till och med {datum_i_ord(sista)} (kommunal bokföringslag 3 kap.).")
    hinder += [f"Månaden {manad} är inte fastställd." for manad in ett.manader]
    if ett.fakturor:
        hinder.append(f"{antal_ord(ett.fakturor, 'faktura är inte klar', 'fakturor är inte klara')}.")
    return hinder


def fodelsedag(personnummer: str) -> int:
    """The day of the month that the number tells; of a samordningsnummer too."""
    dag = int(personnummer[6:8])
    return dag - _SAMORDNING if dag > _SAMORDNING else dag


def hela_kommunen_bevaras(kommunkod: str) -> str:
    """Why everything of the municipality is kept for research; empty when it is not. A code that nobody has given is no
    ground to remove by: what is gone does not come back."""
    if not (len(kommunkod) == _KODENS_LANGD and kommunkod.isascii() and kommunkod.isdigit()):
        return (
            "Kommunens kod är inte angiven (INSATSKOLLEN_KOMMUNKOD, fyra siffror). Utan den går det inte att säga om"
            " akterna ska bevaras för forskning (LSS-förordningen 12 §)."
        )
    if kommunkod == _GOTEBORG:
        return "Göteborgs kommun bevarar alla akter för forskning (LSS-förordningen 12 §)."
    if lan := _FORSKNINGSLAN.get(kommunkod[:2]):
        return f"Kommuner i {lan} bevarar alla akter för forskning (LSS-förordningen 12 §)."
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Akt:
    """What the rules need to know of a person. The tuples hold what is open, each as people call it."""

    personnummer: str
    sista: date | None
    barns_boende: bool = False
    beslut: tuple[tuple[str, date | None], ...] = ()  # that still hold, and through which day
    verkstalligheter: tuple[str, ...] = ()
    arenden: tuple[str, ...] = ()
    nivaarenden: int = 0
    bestallningar: tuple[str, ...] = ()
    overklaganden: tuple[str, ...] = ()
    korningar: tuple[str, ...] = ()
    fakturor: tuple[str, ...] = ()
    justeringar: tuple[str, ...] = ()
    bonusansokningar: int = 0
    stopp: tuple[tuple[str, date], ...] = ()


def hinder_for_gallring(akt: Akt, *, idag: date, kommunkod: str) -> list[str]:
    """Why the person's akt may not be removed today, in Swedish; empty = it shall be."""
    return [mening for _, meningar in hinder_efter_slag(akt, idag=idag, kommunkod=kommunkod) for mening in meningar]


def hinder_efter_slag(akt: Akt, *, idag: date, kommunkod: str) -> list[tuple[str, list[str]]]:
    """The same by kind, in the order that they are told. What is kept for ever is the only reason that counts."""
    if bevaras := _bevaras(akt, kommunkod):
        return [(BEVARAS, bevaras)]
    slag = {
        "Akten saknar anteckning" if akt.sista is None else "Fem år har inte gått": _tiden(akt, idag),
        "Något pågår": _pagar(akt),
        "Pengar är inte klara": _pengar(akt),
        "Gallringen är stoppad": _stoppat(akt),
    }
    return [(namn, meningar) for namn, meningar in slag.items() if meningar]


def bevaras_for_forskning(personnummer: str, kommunkod: str) -> list[str]:
    """Why what is written of the person is kept for research; empty = it is not."""
    hinder = [hela] if (hela := hela_kommunen_bevaras(kommunkod)) else []
    if (dag := fodelsedag(personnummer)) in _FORSKNINGSDAGAR:
        hinder.append(
            f"Personen är född den {dag}:e i en månad. Akter för dem som är födda den 5:e, 15:e och 25:e bevaras för"
            " forskning (LSS-förordningen 12 §)."
        )
    return hinder


def _bevaras(akt: Akt, kommunkod: str) -> list[str]:
    hinder = bevaras_for_forskning(akt.personnummer, kommunkod)
    if akt.barns_boende:
        hinder.append("Akten gäller ett barns boende enligt LSS 9 § 8 och gallras aldrig (LSS 21 d §).")
    return hinder


def _tiden(akt: Akt, idag: date) -> list[str]:
    if akt.sista is None:
        return ["Akten har ingen daterad anteckning, så det går inte att säga när fem år har gått."]
    if (dag := forfaller(akt.sista)) <= idag:
        return []
    sista = f"Den sista anteckningen är från {datum_i_ord(akt.sista)}."
    return [f"{sista} Akten gallras tidigast {datum_i_ord(dag)} (LSS 21 c §)."]


def _pagar(akt: Akt) -> list[str]:
    hinder = [f"Beslutet {nyckel} gäller {_till(sista)}." for nyckel, sista in akt.beslut]
    hinder += [f"Verkställigheten {nyckel} pågår." for nyckel in akt.verkstalligheter]
    hinder += [f"Ärendet {nummer} är inte avslutat." for nummer in akt.arenden]
    hinder += [f"Beställningen {nyckel} är öppen." for nyckel in akt.bestallningar]
    hinder += [f"Överklagandet av {nyckel} är inte avgjort." for nyckel in akt.overklaganden]
    return [*hinder, *(["En nivåbedömning är inte avgjord."] if akt.nivaarenden else [])]


def _till(sista: date | None) -> str:
    return f"till och med {datum_i_ord(sista)}" if sista else "tills vidare"


def _pengar(akt: Akt) -> list[str]:
    hinder = [f"Körningen för {manad}, där personen ingår, är inte fastställd." for manad in akt.korningar]
    hinder += [f"Faktura {nummer} med personens stöd är inte färdigbehandlad." for nummer in akt.fakturor]
    hinder += [f"Justeringen {nyckel} är inte avgjord eller inte betald." for nyckel in akt.justeringar]
    return [*hinder, *(["En ansökan om arbetsbonus är inte avgjord."] if akt.bonusansokningar else [])]


def _stoppat(akt: Akt) -> list[str]:
    return [f"Gallringen är stoppad {datum_i_ord(dag)}: {varfor}." for varfor, dag in akt.stopp]
