"""Providers, contracts and what was carried out as terms, words and days, for the components of the pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from beslut.ord import insats_i_ord, mangd_i_ord
from beslut.visning import omfattning_i_ord, person_i_ord
from grund.text import VECKODAGAR, antal_ord, datum_i_ord, giltig_i_ord, stor_forsta, tidpunkt_i_ord
from grund.tid import EN_DAG, STOCKHOLM, Manad
from utforare.models import Avtal, Besok, Narvaro, Utforare, Verkstallighet
from utforare.ord import orgnr_i_ord
from utforare.regler import AvbokadAv, Avtalsform, Narvarokod, Regi, Registrering, Slutorsak

Par = list[tuple[str, str]]


class Dag(NamedTuple):
    """A day of komponenter/remsa.html."""

    veckodag: str
    nummer: int
    klass: str
    helg: bool
    tecken: str
    text: str


@dataclass(frozen=True)
class Besoksrad:
    """A visit as a row of a table."""

    nyckel: str
    dag: str
    planerat: str
    utfort: str
    minuter: int | None
    not_: str


def utforarfakta(utforare: Utforare) -> Par:
    """What is known of the provider."""
    return [
        ("Organisationsnummer", orgnr_i_ord(utforare.organisationsnummer)),
        ("Drivs i", stor_forsta(Regi(utforare.regi).label)),
        ("Utförare", utforare.nyckel),
    ]


def avtal_i_ord(avtal: Avtal) -> str:
    """`Ramavtal: boendestöd (SoL)`."""
    insats = insats_i_ord(avtal.insats)
    return f"{stor_forsta(Avtalsform(avtal.avtalsform).label)}: {insats[:1].lower()}{insats[1:]}"


def avtalsfakta(avtal: Avtal) -> Par:
    """Whom the contract is with and for how long. The person of an individavtal is not told."""
    return [
        ("Insats", insats_i_ord(avtal.insats)),
        ("Avtalsform", stor_forsta(Avtalsform(avtal.avtalsform).label)),
        ("Gäller", stor_forsta(giltig_i_ord(avtal.fran, avtal.till))),
        ("Avtal", avtal.nyckel),
    ]


def bestallt_i_ord(verk: Verkstallighet) -> str:
    """What is ordered: by the verkställighet, else by the beslut (R23)."""
    if verk.bestallt_antal is not None:
        return mangd_i_ord(verk.bestallt_antal, verk.bestallt_enhet)
    i_beslutet = omfattning_i_ord(verk.beslut)
    return f"{i_beslutet}, enligt beslutet" if i_beslutet else ""


def verkstallighetsfakta(verk: Verkstallighet) -> Par:
    """What the verkställighet says; what it does not say is left out."""
    par = [
        ("Insats", insats_i_ord(verk.beslut.insats)),
        ("Person", person_i_ord(verk.beslut.person)),
        ("Utförs", stor_forsta(giltig_i_ord(verk.fran, verk.till))),
        ("Slutorsak", stor_forsta(Slutorsak(verk.slutorsak).label) if verk.slutorsak else ""),
        ("Beställd", datum_i_ord(verk.bestalld) if verk.bestalld else ""),
        ("Beställt", bestallt_i_ord(verk)),
        ("Omfattning", stor_forsta(verk.omfattning)),
        ("Verkställighet", verk.nyckel),
    ]
    return [ett for ett in par if ett[1]]


def registrerat_i_ord(rader: list[Narvaro]) -> str:
    """`18 dagar närvaro och 2 dagar frånvaro`; empty when nothing is registered."""
    antal = {kod: sum(rad.kod == kod for rad in rader) for kod in Narvarokod}
    return " och ".join(f"{antal_ord(antal[kod], 'dag', 'dagar')} {kod.label}" for kod in Narvarokod if antal[kod])


def kalender(manad: Manad, verk: Verkstallighet, rader: Iterable[Narvaro]) -> list[Dag]:
    """The month day by day: what is registered, and which days lie outside the verkställighet."""
    per_dag = {rad.datum: rad for rad in rader}
    dagar = (manad.fran + EN_DAG * nummer for nummer in range(manad.dagar))
    return [_dag(dag, per_dag.get(dag), utanfor=not _inom(verk, dag)) for dag in dagar]


def _inom(verk: Verkstallighet, dag: date) -> bool:
    return verk.fran <= dag and (verk.till is None or dag < verk.till)


def _dag(dag: date, rad: Narvaro | None, *, utanfor: bool) -> Dag:
    veckodag = VECKODAGAR[dag.weekday()]
    klass, text = "", "utanför verkställigheten" if utanfor else "inget registrerat"
    if rad:
        klass = "full" if rad.kod == Narvarokod.NARVARO else "fran"
        text = Narvarokod(rad.kod).label
    return Dag(veckodag[0], dag.day, klass, dag.weekday() > 4, rad.kod if rad else "", f"{veckodag}, {text}")


def dag_i_ord(dag: date) -> str:
    """`fre 1 maj`."""
    return f"{VECKODAGAR[dag.weekday()][:3]} {datum_i_ord(dag).rsplit(' ', 1)[0]}"


def besoksrad(besok: Besok) -> Besoksrad:
    """A visit in words and Swedish time."""
    utfort = besok.utford_start is not None
    minuter = None
    if besok.utford_start and besok.utford_slut:
        minuter = int((besok.utford_slut - besok.utford_start).total_seconds()) // 60
    return Besoksrad(
        nyckel=besok.nyckel,
        dag=dag_i_ord(besok.dag),
        planerat=_tider(besok.planerad_start, besok.planerad_slut),
        utfort=_tider(besok.utford_start, besok.utford_slut),
        minuter=minuter,
        not_=_registrering(besok) if utfort else _avbokning(besok),
    )


def _tider(start: datetime | None, slut: datetime | None) -> str:
    """`18.40–20.05`."""
    if start is None or slut is None:
        return ""
    return f"{start.astimezone(STOCKHOLM):%H.%M}–{slut.astimezone(STOCKHOLM):%H.%M}"


def _registrering(besok: Besok) -> str:
    return f"Registrerat {Registrering(besok.registrering).label}" if besok.registrering else ""


def _avbokning(besok: Besok) -> str:
    """`Inte utfört. Brukaren avbokade 3 maj 2026 kl. 07.14: sjuk.`"""
    nar = tidpunkt_i_ord(besok.avbokad) if besok.avbokad else "inte"
    orsak = f": {besok.orsak.replace('_', ' ')}" if besok.orsak else ""
    return f"Inte utfört. {stor_forsta(AvbokadAv(besok.avbokad_av).label)} avbokade {nar}{orsak}."
