"""When what a private utförare has written here for its own work is due, and what hinders it. Pure.

LSS 23 c §: two years after the last note in the utförare's akt, unless the contract says that it is handed over to the
nämnd. LSS 23 d §: never what concerns children's homes (9 § 8). LSS 23 g §: five years for what belongs to lex Sarah.
What the utförare has reported as ground for payment (närvaro, visits) is the nämnd's, and follows its akt instead.
"""

from dataclasses import dataclass
from datetime import date

from grund.text import datum_i_ord
from uppfoljning.gallring.regler import AR_HOS_PRIVAT, forfaller, klart_senast

AR_LEX_SARAH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Utforarakt:
    """A person's akt at one private utförare. `sista`: its last note; `lex_sarah`: since when such a stop holds;
    `stopp`: the others that hold. `overlamnas`: the contract says that the nämnd takes it over. `forskning`: why it is
    kept for research as the nämnd's is: whether 12 § reaches here is unsettled, and what is gone does not come back."""

    sista: date
    pagar: tuple[str, ...] = ()
    barns_boende: bool = False
    overlamnas: bool = False
    forskning: tuple[str, ...] = ()
    lex_sarah: tuple[date, ...] = ()
    stopp: tuple[tuple[str, date], ...] = ()


def forfaller_hos_privat(sista: date) -> date:
    """From which day it is to be removed."""
    return forfaller(sista, AR_HOS_PRIVAT)


def klart_senast_hos_privat(sista: date) -> date:
    """The last day to do it."""
    return klart_senast(sista, AR_HOS_PRIVAT)


def hinder_hos_privat(akt: Utforarakt, *, idag: date) -> list[str]:
    """Why nothing of it is removed today, in Swedish; empty = it shall be. What is kept is then the only reason."""
    if bevaras := _bevaras(akt):
        return bevaras
    hinder = [f"Verkställigheten {nyckel} hos utföraren pågår." for nyckel in akt.pagar]
    if (dag := forfaller_hos_privat(akt.sista)) > idag:
        hinder.append(
            f"Utförarens sista anteckning är från {datum_i_ord(akt.sista)}. Den gallras tidigast {datum_i_ord(dag)}"
            " (LSS 23 c §)."
        )
    hinder += _lex_sarah(akt, idag)
    return [*hinder, *(f"Gallringen är stoppad {datum_i_ord(nar)}: {varfor}." for varfor, nar in akt.stopp)]


def _bevaras(akt: Utforarakt) -> list[str]:
    hinder = list(akt.forskning)
    if akt.barns_boende:
        hinder.append("Utföraren hade ett barns boende enligt LSS 9 § 8, och det gallras aldrig (LSS 23 d §).")
    if akt.overlamnas:
        hinder.append(
            "Utförarens akt lämnas enligt avtalet över till nämnden, och följer då nämndens akt i fem år (LSS 23 c §)."
        )
    return hinder


def _lex_sarah(akt: Utforarakt, idag: date) -> list[str]:
    """Five years, and until the stop is lifted: it is somebody's to say that the inquiry is closed."""
    tidigast = forfaller(akt.sista, AR_LEX_SARAH)
    fem = f" Handlingarna finns kvar i minst fem år, till {datum_i_ord(tidigast)}" if tidigast > idag else ""
    slut = f".{fem} (LSS 23 g §)." if fem else ", och stoppet är inte hävt (LSS 23 g §)."
    return [f"Akten hör till en utredning enligt lex Sarah sedan {datum_i_ord(dag)}{slut}" for dag in akt.lex_sarah]
