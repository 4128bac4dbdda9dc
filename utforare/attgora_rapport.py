"""What a utförare has to do about its reporting: days without a row, visits without a report, months to sign."""

from collections.abc import Callable, Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse

from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord, manad_i_ord, stor_forsta
from grund.tid import Manad
from utforare import rapportering
from utforare.planering import lasdag
from utforare.rapportering import Enhetslage
from utforare.tillgang import enheter

VISAS = 8
_SNART = 2  # days before the lock that make it urgent


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:  # noqa: ARG001  nobody shares the work
    """For those who report, by enhet and month. Seven queries a month."""
    if not har_ratt(vem.roller, Ratt.RAPPORTERA):
        return []
    egna = list(enheter(vem, idag))
    if not egna:
        return []
    nu = Manad.av(idag)
    fore = [ett for ett in rapportering.lage(nu.plus(-1), enheter=egna, idag=idag) if not ett.signering]
    lagen = fore + [ett for ett in rapportering.lage(nu, enheter=egna, idag=idag) if not ett.signering]
    return [
        grupp
        for grupp in (
            _saknas([ett for ett in lagen if ett.saknade], idag),
            _besok([ett for ett in lagen if ett.orapporterade_besok], idag),
            _signera(fore, idag),
        )
        if grupp.antal
    ]


def _saknas(lagen: list[Enhetslage], idag: date) -> Uppgiftsgrupp:
    antal = sum(ett.saknade for ett in lagen)
    return Uppgiftsgrupp(
        nyckel="dagar-saknas",
        rubrik="Dagar som saknar registrering",
        kort="Dagar att fylla i",
        ingress="Väntade dagar, till och med i dag, som varken har närvaro eller frånvaro.",
        uppgifter=_rader(lagen, idag, lambda ett: antal_ord(ett.saknade, "dag", "dagar"), "Fyll i", "utforare:narvaro"),
        antal=antal,
        not_=f"på {antal_ord(len({ett.enhet.pk for ett in lagen}), 'enhet', 'enheter')}",
        sen=any(_bradskar(ett, idag) for ett in lagen),
        alla=_alla(lagen, "utforare:narvaro_start"),
    )


def _besok(lagen: list[Enhetslage], idag: date) -> Uppgiftsgrupp:
    return Uppgiftsgrupp(
        nyckel="besok-att-rapportera",
        rubrik="Besök att rapportera",
        kort="Besök att rapportera",
        ingress="Planerade besök, till och med i dag, som varken är rapporterade eller avbokade.",
        uppgifter=_rader(
            lagen,
            idag,
            lambda ett: antal_ord(ett.orapporterade_besok, "besök", "besök"),
            "Rapportera",
            "utforare:besok",
        ),
        antal=sum(ett.orapporterade_besok for ett in lagen),
        sen=any(_bradskar(ett, idag) for ett in lagen),
        alla=_alla(lagen, "utforare:besok_start"),
    )


def _signera(lagen: list[Enhetslage], idag: date) -> Uppgiftsgrupp:
    namn = stor_forsta(manad_i_ord(lagen[0].manad)) if lagen else ""
    return Uppgiftsgrupp(
        nyckel="signera",
        rubrik="Månader att signera",
        kort="Att signera",
        ingress="Den som signerar intygar att månaden stämmer. Därefter ändras den bara med skäl.",
        uppgifter=_rader(lagen, idag, _klart, "Kontrollera och signera", "utforare:rapport"),
        antal=len(lagen),
        not_=namn,
        sen=any(_bradskar(ett, idag) for ett in lagen),
        alla=_alla(lagen, "utforare:narvaro_start"),
    )


def _alla(lagen: list[Enhetslage], vy: str) -> str:
    """Where all lines are, when they are more than those shown."""
    return reverse(vy) if len(lagen) > VISAS else ""


def _klart(ett: Enhetslage) -> str:
    return "Allt är registrerat" if ett.ar_komplett else "Något saknas"


def _bradskar(ett: Enhetslage, idag: date) -> bool:
    return ett.manad < Manad.av(idag) and (lasdag(ett.manad, settings.LASDAG) - idag).days <= _SNART


def _rader(
    lagen: Iterable[Enhetslage], idag: date, vad: Callable[[Enhetslage], str], nasta: str, vy: str
) -> list[Uppgift]:
    return [
        Uppgift(
            nar=f"{datum_i_ord(ett.signeras_senast).rsplit(' ', 1)[0]}",
            nar_under="låst" if ett.last else "sista dag",
            vem=ett.enhet.namn,
            vem_under=antal_ord(ett.personer, "person", "personer"),
            adress=reverse(vy, args=[ett.enhet.pk, ett.manad]),
            vad=vad(ett),
            lage=stor_forsta(manad_i_ord(ett.manad)),
            lage_under="",
            nasta=nasta,
            nasta_adress=reverse(vy, args=[ett.enhet.pk, ett.manad]),
            sen=_bradskar(ett, idag),
        )
        for ett in list(lagen)[:VISAS]
    ]
